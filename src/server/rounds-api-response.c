/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api-response.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"

/* Below this, gzip costs more than it saves. */
#define COMPRESS_FROM 200

/* Of pages of records, half the work of zlib's usual 6 for a quarter more bytes. */
#define COMPRESS_LEVEL 3

#define JSON_TYPE "application/json"
#define PROBLEM_TYPE "application/problem+json"

/* The kinds of problem (RFC 9457): what `type` and `title` say for each status. Part of the API: never renamed. */
static const struct
{
  guint status;
  const char *type;
  const char *title;
} problems[] = {
  { 400, "urn:rounds:problem:bad-request", "Bad Request" },
  { 401, "urn:rounds:problem:unauthorized", "Unauthorized" },
  { 403, "urn:rounds:problem:forbidden", "Forbidden" },
  { 404, "urn:rounds:problem:not-found", "Not Found" },
  { 405, "urn:rounds:problem:method-not-allowed", "Method Not Allowed" },
  { 409, "urn:rounds:problem:conflict", "Conflict" },
  { 412, "urn:rounds:problem:precondition-failed", "Precondition Failed" },
  { 413, "urn:rounds:problem:too-large", "Content Too Large" },
  { 414, "urn:rounds:problem:uri-too-long", "URI Too Long" },
  { 415, "urn:rounds:problem:unsupported-media-type", "Unsupported Media Type" },
  { 422, "urn:rounds:problem:invalid", "Unprocessable Content" },
  { 426, "urn:rounds:problem:upgrade-needed", "Upgrade Required" },
  { 429, "urn:rounds:problem:too-many-requests", "Too Many Requests" },
  { 500, "urn:rounds:problem:internal", "Internal Server Error" },
  { 501, "urn:rounds:problem:not-implemented", "Not Implemented" },
  { 503, "urn:rounds:problem:unavailable", "Service Unavailable" },
  { 507, "urn:rounds:problem:no-space", "Insufficient Storage" },
};

static void
header_free (RoundsApiHeader *header)
{
  g_free (header->name);
  g_free (header->value);
  g_free (header);
}

/** rounds_api_response_new: (transfer full): an answer without a body. */
RoundsApiResponse *
rounds_api_response_new (guint status)
{
  RoundsApiResponse *self = g_new0 (RoundsApiResponse, 1);

  self->status = status;
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) header_free);
  return self;
}

/** rounds_api_response_new_text: an answer with @text (transfer full) as its body. */
RoundsApiResponse *
rounds_api_response_new_text (guint status, const char *content_type, char *text)
{
  RoundsApiResponse *self = rounds_api_response_new (status);

  self->body = g_bytes_new_take (text, strlen (text));
  rounds_api_response_set_header (self, "Content-Type", content_type);
  return self;
}

/** rounds_api_response_new_json: an answer with @doc as its body, written at once. */
RoundsApiResponse *
rounds_api_response_new_json (guint status, yyjson_mut_doc *doc)
{
  return rounds_api_response_new_text (status, JSON_TYPE, rounds_json_write (doc, FALSE));
}

static RoundsApiResponse *
create_problem (guint status, const char *field, const char *detail, const char *instance)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  guint kind = 0;

  for (guint i = 0; i < G_N_ELEMENTS (problems); i++)
    if (problems[i].status == status)
      kind = i;

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "type", problems[kind].type);
  yyjson_mut_obj_add_str (doc, root, "title", problems[kind].title);
  yyjson_mut_obj_add_uint (doc, root, "status", status);
  yyjson_mut_obj_add_strcpy (doc, root, "detail", detail);
  if (field != NULL)
    yyjson_mut_obj_add_strcpy (doc, root, "field", field);
  if (instance != NULL)
    yyjson_mut_obj_add_strcpy (doc, root, "instance", instance);

  return rounds_api_response_new_text (status, PROBLEM_TYPE, rounds_json_write (doc, FALSE));
}

/**
 * rounds_api_response_new_problem:
 * @status: a status from 400 on
 * @field: (nullable): the name of the field or parameter that is at fault
 * @detail: a sentence for the user, without personal data
 *
 * Returns: (transfer full): problem details (RFC 9457)
 */
RoundsApiResponse *
rounds_api_response_new_problem (guint status, const char *field, const char *detail)
{
  return create_problem (status, field, detail, NULL);
}

/* What only the log may tell: an opaque id under which the answer and the log speak of it. */
static RoundsApiResponse *
create_incident (char **incident)
{
  RoundsUuid id = rounds_uuid_new ();
  g_autofree char *instance = NULL;

  *incident = rounds_uuid_to_string (&id);
  instance = g_strconcat ("urn:uuid:", *incident, NULL);
  return create_problem (500, NULL, _ ("Something went wrong on the server. Its log knows it by this instance."),
                         instance);
}

