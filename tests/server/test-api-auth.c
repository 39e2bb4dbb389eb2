/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in: who would get in, or be kept out, if it were wrong. */

#include <sodium.h>
#include <string.h>

#include "api-fixture.h"
#include "rounds-accounts.h"
#include "rounds-password.h"
#include "rounds-server-store.h"
#include "rounds-time.h"

#define PASSWORD "correct horse"
#define LOGIN "/api/v1/auth/login"
#define DEVICE "01890a5d-ac96-774b-bcce-b302099a8057"

static void
set_up (ApiFixture *fixture, gconstpointer data)
{
  api_fixture_set_up (fixture, data);
  g_object_unref (api_fixture_add_user (fixture, "Bob", "rep", PASSWORD));
}

static guint
log_in (ApiFixture *fixture, const char *username, const char *password)
{
  g_autofree char *body =
    g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\",\"device_id\":\"" DEVICE "\"}", username, password);

  return api_send (fixture, "POST", LOGIN, body);
}

static guint
refresh (ApiFixture *fixture, const char *token)
{
  g_autofree char *body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);

  return api_send (fixture, "POST", "/api/v1/auth/refresh", body);
}

static void
test_log_in (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *staff = NULL;
  yyjson_val *user;

  g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 401);
  g_assert_cmpuint (log_in (fixture, " BOB ", PASSWORD), ==, 200);
  g_assert_cmpint (yyjson_get_sint (yyjson_obj_get (api_root (fixture), "expires_in")), ==, 900);
  g_assert_cmpuint (strlen (api_text (fixture, "refresh_token")), >=, 43); /* 256 bits */
  user = yyjson_obj_get (api_root (fixture), "user");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (user, "username")), ==, "bob");
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (user, "role")), ==, "rep");
  staff = g_strdup (yyjson_get_str (yyjson_obj_get (user, "staff")));
  g_assert_nonnull (staff);

  fixture->token = g_strdup (api_text (fixture, "access_token"));
  g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 200);
  g_assert_cmpstr (api_text (fixture, "staff"), ==, staff);
}

/* Nobody learns which user names there are. */
static void
test_same_refusal (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *wrong = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", "wrong password"), ==, 401);
  wrong = g_strndup (g_bytes_get_data (fixture->response->body, NULL), g_bytes_get_size (fixture->response->body));
  g_assert_cmpuint (log_in (fixture, "nobody", PASSWORD), ==, 401);
  g_assert_cmpmem (g_bytes_get_data (fixture->response->body, NULL), g_bytes_get_size (fixture->response->body), wrong,
                   strlen (wrong));

  /* The unknown user's password is hashed like any other, or the time would tell. */
  g_assert_true (g_str_has_prefix (fixture->api->decoy_hash, "$argon2id$v=19$m=65536,t=2,p=1$"));

  g_assert_cmpuint (api_send (fixture, "POST", LOGIN, "{\"username\":\"bob\"}"), ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "password");
  g_assert_cmpuint (api_send (fixture, "POST", LOGIN, "{\"username\":{\"$ne\":1},\"password\":\"x\"}"), ==, 422);
}

static void
test_rate_limit (ApiFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (log_in (fixture, "bob", "wrong password"), ==, 401);
  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 429);
  g_assert_cmpint (g_ascii_strtoll (api_header (fixture, "Retry-After"), NULL, 10), >, 0);
  g_assert_cmpuint (log_in (fixture, "B\u1d3cb", PASSWORD), ==, 429); /* the same name in other letters */

  /* Others are not kept out by it. */
  g_object_unref (api_fixture_add_user (fixture, "eve", "rep", PASSWORD));
  g_assert_cmpuint (log_in (fixture, "eve", PASSWORD), ==, 200);
}

static void
test_limits_by_time (void)
{
  g_autoptr (RoundsRateLimit) limit = rounds_rate_limit_new (2, 1000);

  g_assert_cmpint (rounds_rate_limit_check (limit, "a", 0), ==, 0);
  rounds_rate_limit_count (limit, "a", 0);
  rounds_rate_limit_count (limit, "a", 100);
  g_assert_cmpint (rounds_rate_limit_check (limit, "a", 400), ==, 600);
  g_assert_cmpint (rounds_rate_limit_check (limit, "b", 400), ==, 0);
  rounds_rate_limit_take_back (limit, "a");
  g_assert_cmpint (rounds_rate_limit_check (limit, "a", 400), ==, 0);
  rounds_rate_limit_count (limit, "a", 400);
  g_assert_cmpint (rounds_rate_limit_check (limit, "a", 1000), ==, 0);
  rounds_rate_limit_count (limit, "a", 1000); /* a new window */
  g_assert_cmpint (rounds_rate_limit_check (limit, "a", 1001), ==, 0);

  for (guint i = 0; i < 30000; i++)
    {
      g_autofree char *key = g_strdup_printf ("%u", i);

      rounds_rate_limit_count (limit, key, 1001);
    }
  g_assert_cmpint (rounds_rate_limit_check (limit, "29999", 1001), ==, 0);
}

