/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-journey-kind.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_journey_history_fill (AdwPreferencesGroup *group, const RoundsJourneyKind *kind, GPtrArray *steps);

G_END_DECLS