/**
 * rounds_api_response_new_for_error:
 * @error: what a handler failed with
 * @incident: (out) (transfer full) (nullable): for what only the log may tell, the id under which the answer and the
 *   log speak of it; %NULL for errors whose message is for the client
 *
 * Returns: (transfer full): problem details with the status that fits @error's code
 */
RoundsApiResponse *
rounds_api_response_new_for_error (const GError *error, char **incident)
{
  const char *field = rounds_error_get_field (error);
  RoundsApiResponse *response;

  *incident = NULL;
  if (error->domain != ROUNDS_ERROR)
    return create_incident (incident);

  switch ((RoundsError) error->code)
    {
    case ROUNDS_ERROR_INVALID:
      return create_problem (422, field, error->message, NULL);
    case ROUNDS_ERROR_NOT_FOUND:
      return create_problem (404, field, error->message, NULL);
    case ROUNDS_ERROR_EXISTS:
    case ROUNDS_ERROR_CONFLICT:
      return create_problem (409, field, error->message, NULL);
    case ROUNDS_ERROR_UNAUTHORIZED:
      response = create_problem (401, NULL, error->message, NULL);
      rounds_api_response_set_header (response, "WWW-Authenticate", "Bearer");
      return response;
    case ROUNDS_ERROR_FORBIDDEN:
      return create_problem (403, field, error->message, NULL);
    case ROUNDS_ERROR_PROTOCOL:
      return create_problem (400, field, error->message, NULL);
    case ROUNDS_ERROR_TOO_NEW:
      return create_problem (426, field, error->message, NULL);
    case ROUNDS_ERROR_LOCKED:
      response = create_problem (503, NULL, error->message, NULL);
      rounds_api_response_set_header (response, "Retry-After", "1");
      return response;
    case ROUNDS_ERROR_NO_SPACE:
      return create_problem (507, NULL, error->message, NULL);
    case ROUNDS_ERROR_CANCELLED:
      return create_problem (503, NULL, _ ("This takes the server too long. Please ask for less."), NULL);
    case ROUNDS_ERROR_FAILED:
    case ROUNDS_ERROR_WRONG_KEY:
    case ROUNDS_ERROR_CORRUPT:
    case ROUNDS_ERROR_UNREACHABLE:
    default:
      return create_incident (incident);
    }
}

/** rounds_api_response_free: frees @self. */
void
rounds_api_response_free (RoundsApiResponse *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_clear_pointer (&self->news.scope, rounds_territory_scope_free);
  g_free (self);
}

/** rounds_api_response_set_header: sets header @name to @value, instead of what it was. */
void
rounds_api_response_set_header (RoundsApiResponse *self, const char *name, const char *value)
{
  RoundsApiHeader *header;

  for (guint i = 0; i < self->headers->len; i++)
    {
      header = g_ptr_array_index (self->headers, i);
      if (g_ascii_strcasecmp (header->name, name) == 0)
        {
          g_free (header->value);
          header->value = g_strdup (value);
          return;
        }
    }
  header = g_new0 (RoundsApiHeader, 1);
  header->name = g_strdup (name);
  header->value = g_strdup (value);
  g_ptr_array_add (self->headers, header);
}

/** rounds_api_response_get_header: (transfer none) (nullable): the value of header @name, in any case. */
const char *
rounds_api_response_get_header (RoundsApiResponse *self, const char *name)
{
  for (guint i = 0; i < self->headers->len; i++)
    {
      RoundsApiHeader *header = g_ptr_array_index (self->headers, i);

      if (g_ascii_strcasecmp (header->name, name) == 0)
        return header->value;
    }
  return NULL;
}

/**
 * rounds_api_response_compress:
 *
 * Turns a body of more than 1 kB into gzip (RFC 1952). Not for answers that hold tokens beside text that the client
 * chose, as their length would tell about the token.
 */
void
rounds_api_response_compress (RoundsApiResponse *self)
{
  g_autoptr (GZlibCompressor) compressor = NULL;
  g_autoptr (GBytes) compressed = NULL;

  if (self->body == NULL || g_bytes_get_size (self->body) <= COMPRESS_FROM
      || rounds_api_response_get_header (self, "Content-Encoding") != NULL)
    return;

  compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, COMPRESS_LEVEL);
  compressed = g_converter_convert_bytes (G_CONVERTER (compressor), self->body, NULL);
  if (compressed == NULL)
    return;
  g_bytes_unref (self->body);
  self->body = g_steal_pointer (&compressed);
  rounds_api_response_set_header (self, "Content-Encoding", "gzip");
}
