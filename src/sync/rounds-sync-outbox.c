/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-outbox.h"

#include <string.h>

#include "rounds-sync-mending.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-unsent.h"

/* Names, ids and punctuation of a mutation, without its values. */
#define MUTATION_BYTES 300

static guint
find_group_end (GPtrArray *changes, guint begin)
{
  guint end = begin + 1;

  while (end < changes->len
         && rounds_uuid_equal (&rounds_change_at (changes, end)->group, &rounds_change_at (changes, begin)->group))
    end++;
  return end;
}

static gsize
get_size (const RoundsChange *change)
{
  return MUTATION_BYTES + (change->fields != NULL ? strlen (change->fields) : 0)
         + (change->base != NULL ? strlen (change->base) : 0);
}

/* How many of @changes make the next request: whole groups within the limits, or one group whatever its size. 0: the
 * first group goes beyond what was read. */
static guint
count_batch (GPtrArray *changes, guint limit, gboolean one_group)
{
  guint batch = 0;
  gsize bytes = 0;

  while (batch < changes->len)
    {
      guint end = find_group_end (changes, batch);

      /* More was asked for than fits, so that a group that ends with the last line may go on behind it. */
      if (end == changes->len && changes->len > limit)
        break;
      for (guint i = batch; i < end; i++)
        bytes += get_size (rounds_change_at (changes, i));
      if (batch > 0 && bytes > ROUNDS_SYNC_PUSH_BYTES)
        break;
      batch = end;
      if (one_group)
        break;
    }
  return batch;
}

/* @batch: (out) (transfer full) (nullable) (element-type RoundsChange): the next request's lines behind @after; %NULL
 * if the first group there goes beyond @limit */
static gboolean
list_within (RoundsRecordStore *store, gint64 after, guint limit, gboolean one_group, GPtrArray **batch, GError **error)
{
  g_autoptr (GPtrArray) changes = rounds_record_store_list_outbox (store, after, limit + 1, error);
  guint length;

  *batch = NULL;
  if (changes == NULL)
    return FALSE;
  length = count_batch (changes, limit, one_group);
  if (length == 0 && changes->len > 0)
    return TRUE;
  g_ptr_array_set_size (changes, (int) length);
  *batch = g_steal_pointer (&changes);
  return TRUE;
}

static GPtrArray *
list_batch (RoundsRecordStore *store, guint limit, gboolean one_group, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (!list_within (store, 0, limit, one_group, &changes, error)
      || (changes == NULL && !list_within (store, 0, ROUNDS_SYNC_GROUP_LIMIT, TRUE, &changes, error)))
    return NULL;
  /* One group beyond even this, a large import that was taken back, goes in parts: each is a transaction of the
   * server's, and what was not answered stays pending here, so that a crash in between is made good by the next
   * sync. What belongs to something was deleted before it, so that no part leaves it without its owner. */
  return changes != NULL ? g_steal_pointer (&changes)
                         : rounds_record_store_list_outbox (store, 0, ROUNDS_SYNC_GROUP_LIMIT, error);
}

typedef gboolean (*StrangeFunc) (RoundsRecordStore *store, RoundsChange *change, RoundsRecord *record, GError **error);

/* Calls @func with each of @changes that edits or restores a record which never came to the server and which none
 * before it creates, and with the record as it is here. */
static gboolean
for_each_strange (RoundsRecordStore *store, GPtrArray *changes, StrangeFunc func, GError **error)
{
  g_autoptr (GHashTable) created = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < changes->len; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);

      if (change->base_rev == 0 && change->operation != ROUNDS_OPERATION_CREATE
          && change->operation != ROUNDS_OPERATION_DELETE && !g_hash_table_contains (created, &change->record))
        {
          g_autoptr (RoundsRecord) record = rounds_record_store_get (store, change->entity, &change->record, error);

          if (record == NULL
              || (rounds_record_get_integer (record, ROUNDS_FIELD_REV) == 0 && !func (store, change, record, error)))
            return FALSE;
        }
      if (change->operation == ROUNDS_OPERATION_CREATE)
        g_hash_table_add (created, &change->record);
    }
  return TRUE;
}

/* What is in the trash here says only that, even where it went to another contact with all that was the merged one's:
 * said as an edit it would be made there, and live. */
static gboolean
withdraw_deleted (RoundsRecordStore *store, RoundsChange *change, RoundsRecord *record, GError **error)
{
  if (change->operation != ROUNDS_OPERATION_UPDATE || !rounds_record_is_deleted (record))
    return TRUE;
  change->operation = ROUNDS_OPERATION_DELETE;
  g_clear_pointer (&change->fields, g_free);
  g_clear_pointer (&change->base, g_free);
  return TRUE;
}

