/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sync-service-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-sync-summary.h"
#include "rounds-time.h"

typedef enum
{
  PROP_STATE = 1,
  PROP_PENDING,
  PROP_ATTENTION,
  PROP_DONE,
  PROP_LAST_SYNC,
  PROP_SUMMARY,
  PROP_DETAIL,
  PROP_SERVER,
  PROP_USERNAME,
  N_PROPS,
} Property;

enum
{
  SIGNAL_CHECKED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (RoundsSyncState, rounds_sync_state,
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_NEVER_SIGNED_IN, "never-signed-in"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_SYNCING, "syncing"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_NEEDS_SIGN_IN, "needs-sign-in"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (ROUNDS_SYNC_STOPPED, "stopped"))

G_DEFINE_FINAL_TYPE (RoundsSyncService, rounds_sync_service, G_TYPE_OBJECT)

static void load_counts (RoundsSyncService *self);

gboolean
rounds_sync_service_is_signed_in (RoundsSyncService *self)
{
  return self->account != NULL && self->account->server != NULL && self->account->token != NULL;
}

void
rounds_sync_service_set_state (RoundsSyncService *self, RoundsSyncState state, const char *detail)
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

static void
end_run (RoundsSyncService *self, RoundsSyncState state, const char *detail)
{
  g_clear_pointer (&self->run, rounds_sync_run_unref);
  rounds_sync_service_set_state (self, state, detail);
  load_counts (self);
}

static void
fail_run (RoundsSyncService *self, const GError *error)
{
  rounds_sync_schedule_fail (self->schedule, rounds_sync_service_get_moment (), error);
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED))
    {
      rounds_sync_service_stop_listening (self);
      end_run (self, ROUNDS_SYNC_NEEDS_SIGN_IN, error->message);
    }
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE))
    end_run (self, ROUNDS_SYNC_OFFLINE, error->message);
  else if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED))
    /* rounds-cli is at it: nothing that the person could do anything about. */
    end_run (self, ROUNDS_SYNC_IDLE, NULL);
  else
    end_run (self, ROUNDS_SYNC_ERROR, error->message);
  rounds_sync_service_plan (self);
}

static void
complete_run (RoundsSyncService *self)
{
  gboolean checked = self->run->checked;
  guint repaired = self->run->repaired;

  rounds_sync_schedule_succeed (self->schedule, rounds_sync_service_get_moment ());
  self->account->last_sync = self->run->now;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LAST_SYNC]);
  end_run (self, ROUNDS_SYNC_IDLE, NULL);
  rounds_sync_service_plan (self);
  if (checked)
    g_signal_emit (self, signals[SIGNAL_CHECKED], 0, repaired);
  if (self->check)
    rounds_sync_service_begin_run (self); /* it was asked for while this one was under way */
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
worked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Hop) hop = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  if (error != NULL && hop->service->run == hop->run)
    fail_run (hop->service, error);
}

static void
set_done (RoundsSyncService *self, guint done)
{
  if (self->done == done)
    return;
  self->done = done;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DONE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
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

  if (run == NULL)
    {
      fail_run (self, error);
      return;
    }

  if (run->token != NULL)
    {
      rounds_remote_set_refresh_token (self->remote, run->token);
      g_set_str (&self->account->token, run->token);
      g_clear_pointer (&run->token, g_free);
    }
  set_done (self, run->done);
  if (run->request == NULL)
    complete_run (self);
  else
    {
      rounds_remote_send_async (self->remote, run->request, self->cancellable, sent_cb, hop_new (self));
      rounds_store_run_async (self->store, rounds_sync_run_work, rounds_sync_run_ref (run), rounds_sync_run_unref, NULL,
                              G_PRIORITY_DEFAULT, self->cancellable, worked_cb, hop_new (self));
    }
}

static void
step_run (RoundsSyncService *self)
{
  rounds_store_run_async (self->store, rounds_sync_run_step, rounds_sync_run_ref (self->run), rounds_sync_run_unref,
                          rounds_sync_run_unref, G_PRIORITY_DEFAULT, self->cancellable, stepped_cb, hop_new (self));
}

