/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-service.h"

G_BEGIN_DECLS

/**
 * RoundsSyncStatus:
 *
 * The line at the sidebar's foot: how things stand with the server. Pressing it tells more; on a device that has never
 * been signed in it does that. Main thread.
 */
#define ROUNDS_TYPE_SYNC_STATUS (rounds_sync_status_get_type ())

G_DECLARE_FINAL_TYPE (RoundsSyncStatus, rounds_sync_status, ROUNDS, SYNC_STATUS, AdwBin)

/**
 * rounds_sync_status_set_service:
 * @self: the line
 * @service: the service that it follows
 */
void rounds_sync_status_set_service (RoundsSyncStatus *self, RoundsSyncService *service);

/**
 * rounds_sync_status_show_icon:
 * @service: the service
 * @image: shows how things stand; what it says in colour it also says in shape
 */
void rounds_sync_status_show_icon (RoundsSyncService *service, GtkImage *image);

G_END_DECLS
