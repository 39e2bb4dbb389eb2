/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"
#include "rounds-territory-scope.h"

G_BEGIN_DECLS

/* The server's side of sync over a record store of role SERVER: from a request to an answer, without HTTP. Blocking; on
 * the store's thread. */

#define ROUNDS_STATE_EPOCH "epoch" /* in the server's store: renew it after restoring a backup */

/**
 * RoundsSyncAllowFunc:
 * @mutation: what a device wants to do
 * @current: (nullable): the record as it is, %NULL if there is none
 * @error: (out): why not, for the user: %ROUNDS_ERROR_FORBIDDEN
 *
 * Returns: whether the user may do that; on %FALSE the mutation's group is rejected
 */
typedef gboolean (*RoundsSyncAllowFunc) (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current,
                                         gpointer data, GError **error);

GBytes *rounds_sync_server_push (RoundsRecordStore *store, const RoundsTerritoryScope *scope, const RoundsUuid *user,
                                 const RoundsUuid *device, GBytes *body, RoundsSyncAllowFunc allow, gpointer data,
                                 GError **error);
GBytes *rounds_sync_server_pull (RoundsRecordStore *store, const RoundsTerritoryScope *scope, const char *cursor,
                                 guint limit, GError **error);

G_END_DECLS
