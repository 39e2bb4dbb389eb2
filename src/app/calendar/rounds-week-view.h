/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsWeekView:
 *
 * A week, hour by hour. Left and Right move between days through the actions "calendar.…" of the page around it.
 */
#define ROUNDS_TYPE_WEEK_VIEW (rounds_week_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWeekView, rounds_week_view, ROUNDS, WEEK_VIEW, GtkWidget)

void rounds_week_view_set_model (RoundsWeekView *self, RoundsCalendarModel *model);
void rounds_week_view_show_day (RoundsWeekView *self, const GDate *day);
void rounds_week_view_refresh (RoundsWeekView *self);
void rounds_week_view_redraw (RoundsWeekView *self);
void rounds_week_view_focus_day (RoundsWeekView *self);

G_END_DECLS
