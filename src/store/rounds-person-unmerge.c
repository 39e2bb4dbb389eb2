/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making two people of one again, by the snapshot of their merge: months later, on any device that has the record. */

#include "config.h"

#include "rounds-person-merge.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-merge-double-private.h"
#include "rounds-merge-forward-private.h"
#include "rounds-merge-snapshot-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

static void
free_newer (RoundsMergeNewer *self)
{
  g_clear_object (&self->record);
  g_free (self);
}

static void
add_moved (GHashTable *ids, RoundsMergeSnapshot *snapshot)
{
  for (guint i = 0; i < snapshot->moved->len; i++)
    g_hash_table_add (ids,
                      g_memdup2 (&g_array_index (snapshot->moved, RoundsMergeMove, i).record, sizeof (RoundsUuid)));
}

/* What was made since */

/* Adds what the other merges have moved of which @kept is made: it is known whose that is. */
static gboolean
add_others (RoundsRecordStore *store, const RoundsUuid *kept, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, kept, error);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other = rounds_merge_snapshot_read (merges->pdata[i], error);

      if (other == NULL)
        return FALSE;
      add_moved (snapshot->known, other);
    }
  return merges != NULL;
}

/* Those of the records that refer to @join's kept one which were not there when it was made. */
static gboolean
add_newer (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, const RoundsMergeJoin *join, RoundsEntity entity,
           guint field, GPtrArray *newer, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_owned (store, entity, field, &join->to, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (RoundsRecord) record =
        rounds_record_store_get_by_key (store, entity, g_array_index (keys, gint64, i), error);
      RoundsMergeNewer *entry;

      if (record == NULL)
        return FALSE;
      if (rounds_record_is_deleted (record) || g_hash_table_contains (snapshot->own, rounds_record_get_id (record))
          || g_hash_table_contains (snapshot->known, rounds_record_get_id (record)))
        continue;
      entry = g_new0 (RoundsMergeNewer, 1);
      entry->record = g_steal_pointer (&record);
      entry->field = field;
      entry->back = join->from;
      g_ptr_array_add (newer, entry);
    }
  return keys != NULL;
}

/* What there can be one of for a person is not asked about: the other person has it or has not. */
static gboolean
add_newer_of_join (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, const RoundsMergeJoin *join,
                   GPtrArray *newer, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (!rounds_entity_is_synced (e) || e == ROUNDS_ENTITY_MERGE)
        continue;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == join->entity
            && !(info->fields[f].flags & ROUNDS_FIELD_UNIQUE) && !add_newer (store, snapshot, join, e, f, newer, error))
          return FALSE;
    }
  return TRUE;
}

/**
 * rounds_person_unmerge_list_newer:
 * @store: a store; the reads are by index
 * @merge: a merge record
 * @error: (out) (optional): what the disk says
 *
 * The kept person's records that neither were theirs before the merge nor came with it, or with another one that
 * stands: made since by somebody who knew of the merge. Where they belong only a person knows. What was made on a
 * device that did not know of it is the merged person's (rounds_person_merge_note_arrival()).
 *
 * Returns: (transfer full) (element-type RoundsMergeNewer) (nullable): what to ask about
 */
GPtrArray *
rounds_person_unmerge_list_newer (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) newer = g_ptr_array_new_with_free_func ((GDestroyNotify) free_newer);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  if (snapshot == NULL || !add_others (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), snapshot, error))
    return NULL;
  for (guint i = 0; i < snapshot->joined->len; i++)
    if (!add_newer_of_join (store, snapshot, &g_array_index (snapshot->joined, RoundsMergeJoin, i), newer, error))
      return NULL;
  return g_steal_pointer (&newer);
}

/* Taking it back */

/* (transfer full) (nullable): the record; %NULL without an error if it is not here */
static RoundsRecord *
look_up (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, gboolean *failed, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  RoundsRecord *record = rounds_record_store_look_up (store, entity, id, &local_error);

  *failed = local_error != NULL;
  if (*failed)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return record;
}

/* Whether @id is where the merge left what it moved: at @left or at whom that has been merged into since; what another
 * merge has dissolved meanwhile stays with whoever had it then. 1, 0, or -1 on error. */
