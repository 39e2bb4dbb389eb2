/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server refused and nobody need deal with any more: the state of such a change is that of one which was done.
 */

#include "rounds-sync-settling.h"

#include "rounds-change-effect.h"
#include "rounds-merge.h"
#include "rounds-record-digest.h"
#include "rounds-sync-people.h"
#include "rounds-sync-verifier.h"

/* (transfer full): the groups of those of @rejected that make @merge, or any if that is %NULL, or take it back. A merge
 * record is moved along with the contact, which is another act. */
static GHashTable *
find_acts (GPtrArray *rejected, const RoundsUuid *merge)
{
  GHashTable *groups = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < rejected->len; i++)
    {
      const RoundsChange *change = rounds_change_at (rejected, i);

      if ((merge == NULL || rounds_uuid_equal (&change->record, merge)) && rounds_sync_people_begins (change))
        g_hash_table_add (groups, (gpointer) &change->group);
    }
  return groups;
}

/* What was refused about @record is done with, if it never came to the server: it is not @known there, or its creation
 * was refused as well. */
static gboolean
settle_rejected (RoundsRecordStore *store, const RoundsUuid *record, gboolean known, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);

  for (guint i = 0; rejected != NULL && i < rejected->len; i++)
    {
      const RoundsChange *change = rounds_change_at (rejected, i);

      if (!rounds_uuid_equal (&change->record, record))
        continue;
      if (known && change->operation != ROUNDS_OPERATION_CREATE)
        return TRUE;
      known = FALSE;
      if (!rounds_record_store_set_change_state (store, change->seq, ROUNDS_CHANGE_APPLIED, NULL, error))
        return FALSE;
    }
  return rejected != NULL;
}

/* Lets the check of what both sides have find that @change's record, which has it in its row, is another one on the
 * server, if only by when it was changed, or is not there for this device any more. */
static gboolean
doubt_record (RoundsRecordStore *store, const RoundsChange *change, GError **error)
{
  g_autoptr (RoundsRecord) local = NULL;
  g_autoptr (RoundsRecord) doubted = NULL;

  if (!rounds_record_store_look_up (store, change->entity, &change->record, &local, error))
    return FALSE;
  if (local == NULL)
    return TRUE;
  doubted = rounds_record_dup (local);
  if (rounds_record_get_integer (local, ROUNDS_FIELD_REV) > 0)
    rounds_record_set_integer (doubted, ROUNDS_FIELD_REV, ROUNDS_REVISION_IN_DOUBT);
  return rounds_record_store_put_remote (store, doubted, local, error);
}

/* What was refused of making @merge and of taking it back is done with. What was done since with the records that it
 * had moved is with the server only: their rows had the refused changes on top. */
static gboolean
settle_acts (RoundsRecordStore *store, const RoundsUuid *merge, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);
  g_autoptr (GHashTable) groups = rejected != NULL ? find_acts (rejected, merge) : NULL;

  for (guint i = 0; rejected != NULL && i < rejected->len; i++)
    {
      const RoundsChange *change = rounds_change_at (rejected, i);

      if (g_hash_table_contains (groups, &change->group)
          && (!rounds_record_store_set_change_state (store, change->seq, ROUNDS_CHANGE_APPLIED, NULL, error)
              || !doubt_record (store, change, error)))
        return FALSE;
    }
  return rejected != NULL && (g_hash_table_size (groups) == 0 || rounds_sync_verifier_make_due (store, FALSE, error));
}

/**
 * rounds_sync_settling_take:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @result: the server's answer, which has taken @change
 * @error: (out) (optional): what the disk says
 *
 * A record that never came to the server and is deleted here leaves nothing to tell of what was refused about it, also
 * where the server keeps it as what a merge has dissolved, but not where others have made the same one; nor does a
 * merge that never came there, and all that it has moved, once the two are taken apart.
 */
gboolean
rounds_sync_settling_take (RoundsRecordStore *store, const RoundsSyncResult *result, const RoundsChange *change,
                           GError **error)
{
  if (rounds_sync_people_ends (change))
    return settle_acts (store, &change->record, error);
  return change->operation != ROUNDS_OPERATION_DELETE
         || (result->record != NULL && (change->base_rev != 0 || result->conflicts != NULL))
         || settle_rejected (store, &change->record, result->record != NULL, error);
}

