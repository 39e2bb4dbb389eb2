/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sqlite-database.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sodium.h>
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "rounds-error.h"
#include "rounds-sqlite-functions-private.h"

#define BUSY_TIMEOUT_MS 5000
#define PROGRESS_STEPS 2000
#define APPLICATION_ID 0x526e6473 /* "Rnds" */

typedef struct
{
  RoundsStatement parent;
  sqlite3_stmt *handle; /* (owned) */
  gboolean is_kept;     /* in the table of statements; otherwise it goes with its reset */
  gboolean is_taken;
  gboolean is_used; /* has run since the last reset, so that its parameters still have their values */
  int bound;        /* what binding came to: SQLite would go on with a null in the place of what it could not copy */
} SqliteStatement;

struct _RoundsSqliteDatabase
{
  GObject parent_instance;

  sqlite3 *handle;           /* (owned) */
  sqlite3_stmt *rollback;    /* (owned) (nullable) */
  gboolean in_transaction;   /* from begin() to commit or rollback, also if SQLite has dropped it meanwhile */
  int dropped_for;           /* the fault for which it did */
  GHashTable *statements;    /* (owned): SQL text to SqliteStatement */
  GCancellable *cancellable; /* (owned) (nullable): what stops a running statement */
  GThread *thread;           /* (not owned): the only one that may use this object */
  gboolean is_read_only;
  gboolean is_encrypted;
};

/* After the key and before the first read. SQLCipher writes to stderr what we tell the user anyway; the first key
 * switches that on. Pages are authenticated by SHA-256, for which processors have instructions: SHA-512, SQLCipher's
 * own choice, takes twice as long and buys nothing here. It is part of the file's format. */
#define CIPHER_SETTINGS "PRAGMA cipher_log_level = NONE; PRAGMA cipher_hmac_algorithm = HMAC_SHA256"

/* Durable at each commit. A long import or pull goes through the write-ahead log many times; it is copied back every 64
 * MiB, and cut to 16 MiB afterwards. The cache holds the indexes of a million records, or most of their pages would be
 * decrypted and encrypted again for each few rows; with all else a device needs less than 100 MiB in a pull. */
#define WRITER_SETTINGS \
  "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -63488;" \
  "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST; PRAGMA wal_autocheckpoint = 16384;" \
  "PRAGMA journal_size_limit = 16777216"

/* Texts depend on which fields somebody changes or filters by, of which a client may think up any number. */
#define STATEMENTS_KEPT 500

static void database_iface_init (RoundsDatabaseInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsSqliteDatabase, rounds_sqlite_database, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_DATABASE, database_iface_init))

/* The border between SQLite's result codes and ours. Values never appear in SQLite's messages. */
static void
set_sqlite_error (GError **error, RoundsSqliteDatabase *self, int result)
{
  int extended = self->handle != NULL && result == (result & 0xff) ? sqlite3_extended_errcode (self->handle) : result;

  switch (result & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED, _ ("Another program is using the database."));
      return;
    case SQLITE_FULL:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE,
                   _ ("The disk is full. Nothing was changed; free some space and try again."));
      return;
    case SQLITE_NOTADB:
      if (self->is_encrypted)
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY,
                     _ ("The database does not open with this key, or it is damaged."));
      else
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The file is not a database."));
      return;
    case SQLITE_CORRUPT:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The database is damaged."));
      return;
    case SQLITE_INTERRUPT:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
      return;
    case SQLITE_NOMEM:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("There is not enough memory for this."));
      return;
    case SQLITE_CANTOPEN:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The database cannot be opened."));
      return;
    case SQLITE_READONLY:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("The database cannot be written to."));
      return;
    case SQLITE_CONSTRAINT:
      if (extended == SQLITE_CONSTRAINT_FOREIGNKEY)
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("A record that this one refers to does not exist."));
      else if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS, _ ("A record with this value exists already."));
      else
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("The database refuses this value."));
      return;
    case SQLITE_IOERR:
      if (self->handle != NULL && sqlite3_system_errno (self->handle) == ENOSPC)
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE,
                     _ ("The disk is full. Nothing was changed; free some space and try again."));
      else
        g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The disk reports an error (%d)."), extended);
      return;
    default:
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The database reports an error: %s."),
                   self->handle != NULL ? sqlite3_errmsg (self->handle) : sqlite3_errstr (result));
    }
}

