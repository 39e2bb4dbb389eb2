/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server behind its socket: what a client, or somebody who is no friend, meets there. */

#include <gio/gio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <sodium.h>
#include <string.h>

#include "http-fixture.h"

#define PARALLEL 200
#define BOUND_SECONDS 60

/* A client with its own thread, which may block. */
typedef struct
{
  guint port;
  const char *bytes;
  gsize size;
  char *answer;
  gint done;
} Client;

static gpointer
client_thread (gpointer data)
{
  Client *client = data;
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  g_socket_client_set_timeout (socket_client, BOUND_SECONDS);
  connection = g_socket_client_connect_to_host (socket_client, "127.0.0.1", (guint16) client->port, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), client->bytes, client->size,
                             NULL, NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL,
                                   NULL))
         > 0)
    g_string_append_len (answer, buffer, n);

  client->answer = g_string_free_and_steal (g_steal_pointer (&answer));
  g_atomic_int_set (&client->done, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

/* Sends bytes and returns all that comes back until the server closes. */
static char *
talk (HttpFixture *fixture, const char *bytes, gsize size)
{
  Client client = { rounds_http_server_get_port (fixture->http), bytes, size, NULL, FALSE };
  g_autoptr (GThread) thread = g_thread_new ("client", client_thread, &client);

  while (!g_atomic_int_get (&client.done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (g_steal_pointer (&thread));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return client.answer;
}

static guint
get_status (const char *answer)
{
  guint status = 0;

  if (strlen (answer) > 12 && g_str_has_prefix (answer, "HTTP/1."))
    status = (guint) g_ascii_strtoull (answer + 9, NULL, 10);
  return status;
}

static void
test_refusals (HttpFixture *fixture, gconstpointer data)
{
#define END "Connection: close\r\n\r\n"
  static const struct
  {
    const char *bytes;
    guint status;
  } cases[] = {
    { "GET /health HTTP/1.1\r\nHost: localhost\r\n" END, 200 },
    { "HEAD /health HTTP/1.1\r\nHost: localhost\r\n" END, 200 },
    { "GET /health HTTP/1.0\r\n\r\n", 200 },
    { "GET /health HTTP/1.1\r\n" END, 400 },
    { "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: other\r\n" END, 400 },
    { "GET /health HTTP/1.1\r\nHost: a, b\r\n" END, 400 },
    { "POST /interactions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n" END
      "0\r\n\r\n",
      400 },
    { "POST /interactions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 2\r\n" END "{}", 400 },
    { "TRACE /health HTTP/1.1\r\nHost: localhost\r\n" END, 405 },
    { "BREW /health HTTP/1.1\r\nHost: localhost\r\n" END, 405 },
    { "OPTIONS /interactions HTTP/1.1\r\nHost: localhost\r\n" END, 204 },
    { "GET /nothing HTTP/1.1\r\nHost: localhost\r\n" END, 404 },
    { "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n" END, 404 },
    { "GET /api/v1/people/%00 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n" END, 401 },
    { "GET /interactions HTTP/1.1\r\nHost: localhost\r\n" END, 401 },
    { "GET /health HTTP/1.1\r\nHost: localhost\r\nRange: bytes=0-1\r\n" END, 200 },
    { "rubbish\r\n\r\n", 400 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = talk (fixture, cases[i].bytes, strlen (cases[i].bytes));

      g_test_message ("%s", cases[i].bytes);
      g_test_message ("%s", answer);
      g_assert_cmpuint (get_status (answer), ==, cases[i].status);
      if (i == 0)
        g_assert_true (g_str_has_suffix (answer, "{\"status\":\"ok\"}"));
      if (i == 1) /* the length that GET would have, and nothing behind the headers */
        {
          g_assert_nonnull (strstr (answer, "Content-Length: 15\r\n"));
          g_assert_true (g_str_has_suffix (answer, "\r\n\r\n"));
        }
      if (cases[i].status == 204)
        g_assert_nonnull (strstr (answer, "Allow: GET, POST, HEAD, OPTIONS"));
      if (cases[i].status < 400)
        g_assert_nonnull (strstr (answer, "X-Content-Type-Options: nosniff"));
    }
}

/* A body that is too large is refused, said beforehand or not, and never kept. */
static void
test_too_large (HttpFixture *fixture, gconstpointer data)
{
  gsize size = ROUNDS_API_BODY_LIMIT + 1;
  g_autoptr (GString) request = g_string_new (NULL);
  g_autofree char *filler = g_strnfill (size, ' ');
  g_autofree char *said = NULL;
  g_autofree char *chunked = NULL;

  g_string_printf (request,
                   "POST /interactions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %zu\r\n\r\n",
                   size);
  g_string_append_len (request, filler, (gssize) size);
  said = talk (fixture, request->str, request->len);
  g_assert_cmpuint (get_status (said), ==, 413);

  g_string_assign (request, "POST /interactions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                            "Transfer-Encoding: chunked\r\n\r\n");
  for (guint i = 0; i < 9; i++)
    {
      g_string_append (request, "100000\r\n");
      g_string_append_len (request, filler, 0x100000);
      g_string_append (request, "\r\n");
    }
  g_string_append (request, "0\r\n\r\n");
  chunked = talk (fixture, request->str, request->len);
  g_assert_cmpuint (get_status (chunked), ==, 413);
}

/* A client that hangs up in the middle leaves nothing behind. */
static void
test_client_gone (HttpFixture *fixture, gconstpointer data)
{
  static const char bytes[] =
    "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: 46\r\n\r\n{\"username\":\"bob\",\"password\":\"correct horse\"} ";
  static const char still_there[] = "GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autofree char *answer = NULL;

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
        client, "127.0.0.1", (guint16) rounds_http_server_get_port (fixture->http), NULL, NULL);
      gsize size = i == 0 ? 20 : i == 1 ? sizeof bytes - 20 : sizeof bytes - 1;

      g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), bytes, size, NULL, NULL,
                                 NULL);
      while (i == 2 && rounds_http_server_get_in_flight (fixture->http) == 0)
        g_main_context_iteration (NULL, TRUE);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }

  /* The answer of the last one still has to come and find nobody. */
  while (rounds_http_server_get_in_flight (fixture->http) > 0)
    g_main_context_iteration (NULL, TRUE);
  answer = talk (fixture, still_there, strlen (still_there));
  g_assert_cmpuint (get_status (answer), ==, 200);
}

static guint
log_in_wrongly (HttpFixture *fixture, const char *forwarded_for)
{
  g_autofree char *bytes = g_strdup_printf ("POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                            "X-Forwarded-For: %s\r\nContent-Length: 36\r\n\r\n"
                                            "{\"username\":\"bob\",\"password\":\"no!!\"}",
                                            forwarded_for);
  g_autofree char *answer = talk (fixture, bytes, strlen (bytes));

  return get_status (answer);
}

/* Behind a proxy all clients have its address: one who guesses must not keep the others out. Without a proxy, nobody
 * gets more tries by making addresses up. */
static void
test_client_addresses (HttpFixture *fixture, gconstpointer data)
{
  rounds_http_server_set_behind_proxy (fixture->http, TRUE);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (log_in_wrongly (fixture, "203.0.113.9, 192.0.2.1"), ==, 401);
  g_assert_cmpuint (log_in_wrongly (fixture, "203.0.113.10, 192.0.2.1"), ==, 429);
  g_assert_cmpuint (log_in_wrongly (fixture, "203.0.113.9, 192.0.2.2"), ==, 401);

  rounds_http_server_set_behind_proxy (fixture->http, FALSE);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *made_up = g_strdup_printf ("198.51.100.%u", i);

      g_assert_cmpuint (log_in_wrongly (fixture, made_up), ==, 401);
    }
  g_assert_cmpuint (log_in_wrongly (fixture, "198.51.100.9"), ==, 429);
}

