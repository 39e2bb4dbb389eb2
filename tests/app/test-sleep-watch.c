/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, what was typed before the lid was closed is gone when the battery is empty before it is opened.
 */

#include "config.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <unistd.h>

#include "contacts-fixture.h"
#include "forms/rounds-text-row.h"
#include "interactions/rounds-interaction-dialog.h"
#include "shell/rounds-sleep-watch.h"

/* Stands for logind: gives the inhibitor's other end to the test. */
typedef struct
{
  GDBusConnection *bus;
  guint owner;
  gboolean is_there;
  guint inhibited; /* how often somebody asked */
  int end;         /* says end of file when the inhibitor is released; -1: none */
} Logind;

static const char introspection[] =
  "<node><interface name='org.freedesktop.login1.Manager'>"
  "<method name='Inhibit'><arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='h' direction='out'/></method>"
  "<signal name='PrepareForSleep'><arg type='b'/></signal></interface></node>";

static void
call_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *method,
         GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  Logind *logind = data;
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  int ends[2];

  g_assert_true (g_unix_open_pipe (ends, O_CLOEXEC, NULL));
  if (logind->end >= 0)
    close (logind->end);
  logind->end = ends[0];
  g_assert_true (g_unix_set_fd_nonblocking (logind->end, TRUE, NULL));
  logind->inhibited++;
  g_assert_cmpint (g_unix_fd_list_append (fds, ends[1], NULL), ==, 0);
  close (ends[1]);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", 0), fds);
}

static void
acquired_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  ((Logind *) data)->is_there = TRUE;
}

static gboolean
is_there (gpointer data)
{
  return ((Logind *) data)->is_there;
}

static gboolean
is_inhibited (gpointer data)
{
  return ((Logind *) data)->inhibited > 0;
}

static gboolean
is_inhibited_again (gpointer data)
{
  return ((Logind *) data)->inhibited == 2;
}

static gboolean
is_released (gpointer data)
{
  char byte;

  return read (((Logind *) data)->end, &byte, 1) == 0;
}

static void
start (Logind *logind)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);

  *logind = (Logind) { .end = -1 };
  /* The bus of the test's own session, for both. */
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), TRUE);
  logind->bus = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, NULL);
  g_assert_nonnull (logind->bus);
  g_assert_cmpuint (g_dbus_connection_register_object (logind->bus, "/org/freedesktop/login1", node->interfaces[0],
                                                       &table, logind, NULL, NULL),
                    >, 0);
  logind->owner = g_bus_own_name_on_connection (logind->bus, "org.freedesktop.login1", G_BUS_NAME_OWNER_FLAGS_NONE,
                                                acquired_cb, NULL, logind, NULL);
  app_wait_until (is_there, logind);
}

static void
tell (Logind *logind, gboolean about_to_sleep)
{
  g_assert_true (g_dbus_connection_emit_signal (logind->bus, NULL, "/org/freedesktop/login1",
                                                "org.freedesktop.login1.Manager", "PrepareForSleep",
                                                g_variant_new ("(b)", about_to_sleep), NULL));
}

static void
stop (Logind *logind)
{
  if (logind->end >= 0)
    close (logind->end);
  g_bus_unown_name (logind->owner);
  g_clear_object (&logind->bus);
}

/* The draft is on the disk before the machine is let go to sleep. */
static void
test_sleep (AppFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (RoundsSleepWatch) watch = NULL;
  GtkWindow *window = GTK_WINDOW (adw_window_new ());
  RoundsInteractionDialog *dialog;
  Logind logind;

  start (&logind);
  watch = rounds_sleep_watch_new (fixture->context);
  app_wait_until (is_inhibited, &logind);
  adw_window_set_content (ADW_WINDOW (window), gtk_label_new (NULL));
  gtk_window_present (window);
  dialog = rounds_interaction_dialog_new (fixture->context, record);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (window));
  rounds_text_row_set_text (ROUNDS_TEXT_ROW (find_child (GTK_WIDGET (dialog), ROUNDS_TYPE_TEXT_ROW, NULL)),
                            "Lid closed in the middle of a");

  tell (&logind, TRUE);
  app_wait_until (is_released, &logind);
  g_assert_cmpint (count_records (fixture, ROUNDS_ENTITY_DRAFT), ==, 1);
  tell (&logind, FALSE);
  app_wait_until (is_inhibited_again, &logind);
  gtk_window_destroy (window);
  g_clear_object (&watch);
  stop (&logind);
}

#define ADD(path, func) g_test_add (path, AppFixture, NULL, app_fixture_set_up, func, app_fixture_tear_down)

int
main (int argc, char *argv[])
{
  app_test_init (&argc, &argv);

  ADD ("/app/sleep-watch/sleep", test_sleep);

  return g_test_run ();
}
