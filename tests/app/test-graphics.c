/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a graphics card is left idle, or a machine without one computes GL: three times the memory, and a
 * window that comes half as fast.
 */

#include "config.h"

#include <gtk/gtk.h>

#include "shell/rounds-graphics.h"
#include "test-folder.h"

static void
add_node (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
test_has_card (void)
{
  char *devices = test_folder_new ();
  g_autofree char *dri = g_build_filename (devices, "dri", NULL);

  g_assert_false (rounds_graphics_has_card (devices));
  g_assert_cmpint (g_mkdir_with_parents (dri, 0700), ==, 0);
  /* Shows pictures, and does not draw them. */
  add_node (dri, "card0");
  g_assert_false (rounds_graphics_has_card (devices));
  add_node (dri, "renderD128");
  g_assert_true (rounds_graphics_has_card (devices));
  test_folder_remove (devices);
}

static void
test_driver (void)
{
  char *devices = test_folder_new ();

  add_node (devices, "nvidiactl");
  g_assert_true (rounds_graphics_has_card (devices));
  test_folder_remove (devices);
}

/* What somebody has said counts. */
static void
test_said (void)
{
  g_setenv ("GSK_RENDERER", "ngl", TRUE);
  g_unsetenv ("GDK_DISABLE");
  rounds_graphics_choose ();
  g_assert_null (g_getenv ("GDK_DISABLE"));

  g_unsetenv ("GSK_RENDERER");
  g_setenv ("GDK_DISABLE", "vulkan", TRUE);
  rounds_graphics_choose ();
  g_assert_cmpstr (g_getenv ("GDK_DISABLE"), ==, "vulkan");
}

/* GTK understands what it is told, and has something left to draw with. */
static void
test_chosen (void)
{
  g_autoptr (GError) error = NULL;

  g_unsetenv ("GSK_RENDERER");
  g_unsetenv ("GDK_DISABLE");
  rounds_graphics_choose ();
  if (g_getenv ("GDK_DISABLE") == NULL)
    {
      g_test_skip ("There is a graphics card.");
      return;
    }
  gtk_init ();
  g_assert_false (gdk_display_prepare_gl (gdk_display_get_default (), &error));
  g_assert_nonnull (error);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/graphics/has-card", test_has_card);
  g_test_add_func ("/app/graphics/driver", test_driver);
  g_test_add_func ("/app/graphics/said", test_said);
  g_test_add_func ("/app/graphics/chosen", test_chosen);
  return g_test_run ();
}
