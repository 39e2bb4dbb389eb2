/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-unmerge-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-growing-dialog.h"
#include "rounds-person-merge.h"

struct _RoundsUnmergeDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsRecord *merge;       /* (owned) */
  char *name;                /* (owned): of the merged contact */
  GHashTable *go_back;       /* (owned) set of RoundsUuid (owned) */
  gboolean busy;

  /* Template widgets */
  AdwBanner *banner;
  GtkScrolledWindow *scroller;
  GtkLabel *explanation;
  AdwPreferencesGroup *newer;
};

G_DEFINE_FINAL_TYPE (RoundsUnmergeDialog, rounds_unmerge_dialog, ADW_TYPE_DIALOG)

static RoundsStore *
get_store (RoundsUnmergeDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

static char *
dup_person_name (RoundsStore *store, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) person = rounds_store_get (store, ROUNDS_ENTITY_PERSON, id, NULL);

  return person != NULL ? rounds_record_get_title (person) : g_strdup (_ ("another contact"));
}

/** rounds_unmerge_dup_name: Returns: (transfer full): the name of the contact who was merged by @merge. */
char *
rounds_unmerge_dup_name (RoundsStore *store, RoundsRecord *merge)
{
  return dup_person_name (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED));
}

/* Two who were merged are called the same more often than not: then an email address, a phone number or a birth date
 * tells them apart. Returns: (transfer full) */
static char *
dup_telling_name (RoundsStore *store, const RoundsUuid *id, const RoundsUuid *other_id)
{
  static const guint telling[] = { ROUNDS_PERSON_EMAIL, ROUNDS_PERSON_PHONE, ROUNDS_PERSON_BIRTH_DATE };
  g_autoptr (RoundsRecord) person = rounds_store_get (store, ROUNDS_ENTITY_PERSON, id, NULL);
  g_autoptr (RoundsRecord) other = rounds_store_get (store, ROUNDS_ENTITY_PERSON, other_id, NULL);
  g_autofree char *name = dup_person_name (store, id);
  g_autofree char *other_name = dup_person_name (store, other_id);

  for (guint i = 0; person != NULL && other != NULL && g_str_equal (name, other_name) && i < G_N_ELEMENTS (telling);
       i++)
    {
      const char *text = rounds_record_get_text (person, telling[i]);

      if (text != NULL && g_strcmp0 (text, rounds_record_get_text (other, telling[i])) != 0)
        /* Translators: a contact's name, and what tells this one from another of that name, such as an email address.
         */
        return g_strdup_printf (_ ("%s (%s)"), name, text);
    }
  return g_steal_pointer (&name);
}

/* Undoing */

/* What goes to the database thread. */
typedef struct
{
  RoundsUuid merge;
  GHashTable *go_back; /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_hash_table_unref (job->go_back);
  g_free (job);
}

static gpointer
run (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return rounds_person_unmerge_run (store, &job->merge, job->go_back, error);
}

static void
tell_done (RoundsUnmergeDialog *self, guint n_kept)
{
  /* Translators: %s is a contact's name. */
  g_autofree char *text = g_strdup_printf (_ ("%s is a separate contact again"), self->name);
  g_autofree char *more = NULL;

  if (n_kept > 0)
    more = g_strdup_printf (ngettext ("%s; %u field has been changed since and stays as it is",
                                      "%s; %u fields have been changed since and stay as they are", n_kept),
                            text, n_kept);
  rounds_app_context_toast (self->context, more != NULL ? more : text);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsUnmergeDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) remainders = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  self->busy = FALSE;
  if (self->context == NULL)
    return;
  if (remainders == NULL)
    {
      adw_banner_set_title (self->banner, error->message);
      adw_banner_set_revealed (self->banner, TRUE);
      return;
    }
  tell_done (self, remainders->len);
  adw_dialog_close (ADW_DIALOG (self));
}

static void
unmerge_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsUnmergeDialog *self = ROUNDS_UNMERGE_DIALOG (widget);
  Job *job;

  if (self->busy)
    return;
  job = g_new0 (Job, 1);
  job->merge = *rounds_record_get_id (self->merge);
  job->go_back = g_hash_table_ref (self->go_back);
  self->busy = TRUE;
  rounds_store_run_async (get_store (self), run, job, job_free, (GDestroyNotify) g_ptr_array_unref, G_PRIORITY_DEFAULT,
                          NULL, done_cb, g_object_ref (self));
}

/* Asking */

static void
switched_cb (AdwSwitchRow *row, GParamSpec *pspec, RoundsUnmergeDialog *self)
{
  const RoundsUuid *id = g_object_get_data (G_OBJECT (row), "record");

  if (self->busy) /* the set is in use */
    return;
  if (adw_switch_row_get_active (row))
    rounds_uuid_set_add (self->go_back, id);
  else
    g_hash_table_remove (self->go_back, id);
}

/* Returns: (nullable): the first value of a field of @type, as people read it */
static char *
find_words (RoundsUnmergeDialog *self, RoundsRecord *record, RoundsFieldType type)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == type && !rounds_record_is_null (record, f))
      return rounds_display_value (get_store (self), &info->fields[f], rounds_record_get_value (record, f));
  return NULL;
}

