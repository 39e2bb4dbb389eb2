/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api-worker.h"

#include <glib/gi18n-lib.h>

#include "rounds-server-store.h"
#include "rounds-sync-problem.h"

/* More waiting than this, and a client is better off to come again: some seconds of work for the database, and for the
 * passwords. */
#define MOST_REQUESTS 2000
#define MOST_PASSWORDS 50

typedef struct
{
  RoundsApiWorker *worker;
  RoundsApiCall *call;         /* (owned) (nullable): none asks the thread to end */
  RoundsApiResponse *response; /* (owned) (nullable) */
  gboolean resumed;            /* the password has been seen to */
  RoundsApiWorkerFunc func;
  gpointer data;
} Job;

struct _RoundsApiWorker
{
  GMainContext *context; /* (owned): where answers go */
  GAsyncQueue *jobs;     /* (owned) of Job */
  GThread *thread;       /* (owned): the database's */
  GThreadPool *hashing;  /* (owned) */

  /* For the start alone: set by the database thread, then it says "ready" through started. */
  char *database;       /* (owned) */
  char *cors_origins;   /* (owned) (nullable) */
  GAsyncQueue *started; /* (owned) */
  GError *error;        /* (owned) (nullable) */
};

static void
job_free (Job *job)
{
  rounds_api_call_free (job->call);
  rounds_api_response_free (job->response);
  g_free (job);
}

static gboolean
deliver_cb (gpointer data)
{
  Job *job = data;

  job->func (g_steal_pointer (&job->response), job->data);
  return G_SOURCE_REMOVE;
}

/* Hands the answer to the main context, and never runs it here, as g_main_context_invoke() may. */
static void
deliver (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  if (job->response == NULL)
    job->response = rounds_api_call_steal_response (job->call);
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, job, (GDestroyNotify) job_free);
  g_source_attach (source, job->worker->context);
}

static void
deliver_busy (Job *job)
{
  job->response = rounds_api_response_new_problem (503, NULL, _ ("The server is busy. Please try again."));
  rounds_api_response_set_header (job->response, "Retry-After", "2");
  rounds_api_response_set_header (job->response, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  deliver (job);
}

static void
hash_cb (gpointer data, gpointer user_data)
{
  Job *job = data;

  rounds_api_call_work (job->call);
  job->resumed = TRUE;
  g_async_queue_push (job->worker->jobs, job);
}

static void
run_job (RoundsApiWorker *self, RoundsApi *api, Job *job)
{
  if (job->resumed)
    {
      rounds_api_resume (api, job->call);
      deliver (job);
    }
  else if (rounds_api_begin (api, job->call))
    deliver (job);
  else if (g_thread_pool_unprocessed (self->hashing) >= MOST_PASSWORDS)
    deliver_busy (job);
  else
    g_thread_pool_push (self->hashing, job, NULL);
}

static gpointer
database_thread (gpointer data)
{
  RoundsApiWorker *self = data;
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (self->database, &self->error);
  g_autoptr (RoundsApi) api = store != NULL ? rounds_api_new (store, &self->error) : NULL;
  gboolean runs = api != NULL;

  if (runs)
    rounds_api_set_cors_origins (api, self->cors_origins);
  g_async_queue_push (self->started, self);

  while (runs)
    {
      Job *job = g_async_queue_pop (self->jobs);

      runs = job->call != NULL;
      if (runs)
        run_job (self, api, job);
      else
        job_free (job);
    }
  return NULL;
}

/**
 * rounds_api_worker_start:
 * @database: the file of the SQLite database, made if it is not there
 * @cors_origins: (nullable): as for rounds_api_set_cors_origins()
 * @error: (out) (optional): why the database does not open
 *
 * Returns: (transfer full) (nullable): the worker, its database open
 */
RoundsApiWorker *
rounds_api_worker_start (const char *database, const char *cors_origins, GError **error)
{
  g_autoptr (RoundsApiWorker) self = g_new0 (RoundsApiWorker, 1);

  self->context = g_main_context_ref_thread_default ();
  self->jobs = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->started = g_async_queue_new ();
  self->database = g_strdup (database);
  self->cors_origins = g_strdup (cors_origins);
  self->hashing = g_thread_pool_new (hash_cb, NULL, 1, TRUE, NULL);
  self->thread = g_thread_new ("database", database_thread, self);

  g_async_queue_pop (self->started);
  if (self->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * rounds_api_worker_submit:
 * @request: (transfer full): what to answer
 * @func: called with the answer on the worker's main context, never before this returns
 * @data: for @func
 */
void
rounds_api_worker_submit (RoundsApiWorker *self, RoundsApiRequest *request, RoundsApiWorkerFunc func, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->worker = self;
  job->call = rounds_api_call_new (request);
  job->func = func;
  job->data = data;
  if (g_async_queue_length (self->jobs) > MOST_REQUESTS)
    deliver_busy (job);
  else
    g_async_queue_push (self->jobs, job);
}

/** rounds_api_worker_stop: closes the database and frees the worker; to be called once all answers have arrived. */
void
rounds_api_worker_stop (RoundsApiWorker *self)
{
  Job *end;

  if (self == NULL)
    return;

  end = g_new0 (Job, 1);
  g_async_queue_push (self->jobs, end);
  g_thread_join (self->thread);
  g_thread_pool_free (self->hashing, FALSE, TRUE);

  g_async_queue_unref (self->jobs);
  g_async_queue_unref (self->started);
  g_main_context_unref (self->context);
  g_clear_error (&self->error);
  g_free (self->database);
  g_free (self->cors_origins);
  g_free (self);
}
