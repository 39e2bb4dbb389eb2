/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-database.h"

#include <glib/gstdio.h>
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>

#include "rounds-error.h"
#include "rounds-sqlite-database.h"

struct _SimImage
{
  sqlite3 *handle; /* (owned) */
};

struct _SimDatabase
{
  GObject parent_instance;

  RoundsDatabase *inner; /* (owned) */
  sqlite3 *handle;       /* (not owned): of inner */
  GHashTable *writers;   /* (owned): statements that write, prepared outside of a transaction */
  GPtrArray *anew;       /* (owned) of sqlite3_stmt: what makes the content what it was in the beginning */
  gboolean in_transaction;
  gboolean is_dead;
  guint trap; /* the how many-th commit from now is the last; 0: none */
  gboolean trap_after;
  guint64 commits;
};

static void database_iface_init (RoundsDatabaseInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SimDatabase, sim_database, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_DATABASE, database_iface_init))

#define INNER(database) (SIM_DATABASE (database)->inner)
#define INNER_IFACE(database) (ROUNDS_DATABASE_GET_IFACE (INNER (database)))

static gboolean
check_alive (SimDatabase *self, GError **error)
{
  if (!self->is_dead)
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, "The process was killed.");
  return FALSE;
}

/* Counts a commit that is about to happen. Whether it does. */
static gboolean
reach_commit (SimDatabase *self)
{
  if (self->trap != 1 || self->trap_after)
    return TRUE;
  sim_database_kill (self);
  return FALSE;
}

static void
pass_commit (SimDatabase *self)
{
  self->commits++;
  if (self->trap > 0 && --self->trap == 0)
    sim_database_kill (self);
}

static gboolean
sim_commit (RoundsDatabase *database, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);

  if (!check_alive (self, error) || (!reach_commit (self) && !check_alive (self, error)))
    return FALSE;
  if (!rounds_database_commit (self->inner, error))
    return FALSE;
  self->in_transaction = FALSE;
  pass_commit (self);
  return check_alive (self, error);
}

static void
sim_rollback (RoundsDatabase *database)
{
  SimDatabase *self = SIM_DATABASE (database);

  if (self->is_dead)
    return;
  self->in_transaction = FALSE;
  rounds_database_rollback (self->inner);
}

static gboolean
sim_exec (RoundsDatabase *database, const char *sql, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);

  if (!check_alive (self, error))
    return FALSE;
  return rounds_database_exec (self->inner, sql, error);
}

/* The inner database keeps the statement and looks only at its own part of it, so that it can be told to call here. */
static RoundsStatement *
sim_prepare (RoundsDatabase *database, const char *sql, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);
  RoundsStatement *statement;

  if (!check_alive (self, error))
    return NULL;
  statement = rounds_database_prepare (self->inner, sql, error);
  if (statement == NULL)
    return NULL;
  statement->database = database;
  if (!self->in_transaction && !g_str_has_prefix (sql, "SELECT"))
    g_hash_table_add (self->writers, statement);
  return statement;
}

static void
sim_bind (RoundsDatabase *database, RoundsStatement *statement, int parameter, const RoundsValue *value, gboolean lasts)
{
  INNER_IFACE (database)->bind (INNER (database), statement, parameter, value, lasts);
}

static RoundsStep
sim_step (RoundsDatabase *database, RoundsStatement *statement, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);
  gboolean is_commit = !self->in_transaction && g_hash_table_contains (self->writers, statement);
  RoundsStep step;

  if (!check_alive (self, error) || (is_commit && !reach_commit (self) && !check_alive (self, error)))
    return ROUNDS_STEP_ERROR;
  step = INNER_IFACE (database)->step (self->inner, statement, error);
  if (!is_commit || step == ROUNDS_STEP_ERROR)
    return step;
  pass_commit (self);
  return check_alive (self, error) ? step : ROUNDS_STEP_ERROR;
}

static gboolean
sim_insert (RoundsDatabase *database, RoundsStatement *statement, gint64 *row_key, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);

  g_assert (self->in_transaction || self->is_dead);
  return check_alive (self, error) && INNER_IFACE (database)->insert (self->inner, statement, row_key, error);
}

static void
sim_get (RoundsDatabase *database, RoundsStatement *statement, int column, RoundsValueKind kind, RoundsValue *value)
{
  INNER_IFACE (database)->get (INNER (database), statement, column, kind, value);
}

static void
sim_reset (RoundsDatabase *database, RoundsStatement *statement)
{
  g_hash_table_remove (SIM_DATABASE (database)->writers, statement);
  INNER_IFACE (database)->reset (INNER (database), statement);
}