/* Requests of many at once */

typedef struct
{
  SoupSession *session;
  char *authorization;
  guint sent;
  guint answered;
  guint created;
} Crowd;

static SoupMessage *
new_message (HttpFixture *fixture, const char *method, const char *path, const char *body)
{
  g_autofree char *base = rounds_http_server_dup_uri (fixture->http);
  g_autofree char *uri = g_strconcat (base, path, NULL);
  SoupMessage *message = soup_message_new (method, uri);
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;

  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/json", bytes);
  return message;
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Crowd *crowd = data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  crowd->answered++;
  if (soup_message_get_status (message) == 201)
    crowd->created++;
  if (strstr (g_uri_get_path (soup_message_get_uri (message)), "login") != NULL)
    {
      g_autoptr (yyjson_doc) doc = NULL;

      g_assert_cmpuint (soup_message_get_status (message), ==, 200);
      rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL);
      crowd->authorization =
        g_strconcat ("Bearer ", yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), "access_token")), NULL);
    }
}

static void
send (Crowd *crowd, SoupMessage *message)
{
  if (crowd->authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", crowd->authorization);
  crowd->sent++;
  soup_session_send_and_read_async (crowd->session, message, G_PRIORITY_DEFAULT, NULL, answered_cb, crowd);
  g_object_unref (message);
}

static void
test_many_at_once (HttpFixture *fixture, gconstpointer data)
{
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("max-conns", PARALLEL, "max-conns-per-host", PARALLEL, NULL);
  Crowd crowd = { .session = session };

  send (&crowd, new_message (fixture, "POST", "/api/v1/auth/login",
                             "{\"username\":\"bob\",\"password\":\"" HTTP_FIXTURE_PASSWORD "\"}"));
  while (crowd.answered < crowd.sent)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; i < PARALLEL; i++)
    send (&crowd,
          new_message (fixture, "POST", "/interactions", "{\"hcp_name\":\"Dr. A\",\"interaction_type\":\"Visit\"}"));
  while (crowd.answered < crowd.sent)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (crowd.created, ==, PARALLEL);
  g_free (crowd.authorization);
}

/* The program itself */

