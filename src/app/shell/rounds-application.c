/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-application.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>

#include "reminders/rounds-background.h"
#include "reminders/rounds-reminder-service.h"
#include "rounds-app-context.h"
#include "rounds-sleep-watch.h"
#include "rounds-window.h"
#include "start/rounds-starter.h"

struct _RoundsApplication
{
  AdwApplication parent_instance;

  /* From the command line */
  char *data_dir;      /* (owned) (nullable) */
  char *recovery_file; /* (owned) (nullable) */
  gboolean show_version;

  RoundsStarter *starter;           /* (owned) (nullable) until the application is activated */
  RoundsAppContext *context;        /* (owned) (nullable) once the store is open */
  RoundsReminderService *reminders; /* (owned) (nullable) once the store is open */
  RoundsSleepWatch *sleep_watch;    /* (owned) (nullable) once the store is open */
  RoundsSyncService *sync;          /* (owned) (nullable) once the store is open */
  gboolean starting;                /* holds the application alive until there is a window or nothing to show */
  GPtrArray *calls;                 /* (owned) of ReminderCall, to be made once the store is open */
  gboolean held;                    /* holds the application alive while a reminder is to come */
  gboolean asked_for_background;
  guint terminated; /* source ids; 0: none */
  guint interrupted;
  GFile *import;   /* (owned) (nullable) to be imported as soon as there is a window with pages */
  gboolean wanted; /* whether the user asked for a window, which comes as soon as there is something in it */
};

G_DEFINE_FINAL_TYPE (RoundsApplication, rounds_application, ADW_TYPE_APPLICATION)

/* Something the user did with a notification, maybe before the store was open. */
typedef struct
{
  void (*func) (RoundsReminderService *reminders, const char *reminder);
  char *reminder; /* (owned) */
} ReminderCall;

static void
reminder_call_free (gpointer pointer)
{
  ReminderCall *self = pointer;

  g_free (self->reminder);
  g_free (self);
}

/* Every shortcut that works in the whole application; ui/shell/help-overlay.ui shows them. */
static const struct
{
  const char *action;
  const char *accelerators[3];
} shortcuts[] = {
  { "win.log-interaction", { "<Control>l" } },
  { "win.log-line", { "<Control><Shift>l" } },
  { "win.new", { "<Control>n" } },
  { "win.search", { "<Control>f" } },
  { "win.select", { "<Control>e" } },
  { "win.search-contacts", { "<Control>k" } },
  { "win.show-nth-page(1)", { "<Alt>1", "<Alt>KP_1" } },
  { "win.show-nth-page(2)", { "<Alt>2", "<Alt>KP_2" } },
  { "win.show-nth-page(3)", { "<Alt>3", "<Alt>KP_3" } },
  { "win.show-nth-page(4)", { "<Alt>4", "<Alt>KP_4" } },
  { "win.show-nth-page(5)", { "<Alt>5", "<Alt>KP_5" } },
  { "win.sync-now", { "F5" } },
  { "win.show-menu", { "F10" } },
  { "win.preferences", { "<Control>comma" } },
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
                "comments", _ ("A medical rep’s working day, online and offline."),
                /* Translators: your own names, one a line. */
                "translator-credits", _ ("translator-credits"), NULL);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (G_APPLICATION (data));
}

static RoundsWindow *
need_window (RoundsApplication *self)
{
  for (GList *item = gtk_application_get_windows (GTK_APPLICATION (self)); item != NULL; item = item->next)
    if (ROUNDS_IS_WINDOW (item->data))
      return ROUNDS_WINDOW (item->data);

  return rounds_window_new (ADW_APPLICATION (self));
}

/* Puts in front of the user what there is: the pages, or what stands between the user and the pages. */
static void
present (RoundsApplication *self)
{
  RoundsWindow *window;
  GtkWidget *page = self->starter != NULL ? rounds_starter_get_page (self->starter) : NULL;

  if (!self->wanted || (self->context == NULL && page == NULL))
    return;

  window = need_window (self);
  if (self->context != NULL)
    {
      rounds_window_set_context (window, self->context);
      rounds_window_set_sync_service (window, self->sync);
    }
  else
    rounds_window_show_start (window, page);
  gtk_window_present (GTK_WINDOW (window));

  if (self->context != NULL && self->import != NULL)
    {
      g_autoptr (GFile) file = g_steal_pointer (&self->import);
      GSList files = { file, NULL };

      rounds_window_import (window, &files);
    }
}

