/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-background.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rounds-error.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"

/* Waiting for the portal's answer, which comes as a signal of an object that the request names. */
typedef struct
{
  GDBusConnection *bus; /* (owned) */
  guint subscription;
  gboolean autostart;
} PortalRequest;

static void
portal_request_free (gpointer pointer)
{
  PortalRequest *self = pointer;

  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  g_clear_object (&self->bus);
  g_free (self);
}

static void
response_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *signal,
             GVariant *parameters, gpointer data)
{
  GTask *task = data;
  PortalRequest *request = g_task_get_task_data (task);
  g_autoptr (GVariant) results = NULL;
  gboolean background = FALSE;
  gboolean autostart = FALSE;
  guint32 response;

  if (g_task_get_completed (task) || !g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;
  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  g_variant_lookup (results, "background", "b", &background);
  g_variant_lookup (results, "autostart", "b", &autostart);
  if (response == 0 && background && (autostart || !request->autostart))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error_literal (task, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN,
                                     _ ("The desktop does not let Rounds run in the background."));
  g_object_unref (task);
}

static void
requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  PortalRequest *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (answer != NULL || g_task_get_completed (task))
    return;
  g_dbus_connection_signal_unsubscribe (request->bus, request->subscription);
  request->subscription = 0;
  g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE,
                           _ ("The desktop cannot be asked to let Rounds run in the background: %s"), error->message);
  /* The reference that the answer would have taken. */
  g_object_unref (task);
}

static GVariant *
make_options (gboolean autostart, const char *token)
{
  static const char *const command[] = { "rounds", "--gapplication-service", NULL };
  GVariantBuilder options;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  g_variant_builder_add (&options, "{sv}", "reason",
                         g_variant_new_string (_ ("Rounds reminds you of appointments while its window is closed.")));
  g_variant_builder_add (&options, "{sv}", "autostart", g_variant_new_boolean (autostart));
  g_variant_builder_add (&options, "{sv}", "commandline", g_variant_new_strv (command, -1));
  g_variant_builder_add (&options, "{sv}", "dbus-activatable", g_variant_new_boolean (FALSE));
  return g_variant_builder_end (&options);
}

static void
ask_portal (GTask *task, gboolean autostart)
{
  PortalRequest *request = g_new0 (PortalRequest, 1);
  g_autofree char *token = g_strdup_printf ("rounds%u", g_random_int ());
  g_autofree char *sender = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  request->autostart = autostart;
  request->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_task_set_task_data (task, request, portal_request_free);
  if (request->bus == NULL)
    {
      g_task_return_new_error (task, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, "%s", error->message);
      return;
    }

  sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (request->bus) + 1), ".", '_');
  path = g_strdup_printf (PORTAL_PATH "/request/%s/%s", sender, token);
  request->subscription =
    g_dbus_connection_signal_subscribe (request->bus, PORTAL, "org.freedesktop.portal.Request", "Response", path, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, response_cb, g_object_ref (task), NULL);
  g_dbus_connection_call (request->bus, PORTAL, PORTAL_PATH, "org.freedesktop.portal.Background", "RequestBackground",
                          g_variant_new ("(s@a{sv})", "", make_options (autostart, token)), G_VARIANT_TYPE ("(o)"),
                          G_DBUS_CALL_FLAGS_NONE, -1, g_task_get_cancellable (task), requested_cb, g_object_ref (task));
}

/* The program as it runs now: an installation in another prefix than the desktop's search path works as well. */
static char *
find_program (void)
{
  g_autofree char *running = g_file_read_link ("/proc/self/exe", NULL);

  return running != NULL ? g_steal_pointer (&running) : g_find_program_in_path ("rounds");
}

static char *
make_entry (void)
{
  g_autoptr (GKeyFile) entry = g_key_file_new ();
  g_autofree char *program = find_program ();
  g_autofree char *quoted = g_shell_quote (program != NULL ? program : "rounds");
  g_autofree char *command = g_strconcat (quoted, " --gapplication-service", NULL);

  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_TYPE, "Application");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NAME, "Rounds");
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_EXEC, command);
  g_key_file_set_string (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_ICON, APP_ID);
  g_key_file_set_boolean (entry, G_KEY_FILE_DESKTOP_GROUP, G_KEY_FILE_DESKTOP_KEY_NO_DISPLAY, TRUE);
  return g_key_file_to_data (entry, NULL, NULL);
}

static gboolean
write_entry (gboolean autostart, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, APP_ID ".desktop", NULL);
  g_autofree char *entry = NULL;
  g_autoptr (GError) local = NULL;

  if (!autostart)
    {
      if (g_unlink (path) == 0 || errno == ENOENT)
        return TRUE;
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, "%s: %s", path, g_strerror (errno));
      return FALSE;
    }

  g_mkdir_with_parents (folder, 0700);
  entry = make_entry ();
  if (g_file_set_contents (path, entry, -1, &local))
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR,
                       g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? ROUNDS_ERROR_NO_SPACE
                                                                                 : ROUNDS_ERROR_FAILED,
                       local->message);
  return FALSE;
}

void
rounds_background_request_async (gboolean autostart, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GError) error = NULL;

  g_task_set_source_tag (task, rounds_background_request_async);
  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    ask_portal (task, autostart);
  else if (write_entry (autostart, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

gboolean
rounds_background_request_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
