/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-store.h"

#include <glib/gi18n-lib.h>

#include "rounds-database-thread-private.h"
#include "rounds-error.h"
#include "rounds-query-private.h"

/* How soon another process's writes (rounds-cli beside the open window) show up. */
#define POLL_SECONDS 2

/* After so many polls without anything else to do, what is kept for speed alone is given back: after an import some
 * 60 MiB of pages. */
#define POLLS_UNTIL_REST 8

struct _RoundsStore
{
  GObject parent_instance;

  GThread *thread;                      /* (not owned) where everything here happens */
  RoundsDatabaseThread *writer;         /* (owned) */
  RoundsDatabaseThread *reading_thread; /* (owned) */
  RoundsRecordStore *reader;            /* (owned) NULL once closed */
  guint poll;                           /* source id */
  gboolean poll_is_running;
  guint idle_polls;    /* since the store was last used */
  gint64 data_version; /* -1 before the first poll */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsStore, rounds_store, G_TYPE_OBJECT)

static void
begin_use (RoundsStore *self)
{
  GThread *current = g_thread_self ();

  g_assert (self->thread == current);
  self->idle_polls = 0;
}

static void
rounds_store_dispose (GObject *object)
{
  rounds_store_close (ROUNDS_STORE (object));
  G_OBJECT_CLASS (rounds_store_parent_class)->dispose (object);
}

static void
rounds_store_finalize (GObject *object)
{
  RoundsStore *self = ROUNDS_STORE (object);

  g_clear_pointer (&self->writer, rounds_database_thread_unref);
  g_clear_pointer (&self->reading_thread, rounds_database_thread_unref);
  G_OBJECT_CLASS (rounds_store_parent_class)->finalize (object);
}

static void
rounds_store_class_init (RoundsStoreClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rounds_store_dispose;
  object_class->finalize = rounds_store_finalize;

  /**
   * RoundsStore::changed:
   * @entity: (type int): whose records
   * @ids: (nullable) (element-type RoundsUuid): which, or %NULL for any
   */
  signals[CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_STORE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_INT, G_TYPE_PTR_ARRAY);
}

static void
rounds_store_init (RoundsStore *self)
{
  self->thread = g_thread_self ();
  self->data_version = -1;
}

static void
touched_cb (RoundsEntity entity, GPtrArray *ids, gpointer data)
{
  g_signal_emit (data, signals[CHANGED], 0, (int) entity, ids);
}

/* Noticing other processes.
 *
 * SQLite's data_version tells a connection that another one has committed. It is asked on the writing connection: there
 * our own commits do not count, so that any change of it is another process's. */

static gpointer
read_data_version (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), "PRAGMA data_version", error);

  if (statement == NULL || rounds_statement_step (statement, error) != ROUNDS_STEP_ROW)
    return NULL;
  *(gint64 *) data = rounds_statement_get_integer (statement, 0);
  return data;
}

static void
emit_anything_changed (RoundsStore *self)
{
  g_autoptr (RoundsStore) alive = g_object_ref (self);

  for (int e = 0; e < ROUNDS_N_ENTITIES && self->reader != NULL; e++)
    if (rounds_entity_get_info (e)->scope != ROUNDS_SCOPE_SERVER)
      g_signal_emit (self, signals[CHANGED], 0, e, NULL);
}

static void
poll_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree GWeakRef *weak = data;
  g_autoptr (RoundsStore) self = g_weak_ref_get (weak);
  gint64 *version = g_task_propagate_pointer (G_TASK (result), NULL);
  gint64 before;

  g_weak_ref_clear (weak);
  if (self == NULL)
    return;
  self->poll_is_running = FALSE;
  if (version == NULL) /* closed, or busy: the next poll tells */
    return;

  before = self->data_version;
  self->data_version = *version;
  if (before >= 0 && before != *version)
    emit_anything_changed (self);
}

static void
release_pages (RoundsRecordStore *store)
{
  rounds_sqlite_database_release_memory (ROUNDS_SQLITE_DATABASE (rounds_record_store_get_database (store)));
}

static gpointer
release_pages_job (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  release_pages (store);
  return store;
}

/* Behind whatever the connections have to do. The next reads take a little longer. */
static void
release_memory (RoundsStore *self)
{
  RoundsDatabaseThread *threads[] = { self->writer, self->reading_thread };

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    rounds_database_thread_push (threads[i], g_task_new (NULL, NULL, NULL, NULL), ROUNDS_JOB_READ, G_PRIORITY_LOW,
                                 release_pages_job, NULL, NULL, NULL);
  if (self->reader != NULL)
    release_pages (self->reader);
}

/* The poll holds no reference on the store: a forgotten window must not keep the database open. */
static gboolean
poll_cb (gpointer data)
{
  RoundsStore *self = data;
  GWeakRef *weak;

  if (self->poll_is_running)
    return G_SOURCE_CONTINUE;
  if (++self->idle_polls == POLLS_UNTIL_REST)
    release_memory (self);
  self->poll_is_running = TRUE;
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, self);
  rounds_database_thread_push (self->writer, g_task_new (NULL, NULL, poll_done_cb, weak), ROUNDS_JOB_READ,
                               G_PRIORITY_LOW, read_data_version, g_new0 (gint64, 1), g_free, NULL);
  return G_SOURCE_CONTINUE;
}

