/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsFollowUpRow: something that a rep has promised; checking it off says that it is done. */
#define ROUNDS_TYPE_FOLLOW_UP_ROW (rounds_follow_up_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsFollowUpRow, rounds_follow_up_row, ROUNDS, FOLLOW_UP_ROW, AdwActionRow)

GtkWidget *rounds_follow_up_row_new (RoundsAppContext *context, RoundsRecord *follow_up);
void rounds_follow_up_row_show_names (RoundsFollowUpRow *self);

G_END_DECLS
