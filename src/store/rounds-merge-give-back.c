/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving back what a merge has done, with what it has led on and what stands upon it, which is taken back and made
 * anew. */

#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

/* rounds_merge_give_back_spare: the kept person gets back what was kept once for both and has gone back. */
gboolean
rounds_merge_give_back_spare (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                              GError **error)
{
  g_autoptr (GPtrArray) gone = rounds_merge_spare_list_gone_back (store, snapshot, error);

  return gone != NULL
         && rounds_merge_spare_bring_back (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), gone, error);
}

/* Whether a merge with the snapshot @other has made something one with what that of @snapshot has moved, of what there
 * is one of for a person. */
static gboolean
builds_on (RoundsMergeSnapshot *other, RoundsMergeSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, i);

      if (!(rounds_entity_get_field (move->entity, move->field)->flags & ROUNDS_FIELD_UNIQUE))
        continue;
      for (guint k = 0; k < other->joined->len; k++)
        {
          const RoundsMergeJoin *join = &g_array_index (other->joined, RoundsMergeJoin, k);

          if (rounds_uuid_equal (&join->to, &move->record) || rounds_uuid_equal (&join->from, &move->record))
            return TRUE;
        }
    }
  return FALSE;
}

/*
 * rounds_merge_give_back_list_later:
 * @merge: a merge record
 * @snapshot: its snapshot
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): the merges that stand upon what @merge has moved:
 *   what a third one had one of is a part of that since, and would go with it
 */
GPtrArray *
rounds_merge_give_back_list_later (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                                   GError **error)
{
  g_autoptr (GPtrArray) later = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) merges =
    rounds_merge_list_of_whole (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (other == NULL)
        return NULL;
      if (!rounds_uuid_equal (rounds_record_get_id (merges->pdata[i]), rounds_record_get_id (merge))
          && builds_on (other, snapshot))
        g_ptr_array_add (later, g_object_ref (merges->pdata[i]));
    }
  return merges != NULL ? g_steal_pointer (&later) : NULL;
}

/* A merge that is taken back with another one, and made anew: that one has led it on, as it was made into somebody who
 * had become a part of another by then; or it stands upon what that one has moved. */
typedef struct
{
  RoundsRecord *merge; /* (owned) */
  RoundsUuid said;     /* into whom it was made */
} LedMerge;

static void
free_led_merge (LedMerge *self)
{
  g_clear_object (&self->merge);
  g_free (self);
}

/* 1 if it is by @merge, which is undone, that a merge of @said has led to whom that one became a part of; 0; -1 on
 * error. */
static int
has_led (RoundsRecordStore *store, RoundsRecord *merge, const RoundsUuid *said, GError **error)
{
  RoundsUuid now = *said;
  gboolean forwarded;

  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &now, &forwarded, error))
    return -1;
  return rounds_uuid_equal (&now, rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED));
}

/* Adds @other if @merge, which is undone, has led it on, or if it stands upon that. @snapshot: @merge's */
static gboolean
add_led (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, RoundsRecord *other,
         GPtrArray *led, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) others = rounds_merge_snapshot_read (other, error);
  const RoundsUuid *said = others != NULL ? rounds_merge_snapshot_get_said (others) : NULL;
  LedMerge one = { other, said != NULL ? *said : *rounds_record_get_uuid (other, ROUNDS_MERGE_KEPT) };
  int is_led = others != NULL ? has_led (store, merge, &one.said, error) : -1;

  if (is_led > 0 || (is_led == 0 && builds_on (others, snapshot)))
    {
      g_object_ref (one.merge);
      g_ptr_array_add (led, g_memdup2 (&one, sizeof one));
    }
  return is_led >= 0;
}

/* (transfer full) (nullable) (element-type LedMerge): what @merge, which is undone, has led on, and what stands upon
 * it, as far as it was not taken back; a device leaves it to the server to lead it back */
static GPtrArray *
list_led (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) led = g_ptr_array_new_with_free_func ((GDestroyNotify) free_led_merge);
  g_autoptr (GPtrArray) merges = NULL;

  if (store->role != ROUNDS_ROLE_SERVER)
    return g_steal_pointer (&led);
  merges = rounds_merge_list_of_whole (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), error);
  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!add_led (store, merge, snapshot, merges->pdata[i], led, error))
      return NULL;
  return merges != NULL ? g_steal_pointer (&led) : NULL;
}

static gboolean
take_back_led (RoundsRecordStore *store, LedMerge *led, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (led->merge, error);

  rounds_record_set_integer (led->merge, ROUNDS_MERGE_UNDONE_AT, rounds_time_now ());
  return snapshot != NULL && rounds_record_store_rewrite (store, led->merge, error)
         && rounds_merge_give_back (store, led->merge, snapshot, remainders, error)
         && rounds_merge_give_back_spare (store, led->merge, snapshot, error);
}

