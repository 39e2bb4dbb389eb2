/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-record-list.h"

G_BEGIN_DECLS

/**
 * RoundsRowSelection:
 *
 * Which rows of a list of records are selected. Where several are, they stay so while rows move: a reading that
 * replaces a range of rows would otherwise unselect what only changed its place. Signal: "changed": by somebody who
 * selects. Main thread.
 */
#define ROUNDS_TYPE_ROW_SELECTION (rounds_row_selection_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRowSelection, rounds_row_selection, ROUNDS, ROW_SELECTION, GObject)

RoundsRowSelection *rounds_row_selection_new (RoundsRecordList *records, GListModel *model);
GtkSelectionModel *rounds_row_selection_get_model (RoundsRowSelection *self); /* (transfer none): for a view */
guint rounds_row_selection_get_size (RoundsRowSelection *self);
RoundsRecord *rounds_row_selection_get (RoundsRowSelection *self, guint nth); /* (transfer full) (nullable) */
GArray *rounds_row_selection_get_keys (RoundsRowSelection *self);             /* (transfer full): of gint64 */
guint rounds_row_selection_set_only (RoundsRowSelection *self, const RoundsUuid *id);

void rounds_row_selection_click (GtkGestureClick *gesture, GtkListItem *item);

G_END_DECLS
