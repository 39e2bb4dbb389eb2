/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The import as a person does it in the window. If this fails, a rep's list stays in its file, or is imported without
 * having been shown. */

#include "config.h"

#include <glib/gstdio.h>

#include "import/rounds-import-dialog.h"
#include "rounds-import-mapping.h"

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

  fixture->directory = g_dir_make_tmp ("rounds-import-dialog-XXXXXX", NULL);
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
  g_autoptr (GDir) directory = NULL;
  const char *name;

  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
  gtk_window_destroy (fixture->window);
  rounds_store_close (fixture->store);
  g_clear_object (&fixture->context);
  g_clear_object (&fixture->store);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  directory = g_dir_open (fixture->directory, 0, NULL);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (fixture->directory, name, NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->directory);
  g_free (fixture->directory);
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

  while (g_strcmp0 (adw_navigation_view_get_visible_page_tag (child (fixture, "navigation")), tag) != 0)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static void
open_data (Fixture *fixture, const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "import", name, NULL));

  rounds_import_dialog_open_file (fixture->dialog, file);
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
  stack = GTK_WIDGET (gtk_widget_get_template_child (report, G_OBJECT_TYPE (report), "rejects_stack"));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "list");
  click (fixture, "import");
  wait_for_page (fixture, "result");
  g_assert_cmpint (count_people (fixture), ==, 5);
}

/* The wrong separator leaves nothing to import, and the way back is open. */
static void
test_other_separator (Fixture *fixture, gconstpointer data)
{
  open_data (fixture, "nppes-300.csv");
  wait_for_page (fixture, "mapping");

  gtk_drop_down_set_selected (child (fixture, "delimiter"), 3);
  while (gtk_widget_is_sensitive (child (fixture, "rehearse")))
    g_main_context_iteration (NULL, TRUE);
  gtk_drop_down_set_selected (child (fixture, "delimiter"), 0);
  while (!gtk_widget_is_sensitive (child (fixture, "rehearse")))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_no_such_file (Fixture *fixture, gconstpointer data)
{
  open_data (fixture, "there-is-no-such-file.csv");
  while (!adw_banner_get_revealed (child (fixture, "choose_banner")))
    g_main_context_iteration (NULL, TRUE);
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
  while (fixture->dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
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
  g_test_add ("/app/import-dialog/other-separator", Fixture, NULL, set_up, test_other_separator, tear_down);
  g_test_add ("/app/import-dialog/no-such-file", Fixture, NULL, set_up, test_no_such_file, tear_down);
  g_test_add ("/app/import-dialog/stop", Fixture, NULL, set_up, test_stop, tear_down);
  g_test_add ("/app/import-dialog/quit", Fixture, NULL, set_up, test_quit, tear_down);
  return g_test_run ();
}
