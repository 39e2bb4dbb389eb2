/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-http-server.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-live-hub.h"
#include "rounds-socket-hold.h"
#include "rounds-sync-problem.h"

#define LONGEST_URL 16384

/* All bodies together that are on their way in: beyond, the memory of the machine would be the clients' to fill. */
#define BODIES_LIMIT (256 * 1024 * 1024)

/* So much of a body that is too large is read and dropped, so that the client comes to see the answer. */
#define DROP_LIMIT (64 * 1024 * 1024)

/* Connections that wait to be accepted; the kernel lowers it to its own limit. */
#define BACKLOG 1024

/* When one may come again who was sent away because the server is full or stops: time to start anew. */
#define BUSY_SECONDS "5"

/* How long a stop waits for answers that are on their way. */
#define DRAIN_SECONDS 30

struct _RoundsHttpServer
{
  SoupServer *soup;        /* (owned) */
  RoundsApiWorker *worker; /* (not owned) */
  RoundsLiveHub *live;     /* (owned) */
  gboolean behind_proxy;
  guint in_flight; /* requests whose answer has not been written */
  goffset bodies;  /* bytes that they hold */
  gboolean draining;
  guint drain_timeout;
  guint drain_idle;
  GSourceFunc drained;
  gpointer drained_data;
};

/* One request on its way; freed with its message. */
typedef struct
{
  RoundsHttpServer *server;
  goffset limit;
  goffset received;
  goffset held;   /* of it, what is in memory */
  gboolean ended; /* written, or the client has gone */
} Exchange;

static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", NULL };

static void
tell_drained (RoundsHttpServer *self)
{
  GSourceFunc drained = g_steal_pointer (&self->drained);

  g_clear_handle_id (&self->drain_timeout, g_source_remove);
  if (drained != NULL)
    drained (self->drained_data);
}

static gboolean
drained_cb (gpointer data)
{
  RoundsHttpServer *self = data;

  self->drain_idle = 0;
  tell_drained (self);
  return G_SOURCE_REMOVE;
}

static gboolean
drain_timeout_cb (gpointer data)
{
  RoundsHttpServer *self = data;

  g_warning ("stop: %u requests are not waited for any longer", self->in_flight);
  self->drain_timeout = 0;
  tell_drained (self);
  return G_SOURCE_REMOVE;
}

/* From an idle source, so that what the loop has still to write goes first. */
static void
check_drained (RoundsHttpServer *self)
{
  if (self->draining && self->in_flight == 0 && rounds_live_hub_get_n_listeners (self->live) == 0
      && rounds_live_hub_get_n_checks (self->live) == 0 && self->drain_idle == 0)
    self->drain_idle = g_idle_add (drained_cb, self);
}

static gboolean
last_listener_gone_cb (gpointer data)
{
  check_drained (data);
  return G_SOURCE_REMOVE;
}

/* libsoup forgets of an answer without a body that it has none, and would end the connection to say where the body
 * ends: each device would make a new one, with TLS and all, for each question that has "nothing new" for its answer. */
static void
wrote_headers_cb (SoupServerMessage *message, gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_EOF)
    soup_message_headers_set_encoding (headers, SOUP_ENCODING_NONE);
}

static void
wrote_body_cb (SoupServerMessage *message, gpointer data)
{
  rounds_socket_hold (soup_server_message_get_socket (message), FALSE);
}

/* Makes head and body of the answer go out together. */
static void
hold_head (SoupServerMessage *message)
{
  rounds_socket_hold (soup_server_message_get_socket (message), TRUE);
  g_signal_connect (message, "wrote-body", G_CALLBACK (wrote_body_cb), NULL);
}

static void
write_response (SoupServerMessage *message, RoundsApiResponse *response)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  for (guint i = 0; i < response->headers->len; i++)
    {
      RoundsApiHeader *header = g_ptr_array_index (response->headers, i);

      soup_message_headers_replace (headers, header->name, header->value);
    }
  if (response->body != NULL)
    {
      soup_message_body_append_bytes (body, response->body);
      hold_head (message);
    }
  else
    g_signal_connect (message, "wrote-headers", G_CALLBACK (wrote_headers_cb), NULL);
  soup_server_message_set_status (message, response->status, NULL);
}

/* Refuses a message before its body is read. The connection ends with it, as nobody knows what follows. */
static void
refuse (SoupServerMessage *message, guint status, const char *detail)
{
  g_autoptr (RoundsApiResponse) response = rounds_api_response_new_problem (status, NULL, detail);

  if (status == 503)
    rounds_api_response_set_header (response, "Retry-After", BUSY_SECONDS);
  rounds_api_response_set_header (response, "Connection", "close");
  rounds_api_response_set_header (response, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  rounds_api_response_set_header (response, "Cache-Control", "no-store");
  rounds_api_response_set_header (response, "X-Content-Type-Options", "nosniff");
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  write_response (message, response);
  g_info ("refused status=%u", status);
}

static guint
count_headers (SoupMessageHeaders *headers, const char *wanted)
{
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;
  guint count = 0;

  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, wanted) == 0)
      count++;
  return count;
}

