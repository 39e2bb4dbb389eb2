/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: words of a visit's notes that two people wrote offline. */

#include <string.h>

#include "rounds-text-merge.h"

typedef struct
{
  const char *name;
  const char *base;
  const char *mine;
  const char *theirs;
  const char *merged;
  gboolean overlap;
} Golden;

/* Worked out by hand. */
static const Golden goldens[] = {
  { "/text-merge/nothing", NULL, NULL, NULL, "", FALSE },
  { "/text-merge/mine-only", "Met Dr. Osei.", "Met Dr. Osei at nine.", "Met Dr. Osei.", "Met Dr. Osei at nine.",
    FALSE },
  { "/text-merge/theirs-only", "Met Dr. Osei.", "Met Dr. Osei.", "", "", FALSE },
  { "/text-merge/both-the-same", "Met Dr. Osei.", "Met Dr. Abel.", "Met Dr. Abel.", "Met Dr. Abel.", FALSE },
  { "/text-merge/different-places", "Met Dr. Osei.", "Met Dr. Osei. Likes tea.", "Met Dr. Osei at 9.",
    "Met Dr. Osei at 9. Likes tea.", FALSE },
  { "/text-merge/neighbouring-words", "Next visit Tuesday.", "Next call Tuesday.", "Next visit Friday.",
    "Next call Friday.", FALSE },
  { "/text-merge/both-append", "Met Dr. Osei.", "Met Dr. Osei. Likes tea.", "Met Dr. Osei. Wants samples.",
    "Met Dr. Osei. Wants samples. Likes tea.", FALSE },
  { "/text-merge/both-append-lines", "- a\n- b", "- a\n- b\n- c", "- a\n- b\n- d", "- a\n- b\n- d\n- c", FALSE },
  { "/text-merge/both-begin", NULL, "tea", "milk", "milk\ntea", FALSE },
  { "/text-merge/both-in-front", "Met.", "Called. Met.", "Wrote. Met.", "Wrote.\nCalled. Met.", FALSE },
  { "/text-merge/newest-on-top", "2 May: met.\n1 May: called.", "4 May: saw her.\n2 May: met.\n1 May: called.",
    "3 May: wrote.\n2 May: met.\n1 May: called.", "3 May: wrote.\n4 May: saw her.\n2 May: met.\n1 May: called.",
    FALSE },
  { "/text-merge/in-front-and-behind", "Met", "We Met", "Met today", "We Met today", FALSE },
  { "/text-merge/in-front-and-the-first-word", "Met her.", "Today: Met her.", "Saw her.", "Today: Saw her.", FALSE },
  { "/text-merge/the-first-word-goes", "Met her. Tea.", "Tea.", "Met her. Tea and milk.", "Tea and milk.", FALSE },
  { "/text-merge/another-line", "Met her. Tea.", "Met her.\nTea.", "Met her. Tea and milk.", "Met her.\nTea and milk.",
    FALSE },
  { "/text-merge/one-appended-more", "", "Called. Left a message.", "Called.", "Called. Left a message.", FALSE },
  { "/text-merge/both-before", "Met.", "Finally. Met.", "Met. Tea.", "Finally. Met. Tea.", FALSE },
  { "/text-merge/words-stay-two", " tea", "milk tea", "tea please", "milk tea please", FALSE },
  { "/text-merge/delete-against-edit", "Bring the red folder.", "Bring folder.", "Bring the blue folder.",
    "Bring the blue folder.", FALSE },
  { "/text-merge/same-word", "Next visit Tuesday.", "Next visit Wednesday.", "Next visit Friday.",
    "Next visit [Friday / Wednesday].", TRUE },
  { "/text-merge/same-words-apart", "Call Tuesday at 9.", "Call Wednesday at 10.", "Call Friday at 11.",
    "Call [Friday at 11 / Wednesday at 10].", TRUE },
  { "/text-merge/overlap-of-lines", "Plan:\none\nEnd", "Plan:\nvisit\ncall\nEnd", "Plan:\nwait\nEnd",
    "Plan:\n[wait\n/\nvisit\ncall]\nEnd", TRUE },
  { "/text-merge/without-blanks", "患者は元気", "患者はとても元気", "患者は元気です", "患者はとても元気です", FALSE },
  { "/text-merge/accents", "Visite à Liège", "Visite à Liège avec Zoë", "Visité à Liège", "Visité à Liège avec Zoë",
    FALSE },
};

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  gboolean overlap = FALSE;
  g_autofree char *merged = rounds_text_merge (golden->base, golden->mine, golden->theirs, &overlap);

  g_assert_cmpstr (merged, ==, golden->merged);
  g_assert_cmpint (overlap, ==, golden->overlap);
}

