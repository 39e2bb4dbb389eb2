/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

/** RoundsTemplateDialog: makes or changes one note template. */
#define ROUNDS_TYPE_TEMPLATE_DIALOG (rounds_template_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTemplateDialog, rounds_template_dialog, ROUNDS, TEMPLATE_DIALOG, RoundsRecordDialog)

void rounds_template_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

G_END_DECLS
