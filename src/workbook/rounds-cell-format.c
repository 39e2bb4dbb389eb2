/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks of Excel hold dates as numbers of days; that a number is a date only its format tells (ECMA-376 part 1,
 * 18.8.30 and 18.17.4.1; [MS-XLS] 2.4.126). */

#include "rounds-cell-format.h"

#include <math.h>
#include <string.h>

/* 9999-12-31 in the system of 1900. */
#define LAST_DAY 2958465

/* Removes from a code what stands for itself: quoted text, escaped characters, spaces as wide as a character, fillings,
 * colours and conditions; stays what is placeholder. Only the first section, which is that of positive numbers. */
static void
reduce_code (const char *code, GString *placeholders, GString *pattern)
{
  for (const char *p = code; *p != '\0' && *p != ';'; p++)
    switch (*p)
      {
      case '"':
        for (p++; *p != '\0' && *p != '"'; p++)
          g_string_append_c (pattern, *p);
        if (*p == '\0')
          return;
        break;
      case '\\':
        if (*++p == '\0')
          return;
        g_string_append_c (pattern, *p);
        break;
      case '_':
      case '*':
        if (*++p == '\0')
          return;
        break;
      case '[':
        /* Hours, minutes and seconds that count on are such brackets too. */
        if (strchr ("hHmMsS", p[1]) != NULL && p[1] != '\0' && strchr ("]hHmMsS", p[2]) != NULL)
          g_string_append_c (placeholders, '[');
        p = strchr (p, ']');
        if (p == NULL)
          return;
        break;
      default:
        g_string_append_c (placeholders, g_ascii_tolower (*p));
        g_string_append_c (pattern, *p);
      }
}

static gboolean
is_digits (const char *pattern)
{
  guint n = 0;

  for (const char *p = pattern; *p != '\0'; p++)
    if (*p == '0')
      n++;
    else if (strchr ("-/ ()+", *p) == NULL)
      return FALSE;
  return n > 1;
}

/**
 * rounds_cell_format_parse:
 * @self: (out): what numbers are that are shown by @code
 * @code: a format's code, such as "dd.mm.yyyy" or "00000"
 */
void
rounds_cell_format_parse (RoundsCellFormat *self, const char *code)
{
  g_autoptr (GString) placeholders = g_string_new (NULL);
  g_autoptr (GString) pattern = g_string_new (NULL);
  gboolean has_date;
  gboolean has_time;

  memset (self, 0, sizeof *self);
  reduce_code (code, placeholders, pattern);
  /* The latter by programs that write it in German. */
  if (strstr (placeholders->str, "general") != NULL || strstr (placeholders->str, "standard") != NULL)
    return;

  /* The m of "am/pm" is no month. */
  has_time = g_string_replace (placeholders, "am/pm", "h", 0) > 0 || g_string_replace (placeholders, "a/p", "h", 0) > 0
             || strpbrk (placeholders->str, "hs[") != NULL;
  has_date = strpbrk (placeholders->str, "yd") != NULL || (!has_time && strchr (placeholders->str, 'm') != NULL);
  if (has_date)
    self->kind = has_time ? ROUNDS_CELL_DATE_TIME : ROUNDS_CELL_DATE;
  else if (has_time)
    self->kind = strchr (placeholders->str, '[') != NULL ? ROUNDS_CELL_DURATION : ROUNDS_CELL_TIME;
  else if (is_digits (pattern->str) && pattern->len < sizeof self->pattern)
    {
      self->kind = ROUNDS_CELL_DIGITS;
      g_strlcpy (self->pattern, pattern->str, sizeof self->pattern);
    }
}

/**
 * rounds_cell_format_built_in:
 * @self: (out): what numbers are that are shown by the format @id, which no workbook spells out
 * @id: e.g. 14, the usual one for dates, which looks different in each country
 */
void
rounds_cell_format_built_in (RoundsCellFormat *self, guint id)
{
  memset (self, 0, sizeof *self);
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) || id == 57 || id == 58)
    self->kind = ROUNDS_CELL_DATE;
  else if (id == 22)
    self->kind = ROUNDS_CELL_DATE_TIME;
  else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
    self->kind = ROUNDS_CELL_TIME;
  else if (id == 46)
    self->kind = ROUNDS_CELL_DURATION;
}

