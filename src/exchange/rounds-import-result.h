/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/** RoundsImportReject: a row that was not imported. */
typedef struct
{
  guint64 row;  /* as a spreadsheet counts: the first row of the file is 1 */
  char *column; /* (owned) (nullable): the header of the cell that is wrong; %NULL: the row as a whole */
  char *reason; /* (owned): a sentence for the user */
} RoundsImportReject;

/**
 * RoundsImportResult:
 *
 * What became of a file's rows; rows is always created + updated + duplicate + rejected.
 */
typedef struct
{
  char *file;       /* (owned): its name without the folder */
  gboolean dry_run; /* nothing was written */
  guint64 rows;
  guint64 created;   /* new people or organisations */
  guint64 updated;   /* known ones about whom the row says something new */
  guint64 duplicate; /* nothing new, or the same NPI once more in this file */
  guint64 rejected;
  GPtrArray *rejects; /* (owned) of RoundsImportReject, in the file's order */
} RoundsImportResult;

RoundsImportResult *rounds_import_result_new (const char *file);
void rounds_import_result_free (RoundsImportResult *self);
void rounds_import_result_add_reject (RoundsImportResult *self, guint64 row, const char *column, const char *reason);
char *rounds_import_result_to_json (const RoundsImportResult *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportResult, rounds_import_result_free)

G_END_DECLS
