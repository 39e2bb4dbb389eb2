/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Giving back what a merge itself has moved, edited and dissolved, as its snapshot tells it. */

#include "config.h"

#include "rounds-merge-forward-private.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-merge-plan-private.h"
#include "rounds-record-store-private.h"

/* rounds_merge_is_left_at: whether @id is where the merge left what it moved: at @left or at whom that has been merged
 * into since; what another merge has dissolved meanwhile stays with whoever had it then. 1, 0, or -1 on error. */
int
rounds_merge_is_left_at (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *left, const RoundsUuid *id,
                         GError **error)
{
  RoundsUuid now;
  RoundsUuid others;
  gboolean forwarded;

  if (id == NULL)
    return 0;
  now = *left;
  others = *id;
  if (!rounds_person_merge_forward (store, entity, &now, &forwarded, error)
      || !rounds_person_merge_forward (store, entity, &others, &forwarded, error))
    return -1;
  return rounds_uuid_equal (&others, &now);
}

/* Whether @field of @record leads to where a merge left it: at @left. 1, 0, or -1 on error. */
static int
is_field_left (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *left, GError **error)
{
  RoundsEntity target = rounds_entity_get_field (rounds_record_get_entity (record), field)->target;

  return rounds_merge_is_left_at (store, target, left, rounds_record_get_uuid (record, field), error);
}

/* Whether @field of @as_it_was, which a merge has dissolved, referred to what @join has made a part of another. */
static gboolean
is_joined (const RoundsMergeJoin *join, RoundsRecord *as_it_was, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (as_it_was), field);

  return info->type == ROUNDS_TYPE_REFERENCE && info->target == join->entity
         && !rounds_record_is_null (as_it_was, field)
         && rounds_uuid_equal (rounds_record_get_uuid (as_it_was, field), &join->from);
}

/* What the person of @join had of somebody who is a part of them is theirs when they come out, and that one's after.
 * @record: (inout): it */
static gboolean
lead_out (RoundsRecordStore *store, const RoundsMergeJoin *join, RoundsRecord *record, guint field, GError **error)
{
  const RoundsUuid *now = rounds_record_get_uuid (record, field);
  const RoundsUuid said = now != NULL ? *now : join->from;
  int is_theirs = rounds_merge_is_left_at (store, join->entity, &join->from, now, error);

  if (is_theirs <= 0 || rounds_uuid_equal (&said, &join->from))
    return is_theirs >= 0;
  rounds_record_set_uuid (record, field, &join->from);
  return store->role != ROUNDS_ROLE_SERVER || rounds_person_merge_note_arrival (store, record, field, &said, error);
}

/* What was needed again while it was dissolved is there for the kept person: it goes back as well.
 * @snapshot: (inout): what goes back is added to its moves */
static gboolean
lead_back (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, RoundsRecord *as_it_was, RoundsRecord *record,
           GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint i = 0; i < snapshot->joined->len; i++)
    {
      const RoundsMergeJoin *join = &g_array_index (snapshot->joined, RoundsMergeJoin, i);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          RoundsMergeMove move = { rounds_record_get_entity (record), f, *rounds_record_get_id (record), join->from,
                                   join->to };
          int is_left;

          if (!is_joined (join, as_it_was, f))
            continue;
          is_left = is_field_left (store, record, f, &join->to, error);
          if (is_left < 0 || (is_left == 0 && !lead_out (store, join, record, f, error)))
            return FALSE;
          if (is_left > 0)
            rounds_record_set_uuid (record, f, &join->from);
          if (is_left > 0 && !rounds_record_is_deleted (record))
            rounds_merge_snapshot_add_move (snapshot, &move);
        }
    }
  return rounds_record_store_rewrite (store, record, error);
}

/* What belongs to @particulars, which stay in the trash, is of those that their person has instead. */
static gboolean
join_particulars (RoundsRecordStore *store, RoundsRecord *particulars, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (particulars);
  int field = rounds_person_merge_find_field (entity);
  const RoundsUuid *person = field >= 0 ? rounds_record_get_uuid (particulars, (guint) field) : NULL;
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_new (); /* nobody takes it back */
  g_auto (RoundsMergePlan) plan = { NULL };
  RoundsRecord *kept = NULL;

  rounds_merge_plan_init (&plan, store, snapshot, NULL);
  if (person != NULL && !rounds_merge_plan_find_only (&plan, entity, (guint) field, person, &kept, error))
    return FALSE;
  if (kept == NULL) /* somebody else has a number that there is once only */
    return TRUE;
  rounds_merge_plan_take_fields (&plan, kept, particulars);
  return rounds_merge_plan_join (&plan, entity, rounds_record_get_id (particulars), rounds_record_get_id (kept), error)
         && rounds_merge_plan_write (&plan, error);
}

/* On the server somebody may have got another physician's or patient's particulars while two were one: what comes back
 * to them stays in the trash there, rather than keep the two from being taken apart. */
