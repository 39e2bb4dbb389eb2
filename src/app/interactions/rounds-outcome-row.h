/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RoundsOutcomeRow:
 *
 * A row of a form in which what came of an interaction is one press: met, left material, no-show and the rest stand
 * beside each other; the same again takes it back. Signal "changed": the user chose. Main thread.
 */
#define ROUNDS_TYPE_OUTCOME_ROW (rounds_outcome_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsOutcomeRow, rounds_outcome_row, ROUNDS, OUTCOME_ROW, AdwPreferencesRow)

void rounds_outcome_row_set (RoundsOutcomeRow *self, const char *outcome, gboolean no_show);
const char *rounds_outcome_row_get (RoundsOutcomeRow *self, gboolean *no_show);

G_END_DECLS
