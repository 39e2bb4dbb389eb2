/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep believes that their work is on the server when it is not, or goes on without knowing that they
 * are signed out.
 */

#include "config.h"

#include <sodium.h>

#include "colleague.h"
#include "rounds-accounts.h"
#include "rounds-error.h"
#include "rounds-server-store.h"
#include "sync-fixture.h"
#include "test-loop.h"

typedef struct
{
  SyncFixture *fixture;
  RoundsSyncState state;
} Wanted;

static gboolean
is_in_state (gpointer data)
{
  const Wanted *wanted = data;

  return rounds_sync_service_get_state (wanted->fixture->service) == wanted->state;
}

static void
wait_for_state (SyncFixture *fixture, RoundsSyncState state)
{
  Wanted wanted = { fixture, state };

  app_wait_until (is_in_state, &wanted);
  app_settle (&fixture->app);
}

static void
test_not_connected (SyncFixture *fixture, gconstpointer data)
{
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
  sync_assert_summary (fixture, "Not connected");
  rounds_sync_service_sync_now (fixture->service);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
}

static void
test_sign_in_and_sync (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) before = app_add_person (&fixture->app, "Ada", "Before");
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (rounds_app_context_get_staff (fixture->app.context));
  app_wait_until (sync_is_all_safe, fixture);
  sync_assert_summary (fixture, "All safe");
  there = sync_get_from_server (fixture, rounds_record_get_id (before));
  g_assert_nonnull (there);
  g_clear_object (&there);

  /* A change goes by itself, without anybody asking. */
  after = app_add_person (&fixture->app, "Ada", "After");
  app_settle (&fixture->app);
  g_assert_cmpuint (rounds_sync_service_get_pending (fixture->service), ==, 1);
  app_wait_until (sync_is_all_safe, fixture);
  there = sync_get_from_server (fixture, rounds_record_get_id (after));
  g_assert_nonnull (there);
}

static void
test_wrong_password (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in (fixture, "ama", "wrong horse");
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_NEVER_SIGNED_IN);
  g_assert_null (rounds_sync_service_get_server (fixture->service));
}

static void
test_wrong_address (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in_at (fixture, "ftp://example.org", "ama", HTTP_FIXTURE_PASSWORD);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "server");
}

static gboolean
is_offline_with_one (gpointer data)
{
  RoundsSyncService *service = ((SyncFixture *) data)->service;

  return rounds_sync_service_get_state (service) == ROUNDS_SYNC_OFFLINE
         && rounds_sync_service_get_pending (service) == 1;
}

static void
test_offline_and_back (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);

  http_fixture_stop (&fixture->server);
  person = app_add_person (&fixture->app, "Ada", "Offline");
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (is_offline_with_one, fixture);
  sync_assert_summary (fixture, "1 change waiting: offline since");

  http_fixture_start (&fixture->server);
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (sync_is_all_safe, fixture);
  there = sync_get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
}

static gboolean
is_listening (gpointer data)
{
  return rounds_http_server_get_n_listeners (((SyncFixture *) data)->server.http) == 1;
}

typedef struct
{
  SyncFixture *fixture;
  RoundsUuid id;
} Awaited;

static gboolean
has_arrived (gpointer data)
{
  const Awaited *awaited = data;
  g_autoptr (RoundsRecord) record =
    rounds_store_get (awaited->fixture->app.store, ROUNDS_ENTITY_INTERACTION, &awaited->id, NULL);

  return record != NULL;
}

/* A colleague logs something: it is here within moments, and not with the next poll. */
static void
wait_for_change_of_colleague (SyncFixture *fixture)
{
  g_autofree char *id = colleague_log_interaction (fixture->server.address, "bob", HTTP_FIXTURE_PASSWORD);
  Awaited awaited = { fixture };

  g_assert_true (rounds_uuid_parse (id, &awaited.id));
  app_wait_until (has_arrived, &awaited);
}

static void
test_hint (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);
  app_wait_until (is_listening, fixture);
  wait_for_change_of_colleague (fixture);

  /* The server goes and comes again: so does the connection, and what was missed meanwhile comes with it. */
  http_fixture_stop (&fixture->server);
  http_fixture_start (&fixture->server);
  app_wait_until (is_listening, fixture);
  wait_for_change_of_colleague (fixture);
}