/* Whether @host (nullable) is made of what names, addresses and ports are made of: a list of two hosts is not. */
static gboolean
is_host (const char *host)
{
  return host == NULL
         || (*host != '\0' && host[strspn (host, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._:[]")] == '\0');
}

/* What must hold before anything of a request is believed; (transfer none) (nullable): what is wrong, with a status. */
static const char *
find_fault (RoundsHttpServer *self, SoupServerMessage *message, goffset limit, guint *status)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *uri = g_uri_to_string (soup_server_message_get_uri (message));
  guint n_hosts = count_headers (headers, "Host");
  guint n_lengths = count_headers (headers, "Content-Length");
  guint n_encodings = count_headers (headers, "Transfer-Encoding");

  *status = 400;
  if (n_hosts > 1 || !is_host (soup_message_headers_get_one (headers, "Host"))
      || (n_hosts == 0 && soup_server_message_get_http_version (message) != SOUP_HTTP_1_0))
    return _ ("A request names one host.");
  if (n_lengths + n_encodings > 1)
    return _ ("A request says in one way how long its body is.");
  if (!g_strv_contains (methods, soup_server_message_get_method (message)))
    {
      *status = 405;
      return _ ("The server does not know this method.");
    }
  if (strlen (uri) > LONGEST_URL)
    {
      *status = 414;
      return _ ("This address is too long.");
    }
  if (soup_message_headers_get_content_length (headers) > limit)
    {
      *status = 413;
      return _ ("The request is too large.");
    }
  if (self->draining)
    {
      *status = 503;
      return _ ("The server is stopping.");
    }
  return NULL;
}

static void
end_exchange (Exchange *exchange)
{
  RoundsHttpServer *self = exchange->server;

  if (exchange->ended)
    return;
  exchange->ended = TRUE;
  self->bodies -= exchange->held;
  self->in_flight--;
  check_drained (self);
}

static void
finished_cb (SoupServerMessage *message, gpointer data)
{
  end_exchange (data);
}

/* A body whose length was not said beforehand, or that goes on after it was refused. */
static void
got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  Exchange *exchange = data;
  goffset size = (goffset) g_bytes_get_size (chunk);

  exchange->received += size;
  if (soup_server_message_get_status (message) == 0)
    {
      exchange->held += size;
      exchange->server->bodies += size;
      if (exchange->received > exchange->limit)
        refuse (message, 413, _ ("The request is too large."));
      else if (exchange->server->bodies > BODIES_LIMIT)
        refuse (message, 503, _ ("The server is busy. Please try again."));
    }
  if (exchange->received > DROP_LIMIT)
    g_socket_shutdown (soup_server_message_get_socket (message), TRUE, TRUE, NULL);
}

/* The headers are there, the body is not. */
static void
early_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  RoundsHttpServer *self = data;
  Exchange *exchange = g_new0 (Exchange, 1);
  const char *fault;
  guint status;

  exchange->server = self;
  exchange->limit = rounds_api_request_get_body_limit (path);
  self->in_flight++;
  g_object_set_data_full (G_OBJECT (message), "rounds-exchange", exchange, g_free);
  g_signal_connect (message, "finished", G_CALLBACK (finished_cb), exchange);
  g_signal_connect (message, "got-chunk", G_CALLBACK (got_chunk_cb), exchange);

  /* Answers are small and whole; libsoup 3.6.5 answers a hostile list of ranges at great cost. */
  soup_message_headers_remove (soup_server_message_get_request_headers (message), "Range");

  fault = find_fault (self, message, exchange->limit, &status);
  if (fault != NULL)
    refuse (message, status, fault);
}

/* Hints: the connection of a request that may listen becomes a WebSocket. */

typedef struct
{
  RoundsHttpServer *server;
  RoundsApiNews session; /* its scope owned */
} Upgrade;

static void
upgraded_cb (SoupServerMessage *message, gpointer data)
{
  const Upgrade *upgrade = data;
  RoundsLiveHub *live = upgrade->server->live;
  g_autoptr (SoupServerMessage) alive = g_object_ref (message);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *authorization = g_strdup (soup_message_headers_get_one (headers, "Authorization"));
  g_autoptr (GIOStream) stream = NULL;
  g_autoptr (SoupWebsocketConnection) connection = NULL;

  end_exchange (g_object_get_data (G_OBJECT (message), "rounds-exchange"));
  stream = soup_server_message_steal_connection (message);
  if (stream == NULL)
    return;
  connection = soup_websocket_connection_new (stream, soup_server_message_get_uri (message),
                                              SOUP_WEBSOCKET_CONNECTION_SERVER, NULL, NULL, NULL);
  rounds_live_hub_add (live, connection, &upgrade->session, authorization);
}

