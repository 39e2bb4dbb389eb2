/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

/**
 * RoundsPartDialog:
 *
 * Makes or changes one of what a contact has several of: an address, a role, a consent. Like every form it keeps a
 * draft, tells what is wrong at its field, and offers Undo.
 */
#define ROUNDS_TYPE_PART_DIALOG (rounds_part_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsPartDialog, rounds_part_dialog, ROUNDS, PART_DIALOG, RoundsRecordDialog)

RoundsPartDialog *rounds_part_dialog_new (RoundsAppContext *context, RoundsRecord *record);
void rounds_part_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

G_END_DECLS
