/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Dates in files of contacts: 12/03/2021 is 12 March to some and 3 December to others, and only the other cells of its
 * column can tell. What they do not tell is said to the person and never guessed in silence (N19). */

#include "config.h"

#include "rounds-import-date.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>
#include <stdio.h>
#include <string.h>

/* What a spreadsheet counts from, so that 1 March 1900 is 61 (its year 1900 has a 29 February). Numbers of five digits
 * reach from 1927 to 2173; shorter ones are years or nothing. */
#define SERIAL_EPOCH_DAY 30
#define SERIAL_EPOCH_YEAR 1899

typedef enum
{
  FORM_NONE,
  FORM_NUMBERS,    /* two numbers and a year: the order matters */
  FORM_SHORT,      /* three numbers of at most two digits */
  FORM_YEAR_FIRST, /* year, month, day */
  FORM_NAMED,      /* the month is a word */
  FORM_SERIAL,
} DateForm;

typedef struct
{
  DateForm form;
  guint first, second, third; /* as they stand; FORM_YEAR_FIRST and FORM_NAMED: year, month, day */
} DateParts;

static gboolean
is_separator (char c)
{
  return c == '/' || c == '-' || c == '.' || c == ' ' || c == ',';
}

/* "12" of "12/03/2021"; @digits: how many there were. */
static gboolean
take_number (const char **text, guint *number, guint *digits)
{
  *number = 0;
  *digits = 0;
  while (g_ascii_isdigit (**text) && *digits < 9)
    {
      *number = *number * 10 + (guint) (**text - '0');
      (*digits)++;
      (*text)++;
    }
  return *digits > 0;
}

static gboolean
skip_separators (const char **text)
{
  const char *start = *text;

  while (is_separator (**text))
    (*text)++;
  return *text > start;
}

/* The time of day that spreadsheets put behind a date. */
static gboolean
is_time_or_end (const char *text)
{
  if (*text == 'T' || *text == ' ')
    text++;
  while (*text == ' ')
    text++;
  if (*text == '\0')
    return TRUE;
  return g_ascii_isdigit (*text) && strspn (text, "0123456789:.+-ZAPMapm ") == strlen (text)
         && strchr (text, ':') != NULL;
}

static gboolean
is_month_name (const char *word, gsize length, nl_item full, nl_item abbreviated, const char *english)
{
  g_autofree char *plain = g_strndup (word, length);
  g_autofree char *name = g_utf8_casefold (plain, -1);
  g_autofree char *local_full = g_utf8_casefold (nl_langinfo (full), -1);
  g_autofree char *local_short = g_utf8_casefold (nl_langinfo (abbreviated), -1);

  if (g_str_equal (name, local_full) || g_str_equal (name, local_short))
    return TRUE;
  /* "mar", "sept" and "march", but not "m". */
  return strlen (name) >= 3 && g_str_has_prefix (english, name);
}

static guint
take_month_name (const char **text)
{
  static const char *const names[] = { "january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december" };
  static const nl_item full[] = {
    MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12
  };
  static const nl_item abbreviated[] = { ABMON_1, ABMON_2, ABMON_3, ABMON_4,  ABMON_5,  ABMON_6,
                                         ABMON_7, ABMON_8, ABMON_9, ABMON_10, ABMON_11, ABMON_12 };
  const char *end = *text;

  while (*end != '\0' && g_unichar_isalpha (g_utf8_get_char (end)))
    end = g_utf8_next_char (end);
  for (guint m = 0; end > *text && m < G_N_ELEMENTS (names); m++)
    if (is_month_name (*text, end - *text, full[m], abbreviated[m], names[m]))
      {
        *text = end;
        return m + 1;
      }
  return 0;
}

