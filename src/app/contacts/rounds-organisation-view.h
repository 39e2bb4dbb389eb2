/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsOrganisationView:
 *
 * One organisation: what it is and where, who works there, and what happened there lately. Actions
 * "organisation.edit", ".delete", ".call", ".show-people". Signal "show-people": all who work there are to be listed.
 */
#define ROUNDS_TYPE_ORGANISATION_VIEW (rounds_organisation_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsOrganisationView, rounds_organisation_view, ROUNDS, ORGANISATION_VIEW, AdwBin)

void rounds_organisation_view_set_context (RoundsOrganisationView *self, RoundsAppContext *context);
void rounds_organisation_view_set_organisation (RoundsOrganisationView *self, RoundsRecord *organisation);

G_END_DECLS
