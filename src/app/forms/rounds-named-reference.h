/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-form.h"

G_BEGIN_DECLS

/* References to what is hardly more than its name (organisations, specialties, conditions): a name that is typed and
 * that nothing has yet makes one. */

int rounds_entity_get_name_field (RoundsEntity entity);
gboolean rounds_named_reference_resolve_row (RoundsStore *store, GtkWidget *row, RoundsRecord *record, guint field,
                                             GPtrArray *changes, guint position, GError **error);
gboolean rounds_named_reference_resolve (RoundsStore *store, RoundsRecordForm *form, RoundsRecord *record,
                                         GPtrArray *changes, guint position, GError **error);
yyjson_mut_val *rounds_named_reference_describe (RoundsRecordForm *form, RoundsEntity entity, yyjson_mut_doc *doc);
void rounds_named_reference_restore (RoundsRecordForm *form, RoundsEntity entity, yyjson_val *names);

G_END_DECLS
