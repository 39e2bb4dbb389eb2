/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoundsNotification:
 * @id: the same for the same thing, also after a restart: a later one with this id takes its place
 * @title: plain text
 * @body: (nullable): plain text
 * @reminder: (nullable): the id of the reminder that the notification is about; with it, it can be opened, snoozed and
 *   done
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *body;
  const char *reminder;
} RoundsNotification;

/**
 * RoundsNotifier:
 *
 * Shows notifications on the desktop. What the user does with one comes back as an action of the application:
 * "reminder-open", "reminder-snooze" or "reminder-done", with the reminder's id. Main thread.
 */
#define ROUNDS_TYPE_NOTIFIER (rounds_notifier_get_type ())

G_DECLARE_INTERFACE (RoundsNotifier, rounds_notifier, ROUNDS, NOTIFIER, GObject)

struct _RoundsNotifierInterface
{
  GTypeInterface parent;

  gboolean (*show) (RoundsNotifier *self, const RoundsNotification *notification, GError **error);
  void (*withdraw) (RoundsNotifier *self, const char *id);
};

/**
 * rounds_notifier_show:
 * @self: the notifier
 * @notification: what to show
 * @error: (out) (optional): UNREACHABLE where no notification can be shown; it is worth another try later
 *
 * Returns: whether the desktop has taken it
 */
gboolean rounds_notifier_show (RoundsNotifier *self, const RoundsNotification *notification, GError **error);

/**
 * rounds_notifier_withdraw:
 * @self: the notifier
 * @id: the id of a notification that is out of date; nothing happens if it is not shown
 */
void rounds_notifier_withdraw (RoundsNotifier *self, const char *id);

/**
 * rounds_notifier_new_for_desktop:
 * @application: the application, which has the actions
 *
 * Returns: (transfer full): GNotification in a sandbox, where it goes through the portal and wakes the application up
 * after it has ended; libnotify elsewhere
 */
RoundsNotifier *rounds_notifier_new_for_desktop (GApplication *application);

G_END_DECLS
