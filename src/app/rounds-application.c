/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-application.h"

#include "rounds-window.h"

struct _RoundsApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (RoundsApplication, rounds_application, ADW_TYPE_APPLICATION)

static void
rounds_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window == NULL)
    window = GTK_WINDOW (rounds_window_new (ADW_APPLICATION (application)));

  gtk_window_present (window);
}

static void
rounds_application_class_init (RoundsApplicationClass *klass)
{
  G_APPLICATION_CLASS (klass)->activate = rounds_application_activate;
}

static void
rounds_application_init (RoundsApplication *self)
{
}

RoundsApplication *
rounds_application_new (void)
{
  return g_object_new (ROUNDS_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", RESOURCE_BASE, NULL);
}
