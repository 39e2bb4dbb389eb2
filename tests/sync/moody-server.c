/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "moody-server.h"

#include <string.h>

#include "rounds-json.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-protocol.h"

static void
respond (SoupServerMessage *message, guint status, const char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

static void
respond_with_tokens (Server *server, SoupServerMessage *message)
{
  g_autofree char *text = g_strdup_printf ("{\"access_token\":\"a%d\",\"refresh_token\":\"r%d\",\"expires_in\":900,"
                                           "\"user\":{\"id\":\"018f0000-0000-7000-8000-000000000001\","
                                           "\"username\":\"ama\",\"role\":\"rep\",\"staff\":null}}",
                                           server->token, server->token);

  respond (message, 200, text);
}

static char *
dup_member (SoupServerMessage *message, const char *key)
{
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (yyjson_doc) doc = NULL;

  g_assert_true (rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL));
  return g_strdup (yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), key)));
}

static void
log_in (Server *server, SoupServerMessage *message)
{
  g_autofree char *password = dup_member (message, "password");

  if (g_str_equal (password, "right \"password\""))
    respond_with_tokens (server, message);
  else
    respond (message, 401, "{\"title\":\"Unauthorized\",\"status\":401}");
}

static void
renew (Server *server, SoupServerMessage *message)
{
  g_autofree char *token = dup_member (message, "refresh_token");
  g_autofree char *expected = g_strdup_printf ("r%d", server->token);

  server->renewals++;
  if (server->renewals_left > 0 && server->renewals > (int) server->renewals_left)
    server->refuse_renewal = TRUE;
  if (server->refuse_renewal || !g_str_equal (token, expected))
    {
      respond (message, 401, "{\"title\":\"Unauthorized\"}");
      return;
    }
  server->token++;
  server->used = 0;
  respond_with_tokens (server, message);
}

static gboolean
is_authorized (Server *server, SoupServerMessage *message)
{
  g_autofree char *expected = g_strdup_printf ("Bearer a%d", server->token);

  if (server->good_for > 0 && server->used++ >= server->good_for)
    return FALSE;
  return !server->refuse_all
         && g_strcmp0 (
              soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"),
              expected)
              == 0;
}

/* (transfer full): @page as gzip, as far as it gets */
static GBytes *
pack (Server *server, GBytes *page)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  g_autoptr (GBytes) packed = g_converter_convert_bytes (packer, page, NULL);

  return g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) / (server->cuts_pages ? 2 : 1));
}

static void
sync_with_world (Server *server, SoupServerMessage *message, const char *path, GHashTable *query)
{
  g_autoptr (GBytes) request = soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GBytes) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (g_str_equal (path, ROUNDS_SYNC_COMPARE_PATH))
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL); /* as an older server */
      return;
    }
  if (g_str_equal (path, ROUNDS_SYNC_PUSH_PATH))
    reply = rounds_sync_server_push (server->world->server.store, NULL, &server->world->user, NULL, request, NULL, NULL,
                                     &error);
  else
    {
      const char *cursor = query != NULL ? g_hash_table_lookup (query, "cursor") : NULL;
      const char *limit = query != NULL ? g_hash_table_lookup (query, "limit") : NULL;
      g_autoptr (GBytes) page = rounds_sync_server_pull (server->world->server.store, NULL, cursor,
                                                         limit != NULL ? (guint) atoi (limit) : 0, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (
        soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Accept-Encoding"), ==,
        "gzip");
      if (g_bytes_get_size (page) > 0)
        soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Encoding", "gzip");
      reply = g_bytes_get_size (page) > 0 ? pack (server, page) : g_bytes_ref (page);
    }
  g_assert_no_error (error);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, g_bytes_get_data (reply, NULL),
                                    g_bytes_get_size (reply));
}

static gboolean
be_moody (Server *server, SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  static const char html[] = "<html><form action=/login>Free Wi-Fi!</form></html>";

  switch (server->mood)
    {
    case AS_IT_SHOULD:
      soup_message_headers_replace (headers, "Rounds-Protocol", server->version != NULL ? server->version : "1");
      return FALSE;
    case SILENT:
      server->held = g_object_ref (message);
      soup_server_message_pause (message);
      return TRUE;
    case HTML:
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, html, strlen (html));
      return TRUE;
    case REDIRECT:
      soup_message_headers_replace (headers, "Location", "/login");
      respond (message, 302, "");
      return TRUE;
    case NO_HEADER:
      return FALSE;
    case OTHER_VERSION:
      soup_message_headers_replace (headers, "Rounds-Protocol", "2.1");
      return FALSE;
    case FAILING:
      respond (message, 500, "{\"title\":\"Oh\",\"detail\":\"SELECT secret FROM person\"}");
      return TRUE;
    case BUSY:
      if (server->retry_after != NULL)
        soup_message_headers_replace (headers, "Retry-After", server->retry_after);
      soup_message_headers_replace (headers, "Date", "Fri, 20 Nov 2026 10:00:00 GMT");
      respond (message, server->busy, "slow down");
      return TRUE;
    case FORBIDDING:
      soup_message_headers_replace (headers, "Rounds-Protocol", "1");
      respond (message, 403, "{\"title\":\"Forbidden\",\"detail\":\"Not you.\"}");
      return TRUE;
    case TOO_LONG:
      soup_message_headers_replace (headers, "Rounds-Protocol", "1");
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, g_malloc0 (65 * 1024 * 1024),
                                        65 * 1024 * 1024);
      return TRUE;
    default:
      g_assert_not_reached ();
    }
}

/* What was asked for is done, and then the answer stops in its middle, as where somebody walks into a lift. */
static void
stall (Server *server, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_response_body (message);
  g_autoptr (GBytes) whole = soup_message_body_flatten (body);
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);

  soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_CHUNKED);
  soup_message_body_truncate (body);
  soup_message_body_append_bytes (body, half); /* and never the end of it */
  g_set_object (&server->held, message);
}

static void
handle (SoupServer *http, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Server *server = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  server->requests++;
  g_assert_cmpstr (soup_message_headers_get_one (headers, "Rounds-Protocol"), ==, ROUNDS_SYNC_PROTOCOL);
  g_set_str (&server->encoding, soup_message_headers_get_one (headers, "Content-Encoding"));
  g_clear_pointer (&server->body, g_bytes_unref);
  server->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  if (be_moody (server, message))
    return;
  if (g_str_equal (path, "/api/v1/auth/login"))
    log_in (server, message);
  else if (g_str_equal (path, "/api/v1/auth/refresh"))
    renew (server, message);
  else if (!is_authorized (server, message))
    respond (message, 401, "{\"title\":\"Unauthorized\"}");
  else if (server->encoding != NULL && g_strcmp0 (server->version, "1") == 0)
    respond (message, 422, "{\"title\":\"Unprocessable Content\"}"); /* as an older server, which takes it for JSON */
  else if (server->world != NULL)
    sync_with_world (server, message, path, query);
  else
    respond (message, 200, "{\"hello\":1}");
  if (g_strcmp0 (server->stall_at, path) == 0)
    stall (server, message);
}

void
server_set_up (Server *server)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  *server = (Server) { .token = 1, .busy = 429 };
  server->http = soup_server_new (NULL, NULL);
  soup_server_add_handler (server->http, NULL, handle, server, NULL);
  soup_server_listen_local (server->http, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server->http);
  server->address = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

void
server_tear_down (Server *server)
{
  soup_server_disconnect (server->http);
  g_clear_object (&server->held);
  g_clear_object (&server->http);
  g_clear_pointer (&server->body, g_bytes_unref);
  g_free (server->encoding);
  g_free (server->address);
}
