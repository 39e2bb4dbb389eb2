/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-sign-in-dialog.h"

#include "rounds-error.h"

struct _RoundsSignInDialog
{
  AdwDialog parent_instance;

  RoundsSyncService *service; /* (owned) */
  GCancellable *cancellable;  /* (owned) cancelled when the dialog is closed */
  gboolean busy;

  /* Template widgets */
  GtkWidget *fields;
  GtkWidget *server;
  GtkWidget *username;
  GtkWidget *password;
  GtkLabel *message;
  GtkWidget *sign_in;
  GtkStack *sign_in_stack;
};

G_DEFINE_FINAL_TYPE (RoundsSignInDialog, rounds_sign_in_dialog, ADW_TYPE_DIALOG)

static const char *
get_text (GtkWidget *row)
{
  return gtk_editable_get_text (GTK_EDITABLE (row));
}

static void
update_sensitivity (RoundsSignInDialog *self)
{
  gboolean complete =
    *get_text (self->server) != '\0' && *get_text (self->username) != '\0' && *get_text (self->password) != '\0';

  gtk_widget_set_sensitive (self->sign_in, complete && !self->busy);
}

static void
mark (GtkWidget *row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* wrong: the row that the message is about; NULL clears the message. */
static void
set_message (RoundsSignInDialog *self, GtkWidget *wrong, const char *message)
{
  GtkWidget *rows[] = { self->server, self->username, self->password };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    mark (rows[i], rows[i] == wrong);
  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
  if (wrong != NULL)
    gtk_widget_grab_focus (wrong);
}

static void
set_busy (RoundsSignInDialog *self, gboolean busy)
{
  self->busy = busy;
  gtk_stack_set_visible_child_name (self->sign_in_stack, busy ? "busy" : "label");
  gtk_widget_set_can_target (self->fields, !busy);
  update_sensitivity (self);
}

static GtkWidget *
find_row (RoundsSignInDialog *self, const GError *error)
{
  const char *field = rounds_error_get_field (error);

  if (g_strcmp0 (field, "username") == 0)
    return self->username;
  if (g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED)
      || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN) || g_strcmp0 (field, "password") == 0)
    return self->password;
  return self->server;
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsSignInDialog) self = data;
  g_autoptr (GError) error = NULL;

  if (rounds_sync_service_sign_in_finish (ROUNDS_SYNC_SERVICE (source), result, &error))
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  set_message (self, find_row (self, error), error->message);
}

static void
sign_in_clicked_cb (RoundsSignInDialog *self)
{
  if (!gtk_widget_get_sensitive (self->sign_in))
    return;

  set_message (self, NULL, NULL);
  set_busy (self, TRUE);
  rounds_sync_service_sign_in_async (self->service, get_text (self->server), get_text (self->username),
                                     get_text (self->password), self->cancellable, signed_in_cb, g_object_ref (self));
}

/* Return leads through the fields, and signs in from the last one. */
static void
entry_activated_cb (RoundsSignInDialog *self)
{
  GtkWidget *rows[] = { self->server, self->username, self->password };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    if (*get_text (rows[i]) == '\0')
      {
        gtk_widget_grab_focus (rows[i]);
        return;
      }
  sign_in_clicked_cb (self);
}

static void
changed_cb (RoundsSignInDialog *self)
{
  set_message (self, NULL, NULL);
  update_sensitivity (self);
}

static void
rounds_sign_in_dialog_closed (AdwDialog *dialog)
{
  g_cancellable_cancel (ROUNDS_SIGN_IN_DIALOG (dialog)->cancellable);
}

static void
rounds_sign_in_dialog_dispose (GObject *object)
{
  RoundsSignInDialog *self = ROUNDS_SIGN_IN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->service);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_SIGN_IN_DIALOG);

  G_OBJECT_CLASS (rounds_sign_in_dialog_parent_class)->dispose (object);
}

static void
rounds_sign_in_dialog_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_SIGN_IN_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (rounds_sign_in_dialog_parent_class)->finalize (object);
}

static void
rounds_sign_in_dialog_class_init (RoundsSignInDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_sign_in_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_sign_in_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = rounds_sign_in_dialog_closed;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/sync/sign-in-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, server);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, username);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, password);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, message);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, sign_in);
  gtk_widget_class_bind_template_child (widget_class, RoundsSignInDialog, sign_in_stack);
  gtk_widget_class_bind_template_callback (widget_class, sign_in_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
}

static void
rounds_sign_in_dialog_init (RoundsSignInDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rounds_sign_in_dialog_present (GtkWidget *parent, RoundsSyncService *service)
{
  RoundsSignInDialog *self = g_object_new (ROUNDS_TYPE_SIGN_IN_DIALOG, NULL);
  const char *server = rounds_sync_service_get_server (service);
  const char *username = rounds_sync_service_get_username (service);

  self->service = g_object_ref (service);
  if (server != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->server), server);
  if (username != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->username), username);
  adw_dialog_set_focus (ADW_DIALOG (self), server == NULL     ? self->server
                                           : username == NULL ? self->username
                                                              : self->password);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
