/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/** RoundsSidebarRow: one page in the sidebar: icon and title. */
#define ROUNDS_TYPE_SIDEBAR_ROW (rounds_sidebar_row_get_type ())

G_DECLARE_FINAL_TYPE (RoundsSidebarRow, rounds_sidebar_row, ROUNDS, SIDEBAR_ROW, GtkListBoxRow)

/**
 * rounds_sidebar_row_new:
 * @id: the page's id
 * @title: the page's title, translated; plain text
 * @icon_name: its symbolic icon
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *rounds_sidebar_row_new (const char *id, const char *title, const char *icon_name);

/**
 * rounds_sidebar_row_get_id:
 * @self: the row
 *
 * Returns: (transfer none): the page's id
 */
const char *rounds_sidebar_row_get_id (RoundsSidebarRow *self);

G_END_DECLS
