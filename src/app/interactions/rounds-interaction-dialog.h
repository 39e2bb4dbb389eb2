/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

/**
 * RoundsInteractionDialog:
 *
 * Writes down a visit, a call or a virtual meeting, or changes one. What is typed is kept while it is typed; the dialog
 * closes without asking, and the next one goes on where it was left. What was submitted is shown and cannot be changed.
 */
#define ROUNDS_TYPE_INTERACTION_DIALOG (rounds_interaction_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInteractionDialog, rounds_interaction_dialog, ROUNDS, INTERACTION_DIALOG,
                      RoundsRecordDialog)

RoundsInteractionDialog *rounds_interaction_dialog_new (RoundsAppContext *context, RoundsRecord *record);
void rounds_interaction_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);
gboolean rounds_interaction_dialog_look_up_unfinished (RoundsStore *store, RoundsRecord **record, GError **error);
void rounds_interaction_dialog_offer_unfinished (RoundsAppContext *context);

G_END_DECLS
