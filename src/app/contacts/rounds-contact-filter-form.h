/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-contact-filter.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsContactFilterForm:
 *
 * Rows in which a filter of contacts is put together. Signal "changed": the user chose something. Main thread.
 */
#define ROUNDS_TYPE_CONTACT_FILTER_FORM (rounds_contact_filter_form_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactFilterForm, rounds_contact_filter_form, ROUNDS, CONTACT_FILTER_FORM, AdwBin)

void rounds_contact_filter_form_show (RoundsContactFilterForm *self, RoundsStore *store,
                                      const RoundsContactFilter *filter);
void rounds_contact_filter_form_apply (RoundsContactFilterForm *self, RoundsContactFilter *filter);

G_END_DECLS
