/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program asks SQLite for, one statement at a time: each is a place where it learns of an error. In place of
 * the library's functions; what SQLite asks itself for meanwhile, which would not see that error, is left alone. */

#include "faults-private.h"

#include <dlfcn.h>
#include <string.h>

typedef int (*ExecuteCallback) (void *data, int n, char **values, char **names);

static struct
{
  int (*step) (sqlite3_stmt *statement);
  int (*prepare) (sqlite3 *database, const char *sql, int length, unsigned int flags, sqlite3_stmt **statement,
                  const char **rest);
  int (*execute) (sqlite3 *database, const char *sql, ExecuteCallback callback, void *data, char **message);
} real;

static _Thread_local guint depth; /* of calls into the library */

void
fault_statement_install (void)
{
  *(void **) &real.step = dlsym (RTLD_NEXT, "sqlite3_step");
  *(void **) &real.prepare = dlsym (RTLD_NEXT, "sqlite3_prepare_v3");
  *(void **) &real.execute = dlsym (RTLD_NEXT, "sqlite3_exec");
}

/* What is read beside it, and the look whether another process has written, come when they come: with them the n-th
 * would be another one each time. A statement without a text is SQLite's own.
 * @sql: (nullable) */
static gboolean
happens (sqlite3 *database, const char *sql)
{
  return depth == 0 && sql != NULL
         && (fault_is_armed_here ()
             || (!sqlite3_db_readonly (database, "main") && strstr (sql, "data_version") == NULL))
         && fault_count (FAULT_STATEMENT) != NULL;
}

int
sqlite3_step (sqlite3_stmt *statement)
{
  int result;

  if (!sqlite3_stmt_busy (statement) && happens (sqlite3_db_handle (statement), sqlite3_sql (statement)))
    return SQLITE_IOERR_READ;
  depth++;
  result = real.step (statement);
  depth--;
  return result;
}

int
sqlite3_prepare_v3 (sqlite3 *database, const char *sql, int length, unsigned int flags, sqlite3_stmt **statement,
                    const char **rest)
{
  int result;

  depth++;
  result = real.prepare (database, sql, length, flags, statement, rest);
  depth--;
  return result;
}

int
sqlite3_exec (sqlite3 *database, const char *sql, ExecuteCallback callback, void *data, char **message)
{
  int result;

  if (happens (database, sql))
    return SQLITE_IOERR_READ;
  depth++;
  result = real.execute (database, sql, callback, data, message);
  depth--;
  return result;
}