static void
set_active (SyncFixture *fixture, const char *username, gboolean active)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->server.database, NULL);
  g_autoptr (RoundsRecord) user = NULL;

  g_assert_true (rounds_accounts_find (store, username, &user, NULL));
  rounds_record_set_integer (user, ROUNDS_USER_IS_ACTIVE, active);
  g_assert_true (rounds_record_store_save (store, user, NULL));
}

/* The session ends while work goes on: the person learns it, and what they enter meanwhile waits for them. */
static void
test_session_ends (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) there = NULL;

  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);
  set_active (fixture, "ama", FALSE);
  person = app_add_person (&fixture->app, "Ada", "Kept");
  wait_for_state (fixture, ROUNDS_SYNC_NEEDS_SIGN_IN);
  g_assert_cmpuint (rounds_sync_service_get_pending (fixture->service), ==, 1);
  sync_assert_summary (fixture, "Signed out: 1 change waiting");
  g_assert_nonnull (rounds_sync_service_get_detail (fixture->service));
  test_wait_while (rounds_http_server_get_n_listeners (fixture->server.http) > 0);

  set_active (fixture, "ama", TRUE);
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  g_assert_no_error (fixture->error);
  app_wait_until (sync_is_all_safe, fixture);
  there = sync_get_from_server (fixture, rounds_record_get_id (person));
  g_assert_nonnull (there);
}

static void
test_survives_restart (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);
  rounds_sync_service_stop (fixture->service);
  g_clear_object (&fixture->service);

  fixture->service = rounds_sync_service_new (fixture->app.context);
  rounds_sync_service_start (fixture->service);
  wait_for_state (fixture, ROUNDS_SYNC_IDLE);
  g_assert_cmpstr (rounds_sync_service_get_username (fixture->service), ==, "ama");
}

/* One team's contacts must not go to another team's server. */
static void
test_other_server (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);

  sync_sign_in_at (fixture, "https://other.example.org", "ama", HTTP_FIXTURE_PASSWORD);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "server");
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_IDLE);
}

static void
test_sign_out (SyncFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = NULL;

  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  app_wait_until (sync_is_all_safe, fixture);
  rounds_sync_service_sign_out (fixture->service);
  sync_assert_summary (fixture, "Signed out");
  g_assert_cmpstr (rounds_sync_service_get_username (fixture->service), ==, "ama");

  /* Ama's change must not reach the server as Bob's. */
  person = app_add_person (&fixture->app, "Ada", "Hers");
  app_settle (&fixture->app);
  sync_sign_in (fixture, "bob", HTTP_FIXTURE_PASSWORD);
  g_assert_error (fixture->error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (fixture->error), ==, "username");
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  g_assert_no_error (fixture->error);
  app_wait_until (sync_is_all_safe, fixture);
}

/* Stopped means stopped, until somebody asks. */
static void
test_stop (SyncFixture *fixture, gconstpointer data)
{
  sync_sign_in (fixture, "ama", HTTP_FIXTURE_PASSWORD);
  rounds_sync_service_sync_now (fixture->service);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_SYNCING);
  rounds_sync_service_cancel (fixture->service);
  app_settle (&fixture->app);
  g_assert_cmpint (rounds_sync_service_get_state (fixture->service), ==, ROUNDS_SYNC_STOPPED);
  sync_assert_summary (fixture, "Sync stopped");
  rounds_sync_service_sync_now (fixture->service);
  app_wait_until (sync_is_all_safe, fixture);
}

#define ADD(path, test) \
  g_test_add ("/app/sync-service/" path, SyncFixture, NULL, sync_fixture_set_up, test, sync_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("not-connected", test_not_connected);
  ADD ("sign-in-and-sync", test_sign_in_and_sync);
  ADD ("wrong-password", test_wrong_password);
  ADD ("wrong-address", test_wrong_address);
  ADD ("offline-and-back", test_offline_and_back);
  ADD ("hint", test_hint);
  ADD ("session-ends", test_session_ends);
  ADD ("survives-restart", test_survives_restart);
  ADD ("other-server", test_other_server);
  ADD ("sign-out", test_sign_out);
  ADD ("stop", test_stop);
  return g_test_run ();
}
