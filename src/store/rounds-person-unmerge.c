/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making two people of one again, by the snapshot of their merge: months later, on any device that has the record. */

#include "config.h"

#include "rounds-person-merge.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-merge-double-private.h"
#include "rounds-merge-forward-private.h"
#include "rounds-merge-snapshot-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

/* @snapshot: what goes is added to its moves */
static gboolean
move_newer (RoundsRecordStore *store, GPtrArray *newer, GHashTable *go_back, RoundsMergeSnapshot *snapshot,
            GError **error)
{
  for (guint i = 0; i < newer->len; i++)
    {
      const RoundsMergeNewer *entry = newer->pdata[i];
      RoundsMergeMove move = { rounds_record_get_entity (entry->record), entry->field,
                               *rounds_record_get_id (entry->record), entry->back,
                               *rounds_record_get_uuid (entry->record, entry->field) };
      g_autoptr (RoundsRecord) record = NULL;

      if (!g_hash_table_contains (go_back, rounds_record_get_id (entry->record)))
        continue;
      record = rounds_record_store_get (store, move.entity, &move.record, error);
      if (record == NULL)
        return FALSE;
      rounds_record_set_uuid (record, entry->field, &entry->back);
      if (!rounds_record_store_rewrite (store, record, error))
        return FALSE;
      rounds_merge_snapshot_add_move (snapshot, &move);
    }
  return TRUE;
}

/* What the kept person has from the merged one may have taken up what a third one had: that merge is to be undone
 * first, or the third one's journeys would go with it. */
static gboolean
check_later (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) later = rounds_merge_give_back_list_later (store, merge, snapshot, error);

  if (later == NULL || later->len == 0)
    return later != NULL;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT,
               _ ("This contact was merged with another one since. Undo that merge first."));
  return FALSE;
}

/* @deleted_at: (out): when whoever @kept is now went to the trash, and what the merged person had with them; 0 if they
 * live */
static gboolean
find_deletion (RoundsRecordStore *store, const RoundsUuid *kept, gint64 *deleted_at, GError **error)
{
  RoundsUuid id = *kept;
  g_autoptr (RoundsRecord) whole = NULL;
  gboolean forwarded;

  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &id, &forwarded, error)
      || !rounds_record_store_look_up (store, ROUNDS_ENTITY_PERSON, &id, &whole, error))
    return FALSE;
  *deleted_at = whole != NULL ? rounds_record_get_integer (whole, ROUNDS_FIELD_DELETED_AT) : 0;
  return TRUE;
}

/* What went to the trash with the whole comes back with whose it is, who is out of it now; what somebody has deleted by
 * itself as well does not. */
static gboolean
bring_along (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  gint64 deleted_at;

  if (!find_deletion (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), &deleted_at, error))
    return FALSE;
  for (guint i = 0; deleted_at != 0 && i < snapshot->dissolved->len; i++)
    if (!rounds_record_store_restore_parts (store, snapshot->dissolved->pdata[i], deleted_at, error))
      return FALSE;
  return TRUE;
}

/* The merge record goes first, so that whoever reads the group knows that nobody is to be led to the kept person any
 * more. */
static GPtrArray *
take_apart (RoundsRecordStore *store, const RoundsUuid *merge_id, GHashTable *go_back, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsRecord) merge = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge_id, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) newer = NULL;

  if (merge == NULL)
    return NULL;
  if (rounds_record_is_deleted (merge) || !rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT, _ ("The merge has been undone already."));
      return NULL;
    }
  snapshot = rounds_merge_snapshot_read (merge, error);
  newer = snapshot != NULL && check_later (store, merge, snapshot, error)
            ? rounds_person_unmerge_list_newer (store, merge, error)
            : NULL;
  if (newer == NULL)
    return NULL;

  rounds_record_set_integer (merge, ROUNDS_MERGE_UNDONE_AT, rounds_time_now ());
  if (!rounds_record_store_rewrite (store, merge, error))
    return NULL;
  if (!rounds_merge_give_back (store, merge, snapshot, remainders, error)
      || !bring_along (store, merge, snapshot, error)
      || (go_back != NULL && !move_newer (store, newer, go_back, snapshot, error))
      || !rounds_merge_give_back_spare (store, merge, snapshot, error))
    return NULL;
  return g_steal_pointer (&remainders);
}

/**
 * rounds_person_unmerge_run:
 * @store: a store, whose open transaction this becomes a part of, if there is one
 * @merge: a merge record
 * @go_back: (nullable) (element-type RoundsUuid): a set of those of rounds_person_unmerge_list_newer() that go to the
 *   merged person; the others stay with the kept one
 * @error: (out) (optional): %ROUNDS_ERROR_CONFLICT if it was undone already or a later one is in the way,
 *   %ROUNDS_ERROR_NOT_FOUND if the merged
 * person is not on this device; then nothing was changed
 *
 * Brings the merged person back with what came from them, in one group. Fields of the kept person get the values from
 * before the merge, unless somebody has changed them since.
 *
 * Returns: (transfer full) (element-type RoundsMergeRemainder) (nullable): the fields that stay as they are
 */
GPtrArray *
rounds_person_unmerge_run (RoundsRecordStore *store, const RoundsUuid *merge, GHashTable *go_back, GError **error)
{
  g_autoptr (GPtrArray) remainders = NULL;

  if (store->in_transaction)
    return take_apart (store, merge, go_back, error);
  if (!rounds_record_store_begin (store, error))
    return NULL;
  remainders = take_apart (store, merge, go_back, error);
  return rounds_record_store_end (store, remainders != NULL, error) ? g_steal_pointer (&remainders) : NULL;
}

