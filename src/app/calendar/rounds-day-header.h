/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsDayHeader:
 *
 * A day's name above its column of the week view, with its whole-day events. It is what has the focus when the arrow
 * keys move between days; Enter plans an appointment on the day.
 */
#define ROUNDS_TYPE_DAY_HEADER (rounds_day_header_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDayHeader, rounds_day_header, ROUNDS, DAY_HEADER, GtkWidget)

GtkWidget *rounds_day_header_new (void);
void rounds_day_header_show_day (RoundsDayHeader *self, RoundsCalendarModel *model, const GDate *day);
const GDate *rounds_day_header_get_day (RoundsDayHeader *self);
void rounds_day_header_set_selected (RoundsDayHeader *self, gboolean selected);

G_END_DECLS