/* "1.5e+22" as digits alone. */
static void
append_plain (GString *text, const char *scientific)
{
  const char *e = strchr (scientific, 'e');
  g_autofree char *mantissa = g_strndup (scientific, e - scientific);
  int exponent = (int) g_ascii_strtoll (e + 1, NULL, 10);
  char *digits = mantissa;
  char *point;
  int whole;

  if (*digits == '-')
    {
      g_string_append_c (text, '-');
      digits++;
    }
  point = strchr (digits, '.');
  if (point != NULL)
    memmove (point, point + 1, strlen (point));
  whole = 1 + exponent;

  if (whole <= 0)
    g_string_append (text, "0.");
  for (int i = whole; i < 0; i++)
    g_string_append_c (text, '0');
  for (int i = 0; digits[i] != '\0'; i++)
    {
      if (i == whole && i > 0)
        g_string_append_c (text, '.');
      g_string_append_c (text, digits[i]);
    }
  for (int i = strlen (digits); i < whole; i++)
    g_string_append_c (text, '0');
}

/* As short as is possible without loss, and never as a power of ten, which would spoil numbers of telephones. */
static void
append_number (GString *text, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.15g", value);
  if (g_ascii_strtod (buffer, NULL) != value)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", value);
  if (strchr (buffer, 'e') != NULL)
    append_plain (text, buffer);
  else
    g_string_append (text, buffer);
}

static void
append_digits (GString *text, const char *pattern, double value)
{
  g_autofree char *digits = g_strdup_printf ("%.0f", value);
  gsize n_digits = strlen (digits);
  gsize n_places = 0;
  const char *next = digits;

  for (const char *p = pattern; *p != '\0'; p++)
    n_places += *p == '0';
  for (const char *p = pattern; *p != '\0'; p++)
    if (*p != '0')
      g_string_append_c (text, *p);
    else if (n_digits < n_places)
      {
        g_string_append_c (text, '0');
        n_places--;
      }
    else
      {
        /* What there are more of stands before the first place. */
        do
          g_string_append_c (text, *next++);
        while (n_digits-- > n_places);
        n_places--;
      }
}

/* Civil from days: H. Hinnant, chrono-Compatible Low-Level Date Algorithms. */
static void
append_day (GString *text, gint64 days_since_1970)
{
  gint64 z = days_since_1970 + 719468;
  gint64 era = z / 146097;
  gint64 day_of_era = z - era * 146097;
  gint64 year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 shifted_month = (5 * day_of_year + 2) / 153;
  int day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
  int month = shifted_month < 10 ? shifted_month + 3 : shifted_month - 9;
  int year = year_of_era + era * 400 + (month <= 2);

  g_string_append_printf (text, "%04d-%02d-%02d", year, month, day);
}

static gboolean
append_date (GString *text, gint64 day, gboolean from_1904)
{
  if (from_1904)
    day += 1462;
  if (day < 0 || day > LAST_DAY)
    return FALSE;
  /* Lotus 1-2-3 took 1900 for a leap year, and Excel does it since. */
  if (!from_1904 && day == 60)
    g_string_append (text, "1900-02-29");
  else
    append_day (text, day - 25569 + (day < 60));
  return TRUE;
}

/**
 * rounds_cell_format_print:
 * @value: the cell's number
 * @from_1904: whether the workbook counts days from 1904
 * @text: takes at its end the number; or the date, time or both by ISO 8601
 *
 * Returns: %FALSE if @value is no date that there is
 */
gboolean
rounds_cell_format_print (const RoundsCellFormat *self, double value, gboolean from_1904, GString *text)
{
  gint64 seconds;

  if (!isfinite (value))
    return FALSE;
  if (self->kind == ROUNDS_CELL_DIGITS && value >= 0 && value < 1e15 && value == floor (value))
    {
      append_digits (text, self->pattern, value);
      return TRUE;
    }
  if (self->kind == ROUNDS_CELL_NUMBER || self->kind == ROUNDS_CELL_DIGITS)
    {
      append_number (text, value);
      return TRUE;
    }
  if (value < 0 || value > LAST_DAY + 1)
    return FALSE;
  if (self->kind == ROUNDS_CELL_DATE)
    return append_date (text, (gint64) floor (value), from_1904);

  seconds = (gint64) floor (value * 86400 + 0.5);
  if (self->kind == ROUNDS_CELL_TIME)
    seconds %= 86400;
  else if (self->kind == ROUNDS_CELL_DATE_TIME)
    {
      if (!append_date (text, seconds / 86400, from_1904))
        return FALSE;
      seconds %= 86400;
      if (seconds == 0)
        return TRUE;
      g_string_append_c (text, 'T');
    }
  g_string_append_printf (text, "%02d:%02d:%02d", (int) (seconds / 3600), (int) (seconds / 60 % 60),
                          (int) (seconds % 60));
  return TRUE;
}
