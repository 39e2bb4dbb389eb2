/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days, times of day and durations as people write them into a line. */

#include "config.h"

#include <string.h>

#include "rounds-line-words.h"

#define DAYS_OF_WEEK 7
#define MONTH_UNIT 30
#define MINUTES_OF_HOUR 60
#define HOURS_OF_DAY 24
#define LONGEST_DURATION (HOURS_OF_DAY * MINUTES_OF_HOUR)

/* Words of an abbreviation for a half of the day: "p. m.", and one more. */
#define MOST_HALF_WORDS 3

/* No further away than anybody plans or writes down later. */
#define MOST_DAYS 3660

static guint
match (const RoundsLineContext *context, const RoundsLineWords *words, RoundsPhraseKind kind, guint i,
       RoundsPhraseValue *value)
{
  return rounds_line_words_match (words, context->phrases, kind, i, value);
}

static const char *
get_core (const RoundsLineWords *words, guint i)
{
  return i < rounds_line_words_get_n (words) ? rounds_line_words_get (words, i)->folded : "";
}

/* Whether something stands between the word at @i and the next one that parts them. */
static gboolean
is_parted (const RoundsLineWords *words, guint i)
{
  return i < rounds_line_words_get_n (words) && rounds_line_words_get (words, i)->after != 0;
}

/* Reads up to @most digits. Returns: how many there were */
static guint
read_digits (const char **at, guint most, int *number)
{
  guint n = 0;

  *number = 0;
  while (n < most && g_ascii_isdigit (**at))
    {
      *number = *number * 10 + (**at - '0');
      (*at)++;
      n++;
    }
  return n;
}

