/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, a visit that was typed in one line is about somebody else, is not what was shown, or is gone.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "interactions/rounds-line-dialog.h"
#include "interactions/rounds-line-entry.h"
#include "test-loop.h"

typedef struct
{
  GtkWindow *window;
  GtkWidget *dialog;
  RoundsLineEntry *line;
  GtkEntry *entry;
  GtkListBox *candidates;
} Shown;

static Shown
show (AppFixture *fixture)
{
  Shown shown = { .window = GTK_WINDOW (adw_window_new ()) };
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_window_set_default_size (shown.window, 700, 600);
  adw_window_set_content (ADW_WINDOW (shown.window), content);
  gtk_window_present (shown.window);
  rounds_line_dialog_present (content, fixture->context);
  app_settle (fixture);
  shown.dialog = find_child (GTK_WIDGET (shown.window), ROUNDS_TYPE_LINE_DIALOG, NULL);
  shown.line = ROUNDS_LINE_ENTRY (find_child (shown.dialog, ROUNDS_TYPE_LINE_ENTRY, NULL));
  shown.entry = GTK_ENTRY (find_child (shown.dialog, GTK_TYPE_ENTRY, NULL));
  shown.candidates = GTK_LIST_BOX (find_child (shown.dialog, GTK_TYPE_LIST_BOX, NULL));
  return shown;
}

static void
drop (Shown *shown)
{
  g_clear_pointer (&shown->window, gtk_window_destroy);
}

static void
save (AppFixture *fixture, Shown *shown)
{
  g_clear_object (&fixture->last_toast);
  g_signal_emit_by_name (shown->entry, "activate");
  app_settle (fixture);
}

static RoundsRecord *
get_only (AppFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GPtrArray) records = app_list (fixture, query);

  g_assert_cmpuint (records->len, ==, 1);
  return g_object_ref (records->pdata[0]);
}

static void
test_save_and_undo (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) johnson = add_physician (fixture, "Sarah", "Johnson", "Neurology", "Boston");
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) follow_up = NULL;
  Shown shown = show (fixture);

  rounds_line_entry_set_text (shown.line, "visit johnson 20m dosing; send paper 2031-05-06");
  app_take_picture (GTK_WIDGET (shown.window), "line-preview");
  save (fixture, &shown);
  test_wait_while (fixture->last_toast == NULL);
  visit = get_only (fixture, ROUNDS_ENTITY_INTERACTION);
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (visit, ROUNDS_INTERACTION_PERSON), rounds_record_get_id (johnson)));
  g_assert_cmpint (rounds_record_get_integer (visit, ROUNDS_INTERACTION_DURATION), ==, 20);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), ==, "dosing");
  follow_up = get_only (fixture, ROUNDS_ENTITY_FOLLOW_UP);
  g_assert_cmpstr (rounds_record_get_text (follow_up, ROUNDS_FOLLOW_UP_TEXT), ==, "send paper");
  g_assert_cmpstr (rounds_record_get_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON), ==, "2031-05-06");
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);

  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 0);
  drop (&shown);
}

/* Two are called so: nobody is chosen silently, and nothing is saved before somebody is. */
static void
test_never_guessed (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) sarah = add_physician (fixture, "Sarah", "Johnson", "Neurology", "Boston");
  g_autoptr (RoundsRecord) mark = add_physician (fixture, "Mark", "Johnson", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) visit = NULL;
  Shown shown = show (fixture);

  rounds_line_entry_set_text (shown.line, "visit johnson dosing");
  app_take_picture (GTK_WIDGET (shown.window), "line-question");
  save (fixture, &shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  g_assert_null (gtk_list_box_get_selected_row (shown.candidates));

  g_signal_emit_by_name (shown.candidates, "row-activated", gtk_list_box_get_row_at_index (shown.candidates, 1));
  g_assert_nonnull (gtk_list_box_get_selected_row (shown.candidates));
  save (fixture, &shown);
  test_wait_while (fixture->last_toast == NULL);
  visit = get_only (fixture, ROUNDS_ENTITY_INTERACTION);
  g_assert_false (rounds_record_is_null (visit, ROUNDS_INTERACTION_PERSON));
  drop (&shown);
}

/* Somebody who is no contact: the name is kept. */
static void
test_unknown_name (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) visit = NULL;
  Shown shown = show (fixture);

  rounds_line_entry_set_text (shown.line, "20m");
  save (fixture, &shown);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_INTERACTION), ==, 0);
  rounds_line_entry_set_text (shown.line, "call Okafor + Mensah, dosing");
  save (fixture, &shown);
  test_wait_while (fixture->last_toast == NULL);
  visit = get_only (fixture, ROUNDS_ENTITY_INTERACTION);
  g_assert_cmpstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_HCP_NAME), ==, "Okafor");
  g_assert_nonnull (strstr (rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES), "Mensah"));
  drop (&shown);
}

static void
test_draft (AppFixture *fixture, gconstpointer data)
{
  Shown shown = show (fixture);

  rounds_line_entry_set_text (shown.line, "visit john");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  app_settle (fixture);
  drop (&shown);
  shown = show (fixture);
  g_assert_cmpstr (rounds_line_entry_get_text (shown.line), ==, "visit john");
  rounds_line_entry_set_text (shown.line, "");
  adw_dialog_close (ADW_DIALOG (shown.dialog));
  app_settle (fixture);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 0);
  drop (&shown);
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/line-dialog/save-and-undo", test_save_and_undo);
  ADD ("/app/line-dialog/never-guessed", test_never_guessed);
  ADD ("/app/line-dialog/unknown-name", test_unknown_name);
  ADD ("/app/line-dialog/draft", test_draft);

  return g_test_run ();
}
