/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "rounds-sqlite-functions-private.h"

#include <string.h>

#include "rounds-record.h"

/* @start is folded; @text need not be. For text that is ASCII, as most is, nothing is allocated. */
static gboolean
ascii_word_begins (const char *text, const char *start)
{
  gsize length = strlen (start);
  gboolean in_word = FALSE;

  for (const char *p = text; *p != '\0'; p++)
    {
      gboolean is_letter = g_ascii_isalnum (*p);

      if (is_letter && !in_word && g_ascii_strncasecmp (p, start, length) == 0)
        return TRUE;
      in_word = is_letter;
    }
  return FALSE;
}

static gboolean
folded_word_begins (const char *folded, const char *start)
{
  gboolean in_word = FALSE;

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gboolean is_letter = g_unichar_isalnum (g_utf8_get_char (p));

      if (is_letter && !in_word && g_str_has_prefix (p, start))
        return TRUE;
      in_word = is_letter;
    }
  return FALSE;
}

static void
words_begin (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *start = (const char *) sqlite3_value_text (values[1]);
  gboolean begins = FALSE;

  if (text != NULL && start != NULL && g_str_is_ascii (text))
    begins = ascii_word_begins (text, start);
  else if (text != NULL && start != NULL)
    {
      g_autofree char *folded = rounds_text_fold (text);

      begins = folded_word_begins (folded, start);
    }
  sqlite3_result_int (context, begins);
}

/* Whether the digits of @text from @p on are @digits, and perhaps more. */
static gboolean
digits_follow (const char *p, const char *digits)
{
  for (; *digits != '\0'; p++)
    {
      if (*p == '\0')
        return FALSE;
      if (!g_ascii_isdigit (*p))
        continue;
      if (*p != *digits)
        return FALSE;
      digits++;
    }
  return TRUE;
}

static void
digits_contain (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);
  const char *digits = (const char *) sqlite3_value_text (values[1]);
  gboolean contains = FALSE;

  for (; text != NULL && digits != NULL && *text != '\0' && !contains; text++)
    contains = g_ascii_isdigit (*text) && digits_follow (text, digits);
  sqlite3_result_int (context, contains);
}

static void
fold (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *text = (const char *) sqlite3_value_text (values[0]);

  if (text != NULL)
    sqlite3_result_text (context, rounds_text_fold (text), -1, g_free);
}

int
rounds_sqlite_add_functions (sqlite3 *handle)
{
  const struct
  {
    const char *name;
    int n;
    void (*call) (sqlite3_context *context, int n, sqlite3_value **values);
  } functions[] = { { "words_begin", 2, words_begin }, { "digits_contain", 2, digits_contain }, { "folded", 1, fold } };
  int result = SQLITE_OK;

  for (guint i = 0; i < G_N_ELEMENTS (functions) && result == SQLITE_OK; i++)
    result = sqlite3_create_function_v2 (handle, functions[i].name, functions[i].n,
                                         SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                         functions[i].call, NULL, NULL, NULL);
  return result;
}
