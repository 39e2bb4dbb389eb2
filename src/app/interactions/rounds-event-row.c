/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-event-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-receipt-label.h"

struct _RoundsEventRow
{
  AdwBin parent_instance;

  GtkImage *icon;
  GtkLabel *title;
  RoundsReceiptLabel *receipt;
  GtkLabel *time;
  GtkLabel *text;
  GtkLabel *outcome;
  GtkWidget *second_line;

  char *label; /* (owned) (nullable) the whole row for a screen reader */
};

G_DEFINE_FINAL_TYPE (RoundsEventRow, rounds_event_row, ADW_TYPE_BIN)

/* What a row says, of either entity. The texts belong to the record or to nobody. */
typedef struct
{
  const char *icon;
  const char *type;
  const char *name;
  const char *outcome; /* (nullable) */
  const char *notes;   /* (nullable) */
  gint64 at;
} Event;

static const char *
get_enum_label (RoundsRecord *record, guint field)
{
  return rounds_field_get_value_label (rounds_entity_get_field (rounds_record_get_entity (record), field),
                                       rounds_record_get_text (record, field));
}

static const char *
get_type_icon (const char *type)
{
  if (g_strcmp0 (type, "Call") == 0)
    return "call-start-symbolic";
  if (g_strcmp0 (type, "Virtual") == 0)
    return "camera-video-symbolic";
  return "rounds-interactions-symbolic";
}

static Event
read_interaction (RoundsRecord *record)
{
  return (Event) {
    .icon = get_type_icon (rounds_record_get_text (record, ROUNDS_INTERACTION_INTERACTION_TYPE)),
    .type = get_enum_label (record, ROUNDS_INTERACTION_INTERACTION_TYPE),
    .name = rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME),
    .outcome = rounds_record_get_boolean (record, ROUNDS_INTERACTION_NO_SHOW)
                 ? _ ("No-show")
                 : get_enum_label (record, ROUNDS_INTERACTION_OUTCOME),
    .notes = rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES),
    .at = rounds_record_get_integer (record, ROUNDS_INTERACTION_OCCURRED_AT),
  };
}

static Event
read_appointment (RoundsRecord *record)
{
  return (Event) {
    .icon = "x-office-calendar-symbolic",
    .type = rounds_record_get_text (record, ROUNDS_APPOINTMENT_TITLE),
    .name = rounds_record_get_text (record, ROUNDS_APPOINTMENT_TITLE),
    .outcome = get_enum_label (record, ROUNDS_APPOINTMENT_STATUS),
    .notes = rounds_record_is_null (record, ROUNDS_APPOINTMENT_NOTES)
               ? rounds_record_get_text (record, ROUNDS_APPOINTMENT_LOCATION)
               : rounds_record_get_text (record, ROUNDS_APPOINTMENT_NOTES),
    .at = rounds_record_get_integer (record, ROUNDS_APPOINTMENT_START_AT),
  };
}

static void
rounds_event_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_EVENT_ROW);

  G_OBJECT_CLASS (rounds_event_row_parent_class)->dispose (object);
}

static void
rounds_event_row_finalize (GObject *object)
{
  g_free (ROUNDS_EVENT_ROW (object)->label);

  G_OBJECT_CLASS (rounds_event_row_parent_class)->finalize (object);
}

static void
rounds_event_row_class_init (RoundsEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_event_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_event_row_finalize;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/event-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, time);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, text);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventRow, second_line);
}

static void
rounds_event_row_init (RoundsEventRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/** rounds_event_row_new: Returns: (transfer floating): a row that shows nothing yet */
GtkWidget *
rounds_event_row_new (void)
{
  return g_object_new (ROUNDS_TYPE_EVENT_ROW, NULL);
}

/**
 * rounds_event_row_show:
 * @self: a row
 * @store: the store
 * @record: (transfer none): an interaction or an appointment, only read now
 * @of_one_person: whether all rows are about the same person, so that the row says the type and the day; else it says
 *   the person and the time of a day that stands above it
 */
void
rounds_event_row_show (RoundsEventRow *self, RoundsStore *store, RoundsRecord *record, gboolean of_one_person)
{
  Event event = rounds_record_get_entity (record) == ROUNDS_ENTITY_APPOINTMENT ? read_appointment (record)
                                                                               : read_interaction (record);
  g_autofree char *notes = rounds_display_first_line (event.notes);
  g_autofree char *day = rounds_display_day (event.at);
  g_autofree char *time = rounds_display_time (event.at);
  g_autofree char *when = g_strconcat (day, ", ", time, NULL);
  g_autofree char *full_time = rounds_display_full_time (event.at);
  const char *title = of_one_person ? event.type : event.name;

  g_return_if_fail (ROUNDS_IS_EVENT_ROW (self));

  gtk_image_set_from_icon_name (self->icon, event.icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->icon), event.type);
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->time, of_one_person ? when : time);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->time), full_time);
  gtk_label_set_text (self->text, *notes != '\0' ? notes : of_one_person ? "" : event.type);
  gtk_label_set_text (self->outcome, event.outcome);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), event.outcome != NULL);
  gtk_widget_set_visible (self->second_line, *gtk_label_get_text (self->text) != '\0' || event.outcome != NULL);

  rounds_receipt_label_show (self->receipt, store, record);

  g_free (self->label);
  self->label = g_strjoin (", ", event.type, full_time, event.outcome != NULL ? event.outcome : notes,
                           rounds_receipt_label_get_text (self->receipt), NULL);
  if (!of_one_person)
    {
      g_autofree char *rest = g_steal_pointer (&self->label);

      self->label = g_strjoin (", ", event.name, rest, NULL);
    }
}

/**
 * rounds_event_row_get_label:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what a screen reader says for the row
 */
const char *
rounds_event_row_get_label (RoundsEventRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_EVENT_ROW (self), NULL);

  return self->label;
}