static void
end_start (RoundsApplication *self)
{
  present (self);
  if (self->starting)
    g_application_release (G_APPLICATION (self));
  self->starting = FALSE;
}

/* Stays alive without a window as long as there is something to remind of. */
static void
update_hold (RoundsApplication *self)
{
  gboolean hold = rounds_reminder_service_is_waiting (self->reminders)
                  && g_settings_get_boolean (rounds_app_context_get_settings (self->context), "run-in-background");

  if (hold == self->held)
    return;
  self->held = hold;
  if (hold)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
start_reminders (RoundsApplication *self)
{
  g_autoptr (RoundsNotifier) notifier = rounds_notifier_new_for_desktop (G_APPLICATION (self));

  self->reminders = rounds_reminder_service_new (self->context, notifier);
  g_signal_connect_object (self->reminders, "notify::waiting", G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rounds_app_context_get_settings (self->context), "changed::run-in-background",
                           G_CALLBACK (update_hold), self, G_CONNECT_SWAPPED);
  rounds_reminder_service_start (self->reminders);
}

static void
make_calls (RoundsApplication *self)
{
  for (guint i = 0; i < self->calls->len; i++)
    {
      const ReminderCall *call = g_ptr_array_index (self->calls, i);

      call->func (self->reminders, call->reminder);
    }
  g_ptr_array_set_size (self->calls, 0);
}

static void
opened_cb (RoundsApplication *self, RoundsStore *store)
{
  self->context = rounds_app_context_new (store);
  self->sleep_watch = rounds_sleep_watch_new (self->context);
  self->sync = rounds_sync_service_new (self->context);
  rounds_sync_service_start (self->sync);
  start_reminders (self);
  end_start (self);
  make_calls (self);
}

static void
notice_cb (RoundsApplication *self, const char *notice)
{
  if (self->context != NULL)
    rounds_app_context_toast (self->context, notice);
}

static void
begin (RoundsApplication *self)
{
  /* Asking the keyring takes a moment, in which there is no window. */
  self->starting = TRUE;
  g_application_hold (G_APPLICATION (self));
  self->starter = rounds_starter_new (self->data_dir, self->recovery_file);
  g_signal_connect_object (self->starter, "show", G_CALLBACK (end_start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->starter, "opened", G_CALLBACK (opened_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->starter, "notice", G_CALLBACK (notice_cb), self, G_CONNECT_SWAPPED);
  rounds_starter_begin (self->starter);
}

static void
call_reminders (RoundsApplication *self, GVariant *parameter, void (*func) (RoundsReminderService *, const char *))
{
  ReminderCall *call = g_new0 (ReminderCall, 1);

  call->func = func;
  call->reminder = g_variant_dup_string (parameter, NULL);
  g_ptr_array_add (self->calls, call);
  if (self->starter == NULL)
    begin (self);
  else if (self->reminders != NULL)
    make_calls (self);
}

static void
reminder_open_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (G_APPLICATION (data));
  call_reminders (ROUNDS_APPLICATION (data), parameter, rounds_reminder_service_open);
}

static void
reminder_snooze_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  call_reminders (ROUNDS_APPLICATION (data), parameter, rounds_reminder_service_snooze);
}

static void
reminder_done_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  call_reminders (ROUNDS_APPLICATION (data), parameter, rounds_reminder_service_done);
}

/* The end of the session, or Ctrl+C in a terminal. */
static gboolean
quit_cb (gpointer data)
{
  g_application_quit (G_APPLICATION (data));
  return G_SOURCE_CONTINUE;
}

static void
rounds_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "about", .activate = about_action },
    { .name = "quit", .activate = quit_action },
    { .name = "reminder-open", .activate = reminder_open_action, .parameter_type = "s" },
    { .name = "reminder-snooze", .activate = reminder_snooze_action, .parameter_type = "s" },
    { .name = "reminder-done", .activate = reminder_done_action, .parameter_type = "s" },
  };

  G_APPLICATION_CLASS (rounds_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  for (gsize i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), shortcuts[i].action,
                                           shortcuts[i].accelerators);

  ROUNDS_APPLICATION (application)->terminated = g_unix_signal_add (SIGTERM, quit_cb, application);
  ROUNDS_APPLICATION (application)->interrupted = g_unix_signal_add (SIGINT, quit_cb, application);

  /* Started by the session or by a notification: without a window, but with the reminders. */
  if (g_application_get_flags (application) & G_APPLICATION_IS_SERVICE)
    begin (ROUNDS_APPLICATION (application));
}

