/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-dialog.h"

G_BEGIN_DECLS

/** RoundsOrganisationDialog: an organisation, new or to be changed, with its address. */
#define ROUNDS_TYPE_ORGANISATION_DIALOG (rounds_organisation_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsOrganisationDialog, rounds_organisation_dialog, ROUNDS, ORGANISATION_DIALOG,
                      RoundsRecordDialog)

RoundsOrganisationDialog *rounds_organisation_dialog_new (RoundsAppContext *context, RoundsRecord *organisation);
void rounds_organisation_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *organisation);

G_END_DECLS
