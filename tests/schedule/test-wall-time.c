/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, appointments move by an hour when the clocks change, or land on a time that does not exist.
 *
 * The expected values are worked out by hand from the rules of the zones: Amsterdam changes at 01:00 UTC on the last
 * Sundays of March and October; New York at 02:00 local time on the second Sunday of March and the first of November;
 * São Paulo changed at midnight (2018-11-04 and 2019-02-17); Lord Howe moves by half an hour, at 02:00 on the first
 * Sundays of October and April.
 */
#include "rounds-wall-time.h"

#include "rounds-error.h"
#include "rounds-time.h"

typedef struct
{
  const char *zone;
  RoundsWallTime wall;
  RoundsWallTimeKind kind;
  const char *instant;
  const char *later;
} Golden;

static const Golden goldens[] = {
  { "Europe/Amsterdam", { 2026, 1, 15, 10, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-01-15T09:00:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 7, 15, 10, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-07-15T08:00:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 3, 29, 1, 59 }, ROUNDS_WALL_TIME_ORDINARY, "2026-03-29T00:59:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 3, 29, 2, 0 }, ROUNDS_WALL_TIME_SKIPPED, "2026-03-29T01:00:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 3, 29, 2, 30 }, ROUNDS_WALL_TIME_SKIPPED, "2026-03-29T01:30:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 3, 29, 3, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-03-29T01:00:00Z", NULL },
  { "Europe/Amsterdam", { 2026, 10, 25, 1, 59 }, ROUNDS_WALL_TIME_ORDINARY, "2026-10-24T23:59:00Z", NULL },
  { "Europe/Amsterdam",
    { 2026, 10, 25, 2, 30 },
    ROUNDS_WALL_TIME_DOUBLED,
    "2026-10-25T00:30:00Z",
    "2026-10-25T01:30:00Z" },
  { "Europe/Amsterdam", { 2026, 10, 25, 3, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-10-25T02:00:00Z", NULL },
  { "America/New_York", { 2026, 3, 8, 2, 30 }, ROUNDS_WALL_TIME_SKIPPED, "2026-03-08T07:30:00Z", NULL },
  { "America/New_York", { 2026, 3, 8, 3, 30 }, ROUNDS_WALL_TIME_ORDINARY, "2026-03-08T07:30:00Z", NULL },
  { "America/New_York", { 2026, 11, 1, 0, 59 }, ROUNDS_WALL_TIME_ORDINARY, "2026-11-01T04:59:00Z", NULL },
  { "America/New_York",
    { 2026, 11, 1, 1, 30 },
    ROUNDS_WALL_TIME_DOUBLED,
    "2026-11-01T05:30:00Z",
    "2026-11-01T06:30:00Z" },
  { "America/New_York", { 2026, 11, 1, 2, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-11-01T07:00:00Z", NULL },
  { "America/Sao_Paulo", { 2018, 11, 4, 0, 30 }, ROUNDS_WALL_TIME_SKIPPED, "2018-11-04T03:30:00Z", NULL },
  { "America/Sao_Paulo", { 2018, 11, 4, 1, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2018-11-04T03:00:00Z", NULL },
  { "America/Sao_Paulo",
    { 2019, 2, 16, 23, 30 },
    ROUNDS_WALL_TIME_DOUBLED,
    "2019-02-17T01:30:00Z",
    "2019-02-17T02:30:00Z" },
  { "America/Sao_Paulo", { 2026, 1, 15, 10, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-01-15T13:00:00Z", NULL },
  { "Australia/Lord_Howe", { 2026, 10, 4, 2, 15 }, ROUNDS_WALL_TIME_SKIPPED, "2026-10-03T15:45:00Z", NULL },
  { "Australia/Lord_Howe", { 2026, 10, 4, 2, 30 }, ROUNDS_WALL_TIME_ORDINARY, "2026-10-03T15:30:00Z", NULL },
  { "Australia/Lord_Howe", { 2026, 4, 5, 1, 29 }, ROUNDS_WALL_TIME_ORDINARY, "2026-04-04T14:29:00Z", NULL },
  { "Australia/Lord_Howe",
    { 2026, 4, 5, 1, 45 },
    ROUNDS_WALL_TIME_DOUBLED,
    "2026-04-04T14:45:00Z",
    "2026-04-04T15:15:00Z" },
  { "Australia/Lord_Howe", { 2026, 4, 5, 2, 0 }, ROUNDS_WALL_TIME_ORDINARY, "2026-04-04T15:30:00Z", NULL },
  { "UTC", { 1969, 12, 31, 23, 59 }, ROUNDS_WALL_TIME_ORDINARY, "1969-12-31T23:59:00Z", NULL },
};

static void
test_goldens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      const Golden *golden = &goldens[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *instant = NULL;
      g_autofree char *later = NULL;
      RoundsResolvedTime resolved;

      g_test_message ("%s %04d-%02d-%02d %02d:%02d", golden->zone, golden->wall.year, golden->wall.month,
                      golden->wall.day, golden->wall.hour, golden->wall.minute);
      g_assert_true (rounds_wall_time_resolve (&golden->wall, golden->zone, &resolved, &error));
      g_assert_no_error (error);
      instant = rounds_instant_to_string (resolved.instant);
      later = rounds_instant_to_string (resolved.later);
      g_assert_cmpstr (instant, ==, golden->instant);
      g_assert_cmpstr (later, ==, golden->later != NULL ? golden->later : golden->instant);
      g_assert_cmpint (resolved.kind, ==, golden->kind);
    }
}

static void
test_back (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      RoundsResolvedTime resolved;
      RoundsWallTime back;

      g_assert_true (rounds_wall_time_resolve (&goldens[i].wall, goldens[i].zone, &resolved, NULL));
      g_assert_true (rounds_wall_time_from_instant (resolved.instant, goldens[i].zone, &back, NULL));
      if (goldens[i].kind == ROUNDS_WALL_TIME_SKIPPED)
        g_assert_cmpint (rounds_wall_time_compare (&back, &goldens[i].wall), >, 0);
      else
        g_assert_cmpint (rounds_wall_time_compare (&back, &goldens[i].wall), ==, 0);
      g_assert_true (rounds_wall_time_from_instant (resolved.later, goldens[i].zone, &back, NULL));
      if (goldens[i].kind == ROUNDS_WALL_TIME_DOUBLED)
        g_assert_cmpint (rounds_wall_time_compare (&back, &goldens[i].wall), ==, 0);
    }
}

static void
assert_day_length (const char *zone, int year, int month, int day, gint64 expected)
{
  GDate date, next;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  next = date;
  g_date_add_days (&next, 1);
  g_assert_cmpint (rounds_day_start (&next, zone) - rounds_day_start (&date, zone), ==, expected);
}

static void
test_day_lengths (void)
{
  assert_day_length ("Europe/Amsterdam", 2026, 3, 28, 24 * ROUNDS_HOUR);
  assert_day_length ("Europe/Amsterdam", 2026, 3, 29, 23 * ROUNDS_HOUR);
  assert_day_length ("Europe/Amsterdam", 2026, 10, 25, 25 * ROUNDS_HOUR);
  assert_day_length ("America/New_York", 2026, 3, 8, 23 * ROUNDS_HOUR);
  assert_day_length ("America/New_York", 2026, 11, 1, 25 * ROUNDS_HOUR);
  assert_day_length ("America/Sao_Paulo", 2018, 11, 4, 23 * ROUNDS_HOUR);
  assert_day_length ("America/Sao_Paulo", 2019, 2, 16, 25 * ROUNDS_HOUR);
  assert_day_length ("Australia/Lord_Howe", 2026, 10, 4, 23 * ROUNDS_HOUR + 30 * ROUNDS_MINUTE);
  assert_day_length ("Australia/Lord_Howe", 2026, 4, 5, 24 * ROUNDS_HOUR + 30 * ROUNDS_MINUTE);
}

static void
test_refuses (void)
{
  const RoundsWallTime february = { 2026, 2, 29, 10, 0 };
  const RoundsWallTime late = { 2026, 2, 28, 24, 0 };
  const RoundsWallTime fine = { 2026, 2, 28, 23, 59 };
  RoundsResolvedTime resolved;
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_wall_time_resolve (&february, "UTC", &resolved, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rounds_wall_time_is_valid (&late));
  g_assert_false (rounds_wall_time_resolve (&fine, "Europe/Atlantis", &resolved, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_false (rounds_zone_is_known ("Europe/Atlantis"));
  g_assert_false (rounds_zone_is_known (""));
  g_assert_true (rounds_zone_is_known ("Europe/Lisbon"));
}

static void
test_local (void)
{
  g_autofree char *zone = rounds_zone_get_local ();

  g_assert_true (rounds_zone_is_known (zone));
  if (g_getenv ("TZ") != NULL)
    g_assert_cmpstr (zone, ==, g_getenv ("TZ"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/wall-time/goldens", test_goldens);
  g_test_add_func ("/schedule/wall-time/back", test_back);
  g_test_add_func ("/schedule/wall-time/day-lengths", test_day_lengths);
  g_test_add_func ("/schedule/wall-time/refuses", test_refuses);
  g_test_add_func ("/schedule/wall-time/local", test_local);

  return g_test_run ();
}
