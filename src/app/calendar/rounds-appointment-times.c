/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-times.h"

#include <glib/gi18n-lib.h>

#include "rounds-calendar-model.h"
#include "rounds-error.h"
#include "rounds-overlap.h"

#define FIRST_HOUR 9

/* The zone that an appointment's days are counted in: its own for whole days, else the user's. */
static const char *
choose_zone (RoundsRecord *appointment, gboolean all_day, const char *local)
{
  const char *own = rounds_record_get_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE);

  return all_day && rounds_record_get_boolean (appointment, ROUNDS_APPOINTMENT_ALL_DAY) && rounds_zone_is_known (own)
           ? own
           : local;
}

/**
 * rounds_appointment_times_load:
 * @self: (out): the times
 * @appointment: an appointment with a start and an end
 * @zone: the user's IANA zone
 */
void
rounds_appointment_times_load (RoundsAppointmentTimes *self, RoundsRecord *appointment, const char *zone)
{
  RoundsInterval interval;
  RoundsDayRange days;
  RoundsWallTime start = { 0 };
  RoundsWallTime end = { 0 };

  self->all_day = rounds_record_get_boolean (appointment, ROUNDS_APPOINTMENT_ALL_DAY);
  rounds_appointment_get_interval (appointment, &interval);
  rounds_interval_get_days (&interval, choose_zone (appointment, self->all_day, zone), &days);
  self->first_day = days.first;
  rounds_day_range_get_day (&days, days.n_days - 1, &self->last_day);
  if (self->all_day)
    {
      /* For when the user makes it one with times. */
      self->start_minute = FIRST_HOUR * 60;
      self->end_minute = self->start_minute + 30;
      return;
    }
  rounds_wall_time_from_instant (interval.start, zone, &start, NULL);
  rounds_wall_time_from_instant (interval.end, zone, &end, NULL);
  self->start_minute = start.hour * 60 + start.minute;
  self->end_minute = end.hour * 60 + end.minute;
}

static gboolean
check_interval (const RoundsInterval *interval, const RoundsAppointmentTimes *times, GError **error)
{
  if (interval->end <= interval->start)
    {
      if (times->all_day)
        rounds_set_field_error (error, "end_at", "%s", _ ("The last day is before the first."));
      else
        rounds_set_field_error (error, "end_at", "%s", _ ("The end is not after the start."));
      return FALSE;
    }
  if (g_date_days_between (&times->first_day, &times->last_day) >= ROUNDS_APPOINTMENT_MOST_DAYS)
    {
      rounds_set_field_error (error, "end_at",
                              ngettext ("An appointment lasts at most %d day.", "An appointment lasts at most %d days.",
                                        ROUNDS_APPOINTMENT_MOST_DAYS),
                              ROUNDS_APPOINTMENT_MOST_DAYS);
      return FALSE;
    }
  return TRUE;
}

static gboolean
resolve_minute (const GDate *day, int minute, const char *zone, RoundsResolvedTime *resolved, GError **error)
{
  RoundsWallTime wall = { .hour = minute / 60, .minute = minute % 60 };

  rounds_wall_time_set_date (&wall, day);
  return rounds_wall_time_resolve (&wall, zone, resolved, error);
}

static gboolean
resolve (const RoundsAppointmentTimes *self, const char *zone, RoundsInterval *interval, RoundsWallTimeKind *kind,
         GError **error)
{
  RoundsResolvedTime start, end;
  GDate end_day = self->last_day;

  *kind = ROUNDS_WALL_TIME_ORDINARY;
  if (self->all_day)
    {
      RoundsDayRange days;

      if (g_date_compare (&self->last_day, &self->first_day) < 0)
        {
          interval->start = interval->end = 0;
          return TRUE;
        }
      rounds_day_range_init_days (&days, &self->first_day,
                                  (guint) g_date_days_between (&self->first_day, &self->last_day) + 1);
      rounds_day_range_get_interval (&days, zone, interval);
      return TRUE;
    }

  /* "Until midnight" is the end of the day. */
  if (self->end_minute == 0 && self->start_minute > 0)
    g_date_add_days (&end_day, 1);
  if (!resolve_minute (&self->first_day, self->start_minute, zone, &start, error)
      || !resolve_minute (&end_day, self->end_minute, zone, &end, error))
    return FALSE;
  *kind = start.kind;
  interval->start = start.instant;
  /* In the hour that happens twice, what begins in the first may end in the second. */
  interval->end = end.instant > start.instant ? end.instant : end.later;
  return TRUE;
}

/**
 * rounds_appointment_times_store:
 * @self: times
 * @appointment: the appointment to write them into; unchanged on failure and where they are what it has
 * @zone: the user's IANA zone
 * @kind: (out): whether the start is a time that the clocks skip or double; the appointment is then at the instant that
 *   rounds_wall_time_resolve() says
 * @error: %ROUNDS_ERROR_INVALID with the field "end_at" where the times make no sense
 *
 * Returns: %TRUE on success
 */
gboolean
rounds_appointment_times_store (const RoundsAppointmentTimes *self, RoundsRecord *appointment, const char *zone,
                                RoundsWallTimeKind *kind, GError **error)
{
  g_autofree char *used = g_strdup (choose_zone (appointment, self->all_day, zone));
  RoundsInterval interval, before;

  if (!resolve (self, used, &interval, kind, error) || !check_interval (&interval, self, error))
    return FALSE;

  rounds_appointment_get_interval (appointment, &before);
  /* Seconds, which a form does not show, are no reason to move it. */
  if (self->all_day != rounds_record_get_boolean (appointment, ROUNDS_APPOINTMENT_ALL_DAY)
      || interval.start != before.start - before.start % 60000 || interval.end != before.end - before.end % 60000)
    {
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, interval.start);
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, interval.end);
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_ALL_DAY, self->all_day);
      rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, used);
    }
  return TRUE;
}
