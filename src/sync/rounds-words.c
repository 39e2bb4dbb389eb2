/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts as words, and which of them two texts have in common: what merging by word and showing a difference share. */

#include "rounds-words-private.h"

#include <string.h>

/* Two texts that differ in more tokens than this count as wholly rewritten: the search for the shortest script takes
 * time and memory by the square of it (4 MB here). */
#define MAX_DISTANCE 1000

/** rounds_words_is_letter: whether @c is a part of a word. */
gboolean
rounds_words_is_letter (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

static const char *
skip_blanks (const char *p)
{
  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Scripts that are written without blanks have a token for each sign. */
static const char *
skip_word (const char *p)
{
  gunichar c;

  if (*p == '\0')
    return p;

  c = g_utf8_get_char (p);
  p = g_utf8_next_char (p);
  if (!rounds_words_is_letter (c) || g_unichar_iswide (c))
    return p;
  while (*p != '\0')
    {
      c = g_utf8_get_char (p);
      if (!rounds_words_is_letter (c) || g_unichar_iswide (c))
        break;
      p = g_utf8_next_char (p);
    }
  return p;
}

/** rounds_words_ids_new: Returns: (transfer full): the ids of tokens, for texts that are to be compared. */
GHashTable *
rounds_words_ids_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * rounds_words_split:
 * @text: a text, which must outlive the tokens
 * @comparison: what counts as equal
 * @ids: the ids of tokens, which are added to
 *
 * Returns: (transfer full) (element-type RoundsToken): all of @text
 */
GArray *
rounds_words_split (const char *text, RoundsWordsComparison comparison, GHashTable *ids)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (RoundsToken));

  while (*text != '\0')
    {
      const char *word = skip_blanks (text);
      const char *end = skip_word (word);
      RoundsToken token = { text, (gsize) (end - text), (gsize) (word - text), 0 };
      const char *compared = comparison == ROUNDS_WORDS_ALONE ? word : text;
      char *key = g_strndup (compared, (gsize) (end - compared));
      gpointer known;

      if (g_hash_table_lookup_extended (ids, key, NULL, &known))
        {
          token.id = GPOINTER_TO_UINT (known);
          g_free (key);
        }
      else
        {
          token.id = g_hash_table_size (ids);
          g_hash_table_insert (ids, key, GUINT_TO_POINTER (token.id));
        }
      g_array_append_val (tokens, token);
      text = end;
    }
  return tokens;
}

/** rounds_words_same: whether two tokens count as equal; both texts were split with the same ids. */
gboolean
rounds_words_same (GArray *a, guint i, GArray *b, guint j)
{
  return ROUNDS_TOKEN (a, i)->id == ROUNDS_TOKEN (b, j)->id;
}

/* Walks the recorded fronts back from the end and notes the tokens that both sides have. */
static void
trace_back (GPtrArray *fronts, int distance, RoundsTokenRange a, RoundsTokenRange b, int *match)
{
  int x = (int) (a.end - a.begin);
  int y = (int) (b.end - b.begin);

  for (int d = distance; d >= 0; d--)
    {
      const int *front = g_ptr_array_index (fronts, d);
      int k = x - y;
      gboolean down = k == -d || (k != d && front[d + k - 1] < front[d + k + 1]);
      int from_k = down ? k + 1 : k - 1;
      int from_x = d == 0 ? 0 : front[d + from_k];
      int from_y = d == 0 ? 0 : from_x - from_k;

      while (x > from_x && y > from_y)
        {
          x--;
          y--;
          match[a.begin + (guint) x] = (int) b.begin + y;
        }
      x = from_x;
      y = from_y;
    }
}

/* Myers, An O(ND) Difference Algorithm, 1986: the greedy forward search over what is left between a common head and
 * tail. Fronts are kept as they were before each round, indexed by d + k. */
static void
find_matches (GArray *from, RoundsTokenRange a, GArray *to, RoundsTokenRange b, int *match)
{
  int n = (int) (a.end - a.begin);
  int m = (int) (b.end - b.begin);
  int limit = MIN (n + m, MAX_DISTANCE);
  g_autofree int *v = g_new0 (int, 2 * limit + 3);
  g_autoptr (GPtrArray) fronts = g_ptr_array_new_with_free_func (g_free);
  int middle = limit + 1;

  if (n == 0 || m == 0)
    return;

  for (int d = 0; d <= limit; d++)
    {
      g_ptr_array_add (fronts, g_memdup2 (v + middle - d, (gsize) (2 * d + 1) * sizeof (int)));
      for (int k = -d; k <= d; k += 2)
        {
          gboolean down = k == -d || (k != d && v[middle + k - 1] < v[middle + k + 1]);
          int x = down ? v[middle + k + 1] : v[middle + k - 1] + 1;
          int y = x - k;

          while (x < n && y < m && rounds_words_same (from, a.begin + (guint) x, to, b.begin + (guint) y))
            {
              x++;
              y++;
            }
          v[middle + k] = x;
          if (x >= n && y >= m)
            {
              trace_back (fronts, d, a, b, match);
              return;
            }
        }
    }
}

/* For each token of from the index of its counterpart in to, or -1; ascending. */
static int *
match_tokens (GArray *from, GArray *to)
{
  int *match = g_new (int, from->len + 1);
  RoundsTokenRange a = { 0, from->len };
  RoundsTokenRange b = { 0, to->len };

  for (guint i = 0; i < from->len; i++)
    match[i] = -1;
  while (a.begin < a.end && b.begin < b.end && rounds_words_same (from, a.begin, to, b.begin))
    match[a.begin++] = (int) b.begin++;
  while (a.begin < a.end && b.begin < b.end && rounds_words_same (from, a.end - 1, to, b.end - 1))
    match[--a.end] = (int) --b.end;
  find_matches (from, a, to, b, match);
  return match;
}

/** rounds_words_dup_range: Returns: (transfer full): the text of some tokens. */
char *
rounds_words_dup_range (GArray *tokens, RoundsTokenRange range)
{
  const RoundsToken *last;

  if (range.begin == range.end)
    return g_strdup ("");
  last = ROUNDS_TOKEN (tokens, range.end - 1);
  return g_strndup (ROUNDS_TOKEN (tokens, range.begin)->text,
                    (gsize) (last->text + last->length - ROUNDS_TOKEN (tokens, range.begin)->text));
}

/**
 * rounds_words_find_hunks:
 * @base: (element-type RoundsToken): a text
 * @side: (element-type RoundsToken): what became of it
 *
 * Returns: (transfer full) (element-type RoundsTokenHunk): the stretches that were changed and what stands there now,
 *   in order
 */
GArray *
rounds_words_find_hunks (GArray *base, GArray *side)
{
  g_autofree int *match = match_tokens (base, side);
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (RoundsTokenHunk));
  RoundsTokenHunk hunk = { { 0, 0 }, { 0, 0 } };

  for (guint b = 0; b <= base->len; b++)
    {
      guint s = b == base->len ? side->len : (guint) match[b];

      if (b < base->len && match[b] < 0)
        continue;
      hunk.base.end = b;
      hunk.side.end = s;
      if (hunk.base.begin < hunk.base.end || hunk.side.begin < hunk.side.end)
        g_array_append_val (hunks, hunk);
      hunk.base.begin = b + 1;
      hunk.side.begin = s + 1;
    }
  return hunks;
}
