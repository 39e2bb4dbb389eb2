/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-uuid.h"

G_BEGIN_DECLS

typedef enum
{
  ROUNDS_VALUE_NULL = 0,
  ROUNDS_VALUE_INTEGER, /* integers, booleans (0, 1), instants (ms) */
  ROUNDS_VALUE_REAL,
  ROUNDS_VALUE_TEXT, /* UTF-8: texts, dates, local times, enums, JSON */
  ROUNDS_VALUE_UUID, /* ids and references */
} RoundsValueKind;

/** RoundsValue: one field's value as it is stored. A zeroed value is null. Owns its text. */
typedef struct
{
  RoundsValueKind kind;
  union
  {
    gint64 integer;
    double real;
    char *text; /* (owned) (not nullable while kind is TEXT) */
    RoundsUuid uuid;
  } as;
} RoundsValue;

#define ROUNDS_VALUE_INIT { ROUNDS_VALUE_NULL, { 0 } }

void rounds_value_clear (RoundsValue *value);
void rounds_value_copy (const RoundsValue *from, RoundsValue *to);
void rounds_value_set_integer (RoundsValue *value, gint64 integer);
void rounds_value_set_real (RoundsValue *value, double real);
void rounds_value_set_text (RoundsValue *value, const char *text);
void rounds_value_take_text (RoundsValue *value, char *text);
void rounds_value_set_uuid (RoundsValue *value, const RoundsUuid *uuid);
gboolean rounds_value_equal (const RoundsValue *a, const RoundsValue *b);
gboolean rounds_value_is_null (const RoundsValue *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsValue, rounds_value_clear)

G_END_DECLS
