/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsDuplicatesDialog:
 *
 * Looks for contacts who may be the same and goes through what it finds, one pair at a time, side by side: merge them,
 * say that they are not the same, or skip. Nothing is merged by itself. Everything can be undone from its toast.
 */
#define ROUNDS_TYPE_DUPLICATES_DIALOG (rounds_duplicates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDuplicatesDialog, rounds_duplicates_dialog, ROUNDS, DUPLICATES_DIALOG, AdwDialog)

RoundsDuplicatesDialog *rounds_duplicates_dialog_new (RoundsAppContext *context);
RoundsDuplicatesDialog *rounds_duplicates_dialog_new_for (RoundsAppContext *context, const RoundsUuid *first,
                                                          const RoundsUuid *second);
int rounds_duplicates_dialog_count_left (RoundsDuplicatesDialog *self);

G_END_DECLS
