/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

gboolean rounds_sync_alias_note (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *record,
                                 GError **error);
gboolean rounds_sync_alias_resolve (RoundsRecordStore *store, const RoundsChange *mutation, char **fields, char **base,
                                    GError **error);

G_END_DECLS
