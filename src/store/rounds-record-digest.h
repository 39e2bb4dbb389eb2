/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-feed.h"

G_BEGIN_DECLS

/* Checksums over which records there are, in which revision, by which device and server find out where they differ. */

#define ROUNDS_DIGEST_BUCKETS 256
/* Of a record that may be another one on the server, where it has come from: no server has it in this revision. */
#define ROUNDS_REVISION_IN_DOUBT (-1)

/** RoundsDigest: of a set of records: how many, and the sum of a hash of each one's id and revision (modulo 2⁶⁴). */
typedef struct
{
  gint64 count;
  guint64 sum;
} RoundsDigest;

/** RoundsRevision: a record and its revision. */
typedef struct
{
  RoundsUuid record;
  gint64 rev;
} RoundsRevision;

gboolean rounds_record_store_digest (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                                     RoundsDigest buckets[ROUNDS_DIGEST_BUCKETS], GError **error);
GArray *rounds_record_store_list_revisions (RoundsRecordStore *self, RoundsEntity entity,
                                            const RoundsTerritoryScope *scope,
                                            const gboolean buckets[ROUNDS_DIGEST_BUCKETS], GError **error);
void rounds_digest_add (RoundsDigest *self, const RoundsDigest *other);
gboolean rounds_digest_equal (const RoundsDigest *a, const RoundsDigest *b);

G_END_DECLS
