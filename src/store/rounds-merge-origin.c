/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose something was before it was handed on. A merge moves what the merged person has, from whomever that is: what
 * came to them by an earlier merge goes along. Where the earlier one has been undone since, that is not theirs any
 * more, however many merges have handed it on. */

#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* A merge of those by whom something may have come to the merged person, be it undone. */
typedef struct
{
  RoundsUuid into;
  RoundsUuid from;
  gboolean stands;
  GHashTable *moved; /* (owned) set of RoundsUuid (owned) */
} Source;

static void
free_source (Source *self)
{
  g_clear_pointer (&self->moved, g_hash_table_unref);
  g_free (self);
}

static void
add_id (GHashTable *set, const RoundsUuid *id)
{
  g_hash_table_add (set, g_memdup2 (id, sizeof *id));
}

/* Adds to @moved what @merge has moved; and @along what came with the merges that it had led on, but not what those
 * have led on in their turn, which may be so since. */
static gboolean
add_moved (RoundsRecordStore *store, RoundsRecord *merge, gboolean along, GHashTable *moved, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  for (guint i = 0; snapshot != NULL && i < snapshot->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, i);
      g_autoptr (RoundsRecord) led = NULL;

      add_id (moved, &move->record);
      if (!along || move->entity != ROUNDS_ENTITY_MERGE)
        continue;
      if (!rounds_record_store_look_up (store, ROUNDS_ENTITY_MERGE, &move->record, &led, error)
          || (led != NULL && !add_moved (store, led, FALSE, moved, error)))
        return FALSE;
    }
  return snapshot != NULL;
}

/* What a merge that stands has led on is into its kept one by now, and a source itself. */
static Source *
new_source (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (GHashTable) moved = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);
  gboolean stands = rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT);
  Source *self;

  if (!add_moved (store, merge, !stands, moved, error))
    return NULL;
  self = g_new0 (Source, 1);
  self->into = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  self->from = *rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
  self->stands = stands;
  self->moved = g_steal_pointer (&moved);
  return self;
}

typedef struct
{
  RoundsRecordStore *store; /* (not owned) */
  RoundsUuid whole;         /* who the kept person is now */
  GPtrArray *sources;       /* (owned) of Source */
  GHashTable *people;       /* (owned) set of RoundsUuid (owned): the merged person, and who ever came into them */
  GHashTable *parts;        /* (owned) set of RoundsUuid (owned): those of @people who are a part of @whole now */
} Origin;

static void
origin_clear (Origin *self)
{
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->parts, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Origin, origin_clear)

static gboolean
add_person (Origin *self, const RoundsUuid *person, GError **error)
{
  RoundsUuid now = *person;
  gboolean forwarded;

  add_id (self->people, person);
  if (!rounds_person_merge_forward (self->store, ROUNDS_ENTITY_PERSON, &now, &forwarded, error))
    return FALSE;
  if (rounds_uuid_equal (&now, &self->whole))
    add_id (self->parts, person);
  return TRUE;
}

/* Adds @person, and whoever came into them, with the merges by which they did. */
static gboolean
add_sources (Origin *self, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_autoptr (GPtrArray) merges = NULL;

  rounds_query_where_uuid (query, ROUNDS_MERGE_KEPT, ROUNDS_IS, person);
  merges = rounds_record_store_list (self->store, query, error);
  if (merges == NULL || !add_person (self, person, error))
    return FALSE;
  for (guint i = 0; i < merges->len; i++)
    {
      Source *source = new_source (self->store, merges->pdata[i], error);

      if (source == NULL)
        return FALSE;
      g_ptr_array_add (self->sources, source);
      if (!g_hash_table_contains (self->people, &source->from) && !add_sources (self, &source->from, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether @person has @record by themselves, or from those of whom they still are made. */
static gboolean
has (Origin *self, const RoundsUuid *person, const RoundsUuid *record, guint depth)
{
  gboolean is_from_others = FALSE;

  for (guint i = 0; depth < ROUNDS_MERGE_LONGEST_CHAIN && i < self->sources->len; i++)
    {
      const Source *source = self->sources->pdata[i];

      if (!rounds_uuid_equal (&source->into, person) || !g_hash_table_contains (source->moved, record))
        continue;
      is_from_others = TRUE;
      if (source->stands && has (self, &source->from, record, depth + 1))
        return TRUE;
    }
  return !is_from_others;
}

/* Whether @record came to @person by way of one who has it, and is a part of the whole now.
 * @seen: a set of those by way of whom it came, as far as was looked */
static gboolean
came_from_part (Origin *self, const RoundsUuid *person, const RoundsUuid *record, GHashTable *seen)
{
  if (!g_hash_table_add (seen, (gpointer) person))
    return FALSE;
  if (g_hash_table_contains (self->parts, person) && has (self, person, record, 0))
    return TRUE;
  for (guint i = 0; i < self->sources->len; i++)
    {
      const Source *source = self->sources->pdata[i];

      if (rounds_uuid_equal (&source->into, person) && g_hash_table_contains (source->moved, record)
          && came_from_part (self, &source->from, record, seen))
        return TRUE;
    }
  return FALSE;
}

/* Whether @merged only had @record from somebody who is a part of the whole now. */
static gboolean
is_of_third (Origin *self, const RoundsUuid *merged, const RoundsUuid *record)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  return !has (self, merged, record, 0) && came_from_part (self, merged, record, seen);
}

/* Drops from @snapshot what is not @merged's, whose it says it was. */
static void
drop_of_third (Origin *self, const RoundsUuid *merged, RoundsMergeSnapshot *snapshot)
{
  for (guint i = snapshot->moved->len; i > 0; i--)
    if (is_of_third (self, merged, &g_array_index (snapshot->moved, RoundsMergeMove, i - 1).record))
      rounds_merge_snapshot_remove_move (snapshot, i - 1);
  for (guint i = snapshot->dissolved->len; i > 0; i--)
    if (is_of_third (self, merged, rounds_record_get_id (snapshot->dissolved->pdata[i - 1])))
      rounds_merge_snapshot_forget_dissolved (snapshot, snapshot->dissolved->pdata[i - 1]);
}

/*
 * rounds_merge_origin_leave_to_third:
 * @store: a store, in a transaction in which a merge into @kept has been undone
 * @kept: who was kept
 * @snapshot: the merge's
 * @error: (out) (optional): what the disk says
 *
 * Takes out of @snapshot what the merged person only had from a third one, who was taken out of them since and is a
 * part of the kept one now.
 */
gboolean
rounds_merge_origin_leave_to_third (RoundsRecordStore *store, const RoundsUuid *kept, RoundsMergeSnapshot *snapshot,
                                    GError **error)
{
  g_auto (Origin) self = { store, *kept, g_ptr_array_new_with_free_func ((GDestroyNotify) free_source),
                           g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL),
                           g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL) };
  const RoundsUuid *merged = NULL;
  gboolean forwarded;

  for (guint i = 0; i < snapshot->joined->len && merged == NULL; i++)
    if (g_array_index (snapshot->joined, RoundsMergeJoin, i).entity == ROUNDS_ENTITY_PERSON)
      merged = &g_array_index (snapshot->joined, RoundsMergeJoin, i).from;
  if (merged == NULL)
    return TRUE;
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &self.whole, &forwarded, error)
      || !add_sources (&self, merged, error))
    return FALSE;
  drop_of_third (&self, merged, snapshot);
  return TRUE;
}