static RoundsRecordStore *
open_reader (const char *path, const guint8 *key, GError **error)
{
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, key, ROUNDS_OPEN_READ_ONLY, error);

  if (database == NULL)
    return NULL;
  return rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, error);
}

/**
 * rounds_store_open:
 * @path: (type filename): the database
 * @key: (nullable): %ROUNDS_KEY_LENGTH bytes, used raw
 * @flags: %ROUNDS_OPEN_CREATE to make a new one
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_WRONG_KEY, %ROUNDS_ERROR_CORRUPT,
 *   %ROUNDS_ERROR_TOO_NEW, %ROUNDS_ERROR_LOCKED, %ROUNDS_ERROR_NO_SPACE
 *
 * Opens the store for the calling thread, whose main context gets every answer. An older schema is migrated on the
 * database thread before this returns.
 *
 * Returns: (transfer full) (nullable): the store
 */
RoundsStore *
rounds_store_open (const char *path, const guint8 *key, RoundsOpenFlags flags, GError **error)
{
  g_autoptr (RoundsStore) self = g_object_new (ROUNDS_TYPE_STORE, NULL);

  self->writer = rounds_database_thread_start (path, key, flags, touched_cb, self);
  if (!rounds_database_thread_wait (self->writer, error))
    return NULL;
  poll_cb (self); /* what the version is counted from */

  self->reading_thread = rounds_database_thread_start (path, key, ROUNDS_OPEN_READ_ONLY, NULL, NULL);
  self->reader = open_reader (path, key, error);
  if (!rounds_database_thread_wait (self->reading_thread, self->reader != NULL ? error : NULL) || self->reader == NULL)
    return NULL;

  self->poll = g_timeout_add_seconds (POLL_SECONDS, poll_cb, self);
  return g_steal_pointer (&self);
}

/**
 * rounds_store_close:
 *
 * Does the writes that are queued and drops the reads (%ROUNDS_ERROR_CANCELLED), closes the connections, and returns
 * when that is done. Answers arrive afterwards through the main context. Idempotent.
 */
void
rounds_store_close (RoundsStore *self)
{
  begin_use (self);
  g_clear_handle_id (&self->poll, g_source_remove);
  /* The writer goes last: only the last connection, if it can write, puts the log (-wal) into the database, and opening
   * with a long log takes long. */
  g_clear_object (&self->reader);
  if (self->reading_thread != NULL)
    rounds_database_thread_stop (self->reading_thread);
  if (self->writer != NULL)
    rounds_database_thread_stop (self->writer);
}

static gboolean
check_is_open (RoundsStore *self, GError **error)
{
  begin_use (self);
  if (self->reader != NULL)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("The database is closed."));
  return FALSE;
}

/** rounds_store_get: reads one record, deleted or not, at once; %ROUNDS_ERROR_NOT_FOUND. */
RoundsRecord *
rounds_store_get (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  return check_is_open (self, error) ? rounds_record_store_get (self->reader, entity, id, error) : NULL;
}

/** rounds_store_find: Returns: (transfer full) (nullable): the first record of @query; %NULL without an error: none. */
RoundsRecord *
rounds_store_find (RoundsStore *self, RoundsQuery *query, GError **error)
{
  RoundsRecord *record = NULL;

  if (check_is_open (self, error))
    rounds_record_store_find (self->reader, query, &record, error);
  return record;
}

/** rounds_store_list: reads the page that @query describes, at once. It must have a limit, and an index. */
GPtrArray *
rounds_store_list (RoundsStore *self, RoundsQuery *query, GError **error)
{
  g_return_val_if_fail (query->limit > 0, NULL);

  return check_is_open (self, error) ? rounds_record_store_list (self->reader, query, error) : NULL;
}

/** rounds_store_get_reader: Returns: (transfer none) (nullable): the main thread's own connection; %NULL once closed.
 */
RoundsRecordStore *
rounds_store_get_reader (RoundsStore *self)
{
  begin_use (self);
  return self->reader;
}

/* Saving. The database thread works on copies, as setting a record's revision notifies, and that belongs to the main
 * thread. */
typedef struct
{
  GPtrArray *records; /* (owned) the caller's */
  GPtrArray *copies;  /* (owned) the database thread's until the answer */
} Save;

static void
save_free (gpointer data)
{
  Save *save = data;

  g_ptr_array_unref (save->records);
  g_ptr_array_unref (save->copies);
  g_free (save);
}

static gpointer
save_records (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Save *save = data;

  return rounds_record_store_save_all (store, save->copies, error) ? save : NULL;
}