static int
is_left_at (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *left, const RoundsUuid *id, GError **error)
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
          const RoundsUuid *before = rounds_record_get_uuid (as_it_was, f);
          RoundsMergeMove move = { rounds_record_get_entity (record), f, *rounds_record_get_id (record), join->from,
                                   join->to };
          int is_left;

          if (info->fields[f].type != ROUNDS_TYPE_REFERENCE || info->fields[f].target != join->entity || before == NULL
              || !rounds_uuid_equal (before, &join->from))
            continue;
          is_left = is_left_at (store, join->entity, &join->to, rounds_record_get_uuid (record, f), error);
          if (is_left < 0)
            return FALSE;
          if (is_left > 0)
            rounds_record_set_uuid (record, f, before);
          if (is_left > 0 && !rounds_record_is_deleted (record))
            rounds_merge_snapshot_add_move (snapshot, &move);
        }
    }
  return rounds_record_store_rewrite (store, record, error);
}

/* On the server somebody may have got another physician's or patient's particulars while two were one: what comes back
 * to them stays in the trash there, rather than keep the two from being taken apart. */
static gboolean
restore (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rounds_record_store_restore (store, entity, id, &local_error)
      || (store->role == ROUNDS_ROLE_SERVER && entity != ROUNDS_ENTITY_PERSON
          && g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)))
    return TRUE;
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
      gboolean failed = FALSE;
      g_autoptr (RoundsRecord) record = look_up (store, entity, id, &failed, error);

      if (failed)
        return FALSE;
      if (record == NULL && entity == ROUNDS_ENTITY_PERSON)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND,
                       _ ("The merged contact is not on this device. Somebody who sees both can undo the merge."));
          return FALSE;
        }
      if (record != NULL
          && (!lead_back (store, snapshot, snapshot->dissolved->pdata[i], record, error)
              || !restore (store, entity, id, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
move_back (RoundsRecordStore *store, const RoundsMergeMove *move, GError **error)
{
  gboolean failed = FALSE;
  g_autoptr (RoundsRecord) record =
    move->entity != ROUNDS_ENTITY_MERGE ? look_up (store, move->entity, &move->record, &failed, error) : NULL;
  int is_left;

  if (record == NULL)
    return !failed;
  is_left = is_left_at (store, rounds_entity_get_field (move->entity, move->field)->target, &move->to,
                        rounds_record_get_uuid (record, move->field), error);
  if (is_left <= 0)
    return is_left == 0;
  rounds_record_set_uuid (record, move->field, &move->from);
  return rounds_record_store_rewrite (store, record, error);
}

static gboolean
edit_back (RoundsRecordStore *store, const RoundsMergeEdit *edit, GPtrArray *remainders, GError **error)
{
  gboolean failed = FALSE;
  g_autoptr (RoundsRecord) record = look_up (store, edit->entity, &edit->record, &failed, error);

  if (record == NULL)
    return !failed;
  if (rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->before))
    return TRUE;
  if (!rounds_value_equal (rounds_record_get_value (record, edit->field), &edit->after))
    {
      RoundsMergeRemainder remainder = { edit->entity, edit->record, edit->field };

      g_ptr_array_add (remainders, g_memdup2 (&remainder, sizeof remainder));
      return TRUE;
    }
  rounds_record_set_value (record, edit->field, &edit->before);
  return rounds_record_store_rewrite (store, record, error);
}

/* @snapshot: what goes is added to its moves */
static gboolean
move_newer (RoundsRecordStore *store, GPtrArray *newer, GHashTable *go_back, RoundsMergeSnapshot *snapshot,
            GError **error)
{
  for (guint i = 0; i < newer->len; i++)
    {
      const RoundsMergeNewer *entry = newer->pdata[i];
      RoundsMergeMove move = { rounds_record_get_entity (entry->record), entry->field,
                               *rounds_record_get_id (entry->record), entry->back,
                               *rounds_record_get_uuid (entry->record, entry->field) };
      gboolean failed = FALSE;
      g_autoptr (RoundsRecord) record = NULL;

      if (!g_hash_table_contains (go_back, rounds_record_get_id (entry->record)))
        continue;
      record =
        look_up (store, rounds_record_get_entity (entry->record), rounds_record_get_id (entry->record), &failed, error);
      if (record == NULL)
        return FALSE;
      rounds_record_set_uuid (record, entry->field, &entry->back);
      if (!rounds_record_store_rewrite (store, record, error))
        return FALSE;
      rounds_merge_snapshot_add_move (snapshot, &move);
    }
  return TRUE;
}

static gboolean
is_joined_to (RoundsMergeSnapshot *snapshot, const RoundsUuid *record)
{
  for (guint i = 0; i < snapshot->joined->len; i++)
    if (rounds_uuid_equal (&g_array_index (snapshot->joined, RoundsMergeJoin, i).to, record))
      return TRUE;
  return FALSE;
}

/* What the kept person has from the merged one may have taken up what a third one had: that merge is to be undone
 * first, or the third one's journeys would go with it. */
static gboolean
check_later (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  RoundsUuid kept = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  gboolean forwarded;
  g_autoptr (GPtrArray) merges = rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &kept, &forwarded, error)
                                   ? rounds_person_merge_list (store, &kept, error)
                                   : NULL;

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other = NULL;

      if (rounds_uuid_equal (rounds_record_get_id (merges->pdata[i]), rounds_record_get_id (merge)))
        continue;
      other = rounds_merge_snapshot_read (merges->pdata[i], error);
      if (other == NULL)
        return FALSE;
      for (guint k = 0; k < snapshot->moved->len; k++)
        {
          const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, k);

          if (!(rounds_entity_get_field (move->entity, move->field)->flags & ROUNDS_FIELD_UNIQUE)
              || !is_joined_to (other, &move->record))
            continue;
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT,
                       _ ("This contact was merged with another one since. Undo that merge first."));
          return FALSE;
        }
    }
  return merges != NULL;
}

