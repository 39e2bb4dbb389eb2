/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, somebody who was deleted by mistake does not come back, or comes back without what belongs to them.
 */

#include "config.h"

#include "contacts-fixture.h"
#include "trash/rounds-trash-dialog.h"
#include "test-loop.h"

static GListModel *
get_model (RoundsTrashDialog *dialog)
{
  GtkWidget *list = NULL;

  /* The drop-down has a list of its own. */
  for (guint i = 0; list == NULL || !gtk_widget_has_css_class (list, "rounds-list"); i++)
    list = app_find_widget (GTK_WIDGET (dialog), GTK_TYPE_LIST_VIEW, i);
  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static void
wait_for_rows (RoundsTrashDialog *dialog, guint n)
{
  test_wait_while (g_list_model_get_n_items (get_model (dialog)) != n);
}

static void delete (AppFixture *fixture, RoundsRecord *record)
{
  g_clear_object (&fixture->last_toast);
  rounds_app_context_delete (fixture->context, record);
  test_wait_while (fixture->last_toast == NULL);
}

static void
test_restore (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) first = add_physician (fixture, "José", "García", "Neurology", "Worcester");
  g_autoptr (RoundsRecord) second = add_physician (fixture, "Zoë", "Çelik", "Cardiology", "Boston");
  g_autoptr (RoundsRecord) follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);
  GtkWidget *window = app_show (fixture, gtk_label_new (NULL), 700, 700);
  RoundsTrashDialog *dialog;
  GtkWidget *search;

  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (second));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2026-03-01");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  app_save (fixture, follow_up);
  delete (fixture, follow_up);
  delete (fixture, first);
  delete (fixture, second);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 0);

  dialog = rounds_trash_dialog_new (fixture->context);
  adw_dialog_present (ADW_DIALOG (dialog), window);
  wait_for_rows (dialog, 3);
  app_settle (fixture);
  app_take_picture (window, "trash");
  search = find_child (GTK_WIDGET (dialog), GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (search), "garcia");
  wait_for_rows (dialog, 1);
  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "trash.restore-one", "u", 0);
  test_wait_while (fixture->last_toast == NULL);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 1);

  /* And not that one after all. */
  g_signal_emit_by_name (fixture->last_toast, "button-clicked");
  gtk_editable_set_text (GTK_EDITABLE (search), "");
  wait_for_rows (dialog, 3);

  gtk_selection_model_select_all (GTK_SELECTION_MODEL (get_model (dialog)));
  g_clear_object (&fixture->last_toast);
  gtk_widget_activate_action (GTK_WIDGET (dialog), "trash.restore", NULL);
  test_wait_while (fixture->last_toast == NULL);
  wait_for_rows (dialog, 0);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_PERSON), ==, 2);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_ADDRESS), ==, 2);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_FOLLOW_UP), ==, 1);
  app_take_picture (window, "trash-empty");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  g_test_add ("/app/trash/restore", AppFixture, NULL, app_fixture_set_up, test_restore, app_fixture_tear_down);

  return g_test_run ();
}
