/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsConflictRow:
 *
 * One field that two people changed: what each of them wrote and what was there before, with the difference marked, and
 * a button for each; of a long text also both together, to be edited. What is chosen is saved as a normal edit, with a
 * way back. Main thread.
 */
#define ROUNDS_TYPE_CONFLICT_ROW (rounds_conflict_row_get_type ())

G_DECLARE_FINAL_TYPE (RoundsConflictRow, rounds_conflict_row, ROUNDS, CONFLICT_ROW, GtkListBoxRow)

/**
 * rounds_conflict_row_new:
 * @context: the context
 * @conflict: a record of the entity CONFLICT that is not resolved
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *rounds_conflict_row_new (RoundsAppContext *context, RoundsRecord *conflict);

/** rounds_conflict_row_get_id: Returns: (transfer none): the conflict that it shows */
const RoundsUuid *rounds_conflict_row_get_id (RoundsConflictRow *self);

/**
 * rounds_conflict_row_update:
 * @self: a row
 * @conflict: (transfer none): the same conflict as it is stored now; what is being edited stays
 */
void rounds_conflict_row_update (RoundsConflictRow *self, RoundsRecord *conflict);

G_END_DECLS
