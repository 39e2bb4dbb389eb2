/* SPDX-License-Identifier: GPL-3.0-or-later */

/* If these fail, a rep believes that their work is on the server when it is not, or does not see what two people's
 * texts differ in. */

#include "config.h"

#include <string.h>

#include "rounds-time.h"
#include "sync/rounds-sync-summary.h"
#include "sync/rounds-text-difference.h"

static void
test_summary_is_honest (void)
{
  const RoundsSyncCounts nothing = { 0, 0 };
  const RoundsSyncCounts waiting = { 3, 0 };
  const RoundsSyncCounts asking = { 3, 1 };
  gint64 now = rounds_time_now ();
  const struct
  {
    RoundsSyncFacts facts;
    const char *beginning;
  } cases[] = {
    { { ROUNDS_SYNC_IDLE, nothing, TRUE, now, 0, 0, 0 }, "All safe · " },
    { { ROUNDS_SYNC_IDLE, nothing, TRUE, 0, 0, 0, 0 }, "Connected" },
    { { ROUNDS_SYNC_IDLE, waiting, TRUE, now, 0, 0, 0 }, "3 changes waiting" },
    { { ROUNDS_SYNC_OFFLINE, waiting, TRUE, now, now, 0, 0 }, "3 changes waiting: offline since " },
    { { ROUNDS_SYNC_OFFLINE, nothing, TRUE, now, now, 0, 0 }, "Offline since " },
    { { ROUNDS_SYNC_OFFLINE, asking, TRUE, now, now, 0, 0 }, "1 change needs attention" },
    { { ROUNDS_SYNC_IDLE, asking, TRUE, now, 0, 0, 0 }, "1 change needs attention" },
    { { ROUNDS_SYNC_NEEDS_SIGN_IN, waiting, TRUE, now, 0, 0, 0 }, "Signed out: 3 changes wait" },
    { { ROUNDS_SYNC_NEEDS_SIGN_IN, nothing, TRUE, now, 0, 0, 0 }, "Signed out" },
    { { ROUNDS_SYNC_NEVER_SIGNED_IN, waiting, FALSE, 0, 0, 0, 0 }, "Not connected" },
    { { ROUNDS_SYNC_NEVER_SIGNED_IN, waiting, TRUE, now, 0, 0, 0 }, "Signed out: 3 changes wait" },
    { { ROUNDS_SYNC_SYNCING, waiting, TRUE, now, 0, 0, 0 }, "Syncing…" },
    { { ROUNDS_SYNC_SYNCING, waiting, TRUE, now, 0, 700, 0 }, "Syncing… 700 records" },
    { { ROUNDS_SYNC_SYNCING, waiting, TRUE, now, now, 0, 0 }, "3 changes waiting: offline since " },
    { { ROUNDS_SYNC_ERROR, waiting, TRUE, now, 0, 0, 0 }, "Sync is not working: 3 changes waiting" },
    { { ROUNDS_SYNC_STOPPED, waiting, TRUE, now, 0, 0, 0 }, "Sync stopped: 3 changes wait" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *summary = rounds_sync_summary_format (&cases[i].facts);
      g_autofree char *explanation = rounds_sync_summary_explain (&cases[i].facts, NULL);

      if (!g_str_has_prefix (summary, cases[i].beginning))
        g_error ("Case %" G_GSIZE_FORMAT " says “%s”", i, summary);
      g_assert_cmpstr (explanation, !=, "");
    }
}

static gboolean
has_mark (PangoAttrList *marks, PangoAttrType type, const char *text, const char *words)
{
  PangoAttrIterator *iterator = pango_attr_list_get_iterator (marks);
  gboolean found = FALSE;

  do
    {
      int start, end;

      pango_attr_iterator_range (iterator, &start, &end);
      if (pango_attr_iterator_get (iterator, type) != NULL && end <= (int) strlen (text))
        found |= strlen (words) == (gsize) (end - start) && strncmp (text + start, words, strlen (words)) == 0;
    }
  while (pango_attr_iterator_next (iterator));
  pango_attr_iterator_destroy (iterator);
  return found;
}

/* Not by colour alone, and not by sight alone. */
static void
test_text_difference (void)
{
  g_autoptr (RoundsTextDifference) difference =
    rounds_text_difference_new ("Paper by Tuesday at 9.", "Paper by Friday at 9. Call first.");
  g_autoptr (RoundsTextDifference) name = rounds_text_difference_new ("Möller", "Müller");
  g_autoptr (RoundsTextDifference) same = rounds_text_difference_new ("Met", "Met");

  g_assert_cmpstr (difference->text, ==, "Paper by Tuesday Friday at 9. Call first.");
  g_assert_cmpstr (difference->spoken, ==, "Paper by (removed: Tuesday) (added: Friday) at 9. (added: Call first.)");
  g_assert_true (has_mark (difference->marks, PANGO_ATTR_STRIKETHROUGH, difference->text, "Tuesday"));
  g_assert_true (has_mark (difference->marks, PANGO_ATTR_UNDERLINE, difference->text, "Friday"));
  g_assert_true (has_mark (difference->marks, PANGO_ATTR_UNDERLINE, difference->text, "Call first."));
  g_assert_cmpstr (name->text, ==, "Möller Müller");
  g_assert_cmpstr (same->text, ==, "Met");
  g_assert_cmpstr (same->spoken, ==, "Met");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/app/sync-summary/is-honest", test_summary_is_honest);
  g_test_add_func ("/app/sync-summary/text-difference", test_text_difference);

  return g_test_run ();
}
