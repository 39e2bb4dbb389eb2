/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsContactDetails:
 *
 * Who somebody is: how to reach them, what they are and were, where they work and live, what they consented to. Each
 * row opens its editor; each value can be copied. What is not there yet is offered at the end. Main thread.
 */
#define ROUNDS_TYPE_CONTACT_DETAILS (rounds_contact_details_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactDetails, rounds_contact_details, ROUNDS, CONTACT_DETAILS, AdwBin)

void rounds_contact_details_set_context (RoundsContactDetails *self, RoundsAppContext *context);
void rounds_contact_details_show (RoundsContactDetails *self, RoundsRecord *person);

G_END_DECLS
