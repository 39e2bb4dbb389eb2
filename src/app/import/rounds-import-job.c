/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-job.h"

struct _RoundsImportJob
{
  RoundsImportPlan *plan; /* (owned) (nullable): what to import, or … */
  gboolean dry_run;
  RoundsUuid batch; /* … what to take back */
  gboolean undo;    /* bring it back instead */
  int permille;     /* atomic: written by the database thread, read by the main thread */
};

static void
clear_job (gpointer data)
{
  g_clear_pointer (&((RoundsImportJob *) data)->plan, rounds_import_plan_unref);
}

/** rounds_import_job_new: the plan must stay as it is until the job is done. */
RoundsImportJob *
rounds_import_job_new (RoundsImportPlan *plan, gboolean dry_run)
{
  RoundsImportJob *self = g_atomic_rc_box_new0 (RoundsImportJob);

  self->plan = rounds_import_plan_ref (plan);
  self->dry_run = dry_run;
  return self;
}

/**
 * rounds_import_job_new_reversal:
 * @batch: an import
 * @undo: bring it back instead of taking it back
 */
RoundsImportJob *
rounds_import_job_new_reversal (const RoundsUuid *batch, gboolean undo)
{
  RoundsImportJob *self = g_atomic_rc_box_new0 (RoundsImportJob);

  self->batch = *batch;
  self->undo = undo;
  return self;
}

/** rounds_import_job_ref: Returns: (transfer full): @self. Any thread. */
RoundsImportJob *
rounds_import_job_ref (RoundsImportJob *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** rounds_import_job_unref: lets go of @self. Any thread. */
void
rounds_import_job_unref (RoundsImportJob *self)
{
  g_atomic_rc_box_release_full (self, clear_job);
}

/** rounds_import_job_get_fraction: how much is done, 0 to 1. Any thread. */
double
rounds_import_job_get_fraction (RoundsImportJob *self)
{
  return g_atomic_int_get (&self->permille) / 1000.0;
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  RoundsImportJob *self = data;

  if (total > 0)
    g_atomic_int_set (&self->permille, (int) (MIN (done, total) * 1000 / total));
}

static gpointer
run (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  RoundsImportJob *self = data;

  return rounds_importer_run (store, self->plan, self->dry_run, progress_cb, self, cancellable, error);
}

/**
 * rounds_import_job_run_async:
 * @callback: on the main thread; its source is @store
 */
void
rounds_import_job_run_async (RoundsImportJob *self, RoundsStore *store, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  rounds_store_run_async (store, run, rounds_import_job_ref (self), (GDestroyNotify) rounds_import_job_unref,
                          (GDestroyNotify) rounds_import_result_unref, G_PRIORITY_DEFAULT, cancellable, callback, data);
}

/**
 * rounds_import_job_run_finish:
 *
 * Returns: (transfer full) (nullable): the verdicts; errors as rounds_importer_run()
 */
RoundsImportResult *
rounds_import_job_run_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}

static gpointer
reverse (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  RoundsImportJob *self = data;

  return (self->undo ? rounds_import_revert_undo : rounds_import_revert) (store, &self->batch, progress_cb, self,
                                                                          cancellable, error);
}

/** rounds_import_job_reverse_async: for a job of rounds_import_job_new_reversal(); as rounds_import_job_run_async(). */
void
rounds_import_job_reverse_async (RoundsImportJob *self, RoundsStore *store, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  rounds_store_run_async (store, reverse, rounds_import_job_ref (self), (GDestroyNotify) rounds_import_job_unref,
                          (GDestroyNotify) rounds_import_reversal_free, G_PRIORITY_DEFAULT, cancellable, callback,
                          data);
}

/**
 * rounds_import_job_reverse_finish:
 *
 * Returns: (transfer full) (nullable): what was done; errors as rounds_import_revert()
 */
RoundsImportReversal *
rounds_import_job_reverse_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}

typedef struct
{
  GFile *file;    /* (owned) */
  char *encoding; /* (owned) (nullable) */
  char delimiter;
  char *sheet; /* (owned) (nullable) */
  RoundsTableHeader header;
} PlanRequest;

static void
plan_request_free (PlanRequest *request)
{
  g_clear_object (&request->file);
  g_free (request->encoding);
  g_free (request->sheet);
  g_free (request);
}

static void
make_plan (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  PlanRequest *request = data;
  GError *error = NULL;
  RoundsTableOptions options = { request->encoding, request->delimiter, request->sheet, request->header };
  RoundsImportPlan *plan = rounds_import_plan_new (request->file, &options, cancellable, &error);

  if (plan != NULL)
    g_task_return_pointer (task, plan, (GDestroyNotify) rounds_import_plan_unref);
  else
    g_task_return_error (task, error);
}

/** rounds_import_plan_new_async: rounds_import_plan_new() on a thread of its own; @callback has no source. */
void
rounds_import_plan_new_async (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  PlanRequest *request = g_new0 (PlanRequest, 1);

  request->file = g_object_ref (file);
  request->encoding = g_strdup (options->encoding);
  request->delimiter = options->delimiter;
  request->sheet = g_strdup (options->sheet);
  request->header = options->header;
  g_task_set_task_data (task, request, (GDestroyNotify) plan_request_free);
  g_task_run_in_thread (task, make_plan);
}

/** rounds_import_plan_new_finish: as rounds_import_plan_new(). */
RoundsImportPlan *
rounds_import_plan_new_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
