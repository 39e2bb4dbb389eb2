/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/* The row for one field of the entity table, by the field's type: AdwEntryRow for texts, numbers and times of day,
 * AdwComboRow for enums, AdwSwitchRow for booleans, RoundsDateRow for days and instants, RoundsTextRow for long texts,
 * RoundsReferenceRow for references. */
GtkWidget *rounds_field_row_new (RoundsAppContext *context, const RoundsFieldInfo *field);
void rounds_field_row_set_value (GtkWidget *row, const RoundsFieldInfo *field, const RoundsValue *value);
gboolean rounds_field_row_get_value (GtkWidget *row, const RoundsFieldInfo *field, RoundsValue *value, GError **error);
void rounds_field_row_watch (GtkWidget *row, GCallback changed, gpointer data);

G_END_DECLS
