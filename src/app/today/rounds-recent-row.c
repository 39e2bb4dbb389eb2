/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-recent-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-receipt-label.h"

struct _RoundsRecentRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *draft;       /* (owned) (nullable): for what is not saved */
  RoundsRecord *record;      /* (owned) (nullable): none in a draft that holds none or cannot be looked up */

  /* Template widgets */
  GtkImage *icon;
  RoundsReceiptLabel *receipt;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (RoundsRecentRow, rounds_recent_row, ADW_TYPE_ACTION_ROW)

static void show_draft (RoundsRecentRow *self);

static void
rounds_recent_row_activate (AdwActionRow *row)
{
  RoundsRecentRow *self = ROUNDS_RECENT_ROW (row);

  if (self->record == NULL)
    show_draft (self);
  if (self->record == NULL)
    return;
  if (self->draft != NULL)
    rounds_app_context_create (self->context, self->record);
  else
    rounds_app_context_open (self->context, rounds_record_get_entity (self->record),
                             rounds_record_get_id (self->record));
}

static void
rounds_recent_row_dispose (GObject *object)
{
  RoundsRecentRow *self = ROUNDS_RECENT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_RECENT_ROW);
  g_clear_object (&self->record);
  g_clear_object (&self->draft);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_recent_row_parent_class)->dispose (object);
}

static void
rounds_recent_row_class_init (RoundsRecentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_recent_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = rounds_recent_row_activate;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/today/recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsRecentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecentRow, receipt);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecentRow, time);
}

static void
rounds_recent_row_init (RoundsRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* With whom: the person's name as it is now, or as it was written where the person is gone or unknown. */
static char *
name_contact (RoundsRecentRow *self)
{
  const RoundsUuid *id = rounds_record_get_uuid (self->record, ROUNDS_INTERACTION_PERSON);
  const char *written = rounds_record_get_text (self->record, ROUNDS_INTERACTION_HCP_NAME);
  g_autoptr (RoundsRecord) person = NULL;

  if (id != NULL)
    person = rounds_store_get (rounds_app_context_get_store (self->context), ROUNDS_ENTITY_PERSON, id, NULL);
  if (person != NULL)
    return rounds_record_get_title (person);
  return g_strdup (written != NULL ? written : _ ("Nobody yet"));
}

static void
show_interaction (RoundsRecentRow *self)
{
  const char *type = rounds_record_get_text (self->record, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const RoundsFieldInfo *field =
    rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const char *type_label = type != NULL ? rounds_field_get_value_label (field, type) : _ ("Interaction");
  g_autofree char *name = name_contact (self);
  g_autofree char *notes = rounds_display_first_line (rounds_record_get_text (self->record, ROUNDS_INTERACTION_NOTES));
  g_autofree char *day = NULL;
  g_autofree char *subtitle = NULL;

  if (!rounds_record_is_null (self->record, ROUNDS_INTERACTION_OCCURRED_AT))
    day = rounds_display_day (rounds_record_get_integer (self->record, ROUNDS_INTERACTION_OCCURRED_AT));
  subtitle = *notes != '\0' ? g_strdup_printf ("%s · %s", type_label, notes) : g_strdup (type_label);
  gtk_image_set_from_icon_name (self->icon, rounds_display_icon (type));
  gtk_label_set_text (self->time, day);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
show_appointment (RoundsRecentRow *self)
{
  const char *title = rounds_record_get_text (self->record, ROUNDS_APPOINTMENT_TITLE);
  g_autofree char *day = rounds_display_day (rounds_record_get_integer (self->record, ROUNDS_APPOINTMENT_START_AT));

  gtk_image_set_from_icon_name (self->icon, "x-office-calendar-symbolic");
  gtk_label_set_text (self->time, day);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title != NULL ? title : _ ("Without a title"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _ ("Appointment"));
}

static void
show_journey (RoundsRecentRow *self)
{
  gtk_image_set_from_icon_name (self->icon, "rounds-journeys-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 rounds_entity_get_label (rounds_record_get_entity (self->record)));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), "");
}

/* Something is not saved, and what it is cannot be told now. */
static void
show_lack (RoundsRecentRow *self, RoundsEntity entity, const GError *error)
{
  gtk_image_set_from_icon_name (self->icon, "dialog-warning-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rounds_entity_get_label (entity));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), error->message);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 0);
}

/* A form's name begins with the entity that it is about: "interaction:<id>". */
static RoundsEntity
get_draft_entity (RoundsRecentRow *self)
{
  const char *form = rounds_record_get_text (self->draft, ROUNDS_DRAFT_FORM);
  g_auto (GStrv) parts = g_strsplit (form != NULL ? form : "", ":", 2);

  return parts[0] != NULL ? rounds_entity_from_name (parts[0]) : ROUNDS_ENTITY_NONE;
}

static void
show_draft (RoundsRecentRow *self)
{
  RoundsEntity entity = get_draft_entity (self);
  gboolean is_interaction = entity == ROUNDS_ENTITY_INTERACTION, is_appointment = entity == ROUNDS_ENTITY_APPOINTMENT;
  gboolean is_journey = entity == ROUNDS_ENTITY_CT_JOURNEY || entity == ROUNDS_ENTITY_EAP_JOURNEY;
  g_autoptr (GError) error = NULL;

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 1);
  if ((is_interaction || is_appointment || is_journey)
      && !rounds_draft_restore (rounds_app_context_get_store (self->context), self->draft, entity, &self->record,
                                &error))
    show_lack (self, entity, error);
  else if (self->record == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else if (is_appointment)
    show_appointment (self);
  else if (is_interaction)
    show_interaction (self);
  else
    show_journey (self);
}

/**
 * rounds_recent_row_new:
 * @context: the context
 * @interaction: a stored interaction
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
rounds_recent_row_new (RoundsAppContext *context, RoundsRecord *interaction)
{
  RoundsRecentRow *self = g_object_new (ROUNDS_TYPE_RECENT_ROW, NULL);

  self->context = g_object_ref (context);
  self->record = g_object_ref (interaction);
  show_interaction (self);
  rounds_receipt_label_show (self->receipt, rounds_app_context_get_store (context), interaction);
  return GTK_WIDGET (self);
}

/**
 * rounds_recent_row_show_names:
 * @self: a row of an interaction
 *
 * Shows the contact's name as it is now.
 */
void
rounds_recent_row_show_names (RoundsRecentRow *self)
{
  g_return_if_fail (ROUNDS_IS_RECENT_ROW (self));

  show_interaction (self);
}

/**
 * rounds_draft_row_new:
 * @context: the context
 * @draft: a draft; one of another kind of form, or one that holds no record, makes a row that is not visible
 *
 * Returns: (transfer floating): a row that goes on with the draft, or tells why it cannot be looked up and tries again
 *   when it is activated
 */
GtkWidget *
rounds_draft_row_new (RoundsAppContext *context, RoundsRecord *draft)
{
  RoundsRecentRow *self = g_object_new (ROUNDS_TYPE_RECENT_ROW, NULL);

  self->context = g_object_ref (context);
  self->draft = g_object_ref (draft);
  show_draft (self);
  return GTK_WIDGET (self);
}
