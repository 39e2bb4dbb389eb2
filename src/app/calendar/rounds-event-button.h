/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsEventButton:
 *
 * An event's coloured block in the month and week views. Its status shows by an icon and in its accessible name as
 * well as by its colour. Clicking it, or Enter, opens the appointment.
 */
#define ROUNDS_TYPE_EVENT_BUTTON (rounds_event_button_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEventButton, rounds_event_button, ROUNDS, EVENT_BUTTON, GtkButton)

GtkWidget *rounds_event_button_new (RoundsCalendarModel *model, RoundsCalendarEvent *event, guint n_lines);
void rounds_event_button_set_show_time (RoundsEventButton *self, gboolean show_time);

G_END_DECLS
