/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-list-row.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsRecordList:
 *
 * A GListModel of RoundsRecord over a query. Holds the row keys in order, makes records on demand and keeps the
 * last few hundred. After a commit that touches its entity it reads the keys again off the main thread and emits the
 * smallest items-changed; the answer of an older query is dropped. Properties: "n-items", "loading", "query",
 * "is-empty" (loaded, and nothing there). Signal: "answered": the first rows of the query that was set last are there.
 */
#define ROUNDS_TYPE_RECORD_LIST (rounds_record_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRecordList, rounds_record_list, ROUNDS, RECORD_LIST, GObject)

RoundsRecordList *rounds_record_list_new (RoundsStore *store, RoundsQuery *query);
void rounds_record_list_set_query (RoundsRecordList *self, RoundsQuery *query);
RoundsQuery *rounds_record_list_get_query (RoundsRecordList *self);
gboolean rounds_record_list_is_loading (RoundsRecordList *self);
void rounds_record_list_refresh (RoundsRecordList *self);
void rounds_record_list_set_held (RoundsRecordList *self, gboolean held);
/* Also read again when one of these entities changes (a row shows their values). */
void rounds_record_list_watch (RoundsRecordList *self, RoundsEntity entity);
guint rounds_record_list_find (RoundsRecordList *self, const RoundsUuid *id); /* GTK_INVALID_LIST_POSITION: not there */
RoundsListRow *rounds_record_list_get_row (RoundsRecordList *self, guint position);
gint64 rounds_record_list_get_key (RoundsRecordList *self, guint position);
/* Of a query in sections. Returns: the letter; 0: no sections. */
gunichar rounds_record_list_get_section (RoundsRecordList *self, guint position, guint *start, guint *end);

G_END_DECLS
