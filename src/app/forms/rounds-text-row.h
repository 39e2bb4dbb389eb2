/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsTextRow:
 *
 * A row of a form for text of several lines. Tab moves on, Return makes a line. Properties: "text" (never %NULL),
 * "editable", "min-lines".
 */
#define ROUNDS_TYPE_TEXT_ROW (rounds_text_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTextRow, rounds_text_row, ROUNDS, TEXT_ROW, AdwPreferencesRow)

GtkWidget *rounds_text_row_new (const char *title);
void rounds_text_row_set_text (RoundsTextRow *self, const char *text);
char *rounds_text_row_dup_text (RoundsTextRow *self);
void rounds_text_row_insert (RoundsTextRow *self, const char *text);

G_END_DECLS
