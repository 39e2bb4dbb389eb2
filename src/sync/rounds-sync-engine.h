/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsSyncEngine:
 *
 * One device's side of the sync protocol as a state machine without clock, socket or thread: the driver asks for the
 * next request, sends it however it likes, lets the engine work meanwhile, and gives back what came. All calls work on
 * the store and belong to its thread. What is not in the database yet between two steps is asked for again in the next
 * run, so that being killed between any two loses nothing.
 *
 *   rounds_sync_engine_start (engine);
 *   while (rounds_sync_engine_next (engine, &request, &error) && request != NULL)
 *     {
 *       ... send ...
 *       if (!rounds_sync_engine_work (engine, &error)) break;
 *       ... wait for the answer ...
 *       if (!rounds_sync_engine_receive (engine, status, body, &error)) break;
 *     }
 */
#define ROUNDS_TYPE_SYNC_ENGINE (rounds_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSyncEngine, rounds_sync_engine, ROUNDS, SYNC_ENGINE, GObject)

typedef struct
{
  char *method;   /* "GET" or "POST" */
  char *path;     /* with query, below the server's base address: "/api/v1/sync/pull?…" */
  GBytes *body;   /* (owned) (nullable) JSON */
  GBytes *packed; /* (owned) (nullable) the same as zlib packs it, for a server that takes that */
} RoundsSyncRequest;

/* What one run did, for the person and for tests. */
typedef struct
{
  guint pushed;    /* changes that the server has now */
  guint merged;    /* of them: merged with somebody else's */
  guint conflicts; /* of them: kept as a conflict to choose from */
  guint rejected;  /* refused by the server, kept here in the list of rejected changes */
  guint pulled;    /* records received */
  guint removed;   /* records that are not for this device any more */
  guint repaired;  /* records that a check against the server's checksums fetched or forgot */
} RoundsSyncSummary;

RoundsSyncEngine *rounds_sync_engine_new (RoundsRecordStore *store);
void rounds_sync_engine_set_push_limit (RoundsSyncEngine *self, guint limit);
void rounds_sync_engine_start (RoundsSyncEngine *self);
gboolean rounds_sync_engine_next (RoundsSyncEngine *self, RoundsSyncRequest **request, GError **error);
gboolean rounds_sync_engine_work (RoundsSyncEngine *self, GError **error);
gboolean rounds_sync_engine_receive (RoundsSyncEngine *self, guint status, GBytes *body, GError **error);
const RoundsSyncSummary *rounds_sync_engine_get_summary (RoundsSyncEngine *self);
void rounds_sync_request_free (RoundsSyncRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncRequest, rounds_sync_request_free)

G_END_DECLS
