/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes for somebody who has been merged meanwhile, from a device that had not heard of it: it was made for that
 * person and nobody else, as if it had come before the merge. So is what was chosen of them for the kept person. */

#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

/* @merge: (out) (transfer full) (nullable): the one that dissolved @id; %NULL if none stands */
static gboolean
find_merge (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, RoundsRecord **merge, GError **error)
{
  int field = rounds_person_merge_find_field (entity);
  g_autoptr (RoundsRecord) record = NULL;
  const RoundsUuid *person = id;

  *merge = NULL;
  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record == NULL || !rounds_record_is_deleted (record))
    return TRUE;
  if (entity != ROUNDS_ENTITY_PERSON)
    person = field >= 0 ? rounds_record_get_uuid (record, (guint) field) : NULL;
  return person == NULL || rounds_person_merge_find (store, person, merge, error);
}

/* Adds to what @merge has moved that @move->record was @move->from's. @move: (inout): gets to whom it led
 * @found: (out): whether @merge has dissolved that at all */
static gboolean
add_move (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeMove *move, gboolean *found, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  *found = FALSE;
  if (snapshot == NULL)
    return FALSE;
  for (guint i = 0; i < snapshot->joined->len && !*found; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (snapshot->joined, RoundsMergeJoin, i);

      *found = rounds_uuid_equal (&join->from, &move->from);
      if (*found)
        move->to = join->to;
    }
  if (!*found)
    return TRUE;
  rounds_merge_snapshot_add_move (snapshot, move);
  return rounds_merge_snapshot_save (snapshot, store, merge, error);
}

/**
 * rounds_person_merge_note_arrival:
 * @store: the server's store, in a transaction
 * @record: what has come, as it was stored
 * @field: one of its references, which led it to somebody who stands for others
 * @said: to what it refers on the device that sent it: a merged person, or what there was one of for them
 * @error: (out) (optional): what the disk says
 *
 * Says in the merges that led @record from @said to where it is that it was @said's: undone, they give it back.
 */
gboolean
rounds_person_merge_note_arrival (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *said,
                                  GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  RoundsEntity target = rounds_entity_get_field (entity, field)->target;
  const RoundsUuid *now = rounds_record_get_uuid (record, field);
  RoundsMergeMove move = { entity, field, *rounds_record_get_id (record), *said, *said };
  RoundsUuid led = *said;
  gboolean found;

  if (!rounds_person_merge_forward (store, target, &led, &found, error))
    return FALSE;
  found = found && now != NULL && rounds_uuid_equal (now, &led);
  for (guint i = 0; found && i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      g_autoptr (RoundsRecord) merge = NULL;

      if (!find_merge (store, target, &move.from, &merge, error))
        return FALSE;
      found = merge != NULL;
      if (found && !add_move (store, merge, &move, &found, error))
        return FALSE;
      move.from = move.to;
    }
  return TRUE;
}

/* (transfer full) (nullable) (element-type RoundsRecord): the merges by which @person has become a part of others, one
 * after the other */
static GPtrArray *
list_way (RoundsRecordStore *store, const RoundsUuid *person, GError **error)
{
  g_autoptr (GPtrArray) way = g_ptr_array_new_with_free_func (g_object_unref);

  while (person != NULL && way->len < ROUNDS_MERGE_LONGEST_CHAIN)
    {
      RoundsRecord *next;

      if (!find_merge (store, ROUNDS_ENTITY_PERSON, person, &next, error))
        return NULL;
      if (next == NULL)
        break;
      g_ptr_array_add (way, next);
      person = rounds_record_get_uuid (next, ROUNDS_MERGE_KEPT);
    }
  return g_steal_pointer (&way);
}

/* Whether @a and @b end with the same merge. */
static gboolean
end_alike (GPtrArray *a, GPtrArray *b)
{
  return a->len > 0 && b->len > 0
         && rounds_uuid_equal (rounds_record_get_id (a->pdata[a->len - 1]),
                               rounds_record_get_id (b->pdata[b->len - 1]));
}