static void
upgrade_free (gpointer data, GClosure *closure)
{
  Upgrade *upgrade = data;

  g_clear_pointer (&upgrade->session.scope, rounds_territory_scope_free);
  g_free (upgrade);
}

/* Whether @message is on its way to be a WebSocket; if not, @response (inout) says why. */
static gboolean
upgrade (RoundsHttpServer *self, SoupServerMessage *message, RoundsApiResponse **response)
{
  Upgrade *data;

  if (!rounds_live_hub_has_room (self->live))
    {
      rounds_api_response_free (*response);
      *response = rounds_api_response_new_problem (503, NULL, _ ("The server is busy. Please try again."));
      rounds_api_response_set_header (*response, "Retry-After", ROUNDS_LIVE_RETRY_AFTER);
      rounds_api_response_set_header (*response, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
      return FALSE;
    }
  soup_message_headers_replace (soup_server_message_get_response_headers (message), ROUNDS_SYNC_PROTOCOL_HEADER,
                                ROUNDS_SYNC_PROTOCOL);
  if (!soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    return TRUE; /* which has said why */
  data = g_new0 (Upgrade, 1);
  data->server = self;
  data->session = (*response)->news;
  (*response)->news.scope = NULL;
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (upgraded_cb), data, upgrade_free,
                         G_CONNECT_DEFAULT);
  return TRUE;
}

typedef struct
{
  RoundsHttpServer *server;
  SoupServerMessage *message; /* (owned) */
} Answer;

static void
answered_cb (RoundsApiResponse *answer, gpointer data)
{
  g_autoptr (RoundsApiResponse) response = answer;
  g_autofree Answer *pending = data;
  g_autoptr (SoupServerMessage) message = pending->message;
  Exchange *exchange = g_object_get_data (G_OBJECT (message), "rounds-exchange");

  rounds_live_hub_take_news (pending->server->live, &response->news);
  if (exchange->ended)
    return; /* the client did not wait */
  if (pending->server->draining)
    rounds_api_response_set_header (response, "Connection", "close");
  if (response->status != SOUP_STATUS_SWITCHING_PROTOCOLS || !upgrade (pending->server, message, &response))
    write_response (message, response);
  soup_server_message_unpause (message);
}

/* The client's address: behind a proxy, the one that the nearest proxy has put last. */
static char *
get_client_address (RoundsHttpServer *self, SoupServerMessage *message)
{
  const char *direct = soup_server_message_get_remote_host (message);
  const char *forwarded =
    soup_message_headers_get_list (soup_server_message_get_request_headers (message), "X-Forwarded-For");
  const char *last;

  if (!self->behind_proxy || forwarded == NULL)
    return g_strdup (direct != NULL ? direct : "");
  last = strrchr (forwarded, ',');
  return g_strstrip (g_strdup (last != NULL ? last + 1 : forwarded));
}

static RoundsApiRequest *
create_request (RoundsHttpServer *self, SoupServerMessage *message, const char *path)
{
  RoundsApiRequest *request = rounds_api_request_new (soup_server_message_get_method (message), path);
  SoupMessageHeadersIter iter;
  const char *name;
  const char *value;

  request->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));
  g_free (request->remote_address);
  request->remote_address = get_client_address (self, message);
  request->body = soup_message_body_flatten (soup_server_message_get_request_body (message));

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    rounds_api_request_set_header (request, name, value);
  return request;
}

/* The whole request is there. */
static void
request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  RoundsHttpServer *self = data;
  Answer *answer = g_new0 (Answer, 1);

  answer->server = self;
  answer->message = g_object_ref (message);
  soup_server_message_pause (message);
  rounds_api_worker_submit (self->worker, create_request (self, message, path), answered_cb, answer);
}

/**
 * rounds_http_server_new:
 * @worker: who answers; must outlive the server
 *
 * Returns: (transfer full): a server that does not listen yet, on the calling thread's main context
 */
RoundsHttpServer *
rounds_http_server_new (RoundsApiWorker *worker)
{
  RoundsHttpServer *self = g_new0 (RoundsHttpServer, 1);

  self->worker = worker;
  self->live = rounds_live_hub_new (worker);
  self->soup = soup_server_new ("raw-paths", TRUE, NULL);
  soup_server_add_early_handler (self->soup, NULL, early_cb, self, NULL);
  soup_server_add_handler (self->soup, NULL, request_cb, self, NULL);
  return self;
}

