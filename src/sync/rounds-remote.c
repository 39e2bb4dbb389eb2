/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-remote.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-http.h"
#include "rounds-json.h"
#include "rounds-sync-problem.h"
#include "rounds-sync-protocol.h"
#include "rounds-time.h"

#define LOGIN_PATH "/api/v1/auth/login"
#define REFRESH_PATH "/api/v1/auth/refresh"

/* The answer to a request that nobody has asked for yet: the page after the one that is being stored. */
typedef struct
{
  char *path;           /* (owned) */
  GAsyncResult *result; /* (owned) (nullable) when it is there */
  GTask *waiting;       /* (owned) (nullable) who has asked for it since */
} Ahead;

struct _RoundsRemote
{
  GObject parent_instance;

  SoupSession *session;  /* (owned) */
  GMainContext *context; /* (owned): where the session lives */
  char *base_uri;        /* (owned): without a slash at its end */
  char *access_token;    /* (owned) (nullable) */
  char *refresh_token;   /* (owned) (nullable) */
  GPtrArray *waiting;    /* (owned) of GTask: what goes on when the renewal under way has ended */
  gboolean renewing;
  Ahead *ahead; /* (owned, counted) (nullable) */
};

enum
{
  PROP_0,
  PROP_REFRESH_TOKEN,
  N_PROPERTIES,
};

static GParamSpec *properties[N_PROPERTIES];

G_DEFINE_FINAL_TYPE (RoundsRemote, rounds_remote, G_TYPE_OBJECT)

/* A request on its way, perhaps for the second time with a renewed token. */
typedef struct
{
  char *method; /* (owned) */
  char *path;   /* (owned) */
  GBytes *body; /* (owned) (nullable) */
  char *token;  /* (owned) (nullable): the access token that it was sent with */
  guint status;
  int renewals;
  gboolean is_ahead; /* nobody has asked for it yet */
} Sending;

static void
sending_free (Sending *sending)
{
  g_free (sending->method);
  g_free (sending->path);
  g_free (sending->token);
  g_clear_pointer (&sending->body, g_bytes_unref);
  g_free (sending);
}

static void
ahead_clear (Ahead *ahead)
{
  g_free (ahead->path);
  g_clear_object (&ahead->result);
  g_clear_object (&ahead->waiting);
}

static void
ahead_release (Ahead *ahead)
{
  g_rc_box_release_full (ahead, (GDestroyNotify) ahead_clear);
}

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

  g_clear_pointer (&self->ahead, ahead_release);
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

static GError *
new_unauthorized (void)
{
  return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("Sign in again to go on."));
}

/* Takes the tokens of an answer to signing in or renewing. */
static gboolean
take_tokens (RoundsRemote *self, yyjson_val *root, GError **error)
{
  const char *access = yyjson_get_str (yyjson_obj_get (root, "access_token"));
  const char *refresh = yyjson_get_str (yyjson_obj_get (root, "refresh_token"));

  if (access == NULL || refresh == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server’s answer makes no sense."));
      return FALSE;
    }
  g_free (self->access_token);
  self->access_token = g_strdup (access);
  rounds_remote_set_refresh_token (self, refresh);
  return TRUE;
}

static gboolean
read_tokens (RoundsRemote *self, GBytes *body, yyjson_doc **doc, GError **error)
{
  g_autoptr (yyjson_doc) read = NULL;

  if (!rounds_json_read (g_bytes_get_data (body, NULL), (gssize) g_bytes_get_size (body), &read, NULL))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server’s answer makes no sense."));
      return FALSE;
    }
  if (!take_tokens (self, yyjson_doc_get_root (read), error))
    return FALSE;
  if (doc != NULL)
    *doc = g_steal_pointer (&read);
  return TRUE;
}

static GBytes *
write_object (const char *const *members)
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

/* Renewing: one at a time, as a refresh token is good for one use; using it twice would look like theft. */

static void send_now (GTask *task);
static void ahead_cb (GObject *source, GAsyncResult *result, gpointer data);
static GTask *new_sending (RoundsRemote *self, RoundsSyncRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer data);
static void send_task (GTask *task);

