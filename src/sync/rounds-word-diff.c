/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-word-diff.h"

#include "rounds-words-private.h"

static void
add_run (GArray *runs, RoundsWordChange change, GArray *tokens, guint begin, guint end)
{
  RoundsWordRun run = { .change = change };

  if (begin == end)
    return;
  run.text = ROUNDS_TOKEN (tokens, begin)->text;
  run.length = (gsize) (ROUNDS_TOKEN (tokens, end - 1)->text + ROUNDS_TOKEN (tokens, end - 1)->length - run.text);
  g_array_append_val (runs, run);
}

static gboolean
is_punctuation (const RoundsToken *token)
{
  return !g_unichar_isspace (g_utf8_get_char (token->text)) && !rounds_words_is_letter (g_utf8_get_char (token->text));
}

/* Text that was put in after a full stop may as well be told as put in before it, with another full stop: people mean
 * the former. The same for text that was taken out. */
static void
slide (GArray *tokens, RoundsTokenRange *range, RoundsTokenRange *other, guint limit)
{
  while (range->end < limit && is_punctuation (ROUNDS_TOKEN (tokens, range->begin))
         && rounds_words_same (tokens, range->begin, tokens, range->end))
    {
      range->begin++;
      range->end++;
      other->begin++;
      other->end++;
    }
}

/**
 * rounds_word_diff:
 * @before: a text
 * @after: what became of it
 *
 * Compares two texts by the words that rounds_text_merge() merges by, and the blanks before them. The runs that are
 * kept or added make up @after, those that are kept or removed make up @before; where words were replaced, the removed
 * ones come first.
 *
 * Returns: (transfer full) (element-type RoundsWordRun): the runs, which point into both texts
 */
GArray *
rounds_word_diff (const char *before, const char *after)
{
  g_autoptr (GHashTable) ids = rounds_words_ids_new ();
  g_autoptr (GArray) old_tokens = rounds_words_split (before, ROUNDS_WORDS_WITH_BLANKS, ids);
  g_autoptr (GArray) new_tokens = rounds_words_split (after, ROUNDS_WORDS_WITH_BLANKS, ids);
  g_autoptr (GArray) hunks = rounds_words_find_hunks (old_tokens, new_tokens);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (RoundsWordRun));
  guint at = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      RoundsTokenHunk *hunk = &g_array_index (hunks, RoundsTokenHunk, i);
      const RoundsTokenHunk *next = i + 1 < hunks->len ? hunk + 1 : NULL;

      if (hunk->base.begin == hunk->base.end)
        slide (new_tokens, &hunk->side, &hunk->base, next != NULL ? next->side.begin : new_tokens->len);
      else if (hunk->side.begin == hunk->side.end)
        slide (old_tokens, &hunk->base, &hunk->side, next != NULL ? next->base.begin : old_tokens->len);
      add_run (runs, ROUNDS_WORDS_KEPT, new_tokens, at, hunk->side.begin);
      add_run (runs, ROUNDS_WORDS_REMOVED, old_tokens, hunk->base.begin, hunk->base.end);
      add_run (runs, ROUNDS_WORDS_ADDED, new_tokens, hunk->side.begin, hunk->side.end);
      at = hunk->side.end;
    }
  add_run (runs, ROUNDS_WORDS_KEPT, new_tokens, at, new_tokens->len);
  return runs;
}
