/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsCalendarPage:
 *
 * The rep's appointments by month or by week. Property: "view" ("month" or "week").
 */
#define ROUNDS_TYPE_CALENDAR_PAGE (rounds_calendar_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCalendarPage, rounds_calendar_page, ROUNDS, CALENDAR_PAGE, AdwBin)

GtkWidget *rounds_calendar_page_new (RoundsAppContext *context);

G_END_DECLS
