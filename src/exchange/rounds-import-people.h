/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-row.h"
#include "rounds-match.h"

G_BEGIN_DECLS

/** RoundsImportMatch: whom a row is about. */
typedef struct
{
  RoundsMatchStrength strength; /* %ROUNDS_MATCH_STRONG, %ROUNDS_MATCH_POSSIBLE or %ROUNDS_MATCH_NONE */
  RoundsUuid person;            /* nil where there is none */
  gboolean by_npi;              /* which nobody else may have */
  gboolean in_trash;            /* where the person is, and comes back from */
  guint64 row; /* the row of the same file that told of the person before; 0: known before the import */
} RoundsImportMatch;

/**
 * RoundsImportPeople:
 *
 * Everybody who is in the store and in the rows so far, as an import asks for them. Read from the store when it is
 * first asked.
 */
typedef struct _RoundsImportPeople RoundsImportPeople;

RoundsImportPeople *rounds_import_people_new (RoundsRecordStore *store);
void rounds_import_people_free (RoundsImportPeople *self);
void rounds_import_people_make_probe (const RoundsImportRow *row, RoundsMatchProbe *probe);
gboolean rounds_import_people_match (RoundsImportPeople *self, const RoundsImportRow *row,
                                     const RoundsMatchProbe *probe, RoundsImportMatch *match, GError **error);
void rounds_import_people_add (RoundsImportPeople *self, const RoundsUuid *person, const RoundsMatchProbe *probe,
                               guint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportPeople, rounds_import_people_free)

G_END_DECLS
