/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import as a person does it in the window. If this fails, a rep's list stays in its file, or is imported without
 * having been shown. */

#include "config.h"

#include <string.h>

#include "app-fixture.h"
#include "import/rounds-import-dialog.h"
#include "import/rounds-import-report.h"
#include "rounds-import-mapping.h"
#include "test-folder.h"
#include "test-loop.h"

typedef struct
{
  char *directory;
  RoundsStore *store;
  RoundsAppContext *context;
  GtkWindow *window;
  RoundsImportDialog *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  guint8 key[ROUNDS_KEY_LENGTH] = { 7 };

  fixture->directory = test_folder_new ();
  path = g_build_filename (fixture->directory, "rounds.db", NULL);
  fixture->store = rounds_store_open (path, key, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  fixture->context = rounds_app_context_new (fixture->store);
  fixture->window = GTK_WINDOW (adw_window_new ());
  gtk_window_set_default_size (fixture->window, 800, 760);
  gtk_window_present (fixture->window);
  fixture->dialog = rounds_import_dialog_new (fixture->context);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), GTK_WIDGET (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  gtk_window_destroy (fixture->window);
  rounds_store_close (fixture->store);
  g_clear_object (&fixture->context);
  g_clear_object (&fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  test_folder_remove (fixture->directory);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), ROUNDS_TYPE_IMPORT_DIALOG, name);

  g_assert_nonnull (object);
  return object;
}

static gboolean
timed_out_cb (gpointer data)
{
  g_error ("waited too long for the page %s", (const char *) data);
  return G_SOURCE_REMOVE;
}

static void
wait_for_page (Fixture *fixture, const char *tag)
{
  guint timeout = g_timeout_add_seconds (60, timed_out_cb, (gpointer) tag);

  test_wait_while (g_strcmp0 (adw_navigation_view_get_visible_page_tag (child (fixture, "navigation")), tag) != 0);
  g_source_remove (timeout);
}

static void
open_data (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "import", name, NULL));
  GSList files = { file, NULL };

  rounds_import_dialog_open_files (fixture->dialog, &files);
}

static gint64
count_people (Fixture *fixture)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);

  return rounds_record_store_count (rounds_store_get_reader (fixture->store), query, NULL);
}

static void
click (Fixture *fixture, const char *button)
{
  g_assert_true (gtk_widget_is_sensitive (child (fixture, button)));
  g_signal_emit_by_name (child (fixture, button), "clicked");
}

static void
test_whole_way (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) columns = NULL;

  open_data (fixture, "nppes-300.csv");
  wait_for_page (fixture, "mapping");
  g_object_get (child (fixture, "columns"), "model", &columns, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (columns), ==, 21);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (fixture, "encoding")), ==, 0);
  g_assert_cmpuint (gtk_drop_down_get_selected (child (fixture, "delimiter")), ==, 0);

  click (fixture, "rehearse");
  wait_for_page (fixture, "rehearsal");
  g_assert_cmpint (count_people (fixture), ==, 0);

  click (fixture, "import");
  wait_for_page (fixture, "result");
  g_assert_cmpint (count_people (fixture), ==, 300);
  g_assert_true (adw_dialog_get_can_close (ADW_DIALOG (fixture->dialog)));
}

static void
test_rejected_rows (Fixture *fixture, gconstpointer data)
{
  GtkWidget *report;
  GtkWidget *stack;

  open_data (fixture, "broken-rows.csv");
  wait_for_page (fixture, "mapping");
  click (fixture, "rehearse");
  wait_for_page (fixture, "rehearsal");

  report = child (fixture, "rehearsal_report");
  stack = GTK_WIDGET (gtk_widget_get_template_child (report, G_OBJECT_TYPE (report), "rows_stack"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "list");
  click (fixture, "import");
  wait_for_page (fixture, "result");
  g_assert_cmpint (count_people (fixture), ==, 5);
}

static void
open_text (Fixture *fixture, const char *text)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->directory, "list.csv", NULL);
  g_autoptr (GError) error = NULL;
  GSList files = { file, NULL };

  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  rounds_import_dialog_open_files (fixture->dialog, &files);
  wait_for_page (fixture, "mapping");
}

static void
import_text (Fixture *fixture, const char *text)
{
  open_text (fixture, text);
  click (fixture, "rehearse");
  wait_for_page (fixture, "rehearsal");
  click (fixture, "import");
  wait_for_page (fixture, "result");
}

