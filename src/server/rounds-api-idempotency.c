/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The header Idempotency-Key: a client that did not get the answer to a POST sends it again with the same key, and gets
 * the first answer instead of a second record. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-api-private.h"
#include "rounds-time.h"

#define HEADER "idempotency-key"
#define LONGEST_KEY 200

/* Where the answer is kept: the same key of another user is another key. */
static char *
get_state_key (RoundsApiCall *call, const char *key)
{
  char user[ROUNDS_UUID_STRING_LENGTH + 1];
  g_autofree char *named = NULL;
  g_autofree char *hash = NULL;

  rounds_uuid_format (rounds_record_get_id (call->user), user);
  named = g_strconcat (user, "/", key, NULL);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, named, -1);
  return g_strconcat ("idempotency/", hash, NULL);
}

/* What was asked for: the same key with anything else is a client's error. */
static char *
get_fingerprint (RoundsApiCall *call)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  gsize size = 0;
  const guchar *body = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : NULL;

  g_checksum_update (checksum, (const guchar *) call->request->path, (gssize) strlen (call->request->path) + 1);
  if (size > 0)
    g_checksum_update (checksum, body, (gssize) size);
  return g_strdup (g_checksum_get_string (checksum));
}

static RoundsApiResponse *
read_answer (RoundsApiCall *call, yyjson_val *root)
{
  g_autofree char *fingerprint = get_fingerprint (call);
  RoundsApiResponse *response;

  if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (root, "request")), fingerprint) != 0)
    return rounds_api_response_new_problem (422, "Idempotency-Key",
                                            _ ("This key has already been used for another request."));

  response =
    rounds_api_response_new_text (201, "application/json", g_strdup (yyjson_get_str (yyjson_obj_get (root, "body"))));
  rounds_api_response_set_header (response, "Location", yyjson_get_str (yyjson_obj_get (root, "location")));
  rounds_api_response_set_header (response, "ETag", yyjson_get_str (yyjson_obj_get (root, "etag")));
  return response;
}

/**
 * rounds_api_idempotency_find:
 * @first: (out) (transfer full) (nullable): the answer that this request has got before, %NULL if it is the first
 *
 * Returns: %FALSE on an error
 */
gboolean
rounds_api_idempotency_find (RoundsApi *api, RoundsApiCall *call, RoundsApiResponse **first, GError **error)
{
  const char *key = rounds_api_request_get_header (call->request, HEADER);
  g_autofree char *state_key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;

  *first = NULL;
  if (key == NULL)
    return TRUE;
  if (*key == '\0' || strlen (key) > LONGEST_KEY)
    {
      rounds_api_set_parameter_error (error, "Idempotency-Key", _ ("This key is too short or too long."));
      return FALSE;
    }

  state_key = get_state_key (call, key);
  if (!rounds_record_store_get_state (api->store, state_key, &text, error))
    return FALSE;
  if (text == NULL)
    return TRUE;
  if (!rounds_json_read (text, -1, &doc, error))
    return FALSE;

  root = yyjson_doc_get_root (doc);
  if (yyjson_get_sint (yyjson_obj_get (root, "at")) + ROUNDS_IDEMPOTENCY_LIFETIME > rounds_time_now ())
    *first = read_answer (call, root);
  return TRUE;
}

/** rounds_api_idempotency_keep: keeps @response for a repeat; in the transaction that made the record. */
gboolean
rounds_api_idempotency_keep (RoundsApi *api, RoundsApiCall *call, RoundsApiResponse *response, GError **error)
{
  const char *key = rounds_api_request_get_header (call->request, HEADER);
  g_autofree char *state_key = NULL;
  g_autofree char *fingerprint = NULL;
  g_autofree char *text = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;
  yyjson_mut_val *root;
  gsize size;
  const char *body;

  if (key == NULL)
    return TRUE;

  doc = yyjson_mut_doc_new (NULL);
  root = yyjson_mut_obj (doc);
  body = g_bytes_get_data (response->body, &size);
  fingerprint = get_fingerprint (call);
  state_key = get_state_key (call, key);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_sint (doc, root, "at", rounds_time_now ());
  yyjson_mut_obj_add_str (doc, root, "request", fingerprint);
  yyjson_mut_obj_add_str (doc, root, "location", rounds_api_response_get_header (response, "Location"));
  yyjson_mut_obj_add_str (doc, root, "etag", rounds_api_response_get_header (response, "ETag"));
  yyjson_mut_obj_add_strn (doc, root, "body", body, size);
  text = rounds_json_write (doc, FALSE);
  return rounds_record_store_set_state (api->store, state_key, text, error);
}
