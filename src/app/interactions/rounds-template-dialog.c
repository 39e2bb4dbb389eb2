/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-template-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-receipt-label.h"
#include "forms/rounds-record-form.h"

struct _RoundsTemplateDialog
{
  RoundsRecordDialog parent_instance;

  RoundsRecordForm *form;
  GtkButton *save_button;
  GtkWidget *danger;
};

G_DEFINE_FINAL_TYPE (RoundsTemplateDialog, rounds_template_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static void
rounds_template_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsTemplateDialog *self = ROUNDS_TEMPLATE_DIALOG (dialog);

  rounds_record_form_set_record (self->form, rounds_record_dialog_get_record (dialog));
  if (rounds_record_dialog_get_stored (dialog) == NULL)
    return;
  adw_dialog_set_title (ADW_DIALOG (self), _ ("Note Template"));
  gtk_button_set_label (self->save_button, _ ("_Save"));
  gtk_widget_set_visible (self->danger, TRUE);
}

static char *
rounds_template_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsTemplateDialog *self = ROUNDS_TEMPLATE_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));

  if (rounds_record_form_is_blank (self->form))
    return NULL;
  rounds_record_form_peek (self->form, record);
  return rounds_draft_write (record, rounds_record_dialog_get_stored (dialog));
}

static gboolean
rounds_template_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));

  if (!rounds_draft_read_into (draft, record))
    return FALSE;
  rounds_record_dialog_set_record (dialog, record);
  rounds_template_dialog_show (dialog);
  return TRUE;
}

static gboolean
rounds_template_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                   GError **error)
{
  RoundsTemplateDialog *self = ROUNDS_TEMPLATE_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  RoundsUuid draft;
  gboolean has_draft;

  if (!rounds_record_form_apply (self->form, record))
    return FALSE;
  g_ptr_array_add (records, record);
  g_ptr_array_add (before, rounds_record_dialog_get_stored (dialog));
  has_draft = rounds_record_dialog_end_draft (dialog, &draft);
  rounds_form_save_async (rounds_record_dialog_get_store (dialog), records, before, has_draft ? &draft : NULL, callback,
                          data);
  return TRUE;
}

static gboolean
rounds_template_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  RoundsFormUndo *undo = rounds_form_save_finish (rounds_record_dialog_get_store (dialog), result, error);

  if (undo == NULL)
    return FALSE;
  rounds_form_undo_offer (undo, rounds_record_dialog_get_context (dialog), _ ("Template saved"));
  return TRUE;
}

static GtkWidget *
rounds_template_dialog_get_first (RoundsRecordDialog *dialog)
{
  return rounds_record_form_get_row (ROUNDS_TEMPLATE_DIALOG (dialog)->form, ROUNDS_NOTE_TEMPLATE_NAME);
}

static gboolean
rounds_template_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  return rounds_record_form_show_error (ROUNDS_TEMPLATE_DIALOG (dialog)->form, error);
}

static void
rounds_template_dialog_class_init (RoundsTemplateDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  dialog_class->show = rounds_template_dialog_show;
  dialog_class->describe = rounds_template_dialog_describe;
  dialog_class->restore = rounds_template_dialog_restore;
  dialog_class->save_async = rounds_template_dialog_save_async;
  dialog_class->save_finish = rounds_template_dialog_save_finish;
  dialog_class->get_first = rounds_template_dialog_get_first;
  dialog_class->show_error = rounds_template_dialog_show_error;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/interactions/template-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplateDialog, form);
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplateDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsTemplateDialog, danger);
  gtk_widget_class_bind_template_callback (widget_class, rounds_record_dialog_touch);
  rounds_record_dialog_class_set_up (dialog_class, "note-template", ROUNDS_RECORD_DIALOG_CAN_DELETE);
}

static void
rounds_template_dialog_init (RoundsTemplateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_template_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 * @record: (transfer none): a template of the store to change, or a new one
 */
void
rounds_template_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  static const guint fields[] = { ROUNDS_NOTE_TEMPLATE_NAME, ROUNDS_NOTE_TEMPLATE_INTERACTION_TYPE,
                                  ROUNDS_NOTE_TEMPLATE_TEXT };
  RoundsTemplateDialog *self = g_object_new (ROUNDS_TYPE_TEMPLATE_DIALOG, NULL);
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  rounds_record_dialog_open (dialog, context, record);
  rounds_record_form_set_up (self->form, context, ROUNDS_ENTITY_NOTE_TEMPLATE);
  rounds_record_form_add_fields (self->form, G_N_ELEMENTS (fields), fields);
  g_object_set (rounds_record_form_get_row (self->form, ROUNDS_NOTE_TEMPLATE_TEXT), "min-lines", 8, NULL);
  rounds_record_dialog_begin (dialog);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
