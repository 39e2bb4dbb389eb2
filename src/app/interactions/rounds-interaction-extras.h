/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-text-row.h"
#include "interactions/rounds-interaction-parts.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsInteractionExtras:
 *
 * What an interaction's form offers below the notes, and shows once it is used: templates, promises in the notes, who
 * else was there, what is to be done next. Signal "changed": the user changed something. Main thread.
 */
#define ROUNDS_TYPE_INTERACTION_EXTRAS (rounds_interaction_extras_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInteractionExtras, rounds_interaction_extras, ROUNDS, INTERACTION_EXTRAS, GtkBox)

void rounds_interaction_extras_set_up (RoundsInteractionExtras *self, RoundsAppContext *context, RoundsTextRow *notes);
void rounds_interaction_extras_show (RoundsInteractionExtras *self, RoundsInteractionParts *parts);
void rounds_interaction_extras_set_type (RoundsInteractionExtras *self, const char *interaction_type);
void rounds_interaction_extras_peek (RoundsInteractionExtras *self, RoundsInteractionParts *parts);
gboolean rounds_interaction_extras_apply (RoundsInteractionExtras *self, RoundsInteractionParts *parts);

G_END_DECLS
