/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a device did that merged two people, as its merge record tells, beside what the server did that knows more of
 * them. What the server has was done there as well; or it was not the merged person's any more, or deleted by somebody
 * who did not know of the merge: undone, the merge would give it to them; so would the device. */

#include "rounds-merge-forward-private.h"
#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"

/* 1 if @id is here, 0 if not, -1 on error */
static int
is_here (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  gint64 key = rounds_record_store_get_row_key (store, entity, id, error);

  return key < 0 ? -1 : key > 0;
}

/* 1 if another device has deleted @seen since that was so, 0 if not, -1 on error */
static int
is_deleted_since (RoundsRecordStore *store, RoundsRecord *seen, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (
    store, rounds_record_get_id (seen), rounds_record_get_integer (seen, ROUNDS_FIELD_REV), error);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];

      if (change->operation == ROUNDS_OPERATION_DELETE && !rounds_uuid_equal (&change->device, &store->device))
        return 1;
    }
  return history != NULL ? 0 : -1;
}

static gboolean
add_snapshot (RoundsRecord *merge, GPtrArray *snapshots, GError **error)
{
  RoundsMergeSnapshot *snapshot = rounds_merge_snapshot_read (merge, error);

  if (snapshot != NULL)
    g_ptr_array_add (snapshots, snapshot);
  return snapshot != NULL;
}

/* (transfer full) (nullable) (element-type RoundsMergeSnapshot): of the other merges of which the kept one of @people
 * is made. What they say is somebody's the device may have led to the merged person by one that came to nothing here.
 */
static GPtrArray *
read_others (RoundsRecordStore *store, const RoundsMergeJoin *people, GError **error)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_merge_snapshot_free);
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, &people->to, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!rounds_uuid_equal (rounds_record_get_uuid (merges->pdata[i], ROUNDS_MERGE_MERGED), &people->from)
        && !add_snapshot (merges->pdata[i], others, error))
      return NULL;
  return merges != NULL ? g_steal_pointer (&others) : NULL;
}

/* (transfer full) (nullable) (element-type RoundsRecord): all merges whose @field is @person, whatever became of them
 */
static GPtrArray *
list_merges (RoundsRecordStore *store, guint field, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_include_deleted (rounds_query_new (ROUNDS_ENTITY_MERGE));

  rounds_query_where_uuid (query, field, ROUNDS_IS, person);
  return rounds_record_store_list (store, query, error);
}

/* Adds to @moot the snapshots of the merges into @person that came to nothing here, or were undone. */
static gboolean
add_moot (RoundsRecordStore *store, const RoundsUuid *person, GPtrArray *moot, GError **error)
{
  g_autoptr (GPtrArray) merges = list_merges (store, ROUNDS_MERGE_KEPT, person, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if ((rounds_record_is_deleted (merges->pdata[i])
         || !rounds_record_is_null (merges->pdata[i], ROUNDS_MERGE_UNDONE_AT))
        && !add_snapshot (merges->pdata[i], moot, error))
      return FALSE;
  return merges != NULL;
}

/* (transfer full) (nullable) (element-type RoundsMergeSnapshot): of the merges of others into the merged one of @people
 * that came to nothing here, or were undone. They may say that they were into whom that one was a part of then. */
static GPtrArray *
read_moot (RoundsRecordStore *store, const RoundsMergeJoin *people, GError **error)
{
  g_autoptr (GPtrArray) moot = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_merge_snapshot_free);
  g_autoptr (GPtrArray) wholes = list_merges (store, ROUNDS_MERGE_MERGED, &people->from, error);

  if (wholes == NULL || !add_moot (store, &people->from, moot, error))
    return NULL;
  for (guint i = 0; i < wholes->len; i++)
    if (!add_moot (store, rounds_record_get_uuid (wholes->pdata[i], ROUNDS_MERGE_KEPT), moot, error))
      return NULL;
  return g_steal_pointer (&moot);
}

static gboolean
is_dissolved_by (GPtrArray *others, const RoundsUuid *record)
{
  for (guint i = 0; i < others->len; i++)
    if (rounds_merge_snapshot_find_dissolved (others->pdata[i], record) != NULL)
      return TRUE;
  return FALSE;
}

/* Whether @others have led @move's record elsewhere than to whom @move takes it from. */
static gboolean
is_led_by (GPtrArray *others, const RoundsMergeMove *move)
{
  gboolean is_led = FALSE;

  for (guint o = 0; o < others->len; o++)
    {
      GArray *moved = ((RoundsMergeSnapshot *) others->pdata[o])->moved;

      for (guint i = 0; i < moved->len; i++)
        {
          const RoundsMergeMove *other = &g_array_index (moved, RoundsMergeMove, i);

          if (other->field != move->field || !rounds_uuid_equal (&other->record, &move->record))
            continue;
          if (rounds_uuid_equal (&other->to, &move->from))
            return FALSE;
          is_led = TRUE;
        }
    }
  return is_led;
}