static char *
join (GPtrArray *words)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? "" : i % 7 == 6 ? "\n" : " ", (char *) g_ptr_array_index (words, i));
  return g_string_free_and_steal (text);
}

/* Edits at random places; the words that come in are nowhere else: "m17" on one side, "t4" on the other. */
static GPtrArray *
edit (GPtrArray *base, char side, GRand *rand, GPtrArray *added)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  int chance = g_rand_int_range (rand, 2, 20);

  for (guint i = 0; i <= base->len; i++)
    {
      int what = g_rand_int_range (rand, 0, chance);

      if (what == 0 || (what == 1 && i < base->len))
        {
          char *word = g_strdup_printf ("%c%u", side, added->len);

          g_ptr_array_add (added, word);
          g_ptr_array_add (words, g_strdup (word));
        }
      if (i < base->len && what != 1 && what != 2)
        g_ptr_array_add (words, g_strdup (g_ptr_array_index (base, i)));
    }
  return words;
}

static GPtrArray *
find_words (const char *text)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) parts = g_strsplit_set (text, " \n[]/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (*parts[i] != '\0')
      g_ptr_array_add (words, g_strdup (parts[i]));
  return words;
}

static guint
count (GPtrArray *words, const char *word)
{
  guint n = 0;

  for (guint i = 0; i < words->len; i++)
    n += g_str_equal (g_ptr_array_index (words, i), word);
  return n;
}

static void
assert_one_sided (const char *base, const char *mine)
{
  g_autofree char *taken = rounds_text_merge (base, mine, base, NULL);
  g_autofree char *given = rounds_text_merge (base, base, mine, NULL);
  g_autofree char *equal = rounds_text_merge (base, mine, mine, NULL);

  g_assert_cmpstr (taken, ==, mine);
  g_assert_cmpstr (given, ==, mine);
  g_assert_cmpstr (equal, ==, mine);
}

static void
test_every_word_survives (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240117);

  for (int round = 0; round < 1000; round++)
    {
      g_autoptr (GPtrArray) base = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GPtrArray) mine = NULL;
      g_autoptr (GPtrArray) theirs = NULL;
      g_autoptr (GPtrArray) words = NULL;
      g_autofree char *base_text = NULL;
      g_autofree char *mine_text = NULL;
      g_autofree char *theirs_text = NULL;
      g_autofree char *merged = NULL;
      g_autofree char *again = NULL;

      for (int i = g_rand_int_range (rand, 0, 60); i > 0; i--)
        g_ptr_array_add (base, g_strdup_printf ("b%d", g_rand_int_range (rand, 0, 40)));
      mine = edit (base, 'm', rand, added);
      theirs = edit (base, 't', rand, added);
      base_text = join (base);
      mine_text = join (mine);
      theirs_text = join (theirs);

      assert_one_sided (base_text, mine_text);
      merged = rounds_text_merge (base_text, mine_text, theirs_text, NULL);
      again = rounds_text_merge (base_text, mine_text, theirs_text, NULL);
      g_assert_cmpstr (merged, ==, again);
      words = find_words (merged);
      for (guint i = 0; i < added->len; i++)
        g_assert_cmpuint (count (words, g_ptr_array_index (added, i)), ==, 1);
    }
}

/* Beyond the limit of the search the texts count as rewritten, which must not cost a word either. */
static void
test_rewritten_texts (void)
{
  g_autoptr (GString) mine = g_string_new ("start ");
  g_autoptr (GString) theirs = g_string_new ("start ");
  g_autofree char *merged = NULL;
  gboolean overlap = FALSE;

  for (int i = 0; i < 3000; i++)
    {
      g_string_append_printf (mine, "m%d ", i);
      g_string_append_printf (theirs, "t%d ", i);
    }
  merged = rounds_text_merge ("start middle end", mine->str, theirs->str, &overlap);
  g_assert_true (overlap);
  for (int i = 0; i < 3000; i++)
    {
      g_autofree char *m = g_strdup_printf ("m%d", i);
      g_autofree char *t = g_strdup_printf ("t%d", i);

      g_assert_nonnull (strstr (merged, m));
      g_assert_nonnull (strstr (merged, t));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (goldens); i++)
    g_test_add_data_func (goldens[i].name, &goldens[i], test_golden);
  g_test_add_func ("/text-merge/every-word-survives", test_every_word_survives);
  g_test_add_func ("/text-merge/rewritten-texts", test_rewritten_texts);

  return g_test_run ();
}
