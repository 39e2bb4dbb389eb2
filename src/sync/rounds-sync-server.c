/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-apply.h"
#include "rounds-sync-protocol.h"
#include "rounds-time.h"

#define PULL_LIMIT_MAX 5000

/* About as many bytes of text in a page, so that long notes do not make an answer too long for a device. */
#define PULL_BYTES (4 * 1024 * 1024)

/* One push while it is worked on. */
typedef struct
{
  RoundsRecordStore *store;
  RoundsUuid device;
  GPtrArray *mutations;      /* of RoundsChange */
  RoundsSyncAllowFunc allow; /* (nullable) */
  gpointer allow_data;
} Push;

/* The answer that @mutation got before, with the record as it is now. NULL without an error: it is new. */
static RoundsSyncResult *
find_reply (const Push *push, const RoundsChange *mutation, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsSyncResult) result = NULL;
  g_autofree char *text = NULL;

  text = rounds_record_store_get_reply (push->store, &push->device, mutation->seq, &local_error);
  if (text != NULL && mutation->entity != ROUNDS_ENTITY_NONE)
    result = rounds_sync_result_from_text (text, mutation, &local_error);
  if (result != NULL && !rounds_uuid_equal (&result->group, &mutation->group))
    return NULL; /* the device went back to a copy of its database: same number, another change */
  if (result != NULL && result->status != ROUNDS_SYNC_REJECTED)
    result->record = rounds_sync_find_record (push->store, mutation, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return g_steal_pointer (&result);
}

static gboolean
keep_reply (const Push *push, RoundsSyncResult *result, GError **error)
{
  g_autofree char *text = rounds_sync_result_to_text (result);

  return rounds_record_store_put_reply (push->store, &push->device, result->n, text, error);
}

/* Whether it is the mutation's fault, and not that of the disk or of another program. */
static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN);
}

