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
 * is made */
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

static gboolean
is_dissolved_by (GPtrArray *others, const RoundsUuid *record)
{
  for (guint i = 0; i < others->len; i++)
    if (rounds_merge_snapshot_find_dissolved (others->pdata[i], record) != NULL)
      return TRUE;
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

/* 1 if @record was made in the open group, 0 if not, -1 on error */
static int
is_of_group (RoundsRecordStore *store, const RoundsUuid *record, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (store, record, 0, error);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];

      if (change->operation == ROUNDS_OPERATION_CREATE && rounds_uuid_equal (&change->group, &store->group))
        return 1;
    }
  return history != NULL ? 0 : -1;
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

/* What was refused at first comes with the merge, as what that has made of it on the device, and what the server had
 * lost is said again as the device knows it: it was the merged person's all the same. */
static gboolean
take_moves (RoundsRecordStore *store, RoundsMergeSnapshot *told, gboolean is_alone, RoundsMergeSnapshot *snapshot,
            GError **error)
{
  for (guint i = 0; i < told->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (told->moved, RoundsMergeMove, i);
      int here = is_here (store, move->entity, &move->record, error);
      int is_told = here <= 0;

      if (here > 0 && g_hash_table_contains (snapshot->known, &move->record))
        continue;
      if (here > 0)
        is_told = (is_alone ? is_of_device_alone : is_of_group) (store, &move->record, error);
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
 * @is_alone: as for rounds_person_merge_complete()
 * @snapshot: of the same merge, as the server plans it
 * @error: (out) (optional): what the disk says
 *
 * Adds to @snapshot what of @told the server does not have, and says what of it was not to be done.
 */
gboolean
rounds_merge_told_take (RoundsRecordStore *store, RoundsMergeSnapshot *told, gboolean is_alone,
                        RoundsMergeSnapshot *snapshot, GError **error)
{
  const RoundsMergeJoin *people = &g_array_index (snapshot->joined, RoundsMergeJoin, 0); /* they come first */
  g_autoptr (GPtrArray) others = read_others (store, people, error);

  return others != NULL && take_joins (store, told, snapshot, error)
         && take_dissolved (store, told, others, snapshot, error)
         && take_moves (store, told, is_alone, snapshot, error);
}
