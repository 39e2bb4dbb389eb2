/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-index.h"

G_BEGIN_DECLS

/** RoundsImportRecords: the records that one row creates or changes. */
typedef struct
{
  GPtrArray *changed;           /* (owned) of RoundsRecord: new and changed ones, parents first */
  GPtrArray *brought_back;      /* (owned) (nullable) of RoundsRecord: in the trash, from which they come back first */
  gboolean is_new;              /* the row's person (or organisation) was not known */
  RoundsRecord *person;         /* (owned) (nullable) */
  RoundsRecord *physician;      /* (owned) (nullable): of a draft: what a specialization may have to be put into … */
  RoundsRecord *affiliation;    /* (owned) (nullable): … and an organisation */
  RoundsRecord *organisation;   /* (owned) (nullable): a new one, or one that comes back */
  RoundsRecord *specialization; /* (owned) (nullable): a new one */
} RoundsImportRecords;

void rounds_import_records_draft (RoundsImportRecords *self, RoundsImportPlan *plan, const RoundsImportRow *row);
gboolean rounds_import_records_complete (RoundsImportRecords *self, RoundsRecordStore *store, RoundsImportIndex *index,
                                         const RoundsImportRow *row, GError **error);
gboolean rounds_import_records_prepare (RoundsImportRecords *self, RoundsRecordStore *store, RoundsImportIndex *index,
                                        RoundsImportPlan *plan, const RoundsImportRow *row, const RoundsUuid *known,
                                        gboolean told_before, GError **error);
void rounds_import_records_remember (RoundsImportRecords *self, RoundsImportIndex *index, const RoundsImportRow *row);
void rounds_import_records_clear (RoundsImportRecords *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsImportRecords, rounds_import_records_clear)

G_END_DECLS
