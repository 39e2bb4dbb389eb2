/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What whoever merged two people wanted of both: a value of the merged one, the kept one's own, or none. The server
 * does it again where it had lost the merge, or makes it anew into somebody else; and does what they wanted where they
 * saw what came to nothing. */

#include "rounds-json.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* What a merge has told of @entity's @field, of whomever is kept. */
static gboolean
is_told (RoundsMergeSnapshot *snapshot, RoundsEntity entity, guint field)
{
  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);

      if (edit->entity == entity && edit->field == field)
        return TRUE;
    }
  return FALSE;
}

/* Adds to @changed the fields of @record to which somebody has ever given another value here: merges give back what
 * they have given. */
static gboolean
find_changed (RoundsRecordStore *store, RoundsRecord *record, guint64 *changed, GError **error)
{
  g_autoptr (GPtrArray) history =
    rounds_record_store_list_changes_since (store, rounds_record_get_id (record), 0, error);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];
      g_autoptr (yyjson_doc) fields = NULL;
      yyjson_val *key, *value;
      gsize k, n;
      int by_merge;

      if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL)
        continue;
      by_merge = rounds_record_store_is_by_merge (store, change, error);
      if (by_merge < 0)
        return FALSE;
      if (by_merge > 0)
        continue;
      if (!rounds_json_read (change->fields, -1, &fields, error))
        return FALSE;
      yyjson_obj_foreach (yyjson_doc_get_root (fields), k, n, key, value)
      {
        int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

        if (field >= 0)
          *changed |= ROUNDS_FIELD_BIT (field);
      }
    }
  return history != NULL;
}

/* Leaves in @missing the fields of @seen, a merged record as the device saw it, in which @id, a kept one, has nothing
 * here and never had. */
static gboolean
find_missing (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, RoundsRecord *seen, const RoundsUuid *id,
              guint64 *missing, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (seen);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autoptr (RoundsRecord) kept = NULL;
  guint64 empty = 0;
  guint64 changed = 0;

  if (!rounds_record_store_look_up (store, entity, id, &kept, error))
    return FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (!(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) && !rounds_record_is_null (seen, f) && kept != NULL
        && rounds_record_is_null (kept, f) && !is_told (snapshot, entity, f))
      empty |= ROUNDS_FIELD_BIT (f);
  *missing &= empty;
  if (*missing != 0 && !find_changed (store, kept, &changed, error))
    return FALSE;
  *missing &= ~changed;
  return TRUE;
}

/* Gives whom @merged is a part of @fields of it. */
static gboolean
hand_on (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, RoundsRecord *merged, guint64 fields, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (merged));
  g_autoptr (RoundsRecord) without = rounds_record_dup (merged);
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) after = NULL;
  RoundsUuid id = *rounds_record_get_id (merged);
  gboolean found;

  if (!rounds_merge_follow_find_next (store, merged, &id, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (fields & ROUNDS_FIELD_BIT (f))
      rounds_record_clear_field (without, f);
  before = rounds_record_store_get (store, rounds_record_get_entity (merged), &id, error);
  if (before == NULL || !rounds_person_merge_follow (store, without, merged, error))
    return FALSE;
  after = rounds_record_store_get (store, rounds_record_get_entity (merged), &id, error);
  for (guint f = ROUNDS_N_COMMON_FIELDS; after != NULL && f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (before, f), rounds_record_get_value (after, f)))
      rounds_merge_snapshot_add_edit (snapshot, before, after, f);
  return after != NULL;
}

/*
 * rounds_merge_choices_fill:
 * @told: what the device did that made a merge
 * @snapshot: (inout): of the same merge, as it was done here
 *
 * The device preferred what it saw at the kept records. Where that came to nothing here, as what it had got there by a
 * merge that came second or has been undone, the merged ones' values take its place; also at whom the merge has been
 * led to.
 */
