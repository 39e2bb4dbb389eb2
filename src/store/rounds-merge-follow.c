/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is changed about merged people goes along: it stays with them, for the day when the merge is undone, and becomes
 * the kept person's. */

#include "rounds-json.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* Whether @value, which came from where @old was, is to become what that has become: it is the same, or none, where all
 * on the way to it have got the new one (@is_led). */
static gboolean
goes_along (const RoundsValue *value, const RoundsValue *old, gboolean is_led)
{
  return rounds_value_is_null (value) ? is_led : rounds_value_equal (value, old);
}

/* Changes @part as @after differs from @before, where it has the old value; or none, where all on the way to it have
 * got the new one. @led: (inout): the fields of which that is so */
static void
adopt (RoundsRecord *part, RoundsRecord *before, RoundsRecord *after, guint64 *led)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (part));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsValue *old = rounds_record_get_value (before, f);

      if ((info->fields[f].flags & ROUNDS_FIELD_UNIQUE) || rounds_value_equal (old, rounds_record_get_value (after, f)))
        continue;
      if (goes_along (rounds_record_get_value (part, f), old, (*led & BIT (f)) != 0))
        rounds_record_set_value (part, f, rounds_record_get_value (after, f));
      else
        *led &= ~BIT (f);
    }
}

/* (transfer full) (element-type RoundsRecord) (nullable): the merges of which the one is made whose @record is */
static GPtrArray *
list_merges (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsUuid *person = entity == ROUNDS_ENTITY_PERSON
                               ? rounds_record_get_id (record)
                               : rounds_record_get_uuid (record, (guint) rounds_person_merge_find_field (entity));

  return rounds_person_merge_list (store, person, error);
}

/* Changes in the same way what @snapshot's merge has put another value in the place of: undone, it gives that back. */
static gboolean
adopt_beneath (RoundsMergeSnapshot *snapshot, RoundsRecord *part, RoundsRecord *before, RoundsRecord *after,
               guint64 led)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);
      const RoundsValue *old;
      const RoundsValue *now;

      if (!rounds_uuid_equal (&edit->record, rounds_record_get_id (part))
          || rounds_value_equal (&edit->before, &edit->after))
        continue;
      old = rounds_record_get_value (before, edit->field);
      now = rounds_record_get_value (after, edit->field);
      if (rounds_value_equal (old, now) || !goes_along (&edit->before, old, (led & BIT (edit->field)) != 0))
        continue;
      rounds_value_clear (&edit->before);
      rounds_value_copy (now, &edit->before);
      changed = TRUE;
    }
  return changed;
}

static gboolean
adopt_beneath_all (RoundsRecordStore *store, RoundsRecord *part, RoundsRecord *before, RoundsRecord *after, guint64 led,
                   GError **error)
{
  g_autoptr (GPtrArray) merges = list_merges (store, part, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (snapshot == NULL)
        return FALSE;
      if (!adopt_beneath (snapshot, part, before, after, led))
        continue;
      rounds_merge_snapshot_write (snapshot, merges->pdata[i]);
      if (!rounds_record_store_rewrite (store, merges->pdata[i], error))
        return FALSE;
    }
  return merges != NULL;
}