static gboolean
set_date (GDate *date, int day, int month, int year)
{
  if (day < 1 || month < 1 || month > 12 || year < 1900 || year > 9999
      || !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* The year that is meant where none is written: the nearest in the direction of @tense. */
static gboolean
set_day_of_some_year (const RoundsLineContext *context, int day, int month, RoundsTense tense, GDate *date)
{
  int year = g_date_get_year (&context->today);
  int step = tense == ROUNDS_TENSE_PAST ? -1 : 1;

  /* The 29th of February is up to eight years away. */
  for (int i = 0; i <= 8; i++)
    if (set_date (date, day, month, year + i * step)
        && (tense == ROUNDS_TENSE_PAST ? g_date_compare (date, &context->today) <= 0
                                       : g_date_compare (date, &context->today) >= 0))
      return TRUE;
  return FALSE;
}

static gboolean
set_day (const RoundsLineContext *context, int day, int month, int year, guint year_digits, RoundsTense tense,
         GDate *date)
{
  if (year_digits == 0)
    return set_day_of_some_year (context, day, month, tense, date);
  if (year_digits == 2)
    year += tense == ROUNDS_TENSE_PAST && year + 2000 > g_date_get_year (&context->today) ? 1900 : 2000;
  return (year_digits == 2 || year_digits == 4) && set_date (date, day, month, year);
}

static void
add_days (const RoundsLineContext *context, int days, GDate *date)
{
  *date = context->today;
  if (days >= 0)
    g_date_add_days (date, (guint) days);
  else
    g_date_subtract_days (date, (guint) -days);
}

/* "2026-03-14" */
static gboolean
read_iso (const char *text, GDate *date)
{
  int year, month, day;

  return read_digits (&text, 4, &year) == 4 && *text++ == '-' && read_digits (&text, 2, &month) == 2 && *text++ == '-'
         && read_digits (&text, 2, &day) == 2 && *text == '\0' && set_date (date, day, month, year);
}

/* "14.3." and "14.3.2026", never "14.3", which is a number as likely. The last point may count as punctuation. */
static gboolean
read_dotted (const RoundsLineContext *context, const char *text, gboolean ends_with_point, RoundsTense tense,
             GDate *date)
{
  int day, month, year = 0;
  guint digits = 0;

  if (read_digits (&text, 2, &day) == 0 || *text++ != '.' || read_digits (&text, 2, &month) == 0)
    return FALSE;
  if (*text == '.')
    {
      text++;
      digits = read_digits (&text, 4, &year);
    }
  else if (!ends_with_point)
    return FALSE;
  return *text == '\0' && set_day (context, day, month, year, digits, tense, date);
}

/* "3/14" or "14/3", as the locale writes it and in no other order. */
static gboolean
read_slashed (const RoundsLineContext *context, const char *text, RoundsTense tense, GDate *date)
{
  int first, second, year = 0;
  guint digits = 0;

  if (read_digits (&text, 2, &first) == 0 || *text++ != '/' || read_digits (&text, 2, &second) == 0)
    return FALSE;
  if (*text == '/')
    {
      text++;
      digits = read_digits (&text, 4, &year);
      if (digits == 0)
        return FALSE;
    }
  return *text == '\0'
         && set_day (context, context->month_first ? second : first, context->month_first ? first : second, year,
                     digits, tense, date);
}

static guint
match_numeric_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i, RoundsTense tense,
                    GDate *date)
{
  const RoundsLineWord *word = rounds_line_words_get (words, i);

  return read_iso (word->folded, date) || read_dotted (context, word->folded, word->after == '.', tense, date)
         || read_slashed (context, word->folded, tense, date);
}

/* "14.3", "14-3-26" and "2026/3/14", which are numbers as likely where more than a day may be written. */
static gboolean
read_short (const RoundsLineContext *context, const char *text, RoundsTense tense, GDate *date)
{
  int numbers[3] = { 0, 0, 0 };
  guint digits[3] = { 0, 0, 0 };
  guint n = 0;
  char separator = '\0';
  gboolean month_first;

  while (n < G_N_ELEMENTS (numbers) && (digits[n] = read_digits (&text, 4, &numbers[n])) > 0)
    {
      n++;
      if (*text == '\0' || strchr ("./-", *text) == NULL || (separator != '\0' && *text != separator))
        break;
      separator = *text++;
    }
  if (*text != '\0' || n < 2)
    return FALSE;
  if (digits[0] == 4)
    return n == 3 && digits[1] <= 2 && digits[2] <= 2 && set_date (date, numbers[2], numbers[1], numbers[0]);
  month_first = separator != '.' && context->month_first;
  return digits[0] <= 2 && digits[1] <= 2
         && set_day (context, numbers[month_first], numbers[!month_first], numbers[2], digits[2], tense, date);
}

/* A number in digits ("14", "14th", "14.") or in letters. Returns: how many words it takes */
static guint
match_number (const RoundsLineContext *context, const RoundsLineWords *words, guint i, gboolean is_ordinal, int *number)
{
  const char *text = get_core (words, i);
  RoundsPhraseValue value;

  if (read_digits (&text, 3, number) > 0)
    return *text == '\0'
           || (is_ordinal && rounds_phrases_match (context->phrases, ROUNDS_PHRASE_ORDINAL, &text, 1, NULL));
  if (is_ordinal || match (context, words, ROUNDS_PHRASE_NUMBER, i, &value) != 1)
    return 0;
  *number = value.number;
  return 1;
}

/* A year behind a day and a month. */
static guint
match_year (const RoundsLineWords *words, guint i, int *year)
{
  const char *text = get_core (words, i);

  return read_digits (&text, 4, year) == 4 && *text == '\0' && *year >= 1900 && *year < 2200;
}

/* "14 march", "14. März 2026", "march 14th". */
static guint
match_month_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i, RoundsTense tense,
                  GDate *date)
{
  RoundsPhraseValue month;
  int day, year = 0;
  guint n = match_number (context, words, i, TRUE, &day), with_year;

  if (n == 1 && (!is_parted (words, i) || rounds_line_words_get (words, i)->after == '.')
      && match (context, words, ROUNDS_PHRASE_MONTH, i + 1, &month) == 1)
    n = 2;
  else if (match (context, words, ROUNDS_PHRASE_MONTH, i, &month) == 1 && !is_parted (words, i)
           && match_number (context, words, i + 1, TRUE, &day) == 1)
    n = 2;
  else
    return 0;
  with_year = is_parted (words, i + 1) && !context->is_entry ? 0 : match_year (words, i + 2, &year);
  return set_day (context, day, month.number, year, with_year ? 4 : 0, tense, date) ? n + with_year : 0;
}

