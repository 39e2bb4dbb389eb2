/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "api-fixture.h"

#include <sodium.h>

#include "rounds-accounts.h"
#include "rounds-password.h"
#include "rounds-server-store.h"
#include "rounds-time.h"
#include "test-folder.h"

/* Not a hash at all: accounts without a password that anybody could say, made without the cost of hashing one. */
#define NO_PASSWORD "none"

void
api_fixture_set_up (ApiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sodium_init (), >=, 0);
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "server.db", NULL);
  fixture->store = rounds_server_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->api = rounds_api_new (fixture->store, &error);
  g_assert_no_error (error);
}

void
api_fixture_tear_down (ApiFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->doc, yyjson_doc_free);
  g_clear_pointer (&fixture->response, rounds_api_response_free);
  g_clear_pointer (&fixture->api, rounds_api_free);
  g_clear_object (&fixture->store);
  test_folder_remove (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->token);
}

/* password: (nullable): NULL makes an account that nobody signs in to by password */
RoundsRecord *
api_fixture_add_user (ApiFixture *fixture, const char *username, const char *role, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hash = password != NULL ? rounds_password_hash (password, &error) : g_strdup (NO_PASSWORD);
  RoundsNewAccount account = { .username = username, .role = role, .password_hash = hash };
  RoundsRecord *user;

  g_assert_no_error (error);
  user = rounds_accounts_create (fixture->store, &account, &error);
  g_assert_no_error (error);
  return user;
}

/* Sends the token of @username, who must exist, from now on. */
void
api_fixture_sign_in_as (ApiFixture *fixture, const char *username)
{
  g_autoptr (RoundsRecord) user = NULL;
  RoundsAccessToken token = { .expires_at = rounds_time_now () + ROUNDS_MINUTE };

  g_assert_true (rounds_accounts_find (fixture->store, username, &user, NULL));
  g_assert_nonnull (user);
  token.user = *rounds_record_get_id (user);
  g_free (fixture->token);
  fixture->token = rounds_access_token_sign (&token, fixture->api->token_key);
}

guint
api_send (ApiFixture *fixture, const char *method, const char *target, const char *body)
{
  RoundsApiRequest *request = rounds_api_request_new (method, target);
  gsize size = 0;
  const char *text;

  if (fixture->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", fixture->token, NULL);

      rounds_api_request_set_header (request, "Authorization", authorization);
    }
  if (body != NULL)
    rounds_api_request_set_body (request, body);
  if (fixture->header != NULL)
    rounds_api_request_set_header (request, fixture->header, fixture->header_value);
  fixture->header = NULL;

  g_clear_pointer (&fixture->doc, yyjson_doc_free);
  g_clear_pointer (&fixture->response, rounds_api_response_free);
  fixture->response = rounds_api_handle (fixture->api, request);
  text = fixture->response->body != NULL ? g_bytes_get_data (fixture->response->body, &size) : NULL;
  if (size > 0 && rounds_api_response_get_header (fixture->response, "Content-Encoding") == NULL)
    rounds_json_read (text, (gssize) size, &fixture->doc, NULL);
  if (fixture->response->status >= 400 && g_test_verbose ())
    g_test_message ("%s %s: %u %.*s", method, target, fixture->response->status, (int) size, text);
  return fixture->response->status;
}

yyjson_val *
api_root (ApiFixture *fixture)
{
  return yyjson_doc_get_root (fixture->doc);
}

const char *
api_text (ApiFixture *fixture, const char *member)
{
  return yyjson_get_str (yyjson_obj_get (api_root (fixture), member));
}

const char *
api_header (ApiFixture *fixture, const char *name)
{
  return rounds_api_response_get_header (fixture->response, name);
}

/* Creates a record and returns its id. */
char *
api_post_id (ApiFixture *fixture, const char *target, const char *body)
{
  g_assert_cmpuint (api_send (fixture, "POST", target, body), ==, 201);
  return g_strdup (api_text (fixture, "id"));
}

void
api_fixture_set_up_signed_in (ApiFixture *fixture, gconstpointer data)
{
  api_fixture_set_up (fixture, data);
  g_object_unref (api_fixture_add_user (fixture, "ann", "admin", NULL));
  api_fixture_sign_in_as (fixture, "ann");
}
