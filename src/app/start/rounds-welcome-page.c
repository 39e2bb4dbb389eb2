/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-welcome-page.h"

#include <glib/gi18n-lib.h>

struct _RoundsWelcomePage
{
  AdwBin parent_instance;

  char *text;                /* (owned) the code; cleared from memory at the end */
  GCancellable *cancellable; /* (owned) cancelled when the page goes */

  /* Template widgets */
  GtkLabel *code;
  GtkButton *copy;
  GtkButton *save;
  GtkCheckButton *written;
  GtkLabel *message;
  GtkButton *create;
  GtkStack *create_stack;
};

enum
{
  SIGNAL_CREATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsWelcomePage, rounds_welcome_page, ADW_TYPE_BIN)

static void
copy_clicked_cb (RoundsWelcomePage *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  gtk_button_set_label (self->copy, _ ("_Copied"));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsWelcomePage) self = data;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    gtk_button_set_label (self->save, _ ("_Saved"));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rounds_welcome_page_set_message (self, error->message);
}

static void
file_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsWelcomePage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *line = NULL;

  if (file == NULL)
    return;

  line = g_strconcat (self->text, "\n", NULL);
  bytes = g_bytes_new (line, strlen (line));
  /* PRIVATE: whoever reads this file can open the data. */
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE, self->cancellable, saved_cb,
                                       g_object_ref (self));
}

static void
save_clicked_cb (RoundsWelcomePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Save Recovery Code"));
  gtk_file_dialog_set_initial_name (dialog, _ ("Rounds recovery code.txt"));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable, file_chosen_cb,
                        g_object_ref (self));
}

static void
create_clicked_cb (RoundsWelcomePage *self)
{
  rounds_welcome_page_set_message (self, NULL);
  g_signal_emit (self, signals[SIGNAL_CREATE], 0, self->text);
}

static void
rounds_welcome_page_dispose (GObject *object)
{
  RoundsWelcomePage *self = ROUNDS_WELCOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WELCOME_PAGE);

  G_OBJECT_CLASS (rounds_welcome_page_parent_class)->dispose (object);
}

static void
rounds_welcome_page_finalize (GObject *object)
{
  RoundsWelcomePage *self = ROUNDS_WELCOME_PAGE (object);

  if (self->text != NULL)
    explicit_bzero (self->text, strlen (self->text));
  g_free (self->text);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rounds_welcome_page_parent_class)->finalize (object);
}

static void
rounds_welcome_page_class_init (RoundsWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_welcome_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_welcome_page_finalize;

  signals[SIGNAL_CREATE] = g_signal_new ("create", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/start/welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, code);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, copy);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, save);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, written);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, message);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, create);
  gtk_widget_class_bind_template_child (widget_class, RoundsWelcomePage, create_stack);
  gtk_widget_class_bind_template_callback (widget_class, copy_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, create_clicked_cb);
}

static void
rounds_welcome_page_init (RoundsWelcomePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_welcome_page_new (const char *code)
{
  RoundsWelcomePage *self = g_object_new (ROUNDS_TYPE_WELCOME_PAGE, NULL);

  self->text = g_strdup (code);
  gtk_label_set_text (self->code, code);

  return GTK_WIDGET (self);
}

void
rounds_welcome_page_set_busy (RoundsWelcomePage *self, gboolean busy)
{
  g_return_if_fail (ROUNDS_IS_WELCOME_PAGE (self));

  gtk_stack_set_visible_child_name (self->create_stack, busy ? "busy" : "label");
  gtk_widget_set_can_target (GTK_WIDGET (self->create), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->written), !busy);
}

void
rounds_welcome_page_set_message (RoundsWelcomePage *self, const char *message)
{
  g_return_if_fail (ROUNDS_IS_WELCOME_PAGE (self));

  gtk_label_set_text (self->message, message != NULL ? message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), message != NULL);
}
