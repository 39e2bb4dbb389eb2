/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RoundsRowText:
 *
 * A line of text in a row or a cell of a long list. It asks for no width, takes what there is, and shortens its text at
 * the end. It is made many times while somebody types or scrolls: until it is in a window it asks for no style, and the
 * text is shaped once, for its height and for its picture. Main thread.
 */
#define ROUNDS_TYPE_ROW_TEXT (rounds_row_text_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRowText, rounds_row_text, ROUNDS, ROW_TEXT, GtkWidget)

GtkWidget *rounds_row_text_new (void);
void rounds_row_text_show (RoundsRowText *self, const char *text, PangoAttrList *marks);
const char *rounds_row_text_get_text (RoundsRowText *self);

G_END_DECLS
