/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bulk actions. What is to be written is made on the database thread, where the contacts can be read however many they
 * are; how it is taken back is that of any form. */

#include "config.h"

#include "contacts/rounds-contact-bulk.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-date-row.h"
#include "forms/rounds-field-labels.h"
#include "forms/rounds-form-save.h"

/* More than any team has. */
#define MOST_TERRITORIES 500

/* What is to be done to whom. */
typedef struct _Job Job;

/* Adds to @records what changes for @contact, and to @before what it was, NULL for what is new. On the database thread.
 */
typedef gboolean (*ChangeFunc) (RoundsRecordStore *store, Job *job, RoundsRecord *contact, GPtrArray *records,
                                GPtrArray *before, GError **error);

struct _Job
{
  RoundsAppContext *context; /* (owned), of the main thread */
  GArray *keys;              /* (owned) */
  ChangeFunc change;
  RoundsLongWork *work; /* (owned) (nullable) while it runs */
  char *done;           /* (owned): what is told afterwards */

  /* What was asked. */
  char *text; /* (owned) (nullable): a role; what to do */
  char *date; /* (owned) (nullable) */
  RoundsUuid id;

  /* Where it is asked; of the dialog. */
  AdwComboRow *choice; /* (nullable) */
  GtkWidget *day;      /* (nullable) */
  GtkWidget *entry;    /* (nullable) */
  GArray *ids;         /* (owned) (nullable) of RoundsUuid: those of the choice */
};

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_object (&self->context);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->ids, g_array_unref);
  g_free (self->done);
  g_free (self->text);
  g_free (self->date);
  g_free (self);
}

static Job *
job_new (RoundsAppContext *context, GArray *keys, ChangeFunc change)
{
  Job *self = g_new0 (Job, 1);

  self->context = g_object_ref (context);
  self->keys = g_array_ref (keys);
  self->change = change;
  return self;
}

/* Doing it */

/* On the database thread. Who was deleted meanwhile is left alone. */
static gboolean
make_changes (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before, GError **error)
{
  Job *job = data;

  for (guint i = 0; i < job->keys->len; i++)
    {
      g_autoptr (RoundsRecord) contact =
        rounds_record_store_get_by_key (store, ROUNDS_ENTITY_PERSON, g_array_index (job->keys, gint64, i), error);

      if (contact == NULL)
        return FALSE;
      if (!rounds_record_is_deleted (contact) && !job->change (store, job, contact, records, before, error))
        return FALSE;
    }
  return TRUE;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsFormUndo) undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);
  Job *job = data;

  rounds_long_work_end (g_steal_pointer (&job->work), error);
  if (undo != NULL)
    rounds_form_undo_offer (g_steal_pointer (&undo), job->context, job->done);
  job_free (job);
}

static void
run (Job *job)
{
  job->work = rounds_long_work_begin (job->context, job->keys->len);
  rounds_form_make_async (rounds_app_context_get_store (job->context), make_changes, job, job->work, done_cb, job);
}

static void
add_new (GPtrArray *records, GPtrArray *before, RoundsRecord *record)
{
  g_ptr_array_add (records, record);
  g_ptr_array_add (before, NULL);
}

/* Who has the role already keeps it as it is. */
static gboolean
add_role (RoundsRecordStore *store, Job *job, RoundsRecord *contact, GPtrArray *records, GPtrArray *before,
          GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (GPtrArray) roles = NULL;
  RoundsRecord *role;

  if (rounds_record_get_entity (contact) != ROUNDS_ENTITY_PERSON)
    return TRUE;
  rounds_query_where_uuid (query, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_IS, rounds_record_get_id (contact));
  rounds_query_where_text (query, ROUNDS_PERSON_ROLE_TYPE, ROUNDS_IS, job->text);
  roles = rounds_record_store_list (store, query, error);
  if (roles == NULL)
    return FALSE;
  for (guint i = 0; i < roles->len; i++)
    {
      const char *until = rounds_record_get_text (roles->pdata[i], ROUNDS_PERSON_ROLE_VALID_TO);

      if (until == NULL || g_strcmp0 (until, job->date) > 0)
        return TRUE;
    }
  role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (contact));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, job->text);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, job->date);
  add_new (records, before, role);
  return TRUE;
}

static gboolean
set_territory (RoundsRecordStore *store, Job *job, RoundsRecord *contact, GPtrArray *records, GPtrArray *before,
               GError **error)
{
  RoundsRecord *changed = rounds_record_dup (contact);

  rounds_record_set_uuid (changed, ROUNDS_FIELD_TERRITORY, rounds_uuid_is_nil (&job->id) ? NULL : &job->id);
  g_ptr_array_add (records, changed);
  g_ptr_array_add (before, g_object_ref (contact));
  return TRUE;
}

static gboolean
plan_follow_up (RoundsRecordStore *store, Job *job, RoundsRecord *contact, GPtrArray *records, GPtrArray *before,
                GError **error)
{
  RoundsRecord *follow_up;

  if (rounds_record_get_entity (contact) != ROUNDS_ENTITY_PERSON)
    return TRUE;
  follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (contact));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, job->date);
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, job->text);
  add_new (records, before, follow_up);
  return TRUE;
}

