/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-api-thread.h"

#include "rounds-server-store.h"
#include "rounds-sqlite-database.h"

/* A read that takes longer is of no use to its client any more. Writes are never stopped: they are small, or many at
 * once on purpose. */
#define MOST_READ_SECONDS 10

/* How often the thread that writes removes what has expired. */
#define TIDY_INTERVAL (6 * G_TIME_SPAN_HOUR)

struct _RoundsApiThread
{
  GAsyncQueue *tasks; /* (owned) */
  gboolean read_only;
  RoundsApiThreadFunc func;
  GThread *thread; /* (owned) */

  GMutex lock;
  GCancellable *reading; /* (owned) (nullable), under lock: stops the task that runs */
  gint64 reading_since;  /* under lock: monotonic */

  /* For the start alone: the thread sets error, then says that it is there. */
  const RoundsApiThreadOptions *options;
  GAsyncQueue *started; /* (owned) */
  GError *error;        /* (owned) (nullable) */
};

/* The task that ends a thread. */
static char end_of_tasks;

static void
set_reading (RoundsApiThread *self, RoundsSqliteDatabase *database, GCancellable *cancellable)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->reading, cancellable);
  self->reading_since = g_get_monotonic_time ();
  g_mutex_unlock (&self->lock);
  rounds_sqlite_database_set_cancellable (database, cancellable);
}

static void
read_tasks (RoundsApiThread *self, RoundsSqliteDatabase *database, RoundsApi *api)
{
  gpointer task;

  while ((task = g_async_queue_pop (self->tasks)) != &end_of_tasks)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();

      set_reading (self, database, cancellable);
      self->func (api, task);
      set_reading (self, database, NULL);
    }
}

static void
tidy (RoundsApi *api)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_api_tidy (api, &error))
    g_warning ("tidy domain=%s code=%d message=%s", g_quark_to_string (error->domain), error->code, error->message);
}

static void
write_tasks (RoundsApiThread *self, RoundsApi *api)
{
  gint64 tidied = g_get_monotonic_time ();
  gpointer task;

  tidy (api);
  while ((task = g_async_queue_timeout_pop (self->tasks, TIDY_INTERVAL)) != &end_of_tasks)
    {
      if (task != NULL)
        self->func (api, task);
      if (g_get_monotonic_time () - tidied >= TIDY_INTERVAL)
        {
          tidy (api);
          tidied = g_get_monotonic_time ();
        }
    }
}

static gpointer
run (gpointer data)
{
  RoundsApiThread *self = data;
  const char *path = self->options->database;
  g_autoptr (RoundsRecordStore) store = self->read_only ? rounds_server_store_open_read_only (path, &self->error)
                                                        : rounds_server_store_open (path, &self->error);
  g_autoptr (RoundsApi) api = store != NULL ? rounds_api_new (store, &self->error) : NULL;
  gboolean is_open = api != NULL;

  if (is_open)
    rounds_api_set_cors_origins (api, self->options->cors_origins);
  self->options = NULL;
  g_async_queue_push (self->started, self);

  if (is_open && self->read_only)
    read_tasks (self, ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)), api);
  else if (is_open)
    write_tasks (self, api);
  return NULL;
}

/**
 * rounds_api_thread_start:
 * @tasks: where tasks come from; those that are still there in the end are the caller's
 * @read_only: whether the thread is for tasks that change nothing; the database must be there then
 * @options: not needed any more on return
 * @func: what to do with a task
 * @error: (out) (optional): why the database does not open
 *
 * Returns: (transfer full) (nullable): the thread, its database open; to be freed by rounds_api_thread_join()
 */
RoundsApiThread *
rounds_api_thread_start (GAsyncQueue *tasks, gboolean read_only, const RoundsApiThreadOptions *options,
                         RoundsApiThreadFunc func, GError **error)
{
  RoundsApiThread *self = g_new0 (RoundsApiThread, 1);

  g_mutex_init (&self->lock);
  self->tasks = g_async_queue_ref (tasks);
  self->read_only = read_only;
  self->options = options;
  self->func = func;
  self->started = g_async_queue_new ();
  self->thread = g_thread_new (read_only ? "reading" : "writing", run, self);

  g_async_queue_pop (self->started);
  if (self->error == NULL)
    return self;
  g_propagate_error (error, g_steal_pointer (&self->error));
  rounds_api_thread_join (self);
  return NULL;
}

/** rounds_api_thread_watch: stops a read that takes too long; to be called every now and then, from any thread. */
void
rounds_api_thread_watch (RoundsApiThread *self)
{
  g_mutex_lock (&self->lock);
  if (self->reading != NULL && g_get_monotonic_time () - self->reading_since > MOST_READ_SECONDS * G_USEC_PER_SEC)
    g_cancellable_cancel (self->reading);
  g_mutex_unlock (&self->lock);
}

/** rounds_api_thread_ask_to_end: puts an end behind the tasks; where threads share a queue, one of them takes it. */
void
rounds_api_thread_ask_to_end (RoundsApiThread *self)
{
  g_async_queue_push (self->tasks, &end_of_tasks);
}

/** rounds_api_thread_join: waits for the end and frees the thread. */
void
rounds_api_thread_join (RoundsApiThread *self)
{
  g_thread_join (self->thread);
  g_async_queue_unref (self->started);
  g_async_queue_unref (self->tasks);
  g_mutex_clear (&self->lock);
  g_free (self);
}
