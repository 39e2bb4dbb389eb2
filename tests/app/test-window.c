/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, the user sees no window, cannot get to a page, or not on a small screen.
 */

#include "config.h"

#include "app-fixture.h"
#include "shell/rounds-registry.h"
#include "shell/rounds-sidebar-row.h"
#include "shell/rounds-window.h"
#include "sync/rounds-sync-service.h"
#include "sync/rounds-sync-status.h"

static void
draw (AppFixture *fixture, GtkWidget *window)
{
  app_settle (fixture);
  /* A breakpoint applies in the frame after the one in which the size is known. */
  for (guint i = 0; i < 3; i++)
    {
      gtk_widget_queue_draw (window);
      gtk_test_widget_wait_for_draw (window);
    }
}

static RoundsWindow *
show_window (AppFixture *fixture, int width, int height)
{
  RoundsWindow *window = rounds_window_new (NULL);
  g_autoptr (RoundsSyncService) sync = rounds_sync_service_new (fixture->context);

  rounds_window_set_context (window, fixture->context);
  rounds_window_set_sync_service (window, sync);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  draw (fixture, GTK_WIDGET (window));
  return window;
}

static void
close_window (AppFixture *fixture, RoundsWindow *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  app_settle (fixture);
}

static GtkWidget *
find_split_view (RoundsWindow *window)
{
  return app_find_widget (GTK_WIDGET (window), ADW_TYPE_NAVIGATION_SPLIT_VIEW, 0);
}

static void
test_starts_empty (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = rounds_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  draw (fixture, GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Rounds");
  close_window (fixture, window);
}

/* Every page comes up, at the width of a telephone and of a desktop. */
static void
show_all_pages (AppFixture *fixture, int width, int height)
{
  RoundsWindow *window = show_window (fixture, width, height);

  for (const RoundsPageInfo *info = rounds_registry_get_pages (); info->id != NULL; info++)
    {
      g_autofree char *picture = g_strdup_printf ("window-%s-%d", info->id, width);
      GtkWidget *page = rounds_window_show_page (window, info->id);

      g_assert_nonnull (page);
      draw (fixture, GTK_WIDGET (window));
      g_assert_true (gtk_widget_get_mapped (page));
      g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (window)), <=, width);
      g_assert_true (rounds_window_show_page (window, info->id) == page);
      app_take_picture (GTK_WIDGET (window), picture);
    }
  close_window (fixture, window);
}

static void
test_pages_wide (AppFixture *fixture, gconstpointer data)
{
  show_all_pages (fixture, 1200, 800);
}

static void
test_pages_narrow (AppFixture *fixture, gconstpointer data)
{
  show_all_pages (fixture, 360, 640);
}

/* On a small screen the sidebar is a page behind the content, with a button that leads back. */
static void
test_adapts (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *wide = show_window (fixture, 1200, 800);
  RoundsWindow *narrow;
  GtkWidget *split_view;

  g_assert_false (adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (find_split_view (wide))));
  close_window (fixture, wide);

  narrow = show_window (fixture, 360, 640);
  split_view = find_split_view (narrow);
  g_assert_true (adw_navigation_split_view_get_collapsed (ADW_NAVIGATION_SPLIT_VIEW (split_view)));
  g_assert_true (adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (split_view)));
  g_assert_true (gtk_widget_activate_action (split_view, "navigation.pop", NULL));
  g_assert_false (adw_navigation_split_view_get_show_content (ADW_NAVIGATION_SPLIT_VIEW (split_view)));
  draw (fixture, GTK_WIDGET (narrow));
  app_take_picture (GTK_WIDGET (narrow), "window-sidebar-360");
  close_window (fixture, narrow);
}