static gboolean
check_result (GError **error, RoundsSqliteDatabase *self, int result)
{
  if (result == SQLITE_OK)
    return TRUE;
  set_sqlite_error (error, self, result);
  return FALSE;
}

static void
statement_free (gpointer data)
{
  SqliteStatement *statement = data;

  sqlite3_finalize (statement->handle);
  g_free (statement);
}

static int
progress_cb (void *data)
{
  RoundsSqliteDatabase *self = data;

  return self->cancellable != NULL && g_cancellable_is_cancelled (self->cancellable);
}

/* After a fault that leaves no other choice SQLite drops the whole transaction by itself. What the transaction's owner
 * writes before it hears of that must not be kept one by one. */
static gboolean
is_dropped (RoundsSqliteDatabase *self)
{
  return self->in_transaction && sqlite3_get_autocommit (self->handle);
}

/* SQLITE_OK, or why nothing more can be done in this transaction. */
static int
check_transaction (RoundsSqliteDatabase *self)
{
  if (!is_dropped (self))
    return SQLITE_OK;
  return self->dropped_for != SQLITE_OK ? self->dropped_for : SQLITE_ABORT;
}

/* Whatever failed with @result. */
static void
note_failure (RoundsSqliteDatabase *self, int result)
{
  if (is_dropped (self) && self->dropped_for == SQLITE_OK)
    self->dropped_for = result;
  /* The pages go on telling of the fault until a statement ends after the one that failed. That should not be the
   * user's next one. */
  if (((result & 0xff) == SQLITE_IOERR || (result & 0xff) == SQLITE_FULL) && sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "SELECT 1 FROM sqlite_schema LIMIT 1", NULL, NULL, NULL);
}

static gboolean
sqlite_exec (RoundsDatabase *database, const char *sql, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);
  int result;

  g_assert (self->thread == g_thread_self ());
  result = check_transaction (self);
  if (result == SQLITE_OK)
    result = sqlite3_exec (self->handle, sql, NULL, NULL, NULL);
  if (check_result (error, self, result))
    return TRUE;
  note_failure (self, result);
  return FALSE;
}

/* Statements are long and are looked up for each row: their length and end tell most of them apart. */
static guint
hash_sql (gconstpointer sql)
{
  gsize length = strlen (sql);

  return g_str_hash ((const char *) sql + (length > 24 ? length - 24 : 0)) ^ (guint) length;
}

static RoundsStatement *
sqlite_prepare (RoundsDatabase *database, const char *sql, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);
  SqliteStatement *statement = g_hash_table_lookup (self->statements, sql);
  sqlite3_stmt *handle = NULL;

  g_assert (self->thread == g_thread_self ());
  if (statement != NULL && !statement->is_taken)
    {
      statement->is_taken = TRUE;
      return &statement->parent;
    }

  if (!check_result (error, self, sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, NULL)))
    return NULL;

  /* A second use of the same text while the first one still runs gets a statement of its own. */
  {
    gboolean is_kept = statement == NULL && g_hash_table_size (self->statements) < STATEMENTS_KEPT;

    statement = g_new0 (SqliteStatement, 1);
    statement->parent.database = database;
    statement->handle = handle;
    statement->is_kept = is_kept;
    statement->is_taken = TRUE;
    if (is_kept)
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
  }
  return &statement->parent;
}