/* Which of @led, which has the outermost first, was made last: a merge into somebody who has become a part of another
 * was made before that, and what it has given may have been chosen there. */
static guint
find_latest (GPtrArray *led)
{
  const LedMerge *outermost = led->pdata[0];
  guint latest = led->len - 1;

  while (!rounds_uuid_equal (rounds_record_get_uuid (((LedMerge *) led->pdata[latest])->merge, ROUNDS_MERGE_KEPT),
                             rounds_record_get_uuid (outermost->merge, ROUNDS_MERGE_KEPT)))
    latest--;
  return latest;
}

/* (transfer full) (nullable) (element-type LedMerge): what @merge has led on, and what stands upon it, which is taken
 * back: each as it is by then, as one may have another one made anew */
static GPtrArray *
take_back_all_led (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) free_led_merge);

  while (TRUE)
    {
      g_autoptr (GPtrArray) led = list_led (store, merge, snapshot, error);

      if (led == NULL || led->len == 0)
        return led != NULL ? g_steal_pointer (&taken) : NULL;
      g_ptr_array_insert (taken, 0, g_ptr_array_steal_index (led, find_latest (led)));
      if (!take_back_led (store, taken->pdata[0], error))
        return NULL;
    }
}

/* Whether the record of @edit is one with @said, or is their particulars; or nothing of which two are made one. 1, 0,
 * or -1 on error. */
static int
is_of (RoundsRecordStore *store, const RoundsMergeEdit *edit, const RoundsUuid *said, GError **error)
{
  int field = rounds_person_merge_find_field (edit->entity);
  g_autoptr (RoundsRecord) record = NULL;

  if (!rounds_person_merge_can_forward (edit->entity))
    return 1;
  if (!rounds_record_store_look_up (store, edit->entity, &edit->record, &record, error))
    return -1;
  if (record == NULL)
    return 0;
  return rounds_merge_is_left_at (store, ROUNDS_ENTITY_PERSON, said,
                                  field >= 0 ? rounds_record_get_uuid (record, (guint) field) : &edit->record, error);
}

/* Whether what @edit has taken from particulars is from those of @merged; or from none. 1, 0, or -1 on error. */
static int
is_from (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, const RoundsMergeEdit *edit, const RoundsUuid *merged,
         GError **error)
{
  int field = rounds_person_merge_find_field (edit->entity);

  for (guint i = 0; field >= 0 && i < snapshot->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (snapshot->joined, RoundsMergeJoin, i);
      g_autoptr (RoundsRecord) source = NULL;

      if (!rounds_uuid_equal (&join->to, &edit->record))
        continue;
      if (!rounds_record_store_look_up (store, join->entity, &join->from, &source, error))
        return -1;
      if (source != NULL && rounds_value_equal (rounds_record_get_value (source, edit->field), &edit->after))
        return rounds_merge_is_left_at (store, ROUNDS_ENTITY_PERSON, merged,
                                        rounds_record_get_uuid (source, (guint) field), error);
    }
  return 1;
}

/* Adds the record @id to @records, once, as it is. */
static gboolean
add_record (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GPtrArray *records, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  for (guint i = 0; i < records->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (records->pdata[i]), id))
      return TRUE;
  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record != NULL)
    g_ptr_array_add (records, g_steal_pointer (&record));
  return TRUE;
}

/* Adds to @records, once each, those to which @led has given values, and those that it has made a part of others, as
 * they are. */
static gboolean
add_chosen (RoundsRecordStore *store, const LedMerge *led, GPtrArray *records, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (led->merge, error);

  for (guint i = 0; snapshot != NULL && i < snapshot->edited->len; i++)
    {
      const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i);

      if (!add_record (store, edit->entity, &edit->record, records, error))
        return FALSE;
    }
  for (guint i = 0; snapshot != NULL && i < snapshot->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (snapshot->joined, RoundsMergeJoin, i);

      if (!add_record (store, join->entity, &join->from, records, error))
        return FALSE;
    }
  return snapshot != NULL;
}

/* Adds to @given in which fields @record is not what it was any more. */
static gboolean
add_given_back (RoundsRecordStore *store, RoundsRecord *record, RoundsMergeSnapshot *given, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (RoundsRecord) now = rounds_record_store_get (store, entity, rounds_record_get_id (record), error);

  for (guint f = ROUNDS_N_COMMON_FIELDS; now != NULL && f < rounds_entity_get_info (entity)->n_fields; f++)
    if (!rounds_record_is_null (record, f)
        && !rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (now, f)))
      rounds_merge_snapshot_add_edit (given, now, record, f);
  return now != NULL;
}

