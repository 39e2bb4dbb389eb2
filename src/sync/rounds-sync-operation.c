/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Creating, changing, deleting and bringing back the server's record as a mutation says it. */

#include "config.h"

#include "rounds-sync-operation.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-record-digest.h"
#include "rounds-sync-alias.h"
#include "rounds-time.h"

/* Whether somebody wanted what @change did to its record: it did not only follow another record into a territory or to
 * another person, nor come back with something else, except for people, who were taken out of others on purpose; nor is
 * it another deletion. 1, 0, or -1 on error. */
static int
is_wanted (const RoundsSyncApplier *self, const RoundsChange *change, GError **error)
{
  gboolean follows = FALSE;

  if (change->operation == ROUNDS_OPERATION_DELETE
      || (rounds_change_is_along (change) && change->entity != ROUNDS_ENTITY_PERSON))
    return 0;
  return rounds_sync_people_follows (self->store, change, &follows, error) ? !follows : -1;
}

/* Whether anybody but this device changed @record since the device saw it, so that a deletion would lose it. By
 * revisions, never by clocks; the device's own earlier changes of the same batch do not count. 1, 0, or -1 on error. */
static int
is_changed_by_others (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *record, GError **error)
{
  /* Of what the device has in doubt it has seen the first one, at least. */
  gint64 seen = mutation->base_rev == ROUNDS_REVISION_IN_DOUBT ? 1 : mutation->base_rev;
  g_autoptr (GPtrArray) history = NULL;

  if (mutation->entity == ROUNDS_ENTITY_PERSON && mutation->operation == ROUNDS_OPERATION_DELETE)
    {
      int is_unseen = rounds_person_merge_has_unseen_parts (self->store, &mutation->record, mutation->base, error);

      if (is_unseen != 0)
        return is_unseen;
    }
  if (rounds_record_get_integer (record, ROUNDS_FIELD_REV) <= seen)
    return 0;
  history = rounds_record_store_list_changes_since (self->store, &mutation->record, seen, error);
  if (history == NULL)
    return -1;
  for (guint i = 0; i < history->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (history, i);
      int is_others = rounds_uuid_equal (&change->device, &self->device) ? 0 : is_wanted (self, change, error);

      if (is_others != 0)
        return is_others;
    }
  return 0;
}

/* One side edited what the other deleted: the edit wins and a person is told. */
static void
flag_deletion (RoundsMergeOutcome *outcome, gint64 mine, gint64 theirs)
{
  g_auto (RoundsValue) original = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) mine_value = ROUNDS_VALUE_INIT;
  g_auto (RoundsValue) theirs_value = ROUNDS_VALUE_INIT;

  if (mine != 0)
    rounds_value_set_integer (&mine_value, mine);
  if (theirs != 0)
    rounds_value_set_integer (&theirs_value, theirs);
  rounds_merge_outcome_add (outcome,
                            rounds_merge_conflict_new (ROUNDS_FIELD_DELETED_AT, &original, &mine_value, &theirs_value));
}

/** rounds_sync_operation_set_gone: says that a record is not there, or not for the user to see. Returns: %FALSE */
gboolean
rounds_sync_operation_set_gone (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The record is not on the server."));
  return FALSE;
}

/* Brings a deleted record back with what went with it, as somebody's edit wins over the deletion, and tells of it. */
static gboolean
revive (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record, RoundsMergeOutcome *outcome,
        GError **error)
{
  gboolean led;

  if (!rounds_record_store_bring_back (self->store, *record, error))
    return FALSE;
  flag_deletion (outcome, 0, rounds_record_get_integer (*record, ROUNDS_FIELD_DELETED_AT));
  g_clear_object (record);
  *record = rounds_record_store_get (self->store, mutation->entity, &mutation->record, error);
  return *record != NULL && rounds_sync_people_lead (self->store, *record, &led, error);
}

/* What is known by its name may have been made on two devices: with the same id, as that comes from the name, or with
 * two. The second of two ids is kept as a deleted record; see rounds-sync-alias.c. */
static gboolean
create_named (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
              RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rounds_record_is_deleted (*record) && !rounds_change_is_move (mutation)
      && !revive (self, mutation, record, outcome, &local_error)
      && !g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  g_clear_error (&local_error);

  if (!rounds_merge_fields (*record, mutation, ROUNDS_MERGE_ON_SERVER, outcome, error))
    return FALSE;
  if (rounds_record_store_save (self->store, *record, &local_error))
    return TRUE;
  if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)
      || rounds_record_get_integer (*record, ROUNDS_FIELD_REV) > 0)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  outcome->merged = TRUE;
  rounds_record_set_integer (*record, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  return rounds_record_store_save (self->store, *record, error);
}

