/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-change-effect.h"

#include "rounds-json.h"

/* One record is not changed more often than this by one import. */
#define MAX_LINES 10000

/* Sets the fields of @record that @json names, except those in @fields; adds them there. */
static gboolean
set_fields (RoundsRecord *record, const char *json, guint64 *fields, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (json == NULL)
    return TRUE;
  if (!rounds_json_read (json, -1, &doc, error))
    return FALSE;
  yyjson_obj_foreach (yyjson_doc_get_root (doc), i, n, key, value)
  {
    int field = rounds_entity_find_field (entity, yyjson_get_str (key));
    g_auto (RoundsValue) parsed = ROUNDS_VALUE_INIT;

    if (field < 0 || (*fields & ROUNDS_FIELD_BIT (field)))
      continue;
    if (!rounds_value_from_json (&parsed, rounds_entity_get_field (entity, (guint) field), value, error))
      return FALSE;
    rounds_record_take_value (record, (guint) field, &parsed);
    *fields |= ROUNDS_FIELD_BIT (field);
  }
  return TRUE;
}

/**
 * rounds_change_effect_init:
 * @self: (out): no lines yet
 * @entity: what the record is
 */
void
rounds_change_effect_init (RoundsChangeEffect *self, RoundsEntity entity)
{
  *self =
    (RoundsChangeEffect) { .before = rounds_record_new_empty (entity), .after = rounds_record_new_empty (entity) };
}

/**
 * rounds_change_effect_add:
 * @change: a line of the record's, later than those before it
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if it does not say anything that this version understands
 */
gboolean
rounds_change_effect_add (RoundsChangeEffect *self, const RoundsChange *change, GError **error)
{
  guint64 after = 0;

  if (!set_fields (self->before, change->base, &self->based, error)
      || !set_fields (self->after, change->fields, &after, error))
    return FALSE;
  self->based |= after; /* what a line created had no value before */
  self->fields |= after;
  return TRUE;
}

/**
 * rounds_change_effect_read:
 * @self: (out): cleared by the caller, after a failure too
 * @first: the first line of the log
 * @last: the last line of the log
 *
 * Reads what the lines from @first to @last have done to @record.
 */
gboolean
rounds_change_effect_read (RoundsChangeEffect *self, RoundsRecordStore *store, RoundsEntity entity,
                           const RoundsUuid *record, gint64 first, gint64 last, GError **error)
{
  g_autoptr (GPtrArray) changes = rounds_record_store_list_record_changes (store, record, MAX_LINES, error);

  rounds_change_effect_init (self, entity);
  if (changes == NULL)
    return FALSE;
  for (guint i = changes->len; i > 0; i--)
    {
      const RoundsChange *change = changes->pdata[i - 1];

      if (change->seq >= first && change->seq <= last && !rounds_change_effect_add (self, change, error))
        return FALSE;
    }
  return TRUE;
}

/* Where a record is, others decide; it is no change of what it says. */
static gboolean
is_told (guint field)
{
  return field >= ROUNDS_N_COMMON_FIELDS;
}

static gboolean
is_same (RoundsRecord *a, RoundsRecord *b, guint field)
{
  return rounds_value_equal (rounds_record_get_value (a, field), rounds_record_get_value (b, field));
}

/** rounds_change_effect_holds: whether @record, which the lines have created, still says what they made it say. */
gboolean
rounds_change_effect_holds (const RoundsChangeEffect *self, RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  gboolean holds = TRUE;

  for (guint f = 0; f < info->n_fields; f++)
    holds &= !is_told (f) || is_same (self->after, record, f);
  return holds;
}

/** rounds_change_effect_is_nothing: whether the lines together have changed none of the fields from @first on. */
gboolean
rounds_change_effect_is_nothing (const RoundsChangeEffect *self, guint first)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (self->before));
  gboolean is_nothing = TRUE;

  for (guint f = first; f < info->n_fields; f++)
    is_nothing &= !(self->fields & ROUNDS_FIELD_BIT (f)) || is_same (self->before, self->after, f);
  return is_nothing;
}

/**
 * rounds_change_effect_take_back:
 *
 * Sets the fields of @record that still say what the lines wrote to what they said before.
 *
 * Returns: whether those were all
 */
gboolean
rounds_change_effect_take_back (const RoundsChangeEffect *self, RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  gboolean all = TRUE;

  for (guint f = 0; f < info->n_fields; f++)
    {
      if (!is_told (f) || !(self->fields & ROUNDS_FIELD_BIT (f)))
        continue;
      if (is_same (self->after, record, f))
        rounds_record_set_value (record, f, rounds_record_get_value (self->before, f));
      else
        all &= is_same (self->before, record, f);
    }
  return all;
}

/** rounds_change_effect_clear: frees what it holds. */
void
rounds_change_effect_clear (RoundsChangeEffect *self)
{
  g_clear_object (&self->before);
  g_clear_object (&self->after);
}