static void
end_renewal (RoundsRemote *self, const GError *error)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->renewing = FALSE;
  for (guint i = 0; i < waiting->len; i++)
    {
      GTask *task = g_ptr_array_index (waiting, i);

      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else
        send_now (g_object_ref (task));
    }
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsRemote) self = data;
  guint status = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = rounds_http_send_finish (SOUP_SESSION (source), result, &status, &error);

  if (body != NULL && status == SOUP_STATUS_OK)
    read_tokens (self, body, NULL, &error);
  else if (body != NULL
           && (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN
               || status == SOUP_STATUS_BAD_REQUEST))
    error = new_unauthorized ();
  else if (body != NULL)
    rounds_sync_problem_to_error (status, body, &error);
  end_renewal (self, error);
}

/* @task: (transfer full): goes on when there is a token */
static void
renew_for (GTask *task)
{
  RoundsRemote *self = g_task_get_source_object (task);
  const char *const members[] = { "refresh_token", self->refresh_token, NULL };
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) body = NULL;

  if (self->refresh_token == NULL)
    {
      g_task_return_error (task, new_unauthorized ());
      g_object_unref (task);
      return;
    }
  g_ptr_array_add (self->waiting, task);
  if (self->renewing)
    return;

  /* Not cancelled with the request that asked for it: the answer must not get lost. */
  self->renewing = TRUE;
  uri = rounds_remote_dup_uri (self, REFRESH_PATH);
  body = write_object (members);
  rounds_http_send_async (self->session, "POST", uri, NULL, body, NULL, renewed_cb, g_object_ref (self));
}

/* Looking ahead: while one page is being stored, the next one comes. A guess only; where the caller asks for something
 * else, it was for nothing. */

static void
look_ahead (RoundsRemote *self, const Sending *sending, GBytes *body, GCancellable *cancellable)
{
  g_autofree char *cursor = NULL;
  g_autoptr (RoundsSyncRequest) request = NULL;
  GTask *task;

  if (sending->status != SOUP_STATUS_OK || !g_str_has_prefix (sending->path, ROUNDS_SYNC_PULL_PATH))
    return;
  cursor = rounds_sync_page_peek (body);
  if (cursor == NULL)
    return;
  g_clear_pointer (&self->ahead, ahead_release);
  self->ahead = g_rc_box_new0 (Ahead);
  self->ahead->path = rounds_sync_pull_path (cursor, 0);
  request = g_new0 (RoundsSyncRequest, 1);
  request->method = g_strdup ("GET");
  request->path = g_strdup (self->ahead->path);
  task = new_sending (self, request, cancellable, ahead_cb, g_rc_box_acquire (self->ahead));
  ((Sending *) g_task_get_task_data (task))->is_ahead = TRUE;
  send_task (task);
}

static void
hand_over (GAsyncResult *result, GTask *task)
{
  RoundsRemote *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = rounds_remote_send_finish (self, result, &sending->status, &error);

  if (body == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  look_ahead (self, sending, body, g_task_get_cancellable (task));
  g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
}

static void
ahead_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RoundsRemote *self = ROUNDS_REMOTE (source);
  Ahead *ahead = data;

  if (ahead->waiting != NULL)
    hand_over (result, ahead->waiting);
  else if (!g_task_had_error (G_TASK (result)))
    ahead->result = g_object_ref (result);
  else if (self->ahead == ahead)
    g_clear_pointer (&self->ahead, ahead_release); /* whoever asks for it tries for themselves */
  ahead_release (ahead);
}