/* Records move before they get their values back, which may be one person's once only. Merges do not: see
 * give_back(). */
static gboolean
give_back_own (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GPtrArray *remainders,
               GError **error)
{
  if (!rounds_merge_origin_leave_to_third (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), snapshot, error))
    return FALSE;
  for (guint i = 0; i < snapshot->moved->len; i++)
    if (!move_back (store, &g_array_index (snapshot->moved, RoundsMergeMove, i), error))
      return FALSE;
  for (guint i = 0; i < snapshot->edited->len; i++)
    if (!edit_back (store, &g_array_index (snapshot->edited, RoundsMergeEdit, i), remainders, error))
      return FALSE;
  return restore_dissolved (store, snapshot, error);
}

static gboolean
bring_back_spare (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) gone = rounds_merge_spare_list_gone_back (store, snapshot, error);

  return gone != NULL
         && rounds_merge_spare_bring_back (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), gone, error);
}

/* A merge that another one has led on: it was made into somebody who had become a part of another by then. */
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

/* Adds the merge that @move has led on, if it stands there. */
static gboolean
add_led (RoundsRecordStore *store, const RoundsMergeMove *move, GPtrArray *led, GError **error)
{
  gboolean failed = FALSE;
  g_autoptr (RoundsRecord) merge = look_up (store, ROUNDS_ENTITY_MERGE, &move->record, &failed, error);
  int is_left;

  if (merge == NULL || rounds_record_is_deleted (merge) || !rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
    return !failed;
  is_left =
    is_left_at (store, ROUNDS_ENTITY_PERSON, &move->to, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), error);
  if (is_left > 0)
    {
      LedMerge one = { g_steal_pointer (&merge), move->from };

      g_ptr_array_add (led, g_memdup2 (&one, sizeof one));
    }
  return is_left >= 0;
}

/* (transfer full) (nullable) (element-type LedMerge): what the merge of @snapshot has led on; a device leaves it to the
 * server to lead it back */
static GPtrArray *
list_led (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) led = g_ptr_array_new_with_free_func ((GDestroyNotify) free_led_merge);

  for (guint i = 0; store->role == ROUNDS_ROLE_SERVER && i < snapshot->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, i);

      if (move->entity == ROUNDS_ENTITY_MERGE && !add_led (store, move, led, error))
        return NULL;
    }
  return g_steal_pointer (&led);
}

static gboolean give_back (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                           GPtrArray *remainders, GError **error);

static gboolean
take_back_led (RoundsRecordStore *store, const LedMerge *led, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (led->merge, error);

  rounds_record_set_integer (led->merge, ROUNDS_MERGE_UNDONE_AT, rounds_time_now ());
  return snapshot != NULL && rounds_record_store_rewrite (store, led->merge, error)
         && give_back (store, led->merge, snapshot, remainders, error)
         && bring_back_spare (store, led->merge, snapshot, error);
}