/** rounds_http_server_free: closes the socket and frees @self; what was not answered is dropped. */
void
rounds_http_server_free (RoundsHttpServer *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->drain_timeout, g_source_remove);
  g_clear_handle_id (&self->drain_idle, g_source_remove);
  rounds_live_hub_free (self->live);
  soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_free (self);
}

/** rounds_http_server_set_behind_proxy: whether a proxy of ours sets X-Forwarded-For; without one it is not believed.
 */
void
rounds_http_server_set_behind_proxy (RoundsHttpServer *self, gboolean behind_proxy)
{
  self->behind_proxy = behind_proxy;
}

/* A socket of our own, as libsoup's keep 10 connections waiting, which a team that comes back from an outage exceeds.
 */
static GSocket *
open_listener (GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) listener =
    g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (listener == NULL)
    return NULL;
  g_socket_set_blocking (listener, FALSE);
  g_socket_set_listen_backlog (listener, BACKLOG);
  if (!g_socket_bind (listener, address, TRUE, error) || !g_socket_listen (listener, error))
    return NULL;
  return g_steal_pointer (&listener);
}

/**
 * rounds_http_server_listen:
 * @address: an IP address and a port, such as "127.0.0.1:8080" or "[::1]:0"; "localhost" stands for 127.0.0.1; port 0
 *   takes a free one
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, or what the system says
 *
 * Returns: whether the server listens
 */
gboolean
rounds_http_server_listen (RoundsHttpServer *self, const char *address, GError **error)
{
  const char *colon = strrchr (address, ':');
  g_autofree char *host = colon != NULL ? g_strndup (address, (gsize) (colon - address)) : NULL;
  g_autoptr (GInetAddress) inet = NULL;
  g_autoptr (GSocketAddress) socket_address = NULL;
  g_autoptr (GSocket) listener = NULL;
  g_autoptr (GError) failure = NULL;
  guint64 port = 0;

  if (host != NULL && *host == '[' && g_str_has_suffix (host, "]"))
    {
      host[strlen (host) - 1] = '\0';
      inet = g_inet_address_new_from_string (host + 1);
    }
  else if (host != NULL)
    inet = g_inet_address_new_from_string (g_str_equal (host, "localhost") ? "127.0.0.1" : host);
  if (inet == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                   _ ("“%s” is no address to listen at; 127.0.0.1:8080 would be one."), address);
      return FALSE;
    }

  socket_address = g_inet_socket_address_new (inet, (guint16) port);
  listener = open_listener (socket_address, &failure);
  if (listener == NULL || !soup_server_listen_socket (self->soup, listener, 0, &failure))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The server cannot listen at %s: %s"), address,
                   failure->message);
      return FALSE;
    }
  if (!g_inet_address_get_is_loopback (inet))
    g_warning ("listening beyond this machine without TLS: a proxy should stand in front");
  return TRUE;
}

/** rounds_http_server_dup_uri: (transfer full) (nullable): where the server listens, "http://127.0.0.1:8080". */
char *
rounds_http_server_dup_uri (RoundsHttpServer *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->soup);

  return uris != NULL
           ? g_strdup_printf (strchr (g_uri_get_host (uris->data), ':') != NULL ? "http://[%s]:%d" : "http://%s:%d",
                              g_uri_get_host (uris->data), g_uri_get_port (uris->data))
           : NULL;
}

/** rounds_http_server_get_port: the port at which the server listens, 0 if it does not. */
guint
rounds_http_server_get_port (RoundsHttpServer *self)
{
  g_autoslist (GUri) uris = soup_server_get_uris (self->soup);

  return uris != NULL ? (guint) g_uri_get_port (uris->data) : 0;
}

/** rounds_http_server_get_in_flight: how many requests have no answer yet; connections for hints are none. */
guint
rounds_http_server_get_in_flight (RoundsHttpServer *self)
{
  return self->in_flight + rounds_live_hub_get_n_checks (self->live);
}

/** rounds_http_server_get_n_listeners: how many devices are connected to hear of changes. */
guint
rounds_http_server_get_n_listeners (RoundsHttpServer *self)
{
  return rounds_live_hub_get_n_listeners (self->live);
}

/**
 * rounds_http_server_drain:
 * @done: called once on the main context, when the requests that have begun are answered, or after half a minute
 * @data: for @done
 *
 * Takes no new requests from now on, and says goodbye to those who listen to hints.
 */
void
rounds_http_server_drain (RoundsHttpServer *self, GSourceFunc done, gpointer data)
{
  if (self->draining)
    return;
  self->draining = TRUE;
  self->drained = done;
  self->drained_data = data;
  self->drain_timeout = g_timeout_add_seconds (DRAIN_SECONDS, drain_timeout_cb, self);
  rounds_live_hub_close (self->live, last_listener_gone_cb, self);
  check_drained (self);
}
