/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The hints at /live. If this fails, a colleague's change comes a minute later than it could, or somebody who was
 * signed out goes on hearing when others work. */

#include <libsoup/soup.h>
#include <sodium.h>
#include <string.h>

#include "http-fixture.h"
#include "rounds-access-token.h"
#include "rounds-accounts.h"
#include "rounds-json.h"
#include "rounds-live.h"
#include "rounds-server-store.h"
#include "rounds-time.h"
#include "rounds-token-key.h"

#define BOUND_SECONDS 60
#define DEVICE_A "01890a5d-ac96-774b-bcce-b302099a8057"
#define DEVICE_B "01890a5d-ac96-774b-bcce-b302099a8058"
#define CONTACT "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Visit\"}"

typedef struct
{
  HttpFixture server;
  SoupSession *session;
  guint late; /* source id: fails the test */
} Fixture;

/* What a sign-in gave. */
typedef struct
{
  char *access;
  char *refresh;
} Tokens;

static void
tokens_clear (Tokens *tokens)
{
  g_free (tokens->access);
  g_free (tokens->refresh);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tokens, tokens_clear)

/* One who listens. */
typedef struct
{
  SoupWebsocketConnection *connection; /* (nullable) */
  SoupMessage *message;
  gboolean answered;
  guint status; /* of the handshake */
  guint hints;
  gboolean closed;
  gushort code;
} Listener;

static gboolean
late_cb (gpointer data)
{
  g_error ("waited too long");
  return G_SOURCE_REMOVE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const users[] = { "bob", "rep", "ada", "admin", NULL };

  http_fixture_set_up (&fixture->server, users);
  fixture->session = soup_session_new ();
  fixture->late = g_timeout_add_seconds (BOUND_SECONDS, late_cb, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  while (rounds_http_server_get_in_flight (fixture->server.http) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (fixture->late);
  g_clear_object (&fixture->session);
  http_fixture_tear_down (&fixture->server, NULL);
}

static SoupMessage *
new_message (Fixture *fixture, const char *method, const char *path, const char *token)
{
  g_autofree char *base = rounds_http_server_dup_uri (fixture->server.http);
  g_autofree char *uri = g_strconcat (base, path, NULL);
  SoupMessage *message = soup_message_new (method, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_headers_replace (headers, "Rounds-Protocol", "1");
  if (token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", token, NULL);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  return message;
}

typedef struct
{
  GBytes *body;
  gboolean done;
} Answer;

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;
  g_autoptr (GError) error = NULL;

  answer->body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_assert_no_error (error);
  answer->done = TRUE;
}

/* Sends a request and waits; @body: (out) (optional) (transfer full). */
static guint
send (Fixture *fixture, const char *method, const char *path, const char *token, const char *json, GBytes **body)
{
  g_autoptr (SoupMessage) message = new_message (fixture, method, path, token);
  Answer answer = { 0 };

  if (json != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }
  soup_session_send_and_read_async (fixture->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  if (body != NULL)
    *body = g_bytes_ref (answer.body);
  g_bytes_unref (answer.body);
  return soup_message_get_status (message);
}

static Tokens
sign_in (Fixture *fixture, const char *name, const char *device)
{
  g_autofree char *json = g_strdup_printf ("{\"username\":\"%s\",\"password\":\"%s\",\"device_id\":\"%s\"}", name,
                                           HTTP_FIXTURE_PASSWORD, device);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  Tokens tokens;

  g_assert_cmpuint (send (fixture, "POST", "/api/v1/auth/login", NULL, json, &body), ==, 200);
  g_assert_true (rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL));
  tokens.access = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "access_token")));
  tokens.refresh = g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "refresh_token")));
  return tokens;
}

static void
message_cb (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *message, Listener *listener)
{
  /* No more than that: neither whose change it was, nor what. */
  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  g_assert_cmpmem (g_bytes_get_data (message, NULL), g_bytes_get_size (message), ROUNDS_LIVE_CHANGED,
                   strlen (ROUNDS_LIVE_CHANGED));
  listener->hints++;
}

