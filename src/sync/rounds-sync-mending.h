/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

GPtrArray *rounds_sync_mending_list (RoundsRecordStore *store, GError **error); /* of RoundsChange */
gboolean rounds_sync_mending_refresh (RoundsRecordStore *store, RoundsChange *change, GError **error);
gboolean rounds_sync_mending_take (RoundsRecordStore *store, GPtrArray *changes, guint begin, guint end,
                                   GPtrArray *rejected, GPtrArray *result, GError **error);

G_END_DECLS