/* A merge that came too late is kept as a deleted record. */
static gboolean
create_merge (const RoundsSyncApplier *self, RoundsRecord *record, RoundsMergeOutcome *outcome, GError **error)
{
  outcome->merged = TRUE;
  if (self->people == ROUNDS_SYNC_PEOPLE_MERGE && self->allow != NULL
      && !rounds_sync_people_may_merge (self->store, rounds_record_get_uuid (record, ROUNDS_MERGE_MERGED), self->allow,
                                        self->allow_data, error))
    return FALSE;
  if ((self->people == ROUNDS_SYNC_PEOPLE_MOOT || self->people == ROUNDS_SYNC_PEOPLE_AGAIN)
      && rounds_record_get_integer (record, ROUNDS_FIELD_REV) == 0)
    rounds_record_set_integer (record, ROUNDS_FIELD_DELETED_AT, rounds_time_now ());
  if (!rounds_record_store_save (self->store, record, error)
      || !rounds_sync_people_finish (self->store, self->people, record, self->is_alone, error))
    return FALSE;
  /* Whoever made the merge tells with it what was chosen; this is somebody who only knows of it. */
  return self->people != ROUNDS_SYNC_PEOPLE_MERGE || !self->is_alone
         || rounds_person_merge_take_choices (self->store, record, error);
}

static gboolean
save_new (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *record,
          RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (rounds_record_store_save (self->store, record, &local_error))
    return TRUE;
  if (!self->led || rounds_record_get_integer (record, ROUNDS_FIELD_REV) > 0
      || !rounds_person_merge_can_forward (mutation->entity)
      || !g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  outcome->merged = TRUE;
  return rounds_sync_people_fold (self->store, self->sent, record, error);
}

/* Who comes back to a server that had lost them may be a part of another already. */
static gboolean
save_new_person (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
                 RoundsMergeOutcome *outcome, GError **error)
{
  gboolean dissolved;

  if (!rounds_record_store_save (self->store, *record, error)
      || !rounds_sync_people_arrive (self->store, &mutation->record, &dissolved, error))
    return FALSE;
  if (!dissolved)
    return TRUE;
  outcome->merged = TRUE;
  g_clear_object (record);
  *record = rounds_record_store_get (self->store, mutation->entity, &mutation->record, error);
  return *record != NULL;
}

static gboolean
create_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               RoundsMergeOutcome *outcome, GError **error)
{
  gboolean is_new = *record == NULL;

  /* A device that forgot that it sent this, or a copy of one, creates what is there: then its values count as edits of
   * an empty record, except that what was deleted since stays so. */
  if (is_new)
    {
      *record = rounds_record_new_empty (mutation->entity);
      rounds_record_set_uuid (*record, ROUNDS_FIELD_ID, &mutation->record);
      rounds_record_set_integer (*record, ROUNDS_FIELD_REV, 0);
      if (mutation->at != 0)
        rounds_record_set_integer (*record, ROUNDS_FIELD_CREATED_AT, mutation->at);
    }
  if (rounds_entity_is_named (mutation->entity))
    return create_named (self, mutation, record, outcome, error);
  if (!rounds_merge_fields (*record, mutation, ROUNDS_MERGE_ON_SERVER, outcome, error))
    return FALSE;
  if (mutation->entity == ROUNDS_ENTITY_MERGE)
    return create_merge (self, *record, outcome, error);
  if (mutation->entity == ROUNDS_ENTITY_PERSON && is_new)
    return save_new_person (self, mutation, record, outcome, error);
  return save_new (self, mutation, *record, outcome, error);
}

/* An edit of a merged person wins over a deletion of the kept one. @outcome: (nullable): what is to tell of it */
static gboolean
revive_kept (const RoundsSyncApplier *self, RoundsRecord *merged, RoundsMergeOutcome *outcome, GError **error)
{
  RoundsUuid id = *rounds_record_get_id (merged);
  g_autoptr (RoundsRecord) kept = NULL;
  gboolean forwarded;

  if (rounds_record_get_entity (merged) != ROUNDS_ENTITY_PERSON)
    return TRUE;
  if (!rounds_person_merge_forward (self->store, ROUNDS_ENTITY_PERSON, &id, &forwarded, error))
    return FALSE;
  kept = rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON, &id, error);
  if (kept == NULL || !rounds_record_is_deleted (kept))
    return kept != NULL;
  if (outcome != NULL)
    flag_deletion (outcome, 0, rounds_record_get_integer (kept, ROUNDS_FIELD_DELETED_AT));
  return rounds_record_store_bring_back (self->store, kept, error);
}

