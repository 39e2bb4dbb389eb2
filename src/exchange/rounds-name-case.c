/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How names are written: registers shout them, lists hold them in one cell. The rules are those of the languages that
 * the names mostly come from; where a name leaves no trace of its own spelling (MACKENZIE, OBRIEN), nothing is guessed.
 */

#include "rounds-name-case.h"

#include <string.h>

/* Small words of family names, written small wherever they stand before another word. */
static const char *const particles[] = { "de",  "del", "da",  "dos", "das", "do",  "du", "des",
                                         "van", "von", "der", "den", "ter", "ten", "zu", NULL };
/* Those that are written small only behind another word: "de la Cruz", but "La Rosa" and "Di Pietro". */
static const char *const inner_particles[] = { "la", "las", "los", "le", "el", "al", "di", "della", "y", NULL };
static const char *const small_words[] = { "and", "of", "the", "for", "in", "on", "at", "by", "with", "to", NULL };
static const char *const numerals[] = { "II", "III", "IV", "VI", "VII", "VIII", NULL };
static const char *const abbreviations[] = { "OB",   "GYN", "ENT", "HIV", "ICU", "MRI", "LLC",
                                             "PLLC", "LLP", "PC",  "USA", "US",  NULL };
static const char *const prefixes[] = { "dr",  "prof", "mr",   "mrs", "ms",  "miss", "mx", "sir", "dame",
                                        "rev", "herr", "frau", "mme", "dhr", "mevr", "sr", "sra", NULL };
static const char *const suffixes[] = { "jr", "sr", "ii", "iii", "iv", NULL };
static const char *const credentials[] = { "md",   "do",   "dc",   "od",     "pa",  "pac", "np",  "rn",  "dds", "dmd",
                                           "phd",  "dpm",  "crna", "pharmd", "dnp", "fnp", "cnm", "lpc", "pt",  "dpt",
                                           "facs", "facp", "msc",  "mba",    "mph", "bsn", "msn", NULL };

/**
 * rounds_word_is_one_of:
 * @words: ended by %NULL
 *
 * Returns: whether @word is one of @words, however it is capitalised
 */
gboolean
rounds_word_is_one_of (const char *const *words, const char *word)
{
  const char small = g_ascii_tolower (*word);
  const char capital = g_ascii_toupper (*word);

  for (guint i = 0; words[i] != NULL; i++)
    if ((*words[i] == small || *words[i] == capital) && g_ascii_strcasecmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

/* Whether @word is @plain, with or without dots, as "M.D." and "Dr." are written. */
static gboolean
is_with_dots (const char *plain, const char *word)
{
  for (; *word != '\0'; word++)
    {
      if (*word == '.' || *word == '-')
        continue;
      if (g_ascii_tolower (*word) != g_ascii_tolower (*plain))
        return FALSE;
      plain++;
    }
  return *plain == '\0';
}

/* @words: in small letters, ended by %NULL */
static gboolean
is_one_with_dots (const char *const *words, const char *word)
{
  char first;

  while (*word == '.' || *word == '-')
    word++;
  first = g_ascii_tolower (*word);
  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] == first && is_with_dots (words[i], word))
      return TRUE;
  return FALSE;
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static gboolean
has_vowel (const char *word)
{
  return strpbrk (word, "AEIOUYaeiouy") != NULL || !g_str_is_ascii (word);
}

/* Capital at the start, after a hyphen, slash, bracket or dot, after an apostrophe with one letter before it, after
 * "Mc"; small elsewhere. */
static void
append_capitalised (GString *out, const char *word)
{
  gboolean start = TRUE;
  guint letters = 0;
  gunichar first = 0;
  gunichar second = 0;

  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isalpha (c))
        {
          start = is_apostrophe (c) ? letters == 1 : !g_unichar_ismark (c) && !g_unichar_isdigit (c);
          if (start || !is_apostrophe (c))
            letters = g_unichar_isdigit (c) ? 1 : 0;
          g_string_append_unichar (out, c);
          continue;
        }

      letters++;
      if (letters == 3 && first == 'M' && (second == 'C' || second == 'c') && *g_utf8_next_char (p) != '\0')
        start = TRUE;
      g_string_append_unichar (out, start ? g_unichar_totitle (c) : g_unichar_tolower (c));
      start = FALSE;
      if (letters == 1)
        first = g_unichar_toupper (c);
      else if (letters == 2)
        second = c;
    }
}

