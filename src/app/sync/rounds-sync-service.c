/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-service.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-steps.h"
#include "rounds-sync-summary.h"
#include "rounds-time.h"

#define AFTER_CHANGE 2000 /* ms from a local change to its sync, so that a form saved in steps goes in one */
#define POLL_INTERVAL 60  /* s between syncs without a reason */
#define FIRST_DELAY 2000  /* ms, the range of the first wait after a failure; it doubles each time */
#define LONGEST_DELAY (5 * 60 * 1000)

struct _RoundsSyncService
{
  GObject parent_instance;

  RoundsAppContext *context;  /* (owned) */
  RoundsStore *store;         /* (owned) */
  RoundsSyncAccount *account; /* (owned) (nullable) until it is read */
  RoundsRemote *remote;       /* (owned) (nullable) for the account's server */
  RoundsSyncRun *run;         /* (owned) (nullable) the sync under way */
  GCancellable *cancellable;  /* (owned) cancelled by stop() and sign_out() */

  RoundsSyncState state;
  RoundsSyncCounts counts;
  char *detail;         /* (owned) (nullable) */
  gint64 offline_since; /* ms UTC; 0: not offline */
  guint failures;       /* in a row */
  gboolean again;       /* something has changed since the last sync began */
  gboolean counting;    /* a count is under way */
  gboolean count_again;

  guint timer; /* source ids; 0: none */
  guint poll;
};

typedef enum
{
  PROP_STATE = 1,
  PROP_PENDING,
  PROP_ATTENTION,
  PROP_LAST_SYNC,
  PROP_SUMMARY,
  PROP_DETAIL,
  PROP_SERVER,
  PROP_USERNAME,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (RoundsSyncState, rounds_sync_state,
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_NEVER_SIGNED_IN, "never-signed-in"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_SYNCING, "syncing"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_NEEDS_SIGN_IN, "needs-sign-in"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_ERROR, "error"))

G_DEFINE_FINAL_TYPE (RoundsSyncService, rounds_sync_service, G_TYPE_OBJECT)

static void begin_run (RoundsSyncService *self);
static void load_counts (RoundsSyncService *self);

static gboolean
is_signed_in (RoundsSyncService *self)
{
  return self->account != NULL && self->account->server != NULL && self->account->token != NULL;
}

static void
set_state (RoundsSyncService *self, RoundsSyncState state, const char *detail)
{
  if (state == ROUNDS_SYNC_OFFLINE && self->offline_since == 0)
    self->offline_since = rounds_time_now ();
  else if (state != ROUNDS_SYNC_OFFLINE && state != ROUNDS_SYNC_SYNCING)
    self->offline_since = 0;

  if (g_set_str (&self->detail, detail))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAIL]);
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
}

static gboolean
timer_cb (gpointer data)
{
  RoundsSyncService *self = data;

  self->timer = 0;
  begin_run (self);

  return G_SOURCE_REMOVE;
}

/* The next sync comes in this many ms. */
static void
schedule (RoundsSyncService *self, guint delay)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (delay, timer_cb, self);
}

/* Full jitter: any moment up to a limit that doubles, so that a team's devices do not come back all at once. */
static void
back_off (RoundsSyncService *self)
{
  guint limit = MIN (LONGEST_DELAY, FIRST_DELAY << MIN (self->failures, 8));

  self->failures++;
  schedule (self, (guint) g_random_int_range (FIRST_DELAY / 4, (int) limit));
}

static void
end_run (RoundsSyncService *self, RoundsSyncState state, const char *detail)
{
  g_clear_pointer (&self->run, rounds_sync_run_unref);
  set_state (self, state, detail);
  load_counts (self);
}

