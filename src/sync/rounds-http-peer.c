/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-http-peer.h"

#include "rounds-socket-hold.h"
#include "rounds-sync-problem.h"

#define KEY "rounds-http-peer"

typedef struct
{
  GHashTable *sockets; /* (owned): libsoup's number of a connection, to a GWeakRef of its GSocket */
  gboolean takes_packed;
} Peer;

static void
socket_ref_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
peer_free (gpointer data)
{
  Peer *peer = data;

  g_hash_table_unref (peer->sockets);
  g_free (peer);
}

static Peer *
get_peer (SoupSession *session)
{
  Peer *peer = g_object_get_data (G_OBJECT (session), KEY);

  if (peer == NULL)
    {
      peer = g_new0 (Peer, 1);
      peer->sockets = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, socket_ref_free);
      g_object_set_data_full (G_OBJECT (session), KEY, peer, peer_free);
    }
  return peer;
}

static gboolean
is_gone (gpointer key, gpointer value, gpointer data)
{
  g_autoptr (GSocket) socket = g_weak_ref_get (value);

  return socket == NULL || g_socket_is_closed (socket);
}

/* A connection is made for the message. */
static void
network_event_cb (SoupMessage *message, GSocketClientEvent event, GIOStream *connection, SoupSession *session)
{
  Peer *peer = get_peer (session);
  gint64 id = (gint64) soup_message_get_connection_id (message);
  GWeakRef *ref;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (connection))
    return;
  g_hash_table_foreach_remove (peer->sockets, is_gone, NULL);
  ref = g_new0 (GWeakRef, 1);
  g_weak_ref_init (ref, g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
  g_hash_table_replace (peer->sockets, g_memdup2 (&id, sizeof id), ref);
}

static void
hold (SoupSession *session, SoupMessage *message, gboolean on)
{
  gint64 id = (gint64) soup_message_get_connection_id (message);
  GWeakRef *ref = g_hash_table_lookup (get_peer (session)->sockets, &id);
  g_autoptr (GSocket) socket = ref != NULL ? g_weak_ref_get (ref) : NULL;

  if (socket != NULL && !g_socket_is_closed (socket))
    rounds_socket_hold (socket, on);
}

static void
starting_cb (SoupMessage *message, SoupSession *session)
{
  if (soup_message_headers_get_content_length (soup_message_get_request_headers (message)) > 0)
    hold (session, message, TRUE);
}

/**
 * rounds_http_peer_watch:
 * @message: not sent yet
 *
 * Holds the head of @message back until its body is there too and rounds_http_peer_release() lets them go together.
 */
void
rounds_http_peer_watch (SoupSession *session, SoupMessage *message)
{
  g_signal_connect_object (message, "network-event", G_CALLBACK (network_event_cb), session, G_CONNECT_DEFAULT);
  g_signal_connect_object (message, "starting", G_CALLBACK (starting_cb), session, G_CONNECT_DEFAULT);
}

/** rounds_http_peer_release: lets go what rounds_http_peer_watch() holds back of @written. */
void
rounds_http_peer_release (SoupSession *session, SoupMessage *written)
{
  hold (session, written, FALSE);
}

/** rounds_http_peer_learn: notes what the server says of itself in its answer. */
void
rounds_http_peer_learn (SoupSession *session, SoupMessage *answered)
{
  const char *header =
    soup_message_headers_get_one (soup_message_get_response_headers (answered), ROUNDS_SYNC_PROTOCOL_HEADER);

  get_peer (session)->takes_packed = rounds_sync_protocol_takes_packed (header);
}

/** rounds_http_peer_takes_packed: whether the server's last answer said that it takes packed bodies. */
gboolean
rounds_http_peer_takes_packed (SoupSession *session)
{
  return get_peer (session)->takes_packed;
}
