/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device's side of the hints, with servers and networks that do not want. If this fails, a hotel's network costs a
 * rep more than the hints: the sync that would have worked without them. The server's side: tests/server/test-live.c.
 */

#include "moody-server.h"
#include "rounds-error.h"
#include "rounds-live.h"

typedef struct
{
  Server server;
  RoundsRemote *remote;
  RoundsLive *live;
  guint opened;
  guint lost;
  GError *error; /* of the last loss */
} Fixture;

static void
opened_cb (Fixture *fixture)
{
  fixture->opened++;
}

static void
lost_cb (Fixture *fixture, const GError *error)
{
  fixture->lost++;
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  RoundsSyncRequest request = { .method = (char *) "GET", .path = (char *) "/api/v1/sync/pull?limit=1" };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  guint status = 0;

  server_set_up (&fixture->server);
  fixture->remote = rounds_remote_new (fixture->server.address, &error);
  rounds_remote_set_refresh_token (fixture->remote, "r1");
  body = rounds_remote_send (fixture->remote, &request, &status, NULL, &error); /* there is an access token now */
  g_assert_no_error (error);
  fixture->live = rounds_live_new (fixture->remote);
  g_signal_connect_swapped (fixture->live, "opened", G_CALLBACK (opened_cb), fixture);
  g_signal_connect_swapped (fixture->live, "lost", G_CALLBACK (lost_cb), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->live);
  g_clear_object (&fixture->remote);
  g_clear_error (&fixture->error);
  if (fixture->server.http != NULL)
    server_tear_down (&fixture->server);
}

static void
wait_for_loss (Fixture *fixture, RoundsError code)
{
  rounds_live_open (fixture->live);
  while (fixture->lost == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (fixture->opened, ==, 0);
  g_assert_cmpuint (fixture->lost, ==, 1);
  g_assert_error (fixture->error, ROUNDS_ERROR, (int) code);
  g_test_message ("%s", fixture->error->message);
}

static void
test_older_server (Fixture *fixture, gconstpointer data)
{
  wait_for_loss (fixture, ROUNDS_ERROR_PROTOCOL); /* it answers as to any request */
}

static void
test_portal (Fixture *fixture, gconstpointer data)
{
  fixture->server.mood = HTML;
  wait_for_loss (fixture, ROUNDS_ERROR_PROTOCOL);
}

static void
test_redirect (Fixture *fixture, gconstpointer data)
{
  guint before = fixture->server.requests;

  fixture->server.mood = REDIRECT;
  wait_for_loss (fixture, ROUNDS_ERROR_PROTOCOL);
  g_assert_cmpuint (fixture->server.requests, ==, before + 1); /* the token is for this server alone */
}

/* The connection renews no token: it says that one is needed, and a sync sees to it. */
static void
test_token_ran_out (Fixture *fixture, gconstpointer data)
{
  int before = fixture->server.renewals;

  fixture->server.refuse_all = TRUE;
  wait_for_loss (fixture, ROUNDS_ERROR_UNAUTHORIZED);
  g_assert_cmpint (fixture->server.renewals, ==, before);
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  fixture->server.mood = BUSY;
  fixture->server.busy = 503;
  fixture->server.retry_after = "300";
  wait_for_loss (fixture, ROUNDS_ERROR_UNREACHABLE);
  g_assert_cmpint (rounds_error_get_retry_after (fixture->error), ==, 300000);
}

static void
test_nobody_there (Fixture *fixture, gconstpointer data)
{
  server_tear_down (&fixture->server);
  wait_for_loss (fixture, ROUNDS_ERROR_UNREACHABLE);
}

/* The application is closed while it connects: nothing comes any more. */
static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  fixture->server.mood = SILENT;
  rounds_live_open (fixture->live);
  while (fixture->server.held == NULL)
    g_main_context_iteration (NULL, TRUE);
  rounds_live_close (fixture->live);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->lost, ==, 0);
}

int
main (int argc, char **argv)
{
#define ADD(path, function) g_test_add ("/sync-live/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);

  ADD ("older-server", test_older_server);
  ADD ("portal", test_portal);
  ADD ("redirect", test_redirect);
  ADD ("token-ran-out", test_token_ran_out);
  ADD ("busy", test_busy);
  ADD ("nobody-there", test_nobody_there);
  ADD ("closed-early", test_closed_early);

  return g_test_run ();
}
