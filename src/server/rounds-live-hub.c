/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-live-hub.h"

#include <sys/resource.h>

#include "rounds-live.h"
#include "rounds-sync-problem.h"
#include "rounds-time.h"

/* A rep's devices, with those among them that the server does not know to be gone yet. */
#define MOST_OF_A_USER 10
#define MOST 10000

#define HINT_INTERVAL 1000 /* ms between two hints to the same listener */
#define CHECK_INTERVAL 300 /* s */
#define LOOK_INTERVAL 5    /* s between two looks at what other programs have written */

/* s; how long one who is to go is waited for. libsoup waits for five. */
#define GRACE 10

#define LONGEST_MESSAGE 1024 /* bytes; nobody who listens has anything to say */

struct _RoundsLiveHub
{
  RoundsApiWorker *worker; /* (not owned) */
  GPtrArray *listeners;    /* (owned) of Listener, oldest first */
  guint most;              /* listeners, as the files that the process may open are needed for requests too */
  guint n_checks;          /* and looks that have no answer yet */
  guint hint_source;
  gint64 hinted_at; /* monotonic µs */
  guint check_source;
  guint look_source;
  gboolean looking;
  gboolean closing;
  GSourceFunc ended; /* (nullable): called once, when the last listener has gone and the last check is answered */
  gpointer ended_data;
};

typedef struct
{
  RoundsLiveHub *hub;                  /* (nullable): once it has gone */
  SoupWebsocketConnection *connection; /* (owned) */
  RoundsUuid user;
  RoundsUuid device;
  RoundsTerritoryScope *scope; /* (owned): what its user gets to see */
  char *authorization;         /* (owned): as it came in the header */
  guint expiry_source;
  guint grace_source;
  gboolean is_to_be_told;
} Listener;

static void
listener_clear (gpointer data)
{
  Listener *listener = data;

  g_clear_handle_id (&listener->expiry_source, g_source_remove);
  g_clear_handle_id (&listener->grace_source, g_source_remove);
  g_clear_object (&listener->connection);
  g_clear_pointer (&listener->scope, rounds_territory_scope_free);
  g_free (listener->authorization);
}

static void
listener_unref (gpointer data)
{
  g_rc_box_release_full (data, listener_clear);
}

static void
tell_ended (RoundsLiveHub *self)
{
  if (self->closing && self->listeners->len == 0 && self->n_checks == 0 && self->ended != NULL)
    g_steal_pointer (&self->ended) (self->ended_data);
}

/* Takes a listener off the list: its hub does not know it any more. */
static void
forget (Listener *listener)
{
  RoundsLiveHub *self = listener->hub;

  listener->hub = NULL;
  g_signal_handlers_disconnect_by_data (listener->connection, listener);
  g_clear_handle_id (&listener->expiry_source, g_source_remove);
  g_clear_handle_id (&listener->grace_source, g_source_remove);
  g_ptr_array_remove (self->listeners, listener);
  tell_ended (self);
}

static void
closed_cb (SoupWebsocketConnection *connection, Listener *listener)
{
  forget (listener);
}

static gboolean
grace_cb (gpointer data)
{
  Listener *listener = data;

  listener->grace_source = 0;
  forget (listener);
  return G_SOURCE_REMOVE;
}

/* On its way out, for whatever reason: it must not hold its place for ever, nor hold up a server that stops. */
static void
leaving_cb (Listener *listener)
{
  if (listener->grace_source == 0)
    listener->grace_source = g_timeout_add_seconds (GRACE, grace_cb, listener);
}

