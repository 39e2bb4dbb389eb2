/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a day or a time that a rep types into a form is taken for another one, or what Rounds shows of it
 * cannot be read again. The expected days are those of a calendar on paper: 21 November 2026 is a Saturday.
 */
#include <locale.h>
#include <string.h>

#include "rounds-when.h"

typedef struct
{
  const char *text;
  const char *said; /* "2026-11-20 15:00"; "-": it is not understood */
} Example;

static void
context_init (RoundsLineContext *context, const RoundsPhrases *phrases, gboolean month_first)
{
  *context = (RoundsLineContext) { .phrases = phrases, .month_first = month_first };
  g_date_clear (&context->today, 1);
  g_date_set_dmy (&context->today, 21, G_DATE_NOVEMBER, 2026);
}

static char *
describe (const char *text, const RoundsLineContext *context, RoundsWhenKind kind, RoundsTense tense)
{
  GString *said = g_string_new (NULL);
  RoundsWhen when;

  if (!rounds_when_parse (&when, text, context, kind, tense))
    return g_string_free_and_steal (g_string_append (said, "-"));
  if (when.has_date)
    g_string_append_printf (said, "%04u-%02u-%02u", g_date_get_year (&when.date), g_date_get_month (&when.date),
                            g_date_get_day (&when.date));
  if (when.minute >= 0)
    g_string_append_printf (said, "%s%02d:%02d", said->len > 0 ? " " : "", when.minute / 60, when.minute % 60);
  return g_string_free_and_steal (said);
}

static void
check (const char *language, gboolean month_first, RoundsWhenKind kind, RoundsTense tense, const Example *examples,
       guint n)
{
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new (language);
  RoundsLineContext context;

  context_init (&context, phrases, month_first);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *said = describe (examples[i].text, &context, kind, tense);

      if (!g_str_equal (said, examples[i].said))
        g_test_message ("%s: “%s”", language, examples[i].text);
      g_assert_cmpstr (said, ==, examples[i].said);
    }
}

#define CHECK(language, month_first, kind, tense, examples) \
  check (language, month_first, kind, tense, examples, G_N_ELEMENTS (examples))

static void
test_moments (void)
{
  static const Example examples[] = {
    { "11/20/2026 3:00 PM", "2026-11-20 15:00" },
    { "2026-11-20 15:00", "2026-11-20 15:00" },
    { "yesterday 9:30", "2026-11-20 09:30" },
    { "yesterday, 9:30 am", "2026-11-20 09:30" },
    { "9:30 yesterday", "2026-11-20 09:30" },
    { "Yesterday at 9", "2026-11-20 09:00" },
    { "yesterday", "2026-11-20" },
    { "today", "2026-11-21" },
    { "9:30", "09:30" },
    { "930", "09:30" },
    { "14h30", "14:30" },
    { "14.30", "14:30" },
    { "2p", "14:00" },
    { "fri 3pm", "2026-11-20 15:00" },
    { "last monday 12:15 p.m.", "2026-11-16 12:15" },
    { "sat", "2026-11-21" },
    { "3 days ago 8am", "2026-11-18 08:00" },
    { "14 march 10:00", "2026-03-14 10:00" },
    { "march 14, 2025 10:00", "2025-03-14 10:00" },
    { "3/14 10", "2026-03-14 10:00" },
    { "3/14/25 10", "2025-03-14 10:00" },
    { "3-14-2025 10", "2025-03-14 10:00" },
    { "12/24", "2025-12-24" },
    { "14.3.", "2026-03-14" },
    { "14.3", "2026-03-14" },
    { "2026/3/14", "2026-03-14" },
    { "", "-" },
    { " ", "-" },
    { "yest", "-" },
    { "11/31/2026", "-" },
    { "2024-02-30 10:00", "-" },
    { "2024-02-29 25:00", "-" },
    { "2024-02-29 10:00", "2024-02-29 10:00" },
    { "9:30 10:30", "-" },
    { "yesterday today", "-" },
    { "yesterday 9:30 with Miller", "-" },
    { "3/14/2026/1", "-" },
    { "3/14-2026", "-" },
    { "14/", "-" },
    { "1/2/345", "-" },
  };

  CHECK ("en", TRUE, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST, examples);
}

