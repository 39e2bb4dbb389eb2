/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-import-plan.h"

G_BEGIN_DECLS

/**
 * RoundsImportColumnRow:
 *
 * One column of the file: its header, its first cells, and the choice of what it is taken for. Signal "changed" after
 * the person has chosen. Main thread.
 */
#define ROUNDS_TYPE_IMPORT_COLUMN_ROW (rounds_import_column_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportColumnRow, rounds_import_column_row, ROUNDS, IMPORT_COLUMN_ROW, GtkBox)

GtkWidget *rounds_import_column_row_new (GListModel *targets);
void rounds_import_column_row_bind (RoundsImportColumnRow *self, RoundsImportPlan *plan, guint column);
void rounds_import_column_row_unbind (RoundsImportColumnRow *self);

G_END_DECLS
