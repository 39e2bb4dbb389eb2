/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-remote-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-http.h"
#include "rounds-json.h"
#include "rounds-sync-problem.h"
#include "rounds-time.h"

#define LOGIN_PATH "/api/v1/auth/login"

enum
{
  PROP_0,
  PROP_REFRESH_TOKEN,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RoundsRemote, rounds_remote, G_TYPE_OBJECT)

/* Who signed in. */
typedef struct
{
  char *user_id;  /* (owned) */
  char *staff_id; /* (owned) (nullable) */
} Account;

static void
account_free (Account *account)
{
  g_free (account->user_id);
  g_free (account->staff_id);
  g_free (account);
}

static void
rounds_remote_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsRemote *self = ROUNDS_REMOTE (object);

  switch (id)
    {
    case PROP_REFRESH_TOKEN:
      g_value_set_string (value, self->refresh_token);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_remote_finalize (GObject *object)
{
  RoundsRemote *self = ROUNDS_REMOTE (object);

  g_clear_pointer (&self->ahead, rounds_remote_ahead_release);
  g_clear_object (&self->session);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_free (self->base_uri);
  g_free (self->access_token);
  g_free (self->refresh_token);

  G_OBJECT_CLASS (rounds_remote_parent_class)->finalize (object);
}

static void
rounds_remote_class_init (RoundsRemoteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_remote_get_property;
  object_class->finalize = rounds_remote_finalize;

  /* Notified at each renewal, so that the new token can be stored before anything else happens: the old one is void. */
  properties[PROP_REFRESH_TOKEN] =
    g_param_spec_string ("refresh-token", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
}

static void
rounds_remote_init (RoundsRemote *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->session = rounds_http_session_new (ROUNDS_HTTP_TIMEOUT);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Takes the tokens of an answer to signing in or renewing. */
static gboolean
take_tokens (RoundsRemote *self, yyjson_val *root, GError **error)
{
  const char *access = yyjson_get_str (yyjson_obj_get (root, "access_token"));
  const char *refresh = yyjson_get_str (yyjson_obj_get (root, "refresh_token"));

  if (access == NULL || refresh == NULL)
    return rounds_sync_problem_set_senseless (error);
  g_free (self->access_token);
  self->access_token = g_strdup (access);
  rounds_remote_set_refresh_token (self, refresh);
  return TRUE;
}

/* Takes the tokens of such an answer; @doc: (out) (optional): the whole answer */
gboolean
rounds_remote_read_tokens (RoundsRemote *self, GBytes *body, yyjson_doc **doc, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;

  if (!rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &read, NULL))
    return rounds_sync_problem_set_senseless (error);
  if (!take_tokens (self, yyjson_doc_get_root (read), error))
    return FALSE;
  if (doc != NULL)
    *doc = g_steal_pointer (&read);
  return TRUE;
}

/* @members: names and texts in turn, then %NULL */
GBytes *
rounds_remote_write_object (const char *const *members)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  char *text;

  yyjson_mut_doc_set_root (doc, root);
  for (guint i = 0; members[i] != NULL; i += 2)
    yyjson_mut_obj_add (root, yyjson_mut_str (doc, members[i]), yyjson_mut_str (doc, members[i + 1]));
  text = rounds_json_write (doc, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

/* Signing in */

/* After too many wrong passwords the server wants to hear none for a while. */
static GError *
new_later_error (gint64 wait)
{
  guint minutes = (guint) ((wait + ROUNDS_MINUTE - 1) / ROUNDS_MINUTE);
  GError *error =
    g_error_new (ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE,
                 ngettext ("The server takes no sign-in at the moment. Try again in %u minute.",
                           "The server takes no sign-in at the moment. Try again in %u minutes.", minutes),
                 minutes);

  rounds_error_set_retry_after (error, wait);
  return error;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsRemote *self = g_task_get_source_object (task);
  guint status = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (GBytes) body = rounds_http_send_finish (SOUP_SESSION (source), result, &status, &error);
  yyjson_val *user;
  Account *account;

  if (body != NULL && status != SOUP_STATUS_OK)
    {
      if (status == SOUP_STATUS_UNAUTHORIZED)
        g_set_error (&error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("The user name or the password is wrong."));
      else
        rounds_sync_problem_to_error (status, body, &error);
    }
  if (error == NULL)
    rounds_remote_read_tokens (self, body, &doc, &error);
  if (rounds_error_get_retry_after (error) > 0)
    {
      g_task_return_error (task, new_later_error (rounds_error_get_retry_after (error)));
      return;
    }
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  user = yyjson_obj_get (yyjson_doc_get_root (doc), "user");
  account = g_new0 (Account, 1);
  account->user_id = g_strdup (yyjson_get_str (yyjson_obj_get (user, "id")));
  account->staff_id = g_strdup (yyjson_get_str (yyjson_obj_get (user, "staff")));
  g_task_return_pointer (task, account, (GDestroyNotify) account_free);
}

/* For programs without a main loop */

/* A callback that keeps the result for rounds_remote_wait_for(). */
void
rounds_remote_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Turns the main context until the answer is there. */
void
rounds_remote_wait_for (RoundsRemote *self, GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (self->context, TRUE);
}

/**
 * rounds_remote_new:
 * @base_uri: a server's address, such as "https://rounds.example.org" or "http://127.0.0.1:8080"
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a remote that nobody is signed in to
 */
RoundsRemote *
rounds_remote_new (const char *base_uri, GError **error)
{
  g_autoptr (GUri) uri = base_uri != NULL ? g_uri_parse (base_uri, SOUP_HTTP_URI_FLAGS, NULL) : NULL;
  RoundsRemote *self;

  if (uri == NULL || strpbrk (base_uri, " \t\r\n") != NULL
      || (!g_str_equal (g_uri_get_scheme (uri), "http") && !g_str_equal (g_uri_get_scheme (uri), "https"))
      || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_query (uri) != NULL
      || g_uri_get_fragment (uri) != NULL || g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                   _ ("This is not the address of a server. It begins with https://."));
      return NULL;
    }

  self = g_object_new (ROUNDS_TYPE_REMOTE, NULL);
  self->base_uri = g_strdup (base_uri);
  while (g_str_has_suffix (self->base_uri, "/"))
    self->base_uri[strlen (self->base_uri) - 1] = '\0';
  return self;
}

/** rounds_remote_set_timeout: @seconds without a byte until a request fails; for tests. */
void
rounds_remote_set_timeout (RoundsRemote *self, guint seconds)
{
  g_clear_object (&self->session);
  self->session = rounds_http_session_new (seconds);
}

/** rounds_remote_set_refresh_token: @token (nullable) is what the next renewal is asked for with. */
void
rounds_remote_set_refresh_token (RoundsRemote *self, const char *token)
{
  if (g_set_str (&self->refresh_token, token))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REFRESH_TOKEN]);
}

