/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-query.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/* What is done to several at once: each is read and written, and one toast takes all of it back. */
#define ROUNDS_INTERACTIONS_AT_ONCE 1000

/**
 * RoundsInteractionList:
 *
 * The interactions that a query finds, by day; a day of which something is to be submitted offers it. Only what is in
 * sight has widgets. A click opens one, or selects it while the user selects.
 *
 * Signals: "rows-changed": other rows, or all of them are there now; "selection-changed". Main thread.
 */
#define ROUNDS_TYPE_INTERACTION_LIST (rounds_interaction_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInteractionList, rounds_interaction_list, ROUNDS, INTERACTION_LIST, AdwBin)

void rounds_interaction_list_set_up (RoundsInteractionList *self, RoundsAppContext *context, RoundsQuery *query);
void rounds_interaction_list_set_query (RoundsInteractionList *self, RoundsQuery *query, const char *words);
RoundsQuery *rounds_interaction_list_get_query (RoundsInteractionList *self);
guint rounds_interaction_list_get_n_rows (RoundsInteractionList *self);
gboolean rounds_interaction_list_is_loading (RoundsInteractionList *self);
void rounds_interaction_list_focus (RoundsInteractionList *self);
gboolean rounds_interaction_list_focus_first (RoundsInteractionList *self);

void rounds_interaction_list_set_selecting (RoundsInteractionList *self, gboolean selecting);
gboolean rounds_interaction_list_get_selecting (RoundsInteractionList *self);
guint rounds_interaction_list_count_selected (RoundsInteractionList *self);
GArray *rounds_interaction_list_get_selected (RoundsInteractionList *self);

G_END_DECLS
