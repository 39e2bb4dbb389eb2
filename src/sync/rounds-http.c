/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-http.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-http-peer.h"
#include "rounds-sync-problem.h"
#include "rounds-time.h"

#define READ_SIZE (64 * 1024)

#define TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

/* One request and its answer, as it comes in. */
typedef struct
{
  SoupSession *session; /* (not owned): the task's */
  SoupMessage *message; /* (owned) (nullable) */
  char *token;          /* (owned) (nullable) */
  GBytes *plain;        /* (owned) (nullable): the request's body, if it goes packed */
  gboolean keeps_packed;
  gboolean *is_away;    /* (not owned) (nullable) */
  GInputStream *stream; /* (owned) (nullable) */
  GByteArray *body;     /* (owned) (nullable once handed over) */
  GSource *away;        /* (owned) (nullable): tells the caller, when what was written has gone */
} Exchange;

static void
exchange_clear_message (Exchange *exchange)
{
  if (exchange->away != NULL)
    g_source_destroy (exchange->away);
  g_clear_pointer (&exchange->away, g_source_unref);
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
}

static void
exchange_free (Exchange *exchange)
{
  exchange_clear_message (exchange);
  g_free (exchange->token);
  g_clear_pointer (&exchange->plain, g_bytes_unref);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_free (exchange);
}

/* The one place where libsoup's and GIO's errors become ours. */
static GError *
convert_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
  if (error->domain == G_TLS_ERROR)
    return g_error_new_literal (
      ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
      _ ("The server’s certificate cannot be trusted, so nothing was sent. Check the address, and "
         "whether the network asks to sign in."));
  if (g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_PARSING)
      || g_error_matches (error, SOUP_SESSION_ERROR, SOUP_SESSION_ERROR_ENCODING)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA))
    return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
                                _ ("What answered is not a Rounds server. Check the address."));
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, _ ("The server did not answer in time."));
  return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE,
                              _ ("The server cannot be reached. Check the network and the address."));
}

/* What stands between us and the server may answer instead of it, in a hotel say: only what carries our header is
 * believed. But that the server is down is mostly told by what stands before it. */
static gboolean
check_answer (SoupMessage *message, GError **error)
{
  guint status = soup_message_get_status (message);
  const char *header =
    soup_message_headers_get_one (soup_message_get_response_headers (message), ROUNDS_SYNC_PROTOCOL_HEADER);

  if (status >= 500 || status == TOO_MANY_REQUESTS || status == SOUP_STATUS_REQUEST_TIMEOUT)
    {
      rounds_sync_problem_to_error (status, NULL, error);
      if (error != NULL)
        rounds_error_set_retry_after (*error, rounds_http_get_retry_after (message));
      return FALSE;
    }
  return rounds_sync_protocol_check (header, error);
}