/** rounds_remote_get_refresh_token: (transfer none) (nullable): changes at each renewal; "notify::refresh-token" tells.
 */
const char *
rounds_remote_get_refresh_token (RoundsRemote *self)
{
  return self->refresh_token;
}

/**
 * rounds_remote_sign_in_async:
 * @device_id: the store's %ROUNDS_STATE_DEVICE
 *
 * Signs in; on success the tokens are held here.
 */
void
rounds_remote_sign_in_async (RoundsRemote *self, const char *username, const char *password, const char *device_id,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  const char *const members[] = { "username", username,      "password",         password, "device_id",
                                  device_id,  "device_name", g_get_host_name (), NULL };
  g_autoptr (GBytes) body = rounds_remote_write_object (members);
  g_autofree char *uri = rounds_remote_dup_uri (self, LOGIN_PATH);

  g_task_set_source_tag (task, rounds_remote_sign_in_async);
  g_task_set_check_cancellable (task, FALSE); /* cancelling is an error of our own domain */
  rounds_http_send_async (self->session, "POST", uri, NULL, body, NULL, FALSE, NULL, cancellable, signed_in_cb,
                          g_steal_pointer (&task));
}

/**
 * rounds_remote_sign_in_finish:
 * @user_id: (out) (optional) (transfer full) (nullable): the user's id
 * @staff_id: (out) (optional) (transfer full) (nullable): the user's staff record, if there is one
 * @error: (out) (optional): UNAUTHORIZED (wrong name or password), UNREACHABLE, PROTOCOL, FORBIDDEN, INVALID, CANCELLED
 */
gboolean
rounds_remote_sign_in_finish (RoundsRemote *self, GAsyncResult *result, char **user_id, char **staff_id, GError **error)
{
  Account *account;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  account = g_task_propagate_pointer (G_TASK (result), error);
  if (account == NULL)
    return FALSE;
  if (user_id != NULL)
    *user_id = g_steal_pointer (&account->user_id);
  if (staff_id != NULL)
    *staff_id = g_steal_pointer (&account->staff_id);
  account_free (account);
  return TRUE;
}

/** rounds_remote_sign_in: the same, waiting; for programs without a main loop. */
gboolean
rounds_remote_sign_in (RoundsRemote *self, const char *username, const char *password, const char *device_id,
                       char **user_id, char **staff_id, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rounds_remote_sign_in_async (self, username, password, device_id, cancellable, rounds_remote_done_cb, &result);
  rounds_remote_wait_for (self, &result);
  return rounds_remote_sign_in_finish (self, result, user_id, staff_id, error);
}

/**
 * rounds_remote_get_access_token:
 *
 * For what is not a request of its own. It does not renew the token: that is for a sync to do, which alone knows what
 * another program of this device has made of the refresh token meanwhile.
 *
 * Returns: (transfer none) (nullable): the access token, which may have run out
 */
const char *
rounds_remote_get_access_token (RoundsRemote *self)
{
  return self->access_token;
}

/** rounds_remote_dup_uri: (transfer full): where @path, such as "/api/v1/live", is on this server. */
char *
rounds_remote_dup_uri (RoundsRemote *self, const char *path)
{
  return g_strconcat (self->base_uri, path, NULL);
}