static void
sqlite_bind (RoundsDatabase *database, RoundsStatement *statement, int parameter, const RoundsValue *value,
             gboolean lasts)
{
  SqliteStatement *self = (SqliteStatement *) statement;
  sqlite3_destructor_type owner = lasts ? SQLITE_STATIC : SQLITE_TRANSIENT;
  sqlite3_stmt *handle = self->handle;
  int result = SQLITE_OK;

  switch (value->kind)
    {
    case ROUNDS_VALUE_NULL: /* as every parameter is after a reset */
      if (self->is_used)
        result = sqlite3_bind_null (handle, parameter);
      break;
    case ROUNDS_VALUE_INTEGER:
      result = sqlite3_bind_int64 (handle, parameter, value->as.integer);
      break;
    case ROUNDS_VALUE_REAL:
      result = sqlite3_bind_double (handle, parameter, value->as.real);
      break;
    case ROUNDS_VALUE_TEXT:
      result = sqlite3_bind_text (handle, parameter, value->as.text, -1, owner);
      break;
    case ROUNDS_VALUE_UUID:
      result = sqlite3_bind_blob (handle, parameter, value->as.uuid.bytes, sizeof value->as.uuid.bytes, owner);
      break;
    default:
      g_assert_not_reached ();
    }
  g_assert (result == SQLITE_OK || result == SQLITE_NOMEM || result == SQLITE_TOOBIG);
  if (self->bound == SQLITE_OK)
    self->bound = result;
}

static RoundsStep
sqlite_step (RoundsDatabase *database, RoundsStatement *statement, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);
  sqlite3_stmt *handle = ((SqliteStatement *) statement)->handle;
  int result;

  g_assert (self->thread == g_thread_self ());
  ((SqliteStatement *) statement)->is_used = TRUE;
  result = check_transaction (self);
  if (result == SQLITE_OK)
    result = ((SqliteStatement *) statement)->bound;
  if (result == SQLITE_OK)
    result = sqlite3_step (handle);
  if (result == SQLITE_ROW)
    return ROUNDS_STEP_ROW;
  if (result != SQLITE_DONE)
    set_sqlite_error (error, self, result);
  sqlite3_reset (handle);
  if (result == SQLITE_DONE)
    return ROUNDS_STEP_DONE;
  note_failure (self, result);
  return ROUNDS_STEP_ERROR;
}

/* Without RETURNING, which would make SQLite open a savepoint for each row, at which FTS5 writes out what it holds. */
static gboolean
sqlite_insert (RoundsDatabase *database, RoundsStatement *statement, gint64 *row_key, GError **error)
{
  if (sqlite_step (database, statement, error) == ROUNDS_STEP_ERROR)
    return FALSE;
  *row_key = sqlite3_last_insert_rowid (ROUNDS_SQLITE_DATABASE (database)->handle);
  return TRUE;
}

static void
sqlite_get (RoundsDatabase *database, RoundsStatement *statement, int column, RoundsValueKind kind, RoundsValue *value)
{
  sqlite3_stmt *handle = ((SqliteStatement *) statement)->handle;

  rounds_value_clear (value);
  if (sqlite3_column_type (handle, column) == SQLITE_NULL)
    return;

  switch (kind)
    {
    case ROUNDS_VALUE_NULL:
      break;
    case ROUNDS_VALUE_INTEGER:
      rounds_value_set_integer (value, sqlite3_column_int64 (handle, column));
      break;
    case ROUNDS_VALUE_REAL:
      rounds_value_set_real (value, sqlite3_column_double (handle, column));
      break;
    case ROUNDS_VALUE_TEXT:
      rounds_value_set_text (value, (const char *) sqlite3_column_text (handle, column));
      break;
    case ROUNDS_VALUE_UUID:
      if (sqlite3_column_bytes (handle, column) == sizeof (RoundsUuid))
        {
          value->kind = ROUNDS_VALUE_UUID;
          memcpy (value->as.uuid.bytes, sqlite3_column_blob (handle, column), sizeof (RoundsUuid));
        }
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
sqlite_reset (RoundsDatabase *database, RoundsStatement *statement)
{
  SqliteStatement *self = (SqliteStatement *) statement;

  sqlite3_reset (self->handle);
  sqlite3_clear_bindings (self->handle); /* what was bound may be personal */
  self->bound = SQLITE_OK;
  self->is_used = FALSE;
  self->is_taken = FALSE;
  if (!self->is_kept)
    statement_free (self);
}

/* The statement was prepared before the transaction began: dropping it must not fail for want of memory, or the next
 * one would go on with it. */
static void
sqlite_rollback (RoundsDatabase *database)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);

  self->in_transaction = FALSE;
  self->dropped_for = SQLITE_OK;
  if (self->rollback == NULL || sqlite3_get_autocommit (self->handle))
    return;
  sqlite3_step (self->rollback);
  sqlite3_reset (self->rollback);
}

