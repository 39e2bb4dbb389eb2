/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api-worker.h"

#include <glib/gi18n-lib.h>

#include "rounds-server-store.h"
#include "rounds-sqlite-database.h"
#include "rounds-sync-problem.h"

/* More waiting than this, and a client is better off to come again: some seconds of work for the database, and for the
 * passwords. */
#define MOST_REQUESTS 2000
#define MOST_PASSWORDS 50

/* A read that takes longer holds up everybody and is stopped. Writes are not: they are small, or many at once on
 * purpose. */
#define MOST_READ_SECONDS 10

/* How often the database is tidied. */
#define TIDY_INTERVAL (6 * G_TIME_SPAN_HOUR)

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
  GSource *watchdog;     /* (owned): on the main context */

  GMutex lock;
  GCancellable *reading; /* (owned) (nullable), under lock: stops the read that runs */
  gint64 reading_since;  /* under lock: monotonic */

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

/* Looks after the read that runs; on the main context. */
static gboolean
watchdog_cb (gpointer data)
{
  RoundsApiWorker *self = data;

  g_mutex_lock (&self->lock);
  if (self->reading != NULL && g_get_monotonic_time () - self->reading_since > MOST_READ_SECONDS * G_USEC_PER_SEC)
    g_cancellable_cancel (self->reading);
  g_mutex_unlock (&self->lock);
  return G_SOURCE_CONTINUE;
}

static void
set_reading (RoundsApiWorker *self, RoundsSqliteDatabase *database, GCancellable *cancellable)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->reading, cancellable);
  self->reading_since = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  rounds_sqlite_database_set_cancellable (database, cancellable);
}

static gboolean
begin_job (RoundsApiWorker *self, RoundsApi *api, RoundsSqliteDatabase *database, Job *job)
{
  g_autoptr (GCancellable) cancellable = NULL;
  gboolean done;

  if (!rounds_api_call_is_read (job->call))
    return rounds_api_begin (api, job->call);
  cancellable = g_cancellable_new ();
  set_reading (self, database, cancellable);
  done = rounds_api_begin (api, job->call);
  set_reading (self, database, NULL);
  return done;
}

static void
run_job (RoundsApiWorker *self, RoundsApi *api, RoundsSqliteDatabase *database, Job *job)
{
  if (job->resumed)
    {
      rounds_api_resume (api, job->call);
      deliver (job);
    }
  else if (begin_job (self, api, database, job))
    deliver (job);
  else if (g_thread_pool_unprocessed (self->hashing) >= MOST_PASSWORDS)
    deliver_busy (job);
  else
    g_thread_pool_push (self->hashing, job, NULL);
}

static void
tidy (RoundsApi *api)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_api_tidy (api, &error))
    g_warning ("tidy domain=%s code=%d message=%s", g_quark_to_string (error->domain), error->code, error->message);
}

static void
serve (RoundsApiWorker *self, RoundsRecordStore *store, RoundsApi *api)
{
  RoundsSqliteDatabase *database = ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store));
  gint64 tidied = g_get_monotonic_time ();

  tidy (api);
  for (;;)
    {
      Job *job = g_async_queue_timeout_pop (self->jobs, TIDY_INTERVAL);

      if (job != NULL && job->call == NULL)
        {
          job_free (job);
          return;
        }
      if (job != NULL)
        run_job (self, api, database, job);
      if (g_get_monotonic_time () - tidied > TIDY_INTERVAL)
        {
          tidy (api);
          tidied = g_get_monotonic_time ();
        }
    }
}

static gpointer
database_thread (gpointer data)
{
  RoundsApiWorker *self = data;
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (self->database, &self->error);
  g_autoptr (RoundsApi) api = store != NULL ? rounds_api_new (store, &self->error) : NULL;
  gboolean is_open = api != NULL;

  if (is_open)
    rounds_api_set_cors_origins (api, self->cors_origins);
  g_async_queue_push (self->started, self);
  if (is_open)
    serve (self, store, api);
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
  g_mutex_init (&self->lock);
  self->watchdog = g_timeout_source_new_seconds (1);
  g_source_set_callback (self->watchdog, watchdog_cb, self, NULL);
  g_source_attach (self->watchdog, self->context);
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

  g_source_destroy (self->watchdog);
  g_source_unref (self->watchdog);
  g_mutex_clear (&self->lock);
  g_async_queue_unref (self->jobs);
  g_async_queue_unref (self->started);
  g_main_context_unref (self->context);
  g_clear_error (&self->error);
  g_free (self->database);
  g_free (self->cors_origins);
  g_free (self);
}
