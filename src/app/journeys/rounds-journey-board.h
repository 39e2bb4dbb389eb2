/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsJourneyBoard:
 *
 * All journeys of one kind by stage: columns side by side, or with "narrow" one list with a heading for each stage.
 */
#define ROUNDS_TYPE_JOURNEY_BOARD (rounds_journey_board_get_type ())
G_DECLARE_FINAL_TYPE (RoundsJourneyBoard, rounds_journey_board, ROUNDS, JOURNEY_BOARD, GtkWidget)

void rounds_journey_board_set_up (RoundsJourneyBoard *self, RoundsAppContext *context, RoundsEntity entity);
RoundsEntity rounds_journey_board_get_entity (RoundsJourneyBoard *self);

G_END_DECLS
