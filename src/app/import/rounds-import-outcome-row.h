/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "rounds-import-outcome-list.h"

G_BEGIN_DECLS

/** RoundsImportOutcomeRow: one row of the file in a list: whom it names, what becomes of it, and the choice if there is
 * one. Main thread. */
#define ROUNDS_TYPE_IMPORT_OUTCOME_ROW (rounds_import_outcome_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportOutcomeRow, rounds_import_outcome_row, ROUNDS, IMPORT_OUTCOME_ROW, GtkBox)

GtkWidget *rounds_import_outcome_row_new (RoundsAppContext *context);
void rounds_import_outcome_row_bind (RoundsImportOutcomeRow *self, RoundsImportOutcomeList *list,
                                     RoundsImportOutcomeItem *item);
void rounds_import_outcome_row_unbind (RoundsImportOutcomeRow *self);
const char *rounds_import_outcome_row_get_title (RoundsImportOutcomeRow *self);

/* The three things that can be done with a row about somebody who is known, in the order of the choices. */
#define ROUNDS_IMPORT_N_CHOICES 3
RoundsImportDecision rounds_import_choice_to_decision (guint choice);
guint rounds_import_choice_from_decision (RoundsImportDecision decision);
char *rounds_import_outcome_describe (RoundsImportOutcomeList *list, const RoundsImportOutcome *outcome,
                                      RoundsStore *store);

G_END_DECLS
