/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-json.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsRecordForm:
 *
 * A group of rows for some fields of one record, made from the entity table. It shows a record, and writes what was
 * entered back into it when asked; what is wrong is told below the row it concerns. An AdwPreferencesGroup, so it may
 * have a title and further rows. Signal "changed": the user changed something. Main thread.
 */
#define ROUNDS_TYPE_RECORD_FORM (rounds_record_form_get_type ())
G_DECLARE_FINAL_TYPE (RoundsRecordForm, rounds_record_form, ROUNDS, RECORD_FORM, AdwPreferencesGroup)

GtkWidget *rounds_record_form_new (RoundsAppContext *context, RoundsEntity entity);
void rounds_record_form_set_up (RoundsRecordForm *self, RoundsAppContext *context, RoundsEntity entity);
GtkWidget *rounds_record_form_add_field (RoundsRecordForm *self, guint field);
void rounds_record_form_add_fields (RoundsRecordForm *self, guint n_fields, const guint *fields);
GtkWidget *rounds_record_form_get_row (RoundsRecordForm *self, guint field);
void rounds_record_form_add_note (RoundsRecordForm *self, guint field, GtkWidget *note);

void rounds_record_form_set_record (RoundsRecordForm *self, RoundsRecord *record);
void rounds_record_form_restore (RoundsRecordForm *self, RoundsRecord *record, yyjson_val *json);
gboolean rounds_record_form_apply (RoundsRecordForm *self, RoundsRecord *record);
void rounds_record_form_peek (RoundsRecordForm *self, RoundsRecord *record);
gboolean rounds_record_form_show_error (RoundsRecordForm *self, const GError *error);
gboolean rounds_record_form_is_blank (RoundsRecordForm *self);

G_END_DECLS
