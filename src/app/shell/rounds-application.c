/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-application.h"

#include <glib/gi18n-lib.h>

#include "rounds-window.h"

struct _RoundsApplication
{
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (RoundsApplication, rounds_application, ADW_TYPE_APPLICATION)

/* Every shortcut that works in the whole application; ui/shell/help-overlay.ui shows them. */
static const struct
{
  const char *action;
  const char *accelerators[3];
} shortcuts[] = {
  { "win.log-interaction", { "<Control>l" } },
  { "win.new", { "<Control>n" } },
  { "win.search", { "<Control>f" } },
  { "win.search-contacts", { "<Control>k" } },
  { "win.show-nth-page(1)", { "<Alt>1", "<Alt>KP_1" } },
  { "win.show-nth-page(2)", { "<Alt>2", "<Alt>KP_2" } },
  { "win.show-nth-page(3)", { "<Alt>3", "<Alt>KP_3" } },
  { "win.show-nth-page(4)", { "<Alt>4", "<Alt>KP_4" } },
  { "win.show-nth-page(5)", { "<Alt>5", "<Alt>KP_5" } },
  { "win.show-help-overlay", { "<Control>question" } },
  { "window.close", { "<Control>w" } },
  { "app.quit", { "<Control>q" } },
};

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog, "application-name", "Rounds", "application-icon", APP_ID, "version", PACKAGE_VERSION,
                "developer-name", "The Rounds developers", "license-type", GTK_LICENSE_GPL_3_0, "website",
                "https://github.com/rounds-crm/Rounds", "issue-url", "https://github.com/rounds-crm/Rounds/issues",
                "comments", _ ("Keeps the working day of a medical rep, with and without a network."),
                /* Translators: your own names, one a line. */
                "translator-credits", _ ("translator-credits"), NULL);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static void
rounds_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
  };

  G_APPLICATION_CLASS (rounds_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].accelerators);
}

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
  G_APPLICATION_CLASS (klass)->startup = rounds_application_startup;
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
