/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_APPOINTMENT_DIALOG (rounds_appointment_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ROUNDS, APPOINTMENT_DIALOG,
                      RoundsRecordDialog)

void rounds_appointment_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

G_END_DECLS
