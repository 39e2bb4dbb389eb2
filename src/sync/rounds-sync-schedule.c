/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-sync-schedule.h"

#include "rounds-error.h"
#include "rounds-time.h"

#define AFTER_CHANGE (2 * ROUNDS_SECOND)
#define HINT_SPREAD ROUNDS_SECOND          /* so that a whole team does not pull in the same moment */
#define NETWORK_SPREAD (2 * ROUNDS_SECOND) /* the same, and a network that has just come up may need it */
#define LEAST_SLEEP (5 * ROUNDS_SECOND)

#define POLL_INTERVAL ROUNDS_MINUTE
#define CONNECTED_POLL_INTERVAL (5 * ROUNDS_MINUTE) /* for what another program has done to the server's database */
#define POLL_SPREAD 0.1                             /* of the interval, either way */

#define SHORTEST_WAIT (ROUNDS_SECOND / 2)
#define FIRST_LIMIT (2 * ROUNDS_SECOND)
#define LAST_LIMIT (5 * ROUNDS_MINUTE)
#define LAST_CONNECT_LIMIT (15 * ROUNDS_MINUTE)

/* A connection that held so long was a good one: the next loss is a first one. */
#define GOOD_CONNECTION ROUNDS_MINUTE

/* A server that is told to say "in a year" is mistaken. */
#define LONGEST_RETRY_AFTER ROUNDS_HOUR
#define RETRY_SPREAD (10 * ROUNDS_SECOND)

/* How long another program's sync is waited for. */
#define LOCKED_WAIT ROUNDS_SECOND

struct _RoundsSyncSchedule
{
  RoundsRandomFunc random;
  gpointer random_data;

  gboolean started;
  gboolean running;       /* a sync is under way */
  gint64 poll_at;         /* without any reason */
  gint64 wanted_at;       /* for a reason; NEVER: there is none */
  gint64 waits_until;     /* after a failure; 0: the last sync went well */
  gint64 forbidden_until; /* the server has asked for it; 0: it has not */
  guint failures;         /* in a row */
  gboolean try_soon;      /* the network changed in the middle of a sync, which may fail for that */

  gboolean reached; /* the last sync got through to the server */
  gboolean connecting;
  gint64 connected_since; /* 0: not connected */
  gint64 connect_at;
  guint losses; /* of connections, in a row */

  gint64 slept; /* what the two clocks differ by; G_MININT64: not known yet */
};

static double
throw_dice (RoundsSyncSchedule *self, gint64 range)
{
  return self->random (self->random_data) * (double) range;
}

/* Full jitter: any moment up to a limit that doubles, so that a team's devices do not come back all at once. */
static gint64
back_off (RoundsSyncSchedule *self, guint failures, gint64 last_limit)
{
  gint64 limit = MIN (last_limit, FIRST_LIMIT << MIN (failures, 20));

  return SHORTEST_WAIT + (gint64) throw_dice (self, limit - SHORTEST_WAIT);
}

static void
want (RoundsSyncSchedule *self, gint64 moment)
{
  self->wanted_at = MIN (self->wanted_at, moment);
}

static void
plan_poll (RoundsSyncSchedule *self, gint64 now)
{
  gint64 interval = self->connected_since != 0 ? CONNECTED_POLL_INTERVAL : POLL_INTERVAL;
  double factor = 1 - POLL_SPREAD + 2 * POLL_SPREAD * self->random (self->random_data);

  self->poll_at = now + (gint64) ((double) interval * factor);
}

/* Notes what @error says about when to come back, for a sync and for a connection alike. */
static void
heed (RoundsSyncSchedule *self, gint64 now, const GError *error)
{
  gint64 wait = MIN (rounds_error_get_retry_after (error), LONGEST_RETRY_AFTER);

  if (wait > 0)
    self->forbidden_until = MAX (self->forbidden_until, now + wait + (gint64) throw_dice (self, RETRY_SPREAD));
}

/* Whatever failed before may work now. */
static void
try_anew (RoundsSyncSchedule *self, gint64 now)
{
  gint64 moment = now + (gint64) throw_dice (self, NETWORK_SPREAD);

  if (self->running)
    self->try_soon = TRUE;
  else if (self->waits_until != 0)
    self->waits_until = MIN (self->waits_until, moment);
  else
    want (self, moment);
  self->losses = 0;
  self->connect_at = MIN (self->connect_at, moment);
}

/**
 * rounds_sync_schedule_new:
 * @random: where chance comes from
 * @data: for @random
 *
 * Returns: (transfer full): a schedule by which nothing is ever due until rounds_sync_schedule_start()
 */
RoundsSyncSchedule *
rounds_sync_schedule_new (RoundsRandomFunc random, gpointer data)
{
  RoundsSyncSchedule *self = g_new0 (RoundsSyncSchedule, 1);

  self->random = random;
  self->random_data = data;
  self->slept = G_MININT64;
  return self;
}

/** rounds_sync_schedule_free: @self: (nullable) */
void
rounds_sync_schedule_free (RoundsSyncSchedule *self)
{
  g_free (self);
}

/** rounds_sync_schedule_start: somebody has signed in, or the application has started signed in: a sync is due. */
void
rounds_sync_schedule_start (RoundsSyncSchedule *self, gint64 now)
{
  rounds_sync_schedule_stop (self);
  self->started = TRUE;
  self->poll_at = now;
  self->wanted_at = ROUNDS_SYNC_NEVER;
}

