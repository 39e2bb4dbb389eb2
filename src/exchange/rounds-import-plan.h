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

/** RoundsImportDecision: what to do with a row about somebody who is known. */
typedef enum
{
  ROUNDS_IMPORT_DECIDE_BY_STRENGTH, /* update where the match is strong, leave alone where it is possible */
  ROUNDS_IMPORT_DECIDE_SKIP,
  ROUNDS_IMPORT_DECIDE_UPDATE,
  ROUNDS_IMPORT_DECIDE_CREATE, /* a person of its own all the same */
} RoundsImportDecision;

/** RoundsImportRepair: a cell that was encoded twice, as other programs show it and as it will be imported (N19). */
typedef struct
{
  char *before; /* (owned) */
  char *after;  /* (owned) */
} RoundsImportRepair;

#define ROUNDS_IMPORT_N_SAMPLES 20
#define ROUNDS_IMPORT_N_REPAIRS 8

/**
 * RoundsImportPlan:
 *
 * How a file is going to be imported: what was found out about it, and what the person may change before the import:
 * the mapping, the role and the decisions. Not changed while an import runs with it.
 */
typedef struct
{
  RoundsTableFile *file; /* (owned) */
  gboolean has_header;   /* the first row names the columns */
  guint n_columns;
  char **headers;               /* (owned): n_columns names, "Column 1" … where the file has none */
  GPtrArray *samples;           /* (owned) of GStrv: the first rows, each of n_columns cells */
  guint64 n_rows;               /* without the header and blank rows */
  GArray *statistics;           /* (owned) of RoundsColumnStatistics, n_columns of them */
  GPtrArray *repairs;           /* (owned) of RoundsImportRepair: the first cells that were encoded twice */
  RoundsImportMapping *mapping; /* (owned) */
  gboolean is_remembered;       /* the mapping is that of the last file with these columns */
  RoundsImportRole role;
  RoundsImportDecision on_duplicate; /* for rows without a decision of their own */
  GHashTable *decisions;             /* (owned): row numbers (gint64) -> RoundsImportDecision */
} RoundsImportPlan;

RoundsImportPlan *rounds_import_plan_new (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable,
                                          GError **error);
RoundsImportPlan *rounds_import_plan_ref (RoundsImportPlan *self);
void rounds_import_plan_unref (RoundsImportPlan *self);
RoundsTableReader *rounds_import_plan_open (RoundsImportPlan *self, GCancellable *cancellable, GError **error);
gboolean rounds_import_plan_names_people (RoundsImportPlan *self);
const RoundsDateEvidence *rounds_import_plan_get_dates (RoundsImportPlan *self, guint column);
int rounds_import_plan_find_unclear_dates (RoundsImportPlan *self);
void rounds_import_plan_decide (RoundsImportPlan *self, guint64 row, RoundsImportDecision decision);
RoundsImportDecision rounds_import_plan_get_decision (RoundsImportPlan *self, guint64 row);

const char *rounds_import_role_to_string (RoundsImportRole role);
gboolean rounds_import_role_from_string (const char *text, RoundsImportRole *role);

gboolean rounds_table_row_is_blank (const RoundsTableRow *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportPlan, rounds_import_plan_unref)

G_END_DECLS