static gboolean
sqlite_begin (RoundsDatabase *database, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);

  sqlite_rollback (database);
  /* Each time, as settings of the connection make statements expire. */
  g_clear_pointer (&self->rollback, sqlite3_finalize);
  self->in_transaction =
    check_result (error, self, sqlite3_prepare_v2 (self->handle, "ROLLBACK", -1, &self->rollback, NULL))
    && sqlite_exec (database, "BEGIN IMMEDIATE", error);
  return self->in_transaction;
}

static gboolean
sqlite_commit (RoundsDatabase *database, GError **error)
{
  if (!sqlite_exec (database, "COMMIT", error))
    return FALSE;
  ROUNDS_SQLITE_DATABASE (database)->in_transaction = FALSE;
  return TRUE;
}

static gboolean
sqlite_is_read_only (RoundsDatabase *database)
{
  return ROUNDS_SQLITE_DATABASE (database)->is_read_only;
}

static gint64
get_pragma (RoundsSqliteDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *handle = NULL;
  gint64 value = -1;
  int result = sqlite3_prepare_v2 (self->handle, sql, -1, &handle, NULL);

  if (result == SQLITE_OK)
    result = sqlite3_step (handle);
  if (result == SQLITE_ROW)
    value = sqlite3_column_int64 (handle, 0);
  else
    set_sqlite_error (error, self, result);
  sqlite3_finalize (handle);
  return value;
}

static gint64
sqlite_get_version (RoundsDatabase *database, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);
  gint64 version = get_pragma (self, "PRAGMA user_version", error);
  gint64 application = version >= 0 ? get_pragma (self, "PRAGMA application_id", error) : -1;
  gint64 n_tables = application == 0 ? get_pragma (self, "SELECT count(*) FROM sqlite_schema", error) : 1;

  if (version < 0 || application < 0 || n_tables < 0)
    return -1;
  if (version == 0 && n_tables == 0)
    return 0;
  if (application != APPLICATION_ID)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The file is a database of another program."));
      return -1;
    }
  return version;
}

static gboolean
sqlite_set_version (RoundsDatabase *database, gint64 version, GError **error)
{
  g_autofree char *sql =
    g_strdup_printf ("PRAGMA user_version = %" G_GINT64_FORMAT "; PRAGMA application_id = %d", version, APPLICATION_ID);

  return sqlite_exec (database, sql, error);
}

static gboolean
sqlite_set_foreign_keys (RoundsDatabase *database, gboolean enforced, GError **error)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (database);

  /* A pragma needs memory; without any, references would stay unchecked. */
  return check_result (error, self,
                       sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, (int) enforced, NULL));
}

static void
database_iface_init (RoundsDatabaseInterface *iface)
{
  iface->exec = sqlite_exec;
  iface->prepare = sqlite_prepare;
  iface->bind = sqlite_bind;
  iface->step = sqlite_step;
  iface->insert = sqlite_insert;
  iface->get = sqlite_get;
  iface->reset = sqlite_reset;
  iface->begin = sqlite_begin;
  iface->commit = sqlite_commit;
  iface->rollback = sqlite_rollback;
  iface->is_read_only = sqlite_is_read_only;
  iface->get_version = sqlite_get_version;
  iface->set_version = sqlite_set_version;
  iface->set_foreign_keys = sqlite_set_foreign_keys;
}

