/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-reminder-service.h"

#include "rounds-error.h"
#include "rounds-reminder-steps.h"
#include "rounds-reminder-text.h"
#include "rounds-time.h"
#include "rounds-wall-timer.h"

#define SAFETY_POLL 60 /* s; for systems whose timers do not come after sleep */
#define SNOOZE (10 * ROUNDS_MINUTE)
#define MISSED_AFTER ROUNDS_HOUR
/* How long the buttons of a notification are waited for. */
#define ANSWER_WITHIN ROUNDS_HOUR
#define MISSED_ID "reminders-missed"

struct _RoundsReminderService
{
  GObject parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsStore *store;        /* (owned) */
  RoundsNotifier *notifier;  /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled by stop() */

  RoundsClockFunc clock; /* (nullable) */
  gpointer clock_data;

  RoundsWallTimer *timer; /* (owned) (nullable) until start() */
  guint poll;             /* source id; 0: none */
  gboolean busy;
  gboolean again; /* another check is wanted after the one under way */
  gboolean waiting;
  guint answering;        /* answers that are being written */
  gint64 next_due;        /* ms UTC; 0: nothing is to come */
  GHashTable *unanswered; /* (owned) reminder's id -> when it was shown, as gint64 * */
};

enum
{
  PROP_0,
  PROP_WAITING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsReminderService, rounds_reminder_service, G_TYPE_OBJECT)

static gint64
get_now (RoundsReminderService *self)
{
  return self->clock != NULL ? self->clock (self->clock_data) : rounds_time_now ();
}

static char *
make_notification_id (const char *reminder)
{
  return g_strconcat ("reminder:", reminder, NULL);
}

/* Where the buttons of a notification reach the living process alone, it has to live for a while after the last one;
 * and what was looked up before an answer was written says nothing of what is to come after it. */
static void
update_waiting (RoundsReminderService *self)
{
  gint64 now = get_now (self);
  GHashTableIter iter;
  gpointer shown_at;
  gboolean waiting;

  g_hash_table_iter_init (&iter, self->unanswered);
  while (g_hash_table_iter_next (&iter, NULL, &shown_at))
    if (now - *(gint64 *) shown_at > ANSWER_WITHIN)
      g_hash_table_iter_remove (&iter);

  waiting = self->next_due != 0 || g_hash_table_size (self->unanswered) > 0 || self->answering > 0 || self->again;
  if (self->waiting == waiting)
    return;
  self->waiting = waiting;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WAITING]);
}

static gboolean
is_cancelled (const GError *error)
{
  return g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED)
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
end_check (RoundsReminderService *self, const GError *error)
{
  self->busy = FALSE;
  if (error != NULL && !is_cancelled (error))
    g_warning ("Reminders: %s", error->message);
  if (self->again)
    rounds_reminder_service_check (self);
}

static void
marked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsReminderService) self = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  end_check (self, error);
}

static gboolean
show_one (RoundsReminderService *self, const RoundsDueReminder *due, gint64 now)
{
  gboolean names = g_settings_get_boolean (rounds_app_context_get_settings (self->context), "notification-names");
  g_autofree char *reminder = rounds_uuid_to_string (rounds_record_get_id (due->reminder));
  g_autofree char *id = make_notification_id (reminder);
  g_autofree char *title = rounds_reminder_text_title (due->subject, names);
  g_autofree char *body = rounds_reminder_text_body (due->subject, now, names);
  const RoundsNotification notification = { .id = id, .title = title, .body = body, .reminder = reminder };
  g_autoptr (GError) error = NULL;

  if (rounds_notifier_show (self->notifier, &notification, &error))
    {
      g_hash_table_insert (self->unanswered, g_steal_pointer (&reminder), g_memdup2 (&now, sizeof now));
      return TRUE;
    }
  g_message ("A reminder could not be shown: %s", error->message);
  return FALSE;
}

/* Ten reminders after a weekend are one piece of news. */
static gboolean
show_missed (RoundsReminderService *self, GPtrArray *missed)
{
  gboolean names = g_settings_get_boolean (rounds_app_context_get_settings (self->context), "notification-names");
  g_autofree char *title = rounds_reminder_text_missed_title (missed->len);
  g_autofree char *body = rounds_reminder_text_missed_body (missed, names);
  const RoundsNotification notification = { .id = MISSED_ID, .title = title, .body = body };
  g_autoptr (GError) error = NULL;

  if (rounds_notifier_show (self->notifier, &notification, &error))
    return TRUE;
  g_message ("Missed reminders could not be shown: %s", error->message);
  return FALSE;
}

