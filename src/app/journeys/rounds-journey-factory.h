/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

GtkListItemFactory *rounds_journey_factory_new (RoundsAppContext *context);
void rounds_journey_list_open (GtkListView *view, guint position, RoundsAppContext *context);

G_END_DECLS
