/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /sync/… and /live: what devices exchange with the server. The protocol is src/sync's; here it meets accounts and
 * roles. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-session-tokens.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-problem.h"
#include "rounds-sync-server.h"

#define PROTOCOL_HEADER "rounds-protocol"
#define LONGEST_PAGE 5000

/* Whether the device speaks our version; one that is refused keeps what it has not sent yet. */
static gboolean
check_protocol (RoundsApiCall *call, GError **error)
{
  const char *header = rounds_api_request_get_header (call->request, PROTOCOL_HEADER);

  if (header != NULL && rounds_sync_protocol_check (header, NULL))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_TOO_NEW,
               _ ("This server speaks version %s of the sync protocol. Please update Rounds, or the server."),
               ROUNDS_SYNC_PROTOCOL);
  return FALSE;
}

static RoundsApiResponse *
create_answer (GBytes *body)
{
  RoundsApiResponse *response = rounds_api_response_new (200);

  if (g_bytes_get_size (body) == 0)
    return response; /* a page without a line: there is nothing new */
  /* Without a type: devices know what they have asked for, and pay for each byte. */
  response->body = g_bytes_ref (body);
  return response;
}

/** rounds_api_allow_cb: whether @data, a call, may do @mutation: the same table of roles as for single records. */
gboolean
rounds_api_allow_cb (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
                     GError **error)
{
  const RoundsApiCall *call = data;

  if (rounds_access_is_allowed (call->role, mutation->entity, ROUNDS_ACTION_WRITE))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("Your account may not do this."));
  return FALSE;
}

/** rounds_api_push: POST /sync/push: a device's changes, each applied once. */
RoundsApiResponse *
rounds_api_push (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) answer = NULL;

  if (!check_protocol (call, error))
    return NULL;
  answer = rounds_sync_server_push (api->store, call->scope, rounds_record_get_id (call->user),
                                    rounds_uuid_is_nil (&call->device) ? NULL : &call->device,
                                    call->request->body != NULL ? call->request->body : nothing, rounds_api_allow_cb,
                                    call, error);
  return answer != NULL ? create_answer (answer) : NULL;
}

/** rounds_api_pull: GET /sync/pull?cursor=…&limit=…: what has changed behind a cursor. */
RoundsApiResponse *
rounds_api_pull (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (GPtrArray) parameters = NULL;
  g_autoptr (GBytes) answer = NULL;
  const char *cursor = NULL;
  guint64 limit = 0;

  if (!check_protocol (call, error))
    return NULL;
  parameters = rounds_api_request_parse_query (call->request, error);
  if (parameters == NULL)
    return NULL;
  for (guint i = 0; i < parameters->len; i++)
    {
      RoundsApiParameter *parameter = g_ptr_array_index (parameters, i);

      if (g_str_equal (parameter->name, "cursor"))
        cursor = parameter->value;
      else if (g_str_equal (parameter->name, "limit")
               && !g_ascii_string_to_unsigned (parameter->value, 10, 0, LONGEST_PAGE, &limit, NULL))
        {
          rounds_api_set_parameter_error (error, "limit", _ ("This is too many, or not a number."));
          return NULL;
        }
    }

  answer = rounds_sync_server_pull (api->store, call->scope, cursor, (guint) limit, error);
  return answer != NULL ? create_answer (answer) : NULL;
}

/** rounds_api_compare: GET /sync/compare?…: checksums, by which a device finds out where it differs. */
RoundsApiResponse *
rounds_api_compare (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  RoundsSyncQuestion question = { 0 };
  const struct
  {
    const char *name;
    const char **value;
  } members[] = { { "cursor", &question.cursor },
                  { "entity", &question.entity },
                  { "buckets", &question.buckets },
                  { "ids", &question.ids } };
  g_autoptr (GPtrArray) parameters = NULL;
  g_autoptr (GBytes) answer = NULL;

  if (!check_protocol (call, error))
    return NULL;
  parameters = rounds_api_request_parse_query (call->request, error);
  if (parameters == NULL)
    return NULL;
  for (guint i = 0; i < parameters->len; i++)
    {
      const RoundsApiParameter *parameter = g_ptr_array_index (parameters, i);

      for (guint m = 0; m < G_N_ELEMENTS (members); m++)
        if (g_str_equal (parameter->name, members[m].name))
          *members[m].value = parameter->value;
    }
  answer = rounds_sync_server_compare (api->store, call->scope, &question, error);
  return answer != NULL ? create_answer (answer) : NULL;
}

/**
 * rounds_api_live: GET /live: 101 if whoever asks may listen to hints (what carries HTTP then makes a WebSocket of the
 * connection), 426 if they do not ask for a WebSocket.
 */
RoundsApiResponse *
rounds_api_live (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  const char *upgrade = rounds_api_request_get_header (call->request, "upgrade");

  if (!check_protocol (call, error)
      || !rounds_session_tokens_check (api->store, rounds_record_get_id (call->user), &call->session, error))
    return NULL;
  if (upgrade == NULL || g_ascii_strcasecmp (upgrade, "websocket") != 0)
    {
      RoundsApiResponse *response = rounds_api_response_new_problem (426, NULL, _ ("A WebSocket is expected here."));

      rounds_api_response_set_header (response, "Upgrade", "websocket");
      return response;
    }
  return rounds_api_response_new (101);
}
