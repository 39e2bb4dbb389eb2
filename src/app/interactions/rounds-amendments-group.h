/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsAmendmentsGroup:
 *
 * What a submitted interaction said before it was amended: for each amendment its reason, who and when, and what became
 * of the original, marked. Invisible where there is none. Main thread.
 */
#define ROUNDS_TYPE_AMENDMENTS_GROUP (rounds_amendments_group_get_type ())
G_DECLARE_FINAL_TYPE (RoundsAmendmentsGroup, rounds_amendments_group, ROUNDS, AMENDMENTS_GROUP, AdwPreferencesGroup)

void rounds_amendments_group_show (RoundsAmendmentsGroup *self, RoundsStore *store, RoundsRecord *interaction);

G_END_DECLS