static gboolean
merge_as_said (RoundsRecordStore *store, const LedMerge *led, GError **error)
{
  rounds_record_clear_field (led->merge, ROUNDS_MERGE_UNDONE_AT);
  rounds_record_set_uuid (led->merge, ROUNDS_MERGE_KEPT, &led->said);
  return rounds_record_store_rewrite (store, led->merge, error)
         && rounds_person_merge_complete (store, led->merge, error)
         && rounds_person_merge_take_choices (store, led->merge, error);
}

/* Whoever was merged into the one who is taken out goes with them, not with whom that was a part of. */
static gboolean
give_back (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot, GPtrArray *remainders,
           GError **error)
{
  g_autoptr (GPtrArray) led = list_led (store, snapshot, error);

  for (guint i = led != NULL ? led->len : 0; i > 0; i--)
    if (!take_back_led (store, led->pdata[i - 1], error))
      return FALSE;
  if (led == NULL || !give_back_own (store, merge, snapshot, remainders, error))
    return FALSE;
  for (guint i = 0; i < led->len; i++)
    if (!merge_as_said (store, led->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The merge record goes first, so that whoever reads the group knows that nobody is to be led to the kept person any
 * more. */
static GPtrArray *
take_apart (RoundsRecordStore *store, const RoundsUuid *merge_id, GHashTable *go_back, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsRecord) merge = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge_id, error);
  g_autoptr (RoundsMergeSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) newer = NULL;

  if (merge == NULL)
    return NULL;
  if (rounds_record_is_deleted (merge) || !rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT, _ ("The merge has been undone already."));
      return NULL;
    }
  snapshot = rounds_merge_snapshot_read (merge, error);
  newer = snapshot != NULL && check_later (store, merge, snapshot, error)
            ? rounds_person_unmerge_list_newer (store, merge, error)
            : NULL;
  if (newer == NULL)
    return NULL;

  rounds_record_set_integer (merge, ROUNDS_MERGE_UNDONE_AT, rounds_time_now ());
  if (!rounds_record_store_rewrite (store, merge, error))
    return NULL;
  if (!give_back (store, merge, snapshot, remainders, error)
      || (go_back != NULL && !move_newer (store, newer, go_back, snapshot, error))
      || !bring_back_spare (store, merge, snapshot, error))
    return NULL;
  return g_steal_pointer (&remainders);
}

/**
 * rounds_person_unmerge_run:
 * @store: a store, whose open transaction this becomes a part of, if there is one
 * @merge: a merge record
 * @go_back: (nullable) (element-type RoundsUuid): a set of those of rounds_person_unmerge_list_newer() that go to the
 *   merged person; the others stay with the kept one
 * @error: (out) (optional): %ROUNDS_ERROR_CONFLICT if it was undone already or a later one is in the way,
 *   %ROUNDS_ERROR_NOT_FOUND if the merged
 * person is not on this device; then nothing was changed
 *
 * Brings the merged person back with what came from them, in one group. Fields of the kept person get the values from
 * before the merge, unless somebody has changed them since.
 *
 * Returns: (transfer full) (element-type RoundsMergeRemainder) (nullable): the fields that stay as they are
 */
GPtrArray *
rounds_person_unmerge_run (RoundsRecordStore *store, const RoundsUuid *merge, GHashTable *go_back, GError **error)
{
  g_autoptr (GPtrArray) remainders = NULL;

  if (store->in_transaction)
    return take_apart (store, merge, go_back, error);
  if (!rounds_record_store_begin (store, error))
    return NULL;
  remainders = take_apart (store, merge, go_back, error);
  return rounds_record_store_end (store, remainders != NULL, error) ? g_steal_pointer (&remainders) : NULL;
}

/**
 * rounds_person_unmerge_list_moved:
 * @merge: a merge record
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (element-type RoundsUuid) (nullable): a set of the records that the merge moved, here or
 * only on the device that made it
 */
