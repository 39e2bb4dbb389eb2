/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsMergedGroup:
 *
 * Of whom else a contact is made, a line each with the way to undo that merge; not there where nobody was merged.
 */
#define ROUNDS_TYPE_MERGED_GROUP (rounds_merged_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsMergedGroup, rounds_merged_group, ROUNDS, MERGED_GROUP, AdwPreferencesGroup)

void rounds_merged_group_show (RoundsMergedGroup *self, RoundsAppContext *context, RoundsRecord *person);

G_END_DECLS
