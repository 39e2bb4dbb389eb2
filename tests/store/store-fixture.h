/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A record store in a folder of its own, for tests. */

#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/* Makes *@folder and an encrypted store in it. Returns: (transfer full): for store_fixture_close() */
RoundsRecordStore *store_fixture_open (char **folder, RoundsStoreRole role);

/* Opens the store in @folder once more. Returns: (transfer full) */
RoundsRecordStore *store_fixture_reopen (const char *folder, RoundsStoreRole role);

/* Lets go of *@store and removes *@folder with all files in it. */
void store_fixture_close (RoundsRecordStore **store, char **folder);

/* A test with such a store, and nothing else. */
typedef struct
{
  char *folder;
  RoundsRecordStore *store;
} StoreFixture;

void store_fixture_set_up (StoreFixture *fixture, gconstpointer role);
void store_fixture_tear_down (StoreFixture *fixture, gconstpointer role);

#define STORE_FIXTURE_ADD(path, role, func) \
  g_test_add (path, StoreFixture, GINT_TO_POINTER (role), store_fixture_set_up, func, store_fixture_tear_down)

/* Saves @record, which must succeed. Returns: (transfer none): @record */
RoundsRecord *store_fixture_save (RoundsRecordStore *store, RoundsRecord *record);

/* Writes @record as the server has it. */
void store_fixture_put_remote (RoundsRecordStore *store, RoundsRecord *record);

G_END_DECLS
