/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-names.h"
#include "rounds-table-writer.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_EXPORT_FOR_PEOPLE,   /* translated headings; no ids */
  ROUNDS_EXPORT_FOR_PROGRAMS, /* headings are the fields' names; ids and times of recording too */
} RoundsExportAudience;

/**
 * RoundsExportColumns:
 *
 * What a table of records shows: their own fields by the entity table, names in place of references, and what belongs
 * to them and stands in a record of its own (a physician's NPI, the address, the practice, who attended). Of several
 * entities in one table, what is called the same stands in the same column. One thread at a time.
 */
typedef struct _RoundsExportColumns RoundsExportColumns;

RoundsExportColumns *rounds_export_columns_new (RoundsExportAudience audience);
void rounds_export_columns_free (RoundsExportColumns *self);
void rounds_export_columns_add (RoundsExportColumns *self, RoundsEntity entity);
const RoundsTableColumn *rounds_export_columns_get (RoundsExportColumns *self, guint *n_columns);
const RoundsValue *rounds_export_columns_read (RoundsExportColumns *self, RoundsRecordStore *store,
                                               RoundsRecord *record, GError **error);

GPtrArray *rounds_export_list_current (RoundsRecordStore *store, RoundsEntity entity, guint through,
                                       const RoundsUuid *of, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsExportColumns, rounds_export_columns_free)

G_END_DECLS
