/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsInteractionsPage: all interactions by day, the newest first, with search and a filter by type. */
#define ROUNDS_TYPE_INTERACTIONS_PAGE (rounds_interactions_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInteractionsPage, rounds_interactions_page, ROUNDS, INTERACTIONS_PAGE, AdwBin)

GtkWidget *rounds_interactions_page_new (RoundsAppContext *context);

G_END_DECLS
