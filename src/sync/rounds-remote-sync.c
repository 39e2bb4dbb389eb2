/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A whole sync for a program without a main loop of its own. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-lock.h"
#include "rounds-time.h"

/* How long another program's sync is waited for: rounds-cli beside the open window. */
#define PATIENCE (30 * G_TIME_SPAN_SECOND)
#define PAUSE (100 * G_TIME_SPAN_MILLISECOND)

static RoundsSyncLock *
wait_for_lock (RoundsRecordStore *store, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  for (;;)
    {
      g_autoptr (GError) local_error = NULL;
      RoundsSyncLock *lock = rounds_sync_lock_take (store, &local_error);

      if (lock != NULL)
        return lock;
      if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED) || g_get_monotonic_time () > end
          || g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      g_usleep (PAUSE);
    }
}

static RoundsRemote *
open_remote (RoundsRecordStore *store, GError **error)
{
  g_autofree char *server = NULL;
  g_autofree char *token = NULL;
  g_autoptr (RoundsRemote) remote = NULL;

  if (!rounds_record_store_get_state (store, ROUNDS_STATE_SERVER, &server, error)
      || !rounds_record_store_get_state (store, ROUNDS_STATE_REFRESH_TOKEN, &token, error))
    return NULL;
  if (server == NULL || token == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("Sign in to a server first."));
      return NULL;
    }
  remote = rounds_remote_new (server, error);
  if (remote != NULL)
    rounds_remote_set_refresh_token (remote, token);
  return g_steal_pointer (&remote);
}

/* The old token is void as soon as there is a new one, so it is stored before the answer is looked at. */
static void
token_changed_cb (RoundsRemote *remote, GParamSpec *pspec, RoundsRecordStore *store)
{
  g_autoptr (GError) error = NULL;

  if (!rounds_record_store_set_state (store, ROUNDS_STATE_REFRESH_TOKEN, rounds_remote_get_refresh_token (remote),
                                      &error))
    g_warning ("The renewed sign-in could not be stored: %s", error->message);
}

static gboolean
work_cb (gpointer data, GError **error)
{
  return rounds_sync_engine_work (data, error);
}

/**
 * rounds_remote_run:
 * @self: a server
 * @engine: an engine whose run has been started
 * @error: (out) (optional): as rounds_remote_sync_store()
 *
 * Sends what @engine asks for until its run is done, turning the thread's default main context meanwhile.
 */
gboolean
rounds_remote_run (RoundsRemote *self, RoundsSyncEngine *engine, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      g_autoptr (RoundsSyncRequest) request = NULL;
      g_autoptr (GBytes) body = NULL;
      guint status = 0;

      if (!rounds_sync_engine_next (engine, &request, error))
        return FALSE;
      if (request == NULL)
        return TRUE;
      body = rounds_remote_send_beside (self, request, work_cb, engine, &status, cancellable, error);
      if (body == NULL || !rounds_sync_engine_receive (engine, status, body, error))
        return FALSE;
    }
}

/**
 * rounds_remote_sync_store:
 * @store: a device's store that is signed in (%ROUNDS_STATE_SERVER, %ROUNDS_STATE_REFRESH_TOKEN)
 * @summary: (out) (optional): what was done, also where it failed in the middle
 * @error: (out) (optional): LOCKED if another program's sync does not end, UNAUTHORIZED, UNREACHABLE, PROTOCOL,
 * FORBIDDEN, CANCELLED, and what the disk says
 *
 * Runs a sync from beginning to end, turning the thread's default main context meanwhile.
 */
gboolean
rounds_remote_sync_store (RoundsRecordStore *store, RoundsSyncSummary *summary, GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (store);
  g_autoptr (RoundsSyncLock) lock = wait_for_lock (store, cancellable, error);
  g_autoptr (RoundsRemote) remote = lock != NULL ? open_remote (store, error) : NULL;
  g_autofree char *now = NULL;
  gboolean done;

  if (summary != NULL)
    *summary = (RoundsSyncSummary) { 0 };
  if (remote == NULL)
    return FALSE;

  g_signal_connect_object (remote, "notify::refresh-token", G_CALLBACK (token_changed_cb), store, G_CONNECT_DEFAULT);
  rounds_sync_engine_start (engine);
  done = rounds_remote_run (remote, engine, cancellable, error);
  if (summary != NULL)
    *summary = *rounds_sync_engine_get_summary (engine);
  if (!done)
    return FALSE;
  now = rounds_instant_to_string (rounds_time_now ());
  return rounds_record_store_set_state (store, ROUNDS_STATE_LAST_SYNC, now, error);
}
