/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: a rep's evening, guessing why it does not sync; or the password, to a stranger's server.
 */

#include <string.h>

#include "moody-server.h"
#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-protocol.h"

static RoundsRemote *
open_remote (Server *server)
{
  g_autoptr (GError) error = NULL;
  RoundsRemote *remote = rounds_remote_new (server->address, &error);

  g_assert_no_error (error);
  rounds_remote_set_refresh_token (remote, "r1");
  return remote;
}

static GBytes *
ask (RoundsRemote *remote, GError **error)
{
  RoundsSyncRequest request = { .method = (char *) "GET", .path = (char *) "/api/v1/sync/pull?limit=1" };
  guint status = 0;
  GBytes *body = rounds_remote_send (remote, &request, &status, NULL, error);

  if (body != NULL)
    g_assert_cmpuint (status, ==, 200);
  return body;
}

static void
test_address (void)
{
  const char *const wrong[] = { NULL,
                                "",
                                "rounds.example.org",
                                "ftp://example.org",
                                "http://",
                                "https://a b",
                                "https://u:p@example.org",
                                "https://example.org/?x=1" };
  const char *const right[] = { "https://rounds.example.org", "http://127.0.0.1:8080/", "https://example.org/rounds//",
                                "http://[::1]:8080" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rounds_remote_new (wrong[i], &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
    }
  for (guint i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsRemote) remote = rounds_remote_new (right[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (remote);
    }
}

static void
test_sign_in (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autofree char *user = NULL;
  g_autofree char *staff = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  rounds_remote_set_refresh_token (remote, NULL);
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_clear_error (&error);

  g_assert_false (rounds_remote_sign_in (remote, "ama", "wrong", "d", &user, &staff, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_clear_error (&error);

  g_assert_true (rounds_remote_sign_in (remote, "ama", "right \"password\"", "d", &user, &staff, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (user, ==, "018f0000-0000-7000-8000-000000000001");
  g_assert_null (staff);
  g_assert_cmpstr (rounds_remote_get_refresh_token (remote), ==, "r1");
  body = ask (remote, &error);
  g_assert_no_error (error);
  g_assert_cmpint (server.renewals, ==, 0);
  server_tear_down (&server);
}

static void
count_cb (RoundsRemote *remote, GParamSpec *pspec, int *count)
{
  ++*count;
}

static void
test_renewal (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) error = NULL;
  int told = 0;

  server_set_up (&server);
  remote = open_remote (&server);
  g_signal_connect (remote, "notify::refresh-token", G_CALLBACK (count_cb), &told);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) body = ask (remote, &error);

      g_assert_no_error (error);
    }
  g_assert_cmpint (server.renewals, ==, 1); /* for the first request, and then no more */

  /* The access token runs out in the middle. */
  server.token = 7;
  rounds_remote_set_refresh_token (remote, "r7");
  g_bytes_unref (ask (remote, &error));
  g_assert_no_error (error);
  g_assert_cmpint (server.renewals, ==, 2);
  g_assert_cmpstr (rounds_remote_get_refresh_token (remote), ==, "r8");
  g_assert_cmpint (told, ==, 3);

  /* It is refused although it is new: once is enough. */
  server.refuse_all = TRUE;
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  g_assert_cmpint (server.renewals, ==, 3);
  g_clear_error (&error);

  server.refuse_renewal = TRUE;
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED);
  server_tear_down (&server);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  int *left = data;
  guint status;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = rounds_remote_send_finish (ROUNDS_REMOTE (source), result, &status, &error);

  g_assert_no_error (error);
  --*left;
}

/* A refresh token that is used twice looks like theft, and ends the sign-in. */
static void
test_one_renewal_for_many (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  RoundsSyncRequest request = { .method = (char *) "GET", .path = (char *) "/x" };
  int left = 5;

  server_set_up (&server);
  remote = open_remote (&server);
  for (int i = 0; i < 5; i++)
    rounds_remote_send_async (remote, &request, NULL, sent_cb, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (server.renewals, ==, 1);

  server.token = 7;
  rounds_remote_set_refresh_token (remote, "r7");
  left = 5;
  for (int i = 0; i < 5; i++)
    rounds_remote_send_async (remote, &request, NULL, sent_cb, &left);
  while (left > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (server.renewals, ==, 2);
  server_tear_down (&server);
}

static void
test_moods (void)
{
  static const struct
  {
    Mood mood;
    RoundsError code;
  } moods[] = {
    { HTML, ROUNDS_ERROR_PROTOCOL },          { REDIRECT, ROUNDS_ERROR_PROTOCOL },
    { NO_HEADER, ROUNDS_ERROR_PROTOCOL },     { FAILING, ROUNDS_ERROR_UNREACHABLE },
    { OTHER_VERSION, ROUNDS_ERROR_PROTOCOL }, { BUSY, ROUNDS_ERROR_UNREACHABLE },
    { FORBIDDING, ROUNDS_ERROR_FORBIDDEN },   { TOO_LONG, ROUNDS_ERROR_PROTOCOL },
  };
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) error = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  g_bytes_unref (ask (remote, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (moods); i++)
    {
      guint before = server.requests;

      server.mood = moods[i].mood;
      g_assert_null (ask (remote, &error));
      g_assert_error (error, ROUNDS_ERROR, (int) moods[i].code);
      g_assert_null (strstr (error->message, "SELECT"));
      g_assert_cmpuint (server.requests, ==, before + 1);
      g_test_message ("%s", error->message);
      g_clear_error (&error);
    }
  /* All that was in the way is gone: no new sign-in is needed. */
  server.mood = AS_IT_SHOULD;
  g_bytes_unref (ask (remote, &error));
  g_assert_no_error (error);
  server_tear_down (&server);
}

static void
test_silent (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) error = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  rounds_remote_set_timeout (remote, 1);
  server.mood = SILENT;
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  server_tear_down (&server);
}

/* A lift, in the middle of an answer. */
static void
test_stalling (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) error = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  rounds_remote_set_timeout (remote, 1);
  g_bytes_unref (ask (remote, &error));
  server.stall_at = ROUNDS_SYNC_PULL_PATH;
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (error->message, "in time"));
  g_clear_error (&error);

  server.stall_at = NULL;
  g_bytes_unref (ask (remote, &error));
  g_assert_no_error (error);
  server_tear_down (&server);
}

/* A server that says when it wants to be asked again. Its date counts, as the device's may be hours off. */
static void
test_retry_after (void)
{
  static const struct
  {
    guint status;
    const char *text;
    gint64 wait;
  } cases[] = {
    { 429, "7", 7000 },
    { 503, "120", 120000 },
    { 503, "Fri, 20 Nov 2026 10:01:30 GMT", 90000 },
    { 429, "Friday, 20-Nov-26 10:00:01 GMT", 1000 }, /* obsolete, and still to be read: RFC 9110, 5.6.7 */
    { 429, "Fri, 20 Nov 2026 09:00:00 GMT", 0 },
    { 429, "-7", 0 },
    { 429, "soon", 0 },
    { 503, NULL, 0 },
  };
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) none = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  g_bytes_unref (ask (remote, &none));
  g_assert_no_error (none);
  server.mood = BUSY;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) copy = NULL;

      server.busy = cases[i].status;
      server.retry_after = cases[i].text;
      g_assert_null (ask (remote, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
      copy = g_error_copy (error);
      g_assert_cmpint (rounds_error_get_retry_after (copy), ==, cases[i].wait);
    }

  server.retry_after = "150";
  g_assert_false (rounds_remote_sign_in (remote, "ama", "wrong", "d", NULL, NULL, NULL, &none));
  g_assert_error (none, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  g_assert_nonnull (strstr (none->message, "3 minutes"));
  server_tear_down (&server);
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancelled (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RoundsSyncRequest request = { .method = (char *) "GET", .path = (char *) "/x" };
  g_autoptr (GError) error = NULL;
  guint status;

  server_set_up (&server);
  remote = open_remote (&server);
  g_bytes_unref (ask (remote, &error));
  server.mood = SILENT;
  g_timeout_add (50, cancel_cb, cancellable);
  g_assert_null (rounds_remote_send (remote, &request, &status, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  server_tear_down (&server);
}

static void
test_nobody_there (void)
{
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autoptr (GError) error = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  server_tear_down (&server);
  g_assert_null (ask (remote, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
}

/* Lets the accept that is under way end before the service goes; closing it under that is a warning. */
static void
stop (GSocketService *service)
{
  g_socket_service_stop (service);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* In a thread of its own. libsoup's server is of no use here: 3.6.5 frees a connection that fails in its handshake
 * twice. */
static gboolean
listen_in_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  const char *path = data;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, NULL);
  g_autoptr (GIOStream) stream = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);
  char byte;

  g_assert_nonnull (stream);
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, NULL, NULL), <=, 0);
  return TRUE;
}

/* Somebody between us and the server, with a certificate that nobody vouches for: the password does not reach them. */
static void
test_untrusted_certificate (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "sync", "self-signed.pem", NULL);
  g_autoptr (GSocketService) service = NULL;
  g_autoptr (RoundsRemote) remote = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("no TLS here");
      return;
    }
  service = g_threaded_socket_service_new (-1);
  address = g_strdup_printf ("https://127.0.0.1:%u",
                             g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL));
  g_signal_connect (service, "run", G_CALLBACK (listen_in_cb), path);

  remote = rounds_remote_new (address, &error);
  g_assert_no_error (error);
  g_assert_false (rounds_remote_sign_in (remote, "ama", "right \"password\"", "d", NULL, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "certificate"));
  stop (service);
}