/* Shows what is due and returns what was shown; the rest stays firing and is tried again. */
static GPtrArray *
show_all (RoundsReminderService *self, RoundsReminderHarvest *harvest)
{
  gint64 now = get_now (self);
  g_autoptr (GPtrArray) due = g_steal_pointer (&harvest->due);
  g_autoptr (GPtrArray) missed = g_ptr_array_new ();
  g_autoptr (GPtrArray) hidden = g_ptr_array_new ();

  for (guint i = 0; i < due->len; i++)
    {
      RoundsDueReminder *item = g_ptr_array_index (due, i);

      if (now - rounds_record_get_integer (item->reminder, ROUNDS_REMINDER_DUE_AT) > MISSED_AFTER)
        g_ptr_array_add (missed, item);
      else if (!show_one (self, item, now))
        g_ptr_array_add (hidden, item);
    }
  if (missed->len > 0 && !show_missed (self, missed))
    g_ptr_array_extend (hidden, missed, NULL, NULL);
  for (guint i = 0; i < hidden->len; i++)
    g_ptr_array_remove (due, g_ptr_array_index (hidden, i));

  return g_steal_pointer (&due);
}

static void
collected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsReminderService) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsReminderHarvest) harvest = rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  g_autoptr (GPtrArray) shown = NULL;

  if (harvest == NULL || g_cancellable_is_cancelled (self->cancellable))
    {
      end_check (self, error);
      return;
    }

  /* The timer knows the system's clock only. */
  if (self->timer != NULL && self->clock == NULL)
    rounds_wall_timer_set (self->timer, harvest->next_due);
  self->next_due = harvest->next_due;
  shown = show_all (self, harvest);
  update_waiting (self);
  if (shown->len == 0)
    end_check (self, NULL);
  else
    /* Not cancellable: it has been seen, and would otherwise be shown again. */
    rounds_store_run_async (self->store, rounds_reminder_mark_fired, g_steal_pointer (&shown),
                            (GDestroyNotify) g_ptr_array_unref, NULL, G_PRIORITY_HIGH, NULL, marked_cb,
                            g_object_ref (self));
}

void
rounds_reminder_service_check (RoundsReminderService *self)
{
  gint64 now;

  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  self->again = self->busy;
  if (self->busy || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->busy = TRUE;
  now = get_now (self);
  rounds_store_run_async (self->store, rounds_reminder_harvest_collect, g_memdup2 (&now, sizeof now), g_free,
                          rounds_reminder_harvest_free, G_PRIORITY_DEFAULT, self->cancellable, collected_cb,
                          g_object_ref (self));
}

static void
timer_cb (gpointer data)
{
  rounds_reminder_service_check (data);
}

static gboolean
poll_cb (gpointer data)
{
  rounds_reminder_service_check (data);
  return G_SOURCE_CONTINUE;
}

static void
changed_cb (RoundsReminderService *self, int entity)
{
  if (entity == ROUNDS_ENTITY_REMINDER || entity == ROUNDS_ENTITY_APPOINTMENT || entity == ROUNDS_ENTITY_FOLLOW_UP)
    rounds_reminder_service_check (self);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsReminderService) self = data;
  g_autoptr (GError) error = NULL;

  rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
  self->answering--;
  if (error != NULL && self->context != NULL)
    rounds_app_context_report (self->context, error);
  /* Only now, and with what is to come by then: the process may end when nothing is waited for. */
  rounds_reminder_service_check (self);
}

static void
answer (RoundsReminderService *self, const char *reminder, gint64 snooze_until)
{
  g_autofree char *id = make_notification_id (reminder);
  RoundsReminderAnswer answer = { .snooze_until = snooze_until };

  if (!rounds_uuid_parse (reminder, &answer.reminder))
    return;
  rounds_notifier_withdraw (self->notifier, id);
  g_hash_table_remove (self->unanswered, reminder);
  self->answering++;
  rounds_store_run_async (self->store, rounds_reminder_answer, g_memdup2 (&answer, sizeof answer), g_free, NULL,
                          G_PRIORITY_HIGH, NULL, answered_cb, g_object_ref (self));
}

