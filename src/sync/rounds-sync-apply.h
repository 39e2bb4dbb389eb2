/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-protocol.h"
#include "rounds-sync-server.h"

G_BEGIN_DECLS

RoundsRecord *rounds_sync_find_record (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id,
                                       GError **error);
RoundsSyncResult *rounds_sync_apply (RoundsRecordStore *store, const RoundsUuid *device, RoundsChange *mutation,
                                     RoundsSyncAllowFunc allow, gpointer data, GError **error);

G_END_DECLS
