/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Requests to the server with the access token: renewing that, and fetching the next page of a pull ahead. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-remote-private.h"
#include "rounds-sync-problem.h"
#include "rounds-sync-protocol.h"

#define REFRESH_PATH "/api/v1/auth/refresh"

/* While a page is stored, what somebody types waits for the disk: that may take a second, which is what a draft has
 * left of its two (rounds-draft-journal.c). A device asks for small pages until one of them shows that the largest
 * would not take longer. */
#define PAGE_TIME G_USEC_PER_SEC

/* A request on its way, perhaps for the second time with a renewed token. */
typedef struct
{
  char *method;   /* (owned) */
  char *path;     /* (owned) */
  GBytes *body;   /* (owned) (nullable) */
  GBytes *packed; /* (owned) (nullable) */
  char *token;    /* (owned) (nullable): the access token that it was sent with */
  guint status;
  int renewals;
  gboolean is_ahead; /* nobody has asked for it yet */
  gboolean is_away;  /* all of it is written */
  gboolean is_small; /* the page is to have ROUNDS_SYNC_SMALL_PAGE records at most */
} Sending;

static void
sending_free (Sending *sending)
{
  g_free (sending->method);
  g_free (sending->path);
  g_free (sending->token);
  g_clear_pointer (&sending->body, g_bytes_unref);
  g_clear_pointer (&sending->packed, g_bytes_unref);
  g_free (sending);
}

static void
ahead_clear (RoundsRemoteAhead *ahead)
{
  g_free (ahead->path);
  g_clear_object (&ahead->result);
  g_clear_object (&ahead->waiting);
}

void
rounds_remote_ahead_release (RoundsRemoteAhead *ahead)
{
  g_rc_box_release_full (ahead, (GDestroyNotify) ahead_clear);
}

static GError *
new_unauthorized (void)
{
  return g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("Sign in again to go on."));
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
  sending->packed = request->packed != NULL ? g_bytes_ref (request->packed) : NULL;
  return task;
}

/* Whose answer is a page. Pages stay packed until they are read, row by row: while one is stored the next one waits. */
static gboolean
is_pull (const Sending *sending)
{
  return g_str_has_prefix (sending->path, ROUNDS_SYNC_PULL_PATH);
}

/* Renewing: one at a time, as a refresh token is good for one use; using it twice would look like theft. */

static void send_now (GTask *task);
static void ahead_cb (GObject *source, GAsyncResult *result, gpointer data);
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
    rounds_remote_read_tokens (self, body, NULL, &error);
  else if (body != NULL
           && (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN
               || status == SOUP_STATUS_BAD_REQUEST))
    error = new_unauthorized ();
  else if (body != NULL)
    rounds_sync_problem_to_error (status, body, &error);
  end_renewal (self, error);
}

/* @request: (transfer full): goes on when there is a token */
static void
renew_for (GTask *request)
{
  g_autoptr (GTask) task = request;
  RoundsRemote *self = g_task_get_source_object (task);
  const char *const members[] = { "refresh_token", self->refresh_token, NULL };
  g_autofree char *uri = NULL;
  g_autoptr (GBytes) body = NULL;

  if (self->refresh_token == NULL)
    {
      g_task_return_error (task, new_unauthorized ());
      return;
    }
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  if (self->renewing)
    return;

  /* Not cancelled with the request that asked for it: the answer must not get lost. */
  self->renewing = TRUE;
  uri = rounds_remote_dup_uri (self, REFRESH_PATH);
  body = rounds_remote_write_object (members);
  rounds_http_send_async (self->session, "POST", uri, NULL, body, NULL, FALSE, NULL, NULL, renewed_cb,
                          g_object_ref (self));
}

/* Looking ahead: while one page is being stored, the next one comes. A guess only; where the caller asks for something
 * else, it was for nothing. */

static void
look_ahead (RoundsRemote *self, const Sending *sending, GBytes *body, GCancellable *cancellable)
{
  g_autofree char *cursor = NULL;
  g_autoptr (RoundsSyncRequest) request = NULL;
  GTask *task;

  if (sending->status != SOUP_STATUS_OK || !is_pull (sending))
    return;
  cursor = rounds_sync_page_peek (body);
  if (cursor == NULL)
    return;
  g_clear_pointer (&self->ahead, rounds_remote_ahead_release);
  self->page_at = g_get_monotonic_time ();
  self->page_is_small = sending->is_small;
  self->ahead = g_rc_box_new0 (RoundsRemoteAhead);
  self->ahead->path = rounds_sync_pull_path (cursor, 0);
  request = g_new0 (RoundsSyncRequest, 1);
  request->method = g_strdup ("GET");
  request->path = g_strdup (self->ahead->path);
  task = new_sending (self, request, cancellable, ahead_cb, g_rc_box_acquire (self->ahead));
  ((Sending *) g_task_get_task_data (task))->is_ahead = TRUE;
  send_task (task);
}