/* What was chosen with a merge that came second is for the merges that stand to take back. */
static gboolean
note_choices (const RoundsSyncApplier *self, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  return self->people != ROUNDS_SYNC_PEOPLE_AGAIN
         || rounds_person_merge_note_choices (self->store, &self->merge, before, after, error);
}

/* What was changed about somebody who has been merged meanwhile stays with them, for the day when the merge is undone,
 * and becomes the kept person's where that person has the same old value, or none. */
static gboolean
update_dissolved (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *record,
                  RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);

  outcome->merged = TRUE;
  return rounds_merge_fields (record, mutation, ROUNDS_MERGE_ON_SERVER, outcome, error)
         && rounds_record_store_save (self->store, record, error)
         && rounds_person_merge_follow (self->store, before, record, error)
         && note_choices (self, before, record, error)
         && ((self->people != ROUNDS_SYNC_PEOPLE_MERGE && self->people != ROUNDS_SYNC_PEOPLE_AGAIN)
             || rounds_person_merge_catch_up (self->store, &self->merge, error))
         && revive_kept (self, record, outcome, error);
}

/* Tells that @record does not go where the device has it. */
static gboolean
flag_place (const RoundsChange *mutation, RoundsRecord *record, RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (RoundsRecord) wanted = rounds_record_new_empty (mutation->entity);
  g_autoptr (yyjson_doc) doc = NULL;
  int field = rounds_person_merge_find_field (mutation->entity);

  if (mutation->operation != ROUNDS_OPERATION_UPDATE || mutation->fields == NULL)
    return TRUE;
  if (!rounds_json_read (mutation->fields, -1, &doc, error)
      || !rounds_record_set_from_json (wanted, yyjson_doc_get_root (doc), FALSE, error))
    return FALSE;
  if (!rounds_record_is_null (wanted, (guint) field))
    rounds_merge_outcome_add (outcome,
                              rounds_merge_conflict_new ((guint) field, rounds_record_get_value (record, (guint) field),
                                                         rounds_record_get_value (wanted, (guint) field),
                                                         rounds_record_get_value (record, (guint) field)));
  return TRUE;
}

/* Somebody got another physician's or patient's particulars while two were one: what comes back to them stays where it
 * is, or in the trash, rather than keep the two from being taken apart. Takes @local_error. */
