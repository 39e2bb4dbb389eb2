/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsContactPane:
 *
 * Beside the list of contacts: the person or the organisation that is shown, or what can be done with those who are
 * selected. Its buttons activate "contact.edit", "contact.delete" and "selection.…" of the page around it.
 *
 * Signal: "show-people": of the organisation that is shown.
 */
#define ROUNDS_TYPE_CONTACT_PANE (rounds_contact_pane_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactPane, rounds_contact_pane, ROUNDS, CONTACT_PANE, AdwBin)

void rounds_contact_pane_set_context (RoundsContactPane *self, RoundsAppContext *context);
void rounds_contact_pane_show (RoundsContactPane *self, RoundsRecord *contact);
RoundsRecord *rounds_contact_pane_get_shown (RoundsContactPane *self); /* (transfer none) (nullable) */
void rounds_contact_pane_show_selection (RoundsContactPane *self, const char *text);
void rounds_contact_pane_log (RoundsContactPane *self);

G_END_DECLS
