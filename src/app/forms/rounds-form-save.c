/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saving what a form has made: the records and the end of the form's draft in one transaction. */

#include "config.h"

#include "rounds-form-save.h"

#include <glib/gi18n-lib.h>

#include "rounds-amendment.h"
#include "rounds-merge-entered.h"

/* What the database thread is given; it belongs to that thread until the transaction has ended. */
typedef struct
{
  GPtrArray *records; /* (owned) of RoundsRecord */
  GPtrArray *before;  /* (owned) of RoundsRecord, %NULL for what is new: as the form began with each */
  RoundsUuid draft;
  gboolean has_draft;
  RoundsFormMaker make; /* (nullable): makes the records first */
  gpointer make_data;   /* for it, not owned */
  RoundsLongWork *work; /* (nullable), not owned: is told how far it is */
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_free (self);
}

struct _RoundsFormUndo
{
  RoundsAppContext *context; /* (owned) (nullable) until it is offered */
  GPtrArray *before;         /* (owned) of RoundsRecord: what was changed, as it was */
  GPtrArray *after;          /* (owned) of RoundsRecord: the same, as it was saved */
  GPtrArray *made;           /* (owned) of RoundsRecord: what was new */
  GPtrArray *removed;        /* (owned) of RoundsRecord: what was deleted */
  RoundsLongWork *work;      /* (owned) (nullable) while it is gone */
};

static gboolean
remove_record (RoundsRecordStore *store, RoundsRecord *record, RoundsFormUndo *undo, GError **error)
{
  g_ptr_array_add (undo->removed, rounds_record_dup (record));
  return rounds_record_store_delete (store, rounds_record_get_entity (record), rounds_record_get_id (record), error);
}

/* Saves @record, and notes how it was before. */
static gboolean
save_record (RoundsRecordStore *store, RoundsRecord *begun, RoundsRecord *record, RoundsFormUndo *undo, GError **error)
{
  g_autoptr (RoundsRecord) before = NULL;

  if (!rounds_record_store_look_up (store, rounds_record_get_entity (record), rounds_record_get_id (record), &before,
                                    error))
    return FALSE;
  if (before != NULL && rounds_record_is_deleted (record) && !rounds_record_is_deleted (before))
    return remove_record (store, record, undo, error);
  if (!rounds_merge_entered (store, begun, record, error) || !rounds_record_store_save (store, record, error))
    return FALSE;
  g_ptr_array_add (before != NULL ? undo->after : undo->made, rounds_record_dup (record));
  if (before != NULL)
    g_ptr_array_add (undo->before, g_steal_pointer (&before));
  return TRUE;
}

static gboolean
save_and_end_draft (RoundsRecordStore *store, Job *job, RoundsFormUndo *undo, GError **error)
{
  if (job->make != NULL && !job->make (store, job->make_data, job->records, job->before, error))
    return FALSE;
  for (guint i = 0; i < job->records->len; i++)
    {
      if (!save_record (store, job->before->pdata[i], job->records->pdata[i], undo, error))
        return FALSE;
      if (job->work != NULL && !rounds_long_work_step (job->work, error))
        return FALSE;
    }

  return !job->has_draft || rounds_record_store_delete (store, ROUNDS_ENTITY_DRAFT, &job->draft, error);
}

static gpointer
run_job (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsFormUndo) undo = g_new0 (RoundsFormUndo, 1);

  undo->before = g_ptr_array_new_with_free_func (g_object_unref);
  undo->after = g_ptr_array_new_with_free_func (g_object_unref);
  undo->made = g_ptr_array_new_with_free_func (g_object_unref);
  undo->removed = g_ptr_array_new_with_free_func (g_object_unref);
  return rounds_record_store_begin (store, error)
             && rounds_record_store_end (store, save_and_end_draft (store, data, undo, error), error)
           ? g_steal_pointer (&undo)
           : NULL;
}

static void
clear_record_cb (gpointer record)
{
  g_clear_object (&record);
}

static void
free_undo_cb (gpointer undo)
{
  rounds_form_undo_free (undo);
}

/* What was submitted, and what was amended, is put back as it was with a word about it: the history stays. */
static gboolean
unlock (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (RoundsRecord) amendment = NULL;

  if (rounds_record_get_entity (record) != ROUNDS_ENTITY_INTERACTION)
    return TRUE;
  now = rounds_record_store_get (store, ROUNDS_ENTITY_INTERACTION, rounds_record_get_id (record), error);
  if (now == NULL)
    return FALSE;
  if (!rounds_interaction_is_submitted (now))
    return TRUE;
  amendment = rounds_amendment_new (now, _ ("Undone"), rounds_record_get_uuid (now, ROUNDS_INTERACTION_STAFF));
  return rounds_record_store_save (store, amendment, error);
}

static gboolean
unmake (RoundsRecordStore *store, RoundsRecord *made, GError **error)
{
  return rounds_record_get_entity (made) == ROUNDS_ENTITY_AMENDMENT
         || rounds_record_store_delete (store, rounds_record_get_entity (made), rounds_record_get_id (made), error);
}

/* What came in since stays. */
static gboolean
put_back_one (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  return rounds_merge_entered (store, after, before, error) && rounds_record_store_save (store, before, error);
}

static gboolean
bring_back (RoundsRecordStore *store, RoundsRecord *removed, GError **error)
{
  return rounds_record_store_restore (store, rounds_record_get_entity (removed), rounds_record_get_id (removed), error);
}

/* From the last to the first, as the later may refer to the earlier; what was new goes before the rest comes back, as
 * it may have taken its place. */
