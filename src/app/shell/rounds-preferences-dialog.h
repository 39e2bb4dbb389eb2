/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "sync/rounds-sync-service.h"

G_BEGIN_DECLS

/** RoundsPreferencesDialog: reminders, what notifications tell, running in the background, and the server. Main thread.
 */
#define ROUNDS_TYPE_PREFERENCES_DIALOG (rounds_preferences_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RoundsPreferencesDialog, rounds_preferences_dialog, ROUNDS, PREFERENCES_DIALOG,
                      AdwPreferencesDialog)

/**
 * rounds_preferences_dialog_present:
 * @parent: the widget over which it is presented
 * @context: the context
 * @sync: the sync service
 */
void rounds_preferences_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsSyncService *sync);

G_END_DECLS