static void
fail_run (RoundsSyncService *self, const GError *error)
{
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED))
    {
      end_run (self, ROUNDS_SYNC_NEEDS_SIGN_IN, error->message);
    }
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE))
    {
      end_run (self, ROUNDS_SYNC_OFFLINE, error->message);
      back_off (self);
    }
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED))
    {
      /* rounds-cli is at it: nothing that the person could do anything about. */
      end_run (self, ROUNDS_SYNC_IDLE, NULL);
      back_off (self);
    }
  else
    {
      end_run (self, ROUNDS_SYNC_ERROR, error->message);
      back_off (self);
    }
}

static void
complete_run (RoundsSyncService *self)
{
  self->failures = 0;
  self->account->last_sync = self->run->now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
  end_run (self, ROUNDS_SYNC_IDLE, NULL);
}

/* One asynchronous hop of a run: when it comes back, the run may have been ended and another one begun. */
typedef struct
{
  RoundsSyncService *service; /* (owned) */
  RoundsSyncRun *run;         /* (owned) */
} Hop;

static Hop *
hop_new (RoundsSyncService *service)
{
  Hop *self = g_new0 (Hop, 1);

  self->service = g_object_ref (service);
  self->run = rounds_sync_run_ref (service->run);
  return self;
}

static void
hop_free (Hop *self)
{
  g_clear_object (&self->service);
  g_clear_pointer (&self->run, rounds_sync_run_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Hop, hop_free)

static void step_run (RoundsSyncService *self);

static void
token_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  if (error != NULL)
    g_warning ("The renewed sign-in could not be stored: %s", error->message);
}

/* At once, and also where the request failed: the old token is no longer good. */
static void
keep_token (RoundsSyncService *self)
{
  const char *token = rounds_remote_get_refresh_token (self->remote);

  if (token != NULL && g_set_str (&self->account->token, token))
    rounds_store_run_async (self->store, rounds_sync_token_save, g_strdup (token), g_free, NULL, G_PRIORITY_HIGH, NULL,
                            token_saved_cb, NULL);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Hop) hop = data;
  RoundsSyncService *self = hop->service;
  g_autoptr (GError) error = NULL;
  guint status = 0;
  g_autoptr (GBytes) body = rounds_remote_send_finish (ROUNDS_REMOTE (source), result, &status, &error);

  if (self->run != hop->run)
    return;

  keep_token (self);
  if (body == NULL)
    {
      fail_run (self, error);
      return;
    }
  self->run->status = status;
  self->run->body = g_steal_pointer (&body);
  step_run (self);
}

static void
stepped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Hop) hop = data;
  RoundsSyncService *self = hop->service;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncRun) run = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (self->run != hop->run)
    return;

  if (run != NULL && run->token != NULL)
    {
      rounds_remote_set_refresh_token (self->remote, run->token);
      g_set_str (&self->account->token, run->token);
      g_clear_pointer (&run->token, g_free);
    }

  if (run == NULL)
    fail_run (self, error);
  else if (run->request == NULL)
    complete_run (self);
  else
    rounds_remote_send_async (self->remote, run->request, self->cancellable, sent_cb, hop_new (self));
}

static void
step_run (RoundsSyncService *self)
{
  rounds_store_run_async (self->store, rounds_sync_run_step, rounds_sync_run_ref (self->run), rounds_sync_run_unref,
                          rounds_sync_run_unref, G_PRIORITY_DEFAULT, self->cancellable, stepped_cb, hop_new (self));
}

