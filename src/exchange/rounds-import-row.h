/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-plan.h"
#include "rounds-record.h"

G_BEGIN_DECLS

/** RoundsImportRow: what one row of a file says, cleaned: a text for each target, or %NULL. */
typedef struct
{
  char *values[ROUNDS_IMPORT_N_TARGETS]; /* (owned) (nullable) */
  const char *wrong_column;              /* (nullable): the header of the cell that cannot be read; the plan's */
} RoundsImportRow;

gboolean rounds_import_row_read (RoundsImportRow *self, RoundsImportPlan *plan, const RoundsTableRow *row,
                                 GError **error);
void rounds_import_row_clear (RoundsImportRow *self);
const RoundsImportTarget *rounds_import_row_list_targets (RoundsEntity entity);
void rounds_import_row_fill (const RoundsImportRow *self, RoundsRecord *record);
gboolean rounds_import_row_names_person (const RoundsImportRow *self);
gboolean rounds_import_row_is_of_organisation (const RoundsImportRow *self);
char *rounds_import_row_get_name (const RoundsImportRow *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsImportRow, rounds_import_row_clear)

G_END_DECLS
