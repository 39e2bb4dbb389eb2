/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in and out: /auth/… */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-accounts.h"
#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-session-tokens.h"
#include "rounds-time.h"

/* Short, as an access token cannot be taken back; clients renew it without asking anybody. */
#define ACCESS_LIFETIME (15 * ROUNDS_MINUTE)

/* The member @name of the request's body: (transfer none) (nullable) with an error that names the field. */
static const char *
get_member (yyjson_val *root, const char *name, GError **error)
{
  yyjson_val *member = yyjson_obj_get (root, name);
  const char *text = yyjson_get_str (member);

  if (text != NULL && *text != '\0' && strlen (text) == yyjson_get_len (member))
    return text;
  rounds_set_field_error (error, name, _ ("A text is expected here."));
  return NULL;
}

/* The device that the client names, nil if it names none. */
static gboolean
read_device (yyjson_val *root, RoundsUuid *device, GError **error)
{
  yyjson_val *member = yyjson_obj_get (root, "device_id");

  memset (device, 0, sizeof *device);
  if (member == NULL || yyjson_is_null (member))
    return TRUE;
  if (yyjson_is_str (member) && rounds_uuid_parse (yyjson_get_str (member), device))
    return TRUE;
  rounds_set_field_error (error, "device_id", _ ("An id (UUID) is expected here."));
  return FALSE;
}

static gboolean
add_user (RoundsApi *api, RoundsRecord *user, yyjson_mut_doc *doc, yyjson_mut_val *object, GError **error)
{
  g_autoptr (RoundsRecord) staff = NULL;
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  if (!rounds_accounts_find_staff (api->store, user, &staff, error))
    return FALSE;

  rounds_uuid_format (rounds_record_get_id (user), id);
  yyjson_mut_obj_add_strcpy (doc, object, "id", id);
  yyjson_mut_obj_add_strcpy (doc, object, "username", rounds_record_get_text (user, ROUNDS_USER_USERNAME));
  yyjson_mut_obj_add_strcpy (doc, object, "role", rounds_record_get_text (user, ROUNDS_USER_ROLE));
  if (staff != NULL)
    {
      rounds_uuid_format (rounds_record_get_id (staff), id);
      yyjson_mut_obj_add_strcpy (doc, object, "staff", id);
    }
  else
    yyjson_mut_obj_add_null (doc, object, "staff");
  return TRUE;
}

static RoundsApiResponse *
create_tokens (RoundsApi *api, RoundsRecord *user, const RoundsUuid *device, const RoundsUuid *session,
               const char *refresh_token, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  RoundsAccessToken token = { .user = *rounds_record_get_id (user),
                              .device = *device,
                              .session = *session,
                              .expires_at = rounds_time_now () + ACCESS_LIFETIME };
  g_autofree char *access_token = rounds_access_token_sign (&token, api->token_key);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "access_token", access_token);
  yyjson_mut_obj_add_str (doc, root, "token_type", "Bearer");
  yyjson_mut_obj_add_sint (doc, root, "expires_in", ACCESS_LIFETIME / ROUNDS_SECOND);
  yyjson_mut_obj_add_str (doc, root, "refresh_token", refresh_token);
  if (!add_user (api, user, doc, yyjson_mut_obj_add_obj (doc, root, "user"), error))
    return NULL;
  return rounds_api_response_new_json (200, doc);
}

/* The keys under which failures are counted. The user name is hashed so that memory holds no list of names. */
static char *
get_limit_key (RoundsApiCall *call, const char *username, gboolean by_address)
{
  g_autofree char *normal = rounds_accounts_normalize (username);
  g_autofree char *name = g_compute_checksum_for_string (G_CHECKSUM_SHA256, normal, -1);

  return g_strconcat (by_address ? call->request->remote_address : "", "/", name, NULL);
}

static gint64
check_limits (RoundsApi *api, RoundsApiCall *call, const char *username)
{
  gint64 now = g_get_monotonic_time () / 1000;
  g_autofree char *pair = get_limit_key (call, username, TRUE);
  g_autofree char *user = get_limit_key (call, username, FALSE);
  gint64 wait = MAX (rounds_rate_limit_check (api->limit_pair, pair, now),
                     MAX (rounds_rate_limit_check (api->limit_user, user, now),
                          rounds_rate_limit_check (api->limit_address, call->request->remote_address, now)));

  if (wait > 0)
    return wait;

  /* Counted before the password is looked at, so that many tries at once do not slip through together. */
  rounds_rate_limit_count (api->limit_pair, pair, now);
  rounds_rate_limit_count (api->limit_user, user, now);
  rounds_rate_limit_count (api->limit_address, call->request->remote_address, now);
  return 0;
}

