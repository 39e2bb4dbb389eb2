/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-json.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsInlineField:
 *
 * One field of the entity table in a list of rows, shown and edited in the same place. What is typed is a row that
 * shows it and becomes an entry by a click, Enter or F2; Enter or the button applies, Escape brings the old value back.
 * What is chosen (enums, booleans) is a row that chooses at once. What is wrong is told below the row. A field that is
 * empty has no row until it is edited.
 *
 * Signals: "apply": what is entered is to be saved; "typed": it has changed; "toggled": the row has become an entry, or
 * has come or gone. Main thread.
 */
#define ROUNDS_TYPE_INLINE_FIELD (rounds_inline_field_get_type ())
G_DECLARE_FINAL_TYPE (RoundsInlineField, rounds_inline_field, ROUNDS, INLINE_FIELD, GObject)

RoundsInlineField *rounds_inline_field_new (RoundsAppContext *context, AdwPreferencesGroup *group, RoundsEntity entity,
                                            guint field);
guint rounds_inline_field_get_field (RoundsInlineField *self);
GtkWidget *rounds_inline_field_get_row (RoundsInlineField *self);
GtkWidget *rounds_inline_field_get_entered (RoundsInlineField *self);
gboolean rounds_inline_field_is_visible (RoundsInlineField *self);
gboolean rounds_inline_field_is_offered (RoundsInlineField *self);

void rounds_inline_field_show (RoundsInlineField *self, const RoundsValue *value, gboolean editable);
void rounds_inline_field_edit (RoundsInlineField *self);
void rounds_inline_field_close (RoundsInlineField *self);

gboolean rounds_inline_field_is_changed (RoundsInlineField *self);
const RoundsValue *rounds_inline_field_get_begun (RoundsInlineField *self);
gboolean rounds_inline_field_read (RoundsInlineField *self, RoundsValue *value, GError **error);
void rounds_inline_field_begin_save (RoundsInlineField *self, const RoundsValue *value);
void rounds_inline_field_accept (RoundsInlineField *self, const RoundsValue *saved);
void rounds_inline_field_refuse (RoundsInlineField *self, const GError *error);

yyjson_mut_val *rounds_inline_field_describe (RoundsInlineField *self, yyjson_mut_doc *doc);
void rounds_inline_field_restore (RoundsInlineField *self, yyjson_val *json, const RoundsValue *begun);

G_END_DECLS