/* Whether @task, which wants @path, was served by what had been asked for ahead. */
static gboolean
take_ahead (RoundsRemote *self, const char *path, GTask *task)
{
  Ahead *ahead = g_steal_pointer (&self->ahead);
  gboolean is_wanted = ahead != NULL && g_str_equal (ahead->path, path);

  if (is_wanted && ahead->result != NULL)
    hand_over (ahead->result, task);
  else if (is_wanted)
    ahead->waiting = g_object_ref (task);
  if (ahead != NULL)
    ahead_release (ahead);
  return is_wanted;
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsRemote *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = rounds_http_send_finish (SOUP_SESSION (source), result, &sending->status, &error);

  if (body == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (sending->status == SOUP_STATUS_UNAUTHORIZED && sending->renewals++ == 0)
    {
      if (g_strcmp0 (sending->token, self->access_token) != 0)
        send_now (g_steal_pointer (&task)); /* another request has renewed it meanwhile */
      else
        renew_for (g_steal_pointer (&task));
      return;
    }
  if (sending->status == SOUP_STATUS_UNAUTHORIZED || sending->status == SOUP_STATUS_FORBIDDEN)
    {
      rounds_sync_problem_to_error (sending->status, body, &error);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (!sending->is_ahead)
    look_ahead (self, sending, body, g_task_get_cancellable (task));
  g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
}

/* @task: (transfer full) */
static void
send_now (GTask *task)
{
  RoundsRemote *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  g_autofree char *uri = NULL;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
      g_object_unref (task);
      return;
    }
  g_free (sending->token);
  sending->token = g_strdup (self->access_token);
  uri = rounds_remote_dup_uri (self, sending->path);
  rounds_http_send_async (self->session, sending->method, uri, sending->token, sending->body,
                          g_task_get_cancellable (task), sent_cb, task);
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
    read_tokens (self, body, &doc, &error);
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

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* Turns the main context until the answer is there. */
static void
wait_for (RoundsRemote *self, GAsyncResult **result)
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
  g_autoptr (GBytes) body = write_object (members);
  g_autofree char *uri = rounds_remote_dup_uri (self, LOGIN_PATH);

  g_task_set_source_tag (task, rounds_remote_sign_in_async);
  g_task_set_check_cancellable (task, FALSE); /* cancelling is an error of our own domain */
  rounds_http_send_async (self->session, "POST", uri, NULL, body, cancellable, signed_in_cb, g_steal_pointer (&task));
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

  rounds_remote_sign_in_async (self, username, password, device_id, cancellable, done_cb, &result);
  wait_for (self, &result);
  return rounds_remote_sign_in_finish (self, result, user_id, staff_id, error);
}

static GTask *
new_sending (RoundsRemote *self, RoundsSyncRequest *request, GCancellable *cancellable, GAsyncReadyCallback callback,
             gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Sending *sending = g_new0 (Sending, 1);

  g_task_set_source_tag (task, rounds_remote_send_async);
  g_task_set_check_cancellable (task, FALSE); /* cancelling is an error of our own domain */
  g_task_set_task_data (task, sending, (GDestroyNotify) sending_free);
  sending->method = g_strdup (request->method);
  sending->path = g_strdup (request->path);
  sending->body = request->body != NULL ? g_bytes_ref (request->body) : NULL;
  return task;
}

/* @task: (transfer full) */
static void
send_task (GTask *task)
{
  RoundsRemote *self = g_task_get_source_object (task);

  if (self->access_token != NULL)
    {
      send_now (task);
      return;
    }
  ((Sending *) g_task_get_task_data (task))->renewals++;
  renew_for (task);
}

/**
 * rounds_remote_send_async:
 * @request: (transfer none): what to send; copied
 *
 * Sends one request with the access token, renewing that first where there is none and once where the server says 401.
 * While the caller works on a page of a pull, the next one is fetched already.
 */
void
rounds_remote_send_async (RoundsRemote *self, RoundsSyncRequest *request, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = new_sending (self, request, cancellable, callback, data);

  if (!take_ahead (self, request->path, task))
    send_task (g_steal_pointer (&task));
}

/**
 * rounds_remote_send_finish:
 * @status: (out): the HTTP status: any below 500 but 401, 403 and 429
 * @error: (out) (optional): UNREACHABLE, UNAUTHORIZED (signing in again is needed), FORBIDDEN, PROTOCOL, CANCELLED
 *
 * Returns: (transfer full) (nullable): the body
 */
GBytes *
rounds_remote_send_finish (RoundsRemote *self, GAsyncResult *result, guint *status, GError **error)
{
  GBytes *body;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  body = g_task_propagate_pointer (G_TASK (result), error);
  if (body != NULL && status != NULL)
    *status = ((Sending *) g_task_get_task_data (G_TASK (result)))->status;
  return body;
}

/** rounds_remote_send: the same, waiting; for programs without a main loop. */
GBytes *
rounds_remote_send (RoundsRemote *self, RoundsSyncRequest *request, guint *status, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rounds_remote_send_async (self, request, cancellable, done_cb, &result);
  wait_for (self, &result);
  while (self->ahead != NULL && self->ahead->result == NULL && g_main_context_iteration (self->context, FALSE))
    ; /* the request ahead goes out before the caller keeps the thread busy */
  return rounds_remote_send_finish (self, result, status, error);
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
