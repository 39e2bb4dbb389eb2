/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-calendar-model.h"

G_BEGIN_DECLS

/**
 * RoundsAgendaView:
 *
 * The appointments of one day or several as a list, for narrow windows: a heading for every day that has some.
 */
#define ROUNDS_TYPE_AGENDA_VIEW (rounds_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAgendaView, rounds_agenda_view, ROUNDS, AGENDA_VIEW, GtkWidget)

void rounds_agenda_view_set_model (RoundsAgendaView *self, RoundsCalendarModel *model);
void rounds_agenda_view_show_days (RoundsAgendaView *self, const RoundsDayRange *range, const GDate *day);
void rounds_agenda_view_refresh (RoundsAgendaView *self);

G_END_DECLS
