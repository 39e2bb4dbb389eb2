/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsTodayPage:
 *
 * What a rep's day holds: today's appointments, follow-ups that are due, drafts to go on with, the last interactions.
 */
#define ROUNDS_TYPE_TODAY_PAGE (rounds_today_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTodayPage, rounds_today_page, ROUNDS, TODAY_PAGE, AdwBin)

GtkWidget *rounds_today_page_new (RoundsAppContext *context);

G_END_DECLS
