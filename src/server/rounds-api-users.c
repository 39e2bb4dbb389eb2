/* SPDX-License-Identifier: GPL-3.0-or-later */

/* User accounts: what the generic resource cannot do, as passwords are hashed and other fields are the server's own. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-accounts.h"
#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-password.h"

static gboolean
check_members (yyjson_val *root, const char *const *names, GError **error)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (root);
  yyjson_val *key;

  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    if (!g_strv_contains (names, yyjson_get_str (key)))
      {
        rounds_set_field_error (error, yyjson_get_str (key), _ ("This field does not exist."));
        return FALSE;
      }
  return TRUE;
}

static RoundsApiResponse *
finish_create (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  yyjson_val *root = yyjson_doc_get_root (call->body);
  RoundsNewAccount account = {
    .username = yyjson_get_str (yyjson_obj_get (root, "username")),
    .role = yyjson_get_str (yyjson_obj_get (root, "role")),
    .email = yyjson_get_str (yyjson_obj_get (root, "email")),
    .given_name = yyjson_get_str (yyjson_obj_get (root, "given_name")),
    .family_name = yyjson_get_str (yyjson_obj_get (root, "family_name")),
    .password_hash = call->hash,
  };
  g_autoptr (RoundsRecord) user = rounds_accounts_create (api->store, &account, error);

  return user != NULL ? rounds_api_response_new_record (201, user) : NULL;
}

/** rounds_api_create_user: POST /users {username, password, role, email?, given_name?, family_name?}; 201. */
RoundsApiResponse *
rounds_api_create_user (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  static const char *const names[] = { "username", "password", "role", "email", "given_name", "family_name", NULL };
  yyjson_val *root = rounds_api_call_read_json (call, error);

  if (root == NULL || !check_members (root, names, error))
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      yyjson_val *member = yyjson_obj_get (root, names[i]);

      if (i < 3 ? !yyjson_is_str (member) : member != NULL && !yyjson_is_str (member) && !yyjson_is_null (member))
        {
          rounds_set_field_error (error, names[i], _ ("A text is expected here."));
          return NULL;
        }
    }
  if (!rounds_password_check (yyjson_get_str (yyjson_obj_get (root, "password")), error))
    return NULL;

  rounds_api_call_defer (call, yyjson_get_str (yyjson_obj_get (root, "password")), NULL, finish_create);
  return NULL;
}

/** rounds_api_update_user: PATCH /users/{id} {email?, role?, is_active?}. */
RoundsApiResponse *
rounds_api_update_user (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  static const char *const names[] = { "email", "role", "is_active", NULL };
  yyjson_val *root = rounds_api_call_read_json (call, error);

  if (root == NULL || !check_members (root, names, error))
    return NULL;
  call->ends_sessions = TRUE; /* as the account may be closed now */
  return rounds_api_patch (api, call, error);
}
