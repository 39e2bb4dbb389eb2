/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: a change that waits for hours on a device that is online; or a server, to a thousand
 * devices that come back in the same second after it was down. */

#include "rounds-error.h"
#include "rounds-sync-schedule.h"
#include "rounds-time.h"

#define T0 G_GINT64_CONSTANT (1000000)
#define S ROUNDS_SECOND
#define NEVER ROUNDS_SYNC_NEVER

typedef struct
{
  RoundsSyncSchedule *schedule;
  double dice; /* what chance says */
} Fixture;

static double
random_cb (gpointer data)
{
  return ((Fixture *) data)->dice;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->schedule = rounds_sync_schedule_new (random_cb, fixture);
  fixture->dice = 0.5;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_free (fixture->schedule);
}

#define assert_due(moment) g_assert_cmpint (rounds_sync_schedule_get_due (fixture->schedule), ==, moment)
#define assert_connect_due(moment) \
  g_assert_cmpint (rounds_sync_schedule_get_connect_due (fixture->schedule), ==, moment)

static void
succeed (Fixture *fixture, gint64 now)
{
  rounds_sync_schedule_begin (fixture->schedule);
  assert_due (NEVER);
  rounds_sync_schedule_succeed (fixture->schedule, now);
}

static void
fail (Fixture *fixture, gint64 now, RoundsError code, gint64 retry_after)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_ERROR, (int) code, "For a test.");

  if (retry_after > 0)
    rounds_error_set_retry_after (error, retry_after);
  rounds_sync_schedule_begin (fixture->schedule);
  rounds_sync_schedule_fail (fixture->schedule, now, error);
}

static void
lose (Fixture *fixture, gint64 now, RoundsError code, gint64 retry_after)
{
  g_autoptr (GError) error = g_error_new_literal (ROUNDS_ERROR, (int) code, "For a test.");

  if (retry_after > 0)
    rounds_error_set_retry_after (error, retry_after);
  rounds_sync_schedule_disconnected (fixture->schedule, now, error);
}

static void
test_not_signed_in (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_local_change (fixture->schedule, T0);
  rounds_sync_schedule_hint (fixture->schedule, T0);
  rounds_sync_schedule_network_changed (fixture->schedule, T0);
  assert_due (NEVER);
  assert_connect_due (NEVER);

  rounds_sync_schedule_start (fixture->schedule, T0);
  assert_due (T0);
  rounds_sync_schedule_stop (fixture->schedule);
  assert_due (NEVER);
}

static void
test_local_change (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  succeed (fixture, T0);
  assert_due (T0 + 60 * S);

  /* A form that is saved in steps goes in one; somebody who goes on typing does not hold it up for ever. */
  rounds_sync_schedule_local_change (fixture->schedule, T0 + 10 * S);
  assert_due (T0 + 12 * S);
  rounds_sync_schedule_local_change (fixture->schedule, T0 + 11 * S);
  assert_due (T0 + 12 * S);

  /* What is saved while a sync is under way may have come too late for it. */
  rounds_sync_schedule_begin (fixture->schedule);
  rounds_sync_schedule_local_change (fixture->schedule, T0 + 13 * S);
  assert_due (NEVER);
  rounds_sync_schedule_succeed (fixture->schedule, T0 + 14 * S);
  assert_due (T0 + 15 * S);
  succeed (fixture, T0 + 15 * S);
  assert_due (T0 + 75 * S);
}

static void
test_polling (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  fixture->dice = 0;
  succeed (fixture, T0);
  assert_due (T0 + 54 * S);
  fixture->dice = 0.75;
  succeed (fixture, T0);
  assert_due (T0 + 63 * S);
}