/* Whoever asks for the next page has stored the last one. */
static void
take_pace (RoundsRemote *self)
{
  gint64 took = g_get_monotonic_time () - self->page_at;

  if (self->page_at != 0)
    self->is_quick = took * (self->page_is_small ? ROUNDS_SYNC_PULL_LIMIT / ROUNDS_SYNC_SMALL_PAGE : 1) <= PAGE_TIME;
  self->page_at = 0;
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
  sending->is_small = ((const Sending *) g_task_get_task_data (G_TASK (result)))->is_small;
  look_ahead (self, sending, body, g_task_get_cancellable (task));
  g_task_return_pointer (task, g_steal_pointer (&body), (GDestroyNotify) g_bytes_unref);
}

static void
ahead_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  RoundsRemote *self = ROUNDS_REMOTE (source);
  RoundsRemoteAhead *ahead = data;

  if (ahead->waiting != NULL)
    hand_over (result, ahead->waiting);
  else if (!g_task_had_error (G_TASK (result)))
    ahead->result = g_object_ref (result);
  else if (self->ahead == ahead)
    g_clear_pointer (&self->ahead, rounds_remote_ahead_release); /* whoever asks for it tries for themselves */
  rounds_remote_ahead_release (ahead);
}

/* Whether @task, which wants @path, was served by what had been asked for ahead. */
static gboolean
take_ahead (RoundsRemote *self, const char *path, GTask *task)
{
  RoundsRemoteAhead *ahead = g_steal_pointer (&self->ahead);
  gboolean is_wanted = ahead != NULL && g_str_equal (ahead->path, path);

  if (is_wanted && ahead->result != NULL)
    hand_over (ahead->result, task);
  else if (is_wanted)
    ahead->waiting = g_object_ref (task);
  if (ahead != NULL)
    rounds_remote_ahead_release (ahead);
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

/* (transfer full): what is asked for where @sending is to have a small page */
static char *
limit_page (const Sending *sending)
{
  return g_strdup_printf ("%s%climit=%d", sending->path, strchr (sending->path, '?') != NULL ? '&' : '?',
                          ROUNDS_SYNC_SMALL_PAGE);
}

/* @request: (transfer full) */
static void
send_now (GTask *request)
{
  g_autoptr (GTask) task = request;
  RoundsRemote *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *limited = NULL;
  g_autofree char *uri = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped."));
      return;
    }
  g_free (sending->token);
  sending->token = g_strdup (self->access_token);
  sending->is_small = is_pull (sending) && !self->is_quick;
  limited = sending->is_small ? limit_page (sending) : NULL;
  uri = rounds_remote_dup_uri (self, limited != NULL ? limited : sending->path);
  rounds_http_send_async (self->session, sending->method, uri, sending->token, sending->body, sending->packed,
                          is_pull (sending), &sending->is_away, cancellable, sent_cb, g_steal_pointer (&task));
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

/* @task: (transfer full) */
static void
send_or_take (GTask *task)
{
  g_autoptr (GTask) owned = task;
  RoundsRemote *self = g_task_get_source_object (task);
  const Sending *sending = g_task_get_task_data (task);

  if (is_pull (sending))
    take_pace (self);
  if (!take_ahead (self, sending->path, task))
    send_task (g_steal_pointer (&owned));
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
  send_or_take (new_sending (self, request, cancellable, callback, data));
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

/**
 * rounds_remote_send_beside:
 * @work: (scope call): what to do as soon as the request is on its way
 * @data: for @work
 *
 * The same, waiting; for programs without a main loop.
 *
 * Returns: (transfer full) (nullable): the body; %NULL also if @work fails
 */
GBytes *
rounds_remote_send_beside (RoundsRemote *self, RoundsSyncRequest *request, RoundsRemoteWork work, gpointer data,
                           guint *status, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GTask) task = new_sending (self, request, cancellable, rounds_remote_done_cb, &result);
  const Sending *sending = g_task_get_task_data (task);
  gboolean worked;

  send_or_take (g_object_ref (task));
  while (result == NULL && !sending->is_away)
    g_main_context_iteration (self->context, TRUE);
  worked = work (data, error);
  rounds_remote_wait_for (self, &result);
  while (self->ahead != NULL && self->ahead->result == NULL && g_main_context_iteration (self->context, FALSE))
    ; /* the request ahead goes out before the caller keeps the thread busy */
  body = rounds_remote_send_finish (self, result, status, worked ? error : NULL);
  return worked ? g_steal_pointer (&body) : NULL;
}

static gboolean
do_nothing (gpointer data, GError **error)
{
  return TRUE;
}

/** rounds_remote_send: the same without anything to do meanwhile. */
GBytes *
rounds_remote_send (RoundsRemote *self, RoundsSyncRequest *request, guint *status, GCancellable *cancellable,
                    GError **error)
{
  return rounds_remote_send_beside (self, request, do_nothing, NULL, status, cancellable, error);
}