static void
open_dialog_again (Fixture *fixture)
{
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  fixture->dialog = rounds_import_dialog_new (fixture->context);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), GTK_WIDGET (fixture->window));
}

/* Somebody who is perhaps known is left alone, unless the person says otherwise. */
static void
test_decide (Fixture *fixture, gconstpointer data)
{
  RoundsImportOutcomeList *list;
  g_autoptr (RoundsImportOutcomeItem) item = NULL;

  import_text (fixture, "Last name,First name,City\nBerg,Jan,Dover\n");
  g_assert_cmpint (count_people (fixture), ==, 1);
  open_dialog_again (fixture);
  open_text (fixture, "Last name,First name,City,Phone\nBerg,Jan,Dover,555-0101\nOkafor,Ada,Dover,\n");
  click (fixture, "rehearse");
  wait_for_page (fixture, "rehearsal");

  list = rounds_import_report_get_list (child (fixture, "rehearsal_report"));
  g_assert_cmpuint (rounds_import_outcome_list_count (list, ROUNDS_IMPORT_DUPLICATE), ==, 1);
  g_assert_cmpuint (rounds_import_outcome_list_count (list, ROUNDS_IMPORT_CREATED), ==, 1);
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  rounds_import_outcome_list_decide (list, rounds_import_outcome_item_get_outcome (item), ROUNDS_IMPORT_DECIDE_CREATE);
  g_assert_cmpuint (rounds_import_outcome_list_count (list, ROUNDS_IMPORT_CREATED), ==, 2);
  g_assert_nonnull (strchr (gtk_button_get_label (child (fixture, "import")), '2'));
  click (fixture, "import");
  wait_for_page (fixture, "result");
  g_assert_cmpint (count_people (fixture), ==, 3);
}

/* Side by side: what the row says that is not known can be seen before it is written. */
static void
test_compare (Fixture *fixture, gconstpointer data)
{
  RoundsImportOutcomeList *list;
  g_autoptr (RoundsImportOutcomeItem) item = NULL;
  AdwNavigationPage *page;
  GtkStack *stack;

  import_text (fixture, "NPI,Last name,City,Date of birth,Sex\n1003000126,Okafor,Dover,1961-03-25,F\n");
  open_dialog_again (fixture);
  open_text (fixture, "NPI,Last name,City,Phone,Date of birth,Sex\n1003000126,Okafor,Lewes,555-0101,1961-03-26,M\n");
  click (fixture, "rehearse");
  wait_for_page (fixture, "rehearsal");
  list = rounds_import_report_get_list (child (fixture, "rehearsal_report"));
  item = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_signal_emit_by_name (child (fixture, "rehearsal_report"), "compare", item);
  wait_for_page (fixture, "compare");
  page = adw_navigation_view_get_visible_page (child (fixture, "navigation"));
  stack = GTK_STACK (gtk_widget_get_template_child (GTK_WIDGET (page), G_OBJECT_TYPE (page), "stack"));
  test_wait_while (g_strcmp0 (gtk_stack_get_visible_child_name (stack), "reading") == 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stack), ==, "both");
  g_assert_true (app_tells (GTK_WIDGET (page), "555-0101"));
  /* As they are written everywhere else. */
  g_assert_true (app_tells (GTK_WIDGET (page), "March 26, 1961"));
  g_assert_true (app_tells (GTK_WIDGET (page), "March 25, 1961"));
  g_assert_true (app_tells (GTK_WIDGET (page), "Female"));
}

/* Dates that can be read in two ways are not read before somebody has said how. */
static void
test_dates_ask (Fixture *fixture, gconstpointer data)
{
  open_text (fixture, "Last name,Date of birth\nBerg,25/03/1961\nOkafor,03/25/1961\n");
  g_assert_false (gtk_widget_is_sensitive (child (fixture, "rehearse")));
}

/* A wrong list is taken back where it was imported. */
static void
test_take_back (Fixture *fixture, gconstpointer data)
{
  guint timeout;

  import_text (fixture, "Last name,City\nBerg,Dover\nOkafor,Dover\n");
  g_assert_cmpint (count_people (fixture), ==, 2);
  click (fixture, "take_back");
  wait_for_page (fixture, "history");
  timeout = g_timeout_add_seconds (60, timed_out_cb, (gpointer) "after taking back");
  test_wait_while (count_people (fixture) > 0 || !adw_dialog_get_can_close (ADW_DIALOG (fixture->dialog)));
  g_source_remove (timeout);
}

