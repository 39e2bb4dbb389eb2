/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-recent-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-field-labels.h"

struct _RoundsRecentRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *interaction; /* (owned) (nullable): none in a draft that cannot be read */
  gboolean is_draft;

  /* Template widgets */
  GtkImage *icon;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (RoundsRecentRow, rounds_recent_row, ADW_TYPE_ACTION_ROW)

static void
rounds_recent_row_activate (AdwActionRow *row)
{
  RoundsRecentRow *self = ROUNDS_RECENT_ROW (row);

  if (self->interaction == NULL)
    return;
  if (self->is_draft)
    rounds_app_context_create (self->context, self->interaction);
  else
    rounds_app_context_open (self->context, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (self->interaction));
}

static void
rounds_recent_row_dispose (GObject *object)
{
  RoundsRecentRow *self = ROUNDS_RECENT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_RECENT_ROW);
  g_clear_object (&self->interaction);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_recent_row_parent_class)->dispose (object);
}

static void
rounds_recent_row_class_init (RoundsRecentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_recent_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = rounds_recent_row_activate;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/today/recent-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsRecentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsRecentRow, time);
}

static void
rounds_recent_row_init (RoundsRecentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_icon_name (const char *type)
{
  if (g_strcmp0 (type, "Call") == 0)
    return "call-start-symbolic";
  if (g_strcmp0 (type, "Virtual") == 0)
    return "camera-video-symbolic";
  return "rounds-interactions-symbolic";
}

/* With whom: the person's name as it is now, or as it was written where the person is gone or unknown. */
static char *
name_contact (RoundsRecentRow *self)
{
  const RoundsUuid *id = rounds_record_get_uuid (self->interaction, ROUNDS_INTERACTION_PERSON);
  const char *written = rounds_record_get_text (self->interaction, ROUNDS_INTERACTION_HCP_NAME);
  g_autoptr (RoundsRecord) person = NULL;

  if (id != NULL)
    person = rounds_store_get (rounds_app_context_get_store (self->context), ROUNDS_ENTITY_PERSON, id, NULL);
  if (person != NULL)
    return rounds_record_get_title (person);
  return g_strdup (written != NULL ? written : _ ("Nobody yet"));
}

static void
show (RoundsRecentRow *self)
{
  const char *type = rounds_record_get_text (self->interaction, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const RoundsFieldInfo *field =
    rounds_entity_get_field (ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_INTERACTION_TYPE);
  const char *type_label = type != NULL ? rounds_field_get_value_label (field, type) : _ ("Interaction");
  g_autofree char *name = name_contact (self);
  g_autofree char *notes =
    rounds_display_first_line (rounds_record_get_text (self->interaction, ROUNDS_INTERACTION_NOTES));
  g_autofree char *day = NULL;
  g_autofree char *subtitle = NULL;

  if (!rounds_record_is_null (self->interaction, ROUNDS_INTERACTION_OCCURRED_AT))
    day = rounds_display_day (rounds_record_get_integer (self->interaction, ROUNDS_INTERACTION_OCCURRED_AT));
  subtitle = *notes != '\0' ? g_strdup_printf ("%s · %s", type_label, notes) : g_strdup (type_label);
  gtk_image_set_from_icon_name (self->icon, get_icon_name (type));
  gtk_label_set_text (self->time, day);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
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
  self->interaction = g_object_ref (interaction);
  show (self);
  return GTK_WIDGET (self);
}

/**
 * rounds_draft_row_new:
 * @context: the context
 * @draft: a draft of an interaction
 *
 * Returns: (transfer floating): a row that goes on with the draft
 */
GtkWidget *
rounds_draft_row_new (RoundsAppContext *context, RoundsRecord *draft)
{
  RoundsRecentRow *self = g_object_new (ROUNDS_TYPE_RECENT_ROW, NULL);

  self->context = g_object_ref (context);
  self->interaction = rounds_draft_read (draft, ROUNDS_ENTITY_INTERACTION);
  self->is_draft = TRUE;
  if (self->interaction != NULL)
    show (self);
  else
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  return GTK_WIDGET (self);
}