static void
test_full_jitter (Fixture *fixture, gconstpointer data)
{
  static const gint64 limits[] = { 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300 };

  rounds_sync_schedule_start (fixture->schedule, T0);
  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      /* Half of the way from the shortest wait to the limit. */
      fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 0);
      assert_due (T0 + S / 2 + (limits[i] * S - S / 2) / 2);
    }
  fixture->dice = 0;
  fail (fixture, T0, ROUNDS_ERROR_PROTOCOL, 0);
  assert_due (T0 + S / 2);
  fixture->dice = 0.999999;
  fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 0);
  g_assert_cmpint (rounds_sync_schedule_get_due (fixture->schedule), >, T0 + 299 * S);
  g_assert_cmpint (rounds_sync_schedule_get_due (fixture->schedule), <=, T0 + 300 * S);

  /* Neither typing nor a hint cuts that short; afterwards all begins anew. */
  fixture->dice = 0.5;
  fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 0);
  rounds_sync_schedule_local_change (fixture->schedule, T0);
  rounds_sync_schedule_hint (fixture->schedule, T0);
  assert_due (T0 + S / 2 + (300 * S - S / 2) / 2);
  succeed (fixture, T0);
  fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 0);
  assert_due (T0 + S / 2 + (2 * S - S / 2) / 2);
}

static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 90 * S);
  assert_due (T0 + 95 * S); /* not all in the same second */

  /* The server has said it: a new network changes nothing about that. */
  rounds_sync_schedule_network_changed (fixture->schedule, T0 + S);
  assert_due (T0 + 95 * S);
  assert_connect_due (NEVER);

  /* A person may ask all the same; their answer may say something longer or, by default, nothing. */
  fail (fixture, T0 + 2 * S, ROUNDS_ERROR_UNREACHABLE, 0);
  assert_due (T0 + 95 * S);
  succeed (fixture, T0 + 3 * S);
  assert_due (T0 + 63 * S);

  /* A year is a mistake. */
  fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 365 * ROUNDS_DAY);
  assert_due (T0 + ROUNDS_HOUR + 5 * S);
}

static void
test_network (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  succeed (fixture, T0);
  rounds_sync_schedule_network_changed (fixture->schedule, T0 + 5 * S);
  assert_due (T0 + 6 * S);

  for (guint i = 0; i < 8; i++)
    fail (fixture, T0, ROUNDS_ERROR_UNREACHABLE, 0);
  rounds_sync_schedule_network_changed (fixture->schedule, T0 + 5 * S);
  assert_due (T0 + 6 * S);

  /* In the middle of a sync, which fails for that: it is not the ninth failure of the same network. */
  rounds_sync_schedule_begin (fixture->schedule);
  rounds_sync_schedule_network_changed (fixture->schedule, T0 + 10 * S);
  {
    g_autoptr (GError) error = g_error_new_literal (ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, "For a test.");

    rounds_sync_schedule_fail (fixture->schedule, T0 + 11 * S, error);
  }
  assert_due (T0 + 12 * S + S / 2);
}

static void
test_sleep (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  g_assert_false (rounds_sync_schedule_compare_clocks (fixture->schedule, T0, 5000));
  succeed (fixture, T0);
  g_assert_false (rounds_sync_schedule_compare_clocks (fixture->schedule, T0 + 10 * S, 5000 + 10 * S));
  assert_due (T0 + 60 * S);

  g_assert_true (rounds_sync_schedule_compare_clocks (fixture->schedule, T0 + 50 * S, 5000 + 12 * S));
  assert_due (T0 + 51 * S);
  g_assert_false (rounds_sync_schedule_compare_clocks (fixture->schedule, T0 + 50 * S, 5000 + 12 * S));

  /* What was to be waited for went on meanwhile. */
  fail (fixture, T0 + 51 * S, ROUNDS_ERROR_UNREACHABLE, 600 * S);
  g_assert_true (rounds_sync_schedule_compare_clocks (fixture->schedule, T0 + ROUNDS_DAY, 5000 + 14 * S));
  assert_due (T0 + 51 * S + 605 * S); /* which is over */
}

static void
test_sign_in_needed (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  fail (fixture, T0, ROUNDS_ERROR_UNAUTHORIZED, 0);
  rounds_sync_schedule_local_change (fixture->schedule, T0);
  rounds_sync_schedule_network_changed (fixture->schedule, T0);
  assert_due (NEVER);
  assert_connect_due (NEVER);
  rounds_sync_schedule_start (fixture->schedule, T0 + S);
  assert_due (T0 + S);
}

/* rounds-cli is at it: no failure that would make the next wait longer. */
static void
test_locked (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  for (guint i = 0; i < 5; i++)
    {
      fail (fixture, T0, ROUNDS_ERROR_LOCKED, 0);
      assert_due (T0 + S + S / 2);
    }
}

