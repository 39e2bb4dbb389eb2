/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-protocol.h"

G_BEGIN_DECLS

/**
 * RoundsSyncPushWriter:
 *
 * Writes the body of a push in two steps: its mutations, which are known early, and how far the device has come, which
 * the answer to the push before it tells. The first and longer part is written and packed while that answer is on its
 * way.
 */
typedef struct _RoundsSyncPushWriter RoundsSyncPushWriter;

RoundsSyncPushWriter *rounds_sync_push_writer_new (GPtrArray *mutations);
void rounds_sync_push_writer_free (RoundsSyncPushWriter *self);
GBytes *rounds_sync_push_writer_finish (RoundsSyncPushWriter *self, const RoundsUuid *device, const char *cursor,
                                        const char *epoch, GBytes **packed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncPushWriter, rounds_sync_push_writer_free)

G_END_DECLS
