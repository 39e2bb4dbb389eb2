/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A text cut into words, so that whatever is found in it is found at the borders of words: "monitor" is no Monday. */

#include "config.h"

#include "rounds-line-words.h"

#include <langinfo.h>
#include <string.h>

#include "rounds-record.h"

/**
 * rounds_line_squeeze:
 * @text: an abbreviation
 *
 * Returns: (transfer full): it in lower case, without accents, points and blanks: "am" for "a. m."
 */
char *
rounds_line_squeeze (const char *text)
{
  g_autofree char *folded = rounds_text_fold (text);
  GString *squeezed = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (*p != '.' && !g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (squeezed, g_utf8_get_char (p));
  return g_string_free_and_steal (squeezed);
}

static void
take_half (RoundsLineContext *self, int which, nl_item item)
{
  g_autofree char *text = g_locale_to_utf8 (nl_langinfo (item), -1, NULL, NULL, NULL);
  g_autofree char *squeezed = rounds_line_squeeze (text != NULL ? text : "");

  g_strlcpy (self->halves[which], squeezed, sizeof self->halves[which]);
}

/**
 * rounds_line_context_init_now:
 * @self: (out caller-allocates): takes the user's locale and today's date in their zone
 * @phrases: their words; must outlive @self
 */
void
rounds_line_context_init_now (RoundsLineContext *self, const RoundsPhrases *phrases)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->phrases = phrases;
  self->is_entry = FALSE;
  self->month_first = rounds_locale_is_month_first ();
  self->day_with_points = strchr (nl_langinfo (D_FMT), '.') != NULL && strchr (nl_langinfo (T_FMT), '.') == NULL;
  take_half (self, 0, AM_STR);
  take_half (self, 1, PM_STR);
  g_date_clear (&self->today, 1);
  g_date_set_dmy (&self->today, (GDateDay) g_date_time_get_day_of_month (now), (GDateMonth) g_date_time_get_month (now),
                  (GDateYear) g_date_time_get_year (now));
}

static void
clear_word (gpointer data)
{
  RoundsLineWord *self = data;

  g_free (self->core);
  g_free (self->folded);
}

/* What may stand around a word and is no part of it. */
static gboolean
is_opening (char c)
{
  return c != '\0' && strchr ("(\"'[", c) != NULL;
}

static gboolean
is_closing (char c)
{
  return c != '\0' && strchr (".,:;!?)\"']", c) != NULL;
}

static void
add_word (RoundsLineWords *self, const char *text, gsize start, gsize end)
{
  RoundsLineWord word = { .start = start, .end = end };
  gsize first = start, last = end;

  while (first < last && is_opening (text[first]))
    first++;
  while (last > first && is_closing (text[last - 1]))
    {
      last--;
      if (strchr (",:;.!?", text[last]) != NULL)
        word.after = text[last];
    }
  word.core = g_strndup (text + first, last - first);
  word.folded = rounds_text_fold (word.core);
  word.is_capital = first < last && g_unichar_isupper (g_utf8_get_char (text + first));
  g_array_append_val (self->words, word);
}

/**
 * rounds_line_words_init:
 * @self: (out caller-allocates): takes the words
 * @text: a text
 * @start: from where on, in bytes
 * @end: up to where
 */
void
rounds_line_words_init (RoundsLineWords *self, const char *text, gsize start, gsize end)
{
  gsize at = start;

  self->words = g_array_new (FALSE, FALSE, sizeof (RoundsLineWord));
  g_array_set_clear_func (self->words, clear_word);
  while (at < end)
    {
      gsize first;

      while (at < end && g_unichar_isspace (g_utf8_get_char (text + at)))
        at = (gsize) (g_utf8_next_char (text + at) - text);
      first = at;
      while (at < end && !g_unichar_isspace (g_utf8_get_char (text + at)))
        at = (gsize) (g_utf8_next_char (text + at) - text);
      if (at > first)
        add_word (self, text, first, at);
    }
  self->folded = g_new0 (const char *, self->words->len + 1);
  for (guint i = 0; i < self->words->len; i++)
    self->folded[i] = g_array_index (self->words, RoundsLineWord, i).folded;
}

/** rounds_line_words_clear: frees what @self holds. */
void
rounds_line_words_clear (RoundsLineWords *self)
{
  g_clear_pointer (&self->words, g_array_unref);
  g_clear_pointer (&self->folded, g_free);
}

/** rounds_line_words_get_n: Returns: how many words there are */
guint
rounds_line_words_get_n (const RoundsLineWords *self)
{
  return self->words->len;
}

/** rounds_line_words_get: Returns: (transfer none): the word at @i */
const RoundsLineWord *
rounds_line_words_get (const RoundsLineWords *self, guint i)
{
  g_return_val_if_fail (i < self->words->len, NULL);

  return &g_array_index (self->words, RoundsLineWord, i);
}

/* Punctuation within a phrase parts it: "in, 3 days" is none. */
static gboolean
is_unbroken (const RoundsLineWords *self, guint i, guint n)
{
  for (guint k = i; k + 1 < i + n; k++)
    if (rounds_line_words_get (self, k)->after != 0)
      return FALSE;
  return TRUE;
}

/**
 * rounds_line_words_match:
 * @self: words
 * @phrases: a language
 * @kind: what is looked for
 * @i: at which word; may be behind the last one
 * @value: (out) (optional): as in rounds_phrases_match()
 *
 * Returns: how many words from @i on are such a phrase; 0: it is none
 */
guint
rounds_line_words_match (const RoundsLineWords *self, const RoundsPhrases *phrases, RoundsPhraseKind kind, guint i,
                         RoundsPhraseValue *value)
{
  guint n;

  if (i >= self->words->len)
    return 0;
  n = rounds_phrases_match (phrases, kind, self->folded + i, self->words->len - i, value);
  return n > 0 && is_unbroken (self, i, n) ? n : 0;
}