static gboolean
leave_out (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
           RoundsMergeOutcome *outcome, GError *local_error, GError **error)
{
  g_autoptr (GError) owned = local_error;

  if (self->people != ROUNDS_SYNC_PEOPLE_UNDO
      || (mutation->operation != ROUNDS_OPERATION_RESTORE && !rounds_person_merge_can_forward (mutation->entity))
      || !g_error_matches (owned, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  outcome->merged = TRUE;
  g_clear_object (record);
  *record = rounds_record_store_get (self->store, mutation->entity, &mutation->record, error);
  return *record != NULL && flag_place (mutation, *record, outcome, error);
}

/* The device chose values of the merged person that somebody may have changed meanwhile. */
static gboolean
take_as_it_is (const RoundsSyncApplier *self, RoundsRecord *before, RoundsRecord **record, RoundsMergeOutcome *outcome,
               GError **error)
{
  gint64 rev = rounds_record_get_integer (*record, ROUNDS_FIELD_REV);
  RoundsRecord *now;

  if (!note_choices (self, before, *record, error) || !rounds_person_merge_catch_up (self->store, &self->merge, error))
    return FALSE;
  now =
    rounds_record_store_get (self->store, rounds_record_get_entity (*record), rounds_record_get_id (*record), error);
  g_clear_object (record);
  *record = now;
  outcome->merged |= now != NULL && rounds_record_get_integer (now, ROUNDS_FIELD_REV) != rev;
  return now != NULL;
}

/* Whether @change says of a field what the device says of it: it is the device's own; or a merge of others has led it
 * here, where the device has it from a merge, too. 1, 0, or -1 on error. */
static int
is_said_likewise (const RoundsSyncApplier *self, const RoundsChange *change, gboolean is_alike, GError **error)
{
  if (rounds_uuid_equal (&change->device, &self->device))
    return 1;
  return is_alike && (self->people == ROUNDS_SYNC_PEOPLE_MERGE || self->people == ROUNDS_SYNC_PEOPLE_AGAIN)
           ? rounds_record_store_is_by_merge (self->store, change, error)
           : 0;
}

/* Whether @value is the last that the device has put into @field here, of @history, latest first, or what a merge has
 * put there for it. 1, 0, or -1 on error. */
static int
has_said (const RoundsSyncApplier *self, GPtrArray *history, const RoundsFieldInfo *field, const RoundsValue *value,
          GError **error)
{
  for (guint i = 0; i < history->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (history, i);
      g_autoptr (yyjson_doc) doc = NULL;
      g_auto (RoundsValue) said = ROUNDS_VALUE_INIT;
      gboolean is_alike;
      int likewise;
      yyjson_val *json;

      if (change->operation != ROUNDS_OPERATION_UPDATE)
        continue;
      if (!rounds_json_read (change->fields, -1, &doc, error))
        return -1;
      json = yyjson_obj_get (yyjson_doc_get_root (doc), field->name);
      if (json == NULL)
        continue;
      if (!rounds_value_from_json (&said, field, json, error))
        return -1;
      is_alike = rounds_value_equal (&said, value);
      likewise = is_said_likewise (self, change, is_alike, error);
      if (likewise != 0)
        return likewise < 0 ? -1 : is_alike;
    }
  return 0;
}

/* What the device says again, having merged somebody of whom it had said it, or others had, while the server had merged
 * them already, was there, and whoever has replaced it since has seen it: that stays, and nobody is asked. Nor is
 * anybody about what a merge gives back that was never done here: others have changed what it had never changed. */
static gboolean
leave_replaced (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *record,
                RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GPtrArray) history = NULL;

  if (outcome->conflicts == NULL)
    return TRUE;
  history = rounds_record_store_list_changes_since (self->store, &mutation->record, mutation->base_rev, error);
  for (guint i = outcome->conflicts->len; history != NULL && i-- > 0;)
    {
      const RoundsMergeConflict *conflict = g_ptr_array_index (outcome->conflicts, i);
      const RoundsFieldInfo *field = rounds_entity_get_field (mutation->entity, conflict->field);
      int said = self->people == ROUNDS_SYNC_PEOPLE_PAST ? 1 : has_said (self, history, field, &conflict->mine, error);

      if (said < 0)
        return FALSE;
      if (said == 0)
        continue;
      outcome->merged = TRUE;
      rounds_record_set_value (record, conflict->field, &conflict->theirs);
      g_ptr_array_remove_index (outcome->conflicts, i);
    }
  if (outcome->conflicts->len == 0)
    g_clear_pointer (&outcome->conflicts, g_ptr_array_unref);
  return history != NULL;
}

static gboolean
update_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               gboolean changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  gboolean dissolved = FALSE;
  gboolean follows = FALSE;
  gboolean led;

  if (*record == NULL)
    return rounds_sync_operation_set_gone (error);
  if (changed_by_others && self->people == ROUNDS_SYNC_PEOPLE_MERGE
      && !rounds_person_merge_note_agreed (self->store, &self->merge, mutation, *record, error))
    return FALSE;
  if (!rounds_person_merge_has_dissolved (self->store, *record, &dissolved, error)
      || ((rounds_record_is_deleted (*record) || rounds_change_is_in_trash (mutation))
          && !rounds_sync_people_follows (self->store, mutation, &follows, error)))
    return FALSE;
  if (dissolved)
    return update_dissolved (self, mutation, *record, outcome, error);
  /* Whose it is when it comes back, as its person was merged on the device, its restoring finds out here. */
  if (follows && self->people == ROUNDS_SYNC_PEOPLE_STAY && !rounds_change_is_move (mutation))
    {
      outcome->merged = TRUE;
      return TRUE;
    }
  if (rounds_record_is_deleted (*record) && !follows && !rounds_change_is_in_trash (mutation)
      && !revive (self, mutation, record, outcome, error))
    return FALSE;
  /* What a merge has dissolved still names the merged person, whom @mutation has been led away from. */
  if (follows && self->led && !rounds_sync_people_lead (self->store, *record, &led, error))
    return FALSE;
  if (self->people == ROUNDS_SYNC_PEOPLE_AGAIN)
    before = rounds_record_dup (*record);
  if (!rounds_merge_fields (*record, mutation, ROUNDS_MERGE_ON_SERVER, outcome, error)
      || !leave_replaced (self, mutation, *record, outcome, error))
    return FALSE;
  if (!rounds_record_store_save (self->store, *record, &local_error))
    return leave_out (self, mutation, record, outcome, g_steal_pointer (&local_error), error);
  if (mutation->entity == ROUNDS_ENTITY_MERGE)
    return !rounds_sync_people_begins (mutation)
           || rounds_sync_people_finish (self->store, self->people, *record, FALSE, error);
  if (self->people == ROUNDS_SYNC_PEOPLE_UNDO)
    return rounds_change_is_move (mutation) || rounds_person_unmerge_settle (self->store, &self->merge, *record, error);
  return (self->people != ROUNDS_SYNC_PEOPLE_MERGE && self->people != ROUNDS_SYNC_PEOPLE_AGAIN)
         || take_as_it_is (self, before, record, outcome, error);
}

