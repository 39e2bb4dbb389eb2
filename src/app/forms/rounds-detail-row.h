/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsDetailRow:
 *
 * A row that shows a value. A click, Enter or F2 edits it; Ctrl+C and a menu copy it. Action "row.edit" emits the
 * signal "edit", for rows that are edited where they stand. Main thread.
 */
#define ROUNDS_TYPE_DETAIL_ROW (rounds_detail_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDetailRow, rounds_detail_row, ROUNDS, DETAIL_ROW, AdwActionRow)

GtkWidget *rounds_detail_row_new (const char *title, const char *value, const char *action, GVariant *target);
void rounds_detail_row_set_value (RoundsDetailRow *self, const char *value);
void rounds_detail_row_set_editable (RoundsDetailRow *self, gboolean editable);
void rounds_detail_row_add_button (RoundsDetailRow *self, const char *icon, const char *label, const char *action,
                                   GVariant *target);

/* Of any row of a list, and for what is made anew with its page. */
void rounds_detail_row_add_keys (GtkWidget *row);
void rounds_detail_row_set_key (GtkWidget *widget, const char *key);
const char *rounds_detail_row_get_key (GtkWidget *widget);

G_END_DECLS