static void
test_hints (Fixture *fixture, gconstpointer data)
{
  rounds_sync_schedule_start (fixture->schedule, T0);
  assert_connect_due (NEVER);
  succeed (fixture, T0);
  assert_connect_due (0);
  rounds_sync_schedule_connecting (fixture->schedule);
  assert_connect_due (NEVER);

  /* What came between the last sync and the connection has had no hint. */
  rounds_sync_schedule_connected (fixture->schedule, T0 + S);
  assert_connect_due (NEVER);
  assert_due (T0 + S + S / 2);
  succeed (fixture, T0 + 2 * S);
  assert_due (T0 + 2 * S + 5 * ROUNDS_MINUTE);

  /* Many hints, one sync; and one more for what came while it was under way. */
  rounds_sync_schedule_hint (fixture->schedule, T0 + 10 * S);
  fixture->dice = 0.9;
  rounds_sync_schedule_hint (fixture->schedule, T0 + 10 * S);
  rounds_sync_schedule_hint (fixture->schedule, T0 + 10 * S + 200);
  assert_due (T0 + 10 * S + 500);
  rounds_sync_schedule_begin (fixture->schedule);
  rounds_sync_schedule_hint (fixture->schedule, T0 + 11 * S);
  rounds_sync_schedule_succeed (fixture->schedule, T0 + 13 * S);
  assert_due (T0 + 11 * S + 900);
}

static void
test_connection_lost (Fixture *fixture, gconstpointer data)
{
  gint64 now = T0 + 10 * ROUNDS_MINUTE;

  rounds_sync_schedule_start (fixture->schedule, T0);
  succeed (fixture, T0);
  rounds_sync_schedule_connected (fixture->schedule, T0);
  succeed (fixture, T0 + S);

  /* Polling takes its place, and it is tried again. */
  lose (fixture, now, ROUNDS_ERROR_UNREACHABLE, 0);
  assert_due (now + 60 * S);
  assert_connect_due (now + S / 2 + (2 * S - S / 2) / 2);
  lose (fixture, now, ROUNDS_ERROR_PROTOCOL, 0); /* a server, or something before it, that knows no hints */
  assert_connect_due (now + S / 2 + (4 * S - S / 2) / 2);
  for (guint i = 0; i < 20; i++)
    lose (fixture, now, ROUNDS_ERROR_PROTOCOL, 0);
  assert_connect_due (now + S / 2 + (900 * S - S / 2) / 2);
  assert_due (now + 60 * S);

  /* A connection that breaks at once is not a good one, one that held is. */
  rounds_sync_schedule_connected (fixture->schedule, now);
  lose (fixture, now + S, ROUNDS_ERROR_UNREACHABLE, 0);
  assert_connect_due (now + S + S / 2 + (900 * S - S / 2) / 2);
  rounds_sync_schedule_connected (fixture->schedule, now);
  now += 2 * ROUNDS_MINUTE;
  lose (fixture, now, ROUNDS_ERROR_UNREACHABLE, 0);
  assert_connect_due (now + S / 2 + (2 * S - S / 2) / 2);

  succeed (fixture, now);
  assert_due (now + 60 * S);

  /* The token has run out: a sync renews it, or finds out that the session has ended, and tells the person. */
  lose (fixture, now, ROUNDS_ERROR_UNAUTHORIZED, 0);
  assert_due (now);
  assert_connect_due (NEVER);
  succeed (fixture, now);
  g_assert_cmpint (rounds_sync_schedule_get_connect_due (fixture->schedule), <, now + 5 * S);

  lose (fixture, now, ROUNDS_ERROR_UNREACHABLE, 300 * S);
  assert_connect_due (now + 305 * S);
}

int
main (int argc, char **argv)
{
#define ADD(path, function) g_test_add ("/sync-schedule/" path, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);

  ADD ("not-signed-in", test_not_signed_in);
  ADD ("local-change", test_local_change);
  ADD ("polling", test_polling);
  ADD ("full-jitter", test_full_jitter);
  ADD ("retry-after", test_retry_after);
  ADD ("network", test_network);
  ADD ("sleep", test_sleep);
  ADD ("sign-in-needed", test_sign_in_needed);
  ADD ("locked", test_locked);
  ADD ("hints", test_hints);
  ADD ("connection-lost", test_connection_lost);

  return g_test_run ();
}