static gboolean
put_back (RoundsRecordStore *store, RoundsFormUndo *undo, GError **error)
{
  for (guint i = 0; i < undo->before->len; i++)
    if (!unlock (store, undo->before->pdata[i], error))
      return FALSE;
  for (guint i = undo->made->len; i > 0; i--)
    if (!unmake (store, undo->made->pdata[i - 1], error) || !rounds_long_work_step (undo->work, error))
      return FALSE;
  for (guint i = undo->before->len; i > 0; i--)
    if (!put_back_one (store, undo->before->pdata[i - 1], undo->after->pdata[i - 1], error)
        || !rounds_long_work_step (undo->work, error))
      return FALSE;
  for (guint i = undo->removed->len; i > 0; i--)
    if (!bring_back (store, undo->removed->pdata[i - 1], error) || !rounds_long_work_step (undo->work, error))
      return FALSE;
  return TRUE;
}

static gpointer
run_undo (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (rounds_record_store_begin (store, error)
                          && rounds_record_store_end (store, put_back (store, data, error), error));
}

/**
 * rounds_form_save_async:
 * @store: the store
 * @records: (element-type RoundsRecord) (transfer none): what to save, copied; one group. What is stored and has
 *   `deleted_at` set here is deleted
 * @before: (element-type RoundsRecord) (nullable): for each of them how the form began with it, %NULL if it is new;
 *   copied
 * @draft: (nullable): the draft that ends with it
 * @callback: called when all of it is saved here, which waits for no network
 * @data: for @callback
 *
 * A form may stay open for long, and a colleague's change may come in meanwhile: only what the user changed in the form
 * is a change; see rounds_merge_entered(). Main thread.
 */
void
rounds_form_save_async (RoundsStore *store, GPtrArray *records, GPtrArray *before, const RoundsUuid *draft,
                        GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->records = g_ptr_array_new_with_free_func (g_object_unref);
  job->before = g_ptr_array_new_with_free_func (clear_record_cb);
  for (guint i = 0; i < records->len; i++)
    {
      RoundsRecord *begun = before != NULL ? before->pdata[i] : NULL;

      g_ptr_array_add (job->records, rounds_record_dup (records->pdata[i]));
      g_ptr_array_add (job->before, begun != NULL ? rounds_record_dup (begun) : NULL);
    }
  job->has_draft = draft != NULL;
  if (draft != NULL)
    job->draft = *draft;

  rounds_store_run_async (store, run_job, job, job_free, free_undo_cb, G_PRIORITY_DEFAULT, NULL, callback, data);
}

/**
 * rounds_form_make_async:
 * @store: the store
 * @make: makes what to save, on the database thread, inside the transaction
 * @data: for @make; must live until @callback
 * @work: to be ended by @callback: can be cancelled; then nothing is saved
 * @callback: as in rounds_form_save_async(); rounds_form_save_finish() gives the way back
 * @callback_data: for @callback
 *
 * For changes of many records, which take long to read and to make.
 */
void
rounds_form_make_async (RoundsStore *store, RoundsFormMaker make, gpointer data, RoundsLongWork *work,
                        GAsyncReadyCallback callback, gpointer callback_data)
{
  Job *job = g_new0 (Job, 1);

  job->records = g_ptr_array_new_with_free_func (g_object_unref);
  job->before = g_ptr_array_new_with_free_func (clear_record_cb);
  job->make = make;
  job->make_data = data;
  job->work = work;
  rounds_store_run_async (store, run_job, job, job_free, free_undo_cb, G_PRIORITY_DEFAULT,
                          rounds_long_work_get_cancellable (work), callback, callback_data);
}

/**
 * rounds_form_save_finish:
 * @store: the store
 * @result: what the callback was given
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID or %ROUNDS_ERROR_EXISTS with the field, or what the database says
 *
 * Ends rounds_form_save_async() and rounds_form_make_async().
 *
 * Returns: (transfer full) (nullable): all of it is saved, and this is the way back; %NULL if nothing is saved
 */
RoundsFormUndo *
rounds_form_save_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RoundsFormUndo *self = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  rounds_long_work_end (g_steal_pointer (&self->work), error);
  rounds_form_undo_free (self);
}

/* The toast is done with @data after this, and the records in it go over to the database thread. */
static void
undo_cb (gpointer data)
{
  RoundsFormUndo *self = data;
  RoundsFormUndo *job = g_new0 (RoundsFormUndo, 1);

  job->before = g_steal_pointer (&self->before);
  job->after = g_steal_pointer (&self->after);
  job->made = g_steal_pointer (&self->made);
  job->removed = g_steal_pointer (&self->removed);
  job->work = rounds_long_work_begin_undo (self->context, job->before->len + job->made->len + job->removed->len);
  rounds_store_run_async (rounds_app_context_get_store (self->context), run_undo, job, NULL, NULL, G_PRIORITY_DEFAULT,
                          rounds_long_work_get_cancellable (job->work), undone_cb, job);
}

/**
 * rounds_form_undo_offer:
 * @self: (transfer full): the way back
 * @context: the application
 * @text: what was done, plain text
 *
 * Tells the user what was done, with an Undo button.
 */
void
rounds_form_undo_offer (RoundsFormUndo *self, RoundsAppContext *context, const char *text)
{
  self->context = g_object_ref (context);
  rounds_app_context_toast_undo (context, text, undo_cb, self, free_undo_cb);
}

/** rounds_form_undo_free: drops @self without going back. */
void
rounds_form_undo_free (RoundsFormUndo *self)
{
  g_clear_object (&self->context);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->after, g_ptr_array_unref);
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);
  g_free (self);
}
