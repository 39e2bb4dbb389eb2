/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole syncs over real HTTP, as rounds-cli does them. What is lost if this fails: what a rep had not sent yet when
 * their token ran out, their account was closed, or they lost patience. */

#include "moody-server.h"
#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-protocol.h"

static void
sign_in_store (Server *server, Peer *device)
{
  g_autofree char *token = g_strdup_printf ("r%d", server->token);

  g_assert_true (rounds_record_store_set_state (device->store, ROUNDS_STATE_SERVER, server->address, NULL));
  g_assert_true (rounds_record_store_set_state (device->store, ROUNDS_STATE_REFRESH_TOKEN, token, NULL));
}

/* Two devices over real HTTP, as rounds-cli does it. */
static void
test_whole_sync (void)
{
  World world;
  Server server;
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *when = NULL;
  RoundsSyncSummary summary;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  g_assert_true (rounds_record_store_save (world.a.store, person, NULL));

  g_assert_false (rounds_remote_sync_store (world.a.store, &summary, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_clear_error (&error);

  sign_in_store (&server, &world.a);
  rounds_remote_sync_store (world.a.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pushed, ==, 1);
  g_assert_true (rounds_record_store_get_state (world.a.store, ROUNDS_STATE_REFRESH_TOKEN, &token, NULL));
  g_assert_cmpstr (token, ==, "r2");
  g_assert_true (rounds_record_store_get_state (world.a.store, ROUNDS_STATE_LAST_SYNC, &when, NULL));
  g_assert_nonnull (when);

  sign_in_store (&server, &world.b);
  rounds_remote_sync_store (world.b.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pulled, ==, 1);
  world_assert_equal (&world);

  server.mood = FAILING;
  g_assert_false (rounds_remote_sync_store (world.b.store, &summary, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  server_tear_down (&server);
  world_tear_down (&world);
}

static void
add_people (Peer *device, guint n)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *name = g_strdup_printf ("Osei %u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, name);
      g_ptr_array_add (people, person);
    }
  g_assert_true (rounds_record_store_begin (device->store, NULL));
  for (guint i = 0; i < n; i++)
    {
      rounds_record_store_begin_group (device->store);
      g_assert_true (rounds_record_store_save (device->store, g_ptr_array_index (people, i), NULL));
    }
  g_assert_true (rounds_record_store_commit (device->store, NULL));
}

/* The access token runs out at each request of a long run, between the batches that go and between the pages that come:
 * the run goes on where it was, and nothing goes twice. */
static void
test_token_runs_out_in_the_middle (void)
{
  const guint n = ROUNDS_SYNC_PULL_LIMIT + 100; /* two pages */
  World world;
  Server server;
  RoundsSyncSummary summary;
  g_autoptr (GError) error = NULL;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  server.good_for = 1;
  add_people (&world.a, n);
  sign_in_store (&server, &world.a);
  rounds_remote_sync_store (world.a.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pushed, ==, n);
  g_assert_cmpint (server.renewals, >=, 4); /* many batches and a page at least */

  server.renewals = 0;
  sign_in_store (&server, &world.b);
  rounds_remote_sync_store (world.b.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pulled, ==, n);
  g_assert_cmpint (server.renewals, >=, 2);
  world_assert_equal (&world);
  server_tear_down (&server);
  world_tear_down (&world);
}

/* Somebody closes the account in the middle of a run: what was not sent stays, and goes once they may sign in again. */
static void
test_refused_in_the_middle (void)
{
  World world;
  Server server;
  RoundsSyncSummary summary;
  g_autoptr (GError) error = NULL;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  add_people (&world.a, ROUNDS_SYNC_PUSH_LIMIT + 200);
  sign_in_store (&server, &world.a);
  server.good_for = 1;
  server.renewals_left = 1;
  g_assert_false (rounds_remote_sync_store (world.a.store, &summary, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_clear_error (&error);
  g_assert_cmpuint (summary.pushed, ==, ROUNDS_SYNC_PUSH_LIMIT);
  g_assert_cmpint (rounds_record_store_count_changes (world.a.store, ROUNDS_CHANGE_PENDING, NULL), ==, 200);

  server.renewals_left = 0;
  server.refuse_renewal = FALSE;
  sign_in_store (&server, &world.a);
  rounds_remote_sync_store (world.a.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pushed, ==, 200);
  server_tear_down (&server);
  world_tear_down (&world);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* Stopped while the server had done it and could not say so. */
static void
test_cancelled_sync (void)
{
  World world;
  Server server;
  RoundsSyncSummary summary;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  add_people (&world.a, 3);
  sign_in_store (&server, &world.a);
  server.stall_at = ROUNDS_SYNC_PUSH_PATH;
  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_false (rounds_remote_sync_store (world.a.store, &summary, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (rounds_record_store_count_changes (world.a.store, ROUNDS_CHANGE_PENDING, NULL), ==, 3);

  server.stall_at = NULL;
  rounds_remote_sync_store (world.a.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_record_store_count_changes (world.a.store, ROUNDS_CHANGE_PENDING, NULL), ==, 0);
  sign_in_store (&server, &world.b);
  rounds_remote_sync_store (world.b.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pulled, ==, 3);
  world_assert_equal (&world);
  server_tear_down (&server);
  world_tear_down (&world);
}

/* (transfer full): somebody who is signed in, for whom it is the first request */
static RoundsRemote *
open_remote (const Server *server)
{
  RoundsRemote *remote = rounds_remote_new (server->address, NULL);
  g_autofree char *token = g_strdup_printf ("r%d", server->token);

  rounds_remote_set_refresh_token (remote, token);
  return remote;
}

/* While one page is being stored the next one is on its way, and is taken when its turn comes; one that was given up is
 * asked for anew. */
static void
test_looks_ahead (void)
{
  World world;
  Server server;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *cursor = NULL;
  RoundsSyncRequest first = { .method = (char *) "GET", .path = (char *) ROUNDS_SYNC_PULL_PATH };
  RoundsSyncRequest second = { .method = (char *) "GET" };
  guint status = 0;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  add_people (&world.server, ROUNDS_SYNC_SMALL_PAGE + 1);

  for (int given_up = 0; given_up < 2; given_up++)
    {
      g_autoptr (RoundsRemote) remote = open_remote (&server);
      g_autoptr (GBytes) page = NULL;
      g_autoptr (GBytes) rest = NULL;
      guint asked;

      page = rounds_remote_send (remote, &first, &status, cancellable, &error);
      g_assert_no_error (error);
      g_free (cursor);
      cursor = rounds_sync_page_peek (page);
      g_assert_nonnull (cursor);
      if (given_up)
        g_cancellable_cancel (cancellable);
      g_free (second.path);
      second.path = rounds_sync_pull_path (cursor, 0);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      asked = server.requests;
      rest = rounds_remote_send (remote, &second, &status, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpuint (server.requests - asked, <=, 1);
      g_assert_cmpuint (g_bytes_get_size (rest), >, 0);
      g_assert_null (rounds_sync_page_peek (rest));
    }
  g_free (second.path);
  server_tear_down (&server);
  world_tear_down (&world);
}

/* Pulls everything as a device would that takes @pause microseconds for each page. Returns: how many pages it was */
static guint
count_pages (Server *server, gulong pause)
{
  g_autoptr (RoundsRemote) remote = open_remote (server);
  g_autofree char *cursor = NULL;
  guint n_pages = 0;
  guint status = 0;

  do
    {
      RoundsSyncRequest request = { .method = (char *) "GET", .path = rounds_sync_pull_path (cursor, 0) };
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) page = rounds_remote_send (remote, &request, &status, NULL, &error);

      g_assert_no_error (error);
      g_free (request.path);
      g_free (cursor);
      cursor = rounds_sync_page_peek (page);
      n_pages++;
      g_usleep (pause);
    }
  while (cursor != NULL);
  return n_pages;
}

/* A slow device stores few records at a time, as nobody's words must wait long for the disk; one that is quick is not
 * held up by that. */
static void
test_page_sizes (void)
{
  World world;
  Server server;
  const guint n_pages = 4;
  guint least = G_MAXUINT;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  add_people (&world.server, n_pages * ROUNDS_SYNC_SMALL_PAGE);
  g_assert_cmpuint (count_pages (&server, G_USEC_PER_SEC / 4), >=, n_pages);
  for (guint i = 0; i < 20 && least >= n_pages; i++) /* this machine may have other work */
    least = count_pages (&server, 0);
  g_assert_cmpuint (least, <, n_pages);
  server_tear_down (&server);
  world_tear_down (&world);
}

/* Something between us and the server has cut a page and says that it is whole: nothing of it is kept, or its cursor
 * would say that the rest had come too. */
static void
test_cut_page (void)
{
  World world;
  Server server;
  g_autoptr (GError) error = NULL;
  RoundsSyncSummary summary;

  world_set_up (&world);
  server_set_up (&server);
  server.world = &world;
  add_people (&world.server, 2000);
  sign_in_store (&server, &world.b);

  server.cuts_pages = TRUE;
  g_assert_false (rounds_remote_sync_store (world.b.store, &summary, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_cmpuint (summary.pulled, ==, 0);

  server.cuts_pages = FALSE;
  rounds_remote_sync_store (world.b.store, &summary, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (summary.pulled, ==, 2000);
  sign_in_store (&server, &world.a);
  g_assert_true (rounds_remote_sync_store (world.a.store, &summary, NULL, NULL));
  world_assert_equal (&world);
  server_tear_down (&server);
  world_tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote-sync/whole-sync", test_whole_sync);
  g_test_add_func ("/remote-sync/cut-page", test_cut_page);
  g_test_add_func ("/remote-sync/token-runs-out-in-the-middle", test_token_runs_out_in_the_middle);
  g_test_add_func ("/remote-sync/refused-in-the-middle", test_refused_in_the_middle);
  g_test_add_func ("/remote-sync/cancelled-sync", test_cancelled_sync);
  g_test_add_func ("/remote-sync/looks-ahead", test_looks_ahead);
  g_test_add_func ("/remote-sync/page-sizes", test_page_sizes);

  return g_test_run ();
}
