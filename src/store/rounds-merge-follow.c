/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is changed about merged people goes along: it stays with them, for the day when the merge is undone, and becomes
 * the kept person's. */

#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* Whether @value, which came from where @old was, is to become what that has become: it is the same, or none, where all
 * on the way to it have got the new one (@is_led). */
static gboolean
goes_along (const RoundsValue *value, const RoundsValue *old, gboolean is_led)
{
  return rounds_value_is_null (value) ? is_led : rounds_value_equal (value, old);
}

/* Changes @part as @after differs from @before, where it has the old value; or none, where all on the way to it have
 * got the new one.
 * @covered: fields in which another merge has put the same value over the old one
 * @led: (inout): the fields of which that is so */
static void
adopt (RoundsRecord *part, RoundsRecord *before, RoundsRecord *after, guint64 covered, guint64 *led)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (part));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsValue *old = rounds_record_get_value (before, f);

      if ((info->fields[f].flags & ROUNDS_FIELD_UNIQUE) || rounds_value_equal (old, rounds_record_get_value (after, f)))
        continue;
      if (!(covered & ROUNDS_FIELD_BIT (f))
          && goes_along (rounds_record_get_value (part, f), old, (*led & ROUNDS_FIELD_BIT (f)) != 0))
        rounds_record_set_value (part, f, rounds_record_get_value (after, f));
      else
        *led &= ~ROUNDS_FIELD_BIT (f);
    }
}

/* (nullable): the person that @record is, or is of */
static const RoundsUuid *
get_person (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  if (rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON)
    return rounds_record_get_id (record);
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && !rounds_record_is_null (record, f))
      return rounds_record_get_uuid (record, f);
  return NULL;
}

/*
 * rounds_merge_follow_list:
 * @record: a person, or what is a person's
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): the merges of which the one is made whose @record
 * is, or whom that one is a part of now
 */
GPtrArray *
rounds_merge_follow_list (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  const RoundsUuid *person = get_person (record);

  return person != NULL ? rounds_merge_list_of_whole (store, person, error)
                        : g_ptr_array_new_with_free_func (g_object_unref);
}

/* Fields of a person in which what lies beneath another merge's value has changed; a set of fields each. */
typedef struct
{
  guint64 given; /* as for rounds_merge_follow(): what is beneath the old value is not what was given */
  guint64 changed;
  guint64 covered; /* of those, where the other merge's value is the same as the old one */
} Beneath;

/* Changes in the same way what @snapshot's merge has put another value in the place of: undone, it gives that back.
 * What was nothing stays so: @part had not taken the old value either. */
static gboolean
adopt_beneath (RoundsMergeSnapshot *snapshot, RoundsRecord *part, RoundsRecord *before, RoundsRecord *after,
               Beneath *beneath)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);
      const RoundsValue *old;
      const RoundsValue *now;

      if (!rounds_uuid_equal (&edit->record, rounds_record_get_id (part))
          || (rounds_value_is_null (&edit->before) && rounds_value_is_null (&edit->after)))
        continue;
      old = rounds_record_get_value (before, edit->field);
      now = rounds_record_get_value (after, edit->field);
      if (rounds_value_equal (old, now) || !rounds_value_equal (&edit->before, old)
          || ((beneath->given & ROUNDS_FIELD_BIT (edit->field)) && !rounds_value_equal (&edit->after, old)
              && rounds_value_equal (rounds_record_get_value (part, edit->field), old)))
        continue;
      beneath->changed |= ROUNDS_FIELD_BIT (edit->field);
      if (rounds_value_equal (&edit->after, old))
        beneath->covered |= ROUNDS_FIELD_BIT (edit->field);
      rounds_value_clear (&edit->before);
      rounds_value_copy (now, &edit->before);
      changed = TRUE;
    }
  return changed;
}

static gboolean
is_among (GPtrArray *merges, RoundsRecord *merge)
{
  for (guint i = 0; i < merges->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (merges->pdata[i]), rounds_record_get_id (merge)))
      return TRUE;
  return FALSE;
}

/* Adds to @taken the fields of which @snapshot's merge says that @part got there what @before has. */
static void
add_taken (RoundsMergeSnapshot *snapshot, RoundsRecord *part, RoundsRecord *before, guint64 *taken)
{
  for (guint i = 0; i < snapshot->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);

      if (rounds_uuid_equal (&edit->record, rounds_record_get_id (part))
          && rounds_value_equal (&edit->after, rounds_record_get_value (before, edit->field)))
        *taken |= ROUNDS_FIELD_BIT (edit->field);
    }
}