static void
test_days (void)
{
  static const Example past[] = {
    { "3/4/64", "1964-03-04" },
    { "3/4/26", "2026-03-04" },
    { "4 March 1964", "1964-03-04" },
    { "11/21/2026", "2026-11-21" },
    { "9:30", "-" },
    { "930", "-" },
    { "yesterday 9:30", "-" },
  };
  static const Example future[] = {
    { "fri", "2026-11-27" },    { "tomorrow", "2026-11-22" },   { "next week", "2026-11-23" }, { "3/4", "2027-03-04" },
    { "3/4/27", "2027-03-04" }, { "in 2 weeks", "2026-12-05" }, { "14.03", "2027-03-14" },
  };

  CHECK ("en", TRUE, ROUNDS_WHEN_DAY, ROUNDS_TENSE_PAST, past);
  CHECK ("en", TRUE, ROUNDS_WHEN_DAY, ROUNDS_TENSE_FUTURE, future);
}

static void
test_day_first (void)
{
  static const Example english[] = {
    { "3/4/2026 9:30", "2026-04-03 09:30" },
    { "3-4-26", "2026-04-03" },
    { "20/11", "2026-11-20" },
  };
  static const Example german[] = {
    { "20.11.2026 15:00", "2026-11-20 15:00" },
    { "gestern 9.30 Uhr", "2026-11-20 09:30" },
    { "vorgestern um 9", "2026-11-19 09:00" },
    { "so", "2026-11-15" },
    { "do 14h30", "2026-11-19 14:30" },
    { "14. M\303\244rz", "2026-03-14" },
    { "vor 3 Tagen 8 Uhr", "2026-11-18 08:00" },
    { "2pm", "14:00" },
    { "yesterday", "-" },
  };

  CHECK ("en", FALSE, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST, english);
  CHECK ("de", FALSE, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST, german);
}

static void
test_times (void)
{
  static const Example examples[] = {
    { "9", "09:00" },    { "09", "09:00" },      { "9:30", "09:30" }, { "09.30", "09:30" }, { "930", "09:30" },
    { "0930", "09:30" }, { "9h30", "09:30" },    { "9h", "09:00" },   { "2pm", "14:00" },   { "2:05 PM", "14:05" },
    { "12am", "00:00" }, { "12 p.m.", "12:00" }, { " 9 ", "09:00" },  { "23:59", "23:59" }, { "9 o'clock", "09:00" },
    { "24:00", "-" },    { "9:60", "-" },        { "960", "-" },      { "13pm", "-" },      { "", "-" },
    { "noon", "-" },     { "9:3", "-" },         { "-1", "-" },       { "9 x", "-" },       { "99999", "-" },
    { "tomorrow", "-" }, { "14.3.", "-" },
  };

  CHECK ("en", TRUE, ROUNDS_WHEN_TIME, ROUNDS_TENSE_PAST, examples);
}

/* "10.11" is in November to whoever writes days with points, and eleven past ten to others. */
static void
test_points (void)
{
  static const Example examples[] = {
    {
      "10.11",
      "2026-11-10",
    },
    { "10.11 9:30", "2026-11-10 09:30" },
    { "10.11 9.30", "2026-11-10 09:30" },
    { "9:30 10.11", "2026-11-10 09:30" },
    { "10.11 Uhr", "10:11" },
    { "gestern 10.11", "2026-11-20 10:11" },
    { "15.30", "15:30" },
    { "9.30", "09:30" },
    { "10.11.25 14.15", "2025-11-10 14:15" },
  };
  static const Example elsewhere[] = {
    { "10.11", "10:11" },
    { "10.11 9:30", "2026-11-10 09:30" },
    { "9:30 10.11", "2026-11-10 09:30" },
    { "yesterday 10.11", "2026-11-20 10:11" },
  };
  g_autoptr (RoundsPhrases) german = rounds_phrases_new ("de");
  RoundsLineContext context;

  context_init (&context, german, FALSE);
  context.day_with_points = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *said = describe (examples[i].text, &context, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST);

      g_assert_cmpstr (said, ==, examples[i].said);
    }
  CHECK ("en", FALSE, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST, elsewhere);
}

