/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Databases for benches: ours, and bare SQLCipher on the same file. */

#pragma once

/* SQLCipher's own functions in its header */
#define SQLITE_HAS_CODEC 1
#include <sqlite3.h>

#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"

G_BEGIN_DECLS

/* The key of every bench's database, and the same as SQL has it. */
extern const guint8 bench_key[ROUNDS_KEY_LENGTH];
extern const char bench_key_text[];

/* What a connection of the store sets, beside the key. */
#define BENCH_STORE_SETTINGS \
  "PRAGMA cipher_hmac_algorithm=HMAC_SHA256; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" \
  "PRAGMA foreign_keys=ON; PRAGMA cache_size=-63488; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=FAST;" \
  "PRAGMA wal_autocheckpoint=16384"

/* Makes or opens the record store at @path; a device's is encrypted, a server's is not. Returns: (transfer full) */
RoundsRecordStore *bench_open_store (const char *path, RoundsStoreRole role);

/* Saves @record, or all of @records as one group. */
void bench_save (RoundsRecordStore *store, RoundsRecord *record);
void bench_save_all (RoundsRecordStore *store, GPtrArray *records);

/* Saves each of @records as a group of its own, as somebody does who logs one visit after the other; in one
 * transaction. */
void bench_save_each (RoundsRecordStore *store, GPtrArray *records);

/* Opens the encrypted database at @path by SQLCipher alone, with @settings (SQL). Returns: for sqlite3_close() */
sqlite3 *bench_open_bare (const char *path, const char *settings);

/* Bare statements; the program ends where one fails. bench_step() runs one that returns no rows and resets it. */
void bench_run (sqlite3 *database, const char *sql);
sqlite3_stmt *bench_prepare (sqlite3 *database, const char *sql);
void bench_step (sqlite3 *database, sqlite3_stmt *statement);

G_END_DECLS
