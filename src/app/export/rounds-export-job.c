/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/rounds-export-job.h"

typedef struct
{
  RoundsExport *export; /* (owned) */
  gboolean done;        /* by the last step */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_object (&job->export);
  g_free (job);
}

/* On the reading thread. */
static gpointer
take_step (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;

  return rounds_export_step (job->export, store, &job->done, cancellable, error) ? job : NULL;
}

static void push_step (GTask *task);

static void
step_taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  Job *job = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (job == NULL)
    g_task_return_error (task, error);
  else if (job->done)
    g_task_return_boolean (task, TRUE);
  else
    push_step (g_steal_pointer (&task));
}

/* Takes over the task. Lists go first: nobody looks at an export. */
static void
push_step (GTask *task)
{
  rounds_store_read_async (g_task_get_source_object (task), take_step, g_task_get_task_data (task), NULL, NULL,
                           G_PRIORITY_LOW, g_task_get_cancellable (task), step_taken_cb, task);
}

void
rounds_export_job_run_async (RoundsStore *store, RoundsExport *export, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (store, cancellable, callback, data);
  Job *job = g_new0 (Job, 1);

  job->export = g_object_ref (export);
  /* What the steps say counts: a file that took its place as somebody cancelled is there. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, job, job_free);
  push_step (task);
}

gboolean
rounds_export_job_run_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, store), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
