/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-problem.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-json.h"

#define MAJOR "1"
#define PACKED_SINCE 1

/**
 * rounds_sync_protocol_check:
 * @header: (nullable): the other side's %ROUNDS_SYNC_PROTOCOL_HEADER
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Returns: whether we can talk: the same major version
 */
gboolean
rounds_sync_protocol_check (const char *header, GError **error)
{
  g_auto (GStrv) parts = header != NULL ? g_strsplit (header, ".", 2) : NULL;

  if (header == NULL)
    {
      g_set_error (
        error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
        _ ("What answered is not a Rounds server. Check the address, and whether the network asks to sign in."));
      return FALSE;
    }
  if (g_strcmp0 (parts[0], MAJOR) == 0)
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
               _ ("The server speaks another version of Rounds. Update Rounds, or ask your administrator."));
  return FALSE;
}

/**
 * rounds_sync_protocol_takes_packed:
 * @header: (nullable): the other side's %ROUNDS_SYNC_PROTOCOL_HEADER
 *
 * Returns: whether bodies of requests may be packed
 */
gboolean
rounds_sync_protocol_takes_packed (const char *header)
{
  g_auto (GStrv) parts = header != NULL ? g_strsplit (header, ".", 2) : NULL;
  guint64 minor = 0;

  return parts != NULL && g_strcmp0 (parts[0], MAJOR) == 0 && parts[1] != NULL
         && g_ascii_string_to_unsigned (parts[1], 10, 0, G_MAXUINT, &minor, NULL) && minor >= PACKED_SINCE;
}

static RoundsError
error_of_status (guint status)
{
  switch (status)
    {
    case 400:
    case 413:
    case 422:
      return ROUNDS_ERROR_INVALID;
    case 401:
      return ROUNDS_ERROR_UNAUTHORIZED;
    case 403:
      return ROUNDS_ERROR_FORBIDDEN;
    case 409:
    case 412:
      return ROUNDS_ERROR_CONFLICT;
    case 408:
    case 425:
    case 429:
      return ROUNDS_ERROR_UNREACHABLE;
    default:
      return status >= 500 ? ROUNDS_ERROR_UNREACHABLE : ROUNDS_ERROR_PROTOCOL;
    }
}

/* What to say where the server said nothing that can be shown. */
static const char *
describe_status (RoundsError code)
{
  switch (code)
    {
    case ROUNDS_ERROR_UNAUTHORIZED:
      return _ ("Sign in again to go on.");
    case ROUNDS_ERROR_FORBIDDEN:
      return _ ("Your account is not allowed to do this.");
    case ROUNDS_ERROR_UNREACHABLE:
      return _ ("The server cannot answer at the moment. Your changes are safe here and will be sent later.");
    default:
      return _ ("The server refused the request.");
    }
}

/**
 * rounds_sync_problem_to_error:
 * @status: an HTTP status that is not a success
 * @body: (nullable): problem details (RFC 9457), or whatever came
 * @error: (out) (optional): always set: INVALID with the field (400, 413, 422 with problem details), UNAUTHORIZED
 * (401), FORBIDDEN (403), CONFLICT (409, 412), UNREACHABLE (408, 425, 429 and from 500 on), else PROTOCOL
 */
void
rounds_sync_problem_to_error (guint status, GBytes *body, GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  RoundsError code = error_of_status (status);
  const char *detail = NULL;
  const char *field = NULL;

  if (body != NULL && rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &doc, NULL))
    {
      yyjson_val *root = yyjson_doc_get_root (doc);

      detail = yyjson_get_str (yyjson_obj_get (root, "detail"));
      if (detail == NULL)
        detail = yyjson_get_str (yyjson_obj_get (root, "title"));
      field = yyjson_get_str (yyjson_obj_get (root, "field"));
    }
  if (doc == NULL && code == ROUNDS_ERROR_INVALID)
    code = ROUNDS_ERROR_PROTOCOL; /* something between us and the server said that */
  if (detail == NULL || code == ROUNDS_ERROR_UNREACHABLE)
    detail = describe_status (code);

  if (code == ROUNDS_ERROR_INVALID && field != NULL)
    rounds_set_field_error (error, field, "%s", detail);
  else
    g_set_error_literal (error, ROUNDS_ERROR, code, detail);
}

/**
 * rounds_sync_problem_set_senseless:
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL: a Rounds server's answer that cannot be what it says
 *
 * Returns: %FALSE
 */
gboolean
rounds_sync_problem_set_senseless (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server’s answer makes no sense."));
  return FALSE;
}