static void
rounds_reminder_service_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RoundsReminderService *self = ROUNDS_REMINDER_SERVICE (object);

  switch (property_id)
    {
    case PROP_WAITING:
      g_value_set_boolean (value, self->waiting);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rounds_reminder_service_dispose (GObject *object)
{
  RoundsReminderService *self = ROUNDS_REMINDER_SERVICE (object);

  rounds_reminder_service_stop (self);
  g_clear_object (&self->notifier);
  g_clear_object (&self->store);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_reminder_service_parent_class)->dispose (object);
}

static void
rounds_reminder_service_finalize (GObject *object)
{
  RoundsReminderService *self = ROUNDS_REMINDER_SERVICE (object);

  g_clear_object (&self->cancellable);
  g_hash_table_unref (self->unanswered);

  G_OBJECT_CLASS (rounds_reminder_service_parent_class)->finalize (object);
}

static void
rounds_reminder_service_class_init (RoundsReminderServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rounds_reminder_service_get_property;
  object_class->dispose = rounds_reminder_service_dispose;
  object_class->finalize = rounds_reminder_service_finalize;

  properties[PROP_WAITING] = g_param_spec_boolean ("waiting", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rounds_reminder_service_init (RoundsReminderService *self)
{
  self->cancellable = g_cancellable_new ();
  self->unanswered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

RoundsReminderService *
rounds_reminder_service_new (RoundsAppContext *context, RoundsNotifier *notifier)
{
  RoundsReminderService *self = g_object_new (ROUNDS_TYPE_REMINDER_SERVICE, NULL);

  self->context = g_object_ref (context);
  self->store = g_object_ref (rounds_app_context_get_store (context));
  self->notifier = g_object_ref (notifier);

  return self;
}

void
rounds_reminder_service_set_clock (RoundsReminderService *self, RoundsClockFunc clock, gpointer data)
{
  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  self->clock = clock;
  self->clock_data = data;
}

/** rounds_reminder_service_start: begins to look for what is due; once. */
void
rounds_reminder_service_start (RoundsReminderService *self)
{
  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));
  g_return_if_fail (self->timer == NULL);

  self->timer = rounds_wall_timer_new (timer_cb, self);
  self->poll = g_timeout_add_seconds (SAFETY_POLL, poll_cb, self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  rounds_reminder_service_check (self);
}

void
rounds_reminder_service_stop (RoundsReminderService *self)
{
  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->timer, rounds_wall_timer_free);
  g_clear_handle_id (&self->poll, g_source_remove);
  if (self->store != NULL)
    g_signal_handlers_disconnect_by_func (self->store, changed_cb, self);
}

gboolean
rounds_reminder_service_is_busy (RoundsReminderService *self)
{
  return self->busy;
}

/** rounds_reminder_service_is_waiting: whether a reminder is to come, or to be answered. */
gboolean
rounds_reminder_service_is_waiting (RoundsReminderService *self)
{
  return self->waiting;
}

void
rounds_reminder_service_open (RoundsReminderService *self, const char *reminder)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  RoundsEntity entity;
  RoundsUuid id;

  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  if (!rounds_uuid_parse (reminder, &id))
    return;
  record = rounds_store_get (self->store, ROUNDS_ENTITY_REMINDER, &id, &error);
  if (record == NULL)
    {
      rounds_app_context_report (self->context, error);
      return;
    }
  entity = rounds_entity_from_name (rounds_record_get_text (record, ROUNDS_REMINDER_SUBJECT_TYPE));
  if (entity != ROUNDS_ENTITY_NONE)
    rounds_app_context_open (self->context, entity, rounds_record_get_uuid (record, ROUNDS_REMINDER_SUBJECT));
}

void
rounds_reminder_service_snooze (RoundsReminderService *self, const char *reminder)
{
  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  answer (self, reminder, get_now (self) + SNOOZE);
}

void
rounds_reminder_service_done (RoundsReminderService *self, const char *reminder)
{
  g_return_if_fail (ROUNDS_IS_REMINDER_SERVICE (self));

  answer (self, reminder, 0);
}
