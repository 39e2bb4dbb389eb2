/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, the user sees no window, cannot get to a page, or not on a small screen.
 */

#include "config.h"

#include "app-fixture.h"
#include "import/rounds-import-dialog.h"
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

/* Nor in the smallest window that there may be, which is as large as the smallest screen of GNOME. */
static void
test_pages_smallest (AppFixture *fixture, gconstpointer data)
{
  show_all_pages (fixture, 370, 304);
}

static void
test_pages_narrow (AppFixture *fixture, gconstpointer data)
{
  show_all_pages (fixture, 360, 640);
}

static graphene_rect_t
get_bounds (GtkWidget *widget, RoundsWindow *window)
{
  graphene_rect_t bounds;

  g_assert_nonnull (widget);
  g_assert_true (gtk_widget_get_mapped (widget));
  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (window), &bounds));
  return bounds;
}

/* A toast with Undo stays for a while, and must not lie on the buttons of what is selected meanwhile, be they across
 * the window or below the list in it. */
static void
test_toasts_above_a_bar (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, GPOINTER_TO_INT (data), 640);
  GtkWidget *toasts = app_find_widget (GTK_WIDGET (window), ADW_TYPE_TOAST_OVERLAY, 0);
  g_autoptr (RoundsRecord) person = app_add_person (fixture, "Ama", "Osei");
  GtkWidget *page = rounds_window_show_page (window, "contacts");
  graphene_rect_t toast, bar;

  draw (fixture, GTK_WIDGET (window));
  g_assert_false (gtk_widget_has_css_class (toasts, "rounds-above-bar"));
  g_assert_true (gtk_widget_activate_action (page, "page.select", NULL));
  rounds_app_context_toast (fixture->context, "Interaction with Dr. Anneliese Rosenberger-Ahlström saved");
  draw (fixture, GTK_WIDGET (window));
  app_take_picture (GTK_WIDGET (window), "window-selection-toast");
  toast = get_bounds (adw_toast_get_custom_title (fixture->last_toast), window);
  bar = get_bounds (app_find_widget (page, GTK_TYPE_ACTION_BAR, 0), window);
  g_assert_cmpfloat (toast.origin.y + toast.size.height, <=, bar.origin.y);

  rounds_window_show_page (window, "interactions");
  draw (fixture, GTK_WIDGET (window));
  g_assert_false (gtk_widget_has_css_class (toasts, "rounds-above-bar"));
  rounds_window_show_page (window, "contacts");
  draw (fixture, GTK_WIDGET (window));
  g_assert_true (gtk_widget_has_css_class (toasts, "rounds-above-bar"));
  close_window (fixture, window);
}

/* Nor on the line that says how things stand with the server, which is at the foot of a narrow window on the sidebar's
 * page. */
static void
test_toasts_above_the_state_line (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, 360, 640);
  GtkWidget *toasts = app_find_widget (GTK_WIDGET (window), ADW_TYPE_TOAST_OVERLAY, 0);
  graphene_rect_t toast, line;

  g_assert_false (gtk_widget_has_css_class (toasts, "rounds-above-bar"));
  g_assert_true (gtk_widget_activate_action (find_split_view (window), "navigation.pop", NULL));
  draw (fixture, GTK_WIDGET (window));
  rounds_app_context_toast (fixture->context, "Interaction with Dr. Anneliese Rosenberger-Ahlström saved");
  draw (fixture, GTK_WIDGET (window));
  app_take_picture (GTK_WIDGET (window), "window-sidebar-toast");
  toast = get_bounds (adw_toast_get_custom_title (fixture->last_toast), window);
  line = get_bounds (app_find_widget (GTK_WIDGET (window), ROUNDS_TYPE_SYNC_STATUS, 0), window);
  g_assert_cmpfloat (toast.origin.y + toast.size.height, <=, line.origin.y);

  /* Beside the pages of a wide window it is out of the way. */
  gtk_window_set_default_size (GTK_WINDOW (window), 1200, 640);
  draw (fixture, GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (app_find_widget (GTK_WIDGET (window), ROUNDS_TYPE_SYNC_STATUS, 0)));
  g_assert_false (gtk_widget_has_css_class (toasts, "rounds-above-bar"));
  close_window (fixture, window);
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