/* Returns: how many words from @i on are a weekday's name, 1 or 0 */
static guint
match_weekday_name (const RoundsLineContext *context, const RoundsLineWords *words, guint i, gboolean is_led,
                    int *weekday)
{
  RoundsPhraseValue value;
  guint n = match (context, words, ROUNDS_PHRASE_WEEKDAY, i, &value);

  if (n == 0)
    {
      n = match (context, words, ROUNDS_PHRASE_WEEKDAY_CAPITAL, i, &value);
      if (n > 0 && !is_led && !context->is_entry && !rounds_line_words_get (words, i)->is_capital)
        return 0;
    }
  if (n > 0)
    *weekday = value.number;
  return n;
}

/* "fri" is the last one, today's included, or the next one; "next fri" is that of next week. */
static guint
match_weekday (const RoundsLineContext *context, const RoundsLineWords *words, guint i, gboolean is_led,
               RoundsTense tense, GDate *date)
{
  int today = (int) g_date_get_weekday (&context->today);
  guint next = match (context, words, ROUNDS_PHRASE_NEXT, i, NULL);
  guint last = next == 0 ? match (context, words, ROUNDS_PHRASE_LAST, i, NULL) : 0;
  guint lead = next + last;
  int weekday, ahead;
  guint n = match_weekday_name (context, words, i + lead, is_led || lead > 0, &weekday);

  if (n == 0)
    return 0;
  ahead = (weekday - today + DAYS_OF_WEEK) % DAYS_OF_WEEK; /* 0 is today */
  if (next > 0)
    add_days (context, DAYS_OF_WEEK - today + weekday, date);
  else if (last > 0)
    add_days (context, ahead - DAYS_OF_WEEK, date);
  else if (tense == ROUNDS_TENSE_PAST)
    add_days (context, ahead == 0 ? 0 : ahead - DAYS_OF_WEEK, date);
  else
    add_days (context, ahead == 0 ? DAYS_OF_WEEK : ahead, date);
  return lead + n;
}

static gboolean
move_by (const RoundsLineContext *context, int number, int unit, GDate *date)
{
  if (ABS (number) > MOST_DAYS / unit)
    return FALSE;
  if (unit != MONTH_UNIT)
    {
      add_days (context, number * unit, date);
      return TRUE;
    }
  *date = context->today;
  if (number >= 0)
    g_date_add_months (date, (guint) number);
  else
    g_date_subtract_months (date, (guint) -number);
  return TRUE;
}

/* "in 3 days", "3 days ago", "vor 3 Tagen". */
static guint
match_distance (const RoundsLineContext *context, const RoundsLineWords *words, guint i, GDate *date)
{
  guint in = match (context, words, ROUNDS_PHRASE_IN, i, NULL);
  guint before = in == 0 ? match (context, words, ROUNDS_PHRASE_BEFORE, i, NULL) : 0;
  guint lead = in + before, n, ago;
  RoundsPhraseValue unit;
  int number;

  n = match_number (context, words, i + lead, FALSE, &number);
  if (n == 0 || is_parted (words, i + lead) || match (context, words, ROUNDS_PHRASE_UNIT, i + lead + n, &unit) != 1)
    return 0;
  ago = lead == 0 && !is_parted (words, i + n) ? match (context, words, ROUNDS_PHRASE_AGO, i + n + 1, NULL) : 0;
  if (lead == 0 && ago == 0)
    return 0;
  return move_by (context, in > 0 ? number : -number, unit.number, date) ? lead + n + 1 + ago : 0;
}