/* Asking */

static char *
get_today (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_format (now, "%Y-%m-%d");
}

/* Takes over @job. */
static void
ask (GtkWidget *parent, Job *job, const char *title, const char *apply, GtkWidget *group, GCallback answered)
{
  guint n = job->keys->len;
  g_autofree char *body = g_strdup_printf (ngettext ("For %'u contact", "For %'u contacts", n), n);
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (title, body));

  adw_alert_dialog_set_extra_child (dialog, group);
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "apply", apply, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "apply", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (dialog, "apply");
  adw_alert_dialog_set_close_response (dialog, "cancel");
  g_signal_connect (dialog, "response", answered, job);
  adw_dialog_present (ADW_DIALOG (dialog), parent);
}

/* Takes the answer, once. Returns: %FALSE if there is nothing to do; then @job is gone. */
static gboolean
is_applied (AdwAlertDialog *dialog, const char *response, Job *job)
{
  gboolean applied = g_str_equal (response, "apply");

  g_signal_handlers_disconnect_by_data (dialog, job);
  if (!applied)
    job_free (job);
  return applied;
}

static AdwComboRow *
make_choice (const char *title, GtkStringList *labels)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (labels));
  return ADW_COMBO_ROW (row);
}

static void
role_answered_cb (AdwAlertDialog *dialog, const char *response, Job *job)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE);

  if (!is_applied (dialog, response, job))
    return;
  job->text = g_strdup (field->values[adw_combo_row_get_selected (job->choice)]);
  job->date = get_today ();
  /* Translators: %s is a role, such as "Physician". */
  job->done = g_strdup_printf (_ ("Role “%s” added"), rounds_field_get_value_label (field, job->text));
  run (job);
}

/**
 * rounds_contact_bulk_add_role:
 * @parent: a widget of the window
 * @keys: (element-type gint64): of whom; organisations are left out
 */
void
rounds_contact_bulk_add_role (GtkWidget *parent, RoundsAppContext *context, GArray *keys)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_TYPE);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  Job *job = job_new (context, keys, add_role);

  for (guint i = 0; field->values[i] != NULL; i++)
    gtk_string_list_append (labels, rounds_field_get_value_label (field, field->values[i]));
  job->choice = make_choice (_ ("Role"), labels);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (job->choice));
  ask (parent, job, _ ("Add Role"), _ ("_Add"), group, G_CALLBACK (role_answered_cb));
}

static void
territory_answered_cb (AdwAlertDialog *dialog, const char *response, Job *job)
{
  guint selected = adw_combo_row_get_selected (job->choice);

  if (!is_applied (dialog, response, job))
    return;
  if (selected > 0 && selected <= job->ids->len)
    job->id = g_array_index (job->ids, RoundsUuid, selected - 1);
  job->done = g_strdup (_ ("Territory changed"));
  run (job);
}

/**
 * rounds_contact_bulk_set_territory:
 * @parent: a widget of the window
 * @keys: (element-type gint64): of whom
 */
void
rounds_contact_bulk_set_territory (GtkWidget *parent, RoundsAppContext *context, GArray *keys)
{
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_TERRITORY));
  g_autoptr (GPtrArray) territories =
    rounds_store_list (rounds_app_context_get_store (context), rounds_query_limit (query, MOST_TERRITORIES), NULL);
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new ();
  Job *job = job_new (context, keys, set_territory);

  job->ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  gtk_string_list_append (labels, _ ("None"));
  for (guint i = 0; territories != NULL && i < territories->len; i++)
    {
      gtk_string_list_append (labels, rounds_record_get_text (territories->pdata[i], ROUNDS_TERRITORY_NAME));
      g_array_append_val (job->ids, *rounds_record_get_id (territories->pdata[i]));
    }
  job->choice = make_choice (_ ("Territory"), labels);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (job->choice));
  ask (parent, job, _ ("Set Territory"), _ ("_Set"), group, G_CALLBACK (territory_answered_cb));
}

static void
follow_up_answered_cb (AdwAlertDialog *dialog, const char *response, Job *job)
{
  guint n = job->keys->len;

  if (!is_applied (dialog, response, job))
    return;
  job->date = rounds_date_row_dup_date (ROUNDS_DATE_ROW (job->day));
  job->text = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (job->entry)));
  job->done = g_strdup_printf (ngettext ("%'u follow-up planned", "%'u follow-ups planned", n), n);
  run (job);
}

/* Without a day and something to do there is nothing to plan. */
static void
follow_up_changed_cb (AdwAlertDialog *dialog)
{
  GtkWidget *day = g_object_get_data (G_OBJECT (dialog), "day");
  GtkWidget *entry = g_object_get_data (G_OBJECT (dialog), "entry");
  g_autofree char *date = rounds_date_row_dup_date (ROUNDS_DATE_ROW (day));
  g_autofree char *text = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (entry)));

  adw_alert_dialog_set_response_enabled (dialog, "apply", date != NULL && *text != '\0');
}

