/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "http-fixture.h"

#include "rounds-accounts.h"
#include "rounds-password.h"
#include "rounds-server-store.h"
#include "test-folder.h"
#include "test-loop.h"

void
http_fixture_add_user (const char *database, const char *username, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = rounds_password_hash (HTTP_FIXTURE_PASSWORD, &error);
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (database, &error);
  RoundsNewAccount account = { .username = username, .role = role, .password_hash = hash };
  g_autoptr (RoundsRecord) user = rounds_accounts_create (store, &account, &error);

  g_assert_no_error (error);
}

void
http_fixture_set_up (HttpFixture *self, gconstpointer users)
{
  g_autoptr (GError) error = NULL;

  self->folder = test_folder_new ();
  self->database = g_build_filename (self->folder, "server.db", NULL);
  for (const char *const *user = users; *user != NULL; user += 2)
    http_fixture_add_user (self->database, user[0], user[1]);
  self->worker = rounds_api_worker_start (self->database, NULL, &error);
  g_assert_no_error (error);
  http_fixture_start (self);
}

void
http_fixture_tear_down (HttpFixture *self, gconstpointer users)
{
  if (self->http != NULL)
    http_fixture_stop (self);
  rounds_api_worker_stop (self->worker);
  test_folder_remove (self->folder);
  g_free (self->database);
  g_free (self->address);
}

void
http_fixture_stop (HttpFixture *self)
{
  test_wait_while (rounds_http_server_get_in_flight (self->http) > 0);
  g_clear_pointer (&self->http, rounds_http_server_free);
}

void
http_fixture_start (HttpFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->http = rounds_http_server_new (self->worker);
  rounds_http_server_listen (self->http, self->address != NULL ? self->address : "127.0.0.1:0", &error);
  g_assert_no_error (error);
  if (self->address == NULL)
    self->address = g_strdup_printf ("127.0.0.1:%u", rounds_http_server_get_port (self->http));
}
