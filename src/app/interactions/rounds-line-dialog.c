/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-line-dialog.h"

#include "forms/rounds-draft-journal.h"
#include "interactions/rounds-interaction-save.h"
#include "interactions/rounds-line-entry.h"

/* There is one line at a time. */
#define DRAFT_NAME "line:new"
#define KEY_LINE "line"

struct _RoundsLineDialog
{
  AdwDialog parent_instance;

  AdwBanner *banner;
  RoundsLineEntry *line;

  RoundsAppContext *context;   /* (owned) */
  RoundsDraftJournal *journal; /* (owned) (nullable) where what was left unfinished could not be read */
};

G_DEFINE_FINAL_TYPE (RoundsLineDialog, rounds_line_dialog, ADW_TYPE_DIALOG)

static char *
describe_cb (gpointer data)
{
  const char *text = rounds_line_entry_get_text (ROUNDS_LINE_DIALOG (data)->line);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  if (*text == '\0')
    return NULL;
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, KEY_LINE, text);
  return rounds_json_write (doc, FALSE);
}

static void
restore (RoundsLineDialog *self, RoundsRecord *draft)
{
  g_autoptr (yyjson_doc) doc = NULL;
  const char *text = NULL;

  if (rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    text = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), KEY_LINE));
  if (text != NULL)
    rounds_line_entry_set_text (self->line, text);
}

static void
tell (RoundsLineDialog *self, const char *text)
{
  adw_banner_set_title (self->banner, text);
  adw_banner_set_revealed (self->banner, TRUE);
}

/* Goes on with what was left unfinished, and keeps what is typed from now on. Where that cannot be read, nothing can be
 * typed: it would take its place. */
static void
open_draft (RoundsLineDialog *self)
{
  RoundsStore *store = rounds_app_context_get_store (self->context);
  g_autoptr (RoundsRecord) draft = NULL;
  g_autoptr (GError) error = NULL;

  if (!rounds_draft_look_up (store, DRAFT_NAME, &draft, &error))
    {
      g_autofree char *lack = rounds_draft_describe_lack (error);

      gtk_widget_set_sensitive (GTK_WIDGET (self->line), FALSE);
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.save", FALSE);
      tell (self, lack);
      return;
    }
  if (draft != NULL)
    restore (self, draft);
  self->journal = rounds_draft_journal_new (store, DRAFT_NAME, draft, describe_cb, self);
}

static void
changed_cb (RoundsLineDialog *self)
{
  adw_banner_set_revealed (self->banner, FALSE);
  if (self->journal != NULL)
    rounds_draft_journal_touch (self->journal);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsLineDialog) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "line.save", TRUE);
  if (rounds_interaction_save_finish (self->context, result, &error))
    {
      adw_dialog_force_close (ADW_DIALOG (self));
      return;
    }
  rounds_draft_journal_reopen (self->journal, FALSE);
  tell (self, error->message);
}

/* The draft ends in the transaction that saves the visit. */
static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsLineDialog *self = ROUNDS_LINE_DIALOG (widget);
  RoundsUuid draft;
  gboolean has_draft;

  if (self->journal == NULL)
    return;
  has_draft = rounds_draft_journal_close (self->journal, &draft);
  if (rounds_line_entry_save_async (self->line, has_draft ? &draft : NULL, saved_cb, g_object_ref (self)))
    {
      gtk_widget_action_set_enabled (widget, "line.save", FALSE);
      return;
    }
  g_object_unref (self);
  rounds_draft_journal_reopen (self->journal, FALSE);
}

/* Closing never asks: the line is there again the next time. */
static void
rounds_line_dialog_closed (AdwDialog *dialog)
{
  RoundsLineDialog *self = ROUNDS_LINE_DIALOG (dialog);

  if (self->journal != NULL)
    rounds_draft_journal_flush (self->journal);
}

static gboolean
rounds_line_dialog_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (ROUNDS_LINE_DIALOG (widget)->line));
}

static void
rounds_line_dialog_dispose (GObject *object)
{
  RoundsLineDialog *self = ROUNDS_LINE_DIALOG (object);

  if (self->journal != NULL)
    rounds_draft_journal_close (self->journal, NULL);
  g_clear_object (&self->journal);
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_LINE_DIALOG);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_line_dialog_parent_class)->dispose (object);
}

static void
rounds_line_dialog_class_init (RoundsLineDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_line_dialog_dispose;
  widget_class->grab_focus = rounds_line_dialog_grab_focus;
  ADW_DIALOG_CLASS (klass)->closed = rounds_line_dialog_closed;

  g_type_ensure (ROUNDS_TYPE_LINE_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/line-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsLineDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsLineDialog, line);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_install_action (widget_class, "line.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "line.save", NULL);
}

static void
rounds_line_dialog_init (RoundsLineDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
about_to_sleep_cb (RoundsLineDialog *self)
{
  if (self->journal != NULL)
    rounds_draft_journal_flush (self->journal);
}

static void
activate_cb (GtkWidget *self)
{
  gtk_widget_activate_action (self, "line.save", NULL);
}

/**
 * rounds_line_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 */
void
rounds_line_dialog_present (GtkWidget *parent, RoundsAppContext *context)
{
  RoundsLineDialog *self = g_object_new (ROUNDS_TYPE_LINE_DIALOG, NULL);

  self->context = g_object_ref (context);
  rounds_line_entry_set_up (self->line, context);
  open_draft (self);
  g_signal_connect_object (context, "about-to-sleep", G_CALLBACK (about_to_sleep_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