/* A refresh token that was copied ends the session for the thief and the owner alike. */
static void
test_refresh_and_reuse (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;
  g_autofree char *other = NULL;
  g_autofree char *device = NULL;
  RoundsAccessToken token;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  other = g_strdup (api_text (fixture, "refresh_token")); /* another session of the same user */
  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  first = g_strdup (api_text (fixture, "refresh_token"));

  g_assert_cmpuint (refresh (fixture, first), ==, 200);
  second = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_cmpstr (first, !=, second);
  fixture->token = g_strdup (api_text (fixture, "access_token"));
  g_assert_true (rounds_access_token_verify (fixture->token, fixture->api->token_key, rounds_time_now (), &token));
  device = rounds_uuid_to_string (&token.device);
  g_assert_cmpstr (device, ==, DEVICE); /* still the device that signed in */
  g_assert_cmpuint (api_get (fixture, "/api/v1/people"), ==, 200);

  g_assert_cmpuint (refresh (fixture, second), ==, 200);
  third = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_cmpuint (refresh (fixture, first), ==, 401); /* reuse */
  g_assert_cmpuint (refresh (fixture, third), ==, 401);
  g_assert_cmpuint (refresh (fixture, other), ==, 200);

  g_assert_cmpuint (refresh (fixture, "rubbish"), ==, 401);
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/auth/refresh", "{}"), ==, 422);
}

/* A renewal's answer is lost on the way to a basement: the rep is not signed out, however often it happens, but whoever
 * holds the token that was given twice ends the session. */
static void
test_lost_renewal (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *first = NULL;
  g_autofree char *lost = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  first = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_cmpuint (refresh (fixture, first), ==, 200);
  lost = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_cmpuint (refresh (fixture, first), ==, 200); /* lost as well */
  g_assert_cmpuint (refresh (fixture, first), ==, 200);
  second = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_cmpuint (refresh (fixture, second), ==, 200);
  third = g_strdup (api_text (fixture, "refresh_token"));

  g_assert_cmpuint (refresh (fixture, lost), ==, 401);
  g_assert_cmpuint (refresh (fixture, third), ==, 401);
}

static void
test_log_out (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *token = NULL;
  g_autofree char *body = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  token = g_strdup (api_text (fixture, "refresh_token"));
  body = g_strdup_printf ("{\"refresh_token\":\"%s\"}", token);
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/auth/logout", body), ==, 204);
  g_assert_cmpuint (refresh (fixture, token), ==, 401);
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/auth/logout", body), ==, 204);
}

static void
assert_refused (ApiFixture *fixture, const char *token)
{
  g_free (fixture->token);
  fixture->token = g_strdup (token);
  g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 401);
}