/**
 * rounds_person_unmerge_complete:
 * @store: the server's store, in a transaction
 * @merge: a merge record that a device has just said is undone
 * @error: (out) (optional): what the disk says
 *
 * Gives the merged person back what the server knew to be theirs when it merged them: there may be more of it than the
 * device knew that took them apart.
 */
gboolean
rounds_person_unmerge_complete (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  return snapshot != NULL && rounds_merge_give_back (store, merge, snapshot, remainders, error)
         && bring_along (store, merge, snapshot, error) && rounds_merge_give_back_spare (store, merge, snapshot, error);
}

/* Whether @edit is what was chosen with @merge, which tells of it in @told. What it was led to since may be another
 * value; of snapshots that do not say with which merge it was chosen, the value tells. */
static gboolean
is_choice (const RoundsMergeEdit *edit, const RoundsUuid *merge, RoundsMergeSnapshot *told)
{
  for (guint i = 0; i < told->edited->len; i++)
    {
      const RoundsMergeEdit *chosen = &g_array_index (told->edited, RoundsMergeEdit, i);

      if (edit->field == chosen->field && rounds_uuid_equal (&edit->record, &chosen->record)
          && (rounds_uuid_equal (&edit->chosen_with, merge) || rounds_value_equal (&edit->after, &chosen->after)))
        return TRUE;
    }
  return FALSE;
}

/* Takes back what @told, of @merge, has chosen and the merge with the id @id tells of. That forgets it first: what
 * follows from a value that goes back is noted there as well. */
static gboolean
take_back (RoundsRecordStore *store, const RoundsUuid *merge, RoundsMergeSnapshot *told, const RoundsUuid *id,
           GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsRecord) leading = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, id, error);
  g_autoptr (RoundsMergeSnapshot) before = leading != NULL ? rounds_merge_snapshot_read (leading, error) : NULL;
  g_autoptr (RoundsMergeSnapshot) after = before != NULL ? rounds_merge_snapshot_read (leading, error) : NULL;

  for (guint i = after != NULL ? before->edited->len : 0; i > 0; i--)
    {
      const RoundsMergeEdit *edit = &g_array_index (before->edited, RoundsMergeEdit, i - 1);

      if (!is_choice (edit, merge, told))
        continue;
      g_array_remove_index (after->edited, i - 1);
      rounds_merge_snapshot_pass_over (after, edit);
    }
  if (after == NULL || after->edited->len == before->edited->len)
    return after != NULL;
  if (!rounds_merge_snapshot_save (after, store, leading, error))
    return FALSE;
  for (guint i = before->edited->len; i > 0; i--)
    {
      const RoundsMergeEdit *edit = &g_array_index (before->edited, RoundsMergeEdit, i - 1);

      if (is_choice (edit, merge, told) && !rounds_merge_edit_back (store, edit, remainders, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_person_unmerge_take_back:
 * @store: the server's store, in a transaction
 * @merge: a merge that came second, and that the device which made it has undone
 * @error: (out) (optional): what the disk says
 *
 * Takes back what was chosen with it: see rounds_person_merge_note_choices().
 */
gboolean
rounds_person_unmerge_take_back (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) told = rounds_merge_snapshot_read (merge, error);
  g_autoptr (GPtrArray) leading = told != NULL ? rounds_merge_arrival_list_leading (store, merge, told, error) : NULL;

  for (guint i = 0; leading != NULL && i < leading->len; i++)
    if (!take_back (store, rounds_record_get_id (merge), told, rounds_record_get_id (leading->pdata[i]), error))
      return FALSE;
  return leading != NULL;
}

/**
 * rounds_person_unmerge_leaves:
 * @store: the server's store, in a transaction
 * @merge: the id of a merge that a device has undone
 * @record: what the device brings back with that
 * @leaves: (out): whether it had gone to the trash before the merge came, which the device did not know
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_person_unmerge_leaves (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *record, gboolean *leaves,
                              GError **error)
{
  g_autoptr (RoundsRecord) merging = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = merging != NULL ? rounds_merge_snapshot_read (merging, error) : NULL;

  *leaves = snapshot != NULL && rounds_record_is_deleted (record)
            && g_hash_table_contains (snapshot->left, rounds_record_get_id (record));
  return snapshot != NULL;
}

/**
 * rounds_person_unmerge_settle:
 * @store: the server's store, in a transaction
 * @merge: the id of a merge that a device has undone
 * @given: what was made since, as the device has left or given it to one of the two
 * @error: (out) (optional): what the disk says
 *
 * Whose @given is somebody has said: other merges leave it there. If the merged person has it now, it comes back from
 * the trash where the kept one has gone to, and if it was kept for others as well, the kept person gets theirs back.
 */
gboolean
rounds_person_unmerge_settle (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *given, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = record != NULL ? rounds_merge_snapshot_read (record, error) : NULL;
  g_autoptr (GHashTable) ids = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  const RoundsUuid *kept;

  if (snapshot == NULL)
    return FALSE;
  kept = rounds_record_get_uuid (record, ROUNDS_MERGE_KEPT);
  g_hash_table_add (ids, (gpointer) rounds_record_get_id (given));
  g_ptr_array_add (gone, given);
  return rounds_merge_give_back_forget (store, kept, ids, error) && bring_along (store, record, snapshot, error)
         && (!rounds_merge_double_may_be (rounds_record_get_entity (given))
             || rounds_merge_spare_bring_back (store, kept, gone, error));
}