/* Nobody waits for the list of all shortcuts who does not ask for it: at this place GtkApplication would look for it,
 * and make it before the window is seen. */
static void
test_list_of_shortcuts (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = rounds_window_new (NULL);
  gboolean can_show = FALSE;
  const GVariantType *parameter;
  const char *name, *property;
  GType owner;

  g_assert_false (g_resources_get_info (RESOURCE_BASE "/gtk/help-overlay.ui", 0, NULL, NULL, NULL));
  for (guint i = 0;
       !can_show
       && gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (window), i, &owner, &name, &parameter, &property);
       i++)
    can_show = g_str_equal (name, "win.show-help-overlay");
  g_assert_true (can_show);
  g_assert_true (g_resources_get_info (RESOURCE_BASE "/ui/shell/help-overlay.ui", 0, NULL, NULL, NULL));
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

/* What a popover has around its child: padding, border and arrow. */
#define AROUND_POPOVER 40

static void
assert_popovers_fit (GtkWidget *root, const char *where)
{
  GtkWidget *popover, *child;
  int width, height;

  for (guint i = 0; (popover = app_find_widget (root, GTK_TYPE_POPOVER, i)) != NULL; i++)
    {
      child = gtk_popover_get_child (GTK_POPOVER (popover));
      if (child == NULL)
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
      if (width + AROUND_POPOVER > 360 || height + AROUND_POPOVER > 294)
        g_error ("A %s of %s takes %d × %d", G_OBJECT_TYPE_NAME (child), where, width, height);
    }
}

/* On the smallest screen that GNOME has, which is 360 × 294, what a button opens is not cut off, in large text either.
 */
static void
test_popovers_fit (AppFixture *fixture, gconstpointer data)
{
  static const char *const actions[] = { "win.preferences", "win.import", "win.trash", "win.log-interaction" };
  static const char *const kinds[] = { "person", "appointment", "ct_journey" };
  GtkSettings *settings = gtk_settings_get_default ();
  RoundsWindow *window;
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", dpi * 5 / 4, NULL);
  window = show_window (fixture, 700, 700);
  for (const RoundsPageInfo *info = rounds_registry_get_pages (); info->id != NULL; info++)
    {
      rounds_window_show_page (window, info->id);
      draw (fixture, GTK_WIDGET (window));
    }
  assert_popovers_fit (GTK_WIDGET (window), "the window");
  for (gsize i = 0; i < G_N_ELEMENTS (actions) + G_N_ELEMENTS (kinds); i++)
    {
      const char *kind = i < G_N_ELEMENTS (actions) ? NULL : kinds[i - G_N_ELEMENTS (actions)];

      if (kind == NULL)
        g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), actions[i], NULL));
      else
        g_assert_true (gtk_widget_activate_action (GTK_WIDGET (window), "win.create", "s", kind));
      draw (fixture, GTK_WIDGET (window));
      assert_popovers_fit (find_dialog (window), kind != NULL ? kind : actions[i]);
      adw_dialog_force_close (ADW_DIALOG (find_dialog (window)));
      draw (fixture, GTK_WIDGET (window));
    }
  close_window (fixture, window);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static GtkDropTarget *
find_drop_target (GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        return GTK_DROP_TARGET (controller);
    }
  g_assert_not_reached ();
}

/* As the file manager does it. Returns: whether they were taken */
static gboolean
drop_files (GtkWidget *widget, const char *first, const char *second)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GFile) one = g_file_new_for_path (first);
  g_autoptr (GFile) other = second != NULL ? g_file_new_for_path (second) : NULL;
  GSList rest = { other, NULL };
  GSList files = { one, second != NULL ? &rest : NULL };
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_list (&files));
  g_signal_emit_by_name (find_drop_target (widget), "drop", &value, 10.0, 10.0, &taken);
  return taken;
}

static char *
get_data (const char *folder, const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", folder, name, NULL);
}

static const char *
get_page_tag (GtkWidget *dialog)
{
  return adw_navigation_view_get_visible_page_tag (
    ADW_NAVIGATION_VIEW (app_find_widget (dialog, ADW_TYPE_NAVIGATION_VIEW, 0)));
}