/* @id: (inout): what @record has become a part of: a person with the next merge, anything else with all of them */
static gboolean
find_next (RoundsRecordStore *store, RoundsRecord *record, RoundsUuid *id, gboolean *found, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  if (rounds_record_get_entity (record) != ROUNDS_ENTITY_PERSON)
    return rounds_person_merge_forward (store, rounds_record_get_entity (record), id, found, error);
  if (rounds_record_is_deleted (record))
    merge = rounds_person_merge_find (store, id, &local_error);
  *found = merge != NULL;
  if (merge != NULL)
    *id = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * rounds_person_merge_follow:
 * @store: a store, in a transaction
 * @before: a merged person, or what there was one of for them, as it was
 * @after: the same, as somebody has changed it who did not know of the merge
 * @error: (out) (optional): what the disk says
 *
 * Changes what it became a part of in the same way, where that had the old value from it or has none, or would get it
 * back if another merge were undone; and, as one merge may be undone and another stand, whoever that has become a part
 * of, one after the other. One of them may have the old
 * value though one in between has another: somebody chose it there, who merged the same people second, or who did not
 * know of that one.
 */
gboolean
rounds_person_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  g_autoptr (RoundsRecord) part = g_object_ref (after);
  RoundsUuid id = *rounds_record_get_id (after);
  guint64 led = G_MAXUINT64;
  gboolean found;

  for (guint i = 0; i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      if (!find_next (store, part, &id, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      g_clear_object (&part);
      part = rounds_record_store_get (store, rounds_record_get_entity (after), &id, error);
      if (part == NULL || !adopt_beneath_all (store, part, before, after, led, error))
        return FALSE;
      adopt (part, before, after, &led);
      if (!rounds_record_store_rewrite (store, part, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether the member of @object for @field is @value. */
static gboolean
is_value (const RoundsFieldInfo *field, yyjson_val *object, const RoundsValue *value)
{
  yyjson_val *json = yyjson_obj_get (object, field->name);
  g_auto (RoundsValue) read = ROUNDS_VALUE_INIT;

  return json != NULL && rounds_value_from_json (&read, field, json, NULL) && rounds_value_equal (&read, value);
}

/* What became of the fields of a record since the device saw it that made a merge; a set of fields each. */
typedef struct
{
  guint64 told;     /* a later change of the device's own has said what it saw */
  guint64 touched;  /* it is not what the device saw */
  guint64 was_here; /* what the device saw was there, or something was made of it */
} Fate;

/* Adds what @change, which is older than those before, did without the device knowing: others did it, or the device did
 * to another record, of which this one had become a part. Then its last change is not what it saw. */
static gboolean
add_fate (const RoundsChange *change, gboolean is_own, RoundsRecord *seen, Fate *fate, GError **error)
{
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (!rounds_json_read (change->fields != NULL ? change->fields : "{}", -1, &fields, error)
      || !rounds_json_read (change->base != NULL ? change->base : "{}", -1, &base, error))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (fields), i, n, key, value)
  {
    int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));
    const RoundsFieldInfo *info = field >= 0 ? rounds_entity_get_field (change->entity, (guint) field) : NULL;
    const RoundsValue *old = field >= 0 ? rounds_record_get_value (seen, (guint) field) : NULL;
    gboolean is_seen = field >= 0 && is_value (info, yyjson_doc_get_root (fields), old);

    if (field < 0)
      continue;
    if (is_own || is_seen || is_value (info, yyjson_doc_get_root (base), old))
      fate->was_here |= BIT (field);
    if (is_own && (fate->told & BIT (field)))
      continue;
    if (!is_own || !is_seen)
      fate->touched |= BIT (field);
    if (is_own)
      fate->told |= BIT (field);
  }
  return TRUE;
}

/* Finds which fields of a record were changed since the device @maker saw it (@seen). What it saw may be its own doing,
 * which came to nothing here, as that of a merge that came second: then nobody has changed that. */
static gboolean
find_touched (RoundsRecordStore *store, const RoundsUuid *maker, RoundsRecord *seen, guint64 *touched, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (
    store, rounds_record_get_id (seen), rounds_record_get_integer (seen, ROUNDS_FIELD_REV), error);
  Fate fate = { 0 };

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];

      if (change->operation == ROUNDS_OPERATION_UPDATE
          && !add_fate (change, rounds_uuid_equal (&change->device, maker), seen, &fate, error))
        return FALSE;
    }
  *touched = fate.touched & fate.was_here;
  return history != NULL;
}

/* @maker: (out): the device that made @merge, or that told of it to a server that had lost it; nil if that is not
 * known any more */
static gboolean
find_maker (RoundsRecordStore *store, const RoundsUuid *merge, RoundsUuid *maker, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (store, merge, 0, error);
  const RoundsChange *first = history != NULL && history->len > 0 ? history->pdata[history->len - 1] : NULL;

  *maker = (RoundsUuid) { { 0 } };
  if (first != NULL && first->operation == ROUNDS_OPERATION_CREATE)
    *maker = first->device;
  return history != NULL;
}

/* Leads on what others have changed of @fields of @before, which @maker saw so.
 * @own: (out): of @fields, what @maker saw there by its own doing alone, which came to nothing here */
static gboolean
catch_up (RoundsRecordStore *store, const RoundsUuid *maker, RoundsRecord *before, guint64 fields, guint64 *own,
          GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (before));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) after =
    rounds_record_store_look_up (store, rounds_record_get_entity (before), rounds_record_get_id (before), &local_error);
  guint64 touched;

  *own = 0;
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (after == NULL)
    return TRUE;
  if (!find_touched (store, maker, before, &touched, error))
    return FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsValue *seen = rounds_record_get_value (before, f);

      if (touched & fields & BIT (f))
        continue;
      if (!(touched & BIT (f)) && !rounds_value_equal (seen, rounds_record_get_value (after, f)))
        *own |= fields & BIT (f);
      rounds_record_set_value (after, f, seen);
    }
  return rounds_person_merge_follow (store, before, after, error);
}

/* Leads on what others have changed of @fields of the like of @record that people have had who are a part of the one
 * whose it is: what a device saw there that is not there here, it may have chosen from them. */
static gboolean
catch_up_parts (RoundsRecordStore *store, RoundsRecord *record, guint64 fields, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (GPtrArray) merges = list_merges (store, record, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);
      RoundsUuid maker;

      if (snapshot == NULL || !find_maker (store, rounds_record_get_id (merges->pdata[i]), &maker, error))
        return FALSE;
      for (guint k = 0; k < snapshot->dissolved->len; k++)
        {
          guint64 own;

          if (rounds_record_get_entity (snapshot->dissolved->pdata[k]) == entity
              && !catch_up (store, &maker, snapshot->dissolved->pdata[k], fields, &own, error))
            return FALSE;
        }
    }
  return merges != NULL;
}