static char *
encode (const char *text)
{
  gsize size = sodium_base64_encoded_len (strlen (text), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  char *encoded = g_malloc (size);

  return sodium_bin2base64 (encoded, size, (const guint8 *) text, strlen (text),
                            sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

/* Tokens that others have made, or made of ours. */
static void
test_forged_tokens (ApiFixture *fixture, gconstpointer data)
{
  static const char *const headers[] = { "{\"alg\":\"none\"}", "{\"alg\":\"none\",\"typ\":\"JWT\"}",
                                         "{\"typ\":\"JWT\",\"alg\":\"HS256\"}",
                                         "{\"alg\":\"HS256\",\"typ\":\"JWT\" }" };
  g_autoptr (RoundsRecord) user = NULL;
  RoundsAccessToken token = { .expires_at = rounds_time_now () + ROUNDS_HOUR };
  g_autofree char *good = NULL;
  g_autofree char *expired = NULL;
  g_autofree char *foreign = NULL;
  guint8 other_key[ROUNDS_TOKEN_KEY_LENGTH] = { 1 };
  g_auto (GStrv) parts = NULL;

  g_assert_true (rounds_accounts_find (fixture->store, "bob", &user, NULL));
  token.user = *rounds_record_get_id (user);
  good = rounds_access_token_sign (&token, fixture->api->token_key);
  foreign = rounds_access_token_sign (&token, other_key);
  token.expires_at = rounds_time_now () - 1000;
  expired = rounds_access_token_sign (&token, fixture->api->token_key);

  parts = g_strsplit (good, ".", 3);
  {
    /* The signature is what another library makes of the same bytes (RFC 7515, 3.1). */
    g_autofree char *signed_text = g_strconcat (parts[0], ".", parts[1], NULL);
    g_autofree char *expected =
      g_compute_hmac_for_string (G_CHECKSUM_SHA256, fixture->api->token_key, ROUNDS_TOKEN_KEY_LENGTH, signed_text, -1);
    guint8 mac[32];
    char hex[65];
    gsize length = 0;

    g_assert_cmpint (sodium_base642bin (mac, sizeof mac, parts[2], strlen (parts[2]), NULL, &length, NULL,
                                        sodium_base64_VARIANT_URLSAFE_NO_PADDING),
                     ==, 0);
    g_assert_cmpstr (sodium_bin2hex (hex, sizeof hex, mac, length), ==, expected);
  }
  fixture->token = g_strdup (good);
  g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 200);

  assert_refused (fixture, expired);
  assert_refused (fixture, foreign);
  assert_refused (fixture, "");
  assert_refused (fixture, "..");
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autofree char *header = encode (headers[i]);
      g_autofree char *unsigned_token = g_strconcat (header, ".", parts[1], ".", NULL);
      g_autofree char *with_mac = g_strconcat (header, ".", parts[1], ".", parts[2], NULL);

      assert_refused (fixture, unsigned_token);
      assert_refused (fixture, with_mac);
    }
  for (gsize i = 0; i < strlen (good); i++)
    {
      g_autofree char *changed = g_strdup (good);
      g_autofree char *cut = g_strndup (good, i);

      changed[i] = changed[i] == 'A' ? 'B' : 'A';
      g_assert_false (rounds_access_token_verify (changed, fixture->api->token_key, rounds_time_now (), &token));
      g_assert_false (rounds_access_token_verify (cut, fixture->api->token_key, rounds_time_now (), &token));
    }
}

/* A cursor shows nobody the names that it holds, and takes no changes. */
static void
test_cursors_are_sealed (void)
{
  guint8 key[ROUNDS_TOKEN_KEY_LENGTH] = { 7 };
  guint8 other[ROUNDS_TOKEN_KEY_LENGTH] = { 8 };
  g_autofree char *sealed = rounds_token_seal ("{\"family_name\":\"Atkinson\"}", key);
  g_autofree char *again = rounds_token_seal ("{\"family_name\":\"Atkinson\"}", key);
  g_autofree char *opened = rounds_token_open (sealed, key);

  g_assert_cmpstr (opened, ==, "{\"family_name\":\"Atkinson\"}");
  g_assert_cmpstr (sealed, !=, again);
  g_assert_null (rounds_token_open (sealed, other));
  g_assert_null (rounds_token_open ("", key));
  g_assert_null (rounds_token_open ("AAAA", key));
  g_assert_null (rounds_token_open ("%%%%", key));
}

/* An account that is closed is closed at once, not when its token runs out. */
static void
test_users (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *bob = NULL;
  g_autofree char *bobs_refresh = NULL;
  g_autofree char *item = NULL;
  g_autofree char *id = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  bob = g_strdup (api_text (fixture, "access_token"));
  bobs_refresh = g_strdup (api_text (fixture, "refresh_token"));
  id = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_obj_get (api_root (fixture), "user"), "id")));
  item = g_strconcat ("/api/v1/users/", id, NULL);

  g_object_unref (api_fixture_add_user (fixture, "ann", "admin", NULL));
  api_fixture_sign_in_as (fixture, "ann");
  g_assert_cmpuint (api_send (fixture, "POST", "/api/v1/users",
                              "{\"username\":\"Eve\",\"password\":\"long enough\",\"role\":\"manager\","
                              "\"given_name\":\"Eve\",\"family_name\":\"Miller\"}"),
                    ==, 201);
  g_assert_cmpstr (api_text (fixture, "username"), ==, "eve");
  g_assert_null (yyjson_obj_get (api_root (fixture), "password_hash"));
  g_assert_cmpuint (log_in (fixture, "eve", "long enough"), ==, 200);

  g_assert_cmpuint (
    api_send (fixture, "POST", "/api/v1/users", "{\"username\":\"EVE\",\"password\":\"long enough\",\"role\":\"rep\"}"),
    ==, 409);
  g_assert_cmpuint (
    api_send (fixture, "POST", "/api/v1/users", "{\"username\":\"x\",\"password\":\"short\",\"role\":\"rep\"}"), ==,
    422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "password");
  g_assert_cmpuint (
    api_send (fixture, "POST", "/api/v1/users", "{\"username\":\"x\",\"password\":\"long enough\",\"role\":\"king\"}"),
    ==, 422);
  g_assert_cmpstr (api_text (fixture, "field"), ==, "role");
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"password_hash\":\"x\"}"), ==, 422);
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"is_active\":false}"), ==, 200);

  assert_refused (fixture, bob);
  g_assert_cmpuint (refresh (fixture, bobs_refresh), ==, 401);
  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 401);

  /* A role that was taken away is gone with the next request. */
  api_fixture_sign_in_as (fixture, "ann");
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"is_active\":true,\"role\":\"patient\"}"), ==, 200);
  g_free (fixture->token);
  fixture->token = g_steal_pointer (&bob);
  g_assert_cmpuint (api_get (fixture, "/api/v1/people"), ==, 403);
}

