/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-protocol.h"

G_BEGIN_DECLS

/* Values of fields that an older server does not know. They stay here, where the user sees them, and are sent when the
 * server knows more. In a transaction of rounds_record_store_begin_remote(). */

gboolean rounds_sync_unsent_note (RoundsRecordStore *store, const RoundsSyncResult *result, const RoundsUuid *record,
                                  GError **error);
gboolean rounds_sync_unsent_send (RoundsRecordStore *store, guint32 schema, gboolean *sent, GError **error);
gboolean rounds_sync_unsent_correct (RoundsRecordStore *store, GPtrArray *changes, GError **error);

G_END_DECLS
