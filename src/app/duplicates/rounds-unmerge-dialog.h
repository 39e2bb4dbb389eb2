/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsUnmergeDialog:
 *
 * Asks before two people are made of one again: of each record that was made since the merge, whose it is. It stays
 * with the kept contact unless somebody says otherwise.
 */
#define ROUNDS_TYPE_UNMERGE_DIALOG (rounds_unmerge_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsUnmergeDialog, rounds_unmerge_dialog, ROUNDS, UNMERGE_DIALOG, AdwDialog)

RoundsUnmergeDialog *rounds_unmerge_dialog_new (RoundsAppContext *context, RoundsRecord *merge);
void rounds_unmerge_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *merge);
char *rounds_unmerge_dup_name (RoundsStore *store, RoundsRecord *merge);

G_END_DECLS
