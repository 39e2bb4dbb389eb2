/* SPDX-License-Identifier: GPL-3.0-or-later */

/* If this fails, somebody who chooses between two versions of a note is shown a difference that is none, or is not
 * shown one. */

#include "rounds-word-diff.h"

/* "-" stands before what was removed, "+" before what was added. */
static char *
describe (const char *before, const char *after)
{
  g_autoptr (GArray) runs = rounds_word_diff (before, after);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < runs->len; i++)
    {
      const RoundsWordRun *run = &g_array_index (runs, RoundsWordRun, i);

      g_string_append (text, i > 0 ? "|" : "");
      g_string_append (text, run->change == ROUNDS_WORDS_REMOVED ? "-" : run->change == ROUNDS_WORDS_ADDED ? "+" : "");
      g_string_append_len (text, run->text, (gssize) run->length);
    }
  return g_string_free_and_steal (text);
}

static void
test_examples (void)
{
  static const char *const examples[][3] = {
    { "", "", "" },
    { "Met", "Met", "Met" },
    { "", "Met", "+Met" },
    { "Met", "", "-Met" },
    { "Met on Tuesday at 9.", "Met on Friday at 9.", "Met on|- Tuesday|+ Friday| at 9." },
    { "Asked.", "Asked. Wants the paper.", "Asked.|+ Wants the paper." },
    { "At 8, then.", "At 9, then. Call.", "At|- 8|+ 9|, then.|+ Call." },
    { "At 8, then. Call.", "At 9, then.", "At|- 8|+ 9|, then.|- Call." },
    { "A b c d", "A c d e", "A|- b| c d|+ e" },
    { "Müller", "Möller", "-Müller|+Möller" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (examples); i++)
    {
      g_autofree char *described = describe (examples[i][0], examples[i][1]);

      g_assert_cmpstr (described, ==, examples[i][2]);
    }
}

static char *
make_text (GRand *rand)
{
  static const char *const words[] = { "a", "b", "\n", " ", "c.", "Ä", "日本", " dose" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 30); n > 0; n--)
    g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
  return g_string_free_and_steal (text);
}

/* Whatever the texts are, both of them can be put together again. */
static void
test_whole (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int round = 0; round < 2000; round++)
    {
      g_autofree char *before = make_text (rand);
      g_autofree char *after = make_text (rand);
      g_autoptr (GArray) runs = rounds_word_diff (before, after);
      g_autoptr (GString) first = g_string_new (NULL);
      g_autoptr (GString) second = g_string_new (NULL);

      for (guint i = 0; i < runs->len; i++)
        {
          const RoundsWordRun *run = &g_array_index (runs, RoundsWordRun, i);

          g_assert_cmpuint (run->length, >, 0);
          if (run->change != ROUNDS_WORDS_ADDED)
            g_string_append_len (first, run->text, (gssize) run->length);
          if (run->change != ROUNDS_WORDS_REMOVED)
            g_string_append_len (second, run->text, (gssize) run->length);
        }
      g_assert_cmpstr (first->str, ==, before);
      g_assert_cmpstr (second->str, ==, after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/word-diff/examples", test_examples);
  g_test_add_func ("/word-diff/whole", test_whole);

  return g_test_run ();
}
