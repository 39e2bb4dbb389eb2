/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsMonthView:
 *
 * A month as whole weeks: the arrow keys move between days, Page Up and Page Down between months, through the actions
 * "calendar.…" of the page around it. Properties: "compact": dots in place of events;
 * "show-times": whether there is room for their times.
 */
#define ROUNDS_TYPE_MONTH_VIEW (rounds_month_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsMonthView, rounds_month_view, ROUNDS, MONTH_VIEW, GtkWidget)

void rounds_month_view_set_model (RoundsMonthView *self, RoundsCalendarModel *model);
void rounds_month_view_show_day (RoundsMonthView *self, const GDate *day);
void rounds_month_view_refresh (RoundsMonthView *self);
void rounds_month_view_focus_day (RoundsMonthView *self);

G_END_DECLS
