/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsDuplicatesBanner:
 *
 * Tells that there are contacts who may be the same, and leads to them. It knows from the last look; after many
 * contacts have come at once (an import, a first sync) it looks again. It does not at every start, which would take the
 * time of reading everybody.
 */
#define ROUNDS_TYPE_DUPLICATES_BANNER (rounds_duplicates_banner_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDuplicatesBanner, rounds_duplicates_banner, ROUNDS, DUPLICATES_BANNER, AdwBin)

void rounds_duplicates_banner_set_context (RoundsDuplicatesBanner *self, RoundsAppContext *context);
void rounds_duplicates_banner_review (RoundsDuplicatesBanner *self);

G_END_DECLS
