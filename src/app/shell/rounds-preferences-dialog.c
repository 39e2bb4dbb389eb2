/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-preferences-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-toast.h"
#include "reminders/rounds-background.h"
#include "sync/rounds-sign-in-dialog.h"

struct _RoundsPreferencesDialog
{
  AdwPreferencesDialog parent_instance;

  GSettings *settings;       /* (owned) */
  RoundsSyncService *sync;   /* (owned) */
  GCancellable *cancellable; /* (owned) cancelled when the dialog goes */
  gboolean reverting;        /* the switch is being put back */

  /* Template widgets */
  AdwComboRow *reminder;
  AdwSwitchRow *names;
  AdwSwitchRow *background;
  AdwSwitchRow *autostart;
  AdwActionRow *account;
  GtkWidget *sign_in;
  GtkWidget *sign_out;
};

G_DEFINE_FINAL_TYPE (RoundsPreferencesDialog, rounds_preferences_dialog, ADW_TYPE_PREFERENCES_DIALOG)

/* The entries of the reminder row, in the order of the .ui file. */
static const int reminder_minutes[] = { -1, 0, 5, 10, 15, 30, 60, 120, 1440 };

/* The choice nearest to what is set, which another program may have set to anything. */
static guint
find_reminder_entry (int minutes)
{
  guint found = 0;

  if (minutes < 0)
    return 0;
  for (guint i = 1; i < G_N_ELEMENTS (reminder_minutes); i++)
    if (ABS (reminder_minutes[i] - minutes) < ABS (reminder_minutes[found] - minutes) || found == 0)
      found = i;
  return found;
}

static void
reminder_selected_cb (RoundsPreferencesDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->reminder);

  if (self->settings != NULL && selected < G_N_ELEMENTS (reminder_minutes))
    g_settings_set_int (self->settings, "appointment-reminder", reminder_minutes[selected]);
}

static void
background_requested_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsPreferencesDialog) self = data;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (rounds_background_request_finish (result, &error) || g_cancellable_is_cancelled (self->cancellable))
    return;

  self->reverting = TRUE;
  adw_switch_row_set_active (self->autostart, !adw_switch_row_get_active (self->autostart));
  self->reverting = FALSE;
  toast = rounds_toast_new (error->message, NULL);
  adw_preferences_dialog_add_toast (ADW_PREFERENCES_DIALOG (self), toast);
}

static void
autostart_changed_cb (RoundsPreferencesDialog *self)
{
  if (self->settings == NULL || self->reverting)
    return;
  rounds_background_request_async (adw_switch_row_get_active (self->autostart), self->cancellable,
                                   background_requested_cb, g_object_ref (self));
}

static void
sign_in_clicked_cb (RoundsPreferencesDialog *self)
{
  rounds_sign_in_dialog_present (GTK_WIDGET (self), self->sync);
}

static void
sign_out_clicked_cb (RoundsPreferencesDialog *self)
{
  rounds_sync_service_sign_out (self->sync);
}

static void
update_account (RoundsPreferencesDialog *self)
{
  RoundsSyncState state = rounds_sync_service_get_state (self->sync);
  const char *server = rounds_sync_service_get_server (self->sync);
  const char *username = rounds_sync_service_get_username (self->sync);
  gboolean out = state == ROUNDS_SYNC_NEVER_SIGNED_IN || server == NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account),
                                 out || username == NULL ? _ ("Not connected to a server") : username);
  adw_action_row_set_subtitle (self->account, out ? _ ("Everything is kept on this device only") : server);
  gtk_widget_set_visible (self->sign_in, out || state == ROUNDS_SYNC_NEEDS_SIGN_IN);
  gtk_widget_set_visible (self->sign_out, !out);
}

static void
rounds_preferences_dialog_dispose (GObject *object)
{
  RoundsPreferencesDialog *self = ROUNDS_PREFERENCES_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_PREFERENCES_DIALOG);
  g_clear_object (&self->settings);
  g_clear_object (&self->sync);

  G_OBJECT_CLASS (rounds_preferences_dialog_parent_class)->dispose (object);
}

static void
rounds_preferences_dialog_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_PREFERENCES_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (rounds_preferences_dialog_parent_class)->finalize (object);
}

static void
rounds_preferences_dialog_class_init (RoundsPreferencesDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_preferences_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_preferences_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/shell/preferences-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, reminder);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, names);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, background);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, autostart);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, account);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RoundsPreferencesDialog, sign_out);
  gtk_widget_class_bind_template_callback (widget_class, reminder_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, autostart_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, sign_out_clicked_cb);
}

static void
rounds_preferences_dialog_init (RoundsPreferencesDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_preferences_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsSyncService *sync)
{
  RoundsPreferencesDialog *self = g_object_new (ROUNDS_TYPE_PREFERENCES_DIALOG, NULL);
  GSettings *settings = rounds_app_context_get_settings (context);

  /* Before the settings are there to be written back to. */
  adw_combo_row_set_selected (self->reminder,
                              find_reminder_entry (g_settings_get_int (settings, "appointment-reminder")));
  g_settings_bind (settings, "autostart", self->autostart, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "notification-names", self->names, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "run-in-background", self->background, "active", G_SETTINGS_BIND_DEFAULT);
  self->settings = g_object_ref (settings);
  self->sync = g_object_ref (sync);
  g_signal_connect_object (sync, "notify::state", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sync, "notify::username", G_CALLBACK (update_account), self, G_CONNECT_SWAPPED);
  update_account (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
