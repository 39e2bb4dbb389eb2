/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-bulk.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-form-save.h"
#include "rounds-amendment.h"
#include "rounds-time.h"

/* What is done to which of them; then, to how many. */
typedef struct _Job Job;

struct _Job
{
  RoundsAppContext *context; /* (owned), of the main thread */
  GArray *keys;              /* (owned) of gint64 */
  guint field;               /* set to now, which submits or deletes them */
  RoundsLongWork *work;      /* (owned) (nullable) while it runs */
  int n_done;
  int n_kept; /* submitted before, and stay as they are */
  char *(*describe) (const Job *self);
};

static void
job_free (Job *self)
{
  g_clear_object (&self->context);
  g_array_unref (self->keys);
  g_free (self);
}

/* On the database thread. */
static gboolean
make_changes (RoundsRecordStore *store, gpointer data, GPtrArray *records, GPtrArray *before, GError **error)
{
  Job *job = data;

  for (guint i = 0; i < job->keys->len; i++)
    {
      g_autoptr (RoundsRecord) record =
        rounds_record_store_get_by_key (store, ROUNDS_ENTITY_INTERACTION, g_array_index (job->keys, gint64, i), error);
      RoundsRecord *changed;

      if (record == NULL)
        return FALSE;
      if (rounds_record_is_deleted (record))
        continue;
      if (rounds_interaction_is_submitted (record))
        {
          job->n_kept++;
          continue;
        }
      changed = rounds_record_dup (record);
      rounds_record_set_integer (changed, job->field, rounds_time_now ());
      g_ptr_array_add (records, changed);
      g_ptr_array_add (before, g_steal_pointer (&record));
      job->n_done++;
    }
  return TRUE;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Job *job = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsFormUndo) undo = rounds_form_save_finish (ROUNDS_STORE (source), result, &error);
  g_autofree char *text = job->describe (job);

  rounds_long_work_end (g_steal_pointer (&job->work), error);
  if (undo != NULL && job->n_done == 0)
    rounds_app_context_toast (job->context, text);
  else if (undo != NULL)
    rounds_form_undo_offer (g_steal_pointer (&undo), job->context, text);
  job_free (job);
}

static void
run (RoundsAppContext *context, GArray *keys, guint field, char *(*describe) (const Job *self))
{
  Job *job = g_new0 (Job, 1);

  job->context = g_object_ref (context);
  job->keys = g_array_ref (keys);
  job->field = field;
  job->describe = describe;
  job->work = rounds_long_work_begin (context, keys->len);
  rounds_form_make_async (rounds_app_context_get_store (context), make_changes, job, job->work, done_cb, job);
}

static char *
describe_submission (const Job *job)
{
  if (job->n_done == 0)
    return g_strdup (_ ("All of them were already submitted."));
  return g_strdup_printf (ngettext ("%d interaction submitted", "%d interactions submitted", job->n_done), job->n_done);
}

static char *
describe_deletion (const Job *job)
{
  g_autofree char *done =
    g_strdup_printf (ngettext ("%d interaction deleted", "%d interactions deleted", job->n_done), job->n_done);
  g_autofree char *rest = g_strdup_printf (
    ngettext ("%d kept, as it was submitted", "%d kept, as they were submitted", job->n_kept), job->n_kept);

  if (job->n_kept == 0)
    return g_steal_pointer (&done);
  if (job->n_done == 0)
    return g_steal_pointer (&rest);
  /* Translators: "3 interactions deleted; 2 are submitted and stay" */
  return g_strdup_printf (_ ("%s; %s"), done, rest);
}

/**
 * rounds_interaction_bulk_submit:
 * @context: the application
 * @keys: (element-type gint64): of interactions; those that are submitted stay as they are
 *
 * Submits them, with one Undo.
 */
void
rounds_interaction_bulk_submit (RoundsAppContext *context, GArray *keys)
{
  run (context, keys, ROUNDS_INTERACTION_SUBMITTED_AT, describe_submission);
}

/**
 * rounds_interaction_bulk_delete:
 * @context: the application
 * @keys: (element-type gint64): of interactions; those that are submitted stay, and that is told
 *
 * Deletes them, with one Undo.
 */
void
rounds_interaction_bulk_delete (RoundsAppContext *context, GArray *keys)
{
  run (context, keys, ROUNDS_FIELD_DELETED_AT, describe_deletion);
}
