/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsDateRow:
 *
 * A row of a form for a day, or with "with-time" for a moment in the user's own zone. It shows them in the locale's
 * numbers and reads what people write, in the words of the one-line entry: "yesterday", "fri 3pm", "14h30", "14 March";
 * ISO dates always. What is understood stands beside it; a calendar is one click away. A day without its year is the
 * last one, or with "ahead" the next one.
 */
#define ROUNDS_TYPE_DATE_ROW (rounds_date_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ROUNDS, DATE_ROW, AdwEntryRow)

GtkWidget *rounds_date_row_new (const char *title, gboolean with_time);
void rounds_date_row_set_date (RoundsDateRow *self, const char *date);
char *rounds_date_row_dup_date (RoundsDateRow *self);
void rounds_date_row_set_instant (RoundsDateRow *self, gint64 instant);
gboolean rounds_date_row_get_instant (RoundsDateRow *self, gint64 *instant);
gboolean rounds_date_row_is_empty (RoundsDateRow *self);
char *rounds_date_row_explain (RoundsDateRow *self);

G_END_DECLS
