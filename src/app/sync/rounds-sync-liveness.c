/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the sync service syncs: clock, timer, network and the server's hints, as the RoundsSyncSchedule decides. */

#include "config.h"

#include <time.h>

#include "rounds-sync-service-private.h"
#include "rounds-time.h"

/* s; for systems whose timers do not come after sleep */
#define SAFETY_POLL 60

static gint64
read_clock (clockid_t id)
{
  struct timespec time;

  clock_gettime (id, &time);
  return (gint64) time.tv_sec * ROUNDS_SECOND + time.tv_nsec / 1000000;
}

/** rounds_sync_service_get_moment: ms of the clock that the schedule goes by, which runs on while the machine sleeps.
 */
gint64
rounds_sync_service_get_moment (void)
{
  return read_clock (CLOCK_BOOTTIME);
}

static void
opened_cb (RoundsSyncService *self)
{
  rounds_sync_schedule_connected (self->schedule, rounds_sync_service_get_moment ());
  rounds_sync_service_plan (self);
}

static void
hint_cb (RoundsSyncService *self)
{
  rounds_sync_schedule_hint (self->schedule, rounds_sync_service_get_moment ());
  rounds_sync_service_plan (self);
}

static void
lost_cb (RoundsSyncService *self, const GError *error)
{
  g_clear_object (&self->live);
  rounds_sync_schedule_disconnected (self->schedule, rounds_sync_service_get_moment (), error);
  rounds_sync_service_plan (self);
}

/* After a sync only, so that there is a remote. */
static void
listen_to_hints (RoundsSyncService *self)
{
  rounds_sync_schedule_connecting (self->schedule);
  self->live = rounds_live_new (self->remote);
  g_signal_connect_object (self->live, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "hint", G_CALLBACK (hint_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->live, "lost", G_CALLBACK (lost_cb), self, G_CONNECT_SWAPPED);
  rounds_live_open (self->live);
}

/** rounds_sync_service_stop_listening: ends the connection for hints, if there is one. */
void
rounds_sync_service_stop_listening (RoundsSyncService *self)
{
  if (self->live != NULL)
    rounds_live_close (self->live);
  g_clear_object (&self->live);
}

/* Does what is due. */
static void
look_at_clock (RoundsSyncService *self)
{
  gint64 now = rounds_sync_service_get_moment ();

  rounds_sync_schedule_compare_clocks (self->schedule, now, read_clock (CLOCK_MONOTONIC));
  if (rounds_sync_schedule_get_due (self->schedule) <= now)
    rounds_sync_service_begin_run (self);
  if (rounds_sync_schedule_get_connect_due (self->schedule) <= now)
    listen_to_hints (self);
  rounds_sync_service_plan (self);
}

/** rounds_sync_service_plan: sets the timer for what the schedule says is due next; to be called after each event. */
void
rounds_sync_service_plan (RoundsSyncService *self)
{
  gint64 due =
    MIN (rounds_sync_schedule_get_due (self->schedule), rounds_sync_schedule_get_connect_due (self->schedule));

  if (self->timer == NULL)
    return;
  if (due == ROUNDS_SYNC_NEVER)
    rounds_wall_timer_set (self->timer, 0);
  else
    rounds_wall_timer_set (self->timer, rounds_time_now () + MAX (0, due - rounds_sync_service_get_moment ()));
}

static void
timer_cb (gpointer data)
{
  look_at_clock (data);
}

static gboolean
poll_cb (gpointer data)
{
  look_at_clock (data);
  return G_SOURCE_CONTINUE;
}

static void
network_changed_cb (RoundsSyncService *self, gboolean available)
{
  if (!available)
    return;
  rounds_sync_schedule_network_changed (self->schedule, rounds_sync_service_get_moment ());
  rounds_sync_service_plan (self);
}

/** rounds_sync_service_start_clock: from now on, what is due is done. */
void
rounds_sync_service_start_clock (RoundsSyncService *self)
{
  self->timer = rounds_wall_timer_new (timer_cb, self);
  self->poll = g_timeout_add_seconds (SAFETY_POLL, poll_cb, self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed", G_CALLBACK (network_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/** rounds_sync_service_stop_clock: nothing is done by itself any more. */
void
rounds_sync_service_stop_clock (RoundsSyncService *self)
{
  g_clear_pointer (&self->timer, rounds_wall_timer_free);
  g_clear_handle_id (&self->poll, g_source_remove);
  g_signal_handlers_disconnect_by_func (g_network_monitor_get_default (), network_changed_cb, self);
}
