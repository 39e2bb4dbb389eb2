/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsTroublePage:
 *
 * The store cannot be opened: what is wrong, where, and what can be done. Signals: "retry", "recover" (ask for the
 * recovery code), "choose" (const char *directory: open that one), "move-aside" (the user wants to begin anew and has
 * confirmed it). Main thread.
 */
#define ROUNDS_TYPE_TROUBLE_PAGE (rounds_trouble_page_get_type ())

G_DECLARE_FINAL_TYPE (RoundsTroublePage, rounds_trouble_page, ROUNDS, TROUBLE_PAGE, AdwBin)

/**
 * rounds_trouble_page_new:
 * @error: what is wrong
 * @directory: the data directory
 * @can_recover: whether a recovery code may help
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *rounds_trouble_page_new (const GError *error, const char *directory, gboolean can_recover);

G_END_DECLS
