/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/* Rows that show a value: a click edits it, Ctrl+C and a menu copy it. */

GtkWidget *rounds_detail_row_new (const char *title, const char *value, const char *action, GVariant *target);
GtkWidget *rounds_detail_row_new_for (RoundsStore *store, RoundsRecord *record);
GVariant *rounds_detail_row_make_target (RoundsRecord *record);
void rounds_detail_row_add_button (GtkWidget *row, const char *icon, const char *label, const char *action,
                                   GVariant *target);
void rounds_detail_row_add_return (GtkWidget *row);
void rounds_detail_row_set_key (GtkWidget *widget, const char *key);
const char *rounds_detail_row_get_key (GtkWidget *row);

G_END_DECLS