static void
append_small (GString *out, const char *word)
{
  /* Not g_utf8_strdown(), which makes a dotless i of I for a Turkish user. */
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (out, g_unichar_tolower (g_utf8_get_char (p)));
}

static gboolean
stays_as_it_is (const char *word, RoundsNameCase kind, gboolean last)
{
  if (rounds_word_is_one_of (numerals, word) && last)
    return TRUE;
  if (kind == ROUNDS_NAME_CASE_GIVEN)
    return strlen (word) == 2 && !has_vowel (word);
  return kind == ROUNDS_NAME_CASE_TITLE && rounds_word_is_one_of (abbreviations, word);
}

static gboolean
is_written_small (const char *word, RoundsNameCase kind, gboolean first, gboolean last)
{
  if (last)
    return FALSE;
  if (kind == ROUNDS_NAME_CASE_TITLE)
    return !first && rounds_word_is_one_of (small_words, word);
  if (kind == ROUNDS_NAME_CASE_GIVEN && first)
    return FALSE;
  return rounds_word_is_one_of (particles, word) || (!first && rounds_word_is_one_of (inner_particles, word));
}

/**
 * rounds_name_from_capitals:
 * @text: UTF-8, a name in capitals
 * @kind: what it names
 *
 * Returns: (transfer full): the name as people write it; words are set apart by one space
 */
char *
rounds_name_from_capitals (const char *text, RoundsNameCase kind)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n\r", -1);
  GString *out = g_string_new (NULL);
  int last = -1;

  for (int i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      last = i;

  for (int i = 0; i <= last; i++)
    {
      if (*words[i] == '\0')
        continue;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      if (stays_as_it_is (words[i], kind, i == last && out->len > 0))
        g_string_append (out, words[i]);
      else if (is_written_small (words[i], kind, out->len == 0, i == last))
        append_small (out, words[i]);
      else
        append_capitalised (out, words[i]);
    }
  return g_string_free_and_steal (out);
}

/** rounds_text_find_case: what letters @text has; those that have no case do not count. */
RoundsTextCase
rounds_text_find_case (const char *text)
{
  RoundsTextCase found = ROUNDS_TEXT_NO_CASE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      const gboolean is_ascii = (guchar) *p < 0x80;
      const gunichar c = is_ascii ? (gunichar) *p : g_utf8_get_char (p);

      if (is_ascii ? g_ascii_islower (c) : g_unichar_islower (c))
        return ROUNDS_TEXT_SMALL;
      if (is_ascii ? g_ascii_isupper (c) : g_unichar_isupper (c))
        found = ROUNDS_TEXT_CAPITALS;
    }
  return found;
}

/** rounds_text_is_capitals: whether @text has letters, and only capitals (or letters that have no case). */
gboolean
rounds_text_is_capitals (const char *text)
{
  return rounds_text_find_case (text) == ROUNDS_TEXT_CAPITALS;
}

/** rounds_name_is_prefix: whether @word is what stands before a name, such as "Dr." */
gboolean
rounds_name_is_prefix (const char *word)
{
  return is_one_with_dots (prefixes, word);
}

static gboolean
is_credential (const char *word)
{
  return is_one_with_dots (credentials, word);
}

