/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-text-merge.h"

#include <string.h>

/* Two texts that differ in more tokens than this count as wholly rewritten: the search for the shortest script takes
 * time and memory by the square of it (4 MB here). */
#define MAX_DISTANCE 1000

/* Overlaps with at most so many unchanged tokens between them are told as one: "[Tuesday at 9 / Friday at 10]". */
#define MAX_ISLAND 3

/* A word or one punctuation mark with the blanks before it, so that text added at the end leaves what was there as it
 * was. Equal ids are equal texts. */
typedef struct
{
  const char *text; /* into the text itself */
  gsize length;
  guint id;
} Token;

typedef struct
{
  guint begin;
  guint end;
} Range;

typedef struct
{
  Range base;
  Range side;
} Hunk;

/* What became of one stretch of the base text on both sides. */
typedef struct
{
  Range base;
  Range mine;
  Range theirs;
} Chunk;

typedef struct
{
  GHashTable *ids; /* text -> id + 1 */
  GArray *base;
  GArray *mine;
  GArray *theirs;
} Texts;

#define TOKEN(tokens, i) (&g_array_index ((tokens), Token, (i)))

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* Scripts that are written without blanks have a token for each sign. */
static const char *
skip_token (const char *p)
{
  gunichar c;

  while (*p != '\0' && g_unichar_isspace (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  if (*p == '\0')
    return p;

  c = g_utf8_get_char (p);
  p = g_utf8_next_char (p);
  if (!is_word (c) || g_unichar_iswide (c))
    return p;
  while (*p != '\0')
    {
      c = g_utf8_get_char (p);
      if (!is_word (c) || g_unichar_iswide (c))
        break;
      p = g_utf8_next_char (p);
    }
  return p;
}

static GArray *
split (const char *text, GHashTable *ids)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));

  while (*text != '\0')
    {
      const char *end = skip_token (text);
      Token token = { text, (gsize) (end - text), 0 };
      char *key = g_strndup (text, token.length);
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

static gboolean
same (GArray *a, guint i, GArray *b, guint j)
{
  return TOKEN (a, i)->id == TOKEN (b, j)->id;
}

/* Walks the recorded fronts back from the end and notes the tokens that both sides have. */
static void
trace_back (GPtrArray *fronts, int distance, Range a, Range b, int *match)
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
find_matches (GArray *from, Range a, GArray *to, Range b, int *match)
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

          while (x < n && y < m && same (from, a.begin + (guint) x, to, b.begin + (guint) y))
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
  Range a = { 0, from->len };
  Range b = { 0, to->len };

  for (guint i = 0; i < from->len; i++)
    match[i] = -1;
  while (a.begin < a.end && b.begin < b.end && same (from, a.begin, to, b.begin))
    match[a.begin++] = (int) b.begin++;
  while (a.begin < a.end && b.begin < b.end && same (from, a.end - 1, to, b.end - 1))
    match[--a.end] = (int) --b.end;
  find_matches (from, a, to, b, match);
  return match;
}

static gboolean
ranges_equal (GArray *a, Range ra, GArray *b, Range rb)
{
  if (ra.end - ra.begin != rb.end - rb.begin)
    return FALSE;
  for (guint i = 0; i < ra.end - ra.begin; i++)
    if (!same (a, ra.begin + i, b, rb.begin + i))
      return FALSE;
  return TRUE;
}

static gboolean
range_contains (GArray *a, Range whole, GArray *b, Range part)
{
  guint length = part.end - part.begin;

  for (guint begin = whole.begin; begin + length <= whole.end; begin++)
    {
      Range window = { begin, begin + length };

      if (ranges_equal (a, window, b, part))
        return TRUE;
    }
  return FALSE;
}

static char *
dup_range (GArray *tokens, Range range)
{
  const Token *last;

  if (range.begin == range.end)
    return g_strdup ("");
  last = TOKEN (tokens, range.end - 1);
  return g_strndup (TOKEN (tokens, range.begin)->text,
                    (gsize) (last->text + last->length - TOKEN (tokens, range.begin)->text));
}

/* Whether both sides changed this stretch, and neither's text holds the other's. */
static gboolean
is_overlap (const Texts *texts, const Chunk *chunk)
{
  return chunk->base.begin < chunk->base.end && !ranges_equal (texts->mine, chunk->mine, texts->base, chunk->base)
         && !ranges_equal (texts->theirs, chunk->theirs, texts->base, chunk->base)
         && !range_contains (texts->mine, chunk->mine, texts->theirs, chunk->theirs)
         && !range_contains (texts->theirs, chunk->theirs, texts->mine, chunk->mine);
}

