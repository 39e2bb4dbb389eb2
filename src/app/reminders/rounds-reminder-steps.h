/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* What RoundsReminderService does on the database thread. Each function is a RoundsStoreFunc.
 *
 * A reminder goes pending -> firing -> fired. "firing" is committed before the notification is sent and "fired" after
 * it, so that one killed in between is sent again, under the same id, which replaces it on the screen: never lost,
 * never twice. What fired_at holds is the moment it was due: two devices that both remind write the same. */

/** RoundsDueReminder: a reminder whose time has come, and that is marked as firing. */
typedef struct
{
  RoundsRecord *reminder; /* (owned) */
  RoundsRecord *subject;  /* (owned) (nullable) the appointment or follow-up, which takes place */
} RoundsDueReminder;

/** RoundsReminderHarvest: what is due now, and when to look again. */
typedef struct
{
  GPtrArray *due;  /* (owned) of RoundsDueReminder, by the moment they were due */
  gint64 next_due; /* ms UTC; 0: nothing is to come */
} RoundsReminderHarvest;

void rounds_reminder_harvest_free (gpointer harvest);

/* data: gint64, the time. Puts off what was moved, calls off what does not take place, marks as firing what is due. */
gpointer rounds_reminder_harvest_collect (RoundsRecordStore *store, gpointer data, GCancellable *cancellable,
                                          GError **error);

/* data: GPtrArray of RoundsDueReminder that were shown. */
gpointer rounds_reminder_mark_fired (RoundsRecordStore *store, gpointer data, GCancellable *cancellable,
                                     GError **error);

/** RoundsReminderAnswer: what the user did with a notification. */
typedef struct
{
  RoundsUuid reminder;
  gint64 snooze_until; /* ms UTC; 0: done */
} RoundsReminderAnswer;

/* data: RoundsReminderAnswer */
gpointer rounds_reminder_answer (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsReminderHarvest, rounds_reminder_harvest_free)

G_END_DECLS