static void
begin_run (RoundsSyncService *self)
{
  g_autoptr (GError) error = NULL;

  if (self->run != NULL || !is_signed_in (self) || self->state == ROUNDS_SYNC_NEEDS_SIGN_IN)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);

  if (self->remote == NULL)
    {
      self->remote = rounds_remote_new (self->account->server, &error);
      if (self->remote == NULL)
        {
          set_state (self, ROUNDS_SYNC_ERROR, error->message);
          return;
        }
      rounds_remote_set_refresh_token (self->remote, self->account->token);
    }

  self->again = FALSE;
  self->run = rounds_sync_run_new ();
  set_state (self, ROUNDS_SYNC_SYNCING, NULL);
  step_run (self);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSyncService) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree RoundsSyncCounts *counts = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  RoundsSyncCounts before = self->counts;

  self->counting = FALSE;
  if (counts == NULL)
    {
      if (!g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
          && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Counting what waits for the server failed: %s", error->message);
      return;
    }

  self->counts = *counts;
  if (before.pending != counts->pending)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);
  if (before.attention != counts->attention)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ATTENTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  if (self->count_again)
    load_counts (self);
  /* Something waits, and no wait after a failure is under way, which is not to be cut short by typing. */
  else if (counts->pending > 0 && self->again && self->failures == 0 && self->run == NULL && self->timer == 0)
    schedule (self, AFTER_CHANGE);
}

static void
load_counts (RoundsSyncService *self)
{
  self->count_again = self->counting;
  if (self->counting || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->counting = TRUE;
  rounds_store_run_async (self->store, rounds_sync_counts_load, NULL, NULL, g_free, G_PRIORITY_LOW, self->cancellable,
                          counted_cb, g_object_ref (self));
}

static void
changed_cb (RoundsSyncService *self)
{
  self->again = TRUE;
  load_counts (self);
}

static void
network_changed_cb (RoundsSyncService *self, gboolean available)
{
  if (available && self->state == ROUNDS_SYNC_OFFLINE)
    begin_run (self);
}

static gboolean
poll_cb (gpointer data)
{
  RoundsSyncService *self = data;

  if (self->failures == 0)
    begin_run (self);
  return G_SOURCE_CONTINUE;
}

static void
take_account (RoundsSyncService *self, RoundsSyncAccount *account)
{
  RoundsUuid staff;

  g_clear_pointer (&self->account, rounds_sync_account_free);
  self->account = account;
  if (account->staff != NULL && rounds_uuid_parse (account->staff, &staff))
    rounds_app_context_set_staff (self->context, &staff);
  else
    rounds_app_context_set_staff (self->context, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USERNAME]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
}

static void
account_loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSyncService) self = data;
  g_autoptr (GError) error = NULL;
  RoundsSyncAccount *account = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (account == NULL)
    {
      if (!g_cancellable_is_cancelled (self->cancellable))
        set_state (self, ROUNDS_SYNC_ERROR, error->message);
      return;
    }
  take_account (self, account);
  load_counts (self);
  if (is_signed_in (self))
    begin_run (self);
  else
    set_state (self, ROUNDS_SYNC_NEVER_SIGNED_IN, NULL);
}

