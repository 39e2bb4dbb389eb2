/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, the user sees no window at all.
 */

#include "config.h"

#include "rounds-window.h"

static void
test_window_comes_up (void)
{
  RoundsWindow *window = rounds_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Rounds");

  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/app/window/comes-up", test_window_comes_up);

  return g_test_run ();
}
