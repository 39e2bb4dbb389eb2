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

/* The words of @name: letters and digits, "O'Brien" as one, "Mary-Ann" as two, "M.D." as one. */
static GPtrArray *
split (const char *name)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folded = rounds_text_fold (name);
  g_autoptr (GString) word = g_string_new (NULL);

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean ends = *p == '\0' || !(g_unichar_isalnum (c) || c == '\'' || c == '.' || c == 0x2019);

      if (!ends && g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      if (c == '.' && word->len > 1 && !(p[1] != '\0' && p[2] == '.'))
        ends = TRUE; /* "Dr.Bauer" is two words, "M.D." one */
      if (ends && word->len > 0)
        {
          g_ptr_array_add (words, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      if (*p == '\0')
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

      if (i < from || g_utf8_strlen (word, 2) > 1)
        g_string_append_printf (key, "%s%s", i > 0 ? " " : "", word);
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
  g_autoptr (GPtrArray) given_words = split (given);
  g_autoptr (GPtrArray) family_words = split (family);
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