static gboolean
talk_rubbish_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char rubbish[] = "220 mail.example.org ESMTP\r\n\r\n";

  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), rubbish, strlen (rubbish), NULL,
                             NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

/* Something else listens there. */
static void
test_no_http (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("http://127.0.0.1:%u", port);
  g_autoptr (RoundsRemote) remote = rounds_remote_new (address, NULL);
  g_autoptr (GError) error = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (talk_rubbish_cb), NULL);
  rounds_remote_set_refresh_token (remote, "r1");
  g_assert_null (ask (remote, &error));
  g_test_message ("%s", error->message);
  g_assert_true (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL)
                 || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE));
  stop (service);
}

static void
push_text (RoundsRemote *remote, const char *text, gboolean is_packed)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, -1));
  g_autoptr (GBytes) packed = is_packed ? g_converter_convert_bytes (packer, body, NULL) : NULL;
  RoundsSyncRequest request = { (char *) "POST", (char *) ROUNDS_SYNC_PUSH_PATH, body, packed };
  guint status = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = rounds_remote_send (remote, &request, &status, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 200);
}

static void
assert_arrived (Server *server, const char *text, gboolean packed)
{
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GBytes) plain = packed ? g_converter_convert_bytes (unpacker, server->body, NULL) : NULL;
  GBytes *body = packed ? plain : server->body;

  g_assert_cmpstr (server->encoding, ==, packed ? "deflate" : NULL);
  g_assert_nonnull (body);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), text, strlen (text));
}

