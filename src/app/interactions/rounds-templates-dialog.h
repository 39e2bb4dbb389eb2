/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsTemplatesDialog: the note templates: a list, from which each is changed, and new ones are made. */
#define ROUNDS_TYPE_TEMPLATES_DIALOG (rounds_templates_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTemplatesDialog, rounds_templates_dialog, ROUNDS, TEMPLATES_DIALOG, AdwDialog)

void rounds_templates_dialog_present (GtkWidget *parent, RoundsAppContext *context);

G_END_DECLS
