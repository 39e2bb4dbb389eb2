/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"

G_BEGIN_DECLS

/**
 * RoundsStore:
 *
 * The device's store as the application sees it, on the main thread. It has three connections: one of its own for reads
 * that are indexed and small, at once; one on the database thread, which does all writing, and whatever takes long with
 * it; one on a reading thread, so that lists do not wait for an import. Jobs run in order of priority, then arrival;
 * closing finishes the writes that are queued and drops the reads.
 */
#define ROUNDS_TYPE_STORE (rounds_store_get_type ())
G_DECLARE_FINAL_TYPE (RoundsStore, rounds_store, ROUNDS, STORE, GObject)

/* Runs on the database thread (or the reading thread); the result is handed to the callback through
 * rounds_store_run_finish(). */
typedef gpointer (*RoundsStoreFunc) (RoundsRecordStore *store, gpointer data, GCancellable *cancellable,
                                     GError **error);

/* Opens (or with ROUNDS_OPEN_CREATE makes) the database at path with a raw key, and starts the threads. Blocks for some
 * ms. */
RoundsStore *rounds_store_open (const char *path, const guint8 *key, RoundsOpenFlags flags, GError **error);
void rounds_store_close (RoundsStore *self); /* waits for queued writes; idempotent; dispose calls it */

/* Reads on the main thread. */
RoundsRecord *rounds_store_get (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error);
RoundsRecord *rounds_store_find (RoundsStore *self, RoundsQuery *query, GError **error);
GPtrArray *rounds_store_list (RoundsStore *self, RoundsQuery *query, GError **error); /* the query must have a limit */
RoundsRecordStore *rounds_store_get_reader (RoundsStore *self); /* (transfer none) for indexed reads with a limit */

/* Writes. records: one group; saved as they are now, changing them later does no harm. The callback comes on the main
 * thread after the commit, and rounds_store_save_finish() serves all of them. What is deleted takes along what belongs
 * to it, and brings it back. */
void rounds_store_save_async (RoundsStore *self, GPtrArray *records, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
gboolean rounds_store_save_finish (RoundsStore *self, GAsyncResult *result, GError **error);
void rounds_store_delete_async (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
void rounds_store_restore_async (RoundsStore *self, RoundsEntity entity, const RoundsUuid *id,
                                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

/* Anything else on the database thread (imports, sync steps, several writes that belong together); data_free and
 * result_free may be NULL. Counts as a write: closing waits for it, unless its cancellable is cancelled. */
void rounds_store_run_async (RoundsStore *self, RoundsStoreFunc func, gpointer data, GDestroyNotify data_free,
                             GDestroyNotify result_free, int priority, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gpointer rounds_store_run_finish (RoundsStore *self, GAsyncResult *result, GError **error);

/* The same on the reading thread, beside whatever is being written: scans, reports, long lists. Dropped by closing.
 * rounds_store_run_finish() gives the result. */
void rounds_store_read_async (RoundsStore *self, RoundsStoreFunc func, gpointer data, GDestroyNotify data_free,
                              GDestroyNotify result_free, int priority, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);

/* Signal "changed" (RoundsStore *, RoundsEntity entity as int, GPtrArray *ids of RoundsUuid*): on the main thread after
 * each commit, once for each entity touched, before the write's callback. ids is NULL for "anything of that entity":
 * where many records changed, and within two seconds of another process's writing. */

G_END_DECLS
