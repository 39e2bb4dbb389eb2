/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/* What is done to several contacts at once, named by the keys of their rows: one group, one Undo. Those that ask first
 * present a dialog over @parent. */
void rounds_contact_bulk_delete (RoundsAppContext *context, GArray *keys);
void rounds_contact_bulk_add_role (GtkWidget *parent, RoundsAppContext *context, GArray *keys);
void rounds_contact_bulk_set_territory (GtkWidget *parent, RoundsAppContext *context, GArray *keys);
void rounds_contact_bulk_plan_follow_up (GtkWidget *parent, RoundsAppContext *context, GArray *keys);

G_END_DECLS