static void read_more (GTask *task);

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (chunk == NULL)
    {
      g_task_return_error (task, convert_error (error));
      return;
    }
  if (g_bytes_get_size (chunk) == 0)
    {
      g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&exchange->body)),
                             (GDestroyNotify) g_bytes_unref);
      return;
    }
  if (exchange->body->len + g_bytes_get_size (chunk) > ROUNDS_HTTP_BODY_LIMIT)
    {
      g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server’s answer is too long."));
      return;
    }
  g_byte_array_append (exchange->body, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
  read_more (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
read_more (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, G_PRIORITY_DEFAULT, g_task_get_cancellable (task),
                                   read_cb, task);
}

static void send_message (GTask *task);

static gboolean
away_cb (gpointer data)
{
  Exchange *exchange = data;

  g_clear_pointer (&exchange->away, g_source_unref);
  rounds_http_peer_release (exchange->session, exchange->message);
  if (exchange->is_away != NULL)
    *exchange->is_away = TRUE;
  return G_SOURCE_REMOVE;
}

/* With HTTP/2 libsoup says so when it has made the last frame, and writes it before it goes back to the main loop. */
static void
wrote_body_cb (SoupMessage *message, Exchange *exchange)
{
  if (exchange->away != NULL)
    return;
  exchange->away = g_idle_source_new ();
  g_source_set_priority (exchange->away, G_PRIORITY_HIGH);
  g_source_set_callback (exchange->away, away_cb, exchange, NULL);
  g_source_attach (exchange->away, g_main_context_get_thread_default ());
}

/* Fills in what goes with every request, and @body (nullable), as @packed (nullable) if there is that and the server
 * takes it. */
static void
fill_message (Exchange *exchange, GBytes *body, GBytes *packed)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (exchange->message);

  /* A push or a renewal that is sent twice does no more than one that is sent once, so that a connection that is open
   * already will do for it. libsoup makes a new one for each POST otherwise, with TLS and all. */
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  soup_message_headers_replace (headers, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  if (exchange->token != NULL)
    {
      g_autofree char *authorization = g_strconcat ("Bearer ", exchange->token, NULL);

      soup_message_headers_replace (headers, "Authorization", authorization);
    }
  if (exchange->keeps_packed)
    {
      soup_message_disable_feature (exchange->message, SOUP_TYPE_CONTENT_DECODER);
      soup_message_headers_replace (headers, "Accept-Encoding", "gzip");
    }
  if (!rounds_http_peer_takes_packed (exchange->session))
    packed = NULL;
  if (packed != NULL)
    {
      exchange->plain = g_bytes_ref (body);
      soup_message_headers_replace (headers, "Content-Encoding", "deflate");
    }
  if (body != NULL)
    soup_message_set_request_body_from_bytes (exchange->message, "application/json", packed != NULL ? packed : body);
  g_signal_connect (exchange->message, "wrote-body", G_CALLBACK (wrote_body_cb), exchange);
  rounds_http_peer_watch (exchange->session, exchange->message);
}

/* Whether a server that took packed bodies has made way for an older one, which could not read this one. */
static gboolean
was_not_unpacked (const Exchange *exchange)
{
  return exchange->plain != NULL && soup_message_get_status (exchange->message) >= SOUP_STATUS_BAD_REQUEST
         && !rounds_http_peer_takes_packed (exchange->session);
}

static void
send_unpacked (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (SoupMessage) refused = g_object_ref (exchange->message);
  g_autoptr (GBytes) plain = g_steal_pointer (&exchange->plain);

  g_clear_object (&exchange->stream);
  exchange_clear_message (exchange);
  exchange->message = soup_message_new_from_uri (soup_message_get_method (refused), soup_message_get_uri (refused));
  fill_message (exchange, plain, NULL);
  send_message (task);
}

static void
send_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (exchange->stream == NULL)
    {
      g_task_return_error (task, convert_error (error));
      return;
    }
  if (!check_answer (exchange->message, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rounds_http_peer_learn (SOUP_SESSION (source), exchange->message);
  if (was_not_unpacked (exchange))
    send_unpacked (g_steal_pointer (&task));
  else
    read_more (g_steal_pointer (&task));
}

/* @task: (transfer full) */
static void
send_message (GTask *task)
{
  const Exchange *exchange = g_task_get_task_data (task);

  soup_session_send_async (g_task_get_source_object (task), exchange->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), send_cb, task);
}

/**
 * rounds_http_session_new:
 * @timeout: seconds without a byte, %ROUNDS_HTTP_TIMEOUT but in tests
 *
 * Returns: (transfer full): a session that belongs to the calling thread's main context: no cache, no stored passwords;
 *   certificates are verified, always
 */
SoupSession *
rounds_http_session_new (guint timeout)
{
  SoupSession *session = soup_session_new_with_options ("timeout", timeout, "idle-timeout", timeout, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  return session;
}

/* ms UTC; -1 if @text (nullable) is no date */
static gint64
parse_date (const char *text)
{
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return date != NULL ? g_date_time_to_unix (date) * 1000 : -1;
}

/**
 * rounds_http_get_retry_after:
 * @message: a message that has its answer
 *
 * Reads Retry-After (RFC 9110, 10.2.3): seconds, or a date, which is held against the answer's own date, as the
 * device's clock may be hours off.
 *
 * Returns: ms to wait, 0 if the answer asks for none
 */
gint64
rounds_http_get_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *text = soup_message_headers_get_one (headers, "Retry-After");
  guint64 seconds = 0;
  gint64 then;
  gint64 now;

  if (text == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT32, &seconds, NULL))
    return (gint64) seconds * 1000;
  then = parse_date (text);
  now = parse_date (soup_message_headers_get_one (headers, "Date"));
  if (now < 0)
    now = rounds_time_now ();
  return then >= 0 ? MAX (0, then - now) : 0;
}

/**
 * rounds_http_send_async:
 * @session: of rounds_http_session_new()
 * @method: "GET" or "POST"
 * @uri: where to
 * @token: (nullable): the access token
 * @body: (nullable): JSON
 * @packed: (nullable): the same as zlib packs it; nothing that holds secrets, whose length packing would tell about
 * @keeps_packed: whether an answer that comes as gzip is handed on like that
 * @is_away: (nullable): becomes %TRUE when all of the request is on its way; lives until @callback
 *
 * Sends one request. Redirects are not followed, as the token is for this server alone.
 */
void
rounds_http_send_async (SoupSession *session, const char *method, const char *uri, const char *token, GBytes *body,
                        GBytes *packed, gboolean keeps_packed, gboolean *is_away, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  Exchange *exchange = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, rounds_http_send_async);
  g_task_set_check_cancellable (task, FALSE); /* cancelling is an error of our own domain */
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);
  exchange->body = g_byte_array_new ();
  exchange->session = session;
  exchange->token = g_strdup (token);
  exchange->keeps_packed = keeps_packed;
  exchange->is_away = is_away;
  exchange->message = soup_message_new (method, uri);
  if (exchange->message == NULL)
    {
      g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("This is not the address of a server."));
      return;
    }
  fill_message (exchange, body, packed);
  send_message (g_steal_pointer (&task));
}

/**
 * rounds_http_send_finish:
 * @status: (out): the HTTP status, below 500
 * @error: (out) (optional): UNREACHABLE (no connection, time-out, from 500 on, 429; with
 *   rounds_error_get_retry_after() where the server asks to wait), PROTOCOL (not our server, another
 *   version, rubbish, an untrusted certificate), CANCELLED
 *
 * Returns: (transfer full) (nullable): the body, perhaps empty, of an answer that is a Rounds server's
 */
GBytes *
rounds_http_send_finish (SoupSession *session, GAsyncResult *result, guint *status, GError **error)
{
  GBytes *body;
  Exchange *exchange;

  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  body = g_task_propagate_pointer (G_TASK (result), error);
  exchange = g_task_get_task_data (G_TASK (result));
  if (body != NULL)
    *status = soup_message_get_status (exchange->message);
  return body;
}
