/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What both sides changed, kept on the device for its user to choose from. */

#include "rounds-sync-conflicts.h"

#include "rounds-json.h"
#include "rounds-time.h"

static char *
value_to_text (const RoundsValue *value, const RoundsFieldInfo *info)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

  if (rounds_value_is_null (value))
    return NULL;
  yyjson_mut_doc_set_root (doc, rounds_value_to_json (value, info, doc));
  return rounds_json_write (doc, FALSE);
}

typedef struct
{
  const char *original; /* (nullable) as JSON, as the others are */
  const char *mine;
  const char *theirs;
} Sides;

/* @open: (out) (transfer full) (nullable): the open conflict about this field that the new one goes on with, if there
 * is one: whose own side is the same, or was what the new one started from. Another one's own side would be lost if it
 *   were overwritten.
 * @known: (out): whether this very one was told before */
static gboolean
find_conflict (RoundsRecordStore *store, const RoundsChange *change, const char *field, const Sides *sides,
               RoundsRecord **open, gboolean *known, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;

  rounds_query_where_uuid (query, ROUNDS_CONFLICT_RECORD, ROUNDS_IS, &change->record);
  rounds_query_where_text (query, ROUNDS_CONFLICT_FIELD, ROUNDS_IS, field);
  rounds_query_include_deleted (query);
  conflicts = rounds_record_store_list (store, query, error);
  *open = NULL;
  if (conflicts == NULL)
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      RoundsRecord *conflict = g_ptr_array_index (conflicts, i);
      const char *mine = rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE);

      if (g_strcmp0 (mine, sides->mine) == 0
          && g_strcmp0 (rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS), sides->theirs) == 0)
        *known = TRUE;
      if (rounds_record_is_null (conflict, ROUNDS_CONFLICT_RESOLVED_AT) && !rounds_record_is_deleted (conflict)
          && (g_strcmp0 (mine, sides->original) == 0 || g_strcmp0 (mine, sides->mine) == 0))
        g_set_object (open, conflict);
    }
  return TRUE;
}

/**
 * rounds_sync_conflicts_keep:
 * @store: a device's store, in a transaction
 * @change: the change whose answer told of the conflict
 * @conflict: both sides of it
 * @error: (out) (optional): what the disk says
 *
 * Keeps both sides for the user to choose from: one open entry for each field, with the latest values, unless the user
 * made the two changes without one following on the other. One that takes the other back leaves that entry to
 * rounds_sync_conflicts_close_decided().
 */
gboolean
rounds_sync_conflicts_keep (RoundsRecordStore *store, const RoundsChange *change, const RoundsMergeConflict *conflict,
                            GError **error)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (change->entity, conflict->field);
  g_autofree char *original = value_to_text (&conflict->original, info);
  g_autofree char *mine = value_to_text (&conflict->mine, info);
  g_autofree char *theirs = value_to_text (&conflict->theirs, info);
  const Sides sides = { original, mine, theirs };
  g_autoptr (RoundsRecord) entry = NULL;
  gboolean known = FALSE;

  if (!find_conflict (store, change, info->name, &sides, &entry, &known, error))
    return FALSE;
  if (known && change->acknowledged_at != 0)
    return TRUE; /* the same answer once more, after everything was sent again */
  if (entry != NULL && g_strcmp0 (original, mine) != 0
      && g_strcmp0 (mine, rounds_record_get_text (entry, ROUNDS_CONFLICT_ORIGINAL)) == 0)
    return TRUE; /* the user has taken back what the entry is about, which decides it */

  if (entry == NULL)
    {
      entry = rounds_record_new (ROUNDS_ENTITY_CONFLICT);
      rounds_record_set_text (entry, ROUNDS_CONFLICT_ENTITY, rounds_entity_get_info (change->entity)->name);
      rounds_record_set_uuid (entry, ROUNDS_CONFLICT_RECORD, &change->record);
      rounds_record_set_text (entry, ROUNDS_CONFLICT_FIELD, info->name);
      rounds_record_set_text (entry, ROUNDS_CONFLICT_ORIGINAL, original);
    }
  rounds_record_set_text (entry, ROUNDS_CONFLICT_MINE, mine);
  rounds_record_set_text (entry, ROUNDS_CONFLICT_THEIRS, theirs);
  return rounds_record_store_save (store, entry, error);
}

/* Whether @change put what was called theirs in the place of what was called mine, or, where the server took it, what
 * that had replaced: nothing is left to decide. */
static gboolean
is_decided_by (RoundsRecord *conflict, const RoundsChange *change, gboolean taken, yyjson_val *fields, yyjson_val *base)
{
  const char *name = rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD);
  int field = name != NULL ? rounds_entity_find_field (change->entity, name) : -1;
  const RoundsFieldInfo *info = field >= 0 ? rounds_entity_get_field (change->entity, (guint) field) : NULL;
  g_auto (RoundsValue) before = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) after = ROUNDS_VALUE_INIT;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (info == NULL || yyjson_obj_get (fields, name) == NULL
      || !rounds_value_from_json (&before, info, yyjson_obj_get (base, name), NULL)
      || !rounds_value_from_json (&after, info, yyjson_obj_get (fields, name), NULL))
    return FALSE;
  from = value_to_text (&before, info);
  to = value_to_text (&after, info);
  return g_strcmp0 (from, rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE)) == 0
         && (g_strcmp0 (to, rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS)) == 0
             || (taken && g_strcmp0 (to, rounds_record_get_text (conflict, ROUNDS_CONFLICT_ORIGINAL)) == 0));
}

/**
 * rounds_sync_conflicts_close_decided:
 * @store: a device's store, in a transaction
 * @change: a change of the user's that was answered; one that was taken before, and sent again, decides nothing
 * @taken: whether the server took it
 * @error: (out) (optional): what the disk says
 *
 * Closes the open conflicts that the user has decided by going on: by putting the same value there as others did, which
 * the server has even where it refused that, or the one again with which both began.
 */
gboolean
rounds_sync_conflicts_close_decided (RoundsRecordStore *store, const RoundsChange *change, gboolean taken,
                                     GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;

  if (change->operation != ROUNDS_OPERATION_UPDATE || change->fields == NULL || change->base == NULL
      || change->acknowledged_at != 0)
    return TRUE;
  rounds_query_where_uuid (query, ROUNDS_CONFLICT_RECORD, ROUNDS_IS, &change->record);
  rounds_query_where (query, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &nothing);
  conflicts = rounds_record_store_list (store, query, error);
  if (conflicts == NULL || !rounds_change_read (change, &fields, &base, error))
    return FALSE;
  for (guint i = 0; i < conflicts->len; i++)
    {
      RoundsRecord *conflict = g_ptr_array_index (conflicts, i);

      if (!is_decided_by (conflict, change, taken, yyjson_doc_get_root (fields), yyjson_doc_get_root (base)))
        continue;
      rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, rounds_time_now ());
      if (!rounds_record_store_save (store, conflict, error))
        return FALSE;
    }
  return TRUE;
}