/* "12 March 2021", "12-Mar-21", "March 12, 2021". */
static gboolean
split_named (const char *text, DateParts *parts)
{
  guint digits;

  /* Streets begin as dates do, but end in a word. */
  if (!g_ascii_isdigit (text[strlen (text) - 1]) && strchr (text, ':') == NULL)
    return FALSE;
  if (g_ascii_isdigit (*text))
    {
      if (!take_number (&text, &parts->third, &digits) || digits > 2)
        return FALSE;
      skip_separators (&text);
      parts->second = take_month_name (&text);
    }
  else
    {
      parts->second = take_month_name (&text);
      skip_separators (&text);
      if (!take_number (&text, &parts->third, &digits) || digits > 2)
        return FALSE;
    }
  skip_separators (&text);
  if (parts->second == 0 || !take_number (&text, &parts->first, &digits) || (digits != 4 && digits != 2)
      || !is_time_or_end (text))
    return FALSE;
  parts->form = FORM_NAMED;
  if (digits == 2)
    parts->first += 10000; /* told apart from the year 21 */
  return TRUE;
}

static gboolean
split_compact (guint number, guint digits, const char *rest, DateParts *parts)
{
  if (digits == 8 && is_time_or_end (rest))
    *parts = (DateParts) { FORM_YEAR_FIRST, number / 10000, number / 100 % 100, number % 100 };
  else if (digits == 5 && (*rest == '\0' || (*rest == '.' && strspn (rest + 1, "0123456789") == strlen (rest + 1))))
    *parts = (DateParts) { FORM_SERIAL, number, 0, 0 };
  else
    return FALSE;
  return TRUE;
}

static gboolean
split_numbers (const char *text, DateParts *parts)
{
  guint digits[3];

  if (!take_number (&text, &parts->first, &digits[0]))
    return FALSE;
  if (digits[0] == 8 || digits[0] == 5)
    return split_compact (parts->first, digits[0], text, parts);
  if (!skip_separators (&text) || !take_number (&text, &parts->second, &digits[1]) || digits[1] > 2
      || !skip_separators (&text) || !take_number (&text, &parts->third, &digits[2]) || !is_time_or_end (text))
    return FALSE;

  if (digits[0] == 4 && digits[2] <= 2)
    parts->form = FORM_YEAR_FIRST;
  else if (digits[0] <= 2 && digits[2] == 4)
    parts->form = FORM_NUMBERS;
  else if (digits[0] <= 2 && digits[2] == 2)
    parts->form = FORM_SHORT;
  else
    return FALSE;
  return TRUE;
}

static void
split (const char *text, DateParts *parts)
{
  *parts = (DateParts) { FORM_NONE, 0, 0, 0 };
  if (strlen (text) > 60 || strpbrk (text, "0123456789") == NULL)
    return;
  if (!split_numbers (text, parts) && !split_named (text, parts))
    parts->form = FORM_NONE;
}

/* Of the years that end so, the last one that has begun: dates in files of contacts are of birth. */
static guint
complete_year (guint two_digits)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  guint this_year = (guint) g_date_time_get_year (now);
  guint year = this_year - this_year % 100 + two_digits;

  return year > this_year ? year - 100 : year;
}

static void
keep_example (char example[ROUNDS_DATE_EXAMPLE_SIZE], const char *text)
{
  if (*example == '\0')
    g_strlcpy (example, text, ROUNDS_DATE_EXAMPLE_SIZE);
}

/**
 * rounds_date_evidence_add:
 * @text: one more cell of the column, without blanks around it
 */
void
rounds_date_evidence_add (RoundsDateEvidence *self, const char *text)
{
  DateParts parts;

  split (text, &parts);
  switch (parts.form)
    {
    case FORM_NUMBERS:
    case FORM_SHORT:
      if (parts.first > 31 || parts.second > 31 || (parts.first > 12 && parts.second > 12))
        return;
      if (parts.first > 12)
        {
          self->n_day_first++;
          keep_example (self->day_first, text);
        }
      else if (parts.second > 12)
        {
          self->n_month_first++;
          keep_example (self->month_first, text);
        }
      else if (parts.first == parts.second)
        self->n_plain++;
      else
        {
          self->n_either++;
          keep_example (self->either, text);
        }
      return;
    case FORM_YEAR_FIRST:
    case FORM_NAMED:
      self->n_plain++;
      return;
    case FORM_SERIAL:
      self->n_serials++;
      return;
    case FORM_NONE:
    default:
      return;
    }
}

