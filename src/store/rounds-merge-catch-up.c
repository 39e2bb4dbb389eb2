/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others have changed about people before the server heard that a device had merged them: it was changed of the
 * merged ones, and goes into the kept ones. */

#include "rounds-json.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* rounds_merge_is_value: whether the member of @object for @field is @value. */
gboolean
rounds_merge_is_value (const RoundsFieldInfo *field, yyjson_val *object, const RoundsValue *value)
{
  yyjson_val *json = yyjson_obj_get (object, field->name);
  g_auto (RoundsValue) read = ROUNDS_VALUE_INIT;

  return json != NULL && rounds_value_from_json (&read, field, json, NULL) && rounds_value_equal (&read, value);
}

/* What became of the fields of a record since the device saw it that made a merge; a set of fields each. */
typedef struct
{
  guint64 told;     /* a later change of the device's own has said what it saw, or what was there before */
  guint64 touched;  /* it is not what the device saw */
  guint64 was_here; /* what the device saw was there, or something was made of it */
  guint64 entered;  /* somebody touched it, and not only a merge or its undoing */
} Fate;

/* Adds what @change, which is older than those before, did without the device knowing: others did it, or the device did
 * to another record, of which this one had become a part. Then what it saw is what was there before. */
static gboolean
add_fate (const RoundsChange *change, gboolean is_own, gboolean by_merge, RoundsRecord *seen, Fate *fate,
          GError **error)
{
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (!rounds_change_read (change, &fields, &base, error))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (fields), i, n, key, value)
  {
    int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));
    const RoundsFieldInfo *info = field >= 0 ? rounds_entity_get_field (change->entity, (guint) field) : NULL;
    const RoundsValue *old = field >= 0 ? rounds_record_get_value (seen, (guint) field) : NULL;
    gboolean is_seen = field >= 0 && rounds_merge_is_value (info, yyjson_doc_get_root (fields), old);
    gboolean was_seen = field >= 0 && rounds_merge_is_value (info, yyjson_doc_get_root (base), old);
    gboolean is_unknown = !is_own || (!is_seen && was_seen);

    if (field < 0)
      continue;
    if (is_own || is_seen || was_seen)
      fate->was_here |= ROUNDS_FIELD_BIT (field);
    if (is_own && (fate->told & ROUNDS_FIELD_BIT (field)))
      continue;
    if (is_unknown)
      fate->touched |= ROUNDS_FIELD_BIT (field);
    if (is_unknown && !by_merge)
      fate->entered |= ROUNDS_FIELD_BIT (field);
    if (is_own && (is_seen || was_seen))
      fate->told |= ROUNDS_FIELD_BIT (field);
  }
  return TRUE;
}

/* @maker: (out): the device that made @merge, or that told of it to a server that had lost it; nil if that is not
 * known any more */
static gboolean
find_maker (RoundsRecordStore *store, const RoundsUuid *merge, RoundsUuid *maker, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (store, merge, 0, error);
  const RoundsChange *first = history != NULL && history->len > 0 ? history->pdata[history->len - 1] : NULL;

  *maker = first != NULL && first->operation == ROUNDS_OPERATION_CREATE ? first->device : (RoundsUuid) { { 0 } };
  return history != NULL;
}

/* Finds which fields of a record were changed since the device @maker saw it (@seen). What it saw may be its own doing,
 * which came to nothing here, as that of a merge that came second: then nobody has changed that.
 * @given: (out): those of @touched that merges alone have changed, or have given back */
static gboolean
find_touched (RoundsRecordStore *store, const RoundsUuid *maker, RoundsRecord *seen, guint64 *touched, guint64 *given,
              GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (
    store, rounds_record_get_id (seen), rounds_record_get_integer (seen, ROUNDS_FIELD_REV), error);
  Fate fate = { 0 };

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];
      int by_merge;

      if (change->operation != ROUNDS_OPERATION_UPDATE)
        continue;
      by_merge = rounds_record_store_is_by_merge (store, change, error);
      if (by_merge < 0
          || !add_fate (change, rounds_uuid_equal (&change->device, maker), by_merge > 0, seen, &fate, error))
        return FALSE;
    }
  *touched = fate.touched & fate.was_here;
  *given = *touched & ~fate.entered;
  return history != NULL;
}

/* What has become of @fields of @before, which @maker saw so.
 * @after: (out) (transfer full) (nullable): @before with what others have changed; %NULL if it is not here
 * @given: (out): those of the changed fields that merges alone have changed, or have given back
 * @own: (out): of @fields, what @maker saw there by its own doing alone, which came to nothing here */