/* When it was, or is to be. */
static char *
find_moment (RoundsUnmergeDialog *self, RoundsRecord *record)
{
  char *moment = find_words (self, record, ROUNDS_TYPE_INSTANT);

  return moment != NULL ? moment : find_words (self, record, ROUNDS_TYPE_DATE);
}

/* "Call · Yesterday at 10:00" above the first line of the notes; whatever the entity has of that. */
static void
describe_newer (RoundsUnmergeDialog *self, RoundsRecord *record, AdwActionRow *row)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autofree char *kind = entity == ROUNDS_ENTITY_INTERACTION ? find_words (self, record, ROUNDS_TYPE_ENUM)
                                                              : g_strdup (rounds_entity_get_label (entity));
  g_autofree char *moment = find_moment (self, record);
  g_autofree char *note = find_words (self, record, ROUNDS_TYPE_LONG_TEXT);
  g_autofree char *text =
    note == NULL && entity != ROUNDS_ENTITY_INTERACTION ? find_words (self, record, ROUNDS_TYPE_TEXT) : NULL;
  g_autofree char *title =
    g_strconcat (kind != NULL ? kind : "", kind != NULL && moment != NULL ? " · " : "", moment, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle_lines (row, 2);
  adw_action_row_set_subtitle (row, note != NULL ? note : text != NULL ? text : "");
}

static void
add_newer (RoundsUnmergeDialog *self, RoundsRecord *record)
{
  GtkWidget *row = adw_switch_row_new ();
  const RoundsUuid *id = rounds_record_get_id (record);

  describe_newer (self, record, ADW_ACTION_ROW (row));
  g_object_set_data_full (G_OBJECT (row), "record", g_memdup2 (id, sizeof *id), g_free);
  g_signal_connect (row, "notify::active", G_CALLBACK (switched_cb), self);
  adw_preferences_group_add (self->newer, row);
}

/* A record that names the kept person twice is asked about once. */
static void
show_newer (RoundsUnmergeDialog *self)
{
  g_autoptr (GPtrArray) newer =
    rounds_person_unmerge_list_newer (rounds_store_get_reader (get_store (self)), self->merge, NULL);
  g_autoptr (GHashTable) shown = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autofree char *kept = dup_telling_name (get_store (self), rounds_record_get_uuid (self->merge, ROUNDS_MERGE_KEPT),
                                            rounds_record_get_uuid (self->merge, ROUNDS_MERGE_MERGED));
  /* Translators: both are contacts' names; the first one is the one who comes back. */
  g_autofree char *question =
    g_markup_printf_escaped (_ ("Turn on what belongs to %s; the rest stays with %s."), self->name, kept);

  for (guint i = 0; newer != NULL && i < newer->len; i++)
    {
      RoundsMergeNewer *entry = newer->pdata[i];

      if (g_hash_table_add (shown, (gpointer) rounds_record_get_id (entry->record)))
        add_newer (self, entry->record);
    }
  adw_preferences_group_set_description (self->newer, question);
  gtk_widget_set_visible (GTK_WIDGET (self->newer), g_hash_table_size (shown) > 0);
}

static void
rounds_unmerge_dialog_dispose (GObject *object)
{
  RoundsUnmergeDialog *self = ROUNDS_UNMERGE_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_UNMERGE_DIALOG);
  g_clear_object (&self->merge);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (rounds_unmerge_dialog_parent_class)->dispose (object);
}

static void
rounds_unmerge_dialog_finalize (GObject *object)
{
  RoundsUnmergeDialog *self = ROUNDS_UNMERGE_DIALOG (object);

  g_free (self->name);
  g_hash_table_unref (self->go_back);
  G_OBJECT_CLASS (rounds_unmerge_dialog_parent_class)->finalize (object);
}

static void
rounds_unmerge_dialog_class_init (RoundsUnmergeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_unmerge_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_unmerge_dialog_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/duplicates/unmerge-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsUnmergeDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnmergeDialog, explanation);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnmergeDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, RoundsUnmergeDialog, newer);
  gtk_widget_class_install_action (widget_class, "unmerge.run", NULL, unmerge_action);
}

static void
rounds_unmerge_dialog_init (RoundsUnmergeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rounds_dialog_grow_with (ADW_DIALOG (self), self->scroller);
  self->go_back = rounds_uuid_set_new ();
}

/**
 * rounds_unmerge_dialog_new:
 * @context: the application
 * @merge: (transfer none): a merge that was not undone
 *
 * Returns: (transfer floating): the dialog
 */
RoundsUnmergeDialog *
rounds_unmerge_dialog_new (RoundsAppContext *context, RoundsRecord *merge)
{
  RoundsUnmergeDialog *self = g_object_new (ROUNDS_TYPE_UNMERGE_DIALOG, NULL);
  g_autofree char *text = NULL;

  self->context = g_object_ref (context);
  self->merge = g_object_ref (merge);
  self->name = dup_telling_name (get_store (self), rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED),
                                 rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT));
  /* Translators: %s is a contact's name. */
  text = g_strdup_printf (_ ("%s becomes a separate contact again, with everything that came from it."), self->name);
  gtk_label_set_text (self->explanation, text);
  show_newer (self);
  return self;
}

/** rounds_unmerge_dialog_present: shows a new dialog over @parent. */
void
rounds_unmerge_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *merge)
{
  adw_dialog_present (ADW_DIALOG (rounds_unmerge_dialog_new (context, merge)), parent);
}
