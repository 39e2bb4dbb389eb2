/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsInteractionFilter:
 *
 * The rows of the interaction list's filter: with whom, what came of it, when, whose, whether it is submitted. Signal
 * "changed". Main thread.
 */
#define ROUNDS_TYPE_INTERACTION_FILTER (rounds_interaction_filter_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInteractionFilter, rounds_interaction_filter, ROUNDS, INTERACTION_FILTER, AdwBin)

void rounds_interaction_filter_set_up (RoundsInteractionFilter *self, RoundsAppContext *context);
void rounds_interaction_filter_add_to (RoundsInteractionFilter *self, RoundsQuery *query);
char *rounds_interaction_filter_describe (RoundsInteractionFilter *self);
void rounds_interaction_filter_clear (RoundsInteractionFilter *self);
char *rounds_interaction_filter_to_json (RoundsInteractionFilter *self, const char *words, const char *type);
gboolean rounds_interaction_filter_set_json (RoundsInteractionFilter *self, const char *json, char **words, char **type,
                                             GError **error);

G_END_DECLS