/*
 * rounds_merge_follow_catch_up:
 * @merge: the id of a merge
 * @snapshot: of that merge, as the device saw both people that made it
 *
 * What others have changed about the merged records before the merge was known here goes into the kept ones.
 */
gboolean
rounds_merge_follow_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, RoundsMergeSnapshot *snapshot,
                              GError **error)
{
  RoundsUuid maker;

  if (!find_maker (store, merge, &maker, error))
    return FALSE;
  for (guint i = 0; i < snapshot->dissolved->len; i++)
    {
      RoundsRecord *before = snapshot->dissolved->pdata[i];
      guint64 own;

      if (rounds_person_merge_can_forward (rounds_record_get_entity (before))
          && (!catch_up (store, &maker, before, G_MAXUINT64, &own, error)
              || (own != 0 && !catch_up_parts (store, before, own, error))))
        return FALSE;
    }
  return TRUE;
}

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

/* Adds to @changed the fields of @record that have ever had another value here. */
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

      if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL)
        continue;
      if (!rounds_json_read (change->fields, -1, &fields, error))
        return FALSE;
      yyjson_obj_foreach (yyjson_doc_get_root (fields), k, n, key, value)
      {
        int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

        if (field >= 0)
          *changed |= BIT (field);
      }
    }
  return history != NULL;
}

/* The fields of @seen, a merged record as the device saw it, in which @kept has nothing here and never had. */
static gboolean
find_missing (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, RoundsRecord *seen, RoundsRecord *kept,
              guint64 *missing, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (seen);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  guint64 changed = 0;

  *missing = 0;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (!(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) && !rounds_record_is_null (seen, f)
        && rounds_record_is_null (kept, f) && !is_told (snapshot, entity, f))
      *missing |= BIT (f);
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

  if (!find_next (store, merged, &id, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (fields & BIT (f))
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

static gboolean
is_joined (RoundsMergeSnapshot *snapshot, const RoundsMergeJoin *join)
{
  for (guint i = 0; i < snapshot->joined->len; i++)
    {
      const RoundsMergeJoin *other = &g_array_index (snapshot->joined, RoundsMergeJoin, i);

      if (rounds_uuid_equal (&other->from, &join->from) && rounds_uuid_equal (&other->to, &join->to))
        return TRUE;
    }
  return FALSE;
}

/*
 * rounds_merge_follow_fill:
 * @told: what the device did that made a merge
 * @snapshot: (inout): of the same merge, as it was done here
 *
 * The device preferred what it saw at the kept records. Where that came to nothing here, as what it had got there by a
 * merge that came second, the merged ones' values take its place.
 */
gboolean
rounds_merge_follow_fill (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot,
                          GError **error)
{
  for (guint i = 0; i < told->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (told->joined, RoundsMergeJoin, i);
      RoundsRecord *seen = rounds_merge_snapshot_find_dissolved (told, &join->from);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (RoundsRecord) merged = NULL;
      g_autoptr (RoundsRecord) kept = NULL;
      guint64 missing;

      if (seen == NULL || !is_joined (snapshot, join))
        continue;
      merged = rounds_record_store_look_up (store, join->entity, &join->from, &local_error);
      if (merged != NULL)
        kept = rounds_record_store_look_up (store, join->entity, &join->to, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (kept != NULL
          && (!find_missing (store, snapshot, seen, kept, &missing, error)
              || (missing != 0 && !hand_on (store, snapshot, merged, missing, error))))
        return FALSE;
    }
  return TRUE;
}

/* Gives the record of @edit, where it is as it was before, the value that it got by a merge. */
static gboolean
edit_again (RoundsRecordStore *store, const RoundsMergeEdit *edit, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) record = rounds_record_store_look_up (store, edit->entity, &edit->record, &local_error);
  g_autoptr (RoundsRecord) before = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL || !rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->before))
    return TRUE;
  before = rounds_record_dup (record);
  rounds_record_set_value (record, edit->field, &edit->after);
  return rounds_record_store_rewrite (store, record, error)
         && rounds_person_merge_follow (store, before, record, error);
}

/*
 * rounds_merge_follow_edit_again:
 * @snapshot: of a merge whose people are two again, or were never made one here
 *
 * Gives the kept records the values that were chosen for them, where they have what they had then.
 */
gboolean
rounds_merge_follow_edit_again (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
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

  return snapshot != NULL && rounds_merge_follow_edit_again (store, snapshot, error)
         && rounds_merge_follow_catch_up (store, rounds_record_get_id (merge), snapshot, error);
}

/**
 * rounds_person_merge_catch_up:
 * @store: the server's store, in a transaction
 * @merge: a merge that a device has sent, after a value that somebody chose for the kept person
 * @error: (out) (optional): what the disk says
 *
 * A value that was taken from the merged person is taken as it is here: somebody may have changed it meanwhile.
 */
gboolean
rounds_person_merge_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = record != NULL ? rounds_merge_snapshot_read (record, error) : NULL;

  return snapshot != NULL && rounds_merge_follow_catch_up (store, merge, snapshot, error);
}
