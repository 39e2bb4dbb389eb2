/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "rounds-notifier.h"

G_BEGIN_DECLS

/**
 * RoundsReminderService:
 *
 * Fires the desktop reminders of the store: each once, also when the computer slept through its moment or Rounds was
 * killed while showing it; never for what was cancelled, deleted or moved. What is more than an hour late comes as one
 * notification about all of it. Main thread.
 *
 * Property "waiting" (boolean, read-only, notified): whether a reminder is to come or to be answered, so that
 * Rounds must stay alive.
 */
#define ROUNDS_TYPE_REMINDER_SERVICE (rounds_reminder_service_get_type ())

G_DECLARE_FINAL_TYPE (RoundsReminderService, rounds_reminder_service, ROUNDS, REMINDER_SERVICE, GObject)

/* Says what time it is, in ms UTC. */
typedef gint64 (*RoundsClockFunc) (gpointer data);

/**
 * rounds_reminder_service_new:
 * @context: the context; its setting "notification-names" says whether notifications may name people
 * @notifier: shows the notifications
 *
 * Returns: (transfer full): the service; it does nothing before rounds_reminder_service_start()
 */
RoundsReminderService *rounds_reminder_service_new (RoundsAppContext *context, RoundsNotifier *notifier);

/**
 * rounds_reminder_service_set_clock:
 * @self: the service
 * @clock: (nullable): another clock than the system's, for tests
 * @data: for @clock
 */
void rounds_reminder_service_set_clock (RoundsReminderService *self, RoundsClockFunc clock, gpointer data);

void rounds_reminder_service_start (RoundsReminderService *self);

/**
 * rounds_reminder_service_stop:
 * @self: the service
 *
 * To be called before the store is closed.
 */
void rounds_reminder_service_stop (RoundsReminderService *self);

/**
 * rounds_reminder_service_check:
 * @self: the service
 *
 * Looks for what is due. The service does so by itself at the next due moment, after a change, and every minute.
 */
void rounds_reminder_service_check (RoundsReminderService *self);

/**
 * rounds_reminder_service_is_busy:
 * @self: the service
 *
 * Returns: whether a check is under way
 */
gboolean rounds_reminder_service_is_busy (RoundsReminderService *self);

gboolean rounds_reminder_service_is_waiting (RoundsReminderService *self);

/**
 * rounds_reminder_service_open:
 * @self: the service
 * @reminder: a reminder's id as text
 *
 * Opens what the reminder is about.
 */
void rounds_reminder_service_open (RoundsReminderService *self, const char *reminder);

/**
 * rounds_reminder_service_snooze:
 * @self: the service
 * @reminder: a reminder's id as text
 *
 * Reminds again in ten minutes.
 */
void rounds_reminder_service_snooze (RoundsReminderService *self, const char *reminder);

/**
 * rounds_reminder_service_done:
 * @self: the service
 * @reminder: a reminder's id as text
 */
void rounds_reminder_service_done (RoundsReminderService *self, const char *reminder);

G_END_DECLS
