/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-time.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/**
 * rounds_time_now:
 *
 * Returns: the wall clock in milliseconds since 1970-01-01T00:00:00Z
 */
gint64
rounds_time_now (void)
{
  return g_get_real_time () / 1000;
}

/**
 * rounds_instant_parse:
 * @text: (nullable): a date and time with an offset or `Z` (RFC 3339)
 * @instant: (out): milliseconds since the epoch, UTC; untouched on failure
 *
 * A time without an offset is refused: nobody could say which instant it is.
 *
 * Returns: %TRUE if @text is an instant
 */
gboolean
rounds_instant_parse (const char *text, gint64 *instant)
{
  g_autoptr (GDateTime) moment = NULL;

  if (text == NULL || strlen (text) < 20)
    return FALSE;

  moment = g_date_time_new_from_iso8601 (text, NULL);
  if (moment == NULL)
    return FALSE;

  *instant = g_date_time_to_unix (moment) * 1000 + g_date_time_get_microsecond (moment) / 1000;
  return TRUE;
}

#define FIRST_SECOND G_GINT64_CONSTANT (-62135596800) /* 0001-01-01T00:00:00Z */
#define LAST_SECOND G_GINT64_CONSTANT (253402300799)  /* 9999-12-31T23:59:59Z */

/* Writes @value with @n digits and @end behind them; returns the place behind that. */
static char *
put_number (char *text, int value, int n, char end)
{
  for (int i = n - 1; i >= 0; i--, value /= 10)
    text[i] = (char) ('0' + value % 10);
  text[n] = end;
  return text + n + 1;
}

/**
 * rounds_instant_to_string:
 * @instant: milliseconds since the epoch, UTC
 *
 * Returns: (transfer full): @instant as RFC 3339 in UTC, with milliseconds only where there are some; "" before the
 *   year 1 and behind the year 9999
 */
char *
rounds_instant_to_string (gint64 instant)
{
  time_t seconds = (time_t) (instant / 1000);
  int ms = (int) (instant % 1000);
  struct tm moment;
  char text[sizeof "2026-01-01T00:00:00.000Z"];
  char *end = text;

  if (ms < 0)
    {
      ms += 1000;
      seconds--;
    }
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND)
    return g_strdup ("");

  /* Neither by GDateTime nor by printf(), which take many times as long: this is in every line of the log and in every
   * record on the wire. */
  gmtime_r (&seconds, &moment);
  end = put_number (end, moment.tm_year + 1900, 4, '-');
  end = put_number (end, moment.tm_mon + 1, 2, '-');
  end = put_number (end, moment.tm_mday, 2, 'T');
  end = put_number (end, moment.tm_hour, 2, ':');
  end = put_number (end, moment.tm_min, 2, ':');
  end = put_number (end, moment.tm_sec, 2, ms > 0 ? '.' : 'Z');
  if (ms > 0)
    end = put_number (end, ms, 3, 'Z');
  return g_strndup (text, (gsize) (end - text));
}

/**
 * rounds_instant_to_local:
 * @instant: milliseconds since the epoch, UTC
 * @zone: (nullable): a zone, or %NULL for the user's own
 *
 * Returns: (transfer full): the wall time of @instant in @zone
 */
GDateTime *
rounds_instant_to_local (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (instant * 1000);

  if (utc == NULL)
    return NULL;
  return zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_to_local (utc);
}

/* Whether @text has the shape of @pattern, in which 0 stands for a digit and anything else for itself. Unlike sscanf(),
 * takes no blanks and no signs. */
static gboolean
has_shape (const char *text, const char *pattern)
{
  for (; *pattern != '\0'; text++, pattern++)
    if (*pattern == '0' ? !g_ascii_isdigit (*text) : *text != *pattern)
      return FALSE;
  return *text == '\0';
}

/**
 * rounds_date_is_valid:
 * @text: (nullable): any text
 *
 * Returns: %TRUE if @text is a day of the Gregorian calendar written `YYYY-MM-DD`
 */
gboolean
rounds_date_is_valid (const char *text)
{
  int year, month, day;

  if (text == NULL || !has_shape (text, "0000-00-00"))
    return FALSE;
  year = atoi (text);
  month = atoi (text + 5);
  day = atoi (text + 8);
  return year >= 1 && month >= 1 && month <= 12 && day >= 1
         && day <= g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year);
}

/**
 * rounds_local_time_is_valid:
 * @text: (nullable): any text
 *
 * Returns: %TRUE if @text is a wall time written `HH:MM`, 24 hours; `24:00` is the end of a day
 */
gboolean
rounds_local_time_is_valid (const char *text)
{
  int hour, minute;

  if (text == NULL || !has_shape (text, "00:00"))
    return FALSE;
  hour = atoi (text);
  minute = atoi (text + 3);
  return minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
}
