/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_JOURNEY_DIALOG (rounds_journey_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsJourneyDialog, rounds_journey_dialog, ROUNDS, JOURNEY_DIALOG, RoundsRecordDialog)

void rounds_journey_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record);

G_END_DECLS