static char *
wait_for_port (const char *path)
{
  gint64 until = g_get_monotonic_time () + BOUND_SECONDS * G_USEC_PER_SEC;
  char *port = NULL;

  while (!g_file_get_contents (path, &port, NULL, NULL))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, until);
      g_usleep (10000); /* another process writes it; there is nothing to wait on but the file */
    }
  return g_strstrip (port);
}

/* A request that has begun is answered before the server goes. */
static void
test_graceful_stop (HttpFixture *fixture, gconstpointer data)
{
  static const char head[] = "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                             "Content-Length: 45\r\nExpect: 100-continue\r\n\r\n";
  static const char body[] = "{\"username\":\"bob\",\"password\":\"correct horse\"}";
  g_autofree char *port_file = g_build_filename (fixture->folder, "port", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "other.db", NULL);
  g_autofree char *port = NULL;
  g_autofree char *wal = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) server = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GString) answer = g_string_new (NULL);
  char buffer[4096];
  gssize n;

  http_fixture_add_user (database, "bob", "rep");
  server =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, "rounds-server",
                      "serve", "--database", database, "--listen", "127.0.0.1:0", "--port-file", port_file, NULL);
  g_assert_no_error (error);
  port = wait_for_port (port_file);

  g_socket_client_set_timeout (client, BOUND_SECONDS);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16) atoi (port), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head, sizeof head - 1, NULL,
                             NULL, NULL);
  /* "100 Continue" tells that the server has the headers. */
  n =
    g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, >, 0);
  g_assert_true (strncmp (buffer, "HTTP/1.1 100", 12) == 0);

  g_subprocess_send_signal (server, SIGTERM);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), body, sizeof body - 1, NULL,
                             NULL, NULL);
  while ((n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), buffer, sizeof buffer, NULL,
                                   NULL))
         > 0)
    g_string_append_len (answer, buffer, n);
  g_assert_cmpuint (get_status (answer->str), ==, 200);
  g_assert_nonnull (strstr (answer->str, "access_token"));
  g_assert_true (g_subprocess_wait_check (server, NULL, &error));
  g_assert_no_error (error);

  /* All is in the one file that an administrator copies. */
  wal = g_strconcat (database, "-wal", NULL);
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* Says what is wrong instead of half working. */
static void
test_wrong_calls (HttpFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *arguments[6];
    int status;
  } cases[] = {
    { { "rounds-server", "--version", NULL }, 0 },
    { { "rounds-server", "help", NULL }, 0 },
    { { "rounds-server", "dance", NULL }, 2 },
    { { "rounds-server", "serve", "--colour", NULL }, 2 },
    { { "rounds-server", "demo", "--contacts", "0", NULL }, 2 },
    { { "rounds-server", "demo", "--now", "yesterday", NULL }, 2 },
    { { "rounds-server", "user", "remove", NULL }, 2 },
    { { "rounds-server", "migrate", "--database", "/nonexistent/folder/a.db", NULL }, 1 },
    { { "rounds-server", "migrate", "--database", "postgresql://localhost/rounds", NULL }, 1 },
    { { "rounds-server", "serve", "--database", "/dev/null/a.db", NULL }, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) process =
        g_subprocess_newv ((const char *const *) cases[i].arguments,
                           G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
      g_autofree char *out = NULL;
      g_autofree char *err = NULL;

      g_assert_no_error (error);
      g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, &error);
      g_assert_no_error (error);
      g_test_message ("%s %s: %s", cases[i].arguments[1], cases[i].arguments[2], err);
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, cases[i].status);
      if (cases[i].status != 0)
        {
          g_assert_true (g_str_has_prefix (err, "rounds-server: "));
          g_assert_true (strchr (err, '\n') == err + strlen (err) - 1); /* one line */
        }
    }
}

static void
test_listen_addresses (HttpFixture *fixture, gconstpointer data)
{
  static const char *const wrong[] = { "", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "nowhere.example:80" };
  g_autoptr (RoundsHttpServer) http = rounds_http_server_new (fixture->worker);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (rounds_http_server_listen (http, wrong[i], &error));
      g_assert_nonnull (error);
    }
  g_assert_true (rounds_http_server_listen (http, "localhost:0", NULL));
  g_assert_cmpuint (rounds_http_server_get_port (http), >, 0);
}

int
main (int argc, char *argv[])
{
  static const char *const users[] = { "bob", "rep", NULL };

#define ADD(path, function) g_test_add (path, HttpFixture, users, http_fixture_set_up, function, http_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (sodium_init (), >=, 0);

  ADD ("/http/refusals", test_refusals);
  ADD ("/http/too-large", test_too_large);
  ADD ("/http/client-gone", test_client_gone);
  ADD ("/http/client-addresses", test_client_addresses);
  ADD ("/http/many-at-once", test_many_at_once);
  ADD ("/http/graceful-stop", test_graceful_stop);
  ADD ("/http/wrong-calls", test_wrong_calls);
  ADD ("/http/listen-addresses", test_listen_addresses);
  return g_test_run ();
}