/*
 * rounds_merge_arrival_list_leading:
 * @merge: one that came second: both people were one already
 * @told: its snapshot
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): the merges that have made the two one: without each
 *   of them they are two. What both have become a part of together is none of these.
 */
GPtrArray *
rounds_merge_arrival_list_leading (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *told,
                                   GError **error)
{
  g_autoptr (GPtrArray) leading = list_way (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED), error);
  g_autoptr (GPtrArray) others =
    leading != NULL ? list_way (store, rounds_merge_snapshot_get_said (told), error) : NULL;

  if (others == NULL)
    return NULL;
  while (end_alike (leading, others))
    {
      g_ptr_array_set_size (leading, (int) leading->len - 1);
      g_ptr_array_set_size (others, (int) others->len - 1);
    }
  g_ptr_array_extend_and_steal (leading, g_steal_pointer (&others));
  return g_steal_pointer (&leading);
}

/* Adds to @merge's edits what @told, of @second, has chosen and @after, which was @before, has got. */
static gboolean
add_choices (RoundsRecordStore *store, RoundsRecord *merge, const RoundsUuid *second, RoundsMergeSnapshot *told,
             RoundsRecord *before, RoundsRecord *after, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);
  guint n_before = snapshot != NULL ? snapshot->edited->len : 0;

  for (guint i = 0; snapshot != NULL && i < told->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (told->edited, RoundsMergeEdit, i);

      if (rounds_uuid_equal (&edit->record, rounds_record_get_id (after))
          && rounds_value_equal (rounds_record_get_value (after, edit->field), &edit->after)
          && !rounds_value_equal (rounds_record_get_value (before, edit->field), &edit->after))
        rounds_merge_snapshot_add_choice (snapshot, second, before, after, edit->field);
    }
  return snapshot != NULL
         && (snapshot->edited->len == n_before || rounds_merge_snapshot_save (snapshot, store, merge, error));
}

/**
 * rounds_person_merge_note_choices:
 * @store: the server's store, in a transaction
 * @merge: the id of a merge that came second: both people were one already
 * @before: the kept one, or what there is one of for them, as it was
 * @after: the same with what was chosen on the device that made @merge
 * @error: (out) (optional): what the disk says
 *
 * Says in the merges that have led the merged person to the kept one what was chosen: it is as if they had done it, and
 * undone they take it back.
 */
gboolean
rounds_person_merge_note_choices (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *before,
                                  RoundsRecord *after, GError **error)
{
  g_autoptr (RoundsRecord) second = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) told = second != NULL ? rounds_merge_snapshot_read (second, error) : NULL;
  g_autoptr (GPtrArray) leading = told != NULL ? rounds_merge_arrival_list_leading (store, second, told, error) : NULL;

  for (guint i = 0; leading != NULL && i < leading->len; i++)
    if (!add_choices (store, leading->pdata[i], merge, told, before, after, error))
      return FALSE;
  return leading != NULL;
}

/* Says in @snapshot that @record was made one with what the kept person had, which was @before and is @after now. */
static void
add_join (RoundsMergeSnapshot *snapshot, RoundsRecord *record, RoundsRecord *before, RoundsRecord *after)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  g_autoptr (RoundsRecord) as_it_was = rounds_record_dup (record);

  rounds_record_clear_field (as_it_was, ROUNDS_FIELD_DELETED_AT);
  rounds_merge_snapshot_add_join (snapshot, rounds_record_get_entity (record), rounds_record_get_id (record),
                                  rounds_record_get_id (before));
  rounds_merge_snapshot_add_dissolved (snapshot, as_it_was);
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (before, f), rounds_record_get_value (after, f)))
      rounds_merge_snapshot_add_edit (snapshot, before, after, f);
}

