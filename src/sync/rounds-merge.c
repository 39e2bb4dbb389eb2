/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-merge.h"

#include "rounds-text-merge.h"

/**
 * rounds_merge_conflict_new:
 * @field: the field, within the record's entity
 * @original: the value that both sides started from; copied, as the others are
 * @mine: the device's value
 * @theirs: the server's value
 *
 * Returns: (transfer full): a conflict
 */
RoundsMergeConflict *
rounds_merge_conflict_new (guint field, const RoundsValue *original, const RoundsValue *mine, const RoundsValue *theirs)
{
  RoundsMergeConflict *self = g_new0 (RoundsMergeConflict, 1);

  self->field = field;
  rounds_value_copy (original, &self->original);
  rounds_value_copy (mine, &self->mine);
  rounds_value_copy (theirs, &self->theirs);
  return self;
}

/** rounds_merge_conflict_free: frees @self and its values. */
void
rounds_merge_conflict_free (RoundsMergeConflict *self)
{
  rounds_value_clear (&self->original);
  rounds_value_clear (&self->mine);
  rounds_value_clear (&self->theirs);
  g_free (self);
}

/** rounds_merge_outcome_clear: frees what @outcome owns; it can be used again. */
void
rounds_merge_outcome_clear (RoundsMergeOutcome *outcome)
{
  outcome->merged = FALSE;
  g_clear_pointer (&outcome->conflicts, g_ptr_array_unref);
  g_clear_pointer (&outcome->unknown, g_ptr_array_unref);
}

/**
 * rounds_merge_outcome_add:
 * @outcome: an outcome
 * @conflict: (transfer full): one more conflict
 */
void
rounds_merge_outcome_add (RoundsMergeOutcome *outcome, RoundsMergeConflict *conflict)
{
  if (outcome->conflicts == NULL)
    outcome->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_merge_conflict_free);
  g_ptr_array_add (outcome->conflicts, conflict);
}

static const char *
get_text (const RoundsValue *value)
{
  return value->kind == ROUNDS_VALUE_TEXT ? value->as.text : "";
}

/* Merges by word. FALSE where the result would be longer than the field may be: then it is a conflict like any other.
 */
static gboolean
merge_words (RoundsRecord *record, guint field, const RoundsValue *base, const RoundsValue *mine,
             const RoundsValue *theirs, RoundsMergeOutcome *outcome)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  gboolean overlap = FALSE;
  g_autofree char *text = rounds_text_merge (get_text (base), get_text (mine), get_text (theirs), &overlap);

  if (g_utf8_strlen (text, -1) > (glong) info->max)
    return FALSE;

  if (overlap)
    rounds_merge_outcome_add (outcome, rounds_merge_conflict_new (field, base, mine, theirs));
  outcome->merged = TRUE;
  rounds_record_set_text (record, field, text);
  return TRUE;
}

/**
 * rounds_merge_field:
 * @record: (inout): the record as the other side has it; takes the result
 * @field: one of its fields
 * @base: the value from which both sides started
 * @mine: what one side made of it
 * @place: where this happens
 * @outcome: (inout): what came of it is added here
 *
 * rounds_merge_fields() for one field.
 */
void
rounds_merge_field (RoundsRecord *record, guint field, const RoundsValue *base, const RoundsValue *mine,
                    RoundsMergePlace place, RoundsMergeOutcome *outcome)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  g_auto (RoundsValue) theirs = ROUNDS_VALUE_INIT;

  rounds_value_copy (rounds_record_get_value (record, field), &theirs);
  if (rounds_value_equal (mine, &theirs) || rounds_value_equal (mine, base))
    return;
  if (rounds_value_equal (base, &theirs))
    {
      rounds_record_set_value (record, field, mine);
      return;
    }
  if (info->merge == ROUNDS_MERGE_WORDS && merge_words (record, field, base, mine, &theirs, outcome))
    return;

  rounds_merge_outcome_add (outcome, rounds_merge_conflict_new (field, base, mine, &theirs));
  if (place == ROUNDS_MERGE_ON_DEVICE)
    rounds_record_set_value (record, field, mine);
}

/* Whether the server gives @record the territory of what it belongs to: that there is nothing to choose from. */
static gboolean
is_led (RoundsRecord *record, RoundsMergePlace place)
{
  return place == ROUNDS_MERGE_ON_SERVER && rounds_record_has_owner (record);
}

