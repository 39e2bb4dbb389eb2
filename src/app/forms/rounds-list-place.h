/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-record-list.h"

G_BEGIN_DECLS

/**
 * RoundsListPlace:
 *
 * Where a list view stands while its rows change. A view holds on to the first row that it shows. That is right in the
 * middle of a list; at its top it would hide the heading above that row, and what has just come before it. Main thread.
 */
#define ROUNDS_TYPE_LIST_PLACE (rounds_list_place_get_type ())
G_DECLARE_FINAL_TYPE (RoundsListPlace, rounds_list_place, ROUNDS, LIST_PLACE, GObject)

RoundsListPlace *rounds_list_place_new (GtkWidget *list, RoundsRecordList *records);
void rounds_list_place_hold (RoundsListPlace *self, double place);
void rounds_list_place_hold_top (RoundsListPlace *self);
void rounds_list_place_let_go (RoundsListPlace *self);
double rounds_list_place_get (RoundsListPlace *self);

G_END_DECLS
