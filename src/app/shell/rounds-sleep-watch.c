/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "shell/rounds-sleep-watch.h"

#include <gio/gunixfdlist.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define LOGIND_NAME "org.freedesktop.login1"
#define LOGIND_PATH "/org/freedesktop/login1"
#define LOGIND_INTERFACE "org.freedesktop.login1.Manager"

struct _RoundsSleepWatch
{
  GObject parent_instance;

  RoundsAppContext *context; /* (owned) */
  GCancellable *cancellable; /* (owned) */
  GDBusConnection *bus;      /* (owned) (nullable) until there is one */
  guint subscription;        /* 0: none */
  int inhibitor;             /* logind waits until it is closed; -1: none */
};

G_DEFINE_FINAL_TYPE (RoundsSleepWatch, rounds_sleep_watch, G_TYPE_OBJECT)

static void
release (RoundsSleepWatch *self)
{
  if (self->inhibitor >= 0)
    close (self->inhibitor);
  self->inhibitor = -1;
}

static void
inhibited_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GUnixFDList) fds = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_with_unix_fd_list_finish (G_DBUS_CONNECTION (source), &fds, result, &error);
  RoundsSleepWatch *self;
  gint32 index;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Not allowed to hold it up: the signal still comes. */
  if (reply == NULL || fds == NULL)
    return;
  self = ROUNDS_SLEEP_WATCH (data);
  g_variant_get (reply, "(h)", &index);
  release (self);
  self->inhibitor = g_unix_fd_list_get (fds, index, NULL);
}

/* "delay": for some seconds at most, which logind decides. */
static void
inhibit (RoundsSleepWatch *self)
{
  g_dbus_connection_call_with_unix_fd_list (
    self->bus, LOGIND_NAME, LOGIND_PATH, LOGIND_INTERFACE, "Inhibit",
    g_variant_new ("(ssss)", "sleep", "Rounds", _ ("What is being typed is saved."), "delay"), G_VARIANT_TYPE ("(h)"),
    G_DBUS_CALL_FLAGS_NONE, -1, NULL, self->cancellable, inhibited_cb, self);
}

static gpointer
do_nothing (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSleepWatch) self = data;

  rounds_store_run_finish (ROUNDS_STORE (source), result, NULL);
  release (self);
}

/* Jobs on the database thread run in order: behind the writes that were just queued, all is on the disk. */
static void
signal_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface, const char *name,
           GVariant *parameters, gpointer data)
{
  RoundsSleepWatch *self = data;
  gboolean about_to_sleep;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    return;
  g_variant_get (parameters, "(b)", &about_to_sleep);
  if (!about_to_sleep)
    {
      inhibit (self);
      return;
    }
  g_signal_emit_by_name (self->context, "about-to-sleep");
  rounds_store_run_async (rounds_app_context_get_store (self->context), do_nothing, NULL, NULL, NULL,
                          G_PRIORITY_DEFAULT, NULL, written_cb, g_object_ref (self));
}

static void
got_bus_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);
  RoundsSleepWatch *self;

  /* Cancelled, or a system without a bus. */
  if (bus == NULL)
    return;
  self = ROUNDS_SLEEP_WATCH (data);
  self->bus = bus;
  self->subscription =
    g_dbus_connection_signal_subscribe (bus, LOGIND_NAME, LOGIND_INTERFACE, "PrepareForSleep", LOGIND_PATH, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, signal_cb, self, NULL);
  inhibit (self);
}

static void
rounds_sleep_watch_dispose (GObject *object)
{
  RoundsSleepWatch *self = ROUNDS_SLEEP_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  if (self->subscription != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->subscription);
  self->subscription = 0;
  release (self);
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_sleep_watch_parent_class)->dispose (object);
}

static void
rounds_sleep_watch_class_init (RoundsSleepWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rounds_sleep_watch_dispose;
}

static void
rounds_sleep_watch_init (RoundsSleepWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->inhibitor = -1;
}

/**
 * rounds_sleep_watch_new:
 * @context: the application
 *
 * Returns: (transfer full): a watch that lasts as long as it is referenced
 */
RoundsSleepWatch *
rounds_sleep_watch_new (RoundsAppContext *context)
{
  RoundsSleepWatch *self = g_object_new (ROUNDS_TYPE_SLEEP_WATCH, NULL);

  self->context = g_object_ref (context);
  g_bus_get (G_BUS_TYPE_SYSTEM, self->cancellable, got_bus_cb, self);
  return self;
}