/* The key outlives the server, so that nobody has to sign in again because of a restart. */
static void
test_restart (ApiFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  fixture->token = g_strdup (api_text (fixture, "access_token"));

  g_clear_pointer (&fixture->api, rounds_api_free);
  g_clear_object (&fixture->store);
  fixture->store = rounds_server_store_open (fixture->path, &error);
  g_assert_no_error (error);
  fixture->api = rounds_api_new (fixture->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (api_get (fixture, "/api/v1/auth/me"), ==, 200);
}

/* Somebody whose password was stolen gets another one: then the thief is out, too. */
static void
test_new_password (ApiFixture *fixture, gconstpointer data)
{
  g_autofree char *hash = rounds_password_hash ("battery staple", NULL);
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 200);
  token = g_strdup (api_text (fixture, "refresh_token"));
  g_assert_true (rounds_accounts_set_password (fixture->store, "Bob", hash, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (refresh (fixture, token), ==, 401);
  g_assert_cmpuint (log_in (fixture, "bob", PASSWORD), ==, 401);
  g_assert_cmpuint (log_in (fixture, "bob", "battery staple"), ==, 200);
  g_assert_false (rounds_accounts_set_password (fixture->store, "nobody", hash, &error));
  g_assert_nonnull (error);
}

/* A team member's account comes with the records that others see of them. */
static void
test_staff_records (ApiFixture *fixture, gconstpointer data)
{
  RoundsNewAccount account = {
    .username = "carla", .role = "manager", .password_hash = "none", .given_name = "Carla", .family_name = "Ruiz"
  };
  RoundsNewAccount patient = { .username = "pat", .role = "patient", .password_hash = "none" };
  RoundsNewAccount bad = { .username = "a b", .role = "rep", .password_hash = "none" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) user = rounds_accounts_create (fixture->store, &account, &error);
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) staff = NULL;
  g_autoptr (RoundsRecord) nobody = NULL;
  g_autoptr (RoundsRecord) person = NULL;

  g_assert_no_error (error);
  g_assert_true (rounds_accounts_find_staff (fixture->store, user, &staff, &error));
  g_assert_cmpstr (rounds_record_get_text (staff, ROUNDS_STAFF_ROLE), ==, "manager");
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (staff, ROUNDS_STAFF_USER), rounds_record_get_id (user)));
  person = rounds_record_store_get (fixture->store, ROUNDS_ENTITY_PERSON,
                                    rounds_record_get_uuid (staff, ROUNDS_STAFF_PERSON), &error);
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME), ==, "Ruiz");

  other = rounds_accounts_create (fixture->store, &patient, &error);
  g_assert_true (rounds_accounts_find_staff (fixture->store, other, &nobody, &error));
  g_assert_null (nobody);
  g_assert_null (rounds_accounts_create (fixture->store, &bad, &error));
  g_assert_nonnull (error);
}

static void
test_passwords (void)
{
  g_autofree char *one = rounds_password_generate ();
  g_autofree char *two = rounds_password_generate ();
  g_autofree char *hash = rounds_password_hash (one, NULL);

  g_assert_cmpuint (strlen (one), ==, 23);
  g_assert_cmpstr (one, !=, two);
  g_assert_true (rounds_password_verify (one, hash));
  g_assert_false (rounds_password_verify (two, hash));
  g_assert_false (rounds_password_verify (one, "none"));
  g_assert_false (rounds_password_verify ("", hash));
}

int
main (int argc, char *argv[])
{
#define ADD(path, function) g_test_add (path, ApiFixture, NULL, set_up, function, api_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("/auth/log-in", test_log_in);
  ADD ("/auth/same-refusal", test_same_refusal);
  ADD ("/auth/rate-limit", test_rate_limit);
  g_test_add_func ("/auth/limits-by-time", test_limits_by_time);
  ADD ("/auth/refresh-and-reuse", test_refresh_and_reuse);
  ADD ("/auth/lost-renewal", test_lost_renewal);
  ADD ("/auth/log-out", test_log_out);
  ADD ("/auth/forged-tokens", test_forged_tokens);
  g_test_add_func ("/auth/cursors-are-sealed", test_cursors_are_sealed);
  ADD ("/auth/users", test_users);
  ADD ("/auth/restart", test_restart);
  ADD ("/auth/new-password", test_new_password);
  ADD ("/auth/staff-records", test_staff_records);
  g_test_add_func ("/auth/passwords", test_passwords);
  return g_test_run ();
}
