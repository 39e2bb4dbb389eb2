/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsRecordDialog:
 * @banner: the AdwBanner for what no row can say; set in the template
 * @receipt: the RoundsReceiptLabel at its foot, which tells where the record is safe and whether somebody else has
 *   changed it; set in the template
 *
 * A dialog in which one record is made or changed, from opening to closing: it goes on with what was left unfinished
 * and offers to start anew, keeps what is entered in a draft, saves with Ctrl+S and Ctrl+Return, tells errors at their
 * rows, and never asks before it closes. What the rows are is its subclass's, which
 *
 * - names its actions in class_init by rounds_record_dialog_class_set_up(),
 * - makes its rows between rounds_record_dialog_open() and rounds_record_dialog_begin(),
 * - calls rounds_record_dialog_touch() when the user has changed one,
 * - calls rounds_record_dialog_lack() when something that belongs to the record could not be read.
 *
 * The template is disposed of here, as what the rows say while they go is no change. Main thread.
 */
#define ROUNDS_TYPE_RECORD_DIALOG (rounds_record_dialog_get_type ())
G_DECLARE_DERIVABLE_TYPE (RoundsRecordDialog, rounds_record_dialog, ROUNDS, RECORD_DIALOG, AdwDialog)

/**
 * RoundsRecordDialogFlags:
 * @ROUNDS_RECORD_DIALOG_CAN_DELETE: there is an action "delete" for a stored record
 * @ROUNDS_RECORD_DIALOG_KEEPS_DRAFT: what is not saved on closing is kept for the next time; otherwise it is discarded,
 *   and Undo brings it back
 */
typedef enum
{
  ROUNDS_RECORD_DIALOG_NONE = 0,
  ROUNDS_RECORD_DIALOG_CAN_DELETE = 1 << 0,
  ROUNDS_RECORD_DIALOG_KEEPS_DRAFT = 1 << 1,
} RoundsRecordDialogFlags;

/**
 * RoundsRecordDialogClass:
 * @show: shows the record and whether it is stored, whatever the rows show now
 * @describe: Returns: (transfer full) (nullable): all that is entered, finished or not, as a draft's body; %NULL while
 *   there is nothing to lose
 * @goes_on_with: (nullable): Returns: whether a dialog of a new record goes on with @draft, which is what was left
 *   unfinished of another new one; by default with none
 * @restore: shows what @draft says in place of the record. Returns: %FALSE if it says nothing
 * @make_new: Returns: (transfer full): the record of a dialog that starts anew; by default an empty one
 * @save_async: reads the rows and saves them. Returns: %FALSE if something is wrong; @callback is not called then, and
 *   what is wrong is in @error unless it has been told at its row
 * @save_finish: ends @save_async. Returns: whether it is saved
 * @saved: (nullable): tells the user that it is saved, the dialog being closed
 * @get_first: Returns: (nullable): the row where the user begins; %NULL: wherever
 * @show_error: tells @error at its row. Returns: %FALSE if it has none
 * @remove: deletes the record with Undo; by default as rounds_app_context_delete() does
 * @action_prefix: what the actions' names begin with, such as "appointment"
 * @draft_prefix: (nullable): what the draft's name begins with; by default the entity's name
 */
struct _RoundsRecordDialogClass
{
  AdwDialogClass parent_class;

  void (*show) (RoundsRecordDialog *self);
  char *(*describe) (RoundsRecordDialog *self);
  gboolean (*goes_on_with) (RoundsRecordDialog *self, RoundsRecord *draft);
  gboolean (*restore) (RoundsRecordDialog *self, RoundsRecord *draft);
  RoundsRecord *(*make_new) (RoundsRecordDialog *self);
  gboolean (*save_async) (RoundsRecordDialog *self, GAsyncReadyCallback callback, gpointer data, GError **error);
  gboolean (*save_finish) (RoundsRecordDialog *self, GAsyncResult *result, GError **error);
  void (*saved) (RoundsRecordDialog *self);
  GtkWidget *(*get_first) (RoundsRecordDialog *self);
  gboolean (*show_error) (RoundsRecordDialog *self, const GError *error);
  void (*remove) (RoundsRecordDialog *self);

  const char *action_prefix;
  const char *draft_prefix;
  RoundsRecordDialogFlags flags;
};

void rounds_record_dialog_class_set_up (RoundsRecordDialogClass *klass, const char *action_prefix,
                                        RoundsRecordDialogFlags flags);

void rounds_record_dialog_open (RoundsRecordDialog *self, RoundsAppContext *context, RoundsRecord *record);
void rounds_record_dialog_begin (RoundsRecordDialog *self);
void rounds_record_dialog_touch (RoundsRecordDialog *self);
void rounds_record_dialog_lack (RoundsRecordDialog *self, const GError *error);
void rounds_record_dialog_tell (RoundsRecordDialog *self, const char *text);
gboolean rounds_record_dialog_end_draft (RoundsRecordDialog *self, RoundsUuid *draft);

RoundsAppContext *rounds_record_dialog_get_context (RoundsRecordDialog *self);
RoundsStore *rounds_record_dialog_get_store (RoundsRecordDialog *self);
RoundsRecord *rounds_record_dialog_get_record (RoundsRecordDialog *self);
void rounds_record_dialog_set_record (RoundsRecordDialog *self, RoundsRecord *record);
RoundsRecord *rounds_record_dialog_get_stored (RoundsRecordDialog *self);
gboolean rounds_record_dialog_is_showing (RoundsRecordDialog *self);

G_END_DECLS