/* "MD" and "PhD", but not "Do", which is a name when it is written so. */
static gboolean
is_written_as_credential (const char *word)
{
  gboolean capital = FALSE;

  for (const char *p = word + 1; *word != '\0' && *p != '\0'; p++)
    capital |= g_ascii_isupper (*p);
  return capital && is_credential (word);
}

static gboolean
is_suffix (const char *word)
{
  return is_one_with_dots (suffixes, word);
}

static char *
join_words (GPtrArray *words, guint from, guint to)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "%s%s", i > from ? " " : "", (char *) words->pdata[i]);
  return text->len > 0 ? g_string_free_and_steal (g_steal_pointer (&text)) : NULL;
}

static GPtrArray *
split_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text, " \t\n\r", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

/* Takes the last part between commas if it is a list of credentials or a suffix: "Jane Doe, MD, FACS". The parts come
 * from the last to the first. */
static gboolean
take_tail (RoundsPersonName *self, const char *part)
{
  g_autoptr (GPtrArray) words = split_words (part);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    if (!is_credential (words->pdata[i]) && !is_suffix (words->pdata[i]))
      return FALSE;

  for (guint i = 0; i < words->len; i++)
    if (self->suffix == NULL && is_suffix (words->pdata[i]))
      self->suffix = g_strdup (words->pdata[i]);
    else
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", (char *) words->pdata[i]);

  if (text->len > 0)
    {
      if (self->credentials != NULL)
        g_string_append_printf (text, ", %s", self->credentials);
      g_free (self->credentials);
      self->credentials = g_string_free_and_steal (g_steal_pointer (&text));
    }
  return TRUE;
}

/* "Dr. Jan van der Berg Jr." */
static void
take_plain_name (RoundsPersonName *self, const char *text)
{
  g_autoptr (GPtrArray) words = split_words (text);
  guint start = 0;
  guint end = words->len;
  guint family;

  while (start < end && rounds_name_is_prefix (words->pdata[start]))
    start++;
  self->prefix = join_words (words, 0, start);

  if (end > start + 2 && self->credentials == NULL && is_written_as_credential (words->pdata[end - 1]))
    self->credentials = g_strdup (words->pdata[--end]);
  if (end > start + 2 && self->suffix == NULL && is_suffix (words->pdata[end - 1]))
    self->suffix = g_strdup (words->pdata[--end]);

  family = end > start ? end - 1 : end;
  while (family > start + 1
         && (rounds_word_is_one_of (particles, words->pdata[family - 1])
             || rounds_word_is_one_of (inner_particles, words->pdata[family - 1])))
    family--;
  self->given = join_words (words, start, family);
  self->family = join_words (words, family, end);
}

/**
 * rounds_person_name_parse:
 * @self: takes the parts; whatever it held is overwritten
 * @text: a whole name: "Dr. Jan van der Berg", "Berg, Jan van der", "Jane Doe, MD"
 */
void
rounds_person_name_parse (RoundsPersonName *self, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  guint n_parts = g_strv_length (parts);

  memset (self, 0, sizeof *self);
  while (n_parts > 1 && take_tail (self, parts[n_parts - 1]))
    n_parts--;

  if (n_parts > 1)
    {
      g_autoptr (GPtrArray) words = split_words (parts[1]);
      guint start = 0;
      guint end = words->len;

      while (start < end && rounds_name_is_prefix (words->pdata[start]))
        start++;
      self->prefix = join_words (words, 0, start);
      self->given = join_words (words, start, end);
      self->family = g_strdup (g_strstrip (parts[0]));
    }
  else if (n_parts == 1)
    take_plain_name (self, parts[0]);
}

/** rounds_person_name_clear: frees the parts. */
void
rounds_person_name_clear (RoundsPersonName *self)
{
  g_clear_pointer (&self->prefix, g_free);
  g_clear_pointer (&self->given, g_free);
  g_clear_pointer (&self->family, g_free);
  g_clear_pointer (&self->suffix, g_free);
  g_clear_pointer (&self->credentials, g_free);
}