/* Pushes go packed to a server that says that it takes that, and to no other; a rep whose server is replaced by an
 * older one in the middle of the day does not find the change among those that were refused. */
static void
test_packed_pushes (void)
{
  g_autofree char *many = g_strdup_printf ("{\"mutations\":\"%0300d\"}", 7);
  const char *few = "{\"mutations\":[]}";
  Server server;
  g_autoptr (RoundsRemote) remote = NULL;

  server_set_up (&server);
  remote = open_remote (&server);
  push_text (remote, many, TRUE);
  assert_arrived (&server, many, FALSE);

  server.version = "1.4";
  push_text (remote, few, FALSE);
  assert_arrived (&server, few, FALSE);
  push_text (remote, many, TRUE);
  assert_arrived (&server, many, TRUE);

  server.version = "1";
  server.requests = 0;
  push_text (remote, many, TRUE);
  assert_arrived (&server, many, FALSE);
  g_assert_cmpuint (server.requests, ==, 2);
  push_text (remote, many, TRUE);
  g_assert_cmpuint (server.requests, ==, 3);
  server_tear_down (&server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/address", test_address);
  g_test_add_func ("/remote/sign-in", test_sign_in);
  g_test_add_func ("/remote/renewal", test_renewal);
  g_test_add_func ("/remote/packed-pushes", test_packed_pushes);
  g_test_add_func ("/remote/one-renewal-for-many", test_one_renewal_for_many);
  g_test_add_func ("/remote/moods", test_moods);
  g_test_add_func ("/remote/silent", test_silent);
  g_test_add_func ("/remote/stalling", test_stalling);
  g_test_add_func ("/remote/retry-after", test_retry_after);
  g_test_add_func ("/remote/cancelled", test_cancelled);
  g_test_add_func ("/remote/nobody-there", test_nobody_there);
  g_test_add_func ("/remote/untrusted-certificate", test_untrusted_certificate);
  g_test_add_func ("/remote/no-http", test_no_http);

  return g_test_run ();
}
