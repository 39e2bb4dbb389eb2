/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

gboolean rounds_sync_conflicts_keep (RoundsRecordStore *store, const RoundsChange *change,
                                     const RoundsMergeConflict *conflict, GError **error);
gboolean rounds_sync_conflicts_close_decided (RoundsRecordStore *store, const RoundsChange *change, gboolean taken,
                                              GError **error);

G_END_DECLS