/* "next week" is its Monday, "next month" its first day. */
static guint
match_next_unit (const RoundsLineContext *context, const RoundsLineWords *words, guint i, GDate *date)
{
  RoundsPhraseValue unit;

  if (match (context, words, ROUNDS_PHRASE_NEXT, i, NULL) != 1 || is_parted (words, i)
      || match (context, words, ROUNDS_PHRASE_UNIT, i + 1, &unit) != 1 || unit.number == 1)
    return 0;
  if (unit.number == DAYS_OF_WEEK)
    {
      add_days (context, DAYS_OF_WEEK + 1 - (int) g_date_get_weekday (&context->today), date);
      return 2;
    }
  *date = context->today;
  g_date_add_months (date, 1);
  g_date_set_day (date, 1);
  return 2;
}

static guint
match_bare_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i, gboolean is_led,
                 RoundsTense tense, GDate *date)
{
  RoundsPhraseValue value;
  guint n;

  if (i >= rounds_line_words_get_n (words))
    return 0;
  if ((n = match_month_date (context, words, i, tense, date)) > 0
      || (n = match_numeric_date (context, words, i, tense, date)) > 0
      || (n = match_distance (context, words, i, date)) > 0 || (n = match_next_unit (context, words, i, date)) > 0
      || (n = match_weekday (context, words, i, is_led, tense, date)) > 0)
    return n;
  n = match (context, words, ROUNDS_PHRASE_DAY, i, &value);
  if (n > 0)
    add_days (context, value.number, date);
  return n;
}

/**
 * rounds_line_match_date:
 * @context: what the meaning depends on
 * @words: the words of a text
 * @i: at which word
 * @tense: whether a day without its year is the last or the next one
 * @date: (out): the day
 *
 * Returns: how many words from @i on name a day, a preposition before it included; 0: they name none
 */
guint
rounds_line_match_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i, RoundsTense tense,
                        GDate *date)
{
  guint n = match_bare_date (context, words, i, FALSE, tense, date);
  guint lead;

  if (n > 0)
    return n;
  lead = match (context, words, ROUNDS_PHRASE_ON, i, NULL);
  if (lead == 0 || is_parted (words, i + lead - 1))
    return 0;
  n = match_bare_date (context, words, i + lead, TRUE, tense, date);
  return n > 0 ? lead + n : 0;
}

/**
 * rounds_line_match_short_date:
 *
 * As rounds_line_match_date(), for what is a day only where nothing else can be meant: "14.3", "14-3-26", "2026/3/14".
 *
 * Returns: how many words from @i on name a day; 0: they name none
 */
guint
rounds_line_match_short_date (const RoundsLineContext *context, const RoundsLineWords *words, guint i,
                              RoundsTense tense, GDate *date)
{
  return read_short (context, get_core (words, i), tense, date);
}

/* --- Time of day --- */

/* Hours of a half of the day, as "3pm" has them. */
static gboolean
set_half (int hour, int minute, gboolean is_pm, int *of_day)
{
  if (hour < 1 || hour > 12)
    return FALSE;
  *of_day = (hour % 12 + (is_pm ? 12 : 0)) * MINUTES_OF_HOUR + minute;
  return TRUE;
}

/* 0: before noon, 1: after it, -1: neither. */
static int
find_half (const RoundsLineContext *context, const char *word)
{
  if (rounds_phrases_match (context->phrases, ROUNDS_PHRASE_AM, &word, 1, NULL) > 0)
    return 0;
  return rounds_phrases_match (context->phrases, ROUNDS_PHRASE_PM, &word, 1, NULL) > 0 ? 1 : -1;
}

/* The same of an entry, in the locale's own words, with points and blanks or without. "am" and "pm" are known to
 * whoever has a watch with them, in any language. */
