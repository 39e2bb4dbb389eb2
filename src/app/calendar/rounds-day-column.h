/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/** The height of an hour in the week view, in pixels. */
#define ROUNDS_HOUR_HEIGHT 48

/**
 * RoundsDayColumn:
 *
 * One day of the week view: events as blocks from their start to their end, side by side where they overlap; a line for
 * every hour and, today, for the current time. A double click on a free place plans an appointment there.
 */
#define ROUNDS_TYPE_DAY_COLUMN (rounds_day_column_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayColumn, rounds_day_column, ROUNDS, DAY_COLUMN, GtkWidget)

GtkWidget *rounds_day_column_new (void);
void rounds_day_column_show_day (RoundsDayColumn *self, RoundsCalendarModel *model, const GDate *day);

G_END_DECLS