/* @merge: (out) (transfer full) (nullable): that of @said into @kept; %NULL if it went another way */
static gboolean
find_merge_into (RoundsRecordStore *store, const RoundsUuid *said, const RoundsUuid *kept, RoundsRecord **merge,
                 GError **error)
{
  if (!rounds_person_merge_find (store, said, merge, error))
    return FALSE;
  if (*merge != NULL && !rounds_uuid_equal (rounds_record_get_uuid (*merge, ROUNDS_MERGE_KEPT), kept))
    g_clear_object (merge);
  return TRUE;
}

/* Stores @record, deleted, and gives the kept person's what it says. */
static gboolean
store_part (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) nothing = rounds_record_new_empty (rounds_record_get_entity (record));

  rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  return rounds_record_store_save (store, record, error) && rounds_person_merge_follow (store, nothing, record, error);
}

/* The same by @merge, which is told. @before: what the kept person has: if that came by @merge, both are the merged
 * person's, who has one of them. */
static gboolean
store_part_of (RoundsRecordStore *store, RoundsRecord *merge, RoundsRecord *record, RoundsRecord *before,
               GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);
  g_autoptr (RoundsRecord) after = NULL;

  if (snapshot == NULL || g_hash_table_contains (snapshot->known, rounds_record_get_id (before)))
    return snapshot != NULL && store_part (store, record, error);
  if (!store_part (store, record, error))
    return FALSE;
  after = rounds_record_store_get (store, entity, rounds_record_get_id (before), error);
  if (after == NULL)
    return FALSE;
  add_join (snapshot, record, before, after);
  return rounds_merge_snapshot_save (snapshot, store, merge, error);
}

/**
 * rounds_person_merge_take_in:
 * @store: the server's store, in a transaction
 * @record: (inout): a new record of what there is one of for a person, of somebody who has it already
 * @said: whose it is on the device that sent it: a person who has been merged into that one
 * @error: (out) (optional): what the disk says
 *
 * Keeps @record as a deleted one of @said's; what it says that the kept person's does not becomes a part of that.
 * Undone, the merge gives it back to @said, unless that person is a part of the kept one by way of others.
 */
gboolean
rounds_person_merge_take_in (RoundsRecordStore *store, RoundsRecord *record, const RoundsUuid *said, GError **error)
{
  guint field = (guint) rounds_person_merge_find_field (rounds_record_get_entity (record));
  g_autoptr (RoundsQuery) query = rounds_query_new (rounds_record_get_entity (record));
  const RoundsUuid *kept = rounds_record_get_uuid (record, field);
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  rounds_query_where_uuid (query, field, ROUNDS_IS, kept);
  if (!rounds_record_store_find (store, query, &before, error)
      || (before != NULL && !find_merge_into (store, said, kept, &merge, error)))
    return FALSE;
  rounds_record_set_uuid (record, field, said);
  return merge != NULL ? store_part_of (store, merge, record, before, error) : store_part (store, record, error);
}

/**
 * rounds_person_merge_find_dissolved:
 * @store: the server's store
 * @merge: a merge record
 * @id: what is not here
 * @record: (out) (transfer full) (nullable): what there is one of for a person, as it was on the device that has made
 *   the merge, which has dissolved it; %NULL if the merge does not tell of any
 * @error: (out) (optional): what the disk says
 *
 * What was refused is in the snapshot alone.
 */
gboolean
rounds_person_merge_find_dissolved (RoundsRecordStore *store, const RoundsUuid *merge, const RoundsUuid *id,
                                    RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsRecord) made = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = made != NULL ? rounds_merge_snapshot_read (made, error) : NULL;
  RoundsRecord *seen = snapshot != NULL ? rounds_merge_snapshot_find_dissolved (snapshot, id) : NULL;

  *record = seen != NULL && rounds_person_merge_find_field (rounds_record_get_entity (seen)) >= 0
              ? rounds_record_dup (seen)
              : NULL;
  return snapshot != NULL;
}