GHashTable *
rounds_person_unmerge_list_moved (RoundsRecord *merge, GError **error)
{
  g_autoptr (GHashTable) moved = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, NULL);

  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);
  GHashTableIter iter;
  gpointer id;

  if (snapshot == NULL)
    return NULL;
  add_moved (moved, snapshot);
  g_hash_table_iter_init (&iter, snapshot->left);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (moved, g_memdup2 (id, sizeof (RoundsUuid)));
  return g_steal_pointer (&moved);
}

/* A value that the kept person has again may be that of another of whom they are made, who has got a new one since. */
static gboolean
catch_up_with_others (RoundsRecordStore *store, const RoundsUuid *kept, GError **error)
{
  RoundsUuid whole = *kept;
  gboolean forwarded;
  g_autoptr (GPtrArray) merges = rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &whole, &forwarded, error)
                                   ? rounds_person_merge_list (store, &whole, error)
                                   : NULL;

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!rounds_person_merge_catch_up (store, rounds_record_get_id (merges->pdata[i]), error))
      return FALSE;
  return merges != NULL;
}

/**
 * rounds_person_unmerge_complete:
 * @store: the server's store, in a transaction
 * @merge: a merge record that a device has just said is undone
 * @error: (out) (optional): what the disk says
 *
 * Gives the merged person back what the server knew to be theirs when it merged them: there may be more of it than the
 * device knew that took them apart.
 */
gboolean
rounds_person_unmerge_complete (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (merge, error);

  return snapshot != NULL && give_back (store, merge, snapshot, remainders, error)
         && catch_up_with_others (store, rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT), error)
         && bring_back_spare (store, merge, snapshot, error);
}

/* Takes back in @snapshot what @told has chosen. @changed: (out): whether there was anything */
static gboolean
take_back (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot, gboolean *changed,
           GError **error)
{
  g_autoptr (GPtrArray) remainders = g_ptr_array_new_with_free_func (g_free);

  *changed = FALSE;
  for (guint i = 0; i < told->edited->len; i++)
    for (guint k = snapshot->edited->len; k > 0; k--)
      {
        const RoundsMergeEdit *chosen = &g_array_index (told->edited, RoundsMergeEdit, i);
        const RoundsMergeEdit *edit = &g_array_index (snapshot->edited, RoundsMergeEdit, k - 1);

        if (edit->field != chosen->field || !rounds_uuid_equal (&edit->record, &chosen->record)
            || !rounds_value_equal (&edit->after, &chosen->after))
          continue;
        if (!edit_back (store, edit, remainders, error))
          return FALSE;
        g_array_remove_index (snapshot->edited, k - 1);
        *changed = TRUE;
      }
  return TRUE;
}

/**
 * rounds_person_unmerge_take_back:
 * @store: the server's store, in a transaction
 * @merge: a merge that came second, and that the device which made it has undone
 * @error: (out) (optional): what the disk says
 *
 * Takes back what was chosen with it: see rounds_person_merge_note_choices().
 */
gboolean
rounds_person_unmerge_take_back (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (RoundsMergeSnapshot) told = rounds_merge_snapshot_read (merge, error);
  g_autoptr (GPtrArray) leading = told != NULL ? rounds_merge_arrival_list_leading (store, merge, told, error) : NULL;

  for (guint i = 0; leading != NULL && i < leading->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_read (leading->pdata[i], error);
      gboolean changed;

      if (snapshot == NULL || !take_back (store, told, snapshot, &changed, error))
        return FALSE;
      if (changed)
        rounds_merge_snapshot_write (snapshot, leading->pdata[i]);
      if (changed && !rounds_record_store_rewrite (store, leading->pdata[i], error))
        return FALSE;
    }
  return leading != NULL;
}

/**
 * rounds_person_unmerge_settle:
 * @store: the server's store, in a transaction
 * @merge: the id of a merge that a device has undone
 * @given: what was made since, as the device has left or given it to one of the two
 * @error: (out) (optional): what the disk says
 *
 * If @given, which the merged person has now, was kept for others as well, the kept person gets theirs back.
 */
gboolean
rounds_person_unmerge_settle (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *given, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();

  if (!rounds_merge_double_may_be (rounds_record_get_entity (given)))
    return TRUE;
  record = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_ptr_array_add (gone, given);
  return record != NULL
         && rounds_merge_spare_bring_back (store, rounds_record_get_uuid (record, ROUNDS_MERGE_KEPT), gone, error);
}
