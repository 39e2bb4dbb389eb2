/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's answer to a push. */

#include "config.h"

#include "rounds-sync-server.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-apply.h"
#include "rounds-sync-cursor.h"
#include "rounds-sync-operation.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-scope.h"

/* So many lines of the log at most, beyond a push's own, are looked through for news that the device does not have. */
#define SHORT_LOG 200

/* One push while it is worked on. */
typedef struct
{
  RoundsSyncApplier applier;
  GPtrArray *mutations; /* (not owned) of RoundsChange */
  gint64 last_reply;    /* the highest number that the device got an answer for, in the open transaction too */
} Push;

/* @reply: (out) (transfer full) (nullable): the answer that @mutation got before, with the record as it is now; NULL if
 * it is new */
static gboolean
find_reply (const Push *push, const RoundsChange *mutation, RoundsSyncResult **reply, GError **error)
{
  g_autoptr (RoundsSyncResult) result = NULL;
  g_autofree char *text = NULL;

  *reply = NULL;
  if (mutation->seq > push->last_reply)
    return TRUE;
  if (!rounds_record_store_get_reply (push->applier.store, &push->applier.device, mutation->seq, &mutation->group,
                                      &text, error))
    return FALSE;
  if (text == NULL || mutation->entity == ROUNDS_ENTITY_NONE)
    return TRUE;
  result = rounds_sync_result_from_text (text, mutation, error);
  if (result == NULL
      || (result->status != ROUNDS_SYNC_REJECTED
          && !rounds_record_store_look_up (push->applier.store, mutation->entity, &mutation->record, &result->record,
                                           error)))
    return FALSE;
  if (result->record != NULL && !rounds_territory_scope_shows (push->applier.scope, result->record))
    g_clear_object (&result->record); /* it was done, and the record is none of the user's business any more */
  *reply = g_steal_pointer (&result);
  return TRUE;
}

static void
keep_reply (Push *push, RoundsSyncResult *result)
{
  g_autofree char *text = rounds_sync_result_to_text (result);

  rounds_record_store_put_reply (push->applier.store, &push->applier.device, result->n, &result->group, text);
  push->last_reply = MAX (push->last_reply, result->n);
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
is_same_group (const Push *push, guint a, guint b)
{
  return rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (push->mutations, a))->group,
                            &((RoundsChange *) g_ptr_array_index (push->mutations, b))->group);
}

static guint
find_group_end (const Push *push, guint begin)
{
  guint end = begin + 1;

  while (end < push->mutations->len && is_same_group (push, begin, end))
    end++;
  return end;
}

/* Whether the group that begins there takes along what was refused before: its numbers do not follow each other. It is
 * sent as it was then, and what the device has may be something else by now, as a later change of it that had nothing
 * to change here was done with; so the answers tell all. */
static gboolean
takes_along (const Push *push, guint begin)
{
  guint end = find_group_end (push, begin);

  return ((RoundsChange *) g_ptr_array_index (push->mutations, end - 1))->seq
           - ((RoundsChange *) g_ptr_array_index (push->mutations, begin))->seq
         != (gint64) (end - 1 - begin);
}

/* Does what @mutation asks for, unless that was done before, and keeps the answer. */
static gboolean
apply_once (Push *push, const RoundsChange *mutation, GPtrArray *results, GError **error)
{
  g_autoptr (RoundsSyncResult) result = NULL;
  gboolean is_new;

  if (!find_reply (push, mutation, &result, error))
    return FALSE;
  is_new = result == NULL;
  if (is_new)
    result = rounds_sync_apply (&push->applier, mutation, error);
  else
    rounds_sync_applier_tell_all (&push->applier, &mutation->record);
  if (result == NULL)
    return FALSE;
  if (is_new)
    keep_reply (push, result);
  g_ptr_array_add (results, g_steal_pointer (&result));
  return TRUE;
}