static void
background_requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  /* The window is closed: there is nobody to tell, and reminders come as long as the desktop lets Rounds live. */
  if (!rounds_background_request_finish (result, &error))
    g_message ("%s", error->message);
}

/* Going on without a window is what a sandboxed application has to ask for. */
static void
rounds_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);

  GTK_APPLICATION_CLASS (rounds_application_parent_class)->window_removed (application, window);

  if (!self->held || self->asked_for_background || !g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return;
  self->asked_for_background = TRUE;
  rounds_background_request_async (
    g_settings_get_boolean (rounds_app_context_get_settings (self->context), "autostart"), NULL,
    background_requested_cb, NULL);
}

static void
rounds_application_activate (GApplication *application)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);

  self->wanted = TRUE;
  if (self->starter == NULL)
    begin (self);
  else
    present (self);
}

/* A list of contacts from the file manager or the command line: shown before anything is imported, one at a time. */
static void
rounds_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_set_object (&ROUNDS_APPLICATION (application)->import, files[0]);
  rounds_application_activate (application);
}

/* With --data-dir this is an application of its own, beside the one that has the usual data. */
static int
rounds_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);

  if (self->show_version)
    {
      g_print ("rounds %s\n", PACKAGE_VERSION);
      return EXIT_SUCCESS;
    }
  if (self->data_dir != NULL)
    g_application_set_flags (application, g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static void
rounds_application_shutdown (GApplication *application)
{
  RoundsApplication *self = ROUNDS_APPLICATION (application);
  GList *windows;

  /* Windows go first: what is being typed is saved while there is a store. */
  while ((windows = gtk_application_get_windows (GTK_APPLICATION (self))) != NULL)
    {
      if (ROUNDS_IS_WINDOW (windows->data))
        rounds_window_close_dialogs (ROUNDS_WINDOW (windows->data));
      gtk_window_destroy (GTK_WINDOW (windows->data));
    }
  g_clear_handle_id (&self->terminated, g_source_remove);
  g_clear_handle_id (&self->interrupted, g_source_remove);
  G_APPLICATION_CLASS (rounds_application_parent_class)->shutdown (application);

  if (self->reminders != NULL)
    rounds_reminder_service_stop (self->reminders);
  g_clear_object (&self->reminders);
  if (self->sync != NULL)
    rounds_sync_service_stop (self->sync);
  g_clear_object (&self->sync);
  if (self->context != NULL)
    rounds_store_close (rounds_app_context_get_store (self->context));
  g_clear_object (&self->sleep_watch);
  g_clear_object (&self->context);
  g_clear_object (&self->starter);
}

static void
rounds_application_finalize (GObject *object)
{
  RoundsApplication *self = ROUNDS_APPLICATION (object);

  g_ptr_array_unref (self->calls);
  g_clear_object (&self->import);
  g_free (self->data_dir);
  g_free (self->recovery_file);

  G_OBJECT_CLASS (rounds_application_parent_class)->finalize (object);
}

static void
rounds_application_class_init (RoundsApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_application_finalize;
  application_class->handle_local_options = rounds_application_handle_local_options;
  application_class->startup = rounds_application_startup;
  application_class->activate = rounds_application_activate;
  application_class->open = rounds_application_open;
  application_class->shutdown = rounds_application_shutdown;
  GTK_APPLICATION_CLASS (klass)->window_removed = rounds_application_window_removed;
}

static void
rounds_application_init (RoundsApplication *self)
{
  const GOptionEntry entries[] = {
    { "data-dir", 0, 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_ ("Keep the data in this folder"), N_ ("DIR") },
    { "recovery-code-file", 0, 0, G_OPTION_ARG_FILENAME, &self->recovery_file,
      N_ ("Open the data with the recovery code in this file instead of the keyring"), N_ ("FILE") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->show_version, N_ ("Print the version and exit"), NULL },
    { NULL },
  };

  self->calls = g_ptr_array_new_with_free_func (reminder_call_free);
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE]"));
  g_application_set_option_context_summary (G_APPLICATION (self), _ ("FILE is a list of contacts to import."));
}

RoundsApplication *
rounds_application_new (void)
{
  return g_object_new (ROUNDS_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path", RESOURCE_BASE, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}
