/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a click on a number or an address on a contact's page calls nobody, or somebody else.
 */

#include "config.h"

#include <glib/gstdio.h>

#include "contacts-fixture.h"
#include "contacts/rounds-contact-details.h"

static char *log_path;

static void
write_file (const char *folder, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

/* In a home of its own: a program for both kinds of links, which writes down what it is given. */
static void
install_handler (void)
{
  g_autofree char *programs = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *program = g_build_filename (programs, "handler", NULL);
  g_autofree char *script = NULL;
  g_autofree char *desktop = NULL;

  log_path = g_build_filename (g_get_home_dir (), "links", NULL);
  script = g_strdup_printf ("#!/bin/sh\nprintf '%%s\\n' \"$1\" >>'%s'\n", log_path);
  desktop = g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Handler\nExec=%s %%u\n"
                             "MimeType=x-scheme-handler/tel;x-scheme-handler/mailto;\n",
                             program);
  write_file (programs, "handler", script);
  g_assert_cmpint (g_chmod (program, 0700), ==, 0);
  write_file (programs, "handler.desktop", desktop);
  write_file (g_get_user_config_dir (), "mimeapps.list",
              "[Default Applications]\nx-scheme-handler/tel=handler.desktop\n"
              "x-scheme-handler/mailto=handler.desktop\n");
}

static gboolean
was_given (gpointer data)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (log_path, &text, NULL, NULL) && g_str_has_suffix (text, "\n")
         && strstr (text, data) != NULL;
}

static void
test_links (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = add_physician (fixture, "Wei", "Chen", "Oncology", "Boston");
  GtkWidget *view;
  GtkWidget *window;
  GtkWidget *details;

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "+1 (508) 555-0102 ext. 7");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "wei+visits@example.org");
  app_save (fixture, person);
  window = show_contact (fixture, person, 900, &view);
  details = find_child (view, ROUNDS_TYPE_CONTACT_DETAILS, NULL);

  g_assert_true (gtk_widget_activate_action (details, "details.call", NULL));
  app_wait_until (was_given, (gpointer) "tel:+15085550102;ext=7\n");
  g_assert_true (gtk_widget_activate_action (details, "details.email", NULL));
  app_wait_until (was_given, (gpointer) "mailto:wei+visits@example.org\n");
  g_assert_null (fixture->last_toast);
  gtk_window_destroy (GTK_WINDOW (window));
  g_remove (log_path);
}

int
main (int argc, char *argv[])
{
  install_handler ();
  app_test_init (&argc, &argv);

  g_test_add ("/app/contact-links", AppFixture, NULL, app_fixture_set_up, test_links, app_fixture_tear_down);

  return g_test_run ();
}
