/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-engine.h"
#include "rounds-sync-protocol.h"

G_BEGIN_DECLS

/* The half of the engine that sends what waits in the outbox, request by request. While one is on its way, the answer
 * to the one before is stored and the next one collected, so that the server need not wait for the device's disk. */
typedef struct _RoundsSyncPusher RoundsSyncPusher;

/* @summary: (not owned): the run's, kept up to date */
RoundsSyncPusher *rounds_sync_pusher_new (RoundsRecordStore *store, RoundsSyncSummary *summary);
void rounds_sync_pusher_free (RoundsSyncPusher *self);
void rounds_sync_pusher_set_limit (RoundsSyncPusher *self, guint limit);
/* Drops what is not stored; the outbox still has it. */
void rounds_sync_pusher_restart (RoundsSyncPusher *self);

/* @request: (out) (transfer full) (nullable): %NULL when all is sent */
gboolean rounds_sync_pusher_next (RoundsSyncPusher *self, RoundsSyncRequest **request, GError **error);
gboolean rounds_sync_pusher_work (RoundsSyncPusher *self, GError **error);
gboolean rounds_sync_pusher_is_waiting (RoundsSyncPusher *self);
/* (transfer full): the answer to what is on its way. One that tells of a reset is not to be taken. */
RoundsSyncReply *rounds_sync_pusher_read (RoundsSyncPusher *self, GBytes *body, GError **error);
gboolean rounds_sync_pusher_take (RoundsSyncPusher *self, RoundsSyncReply *reply, GError **error); /* (transfer full) */
gboolean rounds_sync_pusher_take_refusal (RoundsSyncPusher *self, const GError *why, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncPusher, rounds_sync_pusher_free)

G_END_DECLS