/* What one side changed: a stretch of the base text and what stands there now. */
static GArray *
find_hunks (GArray *base, GArray *side)
{
  g_autofree int *match = match_tokens (base, side);
  GArray *hunks = g_array_new (FALSE, FALSE, sizeof (Hunk));
  Hunk hunk = { { 0, 0 }, { 0, 0 } };

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

/* The next hunk of a list if it begins before the end of @range, or puts text in at the same point as it. */
static const Hunk *
next_in_range (GArray *hunks, guint i, Range range)
{
  const Hunk *hunk = i < hunks->len ? &g_array_index (hunks, Hunk, i) : NULL;

  if (hunk == NULL)
    return NULL;
  if (hunk->base.begin < range.end || (hunk->base.end == range.begin && range.begin == range.end))
    return hunk;
  return NULL;
}

static gboolean
is_before (GArray *a, guint i, GArray *b, guint j)
{
  const Hunk *first = i < a->len ? &g_array_index (a, Hunk, i) : NULL;
  const Hunk *second = j < b->len ? &g_array_index (b, Hunk, j) : NULL;

  if (first == NULL || second == NULL)
    return first != NULL;
  if (first->base.begin != second->base.begin)
    return first->base.begin < second->base.begin;
  return first->base.end <= second->base.end;
}

/* Puts the hunks of both sides together that touch the same tokens of the base text. Unlike diff3 by line, changes of
 * neighbouring words do not count as touching. */
static GArray *
find_chunks (const Texts *texts)
{
  g_autoptr (GArray) mine = find_hunks (texts->base, texts->mine);
  g_autoptr (GArray) theirs = find_hunks (texts->base, texts->theirs);
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  int mine_shift = 0, theirs_shift = 0; /* where a side's text stands against the base's */
  guint i = 0, j = 0;

  while (i < mine->len || j < theirs->len)
    {
      const Hunk *first =
        is_before (mine, i, theirs, j) ? &g_array_index (mine, Hunk, i) : &g_array_index (theirs, Hunk, j);
      const Hunk *hunk;
      Chunk chunk = { .base = first->base };

      chunk.mine.begin = chunk.base.begin + (guint) mine_shift;
      chunk.theirs.begin = chunk.base.begin + (guint) theirs_shift;
      for (gboolean grown = TRUE; grown;)
        {
          grown = FALSE;
          while ((hunk = next_in_range (mine, i, chunk.base)) != NULL)
            {
              mine_shift = (int) hunk->side.end - (int) hunk->base.end;
              chunk.base.end = MAX (chunk.base.end, hunk->base.end);
              grown = TRUE;
              i++;
            }
          while ((hunk = next_in_range (theirs, j, chunk.base)) != NULL)
            {
              theirs_shift = (int) hunk->side.end - (int) hunk->base.end;
              chunk.base.end = MAX (chunk.base.end, hunk->base.end);
              grown = TRUE;
              j++;
            }
        }
      chunk.mine.end = chunk.base.end + (guint) mine_shift;
      chunk.theirs.end = chunk.base.end + (guint) theirs_shift;
      g_array_append_val (chunks, chunk);
    }
  return chunks;
}

static GArray *
join_overlaps (const Texts *texts, GArray *chunks)
{
  GArray *joined = g_array_new (FALSE, FALSE, sizeof (Chunk));

  for (guint i = 0; i < chunks->len; i++)
    {
      Chunk chunk = g_array_index (chunks, Chunk, i);
      Chunk *last = joined->len > 0 ? &g_array_index (joined, Chunk, joined->len - 1) : NULL;

      if (last != NULL && chunk.base.begin - last->base.end <= MAX_ISLAND && is_overlap (texts, last)
          && is_overlap (texts, &chunk))
        {
          last->base.end = chunk.base.end;
          last->mine.end = chunk.mine.end;
          last->theirs.end = chunk.theirs.end;
        }
      else
        g_array_append_val (joined, chunk);
    }
  return joined;
}

/* Both added text at the same place: one after the other, the server's first, as it was there first. A text without
 * blanks of its own gets one, or a line of its own where nothing stands before. */
static void
append_both_added (GString *result, const char *theirs, const char *mine)
{
  gboolean at_start = result->len == 0;
  gunichar first = g_utf8_get_char (mine);
  gunichar last;

  g_string_append (result, theirs);
  last = g_utf8_get_char (g_utf8_prev_char (result->str + result->len));
  if (!g_unichar_isspace (last) && !g_unichar_isspace (first) && (at_start || is_word (first)))
    g_string_append_c (result, at_start ? '\n' : ' ');
  g_string_append (result, mine);
}

/* Both wrote something else over the same words: "[theirs / mine]". No word of the user's language is put in, as all
 * devices have to arrive at the same text. */
static void
append_alternatives (GString *result, const char *theirs, const char *mine)
{
  const char *theirs_word = theirs;
  const char *mine_word = mine;
  const char *separator;

  while (*theirs_word != '\0' && g_unichar_isspace (g_utf8_get_char (theirs_word)))
    theirs_word = g_utf8_next_char (theirs_word);
  while (*mine_word != '\0' && g_unichar_isspace (g_utf8_get_char (mine_word)))
    mine_word = g_utf8_next_char (mine_word);
  separator = strchr (theirs_word, '\n') != NULL || strchr (mine_word, '\n') != NULL ? "\n/\n" : " / ";

  g_string_append_len (result, theirs, theirs_word - theirs);
  g_string_append_printf (result, "[%s%s%s]", theirs_word, separator, mine_word);
}

static void
append_chunk (GString *result, const Texts *texts, const Chunk *chunk, gboolean *overlap)
{
  g_autofree char *mine = dup_range (texts->mine, chunk->mine);
  g_autofree char *theirs = dup_range (texts->theirs, chunk->theirs);
  gboolean mine_changed = !ranges_equal (texts->mine, chunk->mine, texts->base, chunk->base);
  gboolean theirs_changed = !ranges_equal (texts->theirs, chunk->theirs, texts->base, chunk->base);

  if (!mine_changed)
    g_string_append (result, theirs);
  else if (!theirs_changed)
    g_string_append (result, mine);
  else if (range_contains (texts->mine, chunk->mine, texts->theirs, chunk->theirs))
    g_string_append (result, mine);
  else if (range_contains (texts->theirs, chunk->theirs, texts->mine, chunk->mine))
    g_string_append (result, theirs);
  else if (chunk->base.begin == chunk->base.end)
    append_both_added (result, theirs, mine);
  else
    {
      append_alternatives (result, theirs, mine);
      *overlap = TRUE;
    }
}

/**
 * rounds_text_merge:
 * @base: (nullable): the text that both sides started from; %NULL is the empty text everywhere here
 * @mine: (nullable): what the device made of it
 * @theirs: (nullable): what the server has now
 * @overlap: (out) (optional): whether both wrote something else over the same words, which a person should look at
 *
 * Three-way merge by word (diff3; Khanna, Kunal, Pierce, A Formal Investigation of Diff3, 2007). What one side changed
 * is taken; what both added at one place stands there one after the other; where both changed the same words, both
 * stand there as "[theirs / mine]"; where one deleted what the other changed, the change stays. Every word that either
 * side added is in the result. It depends on nothing but the three texts, so that device and server arrive at the same.
 *
 * Returns: (transfer full): the merged text, perhaps empty
 */
char *
rounds_text_merge (const char *base, const char *mine, const char *theirs, gboolean *overlap)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *base_text = base != NULL ? base : "";
  const char *mine_text = mine != NULL ? mine : "";
  const char *theirs_text = theirs != NULL ? theirs : "";
  g_autoptr (GArray) base_tokens = split (base_text, ids);
  g_autoptr (GArray) mine_tokens = split (mine_text, ids);
  g_autoptr (GArray) theirs_tokens = split (theirs_text, ids);
  Texts texts = { ids, base_tokens, mine_tokens, theirs_tokens };
  g_autoptr (GArray) chunks = find_chunks (&texts);
  g_autoptr (GArray) joined = join_overlaps (&texts, chunks);
  g_autoptr (GString) result = g_string_sized_new (strlen (mine_text) + strlen (theirs_text));
  gboolean has_overlap = FALSE;
  guint at = 0;

  for (guint i = 0; i < joined->len; i++)
    {
      const Chunk *chunk = &g_array_index (joined, Chunk, i);
      g_autofree char *kept = dup_range (base_tokens, (Range) { at, chunk->base.begin });

      g_string_append (result, kept);
      append_chunk (result, &texts, chunk, &has_overlap);
      at = chunk->base.end;
    }
  if (at < base_tokens->len)
    g_string_append (result, TOKEN (base_tokens, at)->text);

  if (overlap != NULL)
    *overlap = has_overlap;
  return g_string_free_and_steal (g_steal_pointer (&result));
}
