/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A site that is a server, and a device out of reach of its faults that syncs with it. */

#include "fault-site.h"
#include "fault-state.h"
#include "faults.h"
#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sqlite-database.h"

/* The device is as it was left when the site was a server last; after fault_site_put(), as in the beginning. */
static void
open_peer (FaultSite *self)
{
  g_autofree char *path = g_build_filename (self->folder, FAULT_SITE_PEER, NULL);
  g_autofree char *first = g_build_filename (self->folder, FAULT_SITE_DEVICE, NULL);
  g_autofree char *content = NULL;
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_assert_true (g_file_get_contents (first, &content, &length, NULL));
      g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
    }
  database = rounds_sqlite_database_open (path, fault_site_get_key (), ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  self->peer = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, &error);
  g_assert_no_error (error);
}

static RoundsSyncRequest *
get_next (RoundsSyncEngine *engine)
{
  const Fault *fault = faults_pause ();
  g_autoptr (GError) error = NULL;
  RoundsSyncRequest *request;

  rounds_sync_engine_next (engine, &request, &error);
  g_assert_no_error (error);
  faults_resume (fault);
  return request;
}

static void
receive (RoundsSyncEngine *engine, GBytes *body)
{
  const Fault *fault = faults_pause ();
  g_autoptr (GError) error = NULL;

  rounds_sync_engine_receive (engine, 200, body, &error);
  g_assert_no_error (error);
  faults_resume (fault);
}

/* Sending and receiving until the server fails or nothing is left. */
static gboolean
sync_peer (FaultSite *self, GError **error)
{
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (self->peer);
  g_autoptr (RoundsSyncRequest) request = NULL;

  rounds_sync_engine_start (engine);
  while ((request = get_next (engine)) != NULL)
    {
      g_autoptr (GBytes) body = fault_server_ask (self->store, request, error);

      if (body == NULL)
        return FALSE;
      receive (engine, body);
      g_clear_pointer (&request, rounds_sync_request_free);
    }
  return TRUE;
}

/* All but the cursor, which is about the server's log with all its times. */
static char *
dump_peer (FaultSite *self)
{
  g_autofree char *state = fault_state_dump (self->peer);
  g_auto (GStrv) lines = g_strsplit (state, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "state " ROUNDS_STATE_CURSOR "="))
      *lines[i] = '\0';
  return g_strjoinv ("\n", lines);
}

/* However often it had to ask, the device ends as if nothing had failed. */
static void
assert_same_end (FaultSite *self)
{
  const Fault *fault = faults_pause ();
  g_autofree char *state = dump_peer (self);

  if (self->peer_state == NULL)
    self->peer_state = g_steal_pointer (&state);
  else
    g_assert_cmpstr (state, ==, self->peer_state);
  faults_resume (fault);
}

/**
 * fault_site_serve:
 *
 * A device sends what it has and takes what is new; each commit of the server is a mark. After a failure the device
 * says the same again, and each change is applied once.
 */
gboolean
fault_site_serve (FaultSite *self, GError **error)
{
  gulong handler = g_signal_connect_swapped (self->store, "committed", G_CALLBACK (fault_site_mark), self);
  const Fault *fault = faults_pause ();
  gboolean done;

  if (self->peer == NULL)
    open_peer (self);
  faults_resume (fault);
  done = sync_peer (self, error);
  g_signal_handler_disconnect (self->store, handler);
  if (done)
    assert_same_end (self);
  return done;
}