static void
rounds_sync_service_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RoundsSyncService *self = ROUNDS_SYNC_SERVICE (object);

  switch ((Property) property_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_PENDING:
      g_value_set_uint (value, self->counts.pending);
      break;
    case PROP_ATTENTION:
      g_value_set_uint (value, self->counts.attention);
      break;
    case PROP_LAST_SYNC:
      g_value_set_int64 (value, rounds_sync_service_get_last_sync (self));
      break;
    case PROP_SUMMARY:
      g_value_take_string (value, rounds_sync_service_dup_summary (self));
      break;
    case PROP_DETAIL:
      g_value_set_string (value, self->detail);
      break;
    case PROP_SERVER:
      g_value_set_string (value, rounds_sync_service_get_server (self));
      break;
    case PROP_USERNAME:
      g_value_set_string (value, rounds_sync_service_get_username (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rounds_sync_service_dispose (GObject *object)
{
  RoundsSyncService *self = ROUNDS_SYNC_SERVICE (object);

  rounds_sync_service_stop (self);
  g_clear_object (&self->store);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_sync_service_parent_class)->dispose (object);
}

static void
rounds_sync_service_finalize (GObject *object)
{
  RoundsSyncService *self = ROUNDS_SYNC_SERVICE (object);

  g_clear_pointer (&self->account, rounds_sync_account_free);
  g_object_unref (self->cancellable);
  g_free (self->detail);

  G_OBJECT_CLASS (rounds_sync_service_parent_class)->finalize (object);
}

static void
rounds_sync_service_class_init (RoundsSyncServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rounds_sync_service_get_property;
  object_class->dispose = rounds_sync_service_dispose;
  object_class->finalize = rounds_sync_service_finalize;

  properties[PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, ROUNDS_TYPE_SYNC_STATE, ROUNDS_SYNC_NEVER_SIGNED_IN, flags);
  properties[PROP_PENDING] = g_param_spec_uint ("pending", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_ATTENTION] = g_param_spec_uint ("attention", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_sync_service_init (RoundsSyncService *self)
{
  self->cancellable = g_cancellable_new ();
}

RoundsSyncService *
rounds_sync_service_new (RoundsAppContext *context)
{
  RoundsSyncService *self = g_object_new (ROUNDS_TYPE_SYNC_SERVICE, NULL);

  self->context = g_object_ref (context);
  self->store = g_object_ref (rounds_app_context_get_store (context));

  return self;
}

void
rounds_sync_service_start (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));
  g_return_if_fail (self->poll == 0);

  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
  self->poll = g_timeout_add_seconds (POLL_INTERVAL, poll_cb, self);
  rounds_store_run_async (self->store, rounds_sync_account_load, NULL, NULL, rounds_sync_account_free,
                          G_PRIORITY_DEFAULT, self->cancellable, account_loaded_cb, g_object_ref (self));
}

/* Ends the run under way and everything that is planned. */
static void
halt (RoundsSyncService *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->run, rounds_sync_run_unref);
  g_clear_object (&self->remote);
  self->failures = 0;
}

void
rounds_sync_service_stop (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  halt (self);
  g_clear_handle_id (&self->poll, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, changed_cb, self);
}

void
rounds_sync_service_sync_now (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  begin_run (self);
}

RoundsSyncState
rounds_sync_service_get_state (RoundsSyncService *self)
{
  return self->state;
}

guint
rounds_sync_service_get_pending (RoundsSyncService *self)
{
  return self->counts.pending;
}

guint
rounds_sync_service_get_attention (RoundsSyncService *self)
{
  return self->counts.attention;
}

gint64
rounds_sync_service_get_last_sync (RoundsSyncService *self)
{
  return self->account != NULL ? self->account->last_sync : 0;
}

const char *
rounds_sync_service_get_detail (RoundsSyncService *self)
{
  return self->detail;
}

const char *
rounds_sync_service_get_server (RoundsSyncService *self)
{
  return self->account != NULL ? self->account->server : NULL;
}

const char *
rounds_sync_service_get_username (RoundsSyncService *self)
{
  return self->account != NULL ? self->account->username : NULL;
}

char *
rounds_sync_service_dup_summary (RoundsSyncService *self)
{
  g_return_val_if_fail (ROUNDS_IS_SYNC_SERVICE (self), NULL);

  return rounds_sync_summary_format (self->state, &self->counts, rounds_sync_service_get_last_sync (self),
                                     self->offline_since);
}

/* Signing in */

typedef struct
{
  RoundsRemote *remote;       /* (owned) */
  RoundsSyncAccount *account; /* (owned) what is to be stored */
} SignIn;

static void
sign_in_free (gpointer pointer)
{
  SignIn *self = pointer;

  g_clear_object (&self->remote);
  g_clear_pointer (&self->account, rounds_sync_account_free);
  g_free (self);
}

static void
account_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsSyncService *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  RoundsSyncAccount *account = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (account == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  halt (self);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->counting = FALSE;
  self->remote = g_steal_pointer (&sign_in->remote);
  take_account (self, account);
  set_state (self, ROUNDS_SYNC_IDLE, NULL);
  begin_run (self);
  g_task_return_boolean (task, TRUE);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RoundsSyncService *self = g_task_get_source_object (task);
  SignIn *sign_in = g_task_get_task_data (task);
  RoundsSyncAccount *account = sign_in->account;
  g_autoptr (GError) error = NULL;

  if (!rounds_remote_sign_in_finish (sign_in->remote, result, &account->user, &account->staff, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_str (&account->token, rounds_remote_get_refresh_token (sign_in->remote));
  rounds_store_run_async (self->store, rounds_sync_account_save, g_steal_pointer (&sign_in->account),
                          rounds_sync_account_free, rounds_sync_account_free, G_PRIORITY_DEFAULT, NULL,
                          account_saved_cb, g_steal_pointer (&task));
}

/* The changes that wait were made by somebody else: they would reach the server under the wrong name. */
static gboolean
check_user (RoundsSyncService *self, const char *username, GError **error)
{
  if (self->counts.pending == 0 || self->account->username == NULL || g_str_equal (self->account->username, username))
    return TRUE;

  rounds_set_field_error (error, "username",
                          ngettext ("%u change by %s is not on the server yet. Sign in as %s first.",
                                    "%u changes by %s are not on the server yet. Sign in as %s first.",
                                    self->counts.pending),
                          self->counts.pending, self->account->username, self->account->username);
  return FALSE;
}

static char *
complete_address (const char *server)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (server));

  while (g_str_has_suffix (trimmed, "/"))
    trimmed[strlen (trimmed) - 1] = '\0';
  if (*trimmed == '\0' || strstr (trimmed, "://") != NULL)
    return g_steal_pointer (&trimmed);
  return g_strconcat ("https://", trimmed, NULL);
}

void
rounds_sync_service_sign_in_async (RoundsSyncService *self, const char *server, const char *username,
                                   const char *password, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  SignIn *sign_in;

  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, rounds_sync_service_sign_in_async);
  if (self->account == NULL)
    {
      g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_FAILED,
                                       _ ("The data is still being opened. Try again in a moment."));
      return;
    }
  sign_in = g_new0 (SignIn, 1);
  g_task_set_task_data (task, sign_in, sign_in_free);

  address = complete_address (server);
  sign_in->remote = rounds_remote_new (address, &error);
  if (sign_in->remote == NULL)
    {
      g_autoptr (GError) at_field = NULL;

      rounds_set_field_error (&at_field, "server", "%s", error->message);
      g_task_return_error (task, g_steal_pointer (&at_field));
      return;
    }
  if (!check_user (self, username, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  sign_in->account = g_new0 (RoundsSyncAccount, 1);
  sign_in->account->server = g_steal_pointer (&address);
  sign_in->account->username = g_strdup (username);
  rounds_remote_sign_in_async (sign_in->remote, username, password, self->account->device, cancellable, signed_in_cb,
                               g_steal_pointer (&task));
}

gboolean
rounds_sync_service_sign_in_finish (RoundsSyncService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSyncService) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncAccount) account = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);

  if (account == NULL)
    set_state (self, ROUNDS_SYNC_ERROR, error->message);
}

void
rounds_sync_service_sign_out (RoundsSyncService *self)
{
  RoundsSyncAccount *account;

  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  if (!is_signed_in (self))
    return;
  halt (self);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->counting = FALSE;

  g_clear_pointer (&self->account->token, g_free);
  account = g_new0 (RoundsSyncAccount, 1);
  account->server = g_strdup (self->account->server);
  account->username = g_strdup (self->account->username);
  account->user = g_strdup (self->account->user);
  account->staff = g_strdup (self->account->staff);
  set_state (self, ROUNDS_SYNC_NEVER_SIGNED_IN, NULL);
  rounds_store_run_async (self->store, rounds_sync_account_save, account, rounds_sync_account_free,
                          rounds_sync_account_free, G_PRIORITY_DEFAULT, NULL, signed_out_cb, g_object_ref (self));
}