/** rounds_date_evidence_is_mixed: whether some cells can only begin with the day and others only with the month. */
gboolean
rounds_date_evidence_is_mixed (const RoundsDateEvidence *self)
{
  return self->n_day_first > 0 && self->n_month_first > 0;
}

/** rounds_date_evidence_needs_order: whether there are dates that mean another day in another order, and no cell that
 * tells which it is. */
gboolean
rounds_date_evidence_needs_order (const RoundsDateEvidence *self)
{
  return rounds_date_evidence_is_mixed (self)
         || (self->n_either > 0 && self->n_day_first == 0 && self->n_month_first == 0);
}

/**
 * rounds_date_evidence_get_order:
 * @locale: what the user writes; decides where the cells do not
 *
 * Returns: the order to read the column in; %ROUNDS_DATE_ORDER_UNKNOWN where the person must say
 */
RoundsDateOrder
rounds_date_evidence_get_order (const RoundsDateEvidence *self, RoundsDateOrder locale)
{
  if (rounds_date_evidence_is_mixed (self))
    return ROUNDS_DATE_ORDER_UNKNOWN;
  if (self->n_day_first > 0)
    return ROUNDS_DATE_ORDER_DMY;
  if (self->n_month_first > 0)
    return ROUNDS_DATE_ORDER_MDY;
  if (self->n_either > 0)
    /* With the year at the end, a user who puts it in front has no say about the rest. */
    return locale == ROUNDS_DATE_ORDER_YMD ? ROUNDS_DATE_ORDER_UNKNOWN : locale;
  return ROUNDS_DATE_ORDER_YMD;
}

/* "12 March 2021" of the cell in that order, or the cell itself. */
static char *
format_example (const char *text, RoundsDateOrder order)
{
  g_autofree char *iso = rounds_import_date_parse (text, order);
  guint year, month, day;
  g_autoptr (GDateTime) date = NULL;

  if (iso == NULL || sscanf (iso, "%u-%u-%u", &year, &month, &day) != 3)
    return g_strdup (text);
  date = g_date_time_new_utc ((int) year, (int) month, (int) day, 0, 0, 0);
  /* TRANSLATORS: a date written out, so that day and month cannot be taken for each other: for places that put the
   * month first, and for the others. */
  return g_date_time_format (date, rounds_date_order_of_locale () == ROUNDS_DATE_ORDER_MDY ? _ ("%B %-d, %Y")
                                                                                           : _ ("%-d %B %Y"));
}

/**
 * rounds_date_evidence_describe:
 * @order: how the column is going to be read
 *
 * Returns: (transfer full): a sentence that tells how sure that is, and by which cells
 */
char *
rounds_date_evidence_describe (const RoundsDateEvidence *self, RoundsDateOrder order)
{
  const char *telling = order == ROUNDS_DATE_ORDER_MDY ? self->month_first : self->day_first;
  g_autofree char *meaning = NULL;

  if (rounds_date_evidence_is_mixed (self))
    /* TRANSLATORS: both are dates as they stand in the file, such as 25/03/2021 and 03/25/2021. */
    return g_strdup_printf (
      _ ("“%s” begins with the day, “%s” with the month. Choose how to read the others; those that "
         "do not fit are rejected."),
      self->day_first, self->month_first);
  if (self->n_either > 0)
    meaning = format_example (self->either, order);
  if (self->n_either > 0 && rounds_date_evidence_needs_order (self) && order == ROUNDS_DATE_ORDER_UNKNOWN)
    return g_strdup_printf (_ ("“%s” can begin with the day or with the month, and no date in the column tells which."),
                            self->either);
  if (self->n_either > 0 && rounds_date_evidence_needs_order (self))
    return g_strdup_printf (_ ("“%s” is read as %s. No date in the column confirms it."), self->either, meaning);
  if (self->n_either > 0)
    return g_strdup_printf (_ ("“%s” is read as %s, because of “%s”."), self->either, meaning, telling);
  if (self->n_serials > 0)
    return g_strdup (_ ("Numbers are read as a spreadsheet’s count of days."));
  return g_strdup (_ ("The dates can be read in one way only."));
}