static gboolean
apply_each (Push *push, guint begin, guint end, GPtrArray *results, guint *culprit, GError **error)
{
  gboolean tells_all = FALSE;

  for (guint i = begin; i < end; i++)
    {
      RoundsChange *mutation = g_ptr_array_index (push->mutations, i);

      /* One commit may serve several groups; they are groups all the same. */
      if (i == begin || !is_same_group (push, i - 1, i))
        {
          rounds_record_store_begin_group (push->applier.store);
          push->applier.people = ROUNDS_SYNC_PEOPLE_STAY;
          g_hash_table_remove_all (push->applier.spared);
          g_hash_table_remove_all (push->applier.left);
          g_hash_table_remove_all (push->applier.wanted);
          push->applier.is_alone = find_group_end (push, i) == i + 1;
          tells_all = takes_along (push, i);
        }
      if (tells_all)
        rounds_sync_applier_tell_all (&push->applier, &mutation->record);
      if (!apply_once (push, mutation, results, error))
        {
          *culprit = i;
          return FALSE;
        }
      if ((i + 1 == end || !is_same_group (push, i, i + 1)) && !rounds_sync_operation_end_group (&push->applier, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
begin_transaction (Push *push, GError **error)
{
  if (!rounds_record_store_begin (push->applier.store, error))
    return FALSE;
  push->last_reply = rounds_record_store_get_last_reply (push->applier.store, &push->applier.device, error);
  if (push->last_reply >= 0)
    return TRUE;
  rounds_record_store_rollback (push->applier.store);
  return FALSE;
}

/* Nothing of the last transaction came to be. What it was about may have been told of by groups before it, which did;
 * the next answer about it tells all. */
static void
take_back (Push *push, guint begin, guint end, GPtrArray *results, guint n_before)
{
  g_ptr_array_set_size (results, (int) n_before);
  for (guint i = begin; i < end; i++)
    rounds_sync_applier_tell_all (&push->applier, &((RoundsChange *) push->mutations->pdata[i])->record);
}

/* Applies mutations in one transaction: all, or none with the first that failed in @culprit. */
static gboolean
apply_range (Push *push, guint begin, guint end, GPtrArray *results, guint *culprit, GError **error)
{
  guint n_before = results->len;

  if (!begin_transaction (push, error))
    return FALSE;
  if (rounds_record_store_end (push->applier.store, apply_each (push, begin, end, results, culprit, error), error))
    return TRUE;
  take_back (push, begin, end, results, n_before);
  return FALSE;
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

/* Whether some of these mutations are about a kind of record that this version does not know. What is refused for that
 * is looked at again when the device asks again: the server may have been upgraded. */
static gboolean
has_strangers (const Push *push, guint begin, guint end)
{
  for (guint i = begin; i < end; i++)
    if (((RoundsChange *) g_ptr_array_index (push->mutations, i))->entity == ROUNDS_ENTITY_NONE)
      return TRUE;
  return FALSE;
}

static gboolean
reject_each (Push *push, guint begin, guint end, guint culprit, const GError *why, GPtrArray *results, GError **error)
{
  gboolean is_strange = has_strangers (push, begin, end);

  for (guint i = begin; i < end; i++)
    {
      const RoundsChange *mutation = g_ptr_array_index (push->mutations, i);
      g_autoptr (RoundsSyncResult) result = NULL;
      gboolean is_new;

      if (!find_reply (push, mutation, &result, error))
        return FALSE;
      is_new = result == NULL;
      if (is_new)
        result = reject_mutation (mutation, i == culprit, why);
      if (is_new && !is_strange)
        keep_reply (push, result);
      g_ptr_array_add (results, g_steal_pointer (&result));
    }
  return TRUE;
}

static gboolean
reject_group (Push *push, guint begin, guint end, guint culprit, const GError *why, GPtrArray *results, GError **error)
{
  guint n_before = results->len;

  if (!begin_transaction (push, error))
    return FALSE;
  if (rounds_record_store_end (push->applier.store, reject_each (push, begin, end, culprit, why, results, error),
                               error))
    return TRUE;
  g_ptr_array_set_size (results, (int) n_before);
  return FALSE;
}

static gboolean
apply_groups (Push *push, GPtrArray *results, GError **error)
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
apply_all (Push *push, GPtrArray *results, GError **error)
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

/* Whether what the line of @mark says is for the device. 1, 0, or -1 on error. */
static int
concerns_device (Push *push, const RoundsLogMark *mark, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_entity_is_synced (mark->entity))
    return 0;
  if (mark->has_moved)
    return 1;
  if (!rounds_record_store_look_up (push->applier.store, mark->entity, &mark->record, &record, error))
    return -1;
  return record == NULL || rounds_territory_scope_shows (push->applier.scope, record);
}

/* Which revision of each record @results tell of, by id: what followed from a mutation may have changed the record of
 * an earlier one again. */
static GHashTable *
find_told (GPtrArray *results)
{
  GHashTable *told = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_free);

  for (guint i = 0; i < results->len; i++)
    {
      RoundsSyncResult *result = g_ptr_array_index (results, i);
      gint64 rev = result->record != NULL ? rounds_record_get_integer (result->record, ROUNDS_FIELD_REV) : 0;

      if (result->record != NULL)
        g_hash_table_replace (told, (gpointer) rounds_record_get_id (result->record), g_memdup2 (&rev, sizeof rev));
    }
  return told;
}

static gboolean
is_told (GHashTable *told, const RoundsLogMark *mark)
{
  const gint64 *rev = g_hash_table_lookup (told, &mark->record);

  return rev != NULL && mark->rev <= *rev;
}

/* Whether @results tell the device of everything that devices get to see behind @cursor. 1, 0, or -1 on error. */
static int
tell_all (Push *push, const RoundsSyncCursor *cursor, GPtrArray *results, gint64 *last, GError **error)
{
  g_autoptr (GHashTable) told = find_told (results);
  guint limit = results->len + SHORT_LOG;
  gint64 floor = rounds_record_store_get_log_floor (push->applier.store, error);
  g_autoptr (GArray) marks = NULL;

  if (floor < 0)
    return -1;
  marks = rounds_record_store_list_marks (push->applier.store, cursor->seq, limit + 1, error);
  if (marks == NULL)
    return -1;
  if (cursor->seq < floor || marks->len > limit)
    return 0;
  *last = cursor->seq;
  for (guint i = 0; i < marks->len; i++)
    {
      const RoundsLogMark *mark = &g_array_index (marks, RoundsLogMark, i);
      int is_news = is_told (told, mark) ? 0 : concerns_device (push, mark, error);

      if (is_news != 0)
        return is_news < 0 ? -1 : 0;
      *last = mark->seq;
    }
  return 1;
}

/* Whether @cursor is of somebody who has come to the log and gets to see the same as then. 1, 0, or -1 on error. */
static int
is_current (Push *push, const RoundsSyncCursor *cursor, GError **error)
{
  g_autofree char *scope = rounds_sync_scope_to_text (push->applier.scope, push->applier.store, error);

  if (scope == NULL)
    return -1;
  return cursor->entity == ROUNDS_ENTITY_NONE && cursor->schema == rounds_schema_get_fingerprint ()
         && g_str_equal (scope, cursor->scope);
}

/* Tells where the device is with the results, unless it has to ask. */
static gboolean
move_cursor (Push *push, const char *text, RoundsSyncReply *reply, GError **error)
{
  g_auto (RoundsSyncCursor) cursor = ROUNDS_SYNC_CURSOR_INIT;
  gint64 last = 0;
  int knows_all = rounds_sync_cursor_open (&cursor, push->applier.store, text, error);

  if (knows_all > 0)
    knows_all = is_current (push, &cursor, error);
  if (knows_all > 0)
    knows_all = tell_all (push, &cursor, reply->results, &last, error);
  if (knows_all <= 0)
    return knows_all == 0;
  if (!rounds_sync_cursor_move (&cursor, push->applier.store, last, error))
    return FALSE;
  reply->cursor = rounds_sync_cursor_format (&cursor);
  return TRUE;
}

/* Whether the device speaks to the data that are here, and not to those of before a backup was put back: of what it
 * changes, some may be missing that it still has and says again first, once it knows. 1, 0, or -1 on error. */
static int
knows_epoch (Push *push, const RoundsSyncPush *request, RoundsSyncReply *reply, GError **error)
{
  g_auto (RoundsSyncCursor) cursor = ROUNDS_SYNC_CURSOR_INIT;
  int is_place = rounds_sync_cursor_open (&cursor, push->applier.store, request->cursor, error);

  if (is_place < 0)
    return -1;
  reply->epoch = g_strdup (cursor.epoch);
  if (request->cursor != NULL)
    return is_place;
  return request->epoch == NULL || g_str_equal (request->epoch, cursor.epoch);
}

static gboolean
work (Push *push, const RoundsSyncPush *request, RoundsSyncReply *reply, GError **error)
{
  int knows = knows_epoch (push, request, reply, error);

  reply->reset = knows == 0;
  return knows == 0
         || (knows > 0 && apply_all (push, reply->results, error) && move_cursor (push, request->cursor, reply, error));
}

/**
 * rounds_sync_server_push:
 * @store: the server's store
 * @scope: (nullable): what the user gets to see; %NULL for everything
 * @user: who is signed in
 * @device: (nullable): the device that the user signed in from, which the request must name as well
 * @body: the request
 * @allow: (scope call) (nullable): asked about each mutation
 * @data: for @allow
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID (the request makes no sense), %ROUNDS_ERROR_FORBIDDEN (another
 * device), or what the disk says: then nothing of the group at hand is applied and the request can be repeated
 *
 * Applies a device's mutations in order, each once: the answer is kept in the transaction that applies it, and a repeat
 * gets it again. Consecutive mutations of one group are applied whole or not at all. Where nothing but what the answer
 * tells has happened since the device's cursor, the answer moves that on, and the device need not pull. A device that
 * knows another epoch is told so, and nothing is applied.
 *
 * Returns: (transfer full) (nullable): the answer
 */
GBytes *
rounds_sync_server_push (RoundsRecordStore *store, const RoundsTerritoryScope *scope, const RoundsUuid *user,
                         const RoundsUuid *device, GBytes *body, RoundsSyncAllowFunc allow, gpointer data,
                         GError **error)
{
  g_autoptr (RoundsSyncPush) request = rounds_sync_push_parse (body, error);
  g_autoptr (RoundsSyncReply) reply = rounds_sync_reply_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, g_free);
  g_autoptr (GHashTable) spared = rounds_uuid_set_new ();
  g_autoptr (GHashTable) left = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  g_autoptr (GHashTable) wanted = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  Push push = { .applier = { .store = store, .scope = scope, .known = known, .allow = allow, .allow_data = data } };
  gboolean done;

  if (request == NULL)
    return NULL;
  if (device != NULL && !rounds_uuid_equal (device, &request->device))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("This sign-in belongs to another device."));
      return NULL;
    }

  push.applier.device = request->device;
  push.applier.spared = spared;
  push.applier.left = left;
  push.applier.wanted = wanted;
  push.mutations = request->mutations;
  rounds_record_store_set_actor (store, user, &push.applier.device);
  done = work (&push, request, reply, error);
  g_clear_pointer (&push.applier.changed, g_hash_table_unref);
  rounds_record_store_set_actor (store, NULL, NULL);
  return done ? rounds_sync_reply_build (reply) : NULL;
}
