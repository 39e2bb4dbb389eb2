/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, what a rep types is lost or overwrites a colleague's words when a change comes meanwhile.
 */

#include "config.h"

#include "interaction-dialog-fixture.h"
#include "interactions/rounds-outcome-row.h"
#include "rounds-time.h"

/* A colleague's change comes in while the form is open: what the user did not touch is the colleague's. */
static void
test_keeps_what_came_meanwhile (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  ShownDialog shown;

  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. Okafor");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             rounds_time_now () / ROUNDS_MINUTE * ROUNDS_MINUTE);
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "no_access");
  rounds_record_set_integer (record, ROUNDS_INTERACTION_NO_SHOW, TRUE);
  app_save (fixture, record);

  shown = dialog_show (fixture, record);
  rounds_text_row_set_text (dialog_get_notes (&shown), "Mine");
  rounds_record_set_text (record, ROUNDS_INTERACTION_OUTCOME, "met");
  app_save (fixture, record);
  app_wait_until (dialog_has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);

  /* Also when the form is opened again with its draft. */
  shown = dialog_show (fixture, record);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Mine");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_OUTCOME), ==, "met");
  g_assert_true (rounds_record_get_boolean (after, ROUNDS_INTERACTION_NO_SHOW));

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  undone = dialog_get_only_interaction (fixture);
  g_assert_null (rounds_record_get_text (undone, ROUNDS_INTERACTION_NOTES));
  g_assert_cmpstr (rounds_record_get_text (undone, ROUNDS_INTERACTION_OUTCOME), ==, "met");
}

static int
get_cursor (ShownDialog *shown)
{
  int position;

  g_object_get (gtk_text_view_get_buffer (dialog_get_notes_view (shown)), "cursor-position", &position, NULL);
  return position;
}

static void
assert_has_words (RoundsRecord *record, const char *first, const char *second)
{
  const char *notes = rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES);

  if (notes == NULL || strstr (notes, first) == NULL || strstr (notes, second) == NULL)
    g_error ("The notes are “%s”", notes);
}

/* Acceptance test 2 (standardnotes/forum#3307): a pull arrives while somebody types. */
static void
test_pull_while_typing (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = dialog_add_visit (fixture, "Asked about dosing.");
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, record);
  g_autofree char *text = NULL;
  GtkTextIter start;

  app_wait_until (dialog_is_in_notes, &shown);
  gtk_text_buffer_get_start_iter (gtk_text_view_get_buffer (dialog_get_notes_view (&shown)), &start);
  gtk_text_buffer_place_cursor (gtk_text_view_get_buffer (dialog_get_notes_view (&shown)), &start);
  dialog_type_at_cursor (&shown, "Was in a hur");

  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, "Asked about dosing. Wants the paper by Friday.");
  app_pull (fixture, record);
  app_settle (fixture);
  g_assert_cmpint (get_cursor (&shown), ==, 12);
  dialog_type_at_cursor (&shown, "ry. ");
  text = rounds_text_row_dup_text (dialog_get_notes (&shown));
  g_assert_cmpstr (text, ==, "Was in a hurry. Asked about dosing.");

  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==,
                   "Was in a hurry. Asked about dosing. Wants the paper by Friday.");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 0);
}

/* Both chose something else: theirs stays, mine is kept to choose. */
static void
test_pull_of_the_same_field (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = dialog_add_visit (fixture, NULL);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = NULL;
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, record);

  rounds_reference_row_set_name (dialog_get_who (&shown), "Dr. Ngozi Okafor");
  rounds_text_row_set_text (dialog_get_notes (&shown), "Mine");
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME, "Dr. N. Okafor");
  app_pull (fixture, record);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);

  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Mine");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_HCP_NAME), ==, "Dr. N. Okafor");
  conflicts = app_list (fixture, query);
  g_assert_cmpuint (conflicts->len, ==, 1);
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_FIELD), ==, "hcp_name");
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_MINE), ==, "\"Dr. Ngozi Okafor\"");
  g_assert_cmpstr (rounds_record_get_text (conflicts->pdata[0], ROUNDS_CONFLICT_THEIRS), ==, "\"Dr. N. Okafor\"");
}

/* Deleted by a colleague while it is open: the words win. */
static void
test_pull_of_a_deletion (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = dialog_add_visit (fixture, "Before");
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, record);

  rounds_text_row_set_text (dialog_get_notes (&shown), "Before and after");
  rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  app_pull (fixture, record);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Before and after");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_CONFLICT), ==, 1);
}

/* A draft that is found again does not put away what came since it was begun. */
static void
test_pull_under_a_draft (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = dialog_add_visit (fixture, "Asked about dosing.");
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, record);

  rounds_text_row_set_text (dialog_get_notes (&shown), "Asked about dosing. Mine.");
  app_wait_until (dialog_has_draft, fixture);
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  dialog_drop (&shown);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, "Theirs. Asked about dosing.");
  app_pull (fixture, record);

  shown = dialog_show (fixture, record);
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  assert_has_words (after, "Mine.", "Theirs.");
}

/* Undo takes back what the user did, not what came since. */
static void
test_pull_before_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = dialog_add_visit (fixture, "Before");
  g_autoptr (RoundsRecord) after = NULL;
  ShownDialog shown = dialog_show (fixture, record);

  rounds_text_row_set_text (dialog_get_notes (&shown), "After");
  dialog_save (fixture, &shown);
  dialog_drop (&shown);
  after = dialog_get_only_interaction (fixture);
  rounds_record_set_text (after, ROUNDS_INTERACTION_OUTCOME, "no_access");
  app_pull (fixture, after);
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_clear_object (&after);
  after = dialog_get_only_interaction (fixture);
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_NOTES), ==, "Before");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_INTERACTION_OUTCOME), ==, "no_access");
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/interaction-pulls/keeps-what-came-meanwhile", test_keeps_what_came_meanwhile);
  ADD ("/app/interaction-pulls/pull-while-typing", test_pull_while_typing);
  ADD ("/app/interaction-pulls/pull-of-the-same-field", test_pull_of_the_same_field);
  ADD ("/app/interaction-pulls/pull-of-a-deletion", test_pull_of_a_deletion);
  ADD ("/app/interaction-pulls/pull-under-a-draft", test_pull_under_a_draft);
  ADD ("/app/interaction-pulls/pull-before-undo", test_pull_before_undo);

  return g_test_run ();
}