/* The "closed" that follows forgets it: when the client has said goodbye, or some seconds later. */
static void
say_goodbye (Listener *listener, gushort code, const char *why)
{
  leaving_cb (listener);
  if (soup_websocket_connection_get_state (listener->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (listener->connection, code, why);
}

/* Hints */

static gboolean
hint_cb (gpointer data)
{
  RoundsLiveHub *self = data;

  self->hint_source = 0;
  self->hinted_at = g_get_monotonic_time ();
  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = g_ptr_array_index (self->listeners, i);

      if (listener->is_to_be_told
          && soup_websocket_connection_get_state (listener->connection) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_send_text (listener->connection, ROUNDS_LIVE_CHANGED);
      listener->is_to_be_told = FALSE;
    }
  return G_SOURCE_REMOVE;
}

/* The first hint goes at once, and what comes within the second after it goes together. */
static void
plan_hint (RoundsLiveHub *self)
{
  gint64 passed = (g_get_monotonic_time () - self->hinted_at) / 1000;

  if (self->hint_source == 0)
    self->hint_source = g_timeout_add (passed >= HINT_INTERVAL ? 0 : (guint) (HINT_INTERVAL - passed), hint_cb, self);
}

/* All who get to see it but the device that has done it, which knows. */
static void
tell_others (RoundsLiveHub *self, const RoundsApiNews *news)
{
  gboolean anybody = FALSE;

  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = g_ptr_array_index (self->listeners, i);

      if (!rounds_uuid_is_nil (&news->device) && rounds_uuid_equal (&listener->device, &news->device))
        continue;
      if (!rounds_territory_scope_meets (listener->scope, news->scope))
        continue;
      listener->is_to_be_told = TRUE;
      anybody = TRUE;
    }
  if (anybody)
    plan_hint (self);
}

/* Whether they may still listen */

typedef struct
{
  RoundsLiveHub *hub; /* lives on until its checks have been answered */
  Listener *listener; /* (owned) */
} Check;

static void
checked_cb (RoundsApiResponse *answer, gpointer data)
{
  g_autoptr (RoundsApiResponse) response = answer;
  g_autofree Check *check = data;

  check->hub->n_checks--;
  /* That the server is too busy to say is no reason to go. */
  if (check->listener->hub != NULL && response->status >= 400 && response->status < 500)
    say_goodbye (check->listener, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "signed out");
  if (response->news.scope != NULL)
    {
      rounds_territory_scope_free (check->listener->scope);
      check->listener->scope = g_steal_pointer (&response->news.scope);
    }
  listener_unref (check->listener);
  tell_ended (check->hub);
}

/* The same request again: what was allowed then must be allowed now. */
static void
check (Listener *listener)
{
  RoundsLiveHub *self = listener->hub;
  RoundsApiRequest *request = rounds_api_request_new ("GET", ROUNDS_LIVE_PATH);
  Check *pending = g_new0 (Check, 1);

  rounds_api_request_set_header (request, "Authorization", listener->authorization);
  rounds_api_request_set_header (request, "Upgrade", "websocket");
  rounds_api_request_set_header (request, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  pending->hub = self;
  pending->listener = g_rc_box_acquire (listener);
  self->n_checks++;
  rounds_api_worker_submit (self->worker, request, checked_cb, pending);
}

static void
check_all (RoundsLiveHub *self)
{
  for (guint i = 0; i < self->listeners->len; i++)
    check (g_ptr_array_index (self->listeners, i));
}

static gboolean
check_cb (gpointer data)
{
  check_all (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
expired_cb (gpointer data)
{
  Listener *listener = data;

  listener->expiry_source = 0;
  check (listener);
  return G_SOURCE_REMOVE;
}

/* What other programs write */

static void
looked_cb (RoundsApiResponse *answer, gpointer data)
{
  g_autoptr (RoundsApiResponse) response = answer;
  RoundsLiveHub *self = data;

  self->n_checks--;
  self->looking = FALSE;
  rounds_live_hub_take_news (self, &response->news);
  tell_ended (self);
}

static gboolean
look_cb (gpointer data)
{
  RoundsLiveHub *self = data;

  if (self->listeners->len == 0 || self->looking)
    return G_SOURCE_CONTINUE;
  self->looking = TRUE;
  self->n_checks++;
  rounds_api_worker_look (self->worker, looked_cb, self);
  return G_SOURCE_CONTINUE;
}

/* Limits */

static guint
count_most (void)
{
  struct rlimit files;

  if (getrlimit (RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY)
    return MOST;
  return (guint) MIN (MOST, files.rlim_cur / 2);
}

/* One more of a user than they may have is rather a new connection than a stranger: the oldest one goes. */
static void
make_room (RoundsLiveHub *self, const RoundsUuid *user)
{
  Listener *oldest = NULL;
  guint n = 0;

  for (guint i = 0; i < self->listeners->len; i++)
    {
      Listener *listener = g_ptr_array_index (self->listeners, i);

      if (!rounds_uuid_equal (&listener->user, user)
          || soup_websocket_connection_get_state (listener->connection) != SOUP_WEBSOCKET_STATE_OPEN)
        continue;
      oldest = oldest != NULL ? oldest : listener;
      n++;
    }
  if (n >= MOST_OF_A_USER)
    say_goodbye (oldest, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION, "too many connections");
}

/**
 * rounds_live_hub_new:
 * @worker: who is asked whether somebody may listen; must outlive the hub
 *
 * Returns: (transfer full): a hub that nobody listens to
 */
RoundsLiveHub *
rounds_live_hub_new (RoundsApiWorker *worker)
{
  RoundsLiveHub *self = g_new0 (RoundsLiveHub, 1);

  self->worker = worker;
  self->listeners = g_ptr_array_new_with_free_func (listener_unref);
  self->most = count_most ();
  self->check_source = g_timeout_add_seconds (CHECK_INTERVAL, check_cb, self);
  self->look_source = g_timeout_add_seconds (LOOK_INTERVAL, look_cb, self);
  return self;
}

/** rounds_live_hub_free: ends all connections, without a goodbye; no check may be under way. */
void
rounds_live_hub_free (RoundsLiveHub *self)
{
  if (self == NULL)
    return;
  g_warn_if_fail (self->n_checks == 0);
  self->ended = NULL;
  while (self->listeners->len > 0)
    forget (g_ptr_array_index (self->listeners, self->listeners->len - 1));
  g_clear_handle_id (&self->hint_source, g_source_remove);
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  g_ptr_array_unref (self->listeners);
  g_free (self);
}

/** rounds_live_hub_has_room: whether one more may listen; if not, they may come back after %ROUNDS_LIVE_RETRY_AFTER. */
gboolean
rounds_live_hub_has_room (RoundsLiveHub *self)
{
  return self->listeners->len < self->most && !self->closing;
}

/**
 * rounds_live_hub_add:
 * @connection: open
 * @session: whose it is
 * @authorization: the header that it came with
 */
void
rounds_live_hub_add (RoundsLiveHub *self, SoupWebsocketConnection *connection, const RoundsApiNews *session,
                     const char *authorization)
{
  Listener *listener = g_rc_box_new0 (Listener);
  gint64 left = MAX (0, session->expires_at - rounds_time_now ());

  make_room (self, &session->user);
  listener->hub = self;
  listener->connection = g_object_ref (connection);
  listener->user = session->user;
  listener->device = session->device;
  listener->scope = rounds_territory_scope_copy (session->scope);
  listener->authorization = g_strdup (authorization);
  listener->expiry_source = g_timeout_add_seconds ((guint) (left / ROUNDS_SECOND) + 1, expired_cb, listener);
  g_ptr_array_add (self->listeners, listener);
  soup_websocket_connection_set_max_incoming_payload_size (connection, LONGEST_MESSAGE);
  soup_websocket_connection_set_keepalive_interval (connection, ROUNDS_LIVE_KEEPALIVE);
  soup_websocket_connection_set_keepalive_pong_timeout (connection, ROUNDS_LIVE_PATIENCE);
  g_signal_connect (connection, "closed", G_CALLBACK (closed_cb), listener);
  g_signal_connect_swapped (connection, "closing", G_CALLBACK (leaving_cb), listener);
  g_signal_connect_swapped (connection, "error", G_CALLBACK (leaving_cb), listener);
  if (self->closing)
    say_goodbye (listener, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/** rounds_live_hub_take_news: @news: of any answer: passes on what there is to pass on. */
void
rounds_live_hub_take_news (RoundsLiveHub *self, const RoundsApiNews *news)
{
  if (news->ended)
    check_all (self);
  if (news->changed)
    tell_others (self, news);
}

/** rounds_live_hub_get_n_listeners: how many listen. */
guint
rounds_live_hub_get_n_listeners (RoundsLiveHub *self)
{
  return self->listeners->len;
}

/** rounds_live_hub_get_n_checks: how many questions to the worker have no answer yet. */
guint
rounds_live_hub_get_n_checks (RoundsLiveHub *self)
{
  return self->n_checks;
}

/**
 * rounds_live_hub_close:
 * @ended: called when the last one has gone and no check is under way; not if that is so already
 * @data: for @ended
 *
 * Says goodbye to all: they come back when the server does, each after a wait of its own.
 */
void
rounds_live_hub_close (RoundsLiveHub *self, GSourceFunc ended, gpointer data)
{
  g_autoptr (GPtrArray) listeners = g_ptr_array_copy (self->listeners, (GCopyFunc) g_rc_box_acquire, NULL);

  g_ptr_array_set_free_func (listeners, listener_unref);
  self->closing = TRUE;
  self->ended = ended;
  self->ended_data = data;
  g_clear_handle_id (&self->check_source, g_source_remove);
  g_clear_handle_id (&self->look_source, g_source_remove);
  for (guint i = 0; i < listeners->len; i++)
    say_goodbye (g_ptr_array_index (listeners, i), SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}
