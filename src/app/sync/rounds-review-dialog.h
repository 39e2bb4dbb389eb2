/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsReviewDialog:
 *
 * The changes that need the user: where two people wrote different things, and what the server refused. Main thread.
 */
#define ROUNDS_TYPE_REVIEW_DIALOG (rounds_review_dialog_get_type ())

G_DECLARE_FINAL_TYPE (RoundsReviewDialog, rounds_review_dialog, ROUNDS, REVIEW_DIALOG, AdwDialog)

/**
 * rounds_review_dialog_present:
 * @parent: the widget over which it is presented
 * @context: the context
 */
void rounds_review_dialog_present (GtkWidget *parent, RoundsAppContext *context);

G_END_DECLS
