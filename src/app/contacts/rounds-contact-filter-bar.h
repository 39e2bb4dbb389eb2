/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-contact-filter.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsContactFilterBar:
 *
 * What stands above the list of contacts: the search, who is listed, the filters (each a chip that takes it away) and
 * the searches that were saved. It holds the filter. Signals: "changed": another filter; "activate": Return in the
 * search; "leave" (gboolean down): Escape in the search, or Down. Main thread.
 */
#define ROUNDS_TYPE_CONTACT_FILTER_BAR (rounds_contact_filter_bar_get_type ())
G_DECLARE_FINAL_TYPE (RoundsContactFilterBar, rounds_contact_filter_bar, ROUNDS, CONTACT_FILTER_BAR, AdwBin)

void rounds_contact_filter_bar_set_up (RoundsContactFilterBar *self, RoundsAppContext *context);
const RoundsContactFilter *rounds_contact_filter_bar_get_filter (RoundsContactFilterBar *self);
void rounds_contact_filter_bar_set_filter (RoundsContactFilterBar *self, const RoundsContactFilter *filter);
void rounds_contact_filter_bar_set_order (RoundsContactFilterBar *self, RoundsContactOrder order, gboolean descending);
gboolean rounds_contact_filter_bar_is_filtering (RoundsContactFilterBar *self);
void rounds_contact_filter_bar_focus (RoundsContactFilterBar *self);
void rounds_contact_filter_bar_capture_keys (RoundsContactFilterBar *self, GtkWidget *widget);

G_END_DECLS
