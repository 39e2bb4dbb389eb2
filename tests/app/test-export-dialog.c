/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The export as a person does it in the window. If this fails, a rep's list stays in the program, or the file is
 * another list than the one on the screen. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app-fixture.h"
#include "contacts/rounds-contacts-page.h"
#include "export/rounds-export-dialog.h"
#include "interactions/rounds-interactions-page.h"
#include "test-loop.h"

typedef struct
{
  AppFixture app;
  GtkWidget *window;
  RoundsExportDialog *dialog;
  GPtrArray *ids;
  GFile *file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "Atkinson", "Borg", "Cooper" };

  app_fixture_set_up (&fixture->app, NULL);
  fixture->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, names[i]);
      app_save (&fixture->app, person);
      g_ptr_array_add (fixture->ids, g_memdup2 (rounds_record_get_id (person), sizeof (RoundsUuid)));
    }
  fixture->file = g_file_new_build_filename (fixture->app.directory, "people.csv", NULL);
  fixture->window = app_show (&fixture->app, adw_bin_new (), 700, 700);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (g_file_peek_path (fixture->file));
  g_clear_object (&fixture->file);
  g_ptr_array_unref (fixture->ids);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  app_fixture_tear_down (&fixture->app, NULL);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *object = gtk_widget_get_template_child (GTK_WIDGET (fixture->dialog), ROUNDS_TYPE_EXPORT_DIALOG, name);

  g_assert_nonnull (object);
  return object;
}

static void
show_dialog (Fixture *fixture, gboolean filtered, gboolean with_selection)
{
  g_autoptr (RoundsQuery) all = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (RoundsQuery) shown = rounds_query_search (rounds_query_copy (all), "bor");
  g_autoptr (GArray) selected = rounds_record_store_list_keys (rounds_store_get_reader (fixture->app.store), all, NULL);

  g_array_remove_range (selected, 0, with_selection ? 2 : 3);
  fixture->dialog = rounds_export_dialog_new (fixture->app.context, "Contacts", filtered ? shown : all,
                                              filtered ? all : NULL, selected);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), fixture->window);
  app_settle (&fixture->app);
}

static char *
save_as_csv (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  adw_combo_row_set_selected (child (fixture, "format"), 1);
  rounds_export_dialog_save_to (fixture->dialog, fixture->file);
  test_wait_while (fixture->app.last_toast == NULL);
  g_file_load_contents (fixture->file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static guint
count_names (const char *text)
{
  return (strstr (text, "Atkinson") != NULL) + (strstr (text, "Borg") != NULL) + (strstr (text, "Cooper") != NULL);
}

static void
test_everything (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  show_dialog (fixture, FALSE, FALSE);
  g_assert_false (gtk_widget_get_visible (child (fixture, "what")));
  app_take_picture (fixture->window, "export");
  text = save_as_csv (fixture);
  g_assert_cmpuint (count_names (text), ==, 3);
  g_assert_cmpstr (rounds_toast_get_text (fixture->app.last_toast), ==, "3 records exported");
  g_assert_cmpstr (adw_toast_get_button_label (fixture->app.last_toast), ==, "Open _Folder");
}

static void
test_what_is_shown (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  show_dialog (fixture, TRUE, FALSE);
  text = save_as_csv (fixture);
  g_assert_cmpuint (count_names (text), ==, 1);
  g_assert_nonnull (strstr (text, "Borg"));
}

static void
test_what_is_selected (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  show_dialog (fixture, TRUE, TRUE);
  app_take_picture (fixture->window, "export-selected");
  text = save_as_csv (fixture);
  g_assert_cmpuint (count_names (text), ==, 1);
  g_assert_nonnull (strstr (text, "Cooper"));
}

static gboolean
has_banner (gpointer data)
{
  return adw_banner_get_revealed (child (data, "banner"));
}

/* What cannot be written says why, and the dialog stays for another place. */
static void
test_no_such_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) nowhere = g_file_new_build_filename (fixture->app.directory, "no", "where.csv", NULL);

  show_dialog (fixture, FALSE, FALSE);
  rounds_export_dialog_save_to (fixture->dialog, nowhere);
  app_wait_until (has_banner, fixture);
  g_assert_null (fixture->app.last_toast);
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "save")));
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
}

/* The archive: a passphrase twice, or a warning. */
static void
test_person (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = app_get (&fixture->app, ROUNDS_ENTITY_PERSON, fixture->ids->pdata[1]);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  fixture->dialog = rounds_export_dialog_new_for_person (fixture->app.context, person);
  adw_dialog_present (ADW_DIALOG (fixture->dialog), fixture->window);
  app_settle (&fixture->app);
  g_assert_true (gtk_widget_get_visible (child (fixture, "warning")));
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "save")));
  app_take_picture (fixture->window, "archive");

  adw_switch_row_set_active (child (fixture, "encrypt"), TRUE);
  g_assert_false (gtk_widget_get_visible (child (fixture, "warning")));
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "save")));
  gtk_editable_set_text (child (fixture, "passphrase"), "correct horse");
  gtk_editable_set_text (child (fixture, "again"), "correct ho");
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "save")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "mismatch"))); /* still as typed above */
  gtk_editable_set_text (child (fixture, "again"), "correct hose");
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "save")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "mismatch")));
  gtk_editable_set_text (child (fixture, "again"), "correct horse");
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "save")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "mismatch")));
  app_settle (&fixture->app);
  app_take_picture (fixture->window, "archive-encrypted");

  rounds_export_dialog_save_to (fixture->dialog, fixture->file);
  test_wait_while (fixture->app.last_toast == NULL);
  g_assert_true (g_file_load_contents (fixture->file, NULL, &bytes, &length, NULL, NULL));
  g_assert_cmpmem (bytes, 2, "PK", 2);
  g_assert_null (memmem (bytes, length, "Borg", 4));
}

static void
show_page (Fixture *fixture, GtkWidget *page)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  fixture->window = app_show (&fixture->app, page, 700, 700);
  app_settle (&fixture->app);
}

/* The pages offer it, and with what they show. */
static void
test_pages (Fixture *fixture, gconstpointer data)
{
  GtkWidget *page = rounds_contacts_page_new (fixture->app.context);

  show_page (fixture, page);
  app_take_picture (fixture->window, "export-contacts-page");
  g_assert_true (gtk_widget_activate_action (page, "page.export", NULL));
  fixture->dialog = ROUNDS_EXPORT_DIALOG (app_find_widget (fixture->window, ROUNDS_TYPE_EXPORT_DIALOG, 0));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (child (fixture, "format"))), ==, 4);
  g_free (save_as_csv (fixture));
  g_clear_object (&fixture->app.last_toast);

  page = rounds_interactions_page_new (fixture->app.context);
  show_page (fixture, page);
  g_assert_true (gtk_widget_activate_action (page, "page.export", NULL));
  fixture->dialog = ROUNDS_EXPORT_DIALOG (app_find_widget (fixture->window, ROUNDS_TYPE_EXPORT_DIALOG, 0));
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (child (fixture, "format"))), ==, 2);
  adw_dialog_force_close (ADW_DIALOG (fixture->dialog));
}

#define ADD(name, func) g_test_add ("/app/export-dialog/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  app_test_init (&argc, &argv);
  ADD ("everything", test_everything);
  ADD ("shown", test_what_is_shown);
  ADD ("selected", test_what_is_selected);
  ADD ("nowhere", test_no_such_place);
  ADD ("person", test_person);
  ADD ("pages", test_pages);
  return g_test_run ();
}
