/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-feed.h"

G_BEGIN_DECLS

/**
 * RoundsSyncLeftover:
 *
 * What a device may no longer have: it goes, but never with something in it that the server has not taken. Such records
 * are remembered, and go as soon as nothing of them waits or is refused. What changes it is used inside one transaction
 * of rounds_record_store_begin_remote().
 */
typedef struct _RoundsSyncLeftover RoundsSyncLeftover;

RoundsSyncLeftover *rounds_sync_leftover_load (RoundsRecordStore *store, GError **error);
void rounds_sync_leftover_free (RoundsSyncLeftover *self);
int rounds_sync_leftover_can_finish (RoundsSyncLeftover *self, GError **error);
gboolean rounds_sync_leftover_leave (RoundsSyncLeftover *self, RoundsEntity entity, const RoundsUuid *id,
                                     GError **error);
gboolean rounds_sync_leftover_leave_scope (RoundsSyncLeftover *self, const RoundsTerritoryScope *scope, GError **error);
void rounds_sync_leftover_keep (RoundsSyncLeftover *self, const RoundsUuid *id);
gboolean rounds_sync_leftover_finish (RoundsSyncLeftover *self, guint *removed, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncLeftover, rounds_sync_leftover_free)

G_END_DECLS
