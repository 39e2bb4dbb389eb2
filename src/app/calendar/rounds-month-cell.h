/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsMonthCell:
 *
 * One day of the month view: as many events as there is room for, and how many more there are; in a narrow window a
 * dot for each. Click and Enter work through the actions "calendar.select-day" and "page.new" of the page around it.
 */
#define ROUNDS_TYPE_MONTH_CELL (rounds_month_cell_get_type ())
G_DECLARE_FINAL_TYPE (RoundsMonthCell, rounds_month_cell, ROUNDS, MONTH_CELL, GtkWidget)

GtkWidget *rounds_month_cell_new (void);
void rounds_month_cell_show_day (RoundsMonthCell *self, RoundsCalendarModel *model, const GDate *day,
                                 gboolean in_month);
const GDate *rounds_month_cell_get_day (RoundsMonthCell *self);
void rounds_month_cell_set_compact (RoundsMonthCell *self, gboolean compact);
void rounds_month_cell_set_show_times (RoundsMonthCell *self, gboolean show_times);
void rounds_month_cell_set_selected (RoundsMonthCell *self, gboolean selected);

G_END_DECLS