/* A file that was encoded twice shows what is going to be repaired. */
static void
test_repairs (Fixture *fixture, gconstpointer data)
{
  int minimum;

  open_text (fixture, "Last name,City\nCi\u00c3\u00aancia,Lisboa\nMu\u00c3\u00b1oz,Madrid\n");
  g_assert_true (gtk_widget_get_visible (child (fixture, "repairs_box")));
  /* In the narrowest window its arrow must not be cut off. */
  gtk_widget_measure (child (fixture, "encoding"), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <, 120);
  g_assert_nonnull (strstr (gtk_label_get_text (child (fixture, "repairs")), "Mu\u00f1oz"));
}

/* The wrong separator leaves nothing to import, and the way back is open. */
static void
test_other_separator (Fixture *fixture, gconstpointer data)
{
  open_data (fixture, "nppes-300.csv");
  wait_for_page (fixture, "mapping");
  g_assert_false (gtk_expander_get_expanded (child (fixture, "reading")));

  gtk_drop_down_set_selected (child (fixture, "delimiter"), 3);
  test_wait_while (gtk_widget_is_sensitive (child (fixture, "rehearse")));
  g_assert_true (gtk_expander_get_expanded (child (fixture, "reading")));
  gtk_drop_down_set_selected (child (fixture, "delimiter"), 0);
  test_wait_while (!gtk_widget_is_sensitive (child (fixture, "rehearse")));
}

static void
test_no_such_file (Fixture *fixture, gconstpointer data)
{
  open_data (fixture, "there-is-no-such-file.csv");
  test_wait_while (!adw_banner_get_revealed (child (fixture, "choose_banner")));
}

/* Whoever presses Escape in the middle of it has imported nothing. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  open_data (fixture, "nppes-300.csv");
  wait_for_page (fixture, "mapping");
  click (fixture, "rehearse");
  adw_dialog_close (ADW_DIALOG (fixture->dialog));
  wait_for_page (fixture, "mapping");
  g_assert_true (adw_banner_get_revealed (child (fixture, "mapping_banner")));
  g_assert_cmpint (count_people (fixture), ==, 0);
}

/* Quitting in the middle of it: nothing is imported, and nothing speaks to a window that is gone. */
static void
test_quit (Fixture *fixture, gconstpointer data)
{
  guint timeout;

  open_data (fixture, "nppes-300.csv");
  wait_for_page (fixture, "mapping");
  click (fixture, "rehearse");
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  gtk_window_destroy (fixture->window);
  rounds_store_close (fixture->store);
  timeout = g_timeout_add_seconds (60, timed_out_cb, (gpointer) "that goes away");
  test_wait_while (fixture->dialog != NULL);
  g_source_remove (timeout);

  fixture->window = GTK_WINDOW (adw_window_new ());
  gtk_window_present (fixture->window);
  fixture->dialog = rounds_import_dialog_new (fixture->context);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), GTK_WIDGET (fixture->window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/app/import-dialog/whole-way", Fixture, NULL, set_up, test_whole_way, tear_down);
  g_test_add ("/app/import-dialog/rejected-rows", Fixture, NULL, set_up, test_rejected_rows, tear_down);
  g_test_add ("/app/import-dialog/decide", Fixture, NULL, set_up, test_decide, tear_down);
  g_test_add ("/app/import-dialog/compare", Fixture, NULL, set_up, test_compare, tear_down);
  g_test_add ("/app/import-dialog/dates-ask", Fixture, NULL, set_up, test_dates_ask, tear_down);
  g_test_add ("/app/import-dialog/take-back", Fixture, NULL, set_up, test_take_back, tear_down);
  g_test_add ("/app/import-dialog/repairs", Fixture, NULL, set_up, test_repairs, tear_down);
  g_test_add ("/app/import-dialog/other-separator", Fixture, NULL, set_up, test_other_separator, tear_down);
  g_test_add ("/app/import-dialog/no-such-file", Fixture, NULL, set_up, test_no_such_file, tear_down);
  g_test_add ("/app/import-dialog/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/app/import-dialog/quit", Fixture, NULL, set_up, test_quit, tear_down);
  return g_test_run ();
}
