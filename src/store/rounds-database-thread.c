/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-database-thread-private.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-record-store-private.h"

typedef struct
{
  RoundsJobKind kind;
  int priority;
  guint64 arrival;
  GTask *task;          /* (owned) touched by its own thread alone */
  RoundsStoreFunc func; /* NULL: the end of the queue */
  gpointer data;        /* (not owned) the task's */
  gpointer result;      /* (owned) once the job is done, until the task returns it */
  GDestroyNotify result_free;
  GError *error; /* (owned) (nullable) */
} Job;

struct _RoundsDatabaseThread
{
  gatomicrefcount ref_count;
  GThread *thread;       /* joined by stop() */
  GMainContext *context; /* (owned) of the thread that started this one */
  GAsyncQueue *queue;    /* (owned) of Job */
  guint64 arrivals;      /* starting thread */
  gboolean stopped;      /* starting thread */

  /* Starting thread; NULL after stop(). */
  RoundsTouchedFunc touched;
  gpointer touched_data;

  /* The hand-over, under lock. */
  GMutex lock;
  GCond opened_cond;
  gboolean opened;     /* or failed with open_error */
  GError *open_error;  /* (owned) (nullable) */
  gint stopping;       /* atomic */
  GQueue done;         /* of Job (owned) */
  GHashTable *changes; /* (owned) entity + 1 -> GPtrArray of RoundsUuid*, or NULL for anything */
  gboolean scheduled;

  /* This thread, and the starting one before it runs. */
  char *path;                    /* (owned) */
  guint8 key[ROUNDS_KEY_LENGTH]; /* wiped after opening */
  gboolean has_key;
  RoundsOpenFlags flags;
};

static RoundsDatabaseThread *
ref (RoundsDatabaseThread *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rounds_database_thread_unref (RoundsDatabaseThread *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_assert (self->thread == NULL);
  g_async_queue_unref (self->queue);
  g_hash_table_unref (self->changes);
  g_main_context_unref (self->context);
  g_clear_error (&self->open_error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->opened_cond);
  g_free (self->path);
  g_free (self);
}

static int
compare_jobs (gconstpointer a, gconstpointer b, gpointer data)
{
  const Job *left = a, *right = b;

  if (left->priority != right->priority)
    return left->priority < right->priority ? -1 : 1;
  return left->arrival < right->arrival ? -1 : left->arrival > right->arrival;
}

static void
free_ids (gpointer ids)
{
  if (ids != NULL)
    g_ptr_array_unref (ids);
}

/* On the starting thread: answers the job's caller. */
static void
finish_job (Job *job)
{
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->result_free);
  g_object_unref (job->task);
  g_free (job);
}

static gboolean
deliver_cb (gpointer data)
{
  RoundsDatabaseThread *self = data;
  g_autoptr (GHashTable) changes = NULL;
  GQueue done = G_QUEUE_INIT;
  GHashTableIter iter;
  gpointer entity, ids;
  Job *job;

  g_mutex_lock (&self->lock);
  self->scheduled = FALSE;
  changes = self->changes;
  self->changes = g_hash_table_new_full (NULL, NULL, NULL, free_ids);
  done = self->done;
  g_queue_init (&self->done);
  g_mutex_unlock (&self->lock);

  g_hash_table_iter_init (&iter, changes);
  while (g_hash_table_iter_next (&iter, &entity, &ids))
    if (self->touched != NULL)
      self->touched (GPOINTER_TO_INT (entity) - 1, ids, self->touched_data);
  while ((job = g_queue_pop_head (&done)) != NULL)
    finish_job (job);
  return G_SOURCE_REMOVE;
}

static void
unref_cb (gpointer data)
{
  rounds_database_thread_unref (data);
}

/* With the lock held. One source carries everything that has come together until the main loop runs it. */
static void
schedule_delivery (RoundsDatabaseThread *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->scheduled)
    return;
  self->scheduled = TRUE;
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, ref (self), unref_cb);
  g_source_set_static_name (source, "rounds-database-thread");
  g_source_attach (source, self->context);
}

static void
add_change (RoundsDatabaseThread *self, const RoundsTouched *touched)
{
  gpointer entity = GINT_TO_POINTER (touched->entity + 1);
  gpointer ids;

  if (rounds_uuid_is_nil (&touched->record))
    {
      g_hash_table_replace (self->changes, entity, NULL);
      return;
    }

  if (!g_hash_table_lookup_extended (self->changes, entity, NULL, &ids))
    {
      ids = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->changes, entity, ids);
    }
  if (ids != NULL)
    g_ptr_array_add (ids, g_memdup2 (&touched->record, sizeof touched->record));
}

static void
committed_cb (RoundsRecordStore *store, GArray *touched, gpointer data)
{
  RoundsDatabaseThread *self = data;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < touched->len; i++)
    add_change (self, &g_array_index (touched, RoundsTouched, i));
  schedule_delivery (self);
  g_mutex_unlock (&self->lock);
}