static void
closed_cb (SoupWebsocketConnection *connection, Listener *listener)
{
  listener->closed = TRUE;
  listener->code = soup_websocket_connection_get_close_code (connection);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Listener *listener = data;

  listener->connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, NULL);
  listener->status = soup_message_get_status (listener->message);
  listener->answered = TRUE;
  if (listener->connection == NULL)
    return;
  g_signal_connect (listener->connection, "message", G_CALLBACK (message_cb), listener);
  g_signal_connect (listener->connection, "closed", G_CALLBACK (closed_cb), listener);
}

/* Returns whether @token may listen. */
static gboolean
listen_as (Fixture *fixture, Listener *listener, const char *token)
{
  guint before = rounds_http_server_get_n_listeners (fixture->server.http);

  *listener = (Listener) { .message = new_message (fixture, "GET", ROUNDS_LIVE_PATH, token) };
  soup_session_websocket_connect_async (fixture->session, listener->message, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        connected_cb, listener);
  while (!listener->answered)
    g_main_context_iteration (NULL, TRUE);
  while (listener->connection != NULL && rounds_http_server_get_n_listeners (fixture->server.http) == before)
    g_main_context_iteration (NULL, TRUE);
  return listener->connection != NULL;
}

static void
stop_listening (Listener *listener)
{
  if (listener->connection != NULL && !listener->closed)
    soup_websocket_connection_close (listener->connection, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  while (listener->connection != NULL && !listener->closed)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&listener->connection);
  g_clear_object (&listener->message);
}

static void
wait_for_hint (Listener *listener)
{
  while (listener->hints == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_close (Listener *listener, gushort code)
{
  while (!listener->closed)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (listener->code, ==, code);
}

/* A change tells everybody but the device that has made it; reading and signing in tell nobody. */
static void
test_hint (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_auto (Tokens) b = sign_in (fixture, "bob", DEVICE_B);
  g_auto (Tokens) other = sign_in (fixture, "ada", DEVICE_B);
  Listener at_a;
  Listener at_b;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  g_assert_true (listen_as (fixture, &at_b, b.access));
  g_assert_cmpuint (rounds_http_server_get_n_listeners (fixture->server.http), ==, 2);
  g_assert_cmpuint (send (fixture, "GET", "/interactions", a.access, NULL, NULL), ==, 200);
  g_assert_cmpuint (send (fixture, "POST", "/interactions", a.access, "{\"hcp_name\":7}", NULL), >=, 400);
  g_assert_cmpuint (at_a.hints + at_b.hints, ==, 0);

  g_assert_cmpuint (send (fixture, "POST", "/interactions", a.access, CONTACT, NULL), ==, 201);
  wait_for_hint (&at_b);
  g_assert_cmpuint (at_a.hints, ==, 0);

  g_assert_cmpuint (send (fixture, "POST", "/interactions", other.access, CONTACT, NULL), ==, 201);
  wait_for_hint (&at_a);
  stop_listening (&at_a);
  stop_listening (&at_b);
  while (rounds_http_server_get_n_listeners (fixture->server.http) > 0)
    g_main_context_iteration (NULL, TRUE);
}

static char *
post (Fixture *fixture, const char *path, const char *token, const char *json)
{
  g_autoptr (GBytes) body = NULL;
  g_autoptr (yyjson_doc) doc = NULL;

  g_assert_cmpuint (send (fixture, "POST", path, token, json, &body), ==, 201);
  g_assert_true (rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL));
  return g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "id")));
}

static char *
find_staff (Fixture *fixture, const char *name)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->server.database, NULL);
  g_autoptr (RoundsRecord) user = NULL;
  g_autoptr (RoundsRecord) staff = NULL;

  g_assert_true (rounds_accounts_find (store, name, &user, NULL));
  g_assert_true (rounds_accounts_find_staff (store, user, &staff, NULL));
  return rounds_uuid_to_string (rounds_record_get_id (staff));
}

static gboolean
passed_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* Whatever there is to hint at has gone out after this: hints are a second apart at most. */
static void
wait_for_next_hints (void)
{
  gboolean passed = FALSE;

  g_timeout_add (1200, passed_cb, &passed);
  while (!passed)
    g_main_context_iteration (NULL, TRUE);
}

