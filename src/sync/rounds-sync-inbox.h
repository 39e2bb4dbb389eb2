/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

gboolean rounds_sync_inbox_put_record (RoundsRecordStore *store, RoundsRecord *record, guint64 present,
                                       GPtrArray *rejected, guint *written, GError **error);
gboolean rounds_sync_inbox_keep_conflict (RoundsRecordStore *store, const RoundsChange *change,
                                          const RoundsMergeConflict *conflict, GError **error);

G_END_DECLS