/** rounds_sync_schedule_stop: nobody is signed in any more: nothing is due. */
void
rounds_sync_schedule_stop (RoundsSyncSchedule *self)
{
  *self = (RoundsSyncSchedule) { .random = self->random, .random_data = self->random_data, .slept = self->slept };
}

/** rounds_sync_schedule_local_change: something waits here that the server does not have. */
void
rounds_sync_schedule_local_change (RoundsSyncSchedule *self, gint64 now)
{
  want (self, now + AFTER_CHANGE);
}

/** rounds_sync_schedule_hint: the server says that it has something new. */
void
rounds_sync_schedule_hint (RoundsSyncSchedule *self, gint64 now)
{
  want (self, now + (gint64) throw_dice (self, HINT_SPREAD));
}

/** rounds_sync_schedule_network_changed: there is a network, and it is not the one of before. */
void
rounds_sync_schedule_network_changed (RoundsSyncSchedule *self, gint64 now)
{
  try_anew (self, now);
}

/**
 * rounds_sync_schedule_compare_clocks:
 * @now: of the clock that goes on while the machine sleeps
 * @awake: ms of one that does not
 *
 * To be called now and then: where the two have gone apart, the machine has slept.
 *
 * Returns: whether it has, since the last call
 */
gboolean
rounds_sync_schedule_compare_clocks (RoundsSyncSchedule *self, gint64 now, gint64 awake)
{
  gint64 before = self->slept;

  self->slept = now - awake;
  if (before == G_MININT64 || self->slept - before < LEAST_SLEEP)
    return FALSE;
  if (self->started)
    try_anew (self, now);
  return TRUE;
}

/** rounds_sync_schedule_begin: a sync begins; nothing is due before its end. What happens now is for the next one. */
void
rounds_sync_schedule_begin (RoundsSyncSchedule *self)
{
  self->running = TRUE;
  self->try_soon = FALSE;
  self->wanted_at = ROUNDS_SYNC_NEVER;
}

/** rounds_sync_schedule_succeed: the sync went well. */
void
rounds_sync_schedule_succeed (RoundsSyncSchedule *self, gint64 now)
{
  self->running = FALSE;
  self->reached = TRUE;
  self->failures = 0;
  self->waits_until = 0;
  self->forbidden_until = 0;
  plan_poll (self, now);
}

/**
 * rounds_sync_schedule_fail:
 * @error: why the sync failed: with UNAUTHORIZED nothing is due until somebody signs in again
 */
void
rounds_sync_schedule_fail (RoundsSyncSchedule *self, gint64 now, const GError *error)
{
  self->running = FALSE;
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED))
    {
      rounds_sync_schedule_stop (self);
      return;
    }
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED))
    {
      self->waits_until = now + LOCKED_WAIT + (gint64) throw_dice (self, LOCKED_WAIT);
      return;
    }

  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE))
    self->reached = FALSE;
  if (self->try_soon)
    self->waits_until = now + SHORTEST_WAIT + (gint64) throw_dice (self, NETWORK_SPREAD);
  else
    self->waits_until = now + back_off (self, self->failures++, LAST_LIMIT);
  heed (self, now, error);
}

/** rounds_sync_schedule_connecting: a connection for hints is being made. */
void
rounds_sync_schedule_connecting (RoundsSyncSchedule *self)
{
  self->connecting = TRUE;
}

/** rounds_sync_schedule_connected: hints come from now on; what they would have told before is to be found out. */
void
rounds_sync_schedule_connected (RoundsSyncSchedule *self, gint64 now)
{
  self->connecting = FALSE;
  self->connected_since = MAX (now, 1);
  rounds_sync_schedule_hint (self, now);
  plan_poll (self, now);
}

/**
 * rounds_sync_schedule_disconnected:
 * @error: (nullable): why there is no connection, or none any more; with UNAUTHORIZED a sync is due first, which renews
 *   the token or finds out that it cannot
 */
void
rounds_sync_schedule_disconnected (RoundsSyncSchedule *self, gint64 now, const GError *error)
{
  gboolean was_good = self->connected_since != 0 && now - self->connected_since >= GOOD_CONNECTION;

  self->connecting = FALSE;
  if (was_good)
    self->losses = 0;
  if (self->connected_since != 0)
    {
      self->connected_since = 0;
      plan_poll (self, now);
    }
  self->connect_at = now + back_off (self, self->losses++, LAST_CONNECT_LIMIT);
  heed (self, now, error);
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED))
    {
      self->reached = FALSE;
      want (self, now);
    }
}

/** rounds_sync_schedule_get_due: when a sync is to begin; %ROUNDS_SYNC_NEVER while one is under way. */
gint64
rounds_sync_schedule_get_due (RoundsSyncSchedule *self)
{
  gint64 due;

  if (!self->started || self->running)
    return ROUNDS_SYNC_NEVER;
  due = self->waits_until != 0 ? self->waits_until : MIN (self->poll_at, self->wanted_at);
  return MAX (due, self->forbidden_until);
}

/** rounds_sync_schedule_get_connect_due: when to connect to the server's hints: not before a sync got through to it. */
gint64
rounds_sync_schedule_get_connect_due (RoundsSyncSchedule *self)
{
  if (!self->started || !self->reached || self->connecting || self->connected_since != 0)
    return ROUNDS_SYNC_NEVER;
  return MAX (self->connect_at, self->forbidden_until);
}