/* Leaves @record, which was to be deleted, where it is, with what belongs to it: also with what the group has deleted
 * before it, as undoing an import does. */
static gboolean
spare (const RoundsSyncApplier *self, RoundsRecord *record, GError **error)
{
  gint64 deleted_at = rounds_record_store_get_deletion_time (self->store);

  rounds_uuid_set_add (self->spared, rounds_record_get_id (record));
  return self->people != ROUNDS_SYNC_PEOPLE_STAY || deleted_at == 0
         || rounds_record_store_restore_parts (self->store, record, deleted_at, error);
}

/* Somebody wanted to delete @record who had not heard that a merge has made it a part of another one: that stays, with
 * what the merge has brought there. What there is one of for a person stays if the person does. */
static gboolean
spare_whole (const RoundsSyncApplier *self, RoundsRecord *record, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  RoundsUuid id = *rounds_record_get_id (record);
  g_autoptr (RoundsRecord) whole = NULL;
  gboolean forwarded;

  if (self->people != ROUNDS_SYNC_PEOPLE_STAY)
    return TRUE;
  if (!rounds_person_merge_forward (self->store, entity, &id, &forwarded, error)
      || (forwarded && !rounds_record_store_look_up (self->store, entity, &id, &whole, error)))
    return FALSE;
  if (whole == NULL || rounds_record_is_deleted (whole)
      || (entity != ROUNDS_ENTITY_PERSON && !rounds_record_store_is_part (whole, self->spared)))
    return TRUE;
  return spare (self, whole, error);
}

/* What somebody deletes by itself, which is in the trash with what it belongs to, does not come back with that any
 * more; unless the same group deletes that as well, before it or, where an import is undone, after it:
 * rounds_sync_operation_end_group(). */
static gboolean
delete_again (const RoundsSyncApplier *self, RoundsRecord *record, RoundsMergeOutcome *outcome, GError **error)
{
  gboolean dissolved;
  gboolean apart = FALSE;

  if (!rounds_person_merge_has_dissolved (self->store, record, &dissolved, error))
    return FALSE;
  outcome->merged |= dissolved;
  if (dissolved)
    return spare_whole (self, record, error);
  if (self->people != ROUNDS_SYNC_PEOPLE_STAY)
    return TRUE;
  if (!rounds_record_store_is_part (record, self->left)
      && !rounds_record_store_delete_apart (self->store, record, &apart, error))
    return FALSE;
  if (!apart)
    g_hash_table_replace (self->left, (gpointer) rounds_record_get_id (record), g_object_ref (record));
  return TRUE;
}

static gboolean
delete_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               gboolean changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  gboolean is_part;

  if (*record == NULL)
    return TRUE;
  if (mutation->entity == ROUNDS_ENTITY_PERSON
      && !rounds_person_merge_add_apart (self->store, &mutation->record, mutation->base, self->spared, error))
    return FALSE;
  if (mutation->entity == ROUNDS_ENTITY_PERSON || (rounds_record_is_deleted (*record) && !changed_by_others))
    g_hash_table_replace (self->wanted, (gpointer) rounds_record_get_id (*record), g_object_ref (*record));
  if (rounds_record_is_deleted (*record))
    return delete_again (self, *record, outcome, error);
  /* What belongs to something stays with it. */
  is_part = self->people == ROUNDS_SYNC_PEOPLE_STAY && rounds_record_store_is_part (*record, self->spared);
  if (changed_by_others && !is_part)
    flag_deletion (outcome, mutation->at, 0);
  outcome->merged |= changed_by_others || is_part;
  if (changed_by_others || is_part)
    return spare (self, *record, error);
  if (!rounds_record_store_delete (self->store, mutation->entity, &mutation->record, error)
      || !rounds_person_merge_leave_unseen (self->store, *record, mutation->base, error))
    return FALSE;
  g_clear_object (record);
  *record = rounds_record_store_get (self->store, mutation->entity, &mutation->record, error);
  return *record != NULL;
}

