/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "forms/rounds-long-work.h"
#include "forms/rounds-toast.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"

#define PATIENCE_MS 500 /* before it is told that something goes on */
#define TELL_MS 200     /* between words about how far it is */
#define FEW 200         /* steps that take no time worth a word */

struct _RoundsLongWork
{
  RoundsAppContext *context; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  gboolean is_undo;          /* the way back has no way back: it is waited for */
  guint n_steps;
  int n_done; /* atomic */
  guint timer;
  AdwToast *toast; /* (owned) (nullable) once it has taken a while */
};

static char *
describe (RoundsLongWork *self)
{
  guint done = MIN ((guint) g_atomic_int_get (&self->n_done), self->n_steps);

  if (self->is_undo)
    /* Translators: how far taking back a change of many records is; both are numbers. */
    return g_strdup_printf (_ ("Undoing: %'u of %'u…"), done, self->n_steps);
  /* Translators: how far a change of many records is; both are numbers. */
  return g_strdup_printf (_ ("%'u of %'u…"), done, self->n_steps);
}

static gboolean
tell_cb (gpointer data)
{
  RoundsLongWork *self = data;
  g_autofree char *text = describe (self);

  rounds_toast_set_text (self->toast, text);
  return G_SOURCE_CONTINUE;
}

static gboolean
show_cb (gpointer data)
{
  RoundsLongWork *self = data;
  g_autofree char *text = describe (self);

  self->toast = rounds_toast_new (text, self->is_undo ? NULL : _ ("_Cancel"));
  adw_toast_set_timeout (self->toast, 0);
  adw_toast_set_priority (self->toast, ADW_TOAST_PRIORITY_HIGH);
  if (!self->is_undo)
    g_signal_connect_object (self->toast, "button-clicked", G_CALLBACK (g_cancellable_cancel), self->cancellable,
                             G_CONNECT_SWAPPED);
  rounds_app_context_show_toast (self->context, self->toast);
  self->timer = g_timeout_add (TELL_MS, tell_cb, self);
  return G_SOURCE_REMOVE;
}

/**
 * rounds_long_work_begin:
 * @context: the application
 * @n_steps: about how many records there are to change
 *
 * Returns: (transfer full): the work, until rounds_long_work_end()
 */
RoundsLongWork *
rounds_long_work_begin (RoundsAppContext *context, guint n_steps)
{
  RoundsLongWork *self = g_new0 (RoundsLongWork, 1);

  self->context = g_object_ref (context);
  self->cancellable = g_cancellable_new ();
  self->n_steps = n_steps;
  if (n_steps > FEW)
    self->timer = g_timeout_add (PATIENCE_MS, show_cb, self);
  return self;
}

/**
 * rounds_long_work_begin_undo:
 * @context: the application
 * @n_steps: about how many records there are to put back
 *
 * Begins taking back what was done to many records: it is told how far that is, but it cannot be cancelled, as what it
 * would take to do it again is used up.
 *
 * Returns: (transfer full): the work, until rounds_long_work_end()
 */
RoundsLongWork *
rounds_long_work_begin_undo (RoundsAppContext *context, guint n_steps)
{
  RoundsLongWork *self = rounds_long_work_begin (context, n_steps);

  self->is_undo = TRUE;
  return self;
}

/** rounds_long_work_get_cancellable: Returns: (transfer none): with which the work is to be run */
GCancellable *
rounds_long_work_get_cancellable (RoundsLongWork *self)
{
  return self->cancellable;
}

/**
 * rounds_long_work_step:
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED
 *
 * One more record is done. Any thread.
 *
 * Returns: whether to go on
 */
gboolean
rounds_long_work_step (RoundsLongWork *self, GError **error)
{
  g_atomic_int_inc (&self->n_done);
  if (!g_cancellable_is_cancelled (self->cancellable))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Cancelled"));
  return FALSE;
}

/**
 * rounds_long_work_end:
 * @self: (transfer full): the work
 * @error: (nullable): why nothing came of it, which the user is told
 */
void
rounds_long_work_end (RoundsLongWork *self, const GError *error)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_clear_object (&self->toast);
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rounds_app_context_toast (self->context, _ ("Cancelled. Nothing was changed."));
  else if (error != NULL)
    rounds_app_context_report (self->context, error);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_free (self);
}

/* The same to each of many */

typedef struct
{
  RoundsLongWork *work; /* (owned) */
  GArray *records;      /* (owned) of RoundsTouched */
  RoundsLongWorkFunc func;
  RoundsUndoFunc done; /* (nullable) */
  gpointer data;       /* (owned) until it is done */
  GDestroyNotify data_free;
} Run;

static gboolean
do_each (RoundsRecordStore *store, Run *run, GError **error)
{
  for (guint i = 0; i < run->records->len; i++)
    {
      const RoundsTouched *target = &g_array_index (run->records, RoundsTouched, i);

      if (!run->func (store, target->entity, &target->record, error) || !rounds_long_work_step (run->work, error))
        return FALSE;
    }
  return TRUE;
}

/* On the database thread. */
static gpointer
do_all (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (rounds_record_store_begin (store, error)
                          && rounds_record_store_end (store, do_each (store, data, error), error));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  gboolean done = rounds_store_run_finish (ROUNDS_STORE (source), result, &error) != NULL;

  rounds_long_work_end (run->work, error);
  if (done && run->done != NULL)
    run->done (run->data);
  else if (run->data_free != NULL)
    run->data_free (run->data);
  g_array_unref (run->records);
  g_free (run);
}

/**
 * rounds_long_work_run:
 * @self: (transfer full): the work
 * @records: (element-type RoundsTouched): to which of them
 * @func: what is done to each, on the database thread; all of them are one group, all or none
 * @done: (nullable): takes over @data when all is done. An error is told to the user
 * @data: (transfer full): for @done
 * @data_free: (nullable): for @data, if it is not done
 */
void
rounds_long_work_run (RoundsLongWork *self, GArray *records, RoundsLongWorkFunc func, RoundsUndoFunc done,
                      gpointer data, GDestroyNotify data_free)
{
  Run *run = g_new0 (Run, 1);

  run->work = self;
  run->records = g_array_copy (records);
  run->func = func;
  run->done = done;
  run->data = data;
  run->data_free = data_free;
  rounds_store_run_async (rounds_app_context_get_store (self->context), do_all, run, NULL, NULL, G_PRIORITY_DEFAULT,
                          self->cancellable, done_cb, run);
}