static int
find_squeezed_half (const RoundsLineContext *context, const char *squeezed)
{
  static const char *const entered[] = { "a", "p", "am", "pm" };

  for (int i = 0; i < (int) G_N_ELEMENTS (context->halves); i++)
    if (context->halves[i][0] != '\0' && g_str_equal (squeezed, context->halves[i]))
      return i;
  for (int i = 0; i < (int) G_N_ELEMENTS (entered); i++)
    if (g_str_equal (squeezed, entered[i]))
      return i % 2;
  return -1;
}

/* Reads "pm", "p.m." and "p. m." of an entry: @rest of the word at @i, and words behind it. The longest counts.
 * Returns: how many words it takes, that at @i included; 0: it is none */
static guint
match_entered_half (const RoundsLineContext *context, const RoundsLineWords *words, guint i, const char *rest,
                    int *half)
{
  g_autoptr (GString) text = g_string_new (rest);
  guint found = 0;

  for (guint n = 1; n <= 1 + MOST_HALF_WORDS; n++)
    {
      g_autofree char *squeezed = rounds_line_squeeze (text->str);
      int which = find_squeezed_half (context, squeezed);

      if (which >= 0)
        {
          found = n;
          *half = which;
        }
      /* Only an abbreviation's own points are within it. */
      if (i + n >= rounds_line_words_get_n (words)
          || (is_parted (words, i + n - 1)
              && (text->len == 0 || rounds_line_words_get (words, i + n - 1)->after != '.')))
        break;
      g_string_append (text, get_core (words, i + n));
    }
  return found;
}

/* Reads "9", "9:30" or "9.30"; in an entry "930" and "9h30" as well, which are other things in a text. */
static gboolean
read_clock (const RoundsLineContext *context, const char **text, int *hour, int *minute, gboolean *has_colon)
{
  guint digits = read_digits (text, context->is_entry ? 4 : 2, hour);

  *minute = 0;
  *has_colon = FALSE;
  if (digits > 2)
    {
      *minute = *hour % 100;
      *hour /= 100;
    }
  else if (**text != '\0' && strchr (context->is_entry ? ":.h," : ":.", **text) != NULL && g_ascii_isdigit ((*text)[1]))
    {
      /* "15.30" is a time only where something says so. */
      *has_colon = **text == ':';
      (*text)++;
      if (read_digits (text, 2, minute) != 2)
        return FALSE;
    }
  else if (context->is_entry && **text == 'h')
    (*text)++;
  return digits > 0 && *minute < MINUTES_OF_HOUR;
}

static guint
match_bare_time (const RoundsLineContext *context, const RoundsLineWords *words, guint i, gboolean is_led, int *of_day)
{
  const char *text = get_core (words, i);
  gboolean has_colon, next_is_near = !is_parted (words, i);
  int hour, minute, half;
  guint n;

  if (!read_clock (context, &text, &hour, &minute, &has_colon))
    return 0;
  if (context->is_entry && (n = match_entered_half (context, words, i, text, &half)) > 0)
    return set_half (hour, minute, half, of_day) ? n : 0;
  if (*text != '\0')
    return (half = find_half (context, text)) >= 0 && set_half (hour, minute, half, of_day);
  half = next_is_near ? find_half (context, get_core (words, i + 1)) : -1;
  if (half >= 0)
    return set_half (hour, minute, half, of_day) ? 2 : 0;
  if (hour >= HOURS_OF_DAY)
    return 0;
  *of_day = hour * MINUTES_OF_HOUR + minute;
  if (next_is_near && match (context, words, ROUNDS_PHRASE_CLOCK, i + 1, NULL) == 1)
    return 2;
  return has_colon || is_led || context->is_entry;
}

/**
 * rounds_line_match_time:
 * @context: what the meaning depends on
 * @words: the words of a text
 * @i: at which word
 * @minute: (out): the minute of the day
 *
 * Returns: how many words from @i on name a time of day; 0: they name none
 */
