/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-value.h"

/** rounds_value_clear: frees what @value owns and makes it null. */
void
rounds_value_clear (RoundsValue *value)
{
  if (value->kind == ROUNDS_VALUE_TEXT)
    g_free (value->as.text);
  value->kind = ROUNDS_VALUE_NULL;
}

/** rounds_value_copy: makes @to equal to @from; frees what @to held. @to may be @from. */
void
rounds_value_copy (const RoundsValue *from, RoundsValue *to)
{
  if (from == to)
    return;
  rounds_value_clear (to);
  *to = *from;
  if (from->kind == ROUNDS_VALUE_TEXT)
    to->as.text = g_strdup (from->as.text);
}

/** rounds_value_set_integer: frees what @self held. */
void
rounds_value_set_integer (RoundsValue *value, gint64 integer)
{
  rounds_value_clear (value);
  value->kind = ROUNDS_VALUE_INTEGER;
  value->as.integer = integer;
}

/** rounds_value_set_real: frees what @self held. */
void
rounds_value_set_real (RoundsValue *value, double real)
{
  rounds_value_clear (value);
  value->kind = ROUNDS_VALUE_REAL;
  value->as.real = real;
}

/**
 * rounds_value_set_text:
 * @value: a value
 * @text: (nullable): UTF-8, copied; %NULL makes @value null
 */
void
rounds_value_set_text (RoundsValue *value, const char *text)
{
  rounds_value_take_text (value, g_strdup (text));
}

/**
 * rounds_value_take_text:
 * @value: a value
 * @text: (transfer full) (nullable): UTF-8; %NULL makes @value null
 */
void
rounds_value_take_text (RoundsValue *value, char *text)
{
  rounds_value_clear (value);
  if (text == NULL)
    return;
  value->kind = ROUNDS_VALUE_TEXT;
  value->as.text = text;
}

/**
 * rounds_value_set_uuid:
 * @value: a value
 * @uuid: (nullable): an id, copied; %NULL makes @value null
 */
void
rounds_value_set_uuid (RoundsValue *value, const RoundsUuid *uuid)
{
  RoundsUuid copy;

  if (uuid == NULL)
    {
      rounds_value_clear (value);
      return;
    }
  copy = *uuid;
  rounds_value_clear (value);
  value->kind = ROUNDS_VALUE_UUID;
  value->as.uuid = copy;
}

/** rounds_value_equal: same kind and same content; null equals null. */
gboolean
rounds_value_equal (const RoundsValue *a, const RoundsValue *b)
{
  if (a->kind != b->kind)
    return FALSE;

  switch (a->kind)
    {
    case ROUNDS_VALUE_NULL:
      return TRUE;
    case ROUNDS_VALUE_INTEGER:
      return a->as.integer == b->as.integer;
    case ROUNDS_VALUE_REAL:
      return a->as.real == b->as.real;
    case ROUNDS_VALUE_TEXT:
      return g_str_equal (a->as.text, b->as.text);
    case ROUNDS_VALUE_UUID:
      return rounds_uuid_equal (&a->as.uuid, &b->as.uuid);
    default:
      g_assert_not_reached ();
    }
}

/** rounds_value_is_null: whether @value holds nothing. */
gboolean
rounds_value_is_null (const RoundsValue *value)
{
  return value->kind == ROUNDS_VALUE_NULL;
}