static void
test_shortcuts (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, 1200, 800);
  const RoundsPageInfo *pages = rounds_registry_get_pages ();
  GtkWidget *list = gtk_widget_get_parent (app_find_widget (GTK_WIDGET (window), ROUNDS_TYPE_SIDEBAR_ROW, 0));

  for (int i = 0; pages[i].id != NULL; i++)
    {
      GtkListBoxRow *row;

      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.show-nth-page", "i", i + 1));
      row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));
      g_assert_cmpstr (rounds_sidebar_row_get_id (ROUNDS_SIDEBAR_ROW (row)), ==, pages[i].id);
      /* Neither does harm where a page has nothing of the kind. */
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.search", NULL));
    }
  close_window (fixture, window);
}

static GtkWidget *
find_dialog (RoundsWindow *window)
{
  return GTK_WIDGET (adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)));
}

/* What the shell itself can show over its window. */
static void
test_dialogs (AppFixture *fixture, gconstpointer data)
{
  static const char *const actions[] = { "win.preferences", "win.import", "win.sign-in", "win.show-sync" };
  /* Without a compositor, as here, the window draws its border within its own size: this leaves 360 to the dialog. */
  static const int widths[] = { 1200, 370 };

  for (gsize w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      RoundsWindow *window = show_window (fixture, widths[w], 700);

      for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
        {
          g_autofree char *picture = g_strdup_printf ("dialog-%s-%d", actions[i] + 4, widths[w]);

          g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL));
          draw (fixture, GTK_WIDGET (window));
          g_assert_nonnull (find_dialog (window));
          app_take_picture (GTK_WIDGET (window), picture);
          adw_dialog_force_close (ADW_DIALOG (find_dialog (window)));
          draw (fixture, GTK_WIDGET (window));
        }
      close_window (fixture, window);
    }
}

static void
count_cb (guint *counter)
{
  (*counter)++;
}

static void
present_dialog (AppFixture *fixture, RoundsWindow *window, gboolean can_close, guint *closed)
{
  AdwDialog *dialog = adw_dialog_new ();

  adw_dialog_set_can_close (dialog, can_close);
  g_signal_connect_swapped (dialog, "closed", G_CALLBACK (count_cb), closed);
  adw_dialog_present (dialog, GTK_WIDGET (window));
  draw (fixture, GTK_WIDGET (window));
}

/* Dialogs keep what is being typed when they close: neither closing the window nor quitting passes them by. */
static void
test_closing_closes_dialogs (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, 1200, 800);
  guint closed = 0;

  present_dialog (fixture, window, FALSE, &closed);
  present_dialog (fixture, window, TRUE, &closed);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  rounds_window_close_dialogs (window);
  g_assert_cmpuint (closed, ==, 2);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  draw (fixture, GTK_WIDGET (window));

  present_dialog (fixture, window, TRUE, &closed);
  gtk_window_close (GTK_WINDOW (window));
  g_assert_cmpuint (closed, ==, 3);
  app_settle (fixture);
}

static GtkLabel *
find_state_line (RoundsWindow *window)
{
  return GTK_LABEL (
    app_find_widget (app_find_widget (GTK_WIDGET (window), ROUNDS_TYPE_SYNC_STATUS, 0), GTK_TYPE_LABEL, 0));
}

/* The longest that the state line says is whole in the narrowest sidebar, also for somebody who reads large letters. */
static void
test_state_line_in_large_text (AppFixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  RoundsWindow *window;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 3 / 2, NULL);
  window = show_window (fixture, 1200, 800);
  gtk_label_set_text (find_state_line (window), "30 changes waiting: offline since 19 Nov, 11:30 PM");
  draw (fixture, GTK_WIDGET (window));
  app_take_picture (GTK_WIDGET (window), "state-line-large-text");
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (find_state_line (window))));
  close_window (fixture, window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

#define add(path, test) \
  g_test_add ("/app/window/" path, AppFixture, NULL, app_fixture_set_up, test, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  add ("starts-empty", test_starts_empty);
  add ("pages-wide", test_pages_wide);
  add ("pages-narrow", test_pages_narrow);
  add ("adapts", test_adapts);
  add ("shortcuts", test_shortcuts);
  add ("dialogs", test_dialogs);
  add ("closing-closes-dialogs", test_closing_closes_dialogs);
  add ("state-line-in-large-text", test_state_line_in_large_text);

  return g_test_run ();
}