static void
add_unknown (RoundsMergeOutcome *outcome, const char *name)
{
  if (outcome->unknown == NULL)
    outcome->unknown = g_ptr_array_new_null_terminated (1, g_free, TRUE);
  g_ptr_array_add (outcome->unknown, g_strdup (name));
}

/**
 * rounds_merge_fields:
 * @record: (inout): the record as the other side has it ("theirs"); takes the result
 * @change: what one device did to the record ("mine"), with the values from which it started; deleting and restoring
 * are the caller's business
 * @place: where this happens
 * @outcome: (inout): what came of it is added here
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID with the field if a value does not fit its field
 *
 * Three-way, field by field, never by clock. Different fields: both. Equal new values are no conflict. Long texts: by
 * word. Fields that this version does not know are left alone and named in @outcome; those that only a store sets are
 * left alone.
 */
gboolean
rounds_merge_fields (RoundsRecord *record, const RoundsChange *change, RoundsMergePlace place,
                     RoundsMergeOutcome *outcome, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  yyjson_obj_iter iter;
  yyjson_val *key;

  if (!rounds_change_read (change, &fields, &base, error))
    return FALSE;

  yyjson_obj_iter_init (yyjson_doc_get_root (fields), &iter);
  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      g_auto (RoundsValue) mine = ROUNDS_VALUE_INIT;
      g_auto (RoundsValue) original = ROUNDS_VALUE_INIT;
      int field = rounds_entity_find_field (entity, yyjson_get_str (key));
      const RoundsFieldInfo *info;
      yyjson_val *before;

      if (field < 0)
        add_unknown (outcome, yyjson_get_str (key));
      if (field < 0 || field == ROUNDS_FIELD_ID || (field == ROUNDS_FIELD_TERRITORY && is_led (record, place)))
        continue;
      info = rounds_entity_get_field (entity, (guint) field);
      if (info->flags & ROUNDS_FIELD_READ_ONLY)
        continue;
      if (!rounds_value_from_json (&mine, info, yyjson_obj_iter_get_val (key), error))
        return FALSE;
      before = yyjson_obj_get (yyjson_doc_get_root (base), info->name);
      if (before != NULL && !rounds_value_from_json (&original, info, before, error))
        return FALSE;
      rounds_merge_field (record, (guint) field, &original, &mine, place, outcome);
    }
  return TRUE;
}

/**
 * rounds_merge_take_back:
 * @record: (inout): the record as it is
 * @change: an edit of it
 * @error: (out) (optional): as of rounds_merge_fields()
 *
 * Gives the fields that @change has edited the values from before it. Of a long text what @change has written there
 * goes, and what has come since stays.
 */
gboolean
rounds_merge_take_back (RoundsRecord *record, const RoundsChange *change, GError **error)
{
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  RoundsChange back = *change;

  back.fields = change->base;
  back.base = change->fields;
  return rounds_merge_fields (record, &back, ROUNDS_MERGE_ON_DEVICE, &outcome, error);
}

/**
 * rounds_merge_rebase:
 * @record: (inout): the record as the server has it
 * @changes: (element-type RoundsChange): what this device did to it and the server has not taken yet, oldest first
 * @is_deleted: whether it is deleted here, with @changes done: then no edit of them has brought it back, be it that it
 *   only followed a contact who was merged
 * @error: (out) (optional): as of rounds_merge_fields()
 *
 * Puts the device's own changes on top of the server's record again, so that nothing that somebody saved disappears
 * from their screen because something else arrived. The server will do the same merge when the changes reach it.
 */
gboolean
rounds_merge_rebase (RoundsRecord *record, GPtrArray *changes, gboolean is_deleted, GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (changes, i);
      g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;

      switch (change->operation)
        {
        case ROUNDS_OPERATION_CREATE:
          /* That the server has the record means that it has this, and perhaps somebody's later edits. */
          break;
        case ROUNDS_OPERATION_DELETE:
          rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, change->at);
          break;
        case ROUNDS_OPERATION_RESTORE:
          rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);
          break;
        case ROUNDS_OPERATION_UPDATE:
          /* An edit wins over a deletion; one that was refused has to be mended first. */
          if (!is_deleted && change->state != ROUNDS_CHANGE_REJECTED && !rounds_change_is_move (change))
            rounds_record_clear_field (record, ROUNDS_FIELD_DELETED_AT);
          if (!rounds_merge_fields (record, change, ROUNDS_MERGE_ON_DEVICE, &outcome, error))
            return FALSE;
          break;
        default:
          g_assert_not_reached ();
        }
    }
  return TRUE;
}