static gboolean
shows_columns (gpointer dialog)
{
  return g_strcmp0 (get_page_tag (dialog), "mapping") == 0;
}

static gboolean
tells_why (gpointer dialog)
{
  AdwBanner *banner = ADW_BANNER (gtk_widget_get_template_child (dialog, ROUNDS_TYPE_IMPORT_DIALOG, "choose_banner"));

  return adw_banner_get_revealed (banner) && *adw_banner_get_title (banner) != '\0';
}

static gboolean
tells_of_others (gpointer dialog)
{
  AdwBanner *banner = ADW_BANNER (gtk_widget_get_template_child (dialog, ROUNDS_TYPE_IMPORT_DIALOG, "mapping_banner"));

  return adw_banner_get_revealed (banner) && g_str_has_prefix (adw_banner_get_title (banner), "One file");
}

/* A list that is dropped anywhere on the window is shown before it is imported, of whatever format. */
static void
test_dropped_lists (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, 1200, 800);
  g_autofree char *csv = get_data ("import", "nppes-300.csv");
  g_autofree char *xlsx = get_data ("spreadsheets", "sushi.xlsx");
  g_autofree char *vcard = g_build_filename (fixture->directory, "card.vcf", NULL);
  g_autoptr (GError) error = NULL;
  const char *files[] = { csv, xlsx, vcard };

  g_file_set_contents (vcard, "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Example\r\nEND:VCARD\r\n", -1, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_assert_true (drop_files (GTK_WIDGET (window), files[i], NULL));
      app_wait_until (shows_columns, find_dialog (window));
      adw_dialog_force_close (ADW_DIALOG (find_dialog (window)));
      draw (fixture, GTK_WIDGET (window));
    }
  close_window (fixture, window);
}

/* What is no list is told, and the import that is open takes the next file itself; of several the first. */
static void
test_dropped_wrong (AppFixture *fixture, gconstpointer data)
{
  RoundsWindow *window = show_window (fixture, 1200, 800);
  g_autofree char *csv = get_data ("import", "nppes-300.csv");
  g_autofree char *other = get_data ("import", "cms-overlap.csv");
  g_autofree char *picture = g_build_filename (fixture->directory, "picture.png", NULL);
  GtkWidget *dialog;

  g_file_set_contents (picture, "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1", 20, NULL);
  g_assert_true (drop_files (GTK_WIDGET (window), picture, NULL));
  dialog = find_dialog (window);
  app_wait_until (tells_why, dialog);
  app_take_picture (GTK_WIDGET (window), "dropped-picture");
  g_assert_cmpstr (get_page_tag (dialog), ==, "choose");

  g_assert_false (drop_files (GTK_WIDGET (window), csv, NULL));
  g_assert_true (drop_files (dialog, csv, other));
  app_wait_until (shows_columns, dialog);
  g_assert_true (tells_of_others (dialog));
  g_assert_true (find_dialog (window) == dialog);
  app_take_picture (GTK_WIDGET (window), "dropped-two");
  close_window (fixture, window);
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
  add ("pages-smallest", test_pages_smallest);
  add ("adapts", test_adapts);
  add ("shortcuts", test_shortcuts);
  add ("list-of-shortcuts", test_list_of_shortcuts);
  add ("dialogs", test_dialogs);
  add ("dropped-lists", test_dropped_lists);
  add ("dropped-wrong", test_dropped_wrong);
  g_test_add ("/app/window/toasts-above-a-bar", AppFixture, GINT_TO_POINTER (360), app_fixture_set_up,
              test_toasts_above_a_bar, app_fixture_tear_down);
  g_test_add ("/app/window/toasts-above-a-bar/wide", AppFixture, GINT_TO_POINTER (1200), app_fixture_set_up,
              test_toasts_above_a_bar, app_fixture_tear_down);
  add ("toasts-above-the-state-line", test_toasts_above_the_state_line);
  add ("popovers-fit", test_popovers_fit);
  add ("closing-closes-dialogs", test_closing_closes_dialogs);
  add ("state-line-in-large-text", test_state_line_in_large_text);

  return g_test_run ();
}