/* One territory's work does not wake another's reps, nor tell them how busy it is there; who joins it hears of it. */
static void
test_territories (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) bob = sign_in (fixture, "bob", DEVICE_A);
  g_auto (Tokens) ada = sign_in (fixture, "ada", DEVICE_B);
  g_autofree char *north = post (fixture, "/api/v1/territories", ada.access, "{\"name\":\"North\"}");
  g_autofree char *south = post (fixture, "/api/v1/territories", ada.access, "{\"name\":\"South\"}");
  g_autofree char *staff = find_staff (fixture, "bob");
  g_autofree char *member = g_strdup_printf ("{\"staff\":\"%s\",\"territory\":\"%s\"}", staff, north);
  g_autofree char *joined = g_strdup_printf ("{\"staff\":\"%s\",\"territory\":\"%s\"}", staff, south);
  g_autofree char *here = g_strdup_printf ("{\"family_name\":\"Osei\",\"territory\":\"%s\"}", north);
  g_autofree char *there = g_strdup_printf ("{\"family_name\":\"Mensah\",\"territory\":\"%s\"}", south);
  Listener listener;

  g_free (post (fixture, "/api/v1/territory-members", ada.access, member));
  g_assert_true (listen_as (fixture, &listener, bob.access));
  g_free (post (fixture, "/api/v1/people", ada.access, here));
  wait_for_hint (&listener);

  /* Nothing of the other; the hint after it is for what is the whole team's. */
  for (guint i = 0; i < 3; i++)
    g_free (post (fixture, "/api/v1/people", ada.access, there));
  wait_for_next_hints ();
  g_assert_cmpuint (listener.hints, ==, 1);
  g_free (post (fixture, "/api/v1/people", ada.access, "{\"family_name\":\"Annor\"}"));
  while (listener.hints < 2)
    g_main_context_iteration (NULL, TRUE);

  g_free (post (fixture, "/api/v1/territory-members", ada.access, joined));
  while (listener.hints < 3 || rounds_http_server_get_in_flight (fixture->server.http) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_free (post (fixture, "/api/v1/people", ada.access, there));
  while (listener.hints < 4)
    g_main_context_iteration (NULL, TRUE);
  stop_listening (&listener);
}

/* An administrator's command, in a process of its own. */
static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecordStore) store = NULL;
  Listener at_a;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  store = rounds_server_store_open (fixture->server.database, NULL);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  g_assert_true (rounds_record_store_save (store, person, NULL));
  wait_for_hint (&at_a);
  stop_listening (&at_a);
}

/* An import of a colleague is not a thousand pulls of everybody. */
static void
test_coalesced (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_auto (Tokens) b = sign_in (fixture, "bob", DEVICE_B);
  gint64 began = g_get_monotonic_time ();
  guint passed;
  Listener at_b;

  g_assert_true (listen_as (fixture, &at_b, b.access));
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (send (fixture, "POST", "/interactions", a.access, CONTACT, NULL), ==, 201);
  wait_for_hint (&at_b);
  passed = (guint) ((g_get_monotonic_time () - began) / G_USEC_PER_SEC);
  g_assert_cmpuint (at_b.hints, <=, passed + 2);
  stop_listening (&at_b);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_autofree char *in_url = g_strconcat (ROUNDS_LIVE_PATH "?access_token=", a.access, NULL);
  Listener nobody;

  g_assert_false (listen_as (fixture, &nobody, NULL));
  g_assert_cmpuint (nobody.status, ==, 401);
  stop_listening (&nobody);
  g_assert_false (listen_as (fixture, &nobody, "rubbish"));
  g_assert_cmpuint (nobody.status, ==, 401);
  stop_listening (&nobody);
  g_assert_cmpuint (send (fixture, "GET", in_url, NULL, NULL, NULL), ==, 401);
  g_assert_cmpuint (send (fixture, "GET", ROUNDS_LIVE_PATH, a.access, NULL, NULL), ==, 426);
  g_assert_cmpuint (rounds_http_server_get_n_listeners (fixture->server.http), ==, 0);
}

