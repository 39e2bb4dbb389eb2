/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-live.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-http.h"
#include "rounds-sync-problem.h"

#define TOO_MANY_REQUESTS 429 /* RFC 6585; libsoup has no name for it */

/* Hints are small; whoever sends more is not our server. */
#define LONGEST_MESSAGE 4096

struct _RoundsLive
{
  GObject parent_instance;

  RoundsRemote *remote;                /* (owned) */
  SoupSession *session;                /* (owned): its own, as a connection that stays must not take another's place */
  SoupMessage *message;                /* (owned) (nullable): the handshake */
  SoupWebsocketConnection *connection; /* (owned) (nullable): once it is open */
  GCancellable *cancellable;           /* (owned): cancelled at the end */
};

enum
{
  OPENED,
  HINT,
  LOST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsLive, rounds_live, G_TYPE_OBJECT)

static void
lose (RoundsLive *self, const GError *error)
{
  g_autoptr (RoundsLive) alive = g_object_ref (self);

  rounds_live_close (self);
  g_signal_emit (self, signals[LOST], 0, error);
}

static void
message_cb (SoupWebsocketConnection *connection, SoupWebsocketDataType type, GBytes *bytes, RoundsLive *self)
{
  static const char changed[] = ROUNDS_LIVE_CHANGED;

  /* Anything else is of a newer server, and not for us. */
  if (type == SOUP_WEBSOCKET_DATA_TEXT && g_bytes_get_size (bytes) == sizeof changed - 1
      && memcmp (g_bytes_get_data (bytes, NULL), changed, sizeof changed - 1) == 0)
    g_signal_emit (self, signals[HINT], 0);
}

static void
closed_cb (SoupWebsocketConnection *connection, RoundsLive *self)
{
  g_autoptr (GError) error =
    g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, _ ("The connection to the server has ended."));

  lose (self, error);
}

static void
take_connection (RoundsLive *self, SoupWebsocketConnection *connection)
{
  self->connection = connection;
  soup_websocket_connection_set_max_incoming_payload_size (connection, LONGEST_MESSAGE);
  soup_websocket_connection_set_keepalive_interval (connection, ROUNDS_LIVE_KEEPALIVE);
  soup_websocket_connection_set_keepalive_pong_timeout (connection, ROUNDS_LIVE_PATIENCE);
  g_signal_connect_object (connection, "message", G_CALLBACK (message_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (connection, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_DEFAULT);
  g_signal_emit (self, signals[OPENED], 0);
}

/* What the answer to a handshake that failed means. */
static GError *
convert_refusal (SoupMessage *message)
{
  guint status = soup_message_get_status (message);
  GError *error = NULL;

  if (status == SOUP_STATUS_NONE || status >= 500 || status == TOO_MANY_REQUESTS || status == SOUP_STATUS_UNAUTHORIZED)
    rounds_sync_problem_to_error (status == SOUP_STATUS_NONE ? SOUP_STATUS_SERVICE_UNAVAILABLE : status, NULL, &error);
  else
    error = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("This server sends no hints."));
  if (error->code == ROUNDS_ERROR_UNREACHABLE)
    rounds_error_set_retry_after (error, rounds_http_get_retry_after (message));
  return error;
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsLive) self = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = g_steal_pointer (&self->message);
  SoupWebsocketConnection *connection = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &failure);

  if (g_cancellable_is_cancelled (self->cancellable))
    g_clear_object (&connection);
  else if (connection != NULL)
    take_connection (self, connection);
  else
    {
      error = convert_refusal (message);
      lose (self, error);
    }
}

static void
rounds_live_dispose (GObject *object)
{
  rounds_live_close (ROUNDS_LIVE (object));

  G_OBJECT_CLASS (rounds_live_parent_class)->dispose (object);
}

static void
rounds_live_finalize (GObject *object)
{
  RoundsLive *self = ROUNDS_LIVE (object);

  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->remote);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (rounds_live_parent_class)->finalize (object);
}

static void
rounds_live_class_init (RoundsLiveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = rounds_live_dispose;
  object_class->finalize = rounds_live_finalize;

  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HINT] = g_signal_new ("hint", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOST] = g_signal_new ("lost", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rounds_live_init (RoundsLive *self)
{
  self->cancellable = g_cancellable_new ();
  self->session = rounds_http_session_new (ROUNDS_HTTP_TIMEOUT);
}

/**
 * rounds_live_new:
 * @remote: the server, signed in
 *
 * Returns: (transfer full): a connection that is not open
 */
RoundsLive *
rounds_live_new (RoundsRemote *remote)
{
  RoundsLive *self = g_object_new (ROUNDS_TYPE_LIVE, NULL);

  self->remote = g_object_ref (remote);
  return self;
}

/** rounds_live_open: begins to connect; once. "opened" or "lost" tells how it went, never before this returns. */
void
rounds_live_open (RoundsLive *self)
{
  g_autofree char *uri = rounds_remote_dup_uri (self->remote, ROUNDS_LIVE_PATH);
  const char *token = rounds_remote_get_access_token (self->remote);
  g_autofree char *authorization = g_strconcat ("Bearer ", token != NULL ? token : "", NULL);
  SoupMessageHeaders *headers;

  g_return_if_fail (self->message == NULL && self->connection == NULL);

  self->message = soup_message_new ("GET", uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (self->message);
  soup_message_headers_replace (headers, "Authorization", authorization);
  soup_message_headers_replace (headers, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL, G_PRIORITY_DEFAULT, self->cancellable,
                                        connected_cb, g_object_ref (self));
}

/** rounds_live_close: ends the connection, or the attempt: no signal comes after this. */
void
rounds_live_close (RoundsLive *self)
{
  g_autoptr (SoupWebsocketConnection) connection = g_steal_pointer (&self->connection);

  g_cancellable_cancel (self->cancellable);
  if (connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (connection, self);
  if (soup_websocket_connection_get_state (connection) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  /* It lives on until the server has said goodbye too, or some seconds without that. */
  soup_websocket_connection_close (connection, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
  g_signal_connect (g_steal_pointer (&connection), "closed", G_CALLBACK (g_object_unref), NULL);
}