gboolean
rounds_merge_choices_fill (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot,
                           GError **error)
{
  for (guint i = 0; i < told->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (told->joined, RoundsMergeJoin, i);
      const RoundsMergeJoin *here = rounds_merge_snapshot_find_join (snapshot, &join->from);
      RoundsRecord *seen = rounds_merge_snapshot_find_dissolved (told, &join->from);
      RoundsUuid preferred = join->to; /* perhaps somebody else's by now */
      gboolean forwarded;
      g_autoptr (RoundsRecord) merged = NULL;
      guint64 missing = G_MAXUINT64;

      if (seen == NULL || here == NULL)
        continue;
      if (!rounds_record_store_look_up (store, join->entity, &join->from, &merged, error)
          || !rounds_person_merge_forward (store, join->entity, &preferred, &forwarded, error)
          || (rounds_uuid_equal (&preferred, &here->to)
              && !find_missing (store, snapshot, seen, &join->to, &missing, error))
          || !find_missing (store, snapshot, seen, &here->to, &missing, error)
          || (merged != NULL && missing != 0 && !hand_on (store, snapshot, merged, missing, error)))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable): the groups in which the merges came of which the one is made whose @record is */
static GHashTable *
list_groups (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (GHashTable) groups = rounds_uuid_set_new ();
  g_autoptr (GPtrArray) merges = rounds_merge_follow_list (store, record, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (GPtrArray) history =
        rounds_record_store_list_changes_since (store, rounds_record_get_id (merges->pdata[i]), 0, error);
      const RoundsChange *first = history != NULL && history->len > 0 ? history->pdata[history->len - 1] : NULL;

      if (history == NULL)
        return NULL;
      if (first != NULL)
        rounds_uuid_set_add (groups, &first->group);
    }
  return merges != NULL ? g_steal_pointer (&groups) : NULL;
}

/* What @change, one of @kept's, says of its fields, unless a later one has (@told): that somebody has entered it, or,
 * with one of the merges that came in @groups, has chosen what @merged has. */
static gboolean
add_chosen (RoundsRecordStore *store, const RoundsChange *change, GHashTable *groups, RoundsRecord *kept,
            RoundsRecord *merged, guint64 *told, guint64 *chosen, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (kept));
  int by_merge = rounds_record_store_is_by_merge (store, change, error);
  g_autoptr (yyjson_doc) fields = NULL;

  if (by_merge < 0 || !rounds_json_read (change->fields, -1, &fields, error))
    return FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      if (yyjson_obj_get (yyjson_doc_get_root (fields), info->fields[f].name) == NULL || (*told & ROUNDS_FIELD_BIT (f))
          || (by_merge > 0 && !g_hash_table_contains (groups, &change->group)))
        continue;
      *told |= ROUNDS_FIELD_BIT (f);
      if (by_merge > 0 && !(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) && !rounds_record_is_null (merged, f)
          && rounds_merge_is_value (&info->fields[f], yyjson_doc_get_root (fields),
                                    rounds_record_get_value (merged, f)))
        *chosen |= ROUNDS_FIELD_BIT (f);
    }
  return TRUE;
}

/* Finds which of @merged's values somebody has chosen for @kept when both were one before. */
static gboolean
find_chosen (RoundsRecordStore *store, RoundsRecord *kept, RoundsRecord *merged, guint64 *chosen, GError **error)
{
  g_autoptr (GHashTable) groups = list_groups (store, kept, error);
  g_autoptr (GPtrArray) history =
    groups != NULL ? rounds_record_store_list_changes_since (store, rounds_record_get_id (kept), 0, error) : NULL;
  guint64 told = 0;

  *chosen = 0;
  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];

      if (change->operation == ROUNDS_OPERATION_UPDATE && change->fields != NULL
          && !add_chosen (store, change, groups, kept, merged, &told, chosen, error))
        return FALSE;
    }
  return history != NULL;
}

/* Gives @kept @fields of @merged by @snapshot's merge. */
static gboolean
choose (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, RoundsRecord *kept, RoundsRecord *merged,
        guint64 fields, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (kept);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (rounds_record_get_entity (kept))->n_fields; f++)
    if (fields & ROUNDS_FIELD_BIT (f))
      {
        rounds_record_set_value (kept, f, rounds_record_get_value (merged, f));
        rounds_merge_snapshot_add_edit (snapshot, before, kept, f);
      }
  return rounds_record_store_rewrite (store, kept, error) && rounds_person_merge_follow (store, before, kept, error);
}