static void
run_job (RoundsDatabaseThread *self, RoundsRecordStore *store, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);

  if (g_cancellable_is_cancelled (cancellable) || (job->kind == ROUNDS_JOB_READ && g_atomic_int_get (&self->stopping)))
    {
      g_set_error_literal (&job->error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
      return;
    }

  rounds_sqlite_database_set_cancellable (ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)),
                                          cancellable);
  job->result = job->func (store, job->data, cancellable, &job->error);
  rounds_sqlite_database_set_cancellable (ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)), NULL);

  /* A job that failed in the middle must not leave its half to be committed with the next one. */
  if (store->in_transaction)
    {
      if (job->error == NULL)
        g_critical ("A job on the database thread left a transaction open; its changes are dropped");
      rounds_record_store_rollback (store);
    }
}

static void
hand_over (RoundsDatabaseThread *self, Job *job)
{
  g_mutex_lock (&self->lock);
  g_queue_push_tail (&self->done, job);
  schedule_delivery (self);
  g_mutex_unlock (&self->lock);
}

static RoundsRecordStore *
open_store (RoundsDatabaseThread *self, GError **error)
{
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (self->path, self->has_key ? self->key : NULL, self->flags, error);

  sodium_memzero (self->key, sizeof self->key);
  if (database == NULL)
    return NULL;
  return rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, error);
}

static gpointer
run_thread (gpointer data)
{
  RoundsDatabaseThread *self = data;
  GError *error = NULL;
  g_autoptr (RoundsRecordStore) store = open_store (self, &error);
  gboolean failed = store == NULL;
  Job *job;

  g_mutex_lock (&self->lock);
  self->opened = TRUE;
  self->open_error = error;
  g_cond_signal (&self->opened_cond);
  g_mutex_unlock (&self->lock);
  if (failed)
    return NULL;

  g_signal_connect (store, "committed", G_CALLBACK (committed_cb), self);
  while ((job = g_async_queue_pop (self->queue))->func != NULL)
    {
      run_job (self, store, job);
      hand_over (self, job);
    }
  g_free (job);
  return NULL;
}

/*
 * rounds_database_thread_start:
 * @path: the database
 * @key: (nullable): its raw key
 * @touched: (nullable): called on the calling thread after commits
 *
 * Returns: (transfer full): the thread, which is opening its connection; to be stopped by rounds_database_thread_stop()
 */
RoundsDatabaseThread *
rounds_database_thread_start (const char *path, const guint8 *key, RoundsOpenFlags flags, RoundsTouchedFunc touched,
                              gpointer data)
{
  RoundsDatabaseThread *self = g_new0 (RoundsDatabaseThread, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->context = g_main_context_ref_thread_default ();
  self->queue = g_async_queue_new ();
  self->changes = g_hash_table_new_full (NULL, NULL, NULL, free_ids);
  g_mutex_init (&self->lock);
  g_cond_init (&self->opened_cond);
  g_queue_init (&self->done);
  self->touched = touched;
  self->touched_data = data;
  self->path = g_strdup (path);
  self->flags = flags;
  self->has_key = key != NULL;
  if (key != NULL)
    memcpy (self->key, key, sizeof self->key);

  self->thread = g_thread_new ("rounds-database", run_thread, self);
  return self;
}

/*
 * rounds_database_thread_wait:
 * @error: (out) (optional): why the database does not open
 *
 * Waits until the connection is open, migrations included. After a failure the thread is at its end and stopped.
 */
gboolean
rounds_database_thread_wait (RoundsDatabaseThread *self, GError **error)
{
  g_mutex_lock (&self->lock);
  while (!self->opened)
    g_cond_wait (&self->opened_cond, &self->lock);
  g_mutex_unlock (&self->lock);

  if (self->open_error == NULL)
    return TRUE;
  self->stopped = TRUE;
  g_thread_join (g_steal_pointer (&self->thread));
  g_propagate_error (error, g_steal_pointer (&self->open_error));
  return FALSE;
}

void
rounds_database_thread_push (RoundsDatabaseThread *self, GTask *task, RoundsJobKind kind, int priority,
                             RoundsStoreFunc func, gpointer data, GDestroyNotify data_free, GDestroyNotify result_free)
{
  Job *job = g_new0 (Job, 1);

  /* A write that was cancelled after it happened has happened: the caller hears so. */
  g_task_set_check_cancellable (task, FALSE);
  /* The data lives as long as the task, so that the callback, which GTask may put off, still has it. */
  if (data_free != NULL)
    g_object_set_data_full (G_OBJECT (task), "rounds-job-data", data, data_free);
  job->kind = kind;
  job->priority = priority;
  job->arrival = self->arrivals++;
  job->task = task;
  job->func = func;
  job->data = data;
  job->result_free = result_free;

  if (!self->stopped)
    {
      /* cppcheck-suppress memleak ; the queue has it now */
      g_async_queue_push_sorted (self->queue, job, compare_jobs, NULL);
      return;
    }
  g_set_error_literal (&job->error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("The database is closed."));
  hand_over (self, job);
  /* cppcheck-suppress memleak ; likewise */
}

void
rounds_database_thread_stop (RoundsDatabaseThread *self)
{
  Job *end;

  self->touched = NULL;
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_atomic_int_set (&self->stopping, 1);

  end = g_new0 (Job, 1);
  end->priority = G_MAXINT;
  end->arrival = G_MAXUINT64;
  g_async_queue_push_sorted (self->queue, end, compare_jobs, NULL);
  g_thread_join (g_steal_pointer (&self->thread));
  /* cppcheck-suppress memleak ; the thread freed the end of its queue */
}
