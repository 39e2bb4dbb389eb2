/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-digest.h"

G_BEGIN_DECLS

/* What device and server say to each other to find out where they differ: from the whole to the single record. */

#define ROUNDS_SYNC_COMPARE_PATH "/api/v1/sync/compare"

/** RoundsSyncTotal: the digest of all records of an entity. */
typedef struct
{
  RoundsEntity entity;
  RoundsDigest digest;
} RoundsSyncTotal;

/** RoundsSyncComparison: an answer; one of the members is there, as asked for. */
typedef struct
{
  gboolean behind;   /* the device is not where the server is: it must pull first */
  GArray *totals;    /* (owned) (nullable) of RoundsSyncTotal */
  GArray *buckets;   /* (owned) (nullable) of RoundsDigest, all of them */
  GArray *revisions; /* (owned) (nullable) of RoundsRevision */
} RoundsSyncComparison;

void rounds_sync_comparison_free (RoundsSyncComparison *self);
GBytes *rounds_sync_comparison_build (const RoundsSyncComparison *comparison);
RoundsSyncComparison *rounds_sync_comparison_parse (GBytes *body, GError **error);

char *rounds_sync_compare_totals_path (const char *cursor);
char *rounds_sync_compare_buckets_path (RoundsEntity entity);
char *rounds_sync_compare_revisions_path (RoundsEntity entity, const gboolean buckets[ROUNDS_DIGEST_BUCKETS]);
char *rounds_sync_compare_records_path (RoundsEntity entity, const RoundsUuid *ids, guint n);

/** RoundsSyncQuestion: what a device asks, as texts of the query. All (nullable). */
typedef struct
{
  const char *cursor;
  const char *entity;
  const char *buckets;
  const char *ids;
} RoundsSyncQuestion;

/* The server's side. */
GBytes *rounds_sync_server_compare (RoundsRecordStore *store, const RoundsTerritoryScope *scope,
                                    const RoundsSyncQuestion *question, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncComparison, rounds_sync_comparison_free)

G_END_DECLS
