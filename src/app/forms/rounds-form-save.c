/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving what a form has made: the records and the end of the form's draft in one transaction. */

#include "config.h"

#include "rounds-form-save.h"

/* What the database thread is given; it belongs to that thread until the transaction has ended. */
typedef struct
{
  GPtrArray *records; /* (owned) of RoundsRecord */
  RoundsUuid draft;
  gboolean has_draft;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

static gboolean
save_and_end_draft (RoundsRecordStore *store, Job *job, GError **error)
{
  for (guint i = 0; i < job->records->len; i++)
    if (!rounds_record_store_save (store, job->records->pdata[i], error))
      return FALSE;

  return !job->has_draft || rounds_record_store_delete (store, ROUNDS_ENTITY_DRAFT, &job->draft, error);
}

static gpointer
run_job (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!rounds_record_store_begin (store, error))
    return NULL;
  if (!save_and_end_draft (store, data, error))
    {
      rounds_record_store_rollback (store);
      return NULL;
    }
  return GINT_TO_POINTER (rounds_record_store_commit (store, error));
}

/**
 * rounds_form_rebase:
 * @store: the store
 * @before: (transfer none): the record as the form began with it
 * @after: (transfer none): the same record with what the user entered
 *
 * A form may stay open for long, and a colleague's change may come in meanwhile. Only what the user changed in the form
 * is a change.
 *
 * Returns: (transfer full): the record as it is in the store now with the changes from @before to @after; @after, if it
 *   is not in the store
 */
RoundsRecord *
rounds_form_rebase (RoundsStore *store, RoundsRecord *before, RoundsRecord *after)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (after));
  RoundsRecord *now = rounds_store_get (store, rounds_record_get_entity (after), rounds_record_get_id (after), NULL);

  if (now == NULL)
    return g_object_ref (after);

  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (before, f), rounds_record_get_value (after, f)))
      rounds_record_set_value (now, f, rounds_record_get_value (after, f));
  return now;
}

/**
 * rounds_form_save_async:
 * @store: the store
 * @records: (element-type RoundsRecord) (transfer none): what to save, copied; one group
 * @draft: (nullable): the draft that ends with it
 * @callback: called when all of it is saved here, which waits for no network
 * @data: for @callback
 *
 * Main thread.
 */
void
rounds_form_save_async (RoundsStore *store, GPtrArray *records, const RoundsUuid *draft, GAsyncReadyCallback callback,
                        gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->records = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (job->records, rounds_record_dup (records->pdata[i]));
  job->has_draft = draft != NULL;
  if (draft != NULL)
    job->draft = *draft;

  rounds_store_run_async (store, run_job, job, job_free, NULL, G_PRIORITY_DEFAULT, NULL, callback, data);
}

/**
 * rounds_form_save_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID or %ROUNDS_ERROR_EXISTS with the field, or what the database says
 *
 * Returns: %TRUE if all of it is saved; otherwise nothing is
 */
gboolean
rounds_form_save_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error) != NULL;
}
