/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

/**
 * RoundsContactDialog:
 *
 * Makes or changes a contact: the person, what they are (physician, patient, lead, staff), an address and where they
 * work. All of it is saved as one group.
 */
#define ROUNDS_TYPE_CONTACT_DIALOG (rounds_contact_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactDialog, rounds_contact_dialog, ROUNDS, CONTACT_DIALOG, RoundsRecordDialog)

RoundsContactDialog *rounds_contact_dialog_new (RoundsAppContext *context, RoundsRecord *person);
void rounds_contact_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

G_END_DECLS
