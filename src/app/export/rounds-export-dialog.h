/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsExportDialog:
 *
 * Asks what goes into a file, in which format and where, warns that it is not encrypted, writes it, and tells in a
 * toast where it is.
 */
#define ROUNDS_TYPE_EXPORT_DIALOG (rounds_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsExportDialog, rounds_export_dialog, ROUNDS, EXPORT_DIALOG, AdwDialog)

RoundsExportDialog *rounds_export_dialog_new (RoundsAppContext *context, const char *name, RoundsQuery *shown,
                                              RoundsQuery *all, GArray *selected);
RoundsExportDialog *rounds_export_dialog_new_for_person (RoundsAppContext *context, RoundsRecord *person);
void rounds_export_dialog_save_to (RoundsExportDialog *self, GFile *file);

/* What the pages call from "Export…" and "Save Whole Record…". */
void rounds_export_present (GtkWidget *page, RoundsAppContext *context, const char *name, RoundsQuery *shown,
                            RoundsQuery *all, GArray *selected);
void rounds_export_present_person (GtkWidget *page, RoundsAppContext *context, RoundsRecord *person);

G_END_DECLS