/* Whoever signs out hears no more, from this device; the other goes on. */
static void
test_signed_out (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_auto (Tokens) b = sign_in (fixture, "bob", DEVICE_B);
  g_autofree char *json = g_strdup_printf ("{\"refresh_token\":\"%s\"}", a.refresh);
  Listener at_a;
  Listener at_b;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  g_assert_true (listen_as (fixture, &at_b, b.access));
  g_assert_cmpuint (send (fixture, "POST", "/api/v1/auth/logout", NULL, json, NULL), ==, 204);
  wait_for_close (&at_a, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  while (rounds_http_server_get_in_flight (fixture->server.http) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (at_b.closed);
  stop_listening (&at_a);
  g_assert_false (listen_as (fixture, &at_a, a.access));
  g_assert_cmpuint (at_a.status, ==, 401);
  stop_listening (&at_a);
  stop_listening (&at_b);
}

static char *
find_user (Fixture *fixture, const char *name)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->server.database, NULL);
  g_autoptr (RoundsRecord) user = NULL;

  g_assert_true (rounds_accounts_find (store, name, &user, NULL));
  return rounds_uuid_to_string (rounds_record_get_id (user));
}

static void
test_account_closed (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_auto (Tokens) admin = sign_in (fixture, "ada", DEVICE_B);
  g_autofree char *id = find_user (fixture, "bob");
  g_autofree char *path = g_strconcat ("/api/v1/users/", id, NULL);
  Listener at_a;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  g_assert_cmpuint (send (fixture, "PATCH", path, admin.access, "{\"is_active\":false}", NULL), ==, 200);
  wait_for_close (&at_a, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  stop_listening (&at_a);
}

/* An access token of the same session that runs out in a moment. */
static char *
shorten (Fixture *fixture, const char *text)
{
  g_autoptr (RoundsRecordStore) store = rounds_server_store_open (fixture->server.database, NULL);
  guint8 key[ROUNDS_TOKEN_KEY_LENGTH];
  RoundsAccessToken token;

  g_assert_true (rounds_token_key_load (store, key, NULL));
  g_assert_true (rounds_access_token_verify (text, key, rounds_time_now (), &token));
  token.expires_at = rounds_time_now () + ROUNDS_SECOND;
  return rounds_access_token_sign (&token, key);
}

static void
test_token_runs_out (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_autofree char *brief = shorten (fixture, a.access);
  Listener at_a;

  g_assert_true (listen_as (fixture, &at_a, brief));
  wait_for_close (&at_a, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  stop_listening (&at_a);
}

/* A device that loses its connections and makes new ones does not fill the server: the oldest goes, not the newest. */
static void
test_many_of_one (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  Listener listeners[11];

  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    g_assert_true (listen_as (fixture, &listeners[i], a.access));
  wait_for_close (&listeners[0], SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION);
  for (guint i = 1; i < G_N_ELEMENTS (listeners); i++)
    g_assert_false (listeners[i].closed);
  for (guint i = 0; i < G_N_ELEMENTS (listeners); i++)
    stop_listening (&listeners[i]);
}

/* Whoever listens has nothing to say. */
static void
test_flood (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  g_autofree char *text = g_strnfill (100000, 'x');
  Listener at_a;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  soup_websocket_connection_send_text (at_a.connection, text);
  while (rounds_http_server_get_n_listeners (fixture->server.http) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (at_a.connection, &at_a);
  g_clear_object (&at_a.connection);
  g_clear_object (&at_a.message);
}

static gboolean
drained_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

/* A server that stops says so, and does not wait half a minute for those who would stay for ever. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_auto (Tokens) a = sign_in (fixture, "bob", DEVICE_A);
  gint64 began = g_get_monotonic_time ();
  gboolean drained = FALSE;
  Listener at_a;

  g_assert_true (listen_as (fixture, &at_a, a.access));
  rounds_http_server_drain (fixture->server.http, drained_cb, &drained);
  while (!drained)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 10 * G_USEC_PER_SEC);
  wait_for_close (&at_a, SOUP_WEBSOCKET_CLOSE_GOING_AWAY);
  stop_listening (&at_a);
}

int
main (int argc, char *argv[])
{
#define ADD(path, function) g_test_add ("/live/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("hint", test_hint);
  ADD ("territories", test_territories);
  ADD ("other-program", test_other_program);
  ADD ("coalesced", test_coalesced);
  ADD ("refused", test_refused);
  ADD ("signed-out", test_signed_out);
  ADD ("account-closed", test_account_closed);
  ADD ("token-runs-out", test_token_runs_out);
  ADD ("many-of-one", test_many_of_one);
  ADD ("flood", test_flood);
  ADD ("stop", test_stop);
  return g_test_run ();
}
