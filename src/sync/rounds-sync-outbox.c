/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-outbox.h"

#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-unsent.h"

/* Names, ids and punctuation of a mutation, without its values. */
#define MUTATION_BYTES 300

static const RoundsChange *
get_change (GPtrArray *changes, guint i)
{
  return g_ptr_array_index (changes, i);
}

static guint
find_group_end (GPtrArray *changes, guint begin)
{
  guint end = begin + 1;

  while (end < changes->len
         && rounds_uuid_equal (&get_change (changes, end)->group, &get_change (changes, begin)->group))
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
        bytes += get_size (get_change (changes, i));
      if (batch > 0 && bytes > ROUNDS_SYNC_PUSH_BYTES)
        break;
      batch = end;
      if (one_group)
        break;
    }
  return batch;
}

static GPtrArray *
list_batch (RoundsRecordStore *store, gboolean one_group, GError **error)
{
  const guint limits[] = { ROUNDS_SYNC_PUSH_LIMIT, ROUNDS_SYNC_GROUP_LIMIT };

  for (guint l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      g_autoptr (GPtrArray) changes = rounds_record_store_list_outbox (store, 0, limits[l] + 1, error);
      guint batch;

      if (changes == NULL)
        return NULL;
      batch = count_batch (changes, limits[l], one_group || l > 0);
      /* One group beyond even this, a large import that was taken back, goes in parts: each is a transaction of the
       * server's, and what was not answered stays pending here, so that a crash in between is made good by the next
       * sync. What belongs to something was deleted before it, so that no part leaves it without its owner. */
      if (batch == 0 && l == G_N_ELEMENTS (limits) - 1)
        batch = MIN (changes->len, limits[l]);
      if (batch > 0 || changes->len == 0)
        {
          g_ptr_array_set_size (changes, (int) batch);
          return g_steal_pointer (&changes);
        }
    }
  g_assert_not_reached ();
}

/* What was refused and is worth another try. */

static gboolean
share_a_field (const char *a, const char *b)
{
  g_autoptr (yyjson_doc) first = NULL;
  g_autoptr (yyjson_doc) second = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (a == NULL || b == NULL || !rounds_json_read (a, -1, &first, NULL) || !rounds_json_read (b, -1, &second, NULL))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (first), i, n, key, value)
  {
    if (yyjson_obj_get (yyjson_doc_get_root (second), yyjson_get_str (key)) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Whether @change mends what @rejected did: the record is not on the server without it, or it gives the same field
 * another value. */
static gboolean
mends (const RoundsChange *change, const RoundsChange *rejected)
{
  if (!rounds_uuid_equal (&change->record, &rejected->record) || rejected->seq > change->seq
      || change->operation == ROUNDS_OPERATION_DELETE)
    return FALSE;
  return change->base_rev == 0
         || (rejected->operation == ROUNDS_OPERATION_UPDATE && share_a_field (change->fields, rejected->fields));
}

static gboolean
is_wanted (yyjson_doc *named, const RoundsFieldInfo *info, const RoundsValue *value, RoundsOperation operation)
{
  if (operation == ROUNDS_OPERATION_CREATE)
    return !rounds_value_is_null (value);
  return yyjson_obj_get (yyjson_doc_get_root (named), info->name) != NULL;
}

/* Gives @change the values that the record has now. What was refused about one that has come from the server since, as
 * what is known by its name does, stands in the refused change alone. */
static gboolean
refresh (RoundsRecordStore *store, RoundsChange *change, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) named = NULL;
  g_autoptr (RoundsRecord) record = NULL;
  const RoundsEntityInfo *info = rounds_entity_get_info (change->entity);

  if (change->operation != ROUNDS_OPERATION_CREATE && change->fields == NULL)
    return TRUE;
  record = rounds_record_store_get (store, change->entity, &change->record, error);
  if (record == NULL || (change->fields != NULL && !rounds_json_read (change->fields, -1, &named, error)))
    return FALSE;
  if (change->operation == ROUNDS_OPERATION_CREATE && rounds_record_get_integer (record, ROUNDS_FIELD_REV) > 0)
    return TRUE;

  yyjson_mut_doc_set_root (doc, yyjson_mut_obj (doc));
  for (guint f = ROUNDS_FIELD_TERRITORY; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);

      if (is_wanted (named, &info->fields[f], value, change->operation))
        yyjson_mut_obj_add (yyjson_mut_doc_get_root (doc), yyjson_mut_str (doc, info->fields[f].name),
                            rounds_value_to_json (value, &info->fields[f], doc));
    }
  g_free (change->fields);
  change->fields = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* The refused changes that one of @changes mends, and all that was refused together with them. */
static GPtrArray *
take_mended (GPtrArray *changes, guint begin, guint end, GPtrArray *rejected)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  g_autoptr (GHashTable) groups = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);

  for (guint i = begin; i < end; i++)
    for (guint r = 0; r < rejected->len; r++)
      if (mends (get_change (changes, i), get_change (rejected, r)))
        g_hash_table_add (groups, g_memdup2 (&get_change (rejected, r)->group, sizeof (RoundsUuid)));

  for (guint r = 0; r < rejected->len;)
    {
      if (g_hash_table_contains (groups, &get_change (rejected, r)->group))
        g_ptr_array_add (taken, g_ptr_array_steal_index (rejected, r));
      else
        r++;
    }
  return taken;
}