static void
forget_failures (RoundsApi *api, RoundsApiCall *call, const char *username)
{
  g_autofree char *pair = get_limit_key (call, username, TRUE);
  g_autofree char *user = get_limit_key (call, username, FALSE);

  rounds_rate_limit_forget (api->limit_pair, pair);
  rounds_rate_limit_take_back (api->limit_user, user);
  rounds_rate_limit_take_back (api->limit_address, call->request->remote_address);
}

/* What comes after the password was checked: the same answer for an unknown user, a wrong password, a closed account.
 */
static RoundsApiResponse *
finish_login (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  yyjson_val *root = yyjson_doc_get_root (call->body);
  const char *username = yyjson_get_str (yyjson_obj_get (root, "username"));
  g_autoptr (RoundsRecord) user = NULL;
  g_autofree char *refresh_token = NULL;
  RoundsUuid device;
  RoundsUuid session;

  if (!rounds_accounts_find (api->store, username, &user, error) || !read_device (root, &device, error))
    return NULL;
  if (user == NULL || !call->matches || !rounds_record_get_boolean (user, ROUNDS_USER_IS_ACTIVE))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("The user name or the password is wrong."));
      return NULL;
    }

  forget_failures (api, call, username);
  rounds_record_store_set_actor (api->store, rounds_record_get_id (user), NULL);
  if (!rounds_uuid_is_nil (&device)
      && !rounds_accounts_see_device (api->store, rounds_record_get_id (user), &device,
                                      yyjson_get_str (yyjson_obj_get (root, "device_name")), error))
    return NULL;
  refresh_token = rounds_session_tokens_start (api->store, rounds_record_get_id (user), &device, &session, error);
  if (refresh_token == NULL)
    return NULL;
  g_set_object (&call->user, user);
  return create_tokens (api, user, &device, &session, refresh_token, error);
}

/** rounds_api_login: POST /auth/login {username, password, device_id?, device_name?}; 401, 422 with the field, 429 with
 * Retry-After.
 */
RoundsApiResponse *
rounds_api_login (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  yyjson_val *root = rounds_api_call_read_json (call, error);
  const char *username = root != NULL ? get_member (root, "username", error) : NULL;
  const char *password = username != NULL ? get_member (root, "password", error) : NULL;
  g_autoptr (RoundsRecord) user = NULL;
  RoundsUuid device;
  gint64 wait;

  if (password == NULL || !read_device (root, &device, error))
    return NULL;

  wait = check_limits (api, call, username);
  if (wait > 0)
    {
      RoundsApiResponse *response =
        rounds_api_response_new_problem (429, NULL, _ ("Too many failed sign-ins. Please wait a little."));
      g_autofree char *seconds = g_strdup_printf ("%" G_GINT64_FORMAT, (wait + ROUNDS_SECOND - 1) / ROUNDS_SECOND);

      rounds_api_response_set_header (response, "Retry-After", seconds);
      return response;
    }

  if (!rounds_accounts_find (api->store, username, &user, error))
    return NULL;
  rounds_api_call_defer (call, password,
                         user != NULL ? rounds_record_get_text (user, ROUNDS_USER_PASSWORD_HASH) : api->decoy_hash,
                         finish_login);
  return NULL;
}

/** rounds_api_refresh: POST /auth/refresh {refresh_token}; 401 if signing in is needed. */
RoundsApiResponse *
rounds_api_refresh (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  yyjson_val *root = rounds_api_call_read_json (call, error);
  const char *token = root != NULL ? get_member (root, "refresh_token", error) : NULL;
  g_autofree char *next = NULL;
  g_autoptr (RoundsRecord) user = NULL;
  RoundsUuid device;
  RoundsUuid session;
  RoundsUuid id;

  if (token == NULL)
    return NULL;
  next = rounds_session_tokens_renew (api->store, token, &id, &device, &session, error);
  if (next == NULL)
    return NULL;

  user = rounds_record_store_get (api->store, ROUNDS_ENTITY_USER, &id, error);
  if (user == NULL)
    return NULL;
  if (rounds_record_is_deleted (user) || !rounds_record_get_boolean (user, ROUNDS_USER_IS_ACTIVE))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("This account is closed."));
      return NULL;
    }
  g_set_object (&call->user, user);
  return create_tokens (api, user, &device, &session, next, error);
}

/** rounds_api_logout: POST /auth/logout {refresh_token}; 204 even if the session has long ended. */
RoundsApiResponse *
rounds_api_logout (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  yyjson_val *root = rounds_api_call_read_json (call, error);
  const char *token = root != NULL ? get_member (root, "refresh_token", error) : NULL;

  if (token == NULL || !rounds_session_tokens_end (api->store, token, error))
    return NULL;
  call->ends_sessions = TRUE;
  return rounds_api_response_new (204);
}

/** rounds_api_me: GET /auth/me: {id, username, role, staff}. */
RoundsApiResponse *
rounds_api_me (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  if (!add_user (api, call->user, doc, root, error))
    return NULL;
  return rounds_api_response_new_json (200, doc);
}
