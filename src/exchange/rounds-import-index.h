/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-row.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsImportIndex:
 *
 * What the store holds already, as an import asks for it. NPIs are looked up in the database; names of people and
 * organisations are read once, when the first row without an NPI asks. Knows what the import adds on its way.
 */
typedef struct _RoundsImportIndex RoundsImportIndex;

RoundsImportIndex *rounds_import_index_new (RoundsRecordStore *store);
void rounds_import_index_free (RoundsImportIndex *self);

gboolean rounds_import_index_find_npi (RoundsImportIndex *self, const char *npi, RoundsRecord **physician,
                                       GError **error);
gboolean rounds_import_index_find_person (RoundsImportIndex *self, const RoundsImportRow *row, RoundsRecord **person,
                                          GError **error);
gboolean rounds_import_index_find_specialization (RoundsImportIndex *self, const char *name, RoundsUuid *id,
                                                  gboolean *found, GError **error);
gboolean rounds_import_index_find_organisation (RoundsImportIndex *self, const RoundsImportRow *row,
                                                gboolean at_its_place, RoundsRecord **organisation, GError **error);

void rounds_import_index_add_person (RoundsImportIndex *self, RoundsRecord *person, const char *postal_code);
void rounds_import_index_add_specialization (RoundsImportIndex *self, RoundsRecord *specialization);
void rounds_import_index_add_organisation (RoundsImportIndex *self, RoundsRecord *organisation, const char *city);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportIndex, rounds_import_index_free)

G_END_DECLS
