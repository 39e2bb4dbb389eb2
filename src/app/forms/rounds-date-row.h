/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsDateRow:
 *
 * A row of a form for a day, or with "with-time" for a moment in the user's own zone. It is written
 * `2026-01-31` or `2026-01-31 09:30`; "today", "yesterday", "tomorrow" and a time alone are understood as well, and a
 * calendar is one click away. The day's name stands beside it.
 */
#define ROUNDS_TYPE_DATE_ROW (rounds_date_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDateRow, rounds_date_row, ROUNDS, DATE_ROW, AdwEntryRow)

GtkWidget *rounds_date_row_new (const char *title, gboolean with_time);
void rounds_date_row_set_date (RoundsDateRow *self, const char *date);
char *rounds_date_row_dup_date (RoundsDateRow *self);
void rounds_date_row_set_instant (RoundsDateRow *self, gint64 instant);
gboolean rounds_date_row_get_instant (RoundsDateRow *self, gint64 *instant);

G_END_DECLS
