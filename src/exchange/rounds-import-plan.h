/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-mapping.h"
#include "rounds-table-file.h"

G_BEGIN_DECLS

/** RoundsImportRole: what the people in a file are. */
typedef enum
{
  ROUNDS_IMPORT_ROLE_PHYSICIAN,
  ROUNDS_IMPORT_ROLE_LEAD,
  ROUNDS_IMPORT_ROLE_NONE,
} RoundsImportRole;

#define ROUNDS_IMPORT_N_SAMPLES 20

/**
 * RoundsImportPlan:
 *
 * How a file is going to be imported: what was found out about it, and what the person may change before the import:
 * the mapping and the role. Not changed while an import runs with it.
 */
typedef struct
{
  RoundsTableFile *file; /* (owned) */
  gboolean has_header;   /* the first row names the columns */
  guint n_columns;
  char **headers;               /* (owned): n_columns names, "Column 1" … where the file has none */
  GPtrArray *samples;           /* (owned) of GStrv: the first rows, each of n_columns cells */
  guint64 n_rows;               /* without the header and blank rows */
  RoundsImportMapping *mapping; /* (owned) */
  RoundsImportRole role;
} RoundsImportPlan;

RoundsImportPlan *rounds_import_plan_new (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable,
                                          GError **error);
RoundsImportPlan *rounds_import_plan_ref (RoundsImportPlan *self);
void rounds_import_plan_unref (RoundsImportPlan *self);
RoundsTableReader *rounds_import_plan_open (RoundsImportPlan *self, GCancellable *cancellable, GError **error);
gboolean rounds_import_plan_names_people (RoundsImportPlan *self);

gboolean rounds_table_row_is_blank (const RoundsTableRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportPlan, rounds_import_plan_unref)

G_END_DECLS
