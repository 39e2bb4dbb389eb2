/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "rounds-application.h"
#include "rounds-graphics.h"

int
main (int argc, char *argv[])
{
  g_autoptr (RoundsApplication) application = NULL;

  rounds_graphics_choose ();
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name ("Rounds");

  application = rounds_application_new ();

  return g_application_run (G_APPLICATION (application), argc, argv);
}
