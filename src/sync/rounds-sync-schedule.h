/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsSyncSchedule:
 *
 * Says when the next sync is due and when to connect to the server's hints, from what has happened: a local change, a
 * hint, the network, an answer, a failure, a sleep. Without a clock or a timer of its own: every moment is in ms of a
 * clock that the caller reads, with any beginning, which goes on while the machine sleeps.
 *
 * A sync is due: at the start; two seconds after a local change, so that a form saved in steps goes in one; within a
 * second of a hint; within two of a new network or of waking up; else every minute, or every five while the server's
 * hints come. After a failure: with full jitter, up to a limit that doubles from two seconds to five minutes, and that
 * neither typing nor hints cut short, but a new network and waking up do. Never before the server wants to be asked
 * again, unless a person asks (the caller syncs then whatever is due).
 */
typedef struct _RoundsSyncSchedule RoundsSyncSchedule;

#define ROUNDS_SYNC_NEVER G_MAXINT64

/* Returns: at least 0 and less than 1 */
typedef double (*RoundsRandomFunc) (gpointer data);

RoundsSyncSchedule *rounds_sync_schedule_new (RoundsRandomFunc random, gpointer data);
void rounds_sync_schedule_free (RoundsSyncSchedule *self);

void rounds_sync_schedule_start (RoundsSyncSchedule *self, gint64 now);
void rounds_sync_schedule_stop (RoundsSyncSchedule *self);

void rounds_sync_schedule_local_change (RoundsSyncSchedule *self, gint64 now);
void rounds_sync_schedule_hint (RoundsSyncSchedule *self, gint64 now);
void rounds_sync_schedule_network_changed (RoundsSyncSchedule *self, gint64 now);
gboolean rounds_sync_schedule_compare_clocks (RoundsSyncSchedule *self, gint64 now, gint64 awake);

void rounds_sync_schedule_begin (RoundsSyncSchedule *self);
void rounds_sync_schedule_succeed (RoundsSyncSchedule *self, gint64 now);
void rounds_sync_schedule_fail (RoundsSyncSchedule *self, gint64 now, const GError *error);

void rounds_sync_schedule_connecting (RoundsSyncSchedule *self);
void rounds_sync_schedule_connected (RoundsSyncSchedule *self, gint64 now);
void rounds_sync_schedule_disconnected (RoundsSyncSchedule *self, gint64 now, const GError *error);

gint64 rounds_sync_schedule_get_due (RoundsSyncSchedule *self);
gint64 rounds_sync_schedule_get_connect_due (RoundsSyncSchedule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncSchedule, rounds_sync_schedule_free)

G_END_DECLS
