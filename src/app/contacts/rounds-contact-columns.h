/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "contacts/rounds-contact-content.h"
#include "forms/rounds-lazy-rows.h"
#include "rounds-contact-filter.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

void rounds_contact_columns_add (GtkColumnView *view, RoundsAppContext *context, RoundsLazyRows *cells);
RoundsContactColumn rounds_contact_columns_get_column (GtkListItem *cell);
void rounds_contact_columns_set_order (GtkColumnView *view, const RoundsContactFilter *filter);
gboolean rounds_contact_columns_get_order (GtkColumnView *view, RoundsContactOrder *order, gboolean *descending);

G_END_DECLS