static gboolean
sim_begin (RoundsDatabase *database, GError **error)
{
  SimDatabase *self = SIM_DATABASE (database);

  if (!check_alive (self, error) || !rounds_database_begin (self->inner, error))
    return FALSE;
  self->in_transaction = TRUE;
  return TRUE;
}

static gboolean
sim_is_read_only (RoundsDatabase *database)
{
  return FALSE;
}

static gint64
sim_get_version (RoundsDatabase *database, GError **error)
{
  return check_alive (SIM_DATABASE (database), error) ? rounds_database_get_version (INNER (database), error) : -1;
}

static gboolean
sim_set_version (RoundsDatabase *database, gint64 version, GError **error)
{
  return check_alive (SIM_DATABASE (database), error) && rounds_database_set_version (INNER (database), version, error);
}

static gboolean
sim_set_foreign_keys (RoundsDatabase *database, gboolean enforced, GError **error)
{
  return check_alive (SIM_DATABASE (database), error)
         && rounds_database_set_foreign_keys (INNER (database), enforced, error);
}

static void
database_iface_init (RoundsDatabaseInterface *iface)
{
  iface->exec = sim_exec;
  iface->prepare = sim_prepare;
  iface->bind = sim_bind;
  iface->step = sim_step;
  iface->insert = sim_insert;
  iface->get = sim_get;
  iface->reset = sim_reset;
  iface->begin = sim_begin;
  iface->commit = sim_commit;
  iface->rollback = sim_rollback;
  iface->is_read_only = sim_is_read_only;
  iface->get_version = sim_get_version;
  iface->set_version = sim_set_version;
  iface->set_foreign_keys = sim_set_foreign_keys;
}

static void
sim_database_finalize (GObject *object)
{
  SimDatabase *self = SIM_DATABASE (object);

  g_ptr_array_unref (self->anew);
  g_clear_object (&self->inner);
  g_hash_table_unref (self->writers);

  G_OBJECT_CLASS (sim_database_parent_class)->finalize (object);
}

static void
sim_database_class_init (SimDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sim_database_finalize;
}

static void
sim_database_init (SimDatabase *self)
{
  self->writers = g_hash_table_new (NULL, NULL);
  self->anew = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_finalize);
}

/* SQLite tells extensions of every connection that is opened; the driver keeps its own to itself. */
static sqlite3 *opened;

static int
opened_cb (sqlite3 *handle, char **message, const void *api)
{
  opened = handle;
  return SQLITE_OK;
}

static RoundsDatabase *
open_real (const char *path, const guint8 *key, sqlite3 **handle)
{
  g_autoptr (GError) error = NULL;
  RoundsSqliteDatabase *database;

  sqlite3_auto_extension ((void (*) (void)) opened_cb);
  database = rounds_sqlite_database_open (path, key, ROUNDS_OPEN_CREATE, &error);
  sqlite3_reset_auto_extension ();
  g_assert_no_error (error);
  *handle = opened;
  return ROUNDS_DATABASE (database);
}

/** sim_database_new: (transfer full): an empty database. */
SimDatabase *
sim_database_new (void)
{
  SimDatabase *self = g_object_new (SIM_TYPE_DATABASE, NULL);

  self->inner = open_real (":memory:", NULL, &self->handle);
  return self;
}

/** sim_database_die_at_commit: the process dies at the @n-th commit from now, @after it or before. */
void
sim_database_die_at_commit (SimDatabase *self, guint n, gboolean after)
{
  self->trap = n;
  self->trap_after = after;
}

/** sim_database_disarm: the process does not die after all. */
void
sim_database_disarm (SimDatabase *self)
{
  self->trap = 0;
}

/** sim_database_kill: the process dies now. */
void
sim_database_kill (SimDatabase *self)
{
  rounds_database_rollback (self->inner);
  self->in_transaction = FALSE;
  self->is_dead = TRUE;
  self->trap = 0;
}

gboolean
sim_database_is_dead (SimDatabase *self)
{
  return self->is_dead;
}

/** sim_database_revive: for the next process, which begins as every new connection does. */
void
sim_database_revive (SimDatabase *self)
{
  self->is_dead = FALSE;
  rounds_database_set_foreign_keys (self->inner, TRUE, NULL);
}

/** sim_database_get_commits: how many commits there were; transactions that only read leave it alone. */
guint64
sim_database_get_commits (SimDatabase *self)
{
  return self->commits;
}

static void
add_statement (SimDatabase *self, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), ==,
                   SQLITE_OK);
  g_ptr_array_add (self->anew, statement);
}