/* Gives the members of the object @text the values that the object @values has for them. */
static gboolean
take_values (char **text, const char *values, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_doc) source = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (!rounds_json_read (*text, -1, &read, error) || !rounds_json_read (values, -1, &source, error))
    return FALSE;
  doc = yyjson_doc_mut_copy (read, NULL);
  yyjson_obj_foreach (yyjson_doc_get_root (source), i, n, key, value)
  {
    if (yyjson_obj_get (yyjson_doc_get_root (read), yyjson_get_str (key)) != NULL)
      yyjson_mut_obj_put (yyjson_mut_doc_get_root (doc), yyjson_mut_strcpy (doc, yyjson_get_str (key)),
                          yyjson_val_mut_copy (doc, value));
  }
  g_free (*text);
  *text = rounds_json_write (doc, FALSE);
  return TRUE;
}

/* Whether @change edits what @mended has written. */
static gboolean
follows (const RoundsChange *change, const RoundsChange *mended)
{
  return mended->fields != NULL && change->fields != NULL && change->base != NULL
         && rounds_uuid_equal (&change->record, &mended->record);
}

/* Gives @mended the values that its new group ends with, and leaves the edits that follow it there nothing to add: they
 * must not stand against it. A new record is taken as it is now; an edit gets its values as they were entered, since
 * what somebody else wrote meanwhile is the server's to merge, and later groups build upon this one. */
static gboolean
mend (RoundsRecordStore *store, RoundsChange *mended, GPtrArray *changes, guint begin, guint end, GError **error)
{
  if (mended->operation == ROUNDS_OPERATION_CREATE && !refresh (store, mended, error))
    return FALSE;
  for (guint i = begin; i < end && mended->operation == ROUNDS_OPERATION_UPDATE; i++)
    if (follows (get_change (changes, i), mended)
        && !take_values (&mended->fields, get_change (changes, i)->fields, error))
      return FALSE;
  for (guint i = begin; i < end; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);

      if (follows (change, mended)
          && (!take_values (&change->base, mended->fields, error)
              || !take_values (&change->fields, mended->fields, error)))
        return FALSE;
    }
  return TRUE;
}

/* Drops what @mended says of records that never came to the server and have been deleted here since: sent again they
 * would be back. The answer to their deletion settles what was refused about them. */
