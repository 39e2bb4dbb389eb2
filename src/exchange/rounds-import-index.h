/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-row.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsImportIndex:
 *
 * The organisations and specializations of the store, as an import asks for them by name. Read once, when the first row
 * asks; knows what the import adds on its way. (People: RoundsImportPeople.)
 */
typedef struct _RoundsImportIndex RoundsImportIndex;

RoundsImportIndex *rounds_import_index_new (RoundsRecordStore *store);
void rounds_import_index_free (RoundsImportIndex *self);

gboolean rounds_import_index_find_specialization (RoundsImportIndex *self, const char *name, RoundsUuid *id,
                                                  gboolean *found, GError **error);
gboolean rounds_import_index_find_organisation (RoundsImportIndex *self, const RoundsImportRow *row,
                                                gboolean at_its_place, RoundsUuid *id, gboolean *found, GError **error);

void rounds_import_index_add_specialization (RoundsImportIndex *self, RoundsRecord *specialization);
void rounds_import_index_add_organisation (RoundsImportIndex *self, RoundsRecord *organisation, const char *city);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportIndex, rounds_import_index_free)

G_END_DECLS
