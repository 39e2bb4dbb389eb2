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

/* Saves @record, which must succeed. Returns: (transfer none): @record */
RoundsRecord *store_fixture_save (RoundsRecordStore *store, RoundsRecord *record);

G_END_DECLS