static gboolean
leave_out_deleted (RoundsRecordStore *store, GPtrArray *mended, GError **error)
{
  for (guint i = 0; i < mended->len;)
    {
      const RoundsChange *change = get_change (mended, i);
      g_autoptr (RoundsRecord) record = rounds_record_store_get (store, change->entity, &change->record, error);

      if (record == NULL)
        return FALSE;
      if (rounds_record_is_deleted (record) && rounds_record_get_integer (record, ROUNDS_FIELD_REV) == 0)
        g_ptr_array_remove_index (mended, i);
      else
        i++;
    }
  return TRUE;
}

/* Puts in front of each group what it mends, as a part of it, so that both are applied or neither. The other group
 * makes it another question than the one that the server has answered under the same number. */
static GPtrArray *
add_mended (RoundsRecordStore *store, GPtrArray *changes, GPtrArray *rejected, GError **error)
{
  g_autoptr (GPtrArray) result = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);

  for (guint begin = 0, end; begin < changes->len; begin = end)
    {
      g_autoptr (GPtrArray) mended = NULL;

      end = find_group_end (changes, begin);
      mended = take_mended (changes, begin, end, rejected);
      if (!leave_out_deleted (store, mended, error))
        return NULL;
      for (guint i = 0; i < mended->len; i++)
        {
          RoundsChange *change = g_ptr_array_index (mended, i);

          change->group = get_change (changes, begin)->group;
          if (!mend (store, change, changes, begin, end, error))
            return NULL;
        }
      g_ptr_array_extend_and_steal (result, g_steal_pointer (&mended));
      for (guint i = begin; i < end; i++)
        g_ptr_array_add (result, g_steal_pointer (&g_ptr_array_index (changes, i)));
    }
  return g_steal_pointer (&result);
}

/* An edit of a record that never came to the server says all of the record. */
static gboolean
promote (RoundsRecordStore *store, GPtrArray *changes, GError **error)
{
  g_autoptr (GHashTable) created = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < changes->len; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);
      g_autoptr (RoundsRecord) record = NULL;

      if (change->operation == ROUNDS_OPERATION_CREATE)
        g_hash_table_add (created, &change->record);
      if (change->base_rev != 0 || change->operation == ROUNDS_OPERATION_CREATE
          || change->operation == ROUNDS_OPERATION_DELETE || g_hash_table_contains (created, &change->record))
        continue;
      record = rounds_record_store_get (store, change->entity, &change->record, error);
      if (record == NULL)
        return FALSE;
      if (rounds_record_get_integer (record, ROUNDS_FIELD_REV) > 0)
        continue;
      change->operation = ROUNDS_OPERATION_CREATE;
      g_clear_pointer (&change->base, g_free);
      if (!refresh (store, change, error))
        return FALSE;
      g_hash_table_add (created, &change->record);
    }
  return TRUE;
}

/**
 * rounds_sync_outbox_collect:
 * @store: a device's store
 * @one_group: whether to send one group alone, to find the one that a server chokes on
 * @error: (out) (optional): what the disk says
 *
 * What to send next: whole groups, oldest first, within the limits of a request unless one group alone is larger. A
 * change that mends what the server refused earlier brings that along, with the values as they are now.
 *
 * Returns: (transfer full) (nullable) (element-type RoundsChange): the changes; empty if nothing waits
 */
GPtrArray *
rounds_sync_outbox_collect (RoundsRecordStore *store, gboolean one_group, GError **error)
{
  g_autoptr (GPtrArray) waiting = list_batch (store, one_group, error);
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (waiting == NULL || waiting->len == 0)
    return g_steal_pointer (&waiting);
  rejected = rounds_record_store_list_rejected (store, error);
  if (rejected == NULL)
    return NULL;
  changes = rejected->len == 0 ? g_ptr_array_ref (waiting) : add_mended (store, waiting, rejected, error);
  if (changes == NULL || !promote (store, changes, error) || !rounds_sync_unsent_correct (store, changes, error))
    return NULL;
  return g_steal_pointer (&changes);
}

/** rounds_sync_outbox_has_one_group: whether @changes, which are not empty, belong together. */
gboolean
rounds_sync_outbox_has_one_group (GPtrArray *changes)
{
  return find_group_end (changes, 0) == changes->len;
}