static gboolean
restore (RoundsRecordStore *store, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  g_autoptr (GError) local_error = NULL;

  if (rounds_record_store_restore_along (store, entity, rounds_record_get_id (record), &local_error))
    return TRUE;
  if (store->role == ROUNDS_ROLE_SERVER && entity != ROUNDS_ENTITY_PERSON
      && g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    return join_particulars (store, record, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* The person must be here; what else is gone from here, as its territory is another's now, is left out. */
static gboolean
restore_dissolved (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  for (guint i = 0; i < snapshot->dissolved->len; i++)
    {
      RoundsEntity entity = rounds_record_get_entity (snapshot->dissolved->pdata[i]);
      const RoundsUuid *id = rounds_record_get_id (snapshot->dissolved->pdata[i]);
      g_autoptr (RoundsRecord) record = NULL;

      if (!rounds_record_store_look_up (store, entity, id, &record, error))
        return FALSE;
      if (record == NULL && entity == ROUNDS_ENTITY_PERSON)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                       _ ("The merged contact is not on this device. Somebody who sees both can undo the merge."));
          return FALSE;
        }
      if (record != NULL
          && (!lead_back (store, snapshot, snapshot->dissolved->pdata[i], record, error)
              || !restore (store, record, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_back (RoundsRecordStore *store, const RoundsMergeMove *move, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  int is_left;

  if (!rounds_record_store_look_up (store, move->entity, &move->record, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  is_left = is_field_left (store, record, move->field, &move->to, error);
  if (is_left <= 0)
    return is_left == 0;
  rounds_record_set_uuid (record, move->field, &move->from);
  return rounds_record_store_rewrite (store, record, error);
}

/* What somebody has deleted who did not know of the merge, nor of what has gone back to it and belongs to it, is needed
 * again. */
static gboolean
restore_owner (RoundsRecordStore *store, const RoundsMergeMove *move, GError **error)
{
  RoundsEntity entity = rounds_entity_get_field (move->entity, move->field)->target;
  g_autoptr (GHashTable) owners = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) owner = NULL;

  if (rounds_person_merge_find_field (entity) < 0)
    return TRUE;
  if (!rounds_record_store_look_up (store, move->entity, &move->record, &record, error))
    return FALSE;
  g_hash_table_add (owners, (gpointer) &move->from);
  if (record == NULL || rounds_record_is_deleted (record) || !rounds_record_store_is_part (record, owners))
    return TRUE;
  if (!rounds_record_store_look_up (store, entity, &move->from, &owner, error))
    return FALSE;
  return owner == NULL || !rounds_record_is_deleted (owner) || restore (store, owner, error);
}

/* Takes the moves of @records out of @snapshot that have led elsewhere. */
static gboolean
forget_moves (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GHashTable *records, gboolean *found,
              GError **error)
{
  for (guint i = snapshot->moved->len; i > 0; i--)
    {
      const RoundsMergeMove move = g_array_index (snapshot->moved, RoundsMergeMove, i - 1);
      g_autoptr (RoundsRecord) record = NULL;
      int is_left;

      if (!g_hash_table_contains (records, &move.record))
        continue;
      if (!rounds_record_store_look_up (store, move.entity, &move.record, &record, error))
        return FALSE;
      is_left = record != NULL ? is_field_left (store, record, move.field, &move.to, error) : 1;
      if (is_left < 0)
        return FALSE;
      if (is_left > 0)
        continue;
      rounds_merge_snapshot_remove_move (snapshot, i - 1);
      rounds_merge_snapshot_add_left (snapshot, &move.record);
      *found = TRUE;
    }
  return TRUE;
}

/* Whether @record, which the merge had dissolved while it was @as_it_was, has been somebody's at @join again since, and
 * has gone from there. 1, 0, or -1 on error. */
static int
has_gone (RoundsRecordStore *store, const RoundsMergeJoin *join, RoundsRecord *as_it_was, RoundsRecord *record,
          GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  int is_left = 1;

  for (guint f = ROUNDS_N_COMMON_FIELDS; is_left > 0 && f < info->n_fields; f++)
    if (is_joined (join, as_it_was, f))
      is_left = is_field_left (store, record, f, &join->to, error);
  return is_left < 0 ? -1 : !is_left;
}

/* The same of what @snapshot has dissolved, and lives elsewhere. */
static gboolean
forget_dissolved (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GHashTable *records, gboolean *found,
                  GError **error)
{
  for (guint i = snapshot->dissolved->len; i > 0; i--)
    {
      RoundsRecord *as_it_was = snapshot->dissolved->pdata[i - 1];
      g_autoptr (RoundsRecord) record = NULL;
      int gone = 0;

      if (!g_hash_table_contains (records, rounds_record_get_id (as_it_was)))
        continue;
      if (!rounds_record_store_look_up (store, rounds_record_get_entity (as_it_was), rounds_record_get_id (as_it_was),
                                        &record, error))
        return FALSE;
      for (guint j = 0; gone == 0 && record != NULL && !rounds_record_is_deleted (record) && j < snapshot->joined->len;
           j++)
        gone = has_gone (store, &g_array_index (snapshot->joined, RoundsMergeJoin, j), as_it_was, record, error);
      if (gone < 0)
        return FALSE;
      if (gone > 0)
        rounds_merge_snapshot_forget_dissolved (snapshot, as_it_was);
      *found |= gone > 0;
    }
  return TRUE;
}

/* The same of one merge. */
static gboolean
forget (RoundsRecordStore *store, RoundsRecord *merge, GHashTable *records, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);
  gboolean found = FALSE;

  return snapshot != NULL && forget_moves (store, snapshot, records, &found, error)
         && forget_dissolved (store, snapshot, records, &found, error)
         && (!found || rounds_merge_snapshot_save (snapshot, store, merge, error));
}

/*
 * rounds_merge_give_back_forget:
 * @kept: somebody from whom something has gone
 * @records: (element-type RoundsUuid): a set of what that is
 *
 * The merges of which @kept is made, or whom that one is a part of, do not give back what they had led, or dissolved,
 * where it is no more: it is known by now whose it is, and it may come there again by another way.
 */
gboolean
rounds_merge_give_back_forget (RoundsRecordStore *store, const RoundsUuid *kept, GHashTable *records, GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_merge_list_of_whole (store, kept, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!forget (store, merges->pdata[i], records, error))
      return FALSE;
  return merges != NULL;
}

/* Where another merge has put its value in the place of @edit's, it gives back what was there before @edit when it is
 * undone. */
static gboolean
pass_over (RoundsRecordStore *store, RoundsRecord *record, const RoundsMergeEdit *edit, GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_merge_follow_list (store, record, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (snapshot == NULL
          || (rounds_merge_snapshot_pass_over (snapshot, edit)
              && !rounds_merge_snapshot_save (snapshot, store, merges->pdata[i], error)))
        return FALSE;
    }
  return merges != NULL;
}

/* Whether another merge has put the same value over @edit's: it is there by that one as well. */
static gboolean
is_covered (RoundsRecordStore *store, RoundsRecord *record, const RoundsMergeEdit *edit, gboolean *covered,
            GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_merge_follow_list (store, record, error);

  *covered = FALSE;
  for (guint i = 0; merges != NULL && i < merges->len && !*covered; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (snapshot == NULL)
        return FALSE;
      *covered = rounds_merge_snapshot_covers (snapshot, edit);
    }
  return merges != NULL;
}

/* rounds_merge_edit_back: gives the field the value from before @edit, unless somebody has changed it since: then
 * @remainders (element-type RoundsMergeRemainder) gets it. */
gboolean
rounds_merge_edit_back (RoundsRecordStore *store, const RoundsMergeEdit *edit, GPtrArray *remainders, GError **error)
{
  RoundsMergeRemainder remainder = { edit->entity, edit->record, edit->field };
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  gboolean is_back;
  gboolean covered;

  if (!rounds_record_store_look_up (store, edit->entity, &edit->record, &record, error))
    return FALSE;
  if (record == NULL)
    return TRUE;
  is_back = rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->before);
  if (!is_covered (store, record, edit, &covered, error))
    return FALSE;
  if (is_back || covered || !rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->after))
    {
      if (!is_back)
        g_ptr_array_add (remainders, g_memdup2 (&remainder, sizeof remainder));
      return pass_over (store, record, edit, error);
    }
  before = rounds_record_dup (record);
  rounds_record_set_value (record, edit->field, &edit->before);
  return rounds_record_store_rewrite (store, record, error)
         && (!rounds_person_merge_can_forward (edit->entity)
             || rounds_merge_follow (store, before, record, ROUNDS_FIELD_BIT (edit->field), error));
}

/* rounds_merge_give_back_own: as rounds_merge_give_back(), but for what @merge has led on, and what stands upon it.
 * Records move before they get their values back, which may be one person's once only; the last ones first, as one may
 * have been chosen in another's place. */
gboolean
rounds_merge_give_back_own (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                            GPtrArray *remainders, GError **error)
{
  for (guint i = 0; i < snapshot->moved->len; i++)
    if (!move_back (store, &g_array_index (snapshot->moved, RoundsMergeMove, i), error))
      return FALSE;
  for (guint i = snapshot->edited->len; i > 0; i--)
    if (!rounds_merge_edit_back (store, &g_array_index (snapshot->edited, RoundsMergeEdit, i - 1), remainders, error))
      return FALSE;
  if (!restore_dissolved (store, snapshot, error))
    return FALSE;
  for (guint i = 0; i < snapshot->moved->len; i++)
    if (!restore_owner (store, &g_array_index (snapshot->moved, RoundsMergeMove, i), error))
      return FALSE;
  return rounds_merge_give_back_forget (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), snapshot->known,
                                        error);
}