void
rounds_sync_service_begin_run (RoundsSyncService *self)
{
  g_autoptr (GError) error = NULL;

  if (self->run != NULL || !rounds_sync_service_is_signed_in (self) || self->state == ROUNDS_SYNC_NEEDS_SIGN_IN)
    return;
  rounds_sync_schedule_begin (self->schedule);

  if (self->remote == NULL)
    {
      self->remote = rounds_remote_new (self->account->server, &error);
      if (self->remote == NULL)
        {
          fail_run (self, error);
          return;
        }
      rounds_remote_set_refresh_token (self->remote, self->account->token);
    }

  self->again = FALSE;
  self->run = rounds_sync_run_new ();
  self->run->check = self->check;
  self->check = FALSE;
  set_done (self, 0);
  rounds_sync_service_set_state (self, ROUNDS_SYNC_SYNCING, NULL);
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
  else if (counts->pending > 0 && self->again && self->run == NULL)
    {
      rounds_sync_schedule_local_change (self->schedule, rounds_sync_service_get_moment ());
      rounds_sync_service_plan (self);
    }
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

void
rounds_sync_service_take_account (RoundsSyncService *self, RoundsSyncAccount *account)
{
  RoundsUuid staff;

  g_clear_pointer (&self->account, rounds_sync_account_free);
  self->account = account;
  if (account->staff != NULL && rounds_uuid_parse (account->staff, &staff))
    rounds_app_context_set_staff (self->context, &staff);
  else
    rounds_app_context_set_staff (self->context, NULL);
  if (rounds_sync_service_is_signed_in (self))
    rounds_sync_schedule_start (self->schedule, rounds_sync_service_get_moment ());
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
        rounds_sync_service_set_state (self, ROUNDS_SYNC_ERROR, error->message);
      return;
    }
  rounds_sync_service_take_account (self, account);
  load_counts (self);
  if (rounds_sync_service_is_signed_in (self))
    rounds_sync_service_begin_run (self);
  else
    rounds_sync_service_set_state (self, ROUNDS_SYNC_NEVER_SIGNED_IN, NULL);
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
    case PROP_DONE:
      g_value_set_uint (value, self->done);
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
  g_clear_pointer (&self->schedule, rounds_sync_schedule_free);
  g_clear_object (&self->cancellable);
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
  properties[PROP_DONE] = g_param_spec_uint ("done", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LAST_SYNC] = g_param_spec_int64 ("last-sync", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, flags);
  properties[PROP_DETAIL] = g_param_spec_string ("detail", NULL, NULL, NULL, flags);
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_USERNAME] = g_param_spec_string ("username", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_CHECKED] = g_signal_new ("checked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

static double
random_cb (gpointer data)
{
  return g_random_double ();
}

static void
rounds_sync_service_init (RoundsSyncService *self)
{
  self->cancellable = g_cancellable_new ();
  self->schedule = rounds_sync_schedule_new (random_cb, NULL);
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
  g_return_if_fail (self->timer == NULL);

  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  rounds_sync_service_start_clock (self);
  rounds_store_run_async (self->store, rounds_sync_account_load, NULL, NULL, rounds_sync_account_free,
                          G_PRIORITY_DEFAULT, self->cancellable, account_loaded_cb, g_object_ref (self));
}

void
rounds_sync_service_halt (RoundsSyncService *self)
{
  rounds_sync_schedule_stop (self->schedule);
  rounds_sync_service_plan (self);
  rounds_sync_service_stop_listening (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->run, rounds_sync_run_unref);
  g_clear_object (&self->remote);
  self->counting = FALSE;
}

void
rounds_sync_service_stop (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  rounds_sync_service_halt (self);
  g_cancellable_cancel (self->cancellable); /* for good */
  rounds_sync_service_stop_clock (self);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, changed_cb, self);
}

void
rounds_sync_service_sync_now (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  if (self->state == ROUNDS_SYNC_STOPPED)
    rounds_sync_schedule_start (self->schedule, rounds_sync_service_get_moment ());
  rounds_sync_service_begin_run (self);
}

void
rounds_sync_service_check (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  self->check = rounds_sync_service_is_signed_in (self);
  rounds_sync_service_sync_now (self);
}

void
rounds_sync_service_cancel (RoundsSyncService *self)
{
  g_return_if_fail (ROUNDS_IS_SYNC_SERVICE (self));

  if (self->run == NULL)
    return;
  rounds_sync_service_halt (self);
  rounds_sync_service_set_state (self, ROUNDS_SYNC_STOPPED, NULL);
  load_counts (self);
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

guint
rounds_sync_service_get_done (RoundsSyncService *self)
{
  return self->done;
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

static RoundsSyncFacts
get_facts (RoundsSyncService *self)
{
  gint64 due = rounds_sync_schedule_get_due (self->schedule);

  return (RoundsSyncFacts) {
    .state = self->state,
    .counts = self->counts,
    .has_account = self->account != NULL && self->account->username != NULL,
    .last_sync = rounds_sync_service_get_last_sync (self),
    .offline_since = self->offline_since,
    .done = self->done,
    .next_try = due != ROUNDS_SYNC_NEVER ? rounds_time_now () + due - rounds_sync_service_get_moment () : 0,
  };
}

char *
rounds_sync_service_dup_summary (RoundsSyncService *self)
{
  RoundsSyncFacts facts;

  g_return_val_if_fail (ROUNDS_IS_SYNC_SERVICE (self), NULL);

  facts = get_facts (self);
  return rounds_sync_summary_format (&facts);
}

char *
rounds_sync_service_dup_explanation (RoundsSyncService *self)
{
  RoundsSyncFacts facts;

  g_return_val_if_fail (ROUNDS_IS_SYNC_SERVICE (self), NULL);

  facts = get_facts (self);
  return rounds_sync_summary_explain (&facts, self->detail);
}
