/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsJourneyColumn: the journeys of one stage, as a column of the board. */
#define ROUNDS_TYPE_JOURNEY_COLUMN (rounds_journey_column_get_type ())
G_DECLARE_FINAL_TYPE (RoundsJourneyColumn, rounds_journey_column, ROUNDS, JOURNEY_COLUMN, GtkWidget)

GtkWidget *rounds_journey_column_new (RoundsAppContext *context, const char *title, GListModel *journeys);

G_END_DECLS