/** rounds_date_order_of_locale: how the user writes dates (LC_TIME). */
RoundsDateOrder
rounds_date_order_of_locale (void)
{
  for (const char *p = nl_langinfo (D_FMT); *p != '\0'; p++)
    {
      if (*p != '%')
        continue;
      while (p[1] != '\0' && strchr ("-_0^#EO", p[1]) != NULL)
        p++;
      switch (p[1])
        {
        case 'd':
        case 'e':
          return ROUNDS_DATE_ORDER_DMY;
        case 'm':
        case 'b':
        case 'B':
        case 'D':
          return ROUNDS_DATE_ORDER_MDY;
        case 'Y':
        case 'y':
        case 'F':
        case 'G':
          return ROUNDS_DATE_ORDER_YMD;
        default:
          break;
        }
    }
  return ROUNDS_DATE_ORDER_UNKNOWN;
}

static const char *const order_names[] = { "ask", "dmy", "mdy", "ymd" };

/** rounds_date_order_to_string: for files and scripts. */
const char *
rounds_date_order_to_string (RoundsDateOrder order)
{
  return order_names[order];
}

/** rounds_date_order_from_string: %ROUNDS_DATE_ORDER_UNKNOWN for what is none of dmy, mdy, ymd. */
RoundsDateOrder
rounds_date_order_from_string (const char *text)
{
  for (guint i = ROUNDS_DATE_ORDER_DMY; i < G_N_ELEMENTS (order_names); i++)
    if (g_strcmp0 (order_names[i], text) == 0)
      return i;
  return ROUNDS_DATE_ORDER_UNKNOWN;
}

static char *
to_iso (guint year, guint month, guint day)
{
  if (year < 1000 || year > 9999 || month < 1 || month > 12
      || !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
    return NULL;
  return g_strdup_printf ("%04u-%02u-%02u", year, month, day);
}

static char *
serial_to_iso (guint serial)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, SERIAL_EPOCH_DAY, G_DATE_DECEMBER, SERIAL_EPOCH_YEAR);
  g_date_add_days (&date, serial);
  return to_iso (g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
}

/**
 * rounds_import_date_parse:
 * @text: a cell, without blanks around it
 * @order: what its numbers mean where it does not say so itself
 *
 * Returns: (transfer full) (nullable): the date as YYYY-MM-DD; %NULL if it is none in that order
 */
char *
rounds_import_date_parse (const char *text, RoundsDateOrder order)
{
  DateParts parts;
  guint year;

  split (text, &parts);
  switch (parts.form)
    {
    case FORM_YEAR_FIRST:
      return to_iso (parts.first, parts.second, parts.third);
    case FORM_NAMED:
      return to_iso (parts.first >= 10000 ? complete_year (parts.first - 10000) : parts.first, parts.second,
                     parts.third);
    case FORM_SERIAL:
      return serial_to_iso (parts.first);
    case FORM_SHORT:
      if (order == ROUNDS_DATE_ORDER_YMD)
        return to_iso (complete_year (parts.first), parts.second, parts.third);
      G_GNUC_FALLTHROUGH;
    case FORM_NUMBERS:
      year = parts.form == FORM_SHORT ? complete_year (parts.third) : parts.third;
      if (order == ROUNDS_DATE_ORDER_DMY || parts.first == parts.second)
        return to_iso (year, parts.second, parts.first);
      return order == ROUNDS_DATE_ORDER_MDY ? to_iso (year, parts.first, parts.second) : NULL;
    case FORM_NONE:
    default:
      return NULL;
    }
}
