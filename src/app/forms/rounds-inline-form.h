/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsInlineForm:
 *
 * Some fields of one record, each shown and edited in its own row (RoundsInlineField). A field is saved as a dialog
 * saves a record: as one group, merged with what others changed since its editing began, with Undo. What is being typed
 * is kept as a draft and is back when the record is shown again; a record that is shown anew, because a sync has
 * brought it, leaves it alone. Where what was left unfinished cannot be read, it says so and nothing can be typed.
 * Hidden while no field has a row. Signal "toggled": a row has come, gone or become an
 * entry. Main thread.
 */
#define ROUNDS_TYPE_INLINE_FORM (rounds_inline_form_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInlineForm, rounds_inline_form, ROUNDS, INLINE_FORM, AdwPreferencesGroup)

GtkWidget *rounds_inline_form_new (RoundsAppContext *context, const char *name, RoundsEntity entity, guint n_fields,
                                   const guint *fields);
void rounds_inline_form_set_record (RoundsInlineForm *self, RoundsRecord *record);
RoundsEntity rounds_inline_form_get_entity (RoundsInlineForm *self);
GtkWidget *rounds_inline_form_get_row (RoundsInlineForm *self, guint field);
void rounds_inline_form_edit (RoundsInlineForm *self, guint field);
guint rounds_inline_form_list_offers (RoundsInlineForm *self, guint n_fields, guint *fields);

G_END_DECLS