static gboolean
apply_each (const Push *push, guint begin, guint end, GPtrArray *results, guint *culprit, GError **error)
{
  for (guint i = begin; i < end; i++)
    {
      RoundsChange *mutation = g_ptr_array_index (push->mutations, i);
      g_autoptr (GError) local_error = NULL;
      RoundsSyncResult *result = find_reply (push, mutation, &local_error);
      gboolean is_new = result == NULL && local_error == NULL;

      if (is_new)
        result = rounds_sync_apply (push->store, &push->device, mutation, push->allow, push->allow_data, &local_error);
      if (result != NULL)
        g_ptr_array_add (results, result);
      if (result == NULL || (is_new && !keep_reply (push, result, &local_error)))
        {
          *culprit = i;
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return TRUE;
}

/* Applies mutations in one transaction: all, or none with the first that failed in @culprit. */
static gboolean
apply_range (const Push *push, guint begin, guint end, GPtrArray *results, guint *culprit, GError **error)
{
  guint n_before = results->len;

  if (!rounds_record_store_begin (push->store, error))
    return FALSE;
  if (!apply_each (push, begin, end, results, culprit, error))
    {
      rounds_record_store_rollback (push->store);
      g_ptr_array_set_size (results, (int) n_before);
      return FALSE;
    }
  if (!rounds_record_store_commit (push->store, error))
    {
      g_ptr_array_set_size (results, (int) n_before);
      return FALSE;
    }
  return TRUE;
}

static RoundsSyncResult *
reject_mutation (const RoundsChange *mutation, gboolean is_culprit, const GError *why)
{
  RoundsSyncResult *result = rounds_sync_result_new (mutation, ROUNDS_SYNC_REJECTED);

  if (is_culprit)
    {
      result->reason = g_strdup (why->message);
      result->field = g_strdup (rounds_error_get_field (why));
    }
  else
    result->reason = g_strdup_printf (_ ("What was saved together with this was refused: %s"), why->message);
  return result;
}

static gboolean
reject_group (const Push *push, guint begin, guint end, guint culprit, const GError *why, GPtrArray *results,
              GError **error)
{
  guint n_before = results->len;

  if (!rounds_record_store_begin (push->store, error))
    return FALSE;
  for (guint i = begin; i < end; i++)
    {
      const RoundsChange *mutation = g_ptr_array_index (push->mutations, i);
      g_autoptr (GError) local_error = NULL;
      RoundsSyncResult *result = find_reply (push, mutation, &local_error);
      gboolean is_new = result == NULL && local_error == NULL;

      if (is_new)
        result = reject_mutation (mutation, i == culprit, why);
      if (result != NULL)
        g_ptr_array_add (results, result);
      if (local_error != NULL || (is_new && !keep_reply (push, result, &local_error)))
        {
          rounds_record_store_rollback (push->store);
          g_ptr_array_set_size (results, (int) n_before);
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return rounds_record_store_commit (push->store, error);
}

static guint
find_group_end (const Push *push, guint begin)
{
  const RoundsChange *first = g_ptr_array_index (push->mutations, begin);
  guint end = begin + 1;

  while (end < push->mutations->len
         && rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (push->mutations, end))->group, &first->group))
    end++;
  return end;
}

static gboolean
apply_groups (const Push *push, GPtrArray *results, GError **error)
{
  for (guint begin = 0, end; begin < push->mutations->len; begin = end)
    {
      g_autoptr (GError) why = NULL;
      guint culprit = begin;

      end = find_group_end (push, begin);
      if (apply_range (push, begin, end, results, &culprit, &why))
        continue;
      if (!is_refusal (why))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return FALSE;
        }
      if (!reject_group (push, begin, end, culprit, why, results, error))
        return FALSE;
    }
  return TRUE;
}

/* Mostly nothing is refused, and one commit serves all groups; else each group gets its own. */
static gboolean
apply_all (const Push *push, GPtrArray *results, GError **error)
{
  g_autoptr (GError) why = NULL;
  guint culprit = 0;

  if (push->mutations->len == 0 || apply_range (push, 0, push->mutations->len, results, &culprit, &why))
    return TRUE;
  if (is_refusal (why))
    return apply_groups (push, results, error);
  g_propagate_error (error, g_steal_pointer (&why));
  return FALSE;
}

/**
 * rounds_sync_server_push:
 * @store: the server's store
 * @user: who is signed in
 * @device: (nullable): the device that the user signed in from, which the request must name as well
 * @body: the request
 * @allow: (scope call) (nullable): asked about each mutation
 * @data: for @allow
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID (the request makes no sense), %ROUNDS_ERROR_FORBIDDEN (another
 * device), or what the disk says: then nothing of the group at hand is applied and the request can be repeated
 *
 * Applies a device's mutations in order, each once: the answer is kept in the transaction that applies it, and a repeat
 * gets it again. Consecutive mutations of one group are applied whole or not at all.
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *
rounds_sync_server_push (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device, GBytes *body,
                         RoundsSyncAllowFunc allow, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) mutations = NULL;
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_sync_result_free);
  Push push = { .store = store, .allow = allow, .allow_data = data };
  gboolean done;

  if (!rounds_sync_push_parse (body, &push.device, &mutations, error))
    return NULL;
  if (device != NULL && !rounds_uuid_equal (device, &push.device))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("This sign-in belongs to another device."));
      return NULL;
    }

  push.mutations = mutations;
  rounds_record_store_set_actor (store, user, &push.device);
  done = apply_all (&push, results, error);
  rounds_record_store_set_actor (store, NULL, NULL);
  return done ? rounds_sync_push_reply_build (results, rounds_time_now ()) : NULL;
}

/* The epoch is made when it is first needed. */
static char *
get_epoch (RoundsRecordStore *store, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *epoch = rounds_record_store_get_state (store, ROUNDS_STATE_EPOCH, &local_error);
  RoundsUuid id = rounds_uuid_new ();

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (epoch == NULL)
    {
      epoch = rounds_uuid_to_string (&id);
      if (!rounds_record_store_set_state (store, ROUNDS_STATE_EPOCH, epoch, error))
        return NULL;
    }
  return g_steal_pointer (&epoch);
}

static gsize
get_text_size (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  gsize size = 0;

  for (guint f = 0; f < info->n_fields; f++)
    {
      const char *text = rounds_record_get_text (record, f);

      size += text != NULL ? strlen (text) : 0;
    }
  return size;
}

/* Each record of the slice once, as it is now; the rest of the slice waits for the next page if this one gets too long.
 */
static gboolean
add_records (RoundsRecordStore *store, GPtrArray *changes, RoundsSyncPage *page, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  gsize bytes = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      RoundsChange *change = g_ptr_array_index (changes, i);
      g_autoptr (GError) local_error = NULL;
      RoundsRecord *record;

      page->seq = change->seq;
      if (change->entity == ROUNDS_ENTITY_NONE || rounds_entity_get_info (change->entity)->scope != ROUNDS_SCOPE_SYNCED
          || !g_hash_table_add (seen, &change->record))
        continue;
      record = rounds_sync_find_record (store, change, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (record == NULL)
        continue;
      bytes += get_text_size (record);
      rounds_sync_page_add (page, record);
      if (bytes > PULL_BYTES && i + 1 < changes->len)
        {
          page->has_more = TRUE;
          return TRUE;
        }
    }
  return TRUE;
}

/**
 * rounds_sync_server_pull:
 * @store: the server's store
 * @cursor: (nullable): where the device's last page ended; %NULL for the beginning
 * @limit: the most lines of the log to look through, 0 for the usual number
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): the answer: what changed behind @cursor, or everything from the beginning if the
 *   cursor is of another epoch, from before a backup was restored
 */
GBytes *
rounds_sync_server_pull (RoundsRecordStore *store, const char *cursor, guint limit, GError **error)
{
  g_autofree char *epoch = get_epoch (store, error);
  g_autofree char *cursor_epoch = NULL;
  g_autoptr (RoundsSyncPage) page = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  gint64 last;

  if (epoch == NULL)
    return NULL;
  limit = limit == 0 ? ROUNDS_SYNC_PULL_LIMIT : MIN (limit, PULL_LIMIT_MAX);
  last = rounds_record_store_get_last_seq (store, error);
  if (last < 0)
    return NULL;

  page = rounds_sync_page_new (epoch);
  if (!rounds_sync_cursor_parse (cursor, &cursor_epoch, &page->seq) || g_strcmp0 (cursor_epoch, epoch) != 0
      || page->seq > last)
    {
      page->reset = TRUE;
      page->seq = 0;
    }

  changes = rounds_record_store_list_changes (store, page->seq, limit + 1, error);
  if (changes == NULL)
    return NULL;
  page->has_more = changes->len > limit;
  if (page->has_more)
    g_ptr_array_set_size (changes, (int) limit);
  if (!add_records (store, changes, page, error))
    return NULL;
  return rounds_sync_page_build (page, rounds_time_now ());
}