static gboolean
restore_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
                RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean dissolved = FALSE;
  gboolean kept_once = FALSE;
  gboolean leaves = FALSE;
  gboolean led;

  if (*record == NULL)
    return rounds_sync_operation_set_gone (error);
  if (!rounds_person_merge_has_dissolved (self->store, *record, &dissolved, error)
      || (rounds_record_is_deleted (*record)
          && !rounds_person_merge_keeps_once (self->store, *record, &kept_once, error)))
    return FALSE;
  if (dissolved || kept_once)
    {
      /* Whoever took that out of the trash had not heard that it is a part of another now, and still is. */
      outcome->merged = TRUE;
      return revive_kept (self, *record, NULL, error);
    }
  if (self->people == ROUNDS_SYNC_PEOPLE_UNDO
      && !rounds_person_unmerge_leaves (self->store, &self->merge, *record, &leaves, error))
    return FALSE;
  outcome->merged |= leaves;
  if (leaves)
    return TRUE;
  if (!(self->people == ROUNDS_SYNC_PEOPLE_UNDO ? rounds_record_store_restore_along : rounds_record_store_restore) (
        self->store, mutation->entity, &mutation->record, &local_error))
    return leave_out (self, mutation, record, outcome, g_steal_pointer (&local_error), error);
  g_clear_object (record);
  *record = rounds_record_store_get (self->store, mutation->entity, &mutation->record, error);
  if (*record == NULL || !rounds_sync_people_lead (self->store, *record, &led, error))
    return FALSE;
  outcome->merged |= led;
  return rounds_record_store_save (self->store, *record, &local_error)
         || (rounds_record_store_delete (self->store, mutation->entity, &mutation->record, error)
             && leave_out (self, mutation, record, outcome, g_steal_pointer (&local_error), error));
}

static gboolean
run_operation (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               gboolean changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  switch (mutation->operation)
    {
    case ROUNDS_OPERATION_CREATE:
      return create_record (self, mutation, record, outcome, error);
    case ROUNDS_OPERATION_UPDATE:
      return update_record (self, mutation, record, changed_by_others, outcome, error);
    case ROUNDS_OPERATION_DELETE:
      return delete_record (self, mutation, record, changed_by_others, outcome, error);
    case ROUNDS_OPERATION_RESTORE:
      return restore_record (self, mutation, record, outcome, error);
    default:
      g_assert_not_reached ();
    }
}

/**
 * rounds_sync_operation_run:
 * @record: (inout) (transfer full) (nullable): the record as it is here; %NULL if there is none
 * @changed_by_others: (out): whether anybody but the device has changed it since the device saw it
 * @outcome: (inout): what became of the mutation
 * @error: (out) (optional): as rounds_sync_apply()
 *
 * Does what @mutation, whose references are led to those who are there, asks for.
 */
gboolean
rounds_sync_operation_run (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
                           gboolean *changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  int changed = *record != NULL ? is_changed_by_others (self, mutation, *record, error) : 0;

  *changed_by_others = changed > 0;
  return changed >= 0 && run_operation (self, mutation, record, changed > 0, outcome, error);
}

/**
 * rounds_sync_operation_end_group:
 * @error: (out) (optional): what the disk says
 *
 * What the group that ends has deleted of what was in the trash before, and the group wanted to delete as well, went
 * there with that, and comes back with it. What a merge had put there does not come back with that, if the group wanted
 * to delete it by itself; nor has that gone there which it has deleted of a merged person, be it before the person.
 */
gboolean
rounds_sync_operation_end_group (const RoundsSyncApplier *self, GError **error)
{
  gint64 deleted_at = rounds_record_store_get_deletion_time (self->store);
  GHashTableIter iter;
  gpointer owner, part;

  g_hash_table_iter_init (&iter, self->left);
  while (deleted_at != 0 && g_hash_table_iter_next (&iter, NULL, &owner))
    if (!rounds_record_store_delete_along (self->store, owner, deleted_at, error))
      return FALSE;
  g_hash_table_iter_init (&iter, self->wanted);
  while (g_hash_table_iter_next (&iter, NULL, &part))
    if (!spare_whole (self, part, error) || !rounds_person_merge_forget (self->store, part, self->wanted, error))
      return FALSE;
  return TRUE;
}
