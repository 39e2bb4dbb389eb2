/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-database.h"

G_BEGIN_DECLS

#define ROUNDS_KEY_LENGTH 32

#define ROUNDS_TYPE_SQLITE_DATABASE (rounds_sqlite_database_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSqliteDatabase, rounds_sqlite_database, ROUNDS, SQLITE_DATABASE, GObject)

typedef enum
{
  ROUNDS_OPEN_READ_WRITE = 0,
  ROUNDS_OPEN_READ_ONLY = 1 << 0,
  ROUNDS_OPEN_CREATE = 1 << 1,
} RoundsOpenFlags;

/* key: ROUNDS_KEY_LENGTH bytes, used raw; NULL for a database without encryption (the server's default). */
RoundsSqliteDatabase *rounds_sqlite_database_open (const char *path, const guint8 *key, RoundsOpenFlags flags,
                                                   GError **error);
void rounds_sqlite_database_set_cancellable (RoundsSqliteDatabase *self, GCancellable *cancellable);
void rounds_sqlite_database_release_memory (RoundsSqliteDatabase *self);
const char *rounds_sqlite_database_get_path (RoundsSqliteDatabase *self); /* "" for one in memory */
gboolean rounds_sqlite_database_check (RoundsSqliteDatabase *self, GError **error);

G_END_DECLS
