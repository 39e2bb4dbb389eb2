/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsWelcomePage:
 *
 * The first run: says what Rounds is, shows the recovery code, and lets the user go on only when it is written down.
 * Signal "create" (const char *code): the user has it; the store is to be made with this code. Main thread.
 */
#define ROUNDS_TYPE_WELCOME_PAGE (rounds_welcome_page_get_type ())

G_DECLARE_FINAL_TYPE (RoundsWelcomePage, rounds_welcome_page, ROUNDS, WELCOME_PAGE, AdwBin)

/**
 * rounds_welcome_page_new:
 * @code: a new recovery code
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *rounds_welcome_page_new (const char *code);

/**
 * rounds_welcome_page_set_busy:
 * @self: the page
 * @busy: whether the store is being made
 */
void rounds_welcome_page_set_busy (RoundsWelcomePage *self, gboolean busy);

/**
 * rounds_welcome_page_set_message:
 * @self: the page
 * @message: (nullable): why the store could not be made; plain text
 */
void rounds_welcome_page_set_message (RoundsWelcomePage *self, const char *message);

G_END_DECLS
