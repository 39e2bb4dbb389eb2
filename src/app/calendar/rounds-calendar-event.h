/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-range.h"
#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsCalendarEvent:
 *
 * An appointment as the views draw it: which days it touches in the user's zone and how it is put into words. Never
 * changes; when the appointment does, there is a new one.
 */
#define ROUNDS_TYPE_CALENDAR_EVENT (rounds_calendar_event_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCalendarEvent, rounds_calendar_event, ROUNDS, CALENDAR_EVENT, GObject)

RoundsCalendarEvent *rounds_calendar_event_new (RoundsRecord *appointment, const char *zone);
RoundsRecord *rounds_calendar_event_get_record (RoundsCalendarEvent *self);
const RoundsInterval *rounds_calendar_event_get_interval (RoundsCalendarEvent *self);
const RoundsDayRange *rounds_calendar_event_get_days (RoundsCalendarEvent *self);
gboolean rounds_calendar_event_is_all_day (RoundsCalendarEvent *self);
const char *rounds_calendar_event_get_title (RoundsCalendarEvent *self);
const char *rounds_calendar_event_get_status (RoundsCalendarEvent *self);
const char *rounds_calendar_event_get_status_label (RoundsCalendarEvent *self);
const char *rounds_calendar_event_get_icon_name (RoundsCalendarEvent *self);
char *rounds_calendar_event_dup_start_text (RoundsCalendarEvent *self);
char *rounds_calendar_event_dup_time_text (RoundsCalendarEvent *self);
char *rounds_calendar_event_dup_accessible_text (RoundsCalendarEvent *self);
gboolean rounds_calendar_event_shows (RoundsCalendarEvent *self, RoundsRecord *appointment);
gboolean rounds_calendar_events_equal (GPtrArray *a, GPtrArray *b);
int rounds_calendar_event_compare (RoundsCalendarEvent *a, RoundsCalendarEvent *b);

char *rounds_calendar_format_date (const GDate *date, const char *format);
void rounds_calendar_get_today (GDate *date);

G_END_DECLS
