/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-protocol.h"

G_BEGIN_DECLS

gboolean rounds_sync_settling_take (RoundsRecordStore *store, const RoundsSyncResult *result,
                                    const RoundsChange *change, GError **error);
gboolean rounds_sync_settling_drop (RoundsRecordStore *store, GPtrArray *sent, GError **error);

G_END_DECLS
