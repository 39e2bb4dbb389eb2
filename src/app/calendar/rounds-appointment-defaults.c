/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* What a new appointment begins with, so that a rep has little to type. */

#include "rounds-appointment-defaults.h"

#include <glib/gi18n-lib.h>

#include "rounds-time.h"
#include "rounds-wall-time.h"

/* When the first visit of another day usually is. */
#define FIRST_HOUR 9
#define LAST_HOUR 18
#define USUAL_LENGTH (30 * ROUNDS_MINUTE)

/* Today: the next full hour, not before the morning; any other day: its morning. */
static gint64
choose_start (const GDate *day, const char *zone)
{
  RoundsWallTime now = { 0 };
  RoundsWallTime wall = { 0 };
  RoundsResolvedTime resolved = { 0 };
  GDate today;

  rounds_wall_time_set_date (&wall, day);
  wall.hour = FIRST_HOUR;
  if (rounds_wall_time_from_instant (rounds_time_now (), zone, &now, NULL))
    {
      rounds_wall_time_get_date (&now, &today);
      if (g_date_compare (day, &today) == 0)
        wall.hour = CLAMP (now.hour + 1, FIRST_HOUR, 23);
    }
  if (!rounds_wall_time_resolve (&wall, zone, &resolved, NULL))
    return rounds_day_start (day, zone);
  return resolved.instant;
}

/**
 * rounds_appointment_fill:
 * @context: the context
 * @appointment: a new appointment, some of whose fields may be set
 *
 * Gives what is still empty its usual value: the next full hour of a working day for half an hour, the user's zone and
 * name.
 */
void
rounds_appointment_fill (RoundsAppContext *context, RoundsRecord *appointment)
{
  g_autofree char *zone = rounds_zone_get_local ();
  const RoundsUuid *staff = rounds_app_context_get_staff (context);

  if (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_TIME_ZONE))
    rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, zone);
  if (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_STAFF) && staff != NULL)
    rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_STAFF, staff);
  if (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_START_AT))
    {
      RoundsWallTime now;
      GDate today;

      rounds_wall_time_from_instant (rounds_time_now (), zone, &now, NULL);
      rounds_wall_time_get_date (&now, &today);
      if (now.hour >= LAST_HOUR)
        g_date_add_days (&today, 1);
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, choose_start (&today, zone));
    }
  if (rounds_record_is_null (appointment, ROUNDS_APPOINTMENT_END_AT))
    rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT,
                               rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT) + USUAL_LENGTH);
}

/**
 * rounds_appointment_new_on_day:
 * @context: the context
 * @day: the day on which it shall be
 *
 * Returns: (transfer full): a new appointment, not saved
 */
RoundsRecord *
rounds_appointment_new_on_day (RoundsAppContext *context, const GDate *day)
{
  g_autofree char *zone = rounds_zone_get_local ();

  return rounds_appointment_new_at (context, choose_start (day, zone));
}

/**
 * rounds_appointment_new_at:
 * @context: the context
 * @start: ms UTC
 *
 * Returns: (transfer full): a new appointment, not saved
 */
RoundsRecord *
rounds_appointment_new_at (RoundsAppContext *context, gint64 start)
{
  RoundsRecord *appointment = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_appointment_fill (context, appointment);
  return appointment;
}
