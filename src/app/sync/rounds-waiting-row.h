/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsWaitingRow: one change that is not on the server yet. Main thread. */
#define ROUNDS_TYPE_WAITING_ROW (rounds_waiting_row_get_type ())

G_DECLARE_FINAL_TYPE (RoundsWaitingRow, rounds_waiting_row, ROUNDS, WAITING_ROW, AdwActionRow)

GtkWidget *rounds_waiting_row_new (RoundsAppContext *context, const RoundsChange *change);
void rounds_waiting_row_get_page (RoundsWaitingRow *self, RoundsEntity *entity, RoundsUuid *id);
gboolean rounds_waiting_row_find_page (RoundsRecord *record, RoundsEntity *entity, RoundsUuid *id);
char *rounds_waiting_row_describe (const RoundsChange *change);

G_END_DECLS
