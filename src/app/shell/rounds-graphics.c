/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the application is drawn on a machine without a graphics card, as virtual and remote desktops are.
 *
 * GL and Vulkan are computed by the processor there, by way of LLVM. GTK starts that up before anything is drawn and,
 * having nothing else, draws with it: that takes more memory than all else, and pauses whenever something is drawn for
 * the first time. By itself GTK draws as quickly. */

#include "config.h"

#include "rounds-graphics.h"

/* The kernel's nodes for drawing, as far as they begin alike. */
#define NODES "renderD"

/* Drivers that have nodes of their own: NVIDIA's, Windows's, and those of some boards. */
static const char *const drivers[] = { "nvidiactl", "dxg", "mali0", "kgsl-3d0", "pvr_sync" };

static gboolean
has_node (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, NODES))
      return TRUE;
  return FALSE;
}

/**
 * rounds_graphics_has_card:
 * @devices: (type filename): the folder of devices, "/dev"
 *
 * Returns: whether there may be something that draws faster than the processor
 */
gboolean
rounds_graphics_has_card (const char *devices)
{
  g_autofree char *folder = g_build_filename (devices, "dri", NULL);

  if (has_node (folder))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    {
      g_autofree char *path = g_build_filename (devices, drivers[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
    }
  return FALSE;
}

/**
 * rounds_graphics_choose:
 *
 * Has GTK draw by itself where there is no graphics card, unless somebody has said how it is to draw. Before GTK is
 * initialised, and before there are threads: GTK can be told by its environment alone.
 */
void
rounds_graphics_choose (void)
{
  static const char *const said[] = { "GSK_RENDERER", "GDK_DISABLE" };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    if (g_getenv (said[i]) != NULL)
      return;
  if (!rounds_graphics_has_card ("/dev"))
    g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
}
