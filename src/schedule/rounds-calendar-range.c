/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-calendar-range.h"

#include <langinfo.h>

#include "rounds-wall-time.h"

/**
 * rounds_interval_overlaps:
 * @a: an interval
 * @b: another
 *
 * Returns: %TRUE if there is an instant in both; an empty interval has none
 */
gboolean
rounds_interval_overlaps (const RoundsInterval *a, const RoundsInterval *b)
{
  return a->start < a->end && b->start < b->end && a->start < b->end && b->start < a->end;
}

static guint
count_days_since (const GDate *day, GDateWeekday first_weekday)
{
  return (guint) (g_date_get_weekday (day) + 7 - first_weekday) % 7;
}

/**
 * rounds_day_range_init_month:
 * @self: (out): the days
 * @day: any day of the month
 * @first_weekday: on which weekday a week begins
 *
 * The whole weeks (4 to 6) that hold a month, as a month view shows them.
 */
void
rounds_day_range_init_month (RoundsDayRange *self, const GDate *day, GDateWeekday first_weekday)
{
  GDateYear year = g_date_get_year (day);
  GDateMonth month = g_date_get_month (day);
  guint lead;

  g_date_clear (&self->first, 1);
  g_date_set_dmy (&self->first, 1, month, year);
  lead = count_days_since (&self->first, first_weekday);
  self->n_days = (lead + g_date_get_days_in_month (month, year) + 6) / 7 * 7;
  g_date_subtract_days (&self->first, lead);
}

/**
 * rounds_day_range_init_week:
 * @self: (out): the days
 * @day: any day of the week
 * @first_weekday: on which weekday a week begins
 */
void
rounds_day_range_init_week (RoundsDayRange *self, const GDate *day, GDateWeekday first_weekday)
{
  self->first = *day;
  self->n_days = 7;
  g_date_subtract_days (&self->first, count_days_since (day, first_weekday));
}

/**
 * rounds_day_range_init_days:
 * @self: (out): the days
 * @first: the first day
 * @n_days: how many
 */
void
rounds_day_range_init_days (RoundsDayRange *self, const GDate *first, guint n_days)
{
  self->first = *first;
  self->n_days = n_days;
}

/**
 * rounds_day_range_equal:
 * @a: a range
 * @b: another
 *
 * Returns: %TRUE if both are the same days
 */
gboolean
rounds_day_range_equal (const RoundsDayRange *a, const RoundsDayRange *b)
{
  return a->n_days == b->n_days && g_date_valid (&a->first) && g_date_valid (&b->first)
         && g_date_compare (&a->first, &b->first) == 0;
}

/**
 * rounds_day_range_contains:
 * @self: a range
 * @day: a valid day
 *
 * Returns: %TRUE if @day is one of the days
 */
gboolean
rounds_day_range_contains (const RoundsDayRange *self, const GDate *day)
{
  int index = rounds_day_range_get_index (self, day);

  return index >= 0 && index < (int) self->n_days;
}

/**
 * rounds_day_range_get_day:
 * @self: a range
 * @index: how many days after the first one
 * @day: (out): that day
 */
void
rounds_day_range_get_day (const RoundsDayRange *self, guint index, GDate *day)
{
  *day = self->first;
  g_date_add_days (day, index);
}

/**
 * rounds_day_range_get_index:
 * @self: a range
 * @day: a valid day, which need not be within
 *
 * Returns: how many days @day is after the first one; negative before it
 */
int
rounds_day_range_get_index (const RoundsDayRange *self, const GDate *day)
{
  return g_date_days_between (&self->first, day);
}

/**
 * rounds_day_range_get_interval:
 * @self: a range
 * @zone: an IANA zone; an unknown one counts as UTC
 * @interval: (out): from the start of the first day to the start of the day after the last
 *
 * Days on which the clocks change are as long as they are: 23 or 25 hours.
 */
void
rounds_day_range_get_interval (const RoundsDayRange *self, const char *zone, RoundsInterval *interval)
{
  GDate end;

  rounds_day_range_get_day (self, self->n_days, &end);
  interval->start = rounds_day_start (&self->first, zone);
  interval->end = rounds_day_start (&end, zone);
}

/**
 * rounds_interval_get_days:
 * @self: an interval
 * @zone: an IANA zone; an unknown one counts as UTC
 * @days: (out): the days that it touches, at least one
 *
 * What ends at midnight does not touch the day that begins then.
 */
void
rounds_interval_get_days (const RoundsInterval *self, const char *zone, RoundsDayRange *days)
{
  RoundsWallTime first, last;
  GDate last_day;
  const char *known = rounds_zone_is_known (zone) ? zone : "UTC";

  if (!rounds_wall_time_from_instant (self->start, known, &first, NULL)
      || !rounds_wall_time_from_instant (MAX (self->start, self->end - 1), known, &last, NULL))
    {
      g_date_clear (&days->first, 1);
      g_date_set_dmy (&days->first, 1, G_DATE_JANUARY, 1970);
      days->n_days = 1;
      return;
    }

  rounds_wall_time_get_date (&first, &days->first);
  rounds_wall_time_get_date (&last, &last_day);
  days->n_days = (guint) g_date_days_between (&days->first, &last_day) + 1;
}

/**
 * rounds_locale_get_first_weekday:
 *
 * On which weekday a week begins in the user's locale (LC_TIME).
 *
 * Returns: a weekday; Monday where the system does not say (ISO 8601)
 */
GDateWeekday
rounds_locale_get_first_weekday (void)
{
#ifdef __GLIBC__
  /* glibc gives the number itself in place of the pointer for the second, and a pointer to one byte for the first. */
  guint first = (guchar) *nl_langinfo (_NL_TIME_FIRST_WEEKDAY);
  guint week_1stday = GPOINTER_TO_UINT (nl_langinfo (_NL_TIME_WEEK_1STDAY));
  /* 19971130 was a Sunday, 19971201 a Monday. */
  guint base = week_1stday == 19971201 ? 1 : 0;
  guint sunday_is_0 = (base + first - 1) % 7;

  if (first >= 1 && first <= 7)
    return sunday_is_0 == 0 ? G_DATE_SUNDAY : (GDateWeekday) sunday_is_0;
#endif
  return G_DATE_MONDAY;
}