/*
 * rounds_merge_choices_recall:
 * @told: what the device did that made a merge
 * @snapshot: (inout): of the same merge, as it was done here
 *
 * What is made one here of which the device did not see both, others may have seen as one before and chosen from, by a
 * merge that stands, though somebody has taken one of them out since: they have chosen still, also where that has given
 * the kept one something else meanwhile.
 */
gboolean
rounds_merge_choices_recall (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot,
                             GError **error)
{
  for (guint i = 0; i < snapshot->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (snapshot->joined, RoundsMergeJoin, i);
      g_autoptr (RoundsRecord) merged = NULL;
      g_autoptr (RoundsRecord) kept = NULL;
      guint64 chosen = 0;

      if (join->entity == ROUNDS_ENTITY_PERSON || rounds_merge_snapshot_find_join (told, &join->from) != NULL)
        continue;
      if (!rounds_record_store_look_up (store, join->entity, &join->from, &merged, error)
          || !rounds_record_store_look_up (store, join->entity, &join->to, &kept, error))
        return FALSE;
      if (merged == NULL || kept == NULL)
        continue;
      if (!find_chosen (store, kept, merged, &chosen, error)
          || (chosen != 0 && !choose (store, snapshot, kept, merged, chosen, error)))
        return FALSE;
    }
  return TRUE;
}

/* Gives the record of @edit, where it is as it was before, the value that it got by a merge. */
static gboolean
edit_again (RoundsRecordStore *store, const RoundsMergeEdit *edit, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) before = NULL;

  if (!rounds_record_store_look_up (store, edit->entity, &edit->record, &record, error))
    return FALSE;
  if (record == NULL || !rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->before))
    return TRUE;
  before = rounds_record_dup (record);
  rounds_record_set_value (record, edit->field, &edit->after);
  return rounds_record_store_rewrite (store, record, error)
         && rounds_person_merge_follow (store, before, record, error);
}

/*
 * rounds_merge_choices_take_again:
 * @snapshot: of a merge whose people are two again, or were never made one here
 *
 * Gives the kept records the values that were chosen for them, where they have what they had then.
 */
gboolean
rounds_merge_choices_take_again (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);

      if (rounds_person_merge_can_forward (edit->entity) && !edit_again (store, edit, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_person_merge_take_choices:
 * @store: the server's store, in a transaction
 * @merge: a merge that was just done, of which a device told that only knows of it: the server had lost it
 * @error: (out) (optional): what the disk says
 *
 * Gives the kept person what whoever made the merge chose of both, as the merge tells it.
 */
gboolean
rounds_person_merge_take_choices (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  return snapshot != NULL && rounds_merge_choices_take_again (store, snapshot, error)
         && rounds_merge_catch_up (store, rounds_record_get_id (merge), snapshot, error);
}

/**
 * rounds_person_merge_note_agreed:
 * @store: the server's store, in a transaction
 * @merge: the id of a merge that was just done
 * @choice: what was chosen for the kept one, or for what there is one of for them
 * @record: the same as it is here, which others have changed since the device saw it
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, or what the disk says
 *
 * Says in @merge of what others have made of @record what was chosen as well: undone, it leaves that.
 */
gboolean
rounds_person_merge_note_agreed (RoundsRecordStore *store, const RoundsUuid *merge, const RoundsChange *choice,
                                 RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) merging = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = merging != NULL ? rounds_merge_snapshot_read (merging, error) : NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  gboolean found = FALSE;

  if (snapshot == NULL || !rounds_json_read (choice->fields, -1, &doc, error))
    return FALSE;
  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);
      const char *field = rounds_entity_get_field (edit->entity, edit->field)->name;

      if (!rounds_uuid_equal (&edit->record, &choice->record)
          || yyjson_obj_get (yyjson_doc_get_root (doc), field) == NULL
          || !rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->after))
        continue;
      rounds_value_clear (&edit->before);
      rounds_value_copy (&edit->after, &edit->before);
      found = TRUE;
    }
  return !found || rounds_merge_snapshot_save (snapshot, store, merging, error);
}
