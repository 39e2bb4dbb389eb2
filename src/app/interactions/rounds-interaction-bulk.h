/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/* What is done to several interactions at once, by their row keys: one group, one Undo. */
void rounds_interaction_bulk_submit (RoundsAppContext *context, GArray *keys);
void rounds_interaction_bulk_delete (RoundsAppContext *context, GArray *keys);

G_END_DECLS