/* Spanish, Greek and Korean clocks: whatever the locale has for AM and PM, and "pm" all the same. */
static void
test_halves (void)
{
  static const struct
  {
    const char *am, *pm;
  } halves[] = {
    { "a.\302\240m.", "p.\302\240m." },
    { "a. m.", "p. m." },
    { "\317\200\316\274", "\316\274\316\274" },
    { "\354\230\244\354\240\204", "\354\230\244\355\233\204" },
  };
  g_autoptr (RoundsPhrases) phrases = rounds_phrases_new ("en");

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    for (guint pm = 0; pm < 2; pm++)
      {
        const char *half = pm ? halves[i].pm : halves[i].am;
        g_autofree char *am_squeezed = rounds_line_squeeze (halves[i].am);
        g_autofree char *pm_squeezed = rounds_line_squeeze (halves[i].pm);
        g_autofree char *alone = g_strconcat ("3:45 ", half, NULL);
        g_autofree char *before_day = g_strconcat ("3:45", half, " 20/11/2026", NULL);
        g_autofree char *behind_day = g_strconcat ("20/11/2026 3:45 ", half, NULL);
        const char *texts[] = { alone, before_day, behind_day, pm ? "3:45 pm" : "3:45 a.m." };
        RoundsLineContext context;

        context_init (&context, phrases, FALSE);
        g_strlcpy (context.halves[0], am_squeezed, sizeof context.halves[0]);
        g_strlcpy (context.halves[1], pm_squeezed, sizeof context.halves[1]);
        for (guint t = 0; t < G_N_ELEMENTS (texts); t++)
          {
            g_autofree char *said = describe (texts[t], &context, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST);

            g_assert_cmpstr (strlen (said) > 5 ? said + 11 : said, ==, pm ? "15:45" : "03:45");
          }
      }
}

/* What the rows show can be read again, whatever the locale. */
static void
test_round_trip (void)
{
  static const char *const locales[] = { "en_US.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "C.UTF-8" };
  static const char *const days[] = { "11/21/2026", "21.11.2026", "21/11/2026", "21-11-2026", "11/21/2026" };
  g_autofree char *before = g_strdup (setlocale (LC_TIME, NULL));
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 21, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      g_autoptr (RoundsPhrases) phrases = NULL;
      g_autofree char *text = NULL;
      RoundsLineContext context;

      if (setlocale (LC_TIME, locales[i]) == NULL)
        {
          g_test_message ("%s is not there", locales[i]);
          continue;
        }
      phrases = rounds_phrases_new_for_locale ();
      rounds_line_context_init_now (&context, phrases);
      text = rounds_when_format_day (&day);
      g_assert_cmpstr (text, ==, days[i]);
      for (int minute = 0; minute < 24 * 60; minute += 37)
        {
          g_autofree char *time = rounds_when_format_time (minute);
          g_autofree char *moment = g_strconcat (text, " ", time, NULL);
          RoundsWhen when;

          g_assert_true (rounds_when_parse (&when, moment, &context, ROUNDS_WHEN_MOMENT, ROUNDS_TENSE_PAST));
          g_assert_cmpint (g_date_compare (&when.date, &day), ==, 0);
          g_assert_cmpint (when.minute, ==, minute);
        }
    }
  setlocale (LC_TIME, before);
}

/* The hours of a day beside its appointments: as short as they are written. */
static void
test_hours (void)
{
  static const char *const locales[] = { "en_US.UTF-8", "de_DE.UTF-8" };
  static const char *const hours[][4] = { { "12 AM", "9 AM", "12 PM", "5 PM" },
                                          { "00:00", "09:00", "12:00", "17:00" } };
  g_autofree char *before = g_strdup (setlocale (LC_TIME, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (locales); i++)
    {
      if (setlocale (LC_TIME, locales[i]) == NULL)
        {
          g_test_message ("%s is not there", locales[i]);
          continue;
        }
      for (guint k = 0; k < G_N_ELEMENTS (hours[i]); k++)
        {
          static const int of_day[] = { 0, 9, 12, 17 };
          g_autofree char *text = rounds_when_format_hour (of_day[k]);

          g_assert_cmpstr (text, ==, hours[i][k]);
        }
    }
  setlocale (LC_TIME, before);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/when/moments", test_moments);
  g_test_add_func ("/schedule/when/days", test_days);
  g_test_add_func ("/schedule/when/day-first", test_day_first);
  g_test_add_func ("/schedule/when/times", test_times);
  g_test_add_func ("/schedule/when/points", test_points);
  g_test_add_func ("/schedule/when/halves", test_halves);
  g_test_add_func ("/schedule/when/round-trip", test_round_trip);
  g_test_add_func ("/schedule/when/hours", test_hours);
  return g_test_run ();
}
