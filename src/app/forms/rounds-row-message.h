/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsRowMessage:
 *
 * A row below another one that tells what is wrong with it, or what is to be known of it; hidden while there is nothing
 * to tell. Main thread.
 */
#define ROUNDS_TYPE_ROW_MESSAGE (rounds_row_message_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRowMessage, rounds_row_message, ROUNDS, ROW_MESSAGE, AdwPreferencesRow)

GtkWidget *rounds_row_message_new (void);
void rounds_row_message_show_error (RoundsRowMessage *self, GtkWidget *row, const char *text);
void rounds_row_message_show_note (RoundsRowMessage *self, const char *text);

G_END_DECLS
