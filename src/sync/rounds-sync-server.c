/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's answer to a push. */

#include "config.h"

#include "rounds-sync-server.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-apply.h"
#include "rounds-sync-protocol.h"
#include "rounds-time.h"

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
    result->record = rounds_sync_find_record (push->store, mutation->entity, &mutation->record, &local_error);
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