/**
 * rounds_store_save_async:
 * @records: (element-type RoundsRecord): parents before what refers to them; saved as they are now, all or none
 *
 * Errors: %ROUNDS_ERROR_INVALID and %ROUNDS_ERROR_EXISTS with the field, %ROUNDS_ERROR_NO_SPACE, %ROUNDS_ERROR_LOCKED,
 * %ROUNDS_ERROR_CANCELLED (then nothing was saved).
 */
void
rounds_store_save_async (RoundsStore *self, GPtrArray *records, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Save *save = g_new0 (Save, 1);

  begin_use (self);
  save->records = g_ptr_array_new_with_free_func (g_object_unref);
  save->copies = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < records->len; i++)
    {
      g_ptr_array_add (save->records, g_object_ref (records->pdata[i]));
      g_ptr_array_add (save->copies, rounds_record_dup (records->pdata[i]));
    }
  g_task_set_source_tag (task, rounds_store_save_async);
  g_task_set_task_data (task, save, save_free);
  rounds_database_thread_push (self->writer, task, ROUNDS_JOB_WRITE, G_PRIORITY_DEFAULT, save_records, save, NULL,
                               NULL);
}

/**
 * rounds_store_save_finish:
 *
 * Ends rounds_store_save_async() and what deletes and restores. After a save the
 * records have the revision and times that the store gave them; what was changed in them meanwhile stays.
 */
gboolean
rounds_store_save_finish (RoundsStore *self, GAsyncResult *result, GError **error)
{
  static const guint stamped[] = { ROUNDS_FIELD_REV, ROUNDS_FIELD_CREATED_AT, ROUNDS_FIELD_UPDATED_AT };
  Save *save;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  if (g_task_propagate_pointer (G_TASK (result), error) == NULL)
    return FALSE;
  if (g_task_get_source_tag (G_TASK (result)) != rounds_store_save_async)
    return TRUE;

  save = g_task_get_task_data (G_TASK (result));
  for (guint i = 0; i < save->records->len; i++)
    for (guint f = 0; f < G_N_ELEMENTS (stamped); f++)
      rounds_record_set_value (save->records->pdata[i], stamped[f],
                               rounds_record_get_value (save->copies->pdata[i], stamped[f]));
  return TRUE;
}

/* What is deleted or restored together; belongs to the database thread. */
typedef gboolean (*TargetFunc) (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error);

typedef struct
{
  RoundsEntity entity;
  RoundsUuid record;
  TargetFunc func;
} Target;

static gpointer
run_target (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  const Target *target = data;

  return target->func (store, target->entity, &target->record, error) ? data : NULL;
}

static void
push_target (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, TargetFunc func, GTask *task)
{
  Target *target = g_new0 (Target, 1);

  begin_use (self);
  *target = (Target) { entity, *id, func };
  g_task_set_task_data (task, target, g_free);
  rounds_database_thread_push (self->writer, task, ROUNDS_JOB_WRITE, G_PRIORITY_DEFAULT, run_target, target, NULL,
                               NULL);
}

/** rounds_store_delete_async: deletes the record with what belongs to it; %ROUNDS_ERROR_NOT_FOUND. */
void
rounds_store_delete_async (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data)
{
  push_target (self, entity, id, rounds_record_store_delete_whole, g_task_new (self, cancellable, callback, data));
}

/** rounds_store_restore_async: takes that back; %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_EXISTS. */
void
rounds_store_restore_async (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data)
{
  push_target (self, entity, id, rounds_record_store_restore_whole, g_task_new (self, cancellable, callback, data));
}

/**
 * rounds_store_run_async:
 * @func: runs on the database thread with its record store; a transaction that it leaves open is dropped
 * @data: (nullable): for @func; freed by @data_free on the main thread
 * @result_free: (nullable): for a result that nobody takes
 * @priority: as in GLib, lower goes first; saves have %G_PRIORITY_DEFAULT
 * @cancellable: (nullable): stops @func's running SQL with %ROUNDS_ERROR_CANCELLED
 */
void
rounds_store_run_async (RoundsStore *self, RoundsStoreFunc func, gpointer data, GDestroyNotify data_free,
                        GDestroyNotify result_free, int priority, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  begin_use (self);
  rounds_database_thread_push (self->writer, g_task_new (self, cancellable, callback, user_data), ROUNDS_JOB_WRITE,
                               priority, func, data, data_free, result_free);
}

/** rounds_store_run_finish: Returns: (transfer full): what the function returned; its error, or that of being stopped.
 */
gpointer
rounds_store_run_finish (RoundsStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/** rounds_store_read_async: like rounds_store_run_async(), on the reading thread, whose store cannot write. */
void
rounds_store_read_async (RoundsStore *self, RoundsStoreFunc func, gpointer data, GDestroyNotify data_free,
                         GDestroyNotify result_free, int priority, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  begin_use (self);
  rounds_database_thread_push (self->reading_thread, g_task_new (self, cancellable, callback, user_data),
                               ROUNDS_JOB_READ, priority, func, data, data_free, result_free);
}
