/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-event.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** The longest appointment that the calendar looks for before the first visible day. */
#define ROUNDS_APPOINTMENT_MOST_DAYS 62

/**
 * RoundsCalendarModel:
 *
 * The appointments of the days that are visible, and no others: the store reads them off the main thread by the index
 * on their start, again whenever one changes. Signal "changed": the events are others now. Main thread.
 */
#define ROUNDS_TYPE_CALENDAR_MODEL (rounds_calendar_model_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCalendarModel, rounds_calendar_model, ROUNDS, CALENDAR_MODEL, GObject)

RoundsCalendarModel *rounds_calendar_model_new (RoundsAppContext *context);
RoundsAppContext *rounds_calendar_model_get_context (RoundsCalendarModel *self);
const char *rounds_calendar_model_get_zone (RoundsCalendarModel *self);
void rounds_calendar_model_set_range (RoundsCalendarModel *self, const RoundsDayRange *range);
GPtrArray *rounds_calendar_model_list_day (RoundsCalendarModel *self, const GDate *day);
gboolean rounds_calendar_model_is_loading (RoundsCalendarModel *self);
void rounds_calendar_model_set_held (RoundsCalendarModel *self, gboolean held);

RoundsQuery *rounds_calendar_query_new (const RoundsInterval *interval);

G_END_DECLS
