/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-service.h"

G_BEGIN_DECLS

/**
 * RoundsSyncDialog:
 *
 * How things stand between this device and the server: what needs the user (where two people wrote different things,
 * and what the server refused), what waits to be sent, when the last sync was. Main thread.
 */
#define ROUNDS_TYPE_SYNC_DIALOG (rounds_sync_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RoundsSyncDialog, rounds_sync_dialog, ROUNDS, SYNC_DIALOG, AdwDialog)

/**
 * rounds_sync_dialog_present:
 * @parent: the widget over which it is presented
 * @context: the context
 * @service: the service that syncs
 */
void rounds_sync_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsSyncService *service);

G_END_DECLS
