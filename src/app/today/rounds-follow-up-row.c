/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-follow-up-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"

struct _RoundsFollowUpRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *follow_up;   /* (owned): as it is stored */

  /* Template widgets */
  GtkCheckButton *check;
};

G_DEFINE_FINAL_TYPE (RoundsFollowUpRow, rounds_follow_up_row, ADW_TYPE_ACTION_ROW)

/* --- Checking off, and taking that back --- */

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *follow_up;   /* (owned): as it is to be saved */
} Change;

static void
change_free (gpointer pointer)
{
  Change *self = pointer;

  g_clear_object (&self->context);
  g_clear_object (&self->follow_up);
  g_free (self);
}

static Change *
change_new (RoundsAppContext *context, RoundsRecord *follow_up)
{
  Change *self = g_new0 (Change, 1);

  self->context = g_object_ref (context);
  self->follow_up = rounds_record_dup (follow_up);
  return self;
}

static void
save (Change *change, GAsyncReadyCallback callback)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (records, rounds_record_dup (change->follow_up));
  rounds_store_save_async (rounds_app_context_get_store (change->context), records, NULL, callback, change);
}

static void
reopened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    rounds_app_context_report (change->context, error);
  change_free (change);
}

static void
undo (gpointer data)
{
  Change *done = data;

  save (change_new (done->context, done->follow_up), reopened_cb);
}

static gboolean
is_promise (RoundsRecord *follow_up)
{
  return g_strcmp0 (rounds_record_get_text (follow_up, ROUNDS_FOLLOW_UP_KIND), "promise") == 0;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Change *change = data;
  g_autoptr (GError) error = NULL;

  if (!rounds_store_save_finish (ROUNDS_STORE (source), result, &error))
    {
      rounds_app_context_report (change->context, error);
      change_free (change);
      return;
    }
  rounds_record_clear_field (change->follow_up, ROUNDS_FOLLOW_UP_DONE_AT);
  rounds_app_context_toast_undo (change->context,
                                 is_promise (change->follow_up) ? _ ("Promise kept") : _ ("Follow-up done"), undo,
                                 change, change_free);
}

static void
toggled_cb (RoundsFollowUpRow *self)
{
  Change *change;

  if (!gtk_check_button_get_active (self->check))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), FALSE);
  change = change_new (self->context, self->follow_up);
  rounds_record_set_integer (change->follow_up, ROUNDS_FOLLOW_UP_DONE_AT, rounds_time_now ());
  save (change, done_cb);
}

static void
rounds_follow_up_row_activate (AdwActionRow *row)
{
  RoundsFollowUpRow *self = ROUNDS_FOLLOW_UP_ROW (row);
  const RoundsUuid *person = rounds_record_get_uuid (self->follow_up, ROUNDS_FOLLOW_UP_PERSON);

  if (person != NULL)
    rounds_app_context_open (self->context, ROUNDS_ENTITY_PERSON, person);
}

static void
rounds_follow_up_row_dispose (GObject *object)
{
  RoundsFollowUpRow *self = ROUNDS_FOLLOW_UP_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_FOLLOW_UP_ROW);
  g_clear_object (&self->follow_up);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_follow_up_row_parent_class)->dispose (object);
}

static void
rounds_follow_up_row_class_init (RoundsFollowUpRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_follow_up_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = rounds_follow_up_row_activate;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/today/follow-up-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsFollowUpRow, check);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
rounds_follow_up_row_init (RoundsFollowUpRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "Yesterday", and whether it is late. */
static char *
describe_due (RoundsFollowUpRow *self, gboolean *late)
{
  const char *due_on = rounds_record_get_text (self->follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *zone = rounds_zone_get_local ();
  int year, month, day;
  GDate date;

  *late = FALSE;
  if (!rounds_date_is_valid (due_on) || sscanf (due_on, "%4d-%2d-%2d", &year, &month, &day) != 3)
    return g_strdup ("");
  *late = g_strcmp0 (due_on, today) < 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return rounds_display_day (rounds_day_start (&date, zone));
}

/* (transfer full): a promise ages: "promised 3 days ago". */
static char *
describe_age (RoundsFollowUpRow *self)
{
  gint64 made = rounds_record_get_integer (self->follow_up, ROUNDS_FIELD_CREATED_AT);
  int days = (int) (MAX (rounds_time_now () - made, 0) / ROUNDS_DAY);

  if (days == 0)
    return g_strdup (_ ("promised today"));
  /* Translators: %d is how many days ago something was promised. */
  return g_strdup_printf (ngettext ("promised %d day ago", "promised %d days ago", days), days);
}

/* Returns: (transfer full): @day, which a narrow window leaves in one line */
static char *
keep_together (const char *day)
{
  g_auto (GStrv) words = g_strsplit (day, " ", -1);

  return g_strjoinv ("\u00a0", words);
}

static void
show_subtitle (RoundsFollowUpRow *self)
{
  const RoundsUuid *person_id = rounds_record_get_uuid (self->follow_up, ROUNDS_FOLLOW_UP_PERSON);
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;
  g_autofree char *due = NULL;
  g_autofree char *day = NULL;
  g_autofree char *when = NULL;
  g_autofree char *subtitle = NULL;
  gboolean late;

  if (person_id != NULL)
    person = rounds_store_get (rounds_app_context_get_store (self->context), ROUNDS_ENTITY_PERSON, person_id, NULL);
  if (person != NULL)
    name = rounds_record_get_title (person);
  due = describe_due (self, &late);
  day = keep_together (due);
  /* Translators: a follow-up that should have been done on a day that has passed. */
  when = late ? g_strdup_printf (_ ("Overdue: %s"), day) : g_strdup (day);
  subtitle = name != NULL ? g_strdup_printf ("%s · %s", name, when) : g_strdup (when);
  if (is_promise (self->follow_up))
    {
      g_autofree char *age = describe_age (self);
      g_autofree char *rest = g_steal_pointer (&subtitle);

      subtitle = g_strdup_printf ("%s · %s", rest, age);
    }
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  if (late)
    gtk_widget_add_css_class (GTK_WIDGET (self), "rounds-overdue");
}

/**
 * rounds_follow_up_row_new:
 * @context: the context
 * @follow_up: a stored follow-up that is not done
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
rounds_follow_up_row_new (RoundsAppContext *context, RoundsRecord *follow_up)
{
  RoundsFollowUpRow *self = g_object_new (ROUNDS_TYPE_FOLLOW_UP_ROW, NULL);
  const char *text = rounds_record_get_text (follow_up, ROUNDS_FOLLOW_UP_TEXT);
  g_autofree char *name = NULL;

  self->context = g_object_ref (context);
  self->follow_up = g_object_ref (follow_up);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), text != NULL ? text : "");
  show_subtitle (self);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self),
                                    !rounds_record_is_null (follow_up, ROUNDS_FOLLOW_UP_PERSON));
  /* Translators: what checking a follow-up off does, for a screen reader; %s is what to do. */
  name = g_strdup_printf (_ ("Done: %s"), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return GTK_WIDGET (self);
}

/**
 * rounds_follow_up_row_show_names:
 * @self: a row
 *
 * Shows the contact's name as it is now.
 */
void
rounds_follow_up_row_show_names (RoundsFollowUpRow *self)
{
  g_return_if_fail (ROUNDS_IS_FOLLOW_UP_ROW (self));

  show_subtitle (self);
}
