/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-journey-kind.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsJourneyCard:
 *
 * A journey in a list or on the board: the patient's name, the trial or product, and for how long it has been in its
 * stage. Reads these by a few indexed look-ups when it is given a journey, so only for rows that are on the screen.
 */
#define ROUNDS_TYPE_JOURNEY_CARD (rounds_journey_card_get_type ())
G_DECLARE_FINAL_TYPE (RoundsJourneyCard, rounds_journey_card, ROUNDS, JOURNEY_CARD, GtkWidget)

GtkWidget *rounds_journey_card_new (RoundsAppContext *context);
void rounds_journey_card_show (RoundsJourneyCard *self, RoundsRecord *journey);
const char *rounds_journey_card_get_accessible_text (RoundsJourneyCard *self);

G_END_DECLS
