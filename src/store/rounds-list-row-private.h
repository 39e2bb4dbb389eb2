/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-list-row.h"
#include "rounds-record-list.h"

G_BEGIN_DECLS

RoundsListRow *rounds_list_row_new (RoundsRecordList *list, gint64 key);
const gint64 *rounds_list_row_get_key (RoundsListRow *self);
gboolean rounds_list_row_shows_other (RoundsListRow *self, RoundsRecord *record);
void rounds_list_row_let_go (RoundsListRow *self);

/* Of the list, for its rows. */
RoundsRecord *rounds_record_list_get_record (RoundsRecordList *self, gint64 key);
void rounds_record_list_forget_row (RoundsRecordList *self, RoundsListRow *row);

G_END_DECLS
