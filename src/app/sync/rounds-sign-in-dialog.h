/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-service.h"

G_BEGIN_DECLS

/** RoundsSignInDialog: asks for the server's address, user name and password. Main thread. */
#define ROUNDS_TYPE_SIGN_IN_DIALOG (rounds_sign_in_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RoundsSignInDialog, rounds_sign_in_dialog, ROUNDS, SIGN_IN_DIALOG, AdwDialog)

/**
 * rounds_sign_in_dialog_present:
 * @parent: the widget over which it is presented
 * @service: the service that signs in
 */
void rounds_sign_in_dialog_present (GtkWidget *parent, RoundsSyncService *service);

G_END_DECLS
