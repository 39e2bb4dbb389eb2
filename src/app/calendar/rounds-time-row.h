/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsTimeRow:
 *
 * A row of a form for a time of day. It forgives how the time is written ("9", "930", "9.30", "14h30", "2pm"); Up and
 * Down move it by a quarter of an hour. Signal "changed" is the editable's.
 */
#define ROUNDS_TYPE_TIME_ROW (rounds_time_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimeRow, rounds_time_row, ROUNDS, TIME_ROW, AdwEntryRow)

gboolean rounds_time_row_get_minute (RoundsTimeRow *self, int *minute);
void rounds_time_row_set_minute (RoundsTimeRow *self, int minute);
char *rounds_time_row_explain (void);

G_END_DECLS
