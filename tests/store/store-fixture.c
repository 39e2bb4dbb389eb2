/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "store-fixture.h"

#include "rounds-sqlite-database.h"
#include "test-folder.h"

static const guint8 key[ROUNDS_KEY_LENGTH] = { 0x42 };

RoundsRecordStore *
store_fixture_reopen (const char *folder, RoundsStoreRole role)
{
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (path, key, ROUNDS_OPEN_CREATE, &error);
  RoundsRecordStore *store;

  g_assert_no_error (error);
  store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);
  g_assert_no_error (error);
  return store;
}

RoundsRecordStore *
store_fixture_open (char **folder, RoundsStoreRole role)
{
  *folder = test_folder_new ();
  return store_fixture_reopen (*folder, role);
}

void
store_fixture_close (RoundsRecordStore **store, char **folder)
{
  g_clear_object (store);
  g_clear_pointer (folder, test_folder_remove);
}

void
store_fixture_set_up (StoreFixture *fixture, gconstpointer role)
{
  fixture->store = store_fixture_open (&fixture->folder, GPOINTER_TO_INT (role));
}

void
store_fixture_tear_down (StoreFixture *fixture, gconstpointer role)
{
  store_fixture_close (&fixture->store, &fixture->folder);
}

RoundsRecord *
store_fixture_save (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (store, record, &error);
  g_assert_no_error (error);
  return record;
}

void
store_fixture_put_remote (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_begin_remote (store, &error);
  g_assert_no_error (error);
  rounds_record_store_put_remote (store, record, NULL, &error);
  g_assert_no_error (error);
  rounds_record_store_commit (store, &error);
  g_assert_no_error (error);
}
