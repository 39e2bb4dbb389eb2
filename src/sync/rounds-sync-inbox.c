/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing what came from the server into a device's store. */

#include "rounds-sync-inbox.h"

#include "rounds-error.h"
#include "rounds-sync-leftover.h"

/* The device's own changes of @id that the server does not have: still to be sent, or refused. Oldest first. */
static GPtrArray *
list_own_changes (RoundsRecordStore *store, const RoundsUuid *id, GPtrArray *rejected, GError **error)
{
  g_autoptr (GPtrArray) pending = rounds_record_store_list_pending_of (store, id, error);
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  guint p = 0;

  if (pending == NULL)
    return NULL;
  for (guint r = 0; r < rejected->len; r++)
    {
      const RoundsChange *change = g_ptr_array_index (rejected, r);
      RoundsChange *copy;

      if (!rounds_uuid_equal (&change->record, id))
        continue;
      while (p < pending->len && ((RoundsChange *) g_ptr_array_index (pending, p))->seq < change->seq)
        g_ptr_array_add (changes, g_steal_pointer (&g_ptr_array_index (pending, p++)));
      copy = g_memdup2 (change, sizeof *change);
      copy->fields = g_strdup (change->fields);
      copy->base = g_strdup (change->base);
      copy->reply = g_strdup (change->reply);
      g_ptr_array_add (changes, copy);
    }
  while (p < pending->len)
    g_ptr_array_add (changes, g_steal_pointer (&g_ptr_array_index (pending, p++)));
  return g_steal_pointer (&changes);
}

static gboolean
are_equal (RoundsRecord *a, RoundsRecord *b)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (a));

  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (a, f), rounds_record_get_value (b, f)))
      return FALSE;
  return TRUE;
}

/**
 * rounds_sync_inbox_put_record:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @record: (inout): the record as the server has it; as it was stored afterwards
 * @present: the fields that the server told, a bit each: what an older server did not tell stays as it is here
 * @rejected: (element-type RoundsChange): what the server refused, of any record
 * @written: (inout) (optional): goes up by one if the row really changed
 * @error: (out) (optional): what the disk says
 *
 * Stores a record that came, with this device's own changes on top again.
 */
gboolean
rounds_sync_inbox_put_record (RoundsRecordStore *store, RoundsRecord *record, guint64 present, GPtrArray *rejected,
                              guint *written, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) local = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  local =
    rounds_record_store_look_up (store, rounds_record_get_entity (record), rounds_record_get_id (record), &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  if (local != NULL)
    {
      for (guint f = 0; f < info->n_fields; f++)
        if (!(present & (G_GUINT64_CONSTANT (1) << f)))
          rounds_record_set_value (record, f, rounds_record_get_value (local, f));
      changes = list_own_changes (store, rounds_record_get_id (record), rejected, error);
      if (changes == NULL || !rounds_merge_rebase (record, changes, error))
        return FALSE;
      if (are_equal (record, local))
        return TRUE;
    }
  if (written != NULL)
    ++*written;
  return rounds_record_store_put_remote (store, record, error);
}

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

/* The open conflict about this field that the new one goes on with, if there is one: whose own side is the same, or was
 * what the new one started from. Another one's own side would be lost if it were overwritten. @known: whether this very
 * one was told before. */
static RoundsRecord *
find_conflict (RoundsRecordStore *store, const RoundsChange *change, const char *field, const Sides *sides,
               gboolean *known, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;
  RoundsRecord *open = NULL;

  rounds_query_where_uuid (query, ROUNDS_CONFLICT_RECORD, ROUNDS_IS, &change->record);
  rounds_query_where_text (query, ROUNDS_CONFLICT_FIELD, ROUNDS_IS, field);
  rounds_query_include_deleted (query);
  conflicts = rounds_record_store_list (store, query, error);
  if (conflicts == NULL)
    return NULL;
  for (guint i = 0; i < conflicts->len; i++)
    {
      RoundsRecord *conflict = g_ptr_array_index (conflicts, i);
      const char *mine = rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE);

      if (g_strcmp0 (mine, sides->mine) == 0
          && g_strcmp0 (rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS), sides->theirs) == 0)
        *known = TRUE;
      if (rounds_record_is_null (conflict, ROUNDS_CONFLICT_RESOLVED_AT) && !rounds_record_is_deleted (conflict)
          && (g_strcmp0 (mine, sides->original) == 0 || g_strcmp0 (mine, sides->mine) == 0))
        open = conflict;
    }
  return open != NULL ? g_object_ref (open) : NULL;
}

/**
 * rounds_sync_inbox_keep_conflict:
 * @store: a device's store, in a transaction
 * @change: the change whose answer told of the conflict
 * @conflict: both sides of it
 * @error: (out) (optional): what the disk says
 *
 * Keeps both sides for the user to choose from: one open entry for each field, with the latest values, unless the user
 * made the two changes without one following on the other.
 */
gboolean
rounds_sync_inbox_keep_conflict (RoundsRecordStore *store, const RoundsChange *change,
                                 const RoundsMergeConflict *conflict, GError **error)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (change->entity, conflict->field);
  g_autofree char *original = value_to_text (&conflict->original, info);
  g_autofree char *mine = value_to_text (&conflict->mine, info);
  g_autofree char *theirs = value_to_text (&conflict->theirs, info);
  const Sides sides = { original, mine, theirs };
  g_autoptr (RoundsRecord) entry = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean known = FALSE;

  entry = find_conflict (store, change, info->name, &sides, &known, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (known && change->acknowledged_at != 0)
    return TRUE; /* the same answer once more, after everything was sent again */

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

/**
 * rounds_sync_inbox_put_page:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @page: what came; its records are changed to what was stored
 * @news: (inout): what it brought is added here
 * @error: (out) (optional): what the disk says
 *
 * Stores a page: first what is to go, then what came.
 */
gboolean
rounds_sync_inbox_put_page (RoundsRecordStore *store, RoundsSyncPage *page, RoundsSyncNews *news, GError **error)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (store, error);
  g_autoptr (RoundsSyncLeftover) leftover = rejected != NULL ? rounds_sync_leftover_load (store, error) : NULL;

  if (leftover == NULL || (page->scope != NULL && !rounds_sync_leftover_leave_scope (leftover, page->scope, error)))
    return FALSE;
  for (guint i = 0; i < page->removed->len; i++)
    {
      const RoundsTouched *gone = &g_array_index (page->removed, RoundsTouched, i);

      if (!rounds_sync_leftover_leave (leftover, gone->entity, &gone->record, error))
        return FALSE;
    }
  for (guint i = 0; i < page->items->len; i++)
    {
      RoundsSyncItem *item = g_ptr_array_index (page->items, i);

      rounds_sync_leftover_keep (leftover, rounds_record_get_id (item->record));
      if (!rounds_sync_inbox_put_record (store, item->record, item->present, rejected, &news->written, error))
        return FALSE;
    }
  return rounds_sync_leftover_finish (leftover, &news->removed, error);
}
