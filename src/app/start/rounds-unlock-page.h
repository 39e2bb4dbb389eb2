/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsUnlockPage:
 *
 * Asks for the recovery code where the keyring does not open the store. Signal "unlock" (const char *code, gboolean
 * remember): the user has entered one. Main thread.
 */
#define ROUNDS_TYPE_UNLOCK_PAGE (rounds_unlock_page_get_type ())

G_DECLARE_FINAL_TYPE (RoundsUnlockPage, rounds_unlock_page, ROUNDS, UNLOCK_PAGE, AdwBin)

/**
 * rounds_unlock_page_new:
 * @reason: (nullable): why the user is asked; plain text
 * @can_remember: whether there is a keyring that can open the store next time
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *rounds_unlock_page_new (const char *reason, gboolean can_remember);

/**
 * rounds_unlock_page_set_busy:
 * @self: the page
 * @busy: whether the code is being tried
 */
void rounds_unlock_page_set_busy (RoundsUnlockPage *self, gboolean busy);

/**
 * rounds_unlock_page_set_message:
 * @self: the page
 * @message: (nullable): why the code does not open the store; told at the field, plain text
 */
void rounds_unlock_page_set_message (RoundsUnlockPage *self, const char *message);

G_END_DECLS