static void
watch_follow_up (GtkWidget *group, Job *job)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (group, ADW_TYPE_ALERT_DIALOG);

  g_object_set_data (G_OBJECT (dialog), "day", job->day);
  g_object_set_data (G_OBJECT (dialog), "entry", job->entry);
  g_signal_connect_object (job->day, "changed", G_CALLBACK (follow_up_changed_cb), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (job->entry, "changed", G_CALLBACK (follow_up_changed_cb), dialog, G_CONNECT_SWAPPED);
  follow_up_changed_cb (ADW_ALERT_DIALOG (dialog));
}

/**
 * rounds_contact_bulk_plan_follow_up:
 * @parent: a widget of the window
 * @keys: (element-type gint64): with whom; organisations are left out
 */
void
rounds_contact_bulk_plan_follow_up (GtkWidget *parent, RoundsAppContext *context, GArray *keys)
{
  GtkWidget *group = adw_preferences_group_new ();
  Job *job = job_new (context, keys, plan_follow_up);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) next_week = g_date_time_add_days (now, 7);
  g_autofree char *date = g_date_time_format (next_week, "%Y-%m-%d");

  job->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (job->entry), _ ("What to do"));
  adw_entry_row_set_max_length (ADW_ENTRY_ROW (job->entry), 500);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (job->entry), TRUE);
  job->day = rounds_date_row_new (_ ("Due on"), FALSE);
  g_object_set (job->day, "ahead", TRUE, NULL);
  rounds_date_row_set_date (ROUNDS_DATE_ROW (job->day), date);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), job->entry);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), job->day);
  ask (parent, job, _ ("Plan Follow-Up"), _ ("_Plan"), group, G_CALLBACK (follow_up_answered_cb));
  watch_follow_up (group, job);
  gtk_widget_grab_focus (job->entry);
}

/* Deleting */

/* What was deleted, to be brought back. */
typedef struct
{
  RoundsAppContext *context; /* (owned) */
  GArray *keys;              /* (owned) (nullable) of gint64: what to delete */
  RoundsLongWork *work;      /* (owned) (nullable) while it runs */
  GArray *deleted;           /* (owned) (nullable) of RoundsTouched */
} Deletion;

static void
deletion_free (gpointer data)
{
  Deletion *self = data;

  g_clear_object (&self->context);
  g_clear_pointer (&self->keys, g_array_unref);
  g_clear_pointer (&self->deleted, g_array_unref);
  g_free (self);
}

static void
undo_deletion (gpointer data)
{
  Deletion *self = data;

  rounds_long_work_run (rounds_long_work_begin_undo (self->context, self->deleted->len), self->deleted,
                        rounds_record_store_restore_whole, NULL, NULL, NULL);
}

static gboolean
delete_each (RoundsRecordStore *store, Deletion *self, GArray *deleted, GError **error)
{
  for (guint i = 0; i < self->keys->len; i++)
    {
      g_autoptr (RoundsRecord) contact =
        rounds_record_store_get_by_key (store, ROUNDS_ENTITY_PERSON, g_array_index (self->keys, gint64, i), error);
      RoundsTouched target;

      if (contact == NULL)
        return FALSE;
      if (rounds_record_is_deleted (contact))
        continue;
      target = (RoundsTouched) { rounds_record_get_entity (contact), *rounds_record_get_id (contact) };
      if (!rounds_record_store_delete_whole (store, target.entity, &target.record, error))
        return FALSE;
      g_array_append_val (deleted, target);
      if (!rounds_long_work_step (self->work, error))
        return FALSE;
    }
  return TRUE;
}

/* On the database thread. Returns: (transfer full): what was deleted */
static gpointer
run_deletion (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GArray) deleted = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));

  if (!rounds_record_store_begin (store, error))
    return NULL;
  if (delete_each (store, data, deleted, error))
    return rounds_record_store_commit (store, error) ? g_steal_pointer (&deleted) : NULL;
  rounds_record_store_rollback (store);
  return NULL;
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Deletion *deletion = data;
  g_autoptr (RoundsAppContext) context = g_object_ref (deletion->context);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  deletion->deleted = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  rounds_long_work_end (g_steal_pointer (&deletion->work), error);
  if (deletion->deleted == NULL)
    {
      deletion_free (deletion);
      return;
    }
  text = g_strdup_printf (ngettext ("%'u contact deleted", "%'u contacts deleted", deletion->deleted->len),
                          deletion->deleted->len);
  rounds_app_context_toast_undo (context, text, undo_deletion, deletion, deletion_free);
}

/**
 * rounds_contact_bulk_delete:
 * @keys: (element-type gint64): whom, each with what belongs to them
 */
void
rounds_contact_bulk_delete (RoundsAppContext *context, GArray *keys)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->context = g_object_ref (context);
  deletion->keys = g_array_ref (keys);
  deletion->work = rounds_long_work_begin (context, keys->len);
  rounds_store_run_async (rounds_app_context_get_store (context), run_deletion, deletion, NULL,
                          (GDestroyNotify) g_array_unref, G_PRIORITY_DEFAULT,
                          rounds_long_work_get_cancellable (deletion->work), deleted_cb, deletion);
}
