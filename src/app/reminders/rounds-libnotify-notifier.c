/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-libnotify-notifier.h"

#include <glib/gi18n-lib.h>
#include <libnotify/notify.h>

#include "rounds-error.h"

struct _RoundsLibnotifyNotifier
{
  GObject parent_instance;

  GApplication *application; /* (not owned) outlives its notifier */
  GHashTable *shown;         /* (owned) id -> NotifyNotification, those that can still be replaced or withdrawn */
};

static void rounds_libnotify_notifier_iface_init (RoundsNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsLibnotifyNotifier, rounds_libnotify_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_NOTIFIER, rounds_libnotify_notifier_iface_init))

/* What a button calls. */
typedef struct
{
  GApplication *application; /* (not owned) */
  char *reminder;            /* (owned) */
} Target;

static void
target_free (gpointer pointer)
{
  Target *self = pointer;

  g_free (self->reminder);
  g_free (self);
}

/* The name of a button is that of the application's action, but for "default", as the specification calls a click. */
static void
activated_cb (NotifyNotification *message, char *name, gpointer data)
{
  const Target *target = data;
  const char *action = g_str_equal (name, "default") ? "reminder-open" : name;

  g_action_group_activate_action (G_ACTION_GROUP (target->application), action,
                                  g_variant_new_string (target->reminder));
}

static void
add_button (RoundsLibnotifyNotifier *self, NotifyNotification *message, const char *name, const char *label,
            const char *reminder)
{
  Target *target = g_new0 (Target, 1);

  target->application = self->application;
  target->reminder = g_strdup (reminder);
  notify_notification_add_action (message, name, label, activated_cb, target, target_free);
}

static NotifyNotification *
need_message (RoundsLibnotifyNotifier *self, const char *id)
{
  NotifyNotification *message = g_hash_table_lookup (self->shown, id);

  if (message == NULL)
    {
      message = notify_notification_new ("", NULL, NULL);
      g_hash_table_insert (self->shown, g_strdup (id), message);
    }
  return message;
}

static gboolean
rounds_libnotify_notifier_show (RoundsNotifier *notifier, const RoundsNotification *notification, GError **error)
{
  RoundsLibnotifyNotifier *self = ROUNDS_LIBNOTIFY_NOTIFIER (notifier);
  NotifyNotification *message = need_message (self, notification->id);
  g_autofree char *body = notification->body != NULL ? g_markup_escape_text (notification->body, -1) : NULL;
  g_autoptr (GError) local = NULL;

  /* The specification makes the body markup, and the title plain text. */
  notify_notification_update (message, notification->title, body, APP_ID);
  notify_notification_set_hint (message, "desktop-entry", g_variant_new_string (APP_ID));
  notify_notification_set_category (message, "x-gnome.reminder");
  notify_notification_set_urgency (message, NOTIFY_URGENCY_CRITICAL);
  notify_notification_clear_actions (message);
  if (notification->reminder != NULL)
    {
      add_button (self, message, "default", _ ("Open"), notification->reminder);
      add_button (self, message, "reminder-snooze", _ ("Snooze 10 Minutes"), notification->reminder);
      add_button (self, message, "reminder-done", _ ("Done"), notification->reminder);
    }

  if (notify_notification_show (message, &local))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, _ ("The desktop shows no notifications: %s"),
               local->message);
  return FALSE;
}

static void
rounds_libnotify_notifier_withdraw (RoundsNotifier *notifier, const char *id)
{
  RoundsLibnotifyNotifier *self = ROUNDS_LIBNOTIFY_NOTIFIER (notifier);
  NotifyNotification *message = g_hash_table_lookup (self->shown, id);

  if (message == NULL)
    return;
  notify_notification_close (message, NULL);
  g_hash_table_remove (self->shown, id);
}

static void
rounds_libnotify_notifier_iface_init (RoundsNotifierInterface *iface)
{
  iface->show = rounds_libnotify_notifier_show;
  iface->withdraw = rounds_libnotify_notifier_withdraw;
}

static void
rounds_libnotify_notifier_finalize (GObject *object)
{
  g_hash_table_unref (ROUNDS_LIBNOTIFY_NOTIFIER (object)->shown);

  G_OBJECT_CLASS (rounds_libnotify_notifier_parent_class)->finalize (object);
}

static void
rounds_libnotify_notifier_class_init (RoundsLibnotifyNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_libnotify_notifier_finalize;
}

static void
rounds_libnotify_notifier_init (RoundsLibnotifyNotifier *self)
{
  self->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

RoundsNotifier *
rounds_libnotify_notifier_new (GApplication *application)
{
  RoundsLibnotifyNotifier *self;

  if (!notify_is_initted () && !notify_init ("Rounds"))
    return NULL;

  self = g_object_new (ROUNDS_TYPE_LIBNOTIFY_NOTIFIER, NULL);
  self->application = application;

  return ROUNDS_NOTIFIER (self);
}
