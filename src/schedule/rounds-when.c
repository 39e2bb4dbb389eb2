/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days and times of day that stand alone, as in the rows of a form: read as people write them, in the words and by the
 * rules of the one-line entry (N11), and written as the locale has them, so that what is shown can be read again. */

#include "config.h"

#include "rounds-when.h"

#include <langinfo.h>
#include <string.h>

#include "rounds-wall-time.h"

#define MINUTES_OF_HOUR 60
#define NOON (12 * MINUTES_OF_HOUR)

static guint
read_day (RoundsWhen *self, const RoundsLineContext *context, const RoundsLineWords *words, guint i, RoundsTense tense)
{
  guint n = self->has_date ? 0 : rounds_line_match_date (context, words, i, tense, &self->date);

  self->has_date |= n > 0;
  return n;
}

static guint
read_time (RoundsWhen *self, const RoundsLineContext *context, const RoundsLineWords *words, guint i)
{
  int minute;
  guint n = self->minute >= 0 ? 0 : rounds_line_match_time (context, words, i, &minute);

  if (n > 0)
    self->minute = minute;
  return n;
}

static guint
read_short_day (RoundsWhen *self, const RoundsLineContext *context, const RoundsLineWords *words, guint i,
                RoundsTense tense)
{
  guint n = self->has_date ? 0 : rounds_line_match_short_date (context, words, i, tense, &self->date);

  self->has_date |= n > 0;
  return n;
}

/* Whether all of @words is understood, of days without a year and times those first that @days_first says. */
static gboolean
read_words (RoundsWhen *self, const RoundsLineContext *context, const RoundsLineWords *words, RoundsWhenKind kind,
            RoundsTense tense, gboolean days_first)
{
  guint i = 0, n;

  self->has_date = FALSE;
  self->minute = -1;
  for (; i < rounds_line_words_get_n (words); i += n)
    {
      /* "14 March" before "14", and that before "14.3". */
      n = kind != ROUNDS_WHEN_TIME ? read_day (self, context, words, i, tense) : 0;
      if (n == 0 && days_first && kind != ROUNDS_WHEN_TIME)
        n = read_short_day (self, context, words, i, tense);
      if (n == 0 && kind != ROUNDS_WHEN_DAY)
        n = read_time (self, context, words, i);
      if (n == 0 && !days_first && kind != ROUNDS_WHEN_TIME)
        n = read_short_day (self, context, words, i, tense);
      if (n == 0)
        return FALSE;
    }
  return i > 0;
}

/**
 * rounds_when_parse:
 * @self: (out caller-allocates): takes what @text says
 * @text: what somebody wrote
 * @context: what its meaning depends on
 * @kind: what it may say
 * @tense: whether a day without its year is the last or the next one
 *
 * "yesterday", "fri 3pm", "14h30", "14.3.", "3/14/26 9:30": in any order, once each. "10.11" is a day where the locale
 * writes days so, and a time elsewhere, unless only the other one makes sense of the rest. A pure function.
 *
 * Returns: %TRUE if all of @text is a day, a time or both
 */
gboolean
rounds_when_parse (RoundsWhen *self, const char *text, const RoundsLineContext *context, RoundsWhenKind kind,
                   RoundsTense tense)
{
  RoundsLineContext entry = *context;
  g_auto (RoundsLineWords) words = { NULL, NULL };

  entry.is_entry = TRUE;
  rounds_line_words_init (&words, text, 0, strlen (text));
  return read_words (self, &entry, &words, kind, tense, entry.day_with_points)
         || read_words (self, &entry, &words, kind, tense, !entry.day_with_points);
}

/**
 * rounds_when_resolve:
 * @self: what was said of something that has happened
 * @context: what it was read with
 * @now: the moment
 * @zone: the user's zone
 *
 * Another day without a time was at its noon; today without a time is now.
 *
 * Returns: the instant, in milliseconds since the epoch, UTC
 */
gint64
rounds_when_resolve (const RoundsWhen *self, const RoundsLineContext *context, gint64 now, const char *zone)
{
  const GDate *date = self->has_date ? &self->date : &context->today;
  int minute = self->minute >= 0 ? self->minute : NOON;
  RoundsWallTime wall = { .hour = minute / MINUTES_OF_HOUR, .minute = minute % MINUTES_OF_HOUR };
  RoundsResolvedTime resolved;

  if (self->minute < 0 && g_date_compare (date, &context->today) == 0)
    return now;
  rounds_wall_time_set_date (&wall, date);
  return rounds_wall_time_resolve (&wall, zone, &resolved, NULL) ? resolved.instant : now;
}

/* Whether the locale writes the year before the day and the month. */
static gboolean
is_year_first (const char *format)
{
  const char *first = strpbrk (format, "yYGFmdebBD");

  return first != NULL && strchr ("yYGF", *first) != NULL;
}

/**
 * rounds_when_format_day:
 * @day: a day
 *
 * Returns: (transfer full): it in numbers, in the locale's order and with all of its year: "11/21/2026", "21.11.2026"
 */
char *
rounds_when_format_day (const GDate *day)
{
  const char *format = nl_langinfo (D_FMT);
  gboolean month_first = rounds_locale_is_month_first ();
  guint year = g_date_get_year (day), month = g_date_get_month (day), number = g_date_get_day (day);
  char separator = '/';

  if (is_year_first (format))
    return g_strdup_printf ("%04u-%02u-%02u", year, month, number);
  /* With a point the day is first, to whoever reads it. */
  if (strchr (format, '.') != NULL && !month_first)
    separator = '.';
  else if (strchr (format, '-') != NULL)
    separator = '-';
  return g_strdup_printf ("%02u%c%02u%c%04u", month_first ? month : number, separator, month_first ? number : month,
                          separator, year);
}

static gboolean
has_twelve_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  return *nl_langinfo (AM_STR) != '\0' && (strstr (format, "%I") != NULL || strstr (format, "%r") != NULL);
}

/**
 * rounds_when_format_time:
 * @minute: of the day
 *
 * Returns: (transfer full): the time of day, in 12 or 24 hours as the locale has it
 */
char *
rounds_when_format_time (int minute)
{
  int hour = minute / MINUTES_OF_HOUR;

  if (has_twelve_hours ())
    return g_strdup_printf ("%d:%02d %s", hour % 12 == 0 ? 12 : hour % 12, minute % MINUTES_OF_HOUR,
                            nl_langinfo (hour < 12 ? AM_STR : PM_STR));
  return g_strdup_printf ("%02d:%02d", hour, minute % MINUTES_OF_HOUR);
}

/**
 * rounds_when_format_hour:
 * @hour: of the day
 *
 * Returns: (transfer full): the full hour in as few characters as the locale has for it: "9 AM", "09:00"
 */
char *
rounds_when_format_hour (int hour)
{
  if (!has_twelve_hours ())
    return rounds_when_format_time (hour * MINUTES_OF_HOUR);
  return g_strdup_printf ("%d %s", hour % 12 == 0 ? 12 : hour % 12, nl_langinfo (hour < 12 ? AM_STR : PM_STR));
}
