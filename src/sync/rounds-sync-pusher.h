/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-engine.h"

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

RoundsSyncRequest *rounds_sync_pusher_next (RoundsSyncPusher *self, GError **error); /* NULL without error: all sent */
gboolean rounds_sync_pusher_work (RoundsSyncPusher *self, GError **error);
gboolean rounds_sync_pusher_is_waiting (RoundsSyncPusher *self);
/* @up_to_date: (out): whether nothing but what @body tells has happened on the server
 * @reset: (out): whether the server came back from a backup, @epoch (nullable); then nothing was stored */
gboolean rounds_sync_pusher_receive (RoundsSyncPusher *self, GBytes *body, gboolean *up_to_date, gboolean *reset,
                                     char **epoch, GError **error);
gboolean rounds_sync_pusher_receive_refusal (RoundsSyncPusher *self, const GError *why, gboolean *up_to_date,
                                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncPusher, rounds_sync_pusher_free)

G_END_DECLS
