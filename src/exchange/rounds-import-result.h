/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-people.h"

G_BEGIN_DECLS

/** RoundsImportVerdict: what becomes of a row; each row has one. */
typedef enum
{
  ROUNDS_IMPORT_CREATED,   /* a new person or organisation */
  ROUNDS_IMPORT_UPDATED,   /* a known one about whom the row says something new */
  ROUNDS_IMPORT_DUPLICATE, /* a known one, and nothing new; or left alone */
  ROUNDS_IMPORT_REJECTED,
  ROUNDS_IMPORT_N_VERDICTS,
} RoundsImportVerdict;

/** RoundsImportOutcome: one row's verdict and why. Its texts belong to the result. */
typedef struct
{
  guint64 row; /* as a spreadsheet counts: the first row of the file is 1 */
  RoundsImportVerdict verdict;
  RoundsMatchStrength strength; /* of the match */
  gboolean by_npi;              /* so that there cannot be another one */
  RoundsEntity entity;          /* what the row is about: a person or an organisation */
  RoundsUuid match;             /* whom the row is about; nil: nobody who was known */
  gboolean in_trash;            /* where the match is, and comes back from if the row is imported */
  guint64 match_row;            /* the row of this file that told of them before; 0: known before the import */
  const char *name;             /* (nullable): whom the row names */
  const char *column;           /* (nullable): rejected: the header of the cell that is wrong; %NULL: the whole row */
  const char *reason;           /* (nullable): rejected: a sentence for the user */
} RoundsImportOutcome;

/**
 * RoundsImportResult:
 *
 * What became of a file's rows; rows is always the sum of the counts. Takes some hundred bytes a row, whatever the rows
 * hold. Not changed once the import is done; any thread.
 */
typedef struct
{
  char *file;       /* (owned): its name without the folder */
  gboolean dry_run; /* nothing was written */
  guint64 rows;
  guint64 counts[ROUNDS_IMPORT_N_VERDICTS];
  GArray *outcomes;    /* (owned) of RoundsImportOutcome, in the file's order */
  GStringChunk *texts; /* (owned) */
  RoundsUuid batch;    /* the import's own record; nil after a rehearsal */
} RoundsImportResult;

RoundsImportResult *rounds_import_result_new (const char *file);
RoundsImportResult *rounds_import_result_ref (RoundsImportResult *self);
void rounds_import_result_unref (RoundsImportResult *self);
void rounds_import_result_add (RoundsImportResult *self, const RoundsImportOutcome *outcome);
const RoundsImportOutcome *rounds_import_result_get (const RoundsImportResult *self, guint n);
char *rounds_import_result_to_json (const RoundsImportResult *self, RoundsImportPlan *plan, gboolean with_rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportResult, rounds_import_result_unref)

G_END_DECLS
