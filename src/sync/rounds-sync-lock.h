/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsSyncLock:
 *
 * One sync at a time for a database, among all programs that have it open: the window and rounds-cli. Two at once would
 * send the same changes twice, and each would renew the sign-in with a token that the other has used, which the server
 * takes for a stolen one and ends the session. Goes with its holder, however that ends.
 */
typedef struct _RoundsSyncLock RoundsSyncLock;

RoundsSyncLock *rounds_sync_lock_take (RoundsRecordStore *store, GError **error); /* LOCKED; does not wait */
void rounds_sync_lock_release (RoundsSyncLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncLock, rounds_sync_lock_release)

G_END_DECLS
