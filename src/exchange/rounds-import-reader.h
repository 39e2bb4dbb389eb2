/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-people.h"
#include "rounds-import-records.h"

G_BEGIN_DECLS

/** RoundsImportDraft: a row of the file with all that can be found out about it without the store. */
typedef struct
{
  guint64 number;      /* as a spreadsheet counts */
  RoundsImportRow row; /* (owned) */
  char *name;          /* (owned) (nullable): whom it names */
  GError *why;         /* (owned) (nullable): why it cannot be read; then there is nothing else */
  RoundsMatchProbe probe;
  RoundsImportRecords records; /* (owned): what it creates if it is about somebody new, not complete yet */
} RoundsImportDraft;

/** RoundsImportBatch: rows that come together. */
typedef struct
{
  RoundsImportDraft *drafts; /* (owned): the file's next rows, in its order */
  guint n_drafts;
} RoundsImportBatch;

/**
 * RoundsImportReader:
 *
 * Reads the rows of a file ahead of the import, on a thread of its own, so that they are read and made ready while the
 * import writes. That thread knows the plan and the file and nothing else; all that depends on the store, or on the
 * rows before, is left to the import's thread. A few batches go round between the two threads: one of them has each
 * batch at any time, and what the reading thread has made it frees itself. So there are never more rows ahead than
 * these hold.
 *
 * Used by one thread. The plan does not change meanwhile.
 */
typedef struct _RoundsImportReader RoundsImportReader;

RoundsImportReader *rounds_import_reader_new (RoundsImportPlan *plan, GCancellable *cancellable, GError **error);
void rounds_import_reader_free (RoundsImportReader *self);
gboolean rounds_import_reader_next (RoundsImportReader *self, RoundsImportBatch **batch, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportReader, rounds_import_reader_free)

G_END_DECLS
