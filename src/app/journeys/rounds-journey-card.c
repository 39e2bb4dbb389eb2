/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-card.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-receipt-label.h"
#include "rounds-journey-service.h"
#include "rounds-time.h"

struct _RoundsJourneyCard
{
  GtkWidget parent_instance;

  RoundsAppContext *context; /* (owned) */
  char *accessible_text;     /* (owned) (nullable) */

  /* Template widgets */
  GtkWidget *box;
  GtkLabel *patient;
  GtkLabel *subject;
  GtkLabel *days;
  RoundsReceiptLabel *receipt;
};

G_DEFINE_FINAL_TYPE (RoundsJourneyCard, rounds_journey_card, GTK_TYPE_WIDGET)

static void
rounds_journey_card_dispose (GObject *object)
{
  RoundsJourneyCard *self = ROUNDS_JOURNEY_CARD (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_JOURNEY_CARD);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_journey_card_parent_class)->dispose (object);
}

static void
rounds_journey_card_finalize (GObject *object)
{
  g_free (ROUNDS_JOURNEY_CARD (object)->accessible_text);

  G_OBJECT_CLASS (rounds_journey_card_parent_class)->finalize (object);
}

static void
rounds_journey_card_class_init (RoundsJourneyCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_journey_card_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_journey_card_finalize;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journey-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyCard, box);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyCard, patient);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyCard, subject);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyCard, days);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyCard, receipt);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "journeycard");
}

static void
rounds_journey_card_init (RoundsJourneyCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_journey_card_new:
 * @context: the context
 *
 * Returns: (transfer floating): an empty card
 */
GtkWidget *
rounds_journey_card_new (RoundsAppContext *context)
{
  RoundsJourneyCard *self = g_object_new (ROUNDS_TYPE_JOURNEY_CARD, NULL);

  self->context = g_object_ref (context);
  return GTK_WIDGET (self);
}

static char *
name_reference (RoundsStore *store, RoundsEntity entity, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) record = id != NULL ? rounds_store_get (store, entity, id, NULL) : NULL;

  return record != NULL ? rounds_display_name (store, record) : NULL;
}

static char *
describe_days (RoundsStore *store, RoundsRecord *journey)
{
  g_autoptr (RoundsQuery) query = rounds_journey_steps_query (rounds_record_get_id (journey));
  g_autoptr (GPtrArray) steps = rounds_store_list (store, query, NULL);
  RoundsRecord *open = steps != NULL ? rounds_journey_find_open_step (steps) : NULL;
  gint64 since = open != NULL ? rounds_record_get_integer (open, ROUNDS_JOURNEY_STEP_ENTERED_AT)
                              : rounds_record_get_integer (journey, ROUNDS_FIELD_CREATED_AT);
  int days = rounds_journey_count_days (since, rounds_time_now ());

  if (days == 0)
    /* Translators: since when a journey has been in its stage. */
    return g_strdup (_ ("Since today"));
  /* Translators: for how long a journey has been in its stage. */
  return g_strdup_printf (ngettext ("%d day in this stage", "%d days in this stage", days), days);
}

/**
 * rounds_journey_card_show:
 * @self: a card
 * @journey: a stored journey of either kind
 */
void
rounds_journey_card_show (RoundsJourneyCard *self, RoundsRecord *journey)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  const RoundsJourneyKind *kind = rounds_journey_kind_get (rounds_record_get_entity (journey));
  g_autofree char *patient =
    name_reference (store, ROUNDS_ENTITY_PATIENT, rounds_record_get_uuid (journey, kind->patient_field));
  g_autofree char *subject =
    name_reference (store, kind->subject, rounds_record_get_uuid (journey, kind->subject_field));
  g_autofree char *days = describe_days (store, journey);

  gtk_label_set_text (self->patient, patient != NULL ? patient : _ ("Unknown patient"));
  gtk_label_set_text (self->subject, subject != NULL ? subject : "");
  gtk_widget_set_visible (GTK_WIDGET (self->subject), subject != NULL);
  gtk_label_set_text (self->days, days);
  g_free (self->accessible_text);
  /* Translators: a journey for a screen reader: patient, trial or product, time in the stage. */
  self->accessible_text =
    g_strdup_printf (_ ("%s, %s, %s"), gtk_label_get_text (self->patient), gtk_label_get_text (self->subject), days);
  rounds_receipt_label_show (self->receipt, store, journey);
  if (rounds_receipt_label_get_text (self->receipt) != NULL)
    {
      g_autofree char *rest = g_steal_pointer (&self->accessible_text);

      self->accessible_text = g_strjoin (", ", rest, rounds_receipt_label_get_text (self->receipt), NULL);
    }
}

/**
 * rounds_journey_card_get_accessible_text:
 * @self: a card that shows a journey
 *
 * Returns: all that it shows, in words
 */
const char *
rounds_journey_card_get_accessible_text (RoundsJourneyCard *self)
{
  return self->accessible_text;
}