static void
rounds_sqlite_database_finalize (GObject *object)
{
  RoundsSqliteDatabase *self = ROUNDS_SQLITE_DATABASE (object);

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  sqlite3_finalize (self->rollback);
  sqlite3_close_v2 (self->handle);

  G_OBJECT_CLASS (rounds_sqlite_database_parent_class)->finalize (object);
}

static void
rounds_sqlite_database_class_init (RoundsSqliteDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_sqlite_database_finalize;

  /* Nobody asks SQLite how much memory it uses; counting takes a lock at each allocation. */
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
}

static void
rounds_sqlite_database_init (RoundsSqliteDatabase *self)
{
  self->statements = g_hash_table_new_full (hash_sql, g_str_equal, g_free, statement_free);
  self->thread = g_thread_self ();
}

/* The raw form x'…' makes SQLCipher use the key as it is: no key derivation, which would take over 100 ms. */
static int
apply_key (sqlite3 *handle, const guint8 key[ROUNDS_KEY_LENGTH])
{
  char text[2 + 2 * ROUNDS_KEY_LENGTH + 2];
  int result;

  memcpy (text, "x'", 2);
  sodium_bin2hex (text + 2, 2 * ROUNDS_KEY_LENGTH + 1, key, ROUNDS_KEY_LENGTH);
  memcpy (text + 2 + 2 * ROUNDS_KEY_LENGTH, "'", 2);
  result = sqlite3_key (handle, text, 2 + 2 * ROUNDS_KEY_LENGTH + 1);
  sodium_memzero (text, sizeof text);
  return result;
}

/* Opens the file and reads from it once, so that a wrong key shows. */
static gboolean
open_handle (RoundsSqliteDatabase *self, const char *path, const guint8 *key, RoundsOpenFlags flags, GError **error)
{
  mode_t previous = umask (0077);
  int result =
    sqlite3_open_v2 (path, &self->handle,
                     SQLITE_OPEN_NOMUTEX | (self->is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE)
                       | (flags & ROUNDS_OPEN_CREATE ? SQLITE_OPEN_CREATE : 0),
                     NULL);

  umask (previous);
  if (!check_result (error, self, result))
    return FALSE;

  sqlite3_extended_result_codes (self->handle, 1);
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  if (!check_result (error, self, rounds_sqlite_add_functions (self->handle)))
    return FALSE;
  if (key != NULL && !check_result (error, self, apply_key (self->handle, key)))
    return FALSE;
  if (key != NULL && !check_result (error, self, sqlite3_exec (self->handle, CIPHER_SETTINGS, NULL, NULL, NULL)))
    return FALSE;

  return get_pragma (self, "SELECT count(*) FROM sqlite_schema", error) >= 0;
}

/**
 * rounds_sqlite_database_open:
 * @path: (type filename): the file
 * @key: (nullable): %ROUNDS_KEY_LENGTH bytes, used raw, or %NULL for a file that is not encrypted
 * @flags: how to open; without %ROUNDS_OPEN_CREATE a file that is not there is an error
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_WRONG_KEY (which a damaged first page looks like
 *   too), %ROUNDS_ERROR_CORRUPT, %ROUNDS_ERROR_LOCKED
 *
 * Opens a database in WAL mode with synchronous=FULL, so that what was committed survives the power going, and reads
 * from it once, so that a wrong key shows here. The file is made readable by its owner alone.
 *
 * Returns: (transfer full) (nullable): the connection, for the calling thread
 */