/* (transfer full) (nullable): @after as far as @part, to which the merges @way have led it, is to become that: not in
 * those fields of @given in which it has the old value by itself or by another merge, or from one who has; or none.
 * @left: the fields in which somebody on the way to @part has still the old value
 * @led: (inout): as for adopt() */
static RoundsRecord *
leave_own (GPtrArray *way, RoundsRecord *part, RoundsRecord *before, RoundsRecord *after, guint64 given, guint64 left,
           guint64 *led, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (part));
  g_autoptr (RoundsRecord) wanted = rounds_record_dup (after);
  guint64 taken = ~given;

  for (guint i = 0; given != 0 && i < way->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (way->pdata[i], error);

      if (snapshot == NULL)
        return NULL;
      add_taken (snapshot, part, before, &taken);
    }
  taken &= ~left;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (rounds_record_is_null (before, f))
      taken |= ROUNDS_FIELD_BIT (f);
    else if (!(taken & ROUNDS_FIELD_BIT (f)))
      rounds_record_set_value (wanted, f, rounds_record_get_value (before, f));
  *led &= taken;
  return g_steal_pointer (&wanted);
}

/* @merges: (element-type RoundsRecord): those of which @part is made
 * @way: (element-type RoundsRecord): the merges that have led @after to @part: undone, they take it away from there */
static gboolean
adopt_beneath_all (RoundsRecordStore *store, GPtrArray *merges, RoundsRecord *part, RoundsRecord *before,
                   RoundsRecord *after, GPtrArray *way, Beneath *beneath, GError **error)
{
  for (guint i = 0; i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = NULL;

      if (is_among (way, merges->pdata[i]))
        continue;
      snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);
      if (snapshot == NULL)
        return FALSE;
      if (adopt_beneath (snapshot, part, before, after, beneath)
          && !rounds_merge_snapshot_save (snapshot, store, merges->pdata[i], error))
        return FALSE;
    }
  return TRUE;
}

/* (transfer full) (nullable) (element-type RoundsRecord): the merges by which the person whose @record is has become a
 * part of others, one after the other */
static GPtrArray *
find_way (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (GPtrArray) way = g_ptr_array_new_with_free_func (g_object_unref);
  const RoundsUuid *person = get_person (record);

  while (person != NULL && way->len < ROUNDS_MERGE_LONGEST_CHAIN)
    {
      g_autoptr (RoundsRecord) merge = NULL;

      if (!rounds_person_merge_find (store, person, &merge, error))
        return NULL;
      if (merge == NULL)
        break;
      person = rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
      g_ptr_array_add (way, g_steal_pointer (&merge));
    }
  return g_steal_pointer (&way);
}

/* What has changed beneath another merge's value counts as what @was and is @now, where that is the same otherwise. */
static void
note_beneath (RoundsRecord *was, RoundsRecord *now, RoundsRecord *before, RoundsRecord *after, guint64 fields)
{
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (rounds_record_get_entity (now))->n_fields; f++)
    if ((fields & ROUNDS_FIELD_BIT (f))
        && rounds_value_equal (rounds_record_get_value (was, f), rounds_record_get_value (now, f)))
      {
        rounds_record_set_value (was, f, rounds_record_get_value (before, f));
        rounds_record_set_value (now, f, rounds_record_get_value (after, f));
      }
}

/* Says in @merge, by which @part, which was @was, has got what it is now, that it takes that away when it is undone. */
static gboolean
note_led (RoundsRecordStore *store, RoundsRecord *merge, RoundsRecord *was, RoundsRecord *part, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (part));
  g_autoptr (RoundsMergeSnapshot) snapshot = NULL;

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      if (rounds_value_equal (rounds_record_get_value (was, f), rounds_record_get_value (part, f)))
        continue;
      if (snapshot == NULL && (snapshot = rounds_merge_snapshot_read (merge, error)) == NULL)
        return FALSE;
      rounds_merge_snapshot_lead_edit (snapshot, was, part, f);
    }
  return snapshot == NULL || rounds_merge_snapshot_save (snapshot, store, merge, error);
}

