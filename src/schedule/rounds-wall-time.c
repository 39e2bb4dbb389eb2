/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-wall-time.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-time.h"

/* The Julian day (as GDate counts, 1 being 0001-01-01) of 1970-01-01. */
#define EPOCH_JULIAN 719163

static GTimeZone *
open_zone (const char *zone, GError **error)
{
  g_autoptr (GTimeZone) opened = zone != NULL && *zone != '\0' ? g_time_zone_new_identifier (zone) : NULL;

  if (opened == NULL)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("“%s” is not a known time zone."),
                 zone != NULL ? zone : "");
  return g_steal_pointer (&opened);
}

/* Milliseconds that the zone's clocks are ahead of UTC at an instant. */
static gint64
get_offset (GTimeZone *zone, gint64 instant)
{
  gint64 seconds = instant / ROUNDS_SECOND - (instant % ROUNDS_SECOND < 0 ? 1 : 0);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds);

  return g_time_zone_get_offset (zone, interval) * ROUNDS_SECOND;
}

/* The wall time as if it were UTC. */
static gint64
count_naive (const RoundsWallTime *wall)
{
  GDate date;

  rounds_wall_time_get_date (wall, &date);
  return ((gint64) g_date_get_julian (&date) - EPOCH_JULIAN) * ROUNDS_DAY + wall->hour * ROUNDS_HOUR
         + wall->minute * ROUNDS_MINUTE;
}

static void
resolve_in (const RoundsWallTime *self, GTimeZone *zone, RoundsResolvedTime *resolved)
{
  gint64 naive = count_naive (self);
  /* No zone changes its clocks twice within two days, and none is further from UTC than a day. */
  gint64 before = get_offset (zone, naive - ROUNDS_DAY);
  gint64 after = get_offset (zone, naive + ROUNDS_DAY);
  gint64 by_before = naive - before;
  gint64 by_after = naive - after;
  gboolean before_holds = get_offset (zone, by_before) == before;
  gboolean after_holds = get_offset (zone, by_after) == after;

  resolved->kind = ROUNDS_WALL_TIME_ORDINARY;
  if (before_holds && after_holds)
    {
      resolved->instant = by_before;
      resolved->later = by_after;
      if (by_before != by_after)
        resolved->kind = ROUNDS_WALL_TIME_DOUBLED;
      return;
    }
  if (!before_holds && !after_holds)
    resolved->kind = ROUNDS_WALL_TIME_SKIPPED;
  /* A skipped time counts with the offset before the gap, as RFC 5545, 3.3.5 has it. */
  resolved->instant = after_holds ? by_after : by_before;
  resolved->later = resolved->instant;
}

/**
 * rounds_wall_time_is_valid:
 * @self: a wall time
 *
 * Returns: %TRUE if there is such a day and such a minute in it; whether the clocks jump over it is not asked here
 */
gboolean
rounds_wall_time_is_valid (const RoundsWallTime *self)
{
  return self->year >= 1 && self->year <= 9999 && self->month >= 1 && self->month <= 12 && self->day >= 1
         && self->day <= g_date_get_days_in_month ((GDateMonth) self->month, (GDateYear) self->year) && self->hour >= 0
         && self->hour < 24 && self->minute >= 0 && self->minute < 60;
}

/**
 * rounds_wall_time_compare:
 * @a: a valid wall time
 * @b: another
 *
 * Compares what the clocks show, not the instants.
 *
 * Returns: below, equal to or above 0 as @a is before, equal to or after @b
 */
int
rounds_wall_time_compare (const RoundsWallTime *a, const RoundsWallTime *b)
{
  gint64 first = count_naive (a);
  gint64 second = count_naive (b);

  return first < second ? -1 : first > second ? 1 : 0;
}

