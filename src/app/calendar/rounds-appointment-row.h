/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-event.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsAppointmentRow:
 *
 * An appointment in a list: its times, title, place and status. Activating it opens the appointment.
 */
#define ROUNDS_TYPE_APPOINTMENT_ROW (rounds_appointment_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAppointmentRow, rounds_appointment_row, ROUNDS, APPOINTMENT_ROW, AdwActionRow)

GtkWidget *rounds_appointment_row_new (RoundsAppContext *context, RoundsCalendarEvent *event, GtkSizeGroup *times);
const RoundsUuid *rounds_appointment_row_get_id (RoundsAppointmentRow *self);

G_END_DECLS
