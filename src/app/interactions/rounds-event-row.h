/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/** RoundsEventRow: an interaction in a list: what, with whom, when, and its first words. */
#define ROUNDS_TYPE_EVENT_ROW (rounds_event_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsEventRow, rounds_event_row, ROUNDS, EVENT_ROW, AdwBin)

GtkWidget *rounds_event_row_new (void);
void rounds_event_row_show (RoundsEventRow *self, RoundsStore *store, RoundsRecord *record, const char *const *words);
GtkWidget *rounds_event_row_get_check (RoundsEventRow *self);
const char *rounds_event_row_get_label (RoundsEventRow *self);

G_END_DECLS
