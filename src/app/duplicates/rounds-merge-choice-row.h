/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-person-merge.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsMergeChoiceRow:
 *
 * A field in which two people differ: both values, one of them chosen. Left and Right choose, Up and Down go to the
 * next row, Return merges. Property "narrow": one value above the other.
 */
#define ROUNDS_TYPE_MERGE_CHOICE_ROW (rounds_merge_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsMergeChoiceRow, rounds_merge_choice_row, ROUNDS, MERGE_CHOICE_ROW, AdwPreferencesRow)

GtkWidget *rounds_merge_choice_row_new (RoundsStore *store, RoundsMergeChoice *choice);

G_END_DECLS