guint
rounds_line_match_time (const RoundsLineContext *context, const RoundsLineWords *words, guint i, int *minute)
{
  guint n = match_bare_time (context, words, i, FALSE, minute);
  guint lead;

  if (n > 0)
    return n;
  lead = match (context, words, ROUNDS_PHRASE_AT, i, NULL);
  if (lead == 0 || is_parted (words, i + lead - 1))
    return 0;
  n = match_bare_time (context, words, i + lead, TRUE, minute);
  return n > 0 ? lead + n : 0;
}

/* --- Durations --- */

/* Minutes in the unit that @word is; 0: it is none */
static int
get_unit (const RoundsLineContext *context, const char *word)
{
  RoundsPhraseValue value;

  return rounds_phrases_match (context->phrases, ROUNDS_PHRASE_DURATION, &word, 1, &value) == 1 ? value.number : 0;
}

/* Reads "20", "1.5", "1,5" in hundredths. */
static gboolean
read_amount (const char **text, int *hundredths)
{
  int whole, part = 0;
  guint n;

  if (read_digits (text, 4, &whole) == 0)
    return FALSE;
  if ((**text == '.' || **text == ',') && g_ascii_isdigit ((*text)[1]))
    {
      (*text)++;
      n = read_digits (text, 2, &part);
      part *= n == 1 ? 10 : 1;
    }
  *hundredths = whole * 100 + part;
  return TRUE;
}

/* What follows the hours within one word: "", "30" or "30m". -1: something else */
static int
read_rest (const RoundsLineContext *context, const char *text)
{
  int minutes;

  if (*text == '\0')
    return 0;
  if (read_digits (&text, 2, &minutes) == 0 || minutes >= MINUTES_OF_HOUR)
    return -1;
  return *text == '\0' || get_unit (context, text) == 1 ? minutes : -1;
}

/* "20m", "1h", "1h30", "1h30m", "1.5h" */
static gboolean
read_joined (const RoundsLineContext *context, const char *text, int *minutes)
{
  const char *unit_end;
  g_autofree char *unit = NULL;
  int amount, rest, size;

  if (!read_amount (&text, &amount) || *text == '\0')
    return FALSE;
  for (unit_end = text; *unit_end != '\0' && !g_ascii_isdigit (*unit_end);)
    unit_end = g_utf8_next_char (unit_end);
  unit = g_strndup (text, (gsize) (unit_end - text));
  size = get_unit (context, unit);
  rest = read_rest (context, unit_end);
  if (size == 0 || rest < 0 || (size == 1 && *unit_end != '\0'))
    return FALSE;
  *minutes = amount * size / 100 + rest;
  return TRUE;
}

/* "20 min", "1 hour 30 minutes", "an hour" */
static guint
match_parted (const RoundsLineContext *context, const RoundsLineWords *words, guint i, int *minutes)
{
  const char *text = get_core (words, i);
  int amount, size;
  guint n;

  if (!read_amount (&text, &amount) || *text != '\0')
    {
      if (match_number (context, words, i, FALSE, &amount) == 0)
        return 0;
      amount *= 100;
    }
  size = is_parted (words, i) ? 0 : get_unit (context, get_core (words, i + 1));
  if (size == 0)
    return 0;
  *minutes = amount * size / 100;
  n = 2;
  text = get_core (words, i + 2);
  if (size > 1 && !is_parted (words, i + 1) && read_amount (&text, &amount) && *text == '\0'
      && !is_parted (words, i + 2) && get_unit (context, get_core (words, i + 3)) == 1)
    {
      *minutes += amount / 100;
      n = 4;
    }
  return n;
}

/**
 * rounds_line_match_duration:
 * @context: what the meaning depends on
 * @words: the words of a text
 * @i: at which word
 * @minutes: (out): how long
 *
 * Returns: how many words from @i on say how long something took, up to a day; 0: they do not
 */
guint
rounds_line_match_duration (const RoundsLineContext *context, const RoundsLineWords *words, guint i, int *minutes)
{
  guint n = read_joined (context, get_core (words, i), minutes) ? 1 : match_parted (context, words, i, minutes);

  return n > 0 && *minutes <= LONGEST_DURATION ? n : 0;
}