/* Whether the merge has made @from a part of @to. */
static gboolean
has_joined (RoundsMergeSnapshot *snapshot, const RoundsUuid *from, const RoundsUuid *to)
{
  const RoundsMergeJoin *join = rounds_merge_snapshot_find_join (snapshot, from);

  return join != NULL && rounds_uuid_equal (&join->to, to);
}

/* What @edit has taken from what the merge has made a part of another is what that is now. @given: as for
 * choose_again(). Returns: whether that is anything */
static gboolean
take_given_back (RoundsMergeSnapshot *snapshot, RoundsMergeEdit *edit, RoundsMergeSnapshot *given)
{
  for (guint i = 0; i < given->edited->len; i++)
    {
      const RoundsMergeEdit *back = &g_array_index (given->edited, RoundsMergeEdit, i);

      if (back->field != edit->field || !rounds_value_equal (&back->after, &edit->after)
          || !has_joined (snapshot, &back->record, &edit->record))
        continue;
      rounds_value_clear (&edit->after);
      rounds_value_copy (&back->before, &edit->after);
      return !rounds_value_is_null (&edit->after);
    }
  return TRUE;
}

/* What was chosen with the merge was so before others changed anything that the merge leads on; but not for whom it is
 * made into no more, nor for particulars that have gone from beneath it, nor from such.
 * @given: what has been given back: what was chosen in the place of that is chosen in the place of what is there now */
static gboolean
choose_again (RoundsRecordStore *store, const LedMerge *led, RoundsMergeSnapshot *given, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (led->merge, error);

  if (snapshot == NULL)
    return FALSE;
  for (guint i = 0; i < given->edited->len; i++)
    rounds_merge_snapshot_pass_over (snapshot, &g_array_index (given->edited, RoundsMergeEdit, i));
  for (guint i = snapshot->edited->len; i > 0; i--)
    {
      RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, i - 1);
      int is_theirs = take_given_back (snapshot, edit, given) ? is_of (store, edit, &led->said, error) : 0;

      if (is_theirs > 0)
        is_theirs = is_from (store, snapshot, edit, rounds_record_get_uuid (led->merge, ROUNDS_MERGE_MERGED), error);
      if (is_theirs < 0)
        return FALSE;
      if (is_theirs == 0)
        g_array_remove_index (snapshot->edited, i - 1);
    }
  return rounds_merge_snapshot_save (snapshot, store, led->merge, error)
         && rounds_merge_choices_take_again (store, snapshot, error);
}

/* Into whom it was said, or whom that one is a part of now, as if it came now. */
static gboolean
merge_as_said (RoundsRecordStore *store, const LedMerge *led, GError **error)
{
  RoundsUuid kept = led->said;
  gboolean forwarded;

  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &kept, &forwarded, error))
    return FALSE;
  rounds_record_clear_field (led->merge, ROUNDS_MERGE_UNDONE_AT);
  rounds_record_set_uuid (led->merge, ROUNDS_MERGE_KEPT, &kept);
  return rounds_record_store_rewrite (store, led->merge, error)
         && rounds_person_merge_complete (store, led->merge, FALSE, error);
}

/*
 * rounds_merge_give_back:
 * @merge: a merge record that says by now that it is undone
 * @snapshot: (inout): its snapshot; what was needed again meanwhile and goes back as well is added to its moves
 * @remainders: (element-type RoundsMergeRemainder): gets the fields that somebody has changed since
 *
 * Brings the merged person back with what came from them. Whoever was merged into the one who is taken out goes with
 * them, not with whom that was a part of.
 */
gboolean
rounds_merge_give_back (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                        GPtrArray *remainders, GError **error)
{
  g_autoptr (GPtrArray) led = take_back_all_led (store, merge, snapshot, error);
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RoundsMergeSnapshot) given = rounds_merge_snapshot_new ();

  for (guint i = 0; led != NULL && i < led->len; i++)
    if (!add_chosen (store, led->pdata[i], chosen, error))
      return FALSE;
  if (led == NULL || !rounds_merge_give_back_own (store, merge, snapshot, remainders, error))
    return FALSE;
  for (guint i = 0; i < chosen->len; i++)
    if (!add_given_back (store, chosen->pdata[i], given, error))
      return FALSE;
  for (guint i = 0; i < led->len; i++)
    if (!choose_again (store, led->pdata[i], given, error))
      return FALSE;
  for (guint i = 0; i < led->len; i++)
    if (!merge_as_said (store, led->pdata[i], error))
      return FALSE;
  return TRUE;
}