/**
 * rounds_wall_time_resolve:
 * @self: a wall time
 * @zone: an IANA zone, e.g. `Europe/Amsterdam`
 * @resolved: (out): which instants it stands for
 * @error: %ROUNDS_ERROR_INVALID if there is no such day or no such zone
 *
 * Finds the instant of a wall time. Where the clocks skip it, @resolved is the time moved forward by the length of the
 * gap; where they double it, both instants are given and the earlier one is the default (RFC 5545, 3.3.5). Any thread.
 *
 * Returns: %TRUE on success
 */
gboolean
rounds_wall_time_resolve (const RoundsWallTime *self, const char *zone, RoundsResolvedTime *resolved, GError **error)
{
  g_autoptr (GTimeZone) opened = NULL;

  if (!rounds_wall_time_is_valid (self))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("There is no such date or time."));
      return FALSE;
    }
  opened = open_zone (zone, error);
  if (opened == NULL)
    return FALSE;

  resolve_in (self, opened, resolved);
  return TRUE;
}

/**
 * rounds_wall_time_from_instant:
 * @instant: ms UTC
 * @zone: an IANA zone
 * @wall: (out): what the clocks of @zone show then; seconds are cut off
 * @error: %ROUNDS_ERROR_INVALID if there is no such zone or the year is not between 1 and 9999
 *
 * Returns: %TRUE on success
 */
gboolean
rounds_wall_time_from_instant (gint64 instant, const char *zone, RoundsWallTime *wall, GError **error)
{
  g_autoptr (GTimeZone) opened = open_zone (zone, error);
  g_autoptr (GDateTime) moment = NULL;

  if (opened == NULL)
    return FALSE;
  moment = rounds_instant_to_local (instant, opened);
  if (moment == NULL)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("There is no such date or time."));
      return FALSE;
    }

  g_date_time_get_ymd (moment, &wall->year, &wall->month, &wall->day);
  wall->hour = g_date_time_get_hour (moment);
  wall->minute = g_date_time_get_minute (moment);
  return TRUE;
}

/**
 * rounds_wall_time_set_date:
 * @self: a wall time, whose hour and minute stay
 * @date: a valid date
 */
void
rounds_wall_time_set_date (RoundsWallTime *self, const GDate *date)
{
  self->year = g_date_get_year (date);
  self->month = (int) g_date_get_month (date);
  self->day = g_date_get_day (date);
}

/**
 * rounds_wall_time_get_date:
 * @self: a valid wall time
 * @date: (out): its day
 */
void
rounds_wall_time_get_date (const RoundsWallTime *self, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) self->day, (GDateMonth) self->month, (GDateYear) self->year);
}

/**
 * rounds_day_start:
 * @date: a valid date
 * @zone: an IANA zone; an unknown one counts as UTC
 *
 * The instant at which a day begins. Where the clocks jump over midnight (São Paulo until 2018) the day begins when
 * the jump ends; where midnight happens twice, at the first.
 *
 * Returns: ms UTC
 */
gint64
rounds_day_start (const GDate *date, const char *zone)
{
  RoundsWallTime midnight = { 0 };
  RoundsResolvedTime resolved;

  rounds_wall_time_set_date (&midnight, date);
  if (!rounds_wall_time_resolve (&midnight, zone, &resolved, NULL))
    return count_naive (&midnight);
  return resolved.instant;
}

/**
 * rounds_zone_is_known:
 * @zone: (nullable): a name
 *
 * Returns: %TRUE if @zone is a time zone that this system knows
 */
gboolean
rounds_zone_is_known (const char *zone)
{
  g_autoptr (GTimeZone) opened = zone != NULL && *zone != '\0' ? g_time_zone_new_identifier (zone) : NULL;

  return opened != NULL;
}

/**
 * rounds_zone_get_local:
 *
 * The user's own zone. A system that says its offset but not its zone's name (a bare container) is taken as UTC, which
 * is what it then runs in.
 *
 * Returns: (transfer full): an IANA zone
 */
char *
rounds_zone_get_local (void)
{
  g_autoptr (GTimeZone) local = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (local);

  return g_strdup (rounds_zone_is_known (name) && !g_path_is_absolute (name) ? name : "UTC");
}
