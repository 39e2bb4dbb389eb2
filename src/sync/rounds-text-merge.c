/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-text-merge.h"

#include <string.h>

#include "rounds-words-private.h"

/* Overlaps with at most so many unchanged tokens between them are told as one: "[Tuesday at 9 / Friday at 10]". */
#define MAX_ISLAND 3

/* What became of one stretch of the base text on both sides. */
typedef struct
{
  RoundsTokenRange base;
  RoundsTokenRange mine;
  RoundsTokenRange theirs;
} Chunk;

typedef struct
{
  GHashTable *ids; /* text -> id + 1 */
  GArray *base;
  GArray *mine;
  GArray *theirs;
} Texts;

static gboolean
ranges_equal (GArray *a, RoundsTokenRange ra, GArray *b, RoundsTokenRange rb)
{
  if (ra.end - ra.begin != rb.end - rb.begin)
    return FALSE;
  for (guint i = 0; i < ra.end - ra.begin; i++)
    if (!rounds_words_same (a, ra.begin + i, b, rb.begin + i))
      return FALSE;
  return TRUE;
}

static gboolean
range_contains (GArray *a, RoundsTokenRange whole, GArray *b, RoundsTokenRange part)
{
  guint length = part.end - part.begin;

  for (guint begin = whole.begin; begin + length <= whole.end; begin++)
    {
      RoundsTokenRange window = { begin, begin + length };

      if (ranges_equal (a, window, b, part))
        return TRUE;
    }
  return FALSE;
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

/* The next hunk of a list if it begins before the end of @range, or puts text in at the same point as it. */
static const RoundsTokenHunk *
next_in_range (GArray *hunks, guint i, RoundsTokenRange range)
{
  const RoundsTokenHunk *hunk = i < hunks->len ? &g_array_index (hunks, RoundsTokenHunk, i) : NULL;

  if (hunk == NULL)
    return NULL;
  if (hunk->base.begin < range.end || (hunk->base.end == range.begin && range.begin == range.end))
    return hunk;
  return NULL;
}

static gboolean
is_before (GArray *a, guint i, GArray *b, guint j)
{
  const RoundsTokenHunk *first = i < a->len ? &g_array_index (a, RoundsTokenHunk, i) : NULL;
  const RoundsTokenHunk *second = j < b->len ? &g_array_index (b, RoundsTokenHunk, j) : NULL;

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
  g_autoptr (GArray) mine = rounds_words_find_hunks (texts->base, texts->mine);
  g_autoptr (GArray) theirs = rounds_words_find_hunks (texts->base, texts->theirs);
  GArray *chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  int mine_shift = 0, theirs_shift = 0; /* where a side's text stands against the base's */
  guint i = 0, j = 0;

  while (i < mine->len || j < theirs->len)
    {
      const RoundsTokenHunk *first = is_before (mine, i, theirs, j) ? &g_array_index (mine, RoundsTokenHunk, i)
                                                                    : &g_array_index (theirs, RoundsTokenHunk, j);
      const RoundsTokenHunk *hunk;
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

/* Puts @text behind what is there. What followed on the beginning of a text, or on what the other side removed, may
 * have no blank before it: two words must not become one. */
static void
append (GString *result, const char *text)
{
  gunichar first = g_utf8_get_char (text);
  gunichar last = result->len > 0 ? g_utf8_get_char (g_utf8_prev_char (result->str + result->len)) : ' ';

  if (rounds_words_is_letter (last) && rounds_words_is_letter (first) && !g_unichar_iswide (last)
      && !g_unichar_iswide (first))
    g_string_append_c (result, ' ');
  g_string_append (result, text);
}

/* Both added text at the same place: one after the other, the server's first, as it was there first. A text without
 * blanks of its own gets one, or a line of its own where nothing stands before. */
static void
append_both_added (GString *result, const char *theirs, const char *mine)
{
  gboolean at_start = result->len == 0;
  gunichar first = g_utf8_get_char (mine);
  gunichar last;

  append (result, theirs);
  last = g_utf8_get_char (g_utf8_prev_char (result->str + result->len));
  if (!g_unichar_isspace (last) && !g_unichar_isspace (first) && (at_start || rounds_words_is_letter (first)))
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

static gboolean
blanks_equal (const RoundsToken *a, const RoundsToken *b)
{
  return a->blanks == b->blanks && memcmp (a->text, b->text, a->blanks) == 0;
}

/* Puts @range of one side's text behind what is there, which begins where @chunk does. Of the blanks before that, one
 * side may have changed those that the base text has, as those before a word that was the first of a text. */
static void
append_side (GString *result, const Texts *texts, const Chunk *chunk, GArray *side, RoundsTokenRange range)
{
  g_autofree char *text = rounds_words_dup_range (side, range);
  g_autofree char *led = NULL;
  const RoundsToken *first, *blanks;

  if (range.begin == range.end)
    return;
  first = blanks = ROUNDS_TOKEN (side, range.begin);
  if (chunk->base.begin < chunk->base.end && chunk->mine.begin < chunk->mine.end
      && chunk->theirs.begin < chunk->theirs.end)
    {
      const RoundsToken *theirs = ROUNDS_TOKEN (texts->theirs, chunk->theirs.begin);

      blanks = blanks_equal (theirs, ROUNDS_TOKEN (texts->base, chunk->base.begin))
                 ? ROUNDS_TOKEN (texts->mine, chunk->mine.begin)
                 : theirs;
    }
  led = g_strdup_printf ("%.*s%s", (int) blanks->blanks, blanks->text, text + first->blanks);
  append (result, led);
}

/* Puts the next @n tokens of the base text behind what is there, which nobody has changed but for the blanks. */
static void
append_kept (GString *result, const Texts *texts, const Chunk *from, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      RoundsTokenRange base = { from->base.end + i, from->base.end + i + 1 };
      RoundsTokenRange mine = { from->mine.end + i, from->mine.end + i + 1 };
      RoundsTokenRange theirs = { from->theirs.end + i, from->theirs.end + i + 1 };
      Chunk token = { base, mine, theirs };

      append_side (result, texts, &token, texts->base, base);
    }
}

static void
append_chunk (GString *result, const Texts *texts, const Chunk *chunk, gboolean *overlap)
{
  g_autofree char *mine = rounds_words_dup_range (texts->mine, chunk->mine);
  g_autofree char *theirs = rounds_words_dup_range (texts->theirs, chunk->theirs);
  gboolean mine_changed = !ranges_equal (texts->mine, chunk->mine, texts->base, chunk->base);
  gboolean theirs_changed = !ranges_equal (texts->theirs, chunk->theirs, texts->base, chunk->base);

  if (mine_changed && (!theirs_changed || range_contains (texts->mine, chunk->mine, texts->theirs, chunk->theirs)))
    append_side (result, texts, chunk, texts->mine, chunk->mine);
  else if (!mine_changed || range_contains (texts->theirs, chunk->theirs, texts->mine, chunk->mine))
    append_side (result, texts, chunk, texts->theirs, chunk->theirs);
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
 * Three-way merge by word (diff3; Khanna, Kunal, Pierce, A Formal Investigation of Diff3, 2007), whatever blanks stand
 * before it: whoever writes in front of a text has not changed its first word. What one side changed is taken; what
 * both added at one place stands there one after the other; where both changed the same words, both stand there as
 * "[theirs / mine]"; where one deleted what the other changed, the change stays. Every word that either side added is
 * in the result. It depends on nothing but the three texts, so that device and server arrive at the same.
 *
 * Returns: (transfer full): the merged text, perhaps empty
 */
char *
rounds_text_merge (const char *base, const char *mine, const char *theirs, gboolean *overlap)
{
  g_autoptr (GHashTable) ids = rounds_words_ids_new ();
  const char *base_text = base != NULL ? base : "";
  const char *mine_text = mine != NULL ? mine : "";
  const char *theirs_text = theirs != NULL ? theirs : "";
  g_autoptr (GArray) base_tokens = rounds_words_split (base_text, ROUNDS_WORDS_ALONE, ids);
  g_autoptr (GArray) mine_tokens = rounds_words_split (mine_text, ROUNDS_WORDS_ALONE, ids);
  g_autoptr (GArray) theirs_tokens = rounds_words_split (theirs_text, ROUNDS_WORDS_ALONE, ids);
  Texts texts = { ids, base_tokens, mine_tokens, theirs_tokens };
  g_autoptr (GArray) chunks = find_chunks (&texts);
  g_autoptr (GArray) joined = join_overlaps (&texts, chunks);
  g_autoptr (GString) result = g_string_sized_new (strlen (mine_text) + strlen (theirs_text));
  gboolean has_overlap = FALSE;
  Chunk before = { 0 };

  for (guint i = 0; i < joined->len; i++)
    {
      const Chunk *chunk = &g_array_index (joined, Chunk, i);

      append_kept (result, &texts, &before, chunk->base.begin - before.base.end);
      append_chunk (result, &texts, chunk, &has_overlap);
      before = *chunk;
    }
  append_kept (result, &texts, &before, base_tokens->len - before.base.end);

  if (overlap != NULL)
    *overlap = has_overlap;
  return g_string_free_and_steal (g_steal_pointer (&result));
}
