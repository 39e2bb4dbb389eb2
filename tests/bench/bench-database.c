/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "bench-database.h"

#include <string.h>

#include "bench-common.h"

const guint8 bench_key[ROUNDS_KEY_LENGTH] = { 0x42 };
const char bench_key_text[] = "x'4200000000000000000000000000000000000000000000000000000000000000'";

RoundsRecordStore *
bench_open_store (const char *path, RoundsStoreRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (path, role == ROUNDS_ROLE_DEVICE ? bench_key : NULL, ROUNDS_OPEN_CREATE, &error);
  RoundsRecordStore *store;

  bench_check (error);
  store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);
  bench_check (error);
  return store;
}

void
bench_save (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (store, record, &error);
  bench_check (error);
}

void
bench_save_all (RoundsRecordStore *store, GPtrArray *records)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save_all (store, records, &error);
  bench_check (error);
}

void
bench_save_each (RoundsRecordStore *store, GPtrArray *records)
{
  g_autoptr (GError) error = NULL;
  gboolean done = rounds_record_store_begin (store, &error);

  for (guint i = 0; i < records->len && done; i++)
    {
      rounds_record_store_begin_group (store);
      done = rounds_record_store_save (store, records->pdata[i], &error);
    }
  rounds_record_store_end (store, done, &error);
  bench_check (error);
}

sqlite3 *
bench_open_bare (const char *path, const char *settings)
{
  sqlite3 *database = NULL;

  if (sqlite3_open (path, &database) != SQLITE_OK)
    g_error ("%s: %s", path, sqlite3_errmsg (database));
  sqlite3_key (database, bench_key_text, (int) strlen (bench_key_text));
  bench_run (database, settings);
  return database;
}

void
bench_run (sqlite3 *database, const char *sql)
{
  if (sqlite3_exec (database, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
}

sqlite3_stmt *
bench_prepare (sqlite3 *database, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (database));
  return statement;
}

void
bench_step (sqlite3 *database, sqlite3_stmt *statement)
{
  if (sqlite3_step (statement) != SQLITE_DONE)
    g_error ("%s", sqlite3_errmsg (database));
  sqlite3_reset (statement);
}
