/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsImportTrash:
 *
 * The people in the trash, as an import asks for them: by the NPI, which alone says for sure who somebody is. Read when
 * it is first asked.
 */
typedef struct _RoundsImportTrash RoundsImportTrash;

RoundsImportTrash *rounds_import_trash_new (RoundsRecordStore *store);
void rounds_import_trash_free (RoundsImportTrash *self);
gboolean rounds_import_trash_find (RoundsImportTrash *self, const char *npi, RoundsUuid *person, gboolean *found,
                                   gboolean *is_merged, GError **error);

/* What an import looks at and brings back of whatever it is about. */
GPtrArray *rounds_import_list_parts (RoundsRecordStore *store, RoundsEntity entity, guint field, RoundsRecord *owner,
                                     GError **error); /* of RoundsRecord */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsImportTrash, rounds_import_trash_free)

G_END_DECLS
