/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-record-digest.h"

#include "rounds-record-store-private.h"

/* Called for each record that has been on the server. Returns: FALSE to stop. */
typedef void (*RevisionFunc) (const RoundsRevision *revision, guint64 hash, gpointer data);

/* The finalizer of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). Against
 * chance, not against an enemy. */
static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* The same on every machine. Ids begin with the time: what falls into one bucket is spread over all of it. */
static guint64
hash_id (const RoundsUuid *id)
{
  guint64 halves[2];

  memcpy (halves, id->bytes, sizeof halves);
  return mix (GUINT64_FROM_BE (halves[0]) + mix (GUINT64_FROM_BE (halves[1])));
}

static guint
get_bucket (guint64 hash)
{
  return hash % ROUNDS_DIGEST_BUCKETS;
}

static gboolean
foreach_revision (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope, RevisionFunc func,
                  gpointer data, GError **error)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsStep step;
  int parameter = 0;

  g_string_printf (sql, "SELECT id, rev FROM \"%s\" WHERE rev <> 0", rounds_entity_get_info (entity)->name);
  rounds_territory_scope_append_sql (scope, sql, &parameter);
  statement = rounds_database_prepare (self->database, sql->str, error);
  if (statement == NULL)
    return FALSE;
  parameter = 0;
  rounds_territory_scope_bind (scope, statement, &parameter);
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      RoundsRevision revision = { .rev = rounds_statement_get_integer (statement, 1) };

      if (rounds_statement_get_uuid (statement, 0, &revision.record))
        func (&revision, hash_id (&revision.record), data);
    }
  return step == ROUNDS_STEP_DONE;
}

static void
add_to_buckets (const RoundsRevision *revision, guint64 hash, gpointer data)
{
  RoundsDigest one = { 1, mix (hash + (guint64) revision->rev * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) };

  rounds_digest_add ((RoundsDigest *) data + get_bucket (hash), &one);
}

/**
 * rounds_record_store_digest:
 * @scope: (nullable): which records; %NULL for all
 * @buckets: (out): the digest of each part of @entity's records, by their ids; what has never been on a server is in
 * none
 * @error: (out) (optional): what the disk says
 *
 * Reads the whole table, ids and revisions alone.
 */
gboolean
rounds_record_store_digest (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                            RoundsDigest buckets[ROUNDS_DIGEST_BUCKETS], GError **error)
{
  memset (buckets, 0, ROUNDS_DIGEST_BUCKETS * sizeof *buckets);
  return foreach_revision (self, entity, scope, add_to_buckets, buckets, error);
}

typedef struct
{
  const gboolean *buckets;
  GArray *revisions; /* (owned) */
} Listing;

static void
add_to_list (const RoundsRevision *revision, guint64 hash, gpointer data)
{
  Listing *listing = data;

  if (listing->buckets[get_bucket (hash)])
    g_array_append_val (listing->revisions, *revision);
}

/**
 * rounds_record_store_list_revisions:
 * @scope: (nullable): which records; %NULL for all
 * @buckets: which parts of them
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (element-type RoundsRevision) (nullable): the records of these parts
 */
GArray *
rounds_record_store_list_revisions (RoundsRecordStore *self, RoundsEntity entity, const RoundsTerritoryScope *scope,
                                    const gboolean buckets[ROUNDS_DIGEST_BUCKETS], GError **error)
{
  g_autoptr (GArray) revisions = g_array_new (FALSE, FALSE, sizeof (RoundsRevision));
  Listing listing = { buckets, revisions };

  return foreach_revision (self, entity, scope, add_to_list, &listing, error) ? g_steal_pointer (&revisions) : NULL;
}

/** rounds_digest_add: makes @self that of both sets together; they have no record in common. */
void
rounds_digest_add (RoundsDigest *self, const RoundsDigest *other)
{
  self->count += other->count;
  self->sum += other->sum;
}

gboolean
rounds_digest_equal (const RoundsDigest *a, const RoundsDigest *b)
{
  return a->count == b->count && a->sum == b->sum;
}
