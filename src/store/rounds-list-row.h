/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsListRow:
 *
 * A row of a RoundsRecordList that reads its record when somebody wants to see it: a list view makes rows far out of
 * sight, which go again unseen when it is scrolled. Another record in its place is another row. Main thread.
 */
#define ROUNDS_TYPE_LIST_ROW (rounds_list_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsListRow, rounds_list_row, ROUNDS, LIST_ROW, GObject)

RoundsRecord *rounds_list_row_get_record (RoundsListRow *self);

G_END_DECLS