/* Whether one of @moot had brought @move's record to whom @move takes it from: it is not that person's here. */
static gboolean
is_brought_by (GPtrArray *moot, const RoundsMergeMove *move)
{
  for (guint m = 0; m < moot->len; m++)
    {
      GArray *moved = ((RoundsMergeSnapshot *) moot->pdata[m])->moved;

      for (guint i = 0; i < moved->len; i++)
        {
          const RoundsMergeMove *other = &g_array_index (moved, RoundsMergeMove, i);

          if (other->field == move->field && rounds_uuid_equal (&other->record, &move->record)
              && rounds_uuid_equal (&other->to, &move->from))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
take_joins (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot, GError **error)
{
  for (guint i = 0; i < told->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (told->joined, RoundsMergeJoin, i);
      int here = is_here (store, join->entity, &join->from, error);

      if (here < 0)
        return FALSE;
      if (here == 0)
        rounds_merge_snapshot_add_join (snapshot, join->entity, &join->from, &join->to);
    }
  return TRUE;
}

/* What is in the trash here already comes back with the merged person, unless somebody else put it there. */
static gboolean
take_dissolved (RoundsRecordStore *store, RoundsMergeSnapshot *told, GPtrArray *others, RoundsMergeSnapshot *snapshot,
                GError **error)
{
  for (guint i = 0; i < told->dissolved->len; i++)
    {
      RoundsRecord *seen = told->dissolved->pdata[i];
      const RoundsUuid *id = rounds_record_get_id (seen);
      g_autoptr (RoundsRecord) record = NULL;
      int is_gone = 0;

      if (rounds_merge_snapshot_find_dissolved (snapshot, id) != NULL)
        continue;
      if (!rounds_record_store_look_up (store, rounds_record_get_entity (seen), id, &record, error))
        return FALSE;
      if (record != NULL && rounds_record_is_deleted (record))
        is_gone = is_deleted_since (store, seen, error);
      if (is_gone < 0)
        return FALSE;
      if (record == NULL || (rounds_record_is_deleted (record) && is_gone == 0 && !is_dissolved_by (others, id)))
        rounds_merge_snapshot_add_dissolved (snapshot, seen);
      else
        rounds_merge_snapshot_add_left (snapshot, id);
    }
  return TRUE;
}

/* 1 if nobody but the device has ever said anything of @record here, 0 if not, -1 on error */
static int
is_of_device_alone (RoundsRecordStore *store, const RoundsUuid *record, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (store, record, 0, error);

  for (guint i = 0; history != NULL && i < history->len; i++)
    if (!rounds_uuid_equal (&((const RoundsChange *) history->pdata[i])->device, &store->device))
      return 0;
  return history != NULL ? 1 : -1;
}

/* What was refused at first may have come as what the merge has made of it on the device: it was the merged person's
 * all the same. */
static gboolean
take_moves (RoundsRecordStore *store, RoundsMergeSnapshot *told, GPtrArray *others, GPtrArray *moot,
            RoundsMergeSnapshot *snapshot, GError **error)
{
  for (guint i = 0; i < told->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (told->moved, RoundsMergeMove, i);
      int here = is_here (store, move->entity, &move->record, error);
      int is_told = here <= 0;

      if (here > 0 && g_hash_table_contains (snapshot->known, &move->record))
        continue;
      if (here > 0)
        is_told =
          is_led_by (others, move) || is_brought_by (moot, move) ? 0 : is_of_device_alone (store, &move->record, error);
      if (here < 0 || is_told < 0)
        return FALSE;
      if (is_told > 0)
        rounds_merge_snapshot_add_move (snapshot, move);
      else
        rounds_merge_snapshot_add_left (snapshot, &move->record);
    }
  return TRUE;
}

/*
 * rounds_merge_told_take:
 * @store: the server's store, in a transaction
 * @told: the snapshot that a device has sent
 * @snapshot: of the same merge, as the server plans it
 * @error: (out) (optional): what the disk says
 *
 * Adds to @snapshot what of @told the server does not have, and says what of it was not to be done.
 */
gboolean
rounds_merge_told_take (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot,
                        GError **error)
{
  const RoundsMergeJoin *people = &g_array_index (snapshot->joined, RoundsMergeJoin, 0); /* they come first */
  g_autoptr (GPtrArray) others = read_others (store, people, error);
  g_autoptr (GPtrArray) moot = others != NULL ? read_moot (store, people, error) : NULL;

  return moot != NULL && take_joins (store, told, snapshot, error)
         && take_dissolved (store, told, others, snapshot, error)
         && take_moves (store, told, others, moot, snapshot, error);
}
