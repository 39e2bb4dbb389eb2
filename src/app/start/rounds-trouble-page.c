/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rounds-trouble-page.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"

struct _RoundsTroublePage
{
  AdwBin parent_instance;

  GCancellable *cancellable; /* (owned) cancelled when the page goes */

  /* Template widgets */
  AdwStatusPage *status;
  GtkLabel *folder;
  GtkWidget *recover;
  GtkWidget *move_aside;
};

enum
{
  SIGNAL_RETRY,
  SIGNAL_RECOVER,
  SIGNAL_CHOOSE,
  SIGNAL_MOVE_ASIDE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsTroublePage, rounds_trouble_page, ADW_TYPE_BIN)

static void
retry_clicked_cb (RoundsTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
recover_clicked_cb (RoundsTroublePage *self)
{
  g_signal_emit (self, signals[SIGNAL_RECOVER], 0);
}

static void
folder_chosen_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsTroublePage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    g_signal_emit (self, signals[SIGNAL_CHOOSE], 0, g_file_peek_path (file));
}

static void
choose_clicked_cb (RoundsTroublePage *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Choose a Folder with Rounds Data"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), self->cancellable,
                                 folder_chosen_cb, g_object_ref (self));
}

static void
move_aside_confirmed_cb (RoundsTroublePage *self, const char *response)
{
  if (g_str_equal (response, "move"))
    g_signal_emit (self, signals[SIGNAL_MOVE_ASIDE], 0);
}

static void
move_aside_clicked_cb (RoundsTroublePage *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Move the Data Aside?"), NULL);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog),
                             _ ("Nothing is deleted: the files go into a folder of their own, where they can be "
                                "opened again. Rounds then begins empty. Changes that were not yet on your "
                                "team’s server are only in the files that are moved."));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "move", _ ("_Move Aside"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "move", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (move_aside_confirmed_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static const char *
get_title (const GError *error)
{
  if (error->domain != ROUNDS_ERROR)
    return _ ("Your Data Cannot Be Opened");

  switch ((RoundsError) error->code)
    {
    case ROUNDS_ERROR_LOCKED:
      return _ ("Another Program Is Using Your Data");
    case ROUNDS_ERROR_TOO_NEW:
      return _ ("Your Data Needs a Newer Rounds");
    case ROUNDS_ERROR_NO_SPACE:
      return _ ("The Disk Is Full");
    case ROUNDS_ERROR_CORRUPT:
      return _ ("Your Data Is Damaged");
    case ROUNDS_ERROR_NOT_FOUND:
      return _ ("Part of Your Data Is Missing");
    case ROUNDS_ERROR_WRONG_KEY:
      return _ ("The Key Does Not Fit Your Data");
    case ROUNDS_ERROR_FAILED:
    case ROUNDS_ERROR_INVALID:
    case ROUNDS_ERROR_EXISTS:
    case ROUNDS_ERROR_CONFLICT:
    case ROUNDS_ERROR_UNREACHABLE:
    case ROUNDS_ERROR_PROTOCOL:
    case ROUNDS_ERROR_UNAUTHORIZED:
    case ROUNDS_ERROR_FORBIDDEN:
    case ROUNDS_ERROR_CANCELLED:
    default:
      return _ ("Your Data Cannot Be Opened");
    }
}

static void
rounds_trouble_page_dispose (GObject *object)
{
  RoundsTroublePage *self = ROUNDS_TROUBLE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_TROUBLE_PAGE);

  G_OBJECT_CLASS (rounds_trouble_page_parent_class)->dispose (object);
}

static void
rounds_trouble_page_finalize (GObject *object)
{
  g_clear_object (&ROUNDS_TROUBLE_PAGE (object)->cancellable);

  G_OBJECT_CLASS (rounds_trouble_page_parent_class)->finalize (object);
}

static guint
add_signal (RoundsTroublePageClass *klass, const char *name)
{
  return g_signal_new (name, G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rounds_trouble_page_class_init (RoundsTroublePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_trouble_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = rounds_trouble_page_finalize;

  signals[SIGNAL_RETRY] = add_signal (klass, "retry");
  signals[SIGNAL_RECOVER] = add_signal (klass, "recover");
  signals[SIGNAL_MOVE_ASIDE] = add_signal (klass, "move-aside");
  signals[SIGNAL_CHOOSE] = g_signal_new ("choose", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/start/trouble-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, status);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, folder);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, recover);
  gtk_widget_class_bind_template_child (widget_class, RoundsTroublePage, move_aside);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, recover_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_aside_clicked_cb);
}

static void
rounds_trouble_page_init (RoundsTroublePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rounds_trouble_page_new (const GError *error, const char *directory, gboolean can_recover)
{
  RoundsTroublePage *self = g_object_new (ROUNDS_TYPE_TROUBLE_PAGE, NULL);
  g_autofree char *escaped = g_markup_escape_text (error->message, -1);
  /* Nothing is wrong with the files themselves: moving them away would only hide them. */
  gboolean files_are_sound = error->domain != ROUNDS_ERROR || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_LOCKED)
                             || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_TOO_NEW)
                             || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE);

  adw_status_page_set_title (self->status, get_title (error));
  /* A status page's description is markup. */
  adw_status_page_set_description (self->status, escaped);
  gtk_label_set_text (self->folder, directory);
  gtk_widget_set_visible (self->recover, can_recover && !files_are_sound);
  gtk_widget_set_visible (self->move_aside, !files_are_sound);

  return GTK_WIDGET (self);
}
