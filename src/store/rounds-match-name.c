/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names as they are compared: folded, without titles and degrees, without the initials of middle names. */

#include "rounds-match.h"

#include <string.h>

/* What is written in front of or behind a name and is not one, folded. */
static const char *const titles[] = {
  "dr",  "doc",  "doctor", "dott", "dra",  "prof", "professor", "mr",   "mrs", "ms",  "miss", "mx",  "sir",  "herr",
  "med", "dent", "frau",   "mme",  "mlle", "sra",  "ing",       "dipl", "md",  "phd", "dds",  "dmd", "dpm",  "mbbs",
  "msc", "bsc",  "facp",   "facs", "jr",   "sr",   "ii",        "iii",  "iv",  "esq", "rn",   "np",  "crna",
};

static gboolean
is_title (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (word, titles[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_alnum (gunichar c)
{
  return c < 0x80 ? g_ascii_isalnum ((char) c) : g_unichar_isalnum (c);
}

/* The words of @folded, which they are cut out of: letters and digits, "O'Brien" as one, "Mary-Ann" as two, "M.D." as
 * one. Returns: (transfer container) (element-type utf8) */
static GPtrArray *
split (char *folded)
{
  GPtrArray *words = g_ptr_array_new ();
  char *word = folded;
  char *end = folded; /* of the word so far: never beyond what was read, as what ends a word is no part of one */

  for (const char *p = folded, *next;; p = next)
    {
      gunichar c = g_utf8_get_char (p);
      gboolean is_last = c == '\0';
      gboolean ends = is_last || !(is_alnum (c) || c == '\'' || c == '.' || c == 0x2019);

      next = is_last ? p : g_utf8_next_char (p);
      if (!ends && is_alnum (c))
        {
          memmove (end, p, (gsize) (next - p));
          end += next - p;
        }
      if (c == '.' && end - word > 1 && !(p[1] != '\0' && p[2] == '.'))
        ends = TRUE; /* "Dr.Bauer" is two words, "M.D." one */
      if (ends && end > word)
        {
          *end++ = '\0';
          g_ptr_array_add (words, word);
          word = end;
        }
      if (is_last)
        return words;
    }
}

/* Takes titles away from either end, but never the last word. */
static void
drop_titles (GPtrArray *words)
{
  while (words->len > 1 && is_title (words->pdata[0]))
    g_ptr_array_remove_index (words, 0);
  while (words->len > 1 && is_title (words->pdata[words->len - 1]))
    g_ptr_array_remove_index (words, words->len - 1);
}

/* @from: words before this one stay even if they are initials */
static void
append (GString *key, GPtrArray *words, guint from)
{
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = words->pdata[i];

      if (i >= from && g_utf8_strlen (word, 2) <= 1)
        continue;
      if (i > 0)
        g_string_append_c (key, ' ');
      g_string_append (key, word);
    }
}

/**
 * rounds_match_fold_name:
 * @given: (nullable): the given names
 * @family: (nullable): the family name
 *
 * Returns: (transfer full) (nullable): the name as it is compared; %NULL unless there are both parts, as one part alone
 *   is many people's
 */
char *
rounds_match_fold_name (const char *given, const char *family)
{
  g_autofree char *folded_given = rounds_text_fold (given);
  g_autofree char *folded_family = rounds_text_fold (family);
  g_autoptr (GPtrArray) given_words = split (folded_given);
  g_autoptr (GPtrArray) family_words = split (folded_family);
  GString *key;

  if (given_words->len == 0 || family_words->len == 0)
    return NULL;
  drop_titles (given_words);
  drop_titles (family_words);
  key = g_string_new (NULL);
  append (key, family_words, family_words->len);
  g_string_append_c (key, '|');
  append (key, given_words, 1);
  return g_string_free_and_steal (key);
}
