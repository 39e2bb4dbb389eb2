/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sync-fixture.h"

#include "rounds-server-store.h"
#include "test-loop.h"

void
sync_fixture_set_up (SyncFixture *fixture, gconstpointer data)
{
  static const char *const users[] = { "ama", "rep", "bob", "rep", NULL };

  app_fixture_set_up (&fixture->app, data);
  http_fixture_set_up (&fixture->server, users);
  fixture->service = rounds_sync_service_new (fixture->app.context);
  rounds_sync_service_start (fixture->service);
  app_settle (&fixture->app);
}

void
sync_fixture_tear_down (SyncFixture *fixture, gconstpointer data)
{
  rounds_sync_service_stop (fixture->service);
  g_clear_object (&fixture->service);
  app_fixture_tear_down (&fixture->app, data);
  http_fixture_tear_down (&fixture->server, NULL);
  g_clear_error (&fixture->error);
}

void
sync_sign_in_at (SyncFixture *fixture, const char *server, const char *username, const char *password)
{
  g_autoptr (GAsyncResult) result = NULL;

  g_clear_error (&fixture->error);
  rounds_sync_service_sign_in_async (fixture->service, server, username, password, NULL, test_keep_result_cb, &result);
  rounds_sync_service_sign_in_finish (fixture->service, test_wait_for_result (&result), &fixture->error);
}

void
sync_sign_in (SyncFixture *fixture, const char *username, const char *password)
{
  g_autofree char *server = g_strconcat ("http://", fixture->server.address, "/", NULL);

  sync_sign_in_at (fixture, server, username, password);
}

gboolean
sync_is_all_safe (gpointer data)
{
  RoundsSyncService *service = ((SyncFixture *) data)->service;

  return rounds_sync_service_get_state (service) == ROUNDS_SYNC_IDLE && rounds_sync_service_get_pending (service) == 0
         && rounds_sync_service_get_last_sync (service) > 0;
}

void
sync_assert_summary (SyncFixture *fixture, const char *beginning)
{
  g_autofree char *summary = rounds_sync_service_dup_summary (fixture->service);

  if (!g_str_has_prefix (summary, beginning))
    g_error ("The summary is “%s”, not “%s…”", summary, beginning);
}

RoundsRecord *
sync_get_from_server (SyncFixture *fixture, const RoundsUuid *id)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->server.database, NULL);

  return rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, id, NULL);
}
