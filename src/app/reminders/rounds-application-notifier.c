/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-application-notifier.h"

#include <glib/gi18n-lib.h>

struct _RoundsApplicationNotifier
{
  GObject parent_instance;

  GApplication *application; /* (not owned) outlives its notifier */
};

static void rounds_application_notifier_iface_init (RoundsNotifierInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsApplicationNotifier, rounds_application_notifier, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_NOTIFIER, rounds_application_notifier_iface_init))

static gboolean
rounds_application_notifier_show (RoundsNotifier *notifier, const RoundsNotification *notification, GError **error)
{
  RoundsApplicationNotifier *self = ROUNDS_APPLICATION_NOTIFIER (notifier);
  g_autoptr (GNotification) message = g_notification_new (notification->title);

  if (notification->body != NULL)
    g_notification_set_body (message, notification->body);
  g_notification_set_priority (message, G_NOTIFICATION_PRIORITY_HIGH);
  if (notification->reminder != NULL)
    {
      g_notification_set_default_action_and_target (message, "app.reminder-open", "s", notification->reminder);
      g_notification_add_button_with_target (message, _ ("Snooze 10 Minutes"), "app.reminder-snooze", "s",
                                             notification->reminder);
      g_notification_add_button_with_target (message, _ ("Done"), "app.reminder-done", "s", notification->reminder);
    }
  g_application_send_notification (self->application, notification->id, message);

  return TRUE;
}

static void
rounds_application_notifier_withdraw (RoundsNotifier *notifier, const char *id)
{
  g_application_withdraw_notification (ROUNDS_APPLICATION_NOTIFIER (notifier)->application, id);
}

static void
rounds_application_notifier_iface_init (RoundsNotifierInterface *iface)
{
  iface->show = rounds_application_notifier_show;
  iface->withdraw = rounds_application_notifier_withdraw;
}

static void
rounds_application_notifier_class_init (RoundsApplicationNotifierClass *klass)
{
}

static void
rounds_application_notifier_init (RoundsApplicationNotifier *self)
{
}

RoundsNotifier *
rounds_application_notifier_new (GApplication *application)
{
  RoundsApplicationNotifier *self = g_object_new (ROUNDS_TYPE_APPLICATION_NOTIFIER, NULL);

  self->application = application;

  return ROUNDS_NOTIFIER (self);
}