RoundsSqliteDatabase *
rounds_sqlite_database_open (const char *path, const guint8 *key, RoundsOpenFlags flags, GError **error)
{
  g_autoptr (RoundsSqliteDatabase) self = g_object_new (ROUNDS_TYPE_SQLITE_DATABASE, NULL);
  g_autoptr (GError) local_error = NULL;
  mode_t previous;
  int result;

  self->is_read_only = (flags & ROUNDS_OPEN_READ_ONLY) != 0;
  self->is_encrypted = key != NULL;

  /* Where SQLCipher cannot read the file's salt it takes another one, and the right key seems to be a wrong one. So a
   * wrong key is one that is wrong twice. */
  if (!open_handle (self, path, key, flags, &local_error)
      && g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY))
    {
      g_clear_error (&local_error);
      g_clear_pointer (&self->handle, sqlite3_close_v2);
      open_handle (self, path, key, flags, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  previous = umask (0077);
  result =
    sqlite3_exec (self->handle, self->is_read_only ? "PRAGMA cache_size = -16384" : WRITER_SETTINGS, NULL, NULL, NULL);
  umask (previous);
  if (!check_result (error, self, result))
    return NULL;

  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, progress_cb, self);
  return g_steal_pointer (&self);
}

/**
 * rounds_sqlite_database_set_cancellable:
 * @cancellable: (nullable): from now on, cancelling it stops a running statement with %ROUNDS_ERROR_CANCELLED
 */
void
rounds_sqlite_database_set_cancellable (RoundsSqliteDatabase *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/** rounds_sqlite_database_release_memory: gives back the pages that are only kept for the next statements. */
void
rounds_sqlite_database_release_memory (RoundsSqliteDatabase *self)
{
  sqlite3_db_release_memory (self->handle);
#ifdef __GLIBC__
  malloc_trim (0); /* which keeps what was freed, otherwise */
#endif
}

/** rounds_sqlite_database_get_path: Returns: (transfer none): the file, "" for a database in memory. */
const char *
rounds_sqlite_database_get_path (RoundsSqliteDatabase *self)
{
  const char *path = sqlite3_db_filename (self->handle, "main");

  return path != NULL ? path : "";
}

/* Whether the file alone says everything. While pages are in the log (-wal), those in the file may be what a checkpoint
 * that was cut left of them; SQLite never reads them, but the check of all pages would. */
static gboolean
can_check_pages (RoundsSqliteDatabase *self)
{
  int in_log = 0, copied = 0;

  return self->is_encrypted && !self->is_read_only
         && sqlite3_wal_checkpoint_v2 (self->handle, NULL, SQLITE_CHECKPOINT_PASSIVE, &in_log, &copied) == SQLITE_OK
         && in_log == copied;
}

/**
 * rounds_sqlite_database_check:
 * @error: (out) (optional): %ROUNDS_ERROR_CORRUPT
 *
 * Reads the whole file: every page's authentication code where it is encrypted, then SQLite's own check. Slow.
 */
gboolean
rounds_sqlite_database_check (RoundsSqliteDatabase *self, GError **error)
{
  const char *checks[] = { "PRAGMA integrity_check", "PRAGMA cipher_integrity_check" };

  for (guint i = 0; i < (can_check_pages (self) ? 2 : 1); i++)
    {
      sqlite3_stmt *handle = NULL;
      gboolean is_sound = TRUE;
      int result = sqlite3_prepare_v2 (self->handle, checks[i], -1, &handle, NULL);

      while (result == SQLITE_OK && (result = sqlite3_step (handle)) == SQLITE_ROW)
        {
          is_sound &= g_strcmp0 ((const char *) sqlite3_column_text (handle, 0), "ok") == 0;
          result = SQLITE_OK;
        }
      if (result != SQLITE_DONE)
        set_sqlite_error (error, self, result);
      sqlite3_finalize (handle);
      if (result != SQLITE_DONE)
        return FALSE;
      if (!is_sound)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT, _ ("The database is damaged."));
          return FALSE;
        }
    }
  return TRUE;
}
