/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsTemplateButton:
 *
 * A menu of the note templates. Signal "insert" (const char *text): one was chosen. Main thread.
 */
#define ROUNDS_TYPE_TEMPLATE_BUTTON (rounds_template_button_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTemplateButton, rounds_template_button, ROUNDS, TEMPLATE_BUTTON, AdwBin)

void rounds_template_button_set_up (RoundsTemplateButton *self, RoundsAppContext *context);
void rounds_template_button_set_type (RoundsTemplateButton *self, const char *interaction_type);
void rounds_template_button_popup (RoundsTemplateButton *self);

G_END_DECLS