/* An edit says all of the record. */
static gboolean
promote (RoundsRecordStore *store, RoundsChange *change, RoundsRecord *record, GError **error)
{
  change->operation = ROUNDS_OPERATION_CREATE;
  g_clear_pointer (&change->base, g_free);
  return rounds_sync_mending_refresh (store, change, error);
}

/* Puts in front of each group what it mends: (transfer full) */
static GPtrArray *
add_mended (RoundsRecordStore *store, GPtrArray *changes, GPtrArray *rejected, GError **error)
{
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);

  for (guint begin = 0, end; begin < changes->len; begin = end)
    {
      end = find_group_end (changes, begin);
      if (!rounds_sync_mending_take (store, changes, begin, end, rejected, result, error))
        return NULL;
    }
  return g_steal_pointer (&result);
}

/* Makes ready what is sent: (transfer full) */
static GPtrArray *
prepare (RoundsRecordStore *store, GPtrArray *waiting, GPtrArray *rejected, GError **error)
{
  g_autoptr (GPtrArray) changes = NULL;

  if (!for_each_strange (store, waiting, withdraw_deleted, error))
    return NULL;
  changes = rejected->len == 0 ? g_ptr_array_ref (waiting) : add_mended (store, waiting, rejected, error);
  if (changes == NULL || !for_each_strange (store, changes, promote, error)
      || !rounds_sync_unsent_correct (store, changes, error))
    return NULL;
  return g_steal_pointer (&changes);
}

/**
 * rounds_sync_outbox_collect:
 * @store: a device's store
 * @limit: changes in a request, unless one group alone has more
 * @one_group: whether to send one group alone, to find the one that a server chokes on
 * @error: (out) (optional): what the disk says
 *
 * What to send next: whole groups, oldest first, within the limits of a request unless one group alone is larger. A
 * change that mends what the server refused earlier brings that along, with the values as they are now.
 *
 * Returns: (transfer full) (nullable) (element-type RoundsChange): the changes; empty if nothing waits
 */
GPtrArray *
rounds_sync_outbox_collect (RoundsRecordStore *store, guint limit, gboolean one_group, GError **error)
{
  g_autoptr (GPtrArray) waiting = list_batch (store, limit, one_group, error);
  g_autoptr (GPtrArray) rejected = NULL;

  if (waiting == NULL || waiting->len == 0)
    return g_steal_pointer (&waiting);
  rejected = rounds_sync_mending_list (store, error);
  return rejected != NULL ? prepare (store, waiting, rejected, error) : NULL;
}

/* Whether nothing in @changes hangs on what becomes of @sent: they are about other records, in other groups. */
static gboolean
are_apart (GPtrArray *sent, GPtrArray *changes)
{
  g_autoptr (GHashTable) records = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < sent->len; i++)
    g_hash_table_add (records, (gpointer) &rounds_change_at (sent, i)->record);
  for (guint i = 0; i < changes->len; i++)
    if (g_hash_table_contains (records, &rounds_change_at (changes, i)->record))
      return FALSE;
  return !rounds_uuid_equal (&rounds_change_at (sent, sent->len - 1)->group, &rounds_change_at (changes, 0)->group);
}

/**
 * rounds_sync_outbox_collect_behind:
 * @sent: (element-type RoundsChange): what is on its way, not empty
 * @error: (out) (optional): what the disk says
 *
 * What to send after @sent, while nobody knows yet what becomes of that. Where it would have to be known, or what the
 * server refused before may have to go along, that is nothing.
 *
 * Returns: (transfer full) (nullable) (element-type RoundsChange): the changes, perhaps none
 */
GPtrArray *
rounds_sync_outbox_collect_behind (RoundsRecordStore *store, GPtrArray *sent, guint limit, GError **error)
{
  g_autoptr (GPtrArray) waiting = NULL;
  g_autoptr (GPtrArray) rejected = NULL;

  if (!list_within (store, rounds_change_at (sent, sent->len - 1)->seq, limit, FALSE, &waiting, error))
    return NULL;
  if (waiting == NULL || waiting->len == 0 || !are_apart (sent, waiting))
    return g_ptr_array_new ();
  rejected = rounds_sync_mending_list (store, error);
  if (rejected == NULL)
    return NULL;
  return rejected->len == 0 ? prepare (store, waiting, rejected, error) : g_ptr_array_new ();
}

/** rounds_sync_outbox_has_one_group: whether @changes, which are not empty, belong together. */
gboolean
rounds_sync_outbox_has_one_group (GPtrArray *changes)
{
  return find_group_end (changes, 0) == changes->len;
}
