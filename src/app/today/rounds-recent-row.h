/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsRecentRow:
 *
 * An interaction of the last days, or an interaction or appointment that has been begun and not saved. Activating opens
 * it.
 */
#define ROUNDS_TYPE_RECENT_ROW (rounds_recent_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRecentRow, rounds_recent_row, ROUNDS, RECENT_ROW, AdwActionRow)

GtkWidget *rounds_recent_row_new (RoundsAppContext *context, RoundsRecord *interaction);
GtkWidget *rounds_draft_row_new (RoundsAppContext *context, RoundsRecord *draft);
void rounds_recent_row_show_names (RoundsRecentRow *self);

G_END_DECLS
