/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-window.h"

struct _RoundsWindow
{
  AdwApplicationWindow parent_instance;
};

G_DEFINE_FINAL_TYPE (RoundsWindow, rounds_window, ADW_TYPE_APPLICATION_WINDOW)

static void
rounds_window_class_init (RoundsWindowClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), RESOURCE_BASE "/ui/window.ui");
}

static void
rounds_window_init (RoundsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RoundsWindow *
rounds_window_new (AdwApplication *application)
{
  return g_object_new (ROUNDS_TYPE_WINDOW, "application", application, NULL);
}