/*
 * rounds_merge_follow_find_next:
 * @id: (inout): @record's; what that has become a part of: a person with the next merge, anything else with all of them
 * @found: (out): whether it has
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_merge_follow_find_next (RoundsRecordStore *store, RoundsRecord *record, RoundsUuid *id, gboolean *found,
                               GError **error)
{
  g_autoptr (RoundsRecord) merge = NULL;

  if (rounds_record_get_entity (record) != ROUNDS_ENTITY_PERSON)
    return rounds_person_merge_forward (store, rounds_record_get_entity (record), id, found, error);
  if (rounds_record_is_deleted (record) && !rounds_person_merge_find (store, id, &merge, error))
    return FALSE;
  *found = merge != NULL;
  if (merge != NULL)
    *id = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  return TRUE;
}

/* The fields in which @part still has what @before had and @after has not. */
static guint64
find_still (RoundsRecord *part, RoundsRecord *before, RoundsRecord *after)
{
  guint64 still = 0;

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (rounds_record_get_entity (part))->n_fields; f++)
    if (!rounds_record_is_null (before, f)
        && rounds_value_equal (rounds_record_get_value (part, f), rounds_record_get_value (before, f))
        && !rounds_value_equal (rounds_record_get_value (before, f), rounds_record_get_value (after, f)))
      still |= ROUNDS_FIELD_BIT (f);
  return still;
}

/* Leads what @before has become, which is @after, along @way. @given: as for rounds_merge_follow() */
static gboolean
lead_along (RoundsRecordStore *store, GPtrArray *way, RoundsRecord *before, RoundsRecord *after, guint64 given,
            GError **error)
{
  gboolean is_person = rounds_record_get_entity (after) == ROUNDS_ENTITY_PERSON;
  g_autoptr (RoundsRecord) part = g_object_ref (after);
  RoundsUuid id = *rounds_record_get_id (after);
  guint64 led = G_MAXUINT64;
  guint64 still = 0;
  gboolean found;

  for (guint i = 0; i < way->len; i++)
    {
      g_autoptr (GPtrArray) merges = NULL;
      g_autoptr (RoundsRecord) wanted = NULL;
      g_autoptr (RoundsRecord) was = NULL;
      g_autoptr (RoundsRecord) now = NULL;
      Beneath beneath = { .given = given };

      if (!rounds_merge_follow_find_next (store, part, &id, &found, error))
        return FALSE;
      if (!found)
        continue;
      g_clear_object (&part);
      part = rounds_record_store_get (store, rounds_record_get_entity (after), &id, error);
      merges = part != NULL ? rounds_merge_follow_list (store, part, error) : NULL;
      wanted = merges != NULL ? leave_own (way, part, before, after, given, still & given, &led, error) : NULL;
      if (wanted == NULL || !adopt_beneath_all (store, merges, part, before, wanted, way, &beneath, error))
        return FALSE;
      was = rounds_record_dup (part);
      adopt (part, before, wanted, beneath.covered, &led);
      still |= find_still (part, before, after);
      now = rounds_record_dup (part);
      note_beneath (was, now, before, wanted, beneath.changed);
      if (!rounds_record_store_rewrite (store, part, error)
          || !note_led (store, way->pdata[is_person ? i : way->len - 1], was, now, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * rounds_merge_follow:
 * @given: of the fields in which @before and @after differ, those that nobody has entered: a merge that was undone has
 *   given back what was there, or one that stands has led it there
 *
 * As rounds_person_merge_follow(); but where nobody has entered a value, only what a merge has given the old one loses
 * that again: nobody has said that it is wrong, and others may have the same by themselves, and have given it on.
 */
gboolean
rounds_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, guint64 given, GError **error)
{
  g_autoptr (GPtrArray) way = find_way (store, after, error);

  return way != NULL && lead_along (store, way, before, after, given, error);
}

/**
 * rounds_person_merge_follow:
 * @store: a store, in a transaction
 * @before: a merged person, or what there was one of for them, as it was
 * @after: the same, as somebody has changed it who did not know of the merge
 * @error: (out) (optional): what the disk says
 *
 * Changes what it became a part of in the same way, where that has the old value or none, or would get the old one
 * back if another merge were undone; and, as one merge may be undone and another stand, whoever that has become a part
 * of, one after the other. One of them may have the old value though one in between has another: somebody chose it
 * there, who merged the same people second, or who did not know of that one. Undone, the merge that has led it there
 * takes it away again.
 */
gboolean
rounds_person_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  return rounds_merge_follow (store, before, after, 0, error);
}
