/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-steps.h"

#include "rounds-sync-verifier.h"
#include "rounds-time.h"

/**
 * rounds_sync_account_free:
 * @account: (transfer full): a RoundsSyncAccount
 */
void
rounds_sync_account_free (gpointer account)
{
  RoundsSyncAccount *self = account;

  g_free (self->server);
  g_free (self->username);
  g_free (self->token);
  g_free (self->device);
  g_free (self->user);
  g_free (self->staff);
  g_free (self);
}

/* Who writes from now on, for the change log. */
static void
set_actor (RoundsRecordStore *store, const RoundsSyncAccount *account)
{
  RoundsUuid user;
  RoundsUuid device;
  gboolean has_user = account->user != NULL && rounds_uuid_parse (account->user, &user);
  gboolean has_device = account->device != NULL && rounds_uuid_parse (account->device, &device);

  rounds_record_store_set_actor (store, has_user ? &user : NULL, has_device ? &device : NULL);
}

/**
 * rounds_sync_account_load:
 * @store: the store
 * @data: not used
 * @cancellable: not used
 * @error: (out) (optional): what the store reports
 *
 * Database thread.
 *
 * Returns: (transfer full): a RoundsSyncAccount
 */
gpointer
rounds_sync_account_load (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsSyncAccount) self = g_new0 (RoundsSyncAccount, 1);
  g_autofree char *last_sync = NULL;
  const struct
  {
    const char *key;
    char **place;
  } states[] = {
    { ROUNDS_STATE_SERVER, &self->server },       { ROUNDS_STATE_USERNAME, &self->username },
    { ROUNDS_STATE_REFRESH_TOKEN, &self->token }, { ROUNDS_STATE_DEVICE, &self->device },
    { ROUNDS_STATE_USER, &self->user },           { ROUNDS_STATE_STAFF, &self->staff },
    { ROUNDS_STATE_LAST_SYNC, &last_sync },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (!rounds_record_store_get_state (store, states[i].key, states[i].place, error))
      return NULL;
  if (last_sync != NULL && !rounds_instant_parse (last_sync, &self->last_sync))
    self->last_sync = 0;
  set_actor (store, self);

  return g_steal_pointer (&self);
}

