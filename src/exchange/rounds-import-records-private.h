/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-records.h"

G_BEGIN_DECLS

/* What is made new for a row, whoever it is about: rounds-import-records.c. */

void rounds_import_records_add (RoundsImportRecords *self, RoundsRecord *record);
void rounds_import_records_add_role (RoundsImportRecords *self, const char *type);
void rounds_import_records_add_lead (RoundsImportRecords *self, RoundsImportPlan *plan);
void rounds_import_records_add_address (RoundsImportRecords *self, const RoundsImportRow *row, guint owner_field,
                                        const RoundsUuid *owner);
RoundsRecord *rounds_import_records_make_physician (RoundsImportRecords *self);
RoundsRecord *rounds_import_records_make_affiliation (RoundsImportRecords *self, const RoundsImportRow *row,
                                                      gboolean is_primary);
gboolean rounds_import_records_find_specialization (RoundsImportRecords *self, RoundsRecordStore *store,
                                                    RoundsImportIndex *index, const RoundsImportRow *row,
                                                    RoundsRecord *physician, RoundsUuid *id, gboolean *named,
                                                    GError **error);
gboolean rounds_import_records_find_employer (RoundsImportRecords *self, RoundsImportIndex *index,
                                              const RoundsImportRow *row, RoundsRecord *affiliation, RoundsUuid *id,
                                              GError **error);

G_END_DECLS
