/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "rounds-schema.h"

G_BEGIN_DECLS

#define ROUNDS_TYPE_RECORD (rounds_record_get_type ())
G_DECLARE_DERIVABLE_TYPE (RoundsRecord, rounds_record, ROUNDS, RECORD, GObject)

/**
 * RoundsRecord:
 *
 * One record of any entity: values by field. Each entity has a final subclass (RoundsPerson, RoundsInteraction …)
 * whose properties are installed from the entity table, so that a .ui file can bind `family-name`; C code uses the
 * functions below with the field enums. A record belongs to one thread at a time.
 */
struct _RoundsRecordClass
{
  GObjectClass parent_class;

  RoundsEntity entity;
  const RoundsEntityInfo *info;
};

GType rounds_entity_get_gtype (RoundsEntity entity);
RoundsRecord *rounds_record_new (RoundsEntity entity);
RoundsRecord *rounds_record_new_empty (RoundsEntity entity);
RoundsRecord *rounds_record_dup (RoundsRecord *self);

RoundsEntity rounds_record_get_entity (RoundsRecord *self);
const RoundsUuid *rounds_record_get_id (RoundsRecord *self);
const RoundsValue *rounds_record_get_value (RoundsRecord *self, guint field);
void rounds_record_set_value (RoundsRecord *self, guint field, const RoundsValue *value);
void rounds_record_take_value (RoundsRecord *self, guint field, RoundsValue *value);
void rounds_record_assign (RoundsRecord *self, RoundsRecord *other);
gboolean rounds_record_is_null (RoundsRecord *self, guint field);
gboolean rounds_record_is_deleted (RoundsRecord *self);
gboolean rounds_record_has_owner (RoundsRecord *self);
void rounds_record_clear_field (RoundsRecord *self, guint field);

const char *rounds_record_get_text (RoundsRecord *self, guint field);
gint64 rounds_record_get_integer (RoundsRecord *self, guint field);
double rounds_record_get_real (RoundsRecord *self, guint field);
gboolean rounds_record_get_boolean (RoundsRecord *self, guint field);
const RoundsUuid *rounds_record_get_uuid (RoundsRecord *self, guint field);

void rounds_record_set_text (RoundsRecord *self, guint field, const char *text);
void rounds_record_set_integer (RoundsRecord *self, guint field, gint64 integer);
void rounds_record_set_real (RoundsRecord *self, guint field, double real);
void rounds_record_set_uuid (RoundsRecord *self, guint field, const RoundsUuid *uuid);

char *rounds_text_to_line (const char *text);
gboolean rounds_field_parse (const RoundsFieldInfo *field, const char *text, RoundsValue *value, GError **error);
char *rounds_field_format (const RoundsFieldInfo *field, const RoundsValue *value);
gboolean rounds_field_validate (const RoundsFieldInfo *field, const RoundsValue *value, GError **error);
gboolean rounds_record_validate (RoundsRecord *self, GError **error);

char *rounds_record_get_title (RoundsRecord *self);
char *rounds_record_get_sort_key (RoundsRecord *self);
char *rounds_text_fold (const char *text);
char *rounds_text_fold_tightly (const char *text);

G_END_DECLS
