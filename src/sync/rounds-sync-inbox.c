/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writing what came from the server into a device's store. */

#include "config.h"

#include "rounds-sync-inbox.h"

#include <glib/gi18n-lib.h>

#include "rounds-remote.h"
#include "rounds-sync-conflicts.h"
#include "rounds-sync-leftover.h"
#include "rounds-sync-mending.h"
#include "rounds-sync-settling.h"
#include "rounds-sync-unsent.h"

/* What of this device the server does not have. */
typedef struct
{
  GPtrArray *rejected;  /* (owned) of RoundsChange: what it refused, of any record */
  gboolean has_pending; /* whether anything is still to be sent */
} OwnChanges;

static void
own_changes_clear (OwnChanges *own)
{
  g_clear_pointer (&own->rejected, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OwnChanges, own_changes_clear)

static gboolean
load_own_changes (RoundsRecordStore *store, OwnChanges *own, GError **error)
{
  g_autoptr (GPtrArray) pending = rounds_record_store_list_outbox (store, 0, 1, error);

  own->has_pending = pending != NULL && pending->len > 0;
  own->rejected = pending != NULL ? rounds_sync_mending_list (store, error) : NULL;
  return own->rejected != NULL;
}

/* The device's own changes of @id that the server does not have: still to be sent, or refused. Oldest first. */
static GPtrArray *
list_own_changes (RoundsRecordStore *store, const RoundsUuid *id, const OwnChanges *own, GError **error)
{
  g_autoptr (GPtrArray) pending =
    own->has_pending ? rounds_record_store_list_pending_of (store, id, error) : g_ptr_array_new ();
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  guint p = 0;

  if (pending == NULL)
    return NULL;
  for (guint r = 0; r < own->rejected->len; r++)
    {
      const RoundsChange *change = g_ptr_array_index (own->rejected, r);
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

/* Gives @record the fields of @local that the server did not tell. */
static void
fill_in (RoundsRecord *record, RoundsRecord *local, guint64 present)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = 0; f < info->n_fields; f++)
    if (!(present & ROUNDS_FIELD_BIT (f)))
      rounds_record_set_value (record, f, rounds_record_get_value (local, f));
}

/* Stores a record that came, with this device's own changes on top again.
 * @record: (inout): as the server has it; as it was stored afterwards
 * @present: the fields that the server told, a bit each: what an older server did not tell stays as it is here
 * @written: (inout) (optional): goes up by one if the row really changed */
static gboolean
put_record (RoundsRecordStore *store, RoundsRecord *record, guint64 present, const OwnChanges *own, guint *written,
            GError **error)
{
  g_autoptr (RoundsRecord) local = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (!rounds_record_store_look_up (store, rounds_record_get_entity (record), rounds_record_get_id (record), &local,
                                    error))
    return FALSE;
  if (local != NULL)
    {
      changes = list_own_changes (store, rounds_record_get_id (record), own, error);
      if (changes == NULL || !rounds_merge_rebase (record, changes, rounds_record_is_deleted (local), error))
        return FALSE;
      fill_in (record, local,
               present); /* what is here has the own changes on it already; twice would make two texts of it */
      if (are_equal (record, local))
        return TRUE;
    }
  if (written != NULL)
    ++*written;
  return rounds_record_store_put_remote (store, record, local, error);
}

static gboolean
put_rows (RoundsRecordStore *store, const RoundsSyncPage *page, RoundsSyncLeftover *leftover, const OwnChanges *own,
          RoundsSyncNews *news, GError **error)
{
  RoundsSyncRows rows;

  rounds_sync_rows_init (&rows, page);
  for (;;)
    {
      guint64 present;
      g_autoptr (RoundsRecord) record = NULL;

      if (!rounds_sync_rows_next (&rows, &record, &present, error))
        return FALSE;
      if (record == NULL)
        return TRUE;
      rounds_sync_leftover_keep (leftover, rounds_record_get_id (record));
      if (news->told != NULL)
        rounds_uuid_set_add (news->told, rounds_record_get_id (record));
      if (!put_record (store, record, present, own, &news->written, error))
        return FALSE;
    }
}

/**
 * rounds_sync_inbox_put_page:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @page: what came
 * @news: (inout): what it brought is added here
 * @error: (out) (optional): what the disk says
 *
 * Stores a page: first what is to go, then what came.
 */
gboolean
rounds_sync_inbox_put_page (RoundsRecordStore *store, RoundsSyncPage *page, RoundsSyncNews *news, GError **error)
{
  g_auto (OwnChanges) own = { NULL };
  g_autoptr (RoundsSyncLeftover) leftover =
    load_own_changes (store, &own, error) ? rounds_sync_leftover_load (store, error) : NULL;

  if (leftover == NULL || (page->scope != NULL && !rounds_sync_leftover_leave_scope (leftover, page->scope, error)))
    return FALSE;
  for (guint i = 0; i < page->removed->len; i++)
    {
      const RoundsTouched *gone = &g_array_index (page->removed, RoundsTouched, i);

      if (!rounds_sync_leftover_leave (leftover, gone->entity, &gone->record, error))
        return FALSE;
    }
  if (!put_rows (store, page, leftover, &own, news, error))
    return FALSE;
  return rounds_sync_leftover_finish (leftover, &news->removed, error);
}

/* Answers to a push */

/* What the @place-th answer is about, which mostly is what was sent there. */
static RoundsChange *
find_sent (GPtrArray *sent, guint place, gint64 n)
{
  if (place < sent->len && ((RoundsChange *) sent->pdata[place])->seq == n)
    return sent->pdata[place];
  for (guint i = 0; i < sent->len; i++)
    if (((RoundsChange *) sent->pdata[i])->seq == n)
      return sent->pdata[i];
  return NULL;
}

/* The state of what was not refused. */
static gboolean
acknowledge (RoundsRecordStore *store, GPtrArray *results, GPtrArray *sent, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new ();

  for (guint i = 0; i < results->len; i++)
    {
      const RoundsSyncResult *result = g_ptr_array_index (results, i);

      if (result->status != ROUNDS_SYNC_REJECTED)
        g_ptr_array_add (taken, find_sent (sent, i, result->n));
    }
  return rounds_record_store_acknowledge_changes (store, taken, error);
}

static gboolean
note_result (RoundsRecordStore *store, const RoundsSyncResult *result, const RoundsChange *change, GError **error)
{
  if (result->status == ROUNDS_SYNC_REJECTED)
    return rounds_record_store_set_change_state (
      store, result->n, ROUNDS_CHANGE_REJECTED,
      result->reason != NULL ? result->reason : _ ("The server gave no reason."), error);

  if (!rounds_sync_unsent_note (store, result, &change->record, error)
      || !rounds_sync_settling_take (store, result, change, error))
    return FALSE;
  for (guint i = 0; result->conflicts != NULL && i < result->conflicts->len; i++)
    if (!rounds_sync_conflicts_keep (store, change, g_ptr_array_index (result->conflicts, i), error))
      return FALSE;
  return TRUE;
}

/* 1 if the user has conflicts to decide, 0 if not, -1 on error */
static int
has_open_conflicts (RoundsRecordStore *store, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;
  g_autoptr (GPtrArray) conflicts = NULL;

  rounds_query_where (query, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &nothing);
  rounds_query_limit (query, 1);
  conflicts = rounds_record_store_list (store, query, error);
  return conflicts == NULL ? -1 : conflicts->len > 0;
}

/* First the state of every change, then each record once, as the last answer tells it, so that what is on top of it is
 * only what the server does not have yet. */
static gboolean
write_results (RoundsRecordStore *store, GPtrArray *results, GPtrArray *sent, GError **error)
{
  g_autoptr (GHashTable) last = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_auto (OwnChanges) own = { NULL };
  int has_conflicts = has_open_conflicts (store, error);

  if (has_conflicts < 0 || !acknowledge (store, results, sent, error))
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      RoundsSyncResult *result = g_ptr_array_index (results, i);
      const RoundsChange *change = find_sent (sent, i, result->n);

      if (!note_result (store, result, change, error)
          || (has_conflicts
              && !rounds_sync_conflicts_close_decided (store, change, result->status != ROUNDS_SYNC_REJECTED, error)))
        return FALSE;
      has_conflicts |= result->conflicts != NULL;
      if (result->record != NULL)
        g_hash_table_replace (last, (gpointer) rounds_record_get_id (result->record), result);
    }

  if (!rounds_sync_settling_drop (store, sent, error) || !load_own_changes (store, &own, error))
    return FALSE;
  for (guint i = 0; i < results->len; i++)
    {
      RoundsSyncResult *result = g_ptr_array_index (results, i);

      if (result->record != NULL && g_hash_table_lookup (last, rounds_record_get_id (result->record)) == result
          && !put_record (store, result->record, result->present, &own, NULL, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_sync_inbox_get_place:
 * @cursor: (out) (transfer full) (nullable): how far the device has come
 * @epoch: (out) (transfer full) (nullable): of the server's data as the device knows it
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_sync_inbox_get_place (RoundsRecordStore *store, char **cursor, char **epoch, GError **error)
{
  *epoch = NULL;
  return rounds_record_store_get_state (store, ROUNDS_STATE_CURSOR, cursor, error)
         && rounds_record_store_get_state (store, ROUNDS_STATE_SERVER_EPOCH, epoch, error);
}

/* A device that has not pulled yet keeps which server's answer it took: should that go back to a backup before the
 * first pull, what it took must be said again. */
static gboolean
keep_epoch (RoundsRecordStore *store, const char *epoch, GError **error)
{
  g_autofree char *known = NULL;

  return rounds_record_store_get_state (store, ROUNDS_STATE_SERVER_EPOCH, &known, error)
         && (epoch == NULL || known != NULL
             || rounds_record_store_set_state (store, ROUNDS_STATE_SERVER_EPOCH, epoch, error));
}

/* Remembers that the server has the record of @change, though it does not tell it: what is done to it from here on is
 * an edit of what is there, and must not make it anew. */
static gboolean
note_existence (RoundsRecordStore *store, const RoundsChange *change, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_record_store_look_up (store, change->entity, &change->record, &record, error))
    return FALSE;
  if (record == NULL || rounds_record_get_integer (record, ROUNDS_FIELD_REV) != 0)
    return TRUE;
  rounds_record_set_integer (record, ROUNDS_FIELD_REV, 1);
  return rounds_record_store_put_remote (store, record, NULL, error);
}

/* 1 if @record is not on the server, which has refused to make it, 0 if not, -1 on error. What a merge has led along is
 * answered all the same. */
static int
is_refused (RoundsRecordStore *store, const RoundsUuid *record, GError **error)
{
  g_autoptr (GPtrArray) changes = rounds_record_store_list_record_changes (store, record, G_MAXUINT, error);

  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const RoundsChange *change = rounds_change_at (changes, i);

      if (change->operation == ROUNDS_OPERATION_CREATE && change->state == ROUNDS_CHANGE_REJECTED)
        return 1;
    }
  return changes != NULL ? 0 : -1;
}

/* What was done and is not told of any more has moved out of sight since: the answer that told of it was lost. What is
 * told of is in sight, even if this device had it elsewhere. */
static gboolean
leave_untold (RoundsRecordStore *store, GPtrArray *results, GPtrArray *sent, RoundsSyncLeftover *leftover,
              GError **error)
{
  for (guint i = 0; i < results->len; i++)
    {
      const RoundsSyncResult *result = g_ptr_array_index (results, i);
      const RoundsChange *change;
      int refused;

      if (result->record != NULL)
        rounds_sync_leftover_keep (leftover, rounds_record_get_id (result->record));
      if (result->record != NULL || result->status == ROUNDS_SYNC_REJECTED)
        continue;
      change = find_sent (sent, i, result->n);
      if (change->operation == ROUNDS_OPERATION_DELETE)
        continue;
      refused = is_refused (store, &change->record, error);
      if (refused < 0
          || (refused == 0
              && (!note_existence (store, change, error)
                  || !rounds_sync_leftover_leave (leftover, change->entity, &change->record, error))))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_sync_inbox_put_reply:
 * @store: a device's store, in a transaction of rounds_record_store_begin_remote()
 * @reply: the answer to a push
 * @sent: (element-type RoundsChange): what was sent
 * @removed: (inout): goes up by the number of records that are not for this device any more
 * @error: (out) (optional): what the disk says
 *
 * Stores what became of each change, the records as they are on the server now, and how far the device has come.
 */
gboolean
rounds_sync_inbox_put_reply (RoundsRecordStore *store, RoundsSyncReply *reply, GPtrArray *sent, guint *removed,
                             GError **error)
{
  g_autoptr (RoundsSyncLeftover) leftover = NULL;

  if (!write_results (store, reply->results, sent, error) || !keep_epoch (store, reply->epoch, error))
    return FALSE;
  leftover = rounds_sync_leftover_load (store, error);
  return leftover != NULL && leave_untold (store, reply->results, sent, leftover, error)
         && rounds_sync_leftover_finish (leftover, removed, error)
         && (reply->cursor == NULL || rounds_record_store_set_state (store, ROUNDS_STATE_CURSOR, reply->cursor, error));
}
