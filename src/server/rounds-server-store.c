/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-server-store.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-record-feed.h"
#include "rounds-sqlite-database.h"

/* What DATABASE_URL may begin with, as other servers write it. */
static const char *const sqlite_schemes[] = { "sqlite:///", "sqlite:", "file:" };

/**
 * rounds_server_store_get_path:
 * @database: (nullable): what --database or DATABASE_URL says: a path, or `sqlite:` and a path
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID for another kind of database
 *
 * Returns: (transfer full): the path of the SQLite file; without @database one in the user's data folder, which is made
 */
char *
rounds_server_store_get_path (const char *database, GError **error)
{
  if (database == NULL || *database == '\0')
    {
      g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "rounds-server", NULL);

      if (g_mkdir_with_parents (folder, 0700) != 0)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The folder “%s” cannot be made: %s."), folder,
                       g_strerror (errno));
          return NULL;
        }
      return g_build_filename (folder, "rounds.db", NULL);
    }

  for (guint i = 0; i < G_N_ELEMENTS (sqlite_schemes); i++)
    if (g_str_has_prefix (database, sqlite_schemes[i]))
      {
        /* sqlite:///relative and sqlite:////absolute, as SQLAlchemy has it */
        return g_strdup (database + strlen (sqlite_schemes[i]));
      }
  if (strstr (database, "://") != NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                   _ ("This server keeps its data in an SQLite file; another kind of database is not supported."));
      return NULL;
    }
  return g_strdup (database);
}

static RoundsRecordStore *
open_store (const char *path, RoundsOpenFlags flags, GError **error)
{
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, NULL, flags, error);

  if (database == NULL)
    return NULL;
  return rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_SERVER, error);
}

/**
 * rounds_server_store_open:
 * @path: the SQLite file, made if it is not there
 * @error: (out) (optional): why not
 *
 * Returns: (transfer full): the server's store, which belongs to the calling thread
 */
RoundsRecordStore *
rounds_server_store_open (const char *path, GError **error)
{
  g_autoptr (RoundsRecordStore) store = open_store (path, ROUNDS_OPEN_READ_WRITE | ROUNDS_OPEN_CREATE, error);

  if (store == NULL || !rounds_record_store_settle_territories (store, error))
    return NULL;
  return g_steal_pointer (&store);
}

/** rounds_server_store_open_read_only: a further connection to an open store, for the calling thread to read by. */
RoundsRecordStore *
rounds_server_store_open_read_only (const char *path, GError **error)
{
  return open_store (path, ROUNDS_OPEN_READ_ONLY, error);
}