/* Runs a statement for each row that @sql gives: its first column. */
static void
add_statements (SimDatabase *self, const char *sql)
{
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (self->handle, sql, -1, &rows, NULL), ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    add_statement (self, (const char *) sqlite3_column_text (rows, 0));
  sqlite3_finalize (rows);
}

/**
 * sim_database_keep_beginning:
 *
 * What the database holds now, an empty one with its schema, is what sim_database_begin_anew() makes of it. That is
 * quicker than putting an image back, after which SQLite reads the schema and prepares all statements again.
 */
void
sim_database_keep_beginning (SimDatabase *self)
{
  add_statements (self, "SELECT 'INSERT INTO \"' || name || '\" (\"' || name || '\") SELECT ''delete-all'' WHERE EXISTS"
                        " (SELECT 1 FROM \"' || name || '_docsize\")'"
                        " FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'");
  add_statements (self, "SELECT 'DELETE FROM \"' || name || '\"' FROM pragma_table_list"
                        " WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'");
  add_statements (self, "SELECT 'INSERT INTO counter (name, value) VALUES (' || quote (name) || ', ' || value || ')'"
                        " FROM counter");
}

/** sim_database_begin_anew: makes the content what it was in the beginning. No process may have the database open. */
void
sim_database_begin_anew (SimDatabase *self)
{
  g_assert_false (self->in_transaction);
  rounds_database_set_foreign_keys (self->inner, FALSE, NULL);
  g_assert_true (rounds_database_begin (self->inner, NULL));
  for (guint i = 0; i < self->anew->len; i++)
    {
      g_assert_cmpint (sqlite3_step (g_ptr_array_index (self->anew, i)), ==, SQLITE_DONE);
      sqlite3_reset (g_ptr_array_index (self->anew, i));
    }
  g_assert_true (rounds_database_commit (self->inner, NULL));
  rounds_database_set_foreign_keys (self->inner, TRUE, NULL);
}

static void
copy_pages (sqlite3 *to, sqlite3 *from, const char *name)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, name);

  g_assert_nonnull (backup);
  g_assert_cmpint (sqlite3_backup_step (backup, -1), ==, SQLITE_DONE);
  g_assert_cmpint (sqlite3_backup_finish (backup), ==, SQLITE_OK);
}

/** sim_database_copy: (transfer full): what a backup of the database holds now. */
SimImage *
sim_database_copy (SimDatabase *self)
{
  SimImage *image = g_new0 (SimImage, 1);

  g_assert_cmpint (sqlite3_open (":memory:", &image->handle), ==, SQLITE_OK);
  copy_pages (image->handle, self->handle, "main");
  return image;
}

/** sim_database_put_back: makes the database what @image holds. No process may have it open. */
void
sim_database_put_back (SimDatabase *self, SimImage *image)
{
  g_assert_false (self->in_transaction);
  copy_pages (self->handle, image->handle, "main");
}

/* Puts the content of the encrypted database behind @handle into one in memory. */
static void export (sqlite3 *handle, gint64 version, SimImage *image)
{
  g_autofree char *sql = g_strdup_printf ("ATTACH ':memory:' AS plain KEY ''; SELECT sqlcipher_export ('plain');"
                                          "PRAGMA plain.user_version = %d; PRAGMA plain.application_id = 0x526e6473",
                                          (int) version);

  sqlite3_db_config (handle, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL); /* word indexes are copied table by table */
  g_assert_cmpint (sqlite3_exec (handle, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_open (":memory:", &image->handle), ==, SQLITE_OK);
  copy_pages (image->handle, handle, "plain");
}

/** sim_image_new_from_file: (transfer full): what the encrypted database at @path holds. */
SimImage *
sim_image_new_from_file (const char *path, const guint8 *key)
{
  static const char *const suffixes[] = { "", "-wal", "-shm" };
  g_autofree char *folder = g_dir_make_tmp ("rounds-simulation-XXXXXX", NULL);
  g_autofree char *copy = g_build_filename (folder, "old.db", NULL);
  g_autofree char *content = NULL;
  g_autoptr (RoundsDatabase) database = NULL;
  SimImage *image = g_new0 (SimImage, 1);
  sqlite3 *handle = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &content, &length, NULL));
  g_assert_true (g_file_set_contents (copy, content, (gssize) length, NULL));
  database = open_real (copy, key, &handle);
  export (handle, rounds_database_get_version (database, NULL), image);
  g_clear_object (&database);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (copy, suffixes[i], NULL);

      g_unlink (file);
    }
  g_rmdir (folder);
  return image;
}

/** sim_image_free: frees @image. */
void
sim_image_free (SimImage *image)
{
  sqlite3_close (image->handle);
  g_free (image);
}