/* Whether the record that the refused @change has deleted or brought back is where it was before. 1, 0, or -1 on error.
 */
static int
is_back (RoundsRecordStore *store, const RoundsChange *change, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_record_store_look_up (store, change->entity, &change->record, &record, error))
    return -1;
  return record != NULL && rounds_record_is_deleted (record) == (change->operation == ROUNDS_OPERATION_RESTORE);
}

/* Whether @changes, all that was refused about a record, leave it as it was before them. Of a long text each knows what
 * the last ones have written, and perhaps what others have in the meantime. 1, 0, or -1 on error. */
static int
come_to_nothing (RoundsRecordStore *store, GPtrArray *changes, GError **error)
{
  g_auto (RoundsChangeEffect) edits;
  g_autoptr (RoundsRecord) after = NULL;
  const RoundsChange *trash = NULL; /* the first that deleted it or brought it back */

  rounds_change_effect_init (&edits, rounds_change_at (changes, 0)->entity);
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = rounds_change_at (changes, i);

      if (change->operation == ROUNDS_OPERATION_CREATE)
        return 0;
      if (change->operation == ROUNDS_OPERATION_UPDATE && !rounds_change_effect_add (&edits, change, error))
        return -1;
      if (trash == NULL && change->operation != ROUNDS_OPERATION_UPDATE)
        trash = change;
    }
  after = rounds_record_dup (edits.before);
  if (!rounds_merge_rebase (after, changes, TRUE, error))
    return -1;
  g_set_object (&edits.after, after);
  if (!rounds_change_effect_is_nothing (&edits, ROUNDS_FIELD_TERRITORY))
    return 0;
  return trash == NULL || is_back (store, trash, error);
}

/* Settles @changes, all that was refused about a record, if they come to nothing. */
static gboolean
drop_nothing (RoundsRecordStore *store, GPtrArray *changes, GError **error)
{
  const RoundsChange *first = rounds_change_at (changes, 0);
  g_autoptr (GPtrArray) pending = rounds_record_store_list_pending_of (store, &first->record, error);
  int nothing = pending == NULL ? -1 : pending->len > 0 ? 0 : come_to_nothing (store, changes, error);

  if (nothing <= 0)
    return nothing == 0;
  for (guint i = 0; i < changes->len; i++)
    if (!rounds_record_store_set_change_state (store, rounds_change_at (changes, i)->seq, ROUNDS_CHANGE_APPLIED, NULL,
                                               error))
      return FALSE;
  return doubt_record (store, first, error) && rounds_sync_verifier_make_due (store, FALSE, error);
}

/* (transfer full): of each record that one of @sent is about what was refused, unless that was with a merge: a merge is
 * taken back as a whole */
static GHashTable *
list_by_record (GPtrArray *rejected, GPtrArray *sent)
{
  g_autoptr (GHashTable) acts = find_acts (rejected, NULL);
  GHashTable *records =
    g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < sent->len; i++)
    g_hash_table_insert (records, &((RoundsChange *) sent->pdata[i])->record, g_ptr_array_new ());
  for (guint i = 0; i < rejected->len; i++)
    {
      RoundsChange *change = g_ptr_array_index (rejected, i);
      GPtrArray *changes = g_hash_table_lookup (records, &change->record);

      if (changes != NULL && g_hash_table_contains (acts, &change->group))
        g_hash_table_remove (records, &change->record);
      else if (changes != NULL)
        g_ptr_array_add (changes, change);
    }
  return records;
}

/**
 * rounds_sync_settling_drop:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @sent: (element-type RoundsChange): what the server has answered
 * @error: (out) (optional): what the disk says
 *
 * Somebody has taken back what was refused about one of these records, and the server refuses that as well, as about
 * what is out of their sight by now; or has nothing to do for it, as where a refused deletion was taken back. Then
 * nobody need deal with it any more.
 */
gboolean
rounds_sync_settling_drop (RoundsRecordStore *store, GPtrArray *sent, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);
  g_autoptr (GHashTable) records = NULL;
  GHashTableIter iter;
  gpointer changes;

  if (rejected == NULL || rejected->len == 0)
    return rejected != NULL;
  records = list_by_record (rejected, sent);
  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, NULL, &changes))
    if (((GPtrArray *) changes)->len > 0 && !drop_nothing (store, changes, error))
      return FALSE;
  return TRUE;
}
