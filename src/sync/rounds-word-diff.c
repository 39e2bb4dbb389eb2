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

/**
 * rounds_word_diff:
 * @before: a text
 * @after: what became of it
 *
 * Compares two texts by the words that rounds_text_merge() merges by. The runs that are kept or added make up @after,
 * those that are kept or removed make up @before; where words were replaced, the removed ones come first.
 *
 * Returns: (transfer full) (element-type RoundsWordRun): the runs, which point into both texts
 */
GArray *
rounds_word_diff (const char *before, const char *after)
{
  g_autoptr (GHashTable) ids = rounds_words_ids_new ();
  g_autoptr (GArray) old_tokens = rounds_words_split (before, ids);
  g_autoptr (GArray) new_tokens = rounds_words_split (after, ids);
  g_autoptr (GArray) hunks = rounds_words_find_hunks (old_tokens, new_tokens);
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (RoundsWordRun));
  guint at = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      const RoundsTokenHunk *hunk = &g_array_index (hunks, RoundsTokenHunk, i);

      add_run (runs, ROUNDS_WORDS_KEPT, new_tokens, at, hunk->side.begin);
      add_run (runs, ROUNDS_WORDS_REMOVED, old_tokens, hunk->base.begin, hunk->base.end);
      add_run (runs, ROUNDS_WORDS_ADDED, new_tokens, hunk->side.begin, hunk->side.end);
      at = hunk->side.end;
    }
  add_run (runs, ROUNDS_WORDS_KEPT, new_tokens, at, new_tokens->len);
  return runs;
}
