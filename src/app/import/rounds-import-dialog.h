/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsImportDialog:
 *
 * Imports a file of contacts: choose or drop it, see what its columns are taken for and correct that, rehearse, import,
 * read what became of each row (N19). Closing it while it works stops the work, and nothing is imported then. Main
 * thread.
 */
#define ROUNDS_TYPE_IMPORT_DIALOG (rounds_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportDialog, rounds_import_dialog, ROUNDS, IMPORT_DIALOG, AdwDialog)

/**
 * rounds_import_dialog_new:
 * @context: the context
 *
 * Returns: (transfer floating): a dialog to be presented by adw_dialog_present()
 */
RoundsImportDialog *rounds_import_dialog_new (RoundsAppContext *context);

/**
 * rounds_import_dialog_open_files:
 * @files: (element-type GFile): files of contacts, as if the person had chosen them. The first is opened; of others it
 *   is told that they wait
 */
void rounds_import_dialog_open_files (RoundsImportDialog *self, GSList *files);

G_END_DECLS
