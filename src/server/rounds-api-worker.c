/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api-worker.h"

#include <glib/gi18n-lib.h>

#include "rounds-api-thread.h"
#include "rounds-sync-problem.h"

#define READING_THREADS 2

/* More waiting than this, and a client is better off to come again: some seconds of work for the database, and for the
 * passwords. */
#define MOST_REQUESTS 2000
#define MOST_PASSWORDS 50

typedef struct
{
  RoundsApiWorker *worker;
  RoundsApiCall *call;         /* (owned) (nullable): NULL for rounds_api_worker_look() */
  RoundsApiResponse *response; /* (owned) (nullable) */
  gboolean resumed;            /* the password has been seen to */
  RoundsApiWorkerFunc func;
  gpointer data;
} Job;

struct _RoundsApiWorker
{
  GMainContext *context; /* (owned): where answers go */
  GAsyncQueue *writes;   /* (owned) of Job */
  GAsyncQueue *reads;    /* (owned) of Job */
  GPtrArray *threads;    /* (owned) of RoundsApiThread: the one that writes, then those that read */
  GThreadPool *hashing;  /* (owned) */
  GSource *watchdog;     /* (owned): on the main context */
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
  g_async_queue_push (job->worker->writes, job);
}

/* On one of the database's threads. */
static void
run_job (RoundsApi *api, gpointer task)
{
  Job *job = task;

  if (job->call == NULL)
    {
      job->response = rounds_api_look (api);
      deliver (job);
    }
  else if (job->resumed)
    {
      rounds_api_resume (api, job->call);
      deliver (job);
    }
  else if (rounds_api_begin (api, job->call))
    deliver (job);
  else if (g_thread_pool_unprocessed (job->worker->hashing) >= MOST_PASSWORDS)
    deliver_busy (job);
  else
    g_thread_pool_push (job->worker->hashing, job, NULL);
}

static gboolean
watchdog_cb (gpointer data)
{
  RoundsApiWorker *self = data;

  for (guint i = 0; i < self->threads->len; i++)
    rounds_api_thread_watch (g_ptr_array_index (self->threads, i));
  return G_SOURCE_CONTINUE;
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
  RoundsApiThreadOptions options = { database, cors_origins };

  self->context = g_main_context_ref_thread_default ();
  self->writes = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->reads = g_async_queue_new_full ((GDestroyNotify) job_free);
  self->threads = g_ptr_array_new ();
  self->hashing = g_thread_pool_new (hash_cb, NULL, 1, TRUE, NULL);
  self->watchdog = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->watchdog, watchdog_cb, self, NULL);
  g_source_attach (self->watchdog, self->context);

  /* The first one makes what the others only read. */
  for (guint i = 0; i < 1 + READING_THREADS; i++)
    {
      RoundsApiThread *thread =
        rounds_api_thread_start (i == 0 ? self->writes : self->reads, i > 0, &options, run_job, error);

      if (thread == NULL)
        return NULL;
      g_ptr_array_add (self->threads, thread);
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
  GAsyncQueue *queue;

  job->worker = self;
  job->call = rounds_api_call_new (request);
  job->func = func;
  job->data = data;
  queue = rounds_api_call_is_read (job->call) ? self->reads : self->writes;
  if (g_async_queue_length (queue) > MOST_REQUESTS)
    deliver_busy (job);
  else
    g_async_queue_push (queue, job);
}

/**
 * rounds_api_worker_look:
 * @func: called with an answer whose news tell what other programs have written to the database
 * @data: for @func
 */
void
rounds_api_worker_look (RoundsApiWorker *self, RoundsApiWorkerFunc func, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->worker = self;
  job->func = func;
  job->data = data;
  g_async_queue_push (self->writes, job);
}

/** rounds_api_worker_stop: closes the database and frees the worker; to be called once all answers have arrived. */
void
rounds_api_worker_stop (RoundsApiWorker *self)
{
  if (self == NULL)
    return;

  /* The connection that writes is closed last: only then does SQLite put its log into the database. */
  for (guint i = 1; i < self->threads->len; i++)
    rounds_api_thread_ask_to_end (g_ptr_array_index (self->threads, i));
  for (guint i = 1; i < self->threads->len; i++)
    rounds_api_thread_join (g_ptr_array_index (self->threads, i));
  if (self->threads->len > 0)
    {
      rounds_api_thread_ask_to_end (g_ptr_array_index (self->threads, 0));
      rounds_api_thread_join (g_ptr_array_index (self->threads, 0));
    }
  g_thread_pool_free (self->hashing, FALSE, TRUE);

  g_source_destroy (self->watchdog);
  g_source_unref (self->watchdog);
  g_ptr_array_unref (self->threads);
  g_async_queue_unref (self->writes);
  g_async_queue_unref (self->reads);
  g_main_context_unref (self->context);
  g_free (self);
}
