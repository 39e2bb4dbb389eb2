/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsLineDialog: logs a visit that is written in one line. What is typed is kept like that of any other form. */
#define ROUNDS_TYPE_LINE_DIALOG (rounds_line_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsLineDialog, rounds_line_dialog, ROUNDS, LINE_DIALOG, AdwDialog)

void rounds_line_dialog_present (GtkWidget *parent, RoundsAppContext *context);

G_END_DECLS
