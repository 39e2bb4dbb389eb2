/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsSavedSearches:
 *
 * The searches that were kept under a name on one page, to be chosen, renamed and deleted (with Undo), and a way to
 * keep the present one. What a search is the page knows: here it is JSON. Signal "chosen" (const char *json). Main
 * thread.
 */
#define ROUNDS_TYPE_SAVED_SEARCHES (rounds_saved_searches_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSavedSearches, rounds_saved_searches, ROUNDS, SAVED_SEARCHES, AdwBin)

void rounds_saved_searches_set_up (RoundsSavedSearches *self, RoundsAppContext *context, const char *page);
void rounds_saved_searches_set_present (RoundsSavedSearches *self, const char *json, const char *name);

G_END_DECLS
