/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api-request.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-protocol.h"

/* More than any sensible list of conditions has. */
#define MAX_PARAMETERS 64

/* A push of the sync protocol may hold one large group, which must not be cut. */
#define PUSH_BODY_LIMIT (32 * 1024 * 1024)

#define UNPACK_STEP (64 * 1024)

/**
 * rounds_api_request_new:
 * @method: the method, e.g. "GET"
 * @target: path and query as sent, e.g. "/api/v1/people?limit=10"
 *
 * Returns: (transfer full): a request without headers or body, from the loopback address
 */
RoundsApiRequest *
rounds_api_request_new (const char *method, const char *target)
{
  RoundsApiRequest *self = g_new0 (RoundsApiRequest, 1);
  const char *question = strchr (target, '?');

  self->method = g_strdup (method);
  self->path = question != NULL ? g_strndup (target, (gsize) (question - target)) : g_strdup (target);
  self->query = question != NULL ? g_strdup (question + 1) : NULL;
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->remote_address = g_strdup ("127.0.0.1");
  return self;
}

/** rounds_api_request_free: frees @self. */
void
rounds_api_request_free (RoundsApiRequest *self)
{
  if (self == NULL)
    return;
  g_free (self->method);
  g_free (self->path);
  g_free (self->query);
  g_hash_table_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->remote_address);
  g_free (self);
}

/** rounds_api_request_set_header: sets header @name (in any case) to @value, instead of what it was. */
void
rounds_api_request_set_header (RoundsApiRequest *self, const char *name, const char *value)
{
  g_hash_table_replace (self->headers, g_ascii_strdown (name, -1), g_strdup (value));
}

/**
 * rounds_api_request_get_header:
 * @name: a header's name in lower case
 *
 * Returns: (transfer none) (nullable): its value
 */
const char *
rounds_api_request_get_header (RoundsApiRequest *self, const char *name)
{
  return g_hash_table_lookup (self->headers, name);
}

/** rounds_api_request_set_body: gives the request a JSON body. */
void
rounds_api_request_set_body (RoundsApiRequest *self, const char *text)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  self->body = g_bytes_new (text, strlen (text));
  rounds_api_request_set_header (self, "content-type", "application/json");
}

/** rounds_api_request_accepts_gzip: whether the client lists gzip and does not refuse it by `q=0` (RFC 9110, 12.5.3).
 */
gboolean
rounds_api_request_accepts_gzip (RoundsApiRequest *self)
{
  const char *header = rounds_api_request_get_header (self, "accept-encoding");
  g_auto (GStrv) codings = header != NULL ? g_strsplit (header, ",", 32) : NULL;

  for (guint i = 0; codings != NULL && codings[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (codings[i], ";", 2);

      if (parts[0] == NULL || g_ascii_strcasecmp (g_strstrip (parts[0]), "gzip") != 0)
        continue;
      if (parts[1] == NULL)
        return TRUE;
      g_strstrip (parts[1]);
      return !(g_ascii_strncasecmp (parts[1], "q=", 2) == 0 && g_ascii_strtod (parts[1] + 2, NULL) <= 0);
    }
  return FALSE;
}

/** rounds_api_request_get_body_limit: how many bytes the body of a request to @path may have, unpacked. */
goffset
rounds_api_request_get_body_limit (const char *path)
{
  return g_str_equal (path, ROUNDS_SYNC_PUSH_PATH) ? PUSH_BODY_LIMIT : ROUNDS_API_BODY_LIMIT;
}

/**
 * rounds_api_request_unpack:
 *
 * Unpacks a body that says that it is packed (Content-Encoding: deflate; RFC 9110, 8.4.1.2). It never has more than the
 * limit in memory, whatever a few packed bytes would become.
 *
 * Returns: 0, or the status that says what is wrong: 415 for another encoding, 413 if the body is too large, 400 if it
 * is broken
 */
guint
rounds_api_request_unpack (RoundsApiRequest *self)
{
  const char *encoding = rounds_api_request_get_header (self, "content-encoding");
  gsize limit = (gsize) rounds_api_request_get_body_limit (self->path);
  g_autoptr (GByteArray) plain = NULL;
  g_autoptr (GInputStream) packed = NULL;
  g_autoptr (GConverter) unpacker = NULL;
  g_autoptr (GInputStream) stream = NULL;
  gssize n;

  if (encoding == NULL || self->body == NULL)
    return 0;
  if (g_ascii_strcasecmp (encoding, "deflate") != 0)
    return 415;

  plain = g_byte_array_new ();
  packed = g_memory_input_stream_new_from_bytes (self->body);
  unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  stream = g_converter_input_stream_new (packed, unpacker);
  do
    {
      guint length = plain->len;

      g_byte_array_set_size (plain, length + UNPACK_STEP);
      n = g_input_stream_read (stream, plain->data + length, UNPACK_STEP, NULL, NULL);
      g_byte_array_set_size (plain, length + (guint) MAX (n, 0));
      if (plain->len > limit)
        return 413;
    }
  while (n > 0);
  if (n < 0)
    return 400;
  g_bytes_unref (self->body);
  self->body = g_byte_array_free_to_bytes (g_steal_pointer (&plain));
  g_hash_table_remove (self->headers, "content-encoding");
  return 0;
}

static void
parameter_free (RoundsApiParameter *parameter)
{
  g_free (parameter->name);
  g_free (parameter->value);
  g_free (parameter);
}

/* (nullable): the decoded text, NULL if it is not UTF-8 or holds a NUL or a broken escape. */
static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  g_autofree char *decoded = g_uri_unescape_string (spaced, NULL);

  if (decoded == NULL || strstr (text, "%00") != NULL || !g_utf8_validate (decoded, -1, NULL))
    return NULL;
  return g_steal_pointer (&decoded);
}

/**
 * rounds_api_request_parse_query:
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type RoundsApiParameter): the query's parameters in their order, none if there is
 *   no query
 */
GPtrArray *
rounds_api_request_parse_query (RoundsApiRequest *self, GError **error)
{
  g_autoptr (GPtrArray) parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) parameter_free);
  g_auto (GStrv) pairs = g_strsplit (self->query != NULL ? self->query : "", "&", MAX_PARAMETERS + 1);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) sides = g_strsplit (pairs[i], "=", 2);
      g_autofree char *name = NULL;
      g_autofree char *value = NULL;
      RoundsApiParameter *parameter;

      if (*pairs[i] == '\0')
        continue;
      name = decode (sides[0]);
      value = decode (sides[1] != NULL ? sides[1] : "");
      if (name == NULL || value == NULL || i == MAX_PARAMETERS)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("The query cannot be read."));
          return NULL;
        }
      parameter = g_new0 (RoundsApiParameter, 1);
      parameter->name = g_steal_pointer (&name);
      parameter->value = g_steal_pointer (&value);
      g_ptr_array_add (parameters, parameter);
    }
  return g_steal_pointer (&parameters);
}
