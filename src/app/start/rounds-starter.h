/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsStarter:
 *
 * Gets from a data directory to an open store: makes it at the first run, opens it with the keyring or the recovery
 * code, and says what is wrong where it cannot be opened. Never replaces or deletes anything. It emits "show"
 * (GtkWidget *) with the page to put in front of the user, and at the end "opened" (RoundsStore *);
 * maybe later "notice" (const char *), something to tell the user in passing. Main thread.
 */
#define ROUNDS_TYPE_STARTER (rounds_starter_get_type ())

G_DECLARE_FINAL_TYPE (RoundsStarter, rounds_starter, ROUNDS, STARTER, GObject)

/**
 * rounds_starter_new:
 * @directory: (nullable): the data directory; %NULL for the usual one
 * @recovery_file: (nullable): a file with the recovery code, which is then used instead of the keyring
 *
 * Returns: (transfer full): the starter; it does nothing before rounds_starter_begin()
 */
RoundsStarter *rounds_starter_new (const char *directory, const char *recovery_file);

/**
 * rounds_starter_begin:
 * @self: the starter
 *
 * Looks at the directory and goes as far as it can without the user. With a recovery file, the store is open when this
 * returns; with a keyring, within moments and without deriving a key.
 */
void rounds_starter_begin (RoundsStarter *self);

/**
 * rounds_starter_get_page:
 * @self: the starter
 *
 * Returns: (transfer none) (nullable): the page that waits for the user, for a window that is opened later
 */
GtkWidget *rounds_starter_get_page (RoundsStarter *self);

G_END_DECLS