static gboolean
find_changes (RoundsRecordStore *store, const RoundsUuid *maker, RoundsRecord *before, guint64 fields,
              RoundsRecord **after, guint64 *given, guint64 *own, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (before));
  guint64 touched = 0;

  *own = *given = 0;
  if (!rounds_record_store_look_up (store, rounds_record_get_entity (before), rounds_record_get_id (before), after,
                                    error)
      || (*after != NULL && !find_touched (store, maker, before, &touched, given, error)))
    return FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; *after != NULL && f < info->n_fields; f++)
    {
      const RoundsValue *seen = rounds_record_get_value (before, f);

      if (touched & fields & ROUNDS_FIELD_BIT (f))
        continue;
      if (!(touched & ROUNDS_FIELD_BIT (f)) && !rounds_value_equal (seen, rounds_record_get_value (*after, f)))
        *own |= fields & ROUNDS_FIELD_BIT (f);
      rounds_record_set_value (*after, f, seen);
    }
  return TRUE;
}

/* Leads on what others have changed of @fields of the like of @record, as a device saw it, that people have had who are
 * a part of the one whose it is: what it saw there that is not there here, it may have chosen from them; and whoever
 * has it has it by that choice. */
static gboolean
catch_up_parts (RoundsRecordStore *store, RoundsRecord *record, guint64 fields, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (GPtrArray) merges = rounds_merge_follow_list (store, record, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);
      RoundsUuid maker;

      if (snapshot == NULL || !find_maker (store, rounds_record_get_id (merges->pdata[i]), &maker, error))
        return FALSE;
      for (guint k = 0; k < snapshot->dissolved->len; k++)
        {
          RoundsRecord *part = snapshot->dissolved->pdata[k];
          g_autoptr (RoundsRecord) after = NULL;
          guint64 given, own;

          if (rounds_record_get_entity (part) != entity)
            continue;
          for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (entity)->n_fields; f++)
            if (fields & ROUNDS_FIELD_BIT (f))
              rounds_record_set_value (part, f, rounds_record_get_value (record, f));
          if (!find_changes (store, &maker, part, fields, &after, &given, &own, error)
              || (after != NULL && !rounds_person_merge_follow (store, part, after, error)))
            return FALSE;
        }
    }
  return merges != NULL;
}

/* Leads on what others have changed about the records that the merge with the id @merge has dissolved.
 * @parts_only: it has been done before, of all but the people whom its maker did not know to be a part of the same */
static gboolean
catch_up (RoundsRecordStore *store, const RoundsUuid *merge, RoundsMergeSnapshot *snapshot, gboolean parts_only,
          GError **error)
{
  RoundsUuid maker;

  if (!find_maker (store, merge, &maker, error))
    return FALSE;
  for (guint i = 0; i < snapshot->dissolved->len; i++)
    {
      RoundsRecord *before = snapshot->dissolved->pdata[i];
      g_autoptr (RoundsRecord) after = NULL;
      guint64 given, own;

      if (!rounds_person_merge_can_forward (rounds_record_get_entity (before)))
        continue;
      if (!find_changes (store, &maker, before, G_MAXUINT64, &after, &given, &own, error)
          || (after != NULL && !parts_only && !rounds_merge_follow (store, before, after, given, error))
          || (own != 0 && !catch_up_parts (store, before, own, error)))
        return FALSE;
    }
  return TRUE;
}

/*
 * rounds_merge_catch_up:
 * @merge: the id of a merge
 * @snapshot: of that merge, as the device saw both people that made it
 *
 * What others have changed about the merged records before the merge was known here goes into the kept ones; so does
 * what they have changed about whom the kept one is made of as well, from whom the merged ones have values.
 */
gboolean
rounds_merge_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (GPtrArray) beneath =
    record != NULL ? rounds_person_merge_list (store, rounds_record_get_uuid (record, ROUNDS_MERGE_MERGED), error)
                   : NULL;

  if (beneath == NULL || !catch_up (store, merge, snapshot, FALSE, error))
    return FALSE;
  for (guint i = 0; i < beneath->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other = rounds_merge_snapshot_read (beneath->pdata[i], error);

      if (other == NULL || !catch_up (store, rounds_record_get_id (beneath->pdata[i]), other, TRUE, error))
        return FALSE;
    }
  return TRUE;
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

  return snapshot != NULL && rounds_merge_catch_up (store, merge, snapshot, error);
}