static gboolean
save_states (RoundsRecordStore *store, const RoundsSyncAccount *self, GError **error)
{
  g_autofree char *server = NULL;
  const struct
  {
    const char *key;
    const char *value;
  } states[] = {
    { ROUNDS_STATE_SERVER, self->server },       { ROUNDS_STATE_USERNAME, self->username },
    { ROUNDS_STATE_REFRESH_TOKEN, self->token }, { ROUNDS_STATE_USER, self->user },
    { ROUNDS_STATE_STAFF, self->staff },
  };

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_SERVER, &server, error))
    return FALSE;
  if (server != NULL && g_strcmp0 (server, self->server) != 0)
    if (!rounds_record_store_set_state (store, ROUNDS_STATE_CURSOR, NULL, error)
        || !rounds_record_store_set_state (store, ROUNDS_STATE_LAST_SYNC, NULL, error))
      return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    if (!rounds_record_store_set_state (store, states[i].key, states[i].value, error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_sync_account_save:
 * @store: the store
 * @data: the RoundsSyncAccount to keep
 * @cancellable: not used
 * @error: (out) (optional): what the store reports; nothing is changed then
 *
 * Database thread.
 *
 * Returns: (transfer full): the account as it is now, a RoundsSyncAccount
 */
gpointer
rounds_sync_account_save (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  if (!rounds_record_store_begin (store, error)
      || !rounds_record_store_end (store, save_states (store, data, error), error))
    return NULL;

  return rounds_sync_account_load (store, NULL, cancellable, error);
}

/**
 * rounds_sync_token_save:
 * @store: the store
 * @data: the refresh token to keep
 * @cancellable: not used
 * @error: (out) (optional): what the store reports
 *
 * Database thread.
 *
 * Returns: %NULL
 */
gpointer
rounds_sync_token_save (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  rounds_record_store_set_state (store, ROUNDS_STATE_REFRESH_TOKEN, data, error);
  return NULL;
}

/**
 * rounds_sync_counts_load:
 * @store: the store
 * @data: not used
 * @cancellable: not used
 * @error: (out) (optional): what the store reports
 *
 * Database thread.
 *
 * Returns: (transfer full): a RoundsSyncCounts, to free with g_free()
 */
gpointer
rounds_sync_counts_load (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsQuery) open = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  RoundsValue null = ROUNDS_VALUE_INIT;
  gint64 pending;
  gint64 rejected;
  gint64 conflicts;
  RoundsSyncCounts *counts;

  rounds_query_where (open, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &null);
  /* Two devices that reminded at once: there is nothing in it for a person to choose. */
  rounds_query_where_text (open, ROUNDS_CONFLICT_ENTITY, ROUNDS_IS_NOT, "reminder");
  pending = rounds_record_store_count_changes (store, ROUNDS_CHANGE_PENDING, error);
  if (pending < 0)
    return NULL;
  rejected = rounds_record_store_count_rejected_acts (store, error);
  if (rejected < 0)
    return NULL;
  conflicts = rounds_record_store_count (store, open, error);
  if (conflicts < 0)
    return NULL;

  counts = g_new0 (RoundsSyncCounts, 1);
  counts->pending = (guint) pending;
  counts->attention = (guint) (rejected + conflicts);

  return counts;
}

/**
 * rounds_sync_run_new:
 *
 * Returns: (transfer full): a run whose first step has not been made
 */
RoundsSyncRun *
rounds_sync_run_new (void)
{
  RoundsSyncRun *self = g_new0 (RoundsSyncRun, 1);

  g_atomic_ref_count_init (&self->references);
  return self;
}

/**
 * rounds_sync_run_ref:
 * @self: a run
 *
 * Returns: (transfer full): the run
 */
RoundsSyncRun *
rounds_sync_run_ref (RoundsSyncRun *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * rounds_sync_run_unref:
 * @self: (transfer full): a RoundsSyncRun
 */
void
rounds_sync_run_unref (gpointer self)
{
  RoundsSyncRun *run = self;

  if (!g_atomic_ref_count_dec (&run->references))
    return;
  g_clear_object (&run->engine);
  g_clear_pointer (&run->request, rounds_sync_request_free);
  g_clear_pointer (&run->body, g_bytes_unref);
  g_clear_pointer (&run->lock, rounds_sync_lock_release);
  g_free (run->token);
  g_free (run);
}

/**
 * rounds_sync_run_work:
 * @store: the store
 * @data: the RoundsSyncRun
 * @cancellable: not used
 * @error: (out) (optional): what the store reports
 *
 * Database thread. What there is to do while a request is on its way.
 *
 * Returns: %NULL
 */
gpointer
rounds_sync_run_work (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  RoundsSyncRun *self = data;

  rounds_sync_engine_work (self->engine, error);
  return NULL;
}

static gboolean
take_answer (RoundsSyncRun *self, RoundsRecordStore *store, GError **error)
{
  g_autoptr (GBytes) body = g_steal_pointer (&self->body);
  guint status = self->status;

  self->status = 0;
  return status == 0 || rounds_sync_engine_receive (self->engine, status, body, error);
}

/**
 * rounds_sync_run_step:
 * @store: the store
 * @data: the RoundsSyncRun
 * @cancellable: not used
 * @error: (out) (optional): LOCKED while another program syncs; what the engine or the store reports
 *
 * Database thread.
 *
 * Returns: (transfer full): the run, whose request says what to send next
 */
gpointer
rounds_sync_run_step (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  RoundsSyncRun *self = data;

  if (self->engine == NULL)
    {
      self->lock = rounds_sync_lock_take (store, error);
      if (self->lock == NULL)
        return NULL;
      if (!rounds_record_store_get_state (store, ROUNDS_STATE_REFRESH_TOKEN, &self->token, error))
        return NULL;
      if (self->check && !rounds_sync_verifier_make_due (store, FALSE, error))
        return NULL;
      self->engine = rounds_sync_engine_new (store);
      rounds_sync_engine_start (self->engine);
    }
  if (!take_answer (self, store, error))
    return NULL;
  self->done =
    rounds_sync_engine_get_summary (self->engine)->pushed + rounds_sync_engine_get_summary (self->engine)->pulled;

  g_clear_pointer (&self->request, rounds_sync_request_free);
  if (!rounds_sync_engine_next (self->engine, &self->request, error))
    return NULL;
  if (self->request == NULL)
    {
      int is_due = self->check ? rounds_sync_verifier_is_due (store, error) : 1;
      g_autofree char *now = NULL;

      if (is_due < 0)
        return NULL;
      self->checked = is_due == 0;
      self->repaired = rounds_sync_engine_get_summary (self->engine)->repaired;
      self->now = rounds_time_now ();
      now = rounds_instant_to_string (self->now);
      if (!rounds_record_store_set_state (store, ROUNDS_STATE_LAST_SYNC, now, error))
        return NULL;
    }
  return rounds_sync_run_ref (self);
}
