/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsReferenceRow:
 *
 * A row of a form that picks a record of another entity by typing its name: Down and Up walk through what is found,
 * Return takes it, Escape closes the list. Patients, physicians and staff members are found by their person's name.
 * With "allow-unknown" a name that nobody has may stay as it is written. Signal "picked": another record was chosen, or
 * none any more; "entry-activated" follows when it was chosen from the list. Main thread.
 */
#define ROUNDS_TYPE_REFERENCE_ROW (rounds_reference_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsReferenceRow, rounds_reference_row, ROUNDS, REFERENCE_ROW, AdwEntryRow)

GtkWidget *rounds_reference_row_new (RoundsAppContext *context, RoundsEntity target, const char *title);
void rounds_reference_row_set_up (RoundsReferenceRow *self, RoundsAppContext *context, RoundsEntity target);
void rounds_reference_row_add_suffix (RoundsReferenceRow *self, GtkWidget *suffix);
void rounds_reference_row_set_allow_unknown (RoundsReferenceRow *self, gboolean allow_unknown);
void rounds_reference_row_set_creates (RoundsReferenceRow *self, gboolean creates);
gboolean rounds_reference_row_get_allow_unknown (RoundsReferenceRow *self);
void rounds_reference_row_set_id (RoundsReferenceRow *self, const RoundsUuid *id);
const RoundsUuid *rounds_reference_row_get_id (RoundsReferenceRow *self);
RoundsRecord *rounds_reference_row_get_record (RoundsReferenceRow *self);
void rounds_reference_row_set_name (RoundsReferenceRow *self, const char *name);
void rounds_reference_row_show_name (RoundsReferenceRow *self, const char *name);
gboolean rounds_reference_row_is_unknown (RoundsReferenceRow *self);

G_END_DECLS
