/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsRejectedRow:
 *
 * One change that the server refused, with its reason: the record can be opened and mended, the change sent once more,
 * or taken back. A merge of people is one change, with all that it moves; it is taken back by unmerging.
 * Signal "opened": the user goes to the record. Main thread.
 */
#define ROUNDS_TYPE_REJECTED_ROW (rounds_rejected_row_get_type ())

G_DECLARE_FINAL_TYPE (RoundsRejectedRow, rounds_rejected_row, ROUNDS, REJECTED_ROW, GtkListBoxRow)

/**
 * rounds_rejected_row_new:
 * @context: the context
 * @change: a change whose state is REJECTED
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *rounds_rejected_row_new (RoundsAppContext *context, const RoundsChange *change);

/** rounds_rejected_row_get_seq: Returns: the change's number in the log */
gint64 rounds_rejected_row_get_seq (RoundsRejectedRow *self);

G_END_DECLS
