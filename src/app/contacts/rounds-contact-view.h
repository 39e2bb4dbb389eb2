/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsContactView: who somebody is, how to reach them, what can be done, and all that happened with them. */
#define ROUNDS_TYPE_CONTACT_VIEW (rounds_contact_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactView, rounds_contact_view, ROUNDS, CONTACT_VIEW, AdwBin)

void rounds_contact_view_set_context (RoundsContactView *self, RoundsAppContext *context);
void rounds_contact_view_set_person (RoundsContactView *self, RoundsRecord *person);

G_END_DECLS
