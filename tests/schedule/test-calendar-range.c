/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, the calendar shows the wrong days, or an appointment on a day to which it does not belong.
 */
#include "rounds-calendar-range.h"

#include <locale.h>

#include "rounds-time.h"

static GDate
make_date (int year, int month, int day)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return date;
}

static void
assert_range (const RoundsDayRange *range, int year, int month, int day, guint n_days)
{
  GDate expected = make_date (year, month, day);

  g_assert_cmpint (g_date_compare (&range->first, &expected), ==, 0);
  g_assert_cmpuint (range->n_days, ==, n_days);
}

static void
test_month (void)
{
  GDate day = make_date (2026, 11, 20);
  RoundsDayRange range;

  /* November 2026 begins on a Sunday and ends on a Monday. */
  rounds_day_range_init_month (&range, &day, G_DATE_MONDAY);
  assert_range (&range, 2026, 10, 26, 42);
  rounds_day_range_init_month (&range, &day, G_DATE_SUNDAY);
  assert_range (&range, 2026, 11, 1, 35);
  rounds_day_range_init_month (&range, &day, G_DATE_SATURDAY);
  assert_range (&range, 2026, 10, 31, 35);
  /* February 2021 was four weeks from Monday to Sunday. */
  day = make_date (2021, 2, 14);
  rounds_day_range_init_month (&range, &day, G_DATE_MONDAY);
  assert_range (&range, 2021, 2, 1, 28);
}

static void
test_week (void)
{
  GDate friday = make_date (2027, 1, 1);
  GDate day;
  RoundsDayRange range;

  rounds_day_range_init_week (&range, &friday, G_DATE_MONDAY);
  assert_range (&range, 2026, 12, 28, 7);
  rounds_day_range_init_week (&range, &friday, G_DATE_SUNDAY);
  assert_range (&range, 2026, 12, 27, 7);
  g_assert_true (rounds_day_range_contains (&range, &friday));
  g_assert_cmpint (rounds_day_range_get_index (&range, &friday), ==, 5);
  day = make_date (2027, 1, 3);
  g_assert_false (rounds_day_range_contains (&range, &day));
  day = make_date (2026, 12, 26);
  g_assert_false (rounds_day_range_contains (&range, &day));
}

static void
test_interval_of_days (void)
{
  GDate sunday = make_date (2026, 10, 25);
  RoundsDayRange range;
  RoundsInterval interval;
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  rounds_day_range_init_week (&range, &sunday, G_DATE_MONDAY);
  rounds_day_range_get_interval (&range, "Europe/Amsterdam", &interval);
  start = rounds_instant_to_string (interval.start);
  end = rounds_instant_to_string (interval.end);
  g_assert_cmpstr (start, ==, "2026-10-18T22:00:00Z");
  g_assert_cmpstr (end, ==, "2026-10-25T23:00:00Z");
}

static void
test_days_of_interval (void)
{
  RoundsInterval interval;
  RoundsDayRange days;

  /* 23:00 to midnight in Amsterdam: one day; a minute more: two. */
  g_assert_true (rounds_instant_parse ("2026-11-20T22:00:00Z", &interval.start));
  g_assert_true (rounds_instant_parse ("2026-11-20T23:00:00Z", &interval.end));
  rounds_interval_get_days (&interval, "Europe/Amsterdam", &days);
  assert_range (&days, 2026, 11, 20, 1);
  interval.end += ROUNDS_MINUTE;
  rounds_interval_get_days (&interval, "Europe/Amsterdam", &days);
  assert_range (&days, 2026, 11, 20, 2);
  /* The same in New York is the afternoon. */
  rounds_interval_get_days (&interval, "America/New_York", &days);
  assert_range (&days, 2026, 11, 20, 1);
  /* Without any length it still has its day. */
  interval.end = interval.start;
  rounds_interval_get_days (&interval, "Asia/Tokyo", &days);
  assert_range (&days, 2026, 11, 21, 1);
}

static void
test_half_open (void)
{
  const RoundsInterval morning = { 9, 10 };
  const RoundsInterval next = { 10, 11 };
  const RoundsInterval across = { 9, 11 };
  const RoundsInterval empty = { 10, 10 };

  g_assert_false (rounds_interval_overlaps (&morning, &next));
  g_assert_false (rounds_interval_overlaps (&next, &morning));
  g_assert_true (rounds_interval_overlaps (&morning, &across));
  g_assert_true (rounds_interval_overlaps (&across, &next));
  g_assert_false (rounds_interval_overlaps (&across, &empty));
}

static void
test_first_weekday (void)
{
  static const struct
  {
    const char *locale;
    GDateWeekday expected;
  } goldens[] = {
    { "nl_NL.UTF-8", G_DATE_MONDAY },   { "de_DE.UTF-8", G_DATE_MONDAY }, { "tr_TR.UTF-8", G_DATE_MONDAY },
    { "en_GB.UTF-8", G_DATE_MONDAY },   { "en_US.UTF-8", G_DATE_SUNDAY }, { "pt_BR.UTF-8", G_DATE_SUNDAY },
    { "ar_EG.UTF-8", G_DATE_SATURDAY },
  };
  guint n_tried = 0;

  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    {
      if (setlocale (LC_TIME, goldens[i].locale) == NULL)
        continue;
      n_tried++;
      g_assert_cmpint (rounds_locale_get_first_weekday (), ==, goldens[i].expected);
    }
  setlocale (LC_TIME, "");
  if (n_tried == 0)
    g_test_skip ("none of the locales is installed");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/calendar-range/month", test_month);
  g_test_add_func ("/schedule/calendar-range/week", test_week);
  g_test_add_func ("/schedule/calendar-range/interval-of-days", test_interval_of_days);
  g_test_add_func ("/schedule/calendar-range/days-of-interval", test_days_of_interval);
  g_test_add_func ("/schedule/calendar-range/half-open", test_half_open);
  g_test_add_func ("/schedule/calendar-range/first-weekday", test_first_weekday);

  return g_test_run ();
}
