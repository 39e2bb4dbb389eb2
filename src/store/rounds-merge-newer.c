/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was made for somebody since others were merged into them: whose it is only a person knows. */

#include "rounds-merge-snapshot-private.h"
#include "rounds-person-merge.h"
#include "rounds-record-store-private.h"

static void
free_newer (RoundsMergeNewer *self)
{
  g_clear_object (&self->record);
  g_free (self);
}

/* Adds what the other merges have moved of which @kept is made, and what they have dissolved, which may have been
 * needed again: it is known whose that is. */
static gboolean
add_others (RoundsRecordStore *store, const RoundsUuid *kept, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, kept, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (other == NULL)
        return FALSE;
      rounds_uuid_set_add_all (snapshot->known, other->known);
    }
  return merges != NULL;
}

/* Those of the records that refer to @join's kept one which were not there when it was made. */
static gboolean
add_newer (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, const RoundsMergeJoin *join, RoundsEntity entity,
           guint field, GPtrArray *newer, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_owned (store, entity, field, &join->to, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (RoundsRecord) record =
        rounds_record_store_get_by_key (store, entity, g_array_index (keys, gint64, i), error);
      RoundsMergeNewer *entry;

      if (record == NULL)
        return FALSE;
      if (rounds_record_is_deleted (record) || g_hash_table_contains (snapshot->own, rounds_record_get_id (record))
          || g_hash_table_contains (snapshot->known, rounds_record_get_id (record)))
        continue;
      entry = g_new0 (RoundsMergeNewer, 1);
      entry->record = g_steal_pointer (&record);
      entry->field = field;
      entry->back = join->from;
      g_ptr_array_add (newer, entry);
    }
  return keys != NULL;
}

/* What there can be one of for a person is not asked about: the other person has it or has not. */
static gboolean
add_newer_of_join (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, const RoundsMergeJoin *join,
                   GPtrArray *newer, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (!rounds_entity_is_synced (e) || e == ROUNDS_ENTITY_MERGE)
        continue;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == join->entity
            && !(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) && !add_newer (store, snapshot, join, e, f, newer, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * rounds_person_unmerge_list_newer:
 * @store: a store; the reads are by index
 * @merge: a merge record
 * @error: (out) (optional): what the disk says
 *
 * The kept person's records that neither were theirs before the merge nor came with it, or with another one that
 * stands: made since by somebody who knew of the merge. Where they belong only a person knows. What was made on a
 * device that did not know of it is the merged person's (rounds_person_merge_note_arrival()).
 *
 * Returns: (transfer full) (element-type RoundsMergeNewer) (nullable): what to ask about
 */
GPtrArray *
rounds_person_unmerge_list_newer (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) newer = g_ptr_array_new_with_free_func ((GDestroyNotify) free_newer);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  if (snapshot == NULL || !add_others (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), snapshot, error))
    return NULL;
  for (guint i = 0; i < snapshot->joined->len; i++)
    if (!add_newer_of_join (store, snapshot, &g_array_index (snapshot->joined, RoundsMergeJoin, i), newer, error))
      return NULL;
  return g_steal_pointer (&newer);
}

/**
 * rounds_person_unmerge_list_changed:
 * @merge: a merge record
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type RoundsUuid) (nullable): a set of the records that the merge moved, here or
 * only on the device that made it, or gave values
 */
GHashTable *
rounds_person_unmerge_list_changed (RoundsRecord *merge, GError **error)
{
  g_autoptr (GHashTable) changed = rounds_uuid_set_new ();
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  if (snapshot == NULL)
    return NULL;
  for (guint i = 0; i < snapshot->moved->len; i++)
    rounds_uuid_set_add (changed, &g_array_index (snapshot->moved, RoundsMergeMove, i).record);
  rounds_uuid_set_add_all (changed, snapshot->left);
  for (guint i = 0; i < snapshot->edited->len; i++)
    rounds_uuid_set_add (changed, &g_array_index (snapshot->edited, RoundsMergeEdit, i).record);
  return g_steal_pointer (&changed);
}
