/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One mutation of a device, applied to the server's record. */

#include "config.h"

#include "rounds-sync-apply.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-sync-alias.h"
#include "rounds-sync-scope.h"
#include "rounds-time.h"

/* Whether somebody wanted what @change did to @record: it did not only follow another record into a territory or to
 * another person, nor come back because of a merge; nor is it another deletion. 1, 0, or -1 on error. */
static int
is_wanted (const RoundsSyncApplier *self, const RoundsChange *change, RoundsRecord *record, GError **error)
{
  gboolean follows = FALSE;
  int is_spared;

  if (change->operation == ROUNDS_OPERATION_DELETE)
    return 0;
  if (change->operation == ROUNDS_OPERATION_RESTORE)
    {
      is_spared = rounds_person_merge_has_spared (self->store, record, error);
      if (is_spared != 0)
        return is_spared < 0 ? -1 : 0;
    }
  return rounds_sync_people_follows (self->store, change, &follows, error) ? !follows : -1;
}

/* Whether anybody but this device changed @record since the device saw it, so that a deletion would lose it. By
 * revisions, never by clocks; the device's own earlier changes of the same batch do not count. 1, 0, or -1 on error. */
static int
is_changed_by_others (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *record, GError **error)
{
  g_autoptr (GPtrArray) history = NULL;

  if (mutation->entity == ROUNDS_ENTITY_PERSON && mutation->operation == ROUNDS_OPERATION_DELETE)
    {
      int is_unseen = rounds_person_merge_has_unseen_parts (self->store, &mutation->record, mutation->base, error);

      if (is_unseen != 0)
        return is_unseen;
    }
  if (rounds_record_get_integer (record, ROUNDS_FIELD_REV) <= mutation->base_rev)
    return 0;
  history = rounds_record_store_list_changes_since (self->store, &mutation->record, mutation->base_rev, error);
  if (history == NULL)
    return -1;
  for (guint i = 0; i < history->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (history, i);
      int is_others = rounds_uuid_equal (&change->device, &self->device) ? 0 : is_wanted (self, change, record, error);

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

static gboolean
set_gone (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The record is not on the server."));
  return FALSE;
}

/* Brings a deleted record back, as somebody's edit wins over the deletion, and tells of it. */
static gboolean
revive (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record, RoundsMergeOutcome *outcome,
        GError **error)
{
  gint64 deleted_at = rounds_record_get_integer (*record, ROUNDS_FIELD_DELETED_AT);
  gboolean led;

  if (!rounds_record_store_restore (self->store, mutation->entity, &mutation->record, error))
    return FALSE;
  flag_deletion (outcome, 0, deleted_at);
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
      || !rounds_sync_people_finish (self->store, self->people, record, error))
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
  return rounds_record_store_restore (self->store, ROUNDS_ENTITY_PERSON, &id, error);
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

  if (self->people != ROUNDS_SYNC_PEOPLE_UNDO || !rounds_person_merge_can_forward (mutation->entity)
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
  g_object_unref (*record);
  *record = now;
  outcome->merged |= now != NULL && rounds_record_get_integer (now, ROUNDS_FIELD_REV) != rev;
  return now != NULL;
}

static gboolean
update_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  gboolean dissolved = FALSE;
  gboolean follows = FALSE;
  gboolean led;

  if (*record == NULL)
    return set_gone (error);
  if (!rounds_person_merge_has_dissolved (self->store, *record, &dissolved, error)
      || (rounds_record_is_deleted (*record) && !rounds_sync_people_follows (self->store, mutation, &follows, error)))
    return FALSE;
  if (dissolved)
    return update_dissolved (self, mutation, *record, outcome, error);
  if (rounds_record_is_deleted (*record) && !follows && !rounds_change_is_in_trash (mutation)
      && !revive (self, mutation, record, outcome, error))
    return FALSE;
  /* What a merge has dissolved still names the merged person, whom @mutation has been led away from. */
  if (follows && self->led && !rounds_sync_people_lead (self->store, *record, &led, error))
    return FALSE;
  if (self->people == ROUNDS_SYNC_PEOPLE_AGAIN)
    before = rounds_record_dup (*record);
  if (!rounds_merge_fields (*record, mutation, ROUNDS_MERGE_ON_SERVER, outcome, error))
    return FALSE;
  if (!rounds_record_store_save (self->store, *record, &local_error))
    return leave_out (self, mutation, record, outcome, g_steal_pointer (&local_error), error);
  if (mutation->entity == ROUNDS_ENTITY_MERGE)
    return rounds_sync_people_finish (self->store, self->people, *record, error);
  if (self->people == ROUNDS_SYNC_PEOPLE_UNDO)
    return rounds_person_unmerge_settle (self->store, &self->merge, *record, error);
  return (self->people != ROUNDS_SYNC_PEOPLE_MERGE && self->people != ROUNDS_SYNC_PEOPLE_AGAIN)
         || take_as_it_is (self, before, record, outcome, error);
}

static gboolean
delete_record (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
               gboolean changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  if (*record == NULL)
    return TRUE;
  if (rounds_record_is_deleted (*record))
    return rounds_person_merge_forget (self->store, *record, error);
  if (changed_by_others)
    {
      flag_deletion (outcome, mutation->at, 0);
      return TRUE;
    }
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
  gboolean led;

  if (*record == NULL)
    return set_gone (error);
  if (!rounds_person_merge_has_dissolved (self->store, *record, &dissolved, error))
    return FALSE;
  if (dissolved)
    {
      /* Whoever took them out of the trash had not heard that they are a part of another now, and still are. */
      outcome->merged = TRUE;
      return revive_kept (self, *record, NULL, error);
    }
  if (!rounds_record_store_restore (self->store, mutation->entity, &mutation->record, &local_error))
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
      return update_record (self, mutation, record, outcome, error);
    case ROUNDS_OPERATION_DELETE:
      return delete_record (self, mutation, record, changed_by_others, outcome, error);
    case ROUNDS_OPERATION_RESTORE:
      return restore_record (self, mutation, record, outcome, error);
    default:
      g_assert_not_reached ();
    }
}

/** rounds_sync_applier_tell_all: from here on each answer about @record holds all of it, as the last one counts. */
void
rounds_sync_applier_tell_all (RoundsSyncApplier *self, const RoundsUuid *record)
{
  static const RoundsSyncKnown nothing = { -1, 0 };

  g_hash_table_replace (self->known, g_memdup2 (record, sizeof *record), g_memdup2 (&nothing, sizeof nothing));
}

#define BIT(field) (G_GUINT64_CONSTANT (1) << (field))

/* What the device must be told of the record after @mutation: all of it, unless it has the rest already. It has if
 * nothing but its own changes, of which it has the answers or gets them with this one, lies between the revision that
 * it started from and this one. That the device made the changes in between is not enough: it may have gone back to a
 * copy of its database and have forgotten them. The last answer about a record holds the news of those before. */
static guint64
find_news (RoundsSyncApplier *self, const RoundsChange *mutation, gint64 rev_before, RoundsRecord *record,
           gboolean as_sent)
{
  const RoundsSyncKnown *known = g_hash_table_lookup (self->known, &mutation->record);
  RoundsSyncKnown now = { rounds_record_get_integer (record, ROUNDS_FIELD_REV), known != NULL ? known->news : 0 };

  if (!as_sent || rev_before != (known != NULL ? known->rev : mutation->base_rev))
    {
      rounds_sync_applier_tell_all (self, &mutation->record);
      return G_MAXUINT64;
    }

  now.news |= BIT (ROUNDS_FIELD_REV) | BIT (ROUNDS_FIELD_UPDATED_AT);
  if (mutation->operation == ROUNDS_OPERATION_CREATE)
    now.news |= BIT (ROUNDS_FIELD_CREATED_AT);
  if (mutation->operation == ROUNDS_OPERATION_DELETE || mutation->operation == ROUNDS_OPERATION_RESTORE)
    now.news |= BIT (ROUNDS_FIELD_DELETED_AT);
  g_hash_table_replace (self->known, g_memdup2 (&mutation->record, sizeof mutation->record),
                        g_memdup2 (&now, sizeof now));
  return now.news;
}

/* What @mutation asks for may not be in this version's table, or not be for devices. */
static gboolean
check_entity (const RoundsChange *mutation, GError **error)
{
  if (rounds_entity_is_synced (mutation->entity))
    return TRUE;
  rounds_set_field_error (error, "entity",
                          _ ("The server does not keep this kind of record. It may be older than this application."));
  return FALSE;
}

/* Whether the user may do it: what they cannot see is not there for them, and they put nothing where they cannot see
 * it.
 * @before: (nullable) */
static gboolean
check_scope (RoundsSyncApplier *self, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  return after == NULL
         || (rounds_sync_scope_check_references (self->scope, self->store, after, before, error)
             && rounds_sync_scope_check_place (self->scope, after, error));
}

/* Whether @after is in the territory where the device has it: a record goes where its owner is, whatever was sent. */
static gboolean
is_where_sent (const RoundsChange *mutation, RoundsRecord *before, RoundsRecord *after)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (mutation->entity, ROUNDS_FIELD_TERRITORY);
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (RoundsValue) sent = ROUNDS_VALUE_INIT;
  yyjson_val *value = NULL;

  if (mutation->fields != NULL && strstr (mutation->fields, field->name) != NULL
      && rounds_json_read (mutation->fields, -1, &doc, NULL))
    value = yyjson_obj_get (yyjson_doc_get_root (doc), field->name);
  if (value != NULL)
    rounds_value_from_json (&sent, field, value, NULL);
  else if (before != NULL)
    rounds_value_copy (rounds_record_get_value (before, ROUNDS_FIELD_TERRITORY), &sent);
  return rounds_value_equal (&sent, rounds_record_get_value (after, ROUNDS_FIELD_TERRITORY));
}

/* (transfer full) (nullable): the record that @mutation is about; %NULL without an error if there is none. */
static RoundsRecord *
find_visible (RoundsSyncApplier *self, const RoundsChange *mutation, GError **error)
{
  g_autoptr (RoundsRecord) record =
    rounds_record_store_look_up (self->store, mutation->entity, &mutation->record, error);

  if (record == NULL || rounds_territory_scope_shows (self->scope, record))
    return g_steal_pointer (&record);
  set_gone (error);
  return NULL;
}

/* @merge: (nullable): as it is here */
static gboolean
note_merge (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord *merge, GError **error)
{
  self->merge = mutation->record;
  g_clear_pointer (&self->moved, g_hash_table_unref);
  if (self->people == ROUNDS_SYNC_PEOPLE_UNDO && merge != NULL)
    {
      self->merged = *rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
      self->moved = rounds_person_unmerge_list_moved (merge, error);
    }
  return self->people != ROUNDS_SYNC_PEOPLE_UNDO || self->moved != NULL;
}

/* Finds the record and does what @mutation asks for. @before, @after: (out) (nullable) */
static gboolean
run_mutation (RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **before, RoundsRecord **after,
              int *changed_by_others, RoundsMergeOutcome *outcome, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  *after = find_visible (self, mutation, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (self->allow != NULL && !self->allow (self->store, mutation, *after, self->allow_data, error))
    return FALSE;
  if (!rounds_sync_people_begin (self->store, *after, mutation, &self->people, error))
    return FALSE;
  if (mutation->entity == ROUNDS_ENTITY_MERGE && !note_merge (self, mutation, *after, error))
    return FALSE;
  if (*after != NULL)
    *before = rounds_record_dup (*after);
  if (rounds_sync_people_skips (self->people, mutation, self->moved, &self->merged))
    {
      outcome->merged = TRUE;
      return *after == NULL || rounds_sync_people_take_back (self->store, self->people, mutation, *after, error);
    }
  if (*after != NULL)
    {
      *changed_by_others = is_changed_by_others (self, mutation, *after, error);
    }
  return *changed_by_others >= 0 && run_operation (self, mutation, after, *changed_by_others > 0, outcome, error)
         && check_scope (self, *before, *after, error);
}

/* Whether somebody has said whose the record of @mutation is: a merge only leads it along, and says itself into whom it
 * leads. */
static gboolean
is_somebodys_word (RoundsSyncApplier *self, const RoundsChange *mutation)
{
  if (mutation->entity == ROUNDS_ENTITY_MERGE)
    return self->people == ROUNDS_SYNC_PEOPLE_MERGE;
  return (self->people == ROUNDS_SYNC_PEOPLE_STAY || self->people == ROUNDS_SYNC_PEOPLE_UNDO)
         && !rounds_sync_people_skips (self->people, mutation, self->moved, &self->merged);
}

/**
 * rounds_sync_apply:
 * @self: the push; its store is in a transaction
 * @mutation: the mutation; it may be applied again, where a transaction was rolled back for another one
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, EXISTS, NOT_FOUND or FORBIDDEN: refused; others: what the disk says
 *
 * Returns: (transfer full) (nullable): what became of it; on an error the transaction is to be rolled back
 */
RoundsSyncResult *
rounds_sync_apply (RoundsSyncApplier *self, const RoundsChange *mutation, GError **error)
{
  RoundsChange led = *mutation; /* with references to those who are there */
  g_autofree char *fields = NULL;
  g_autofree char *base = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) after = NULL;
  g_auto (RoundsMergeOutcome) outcome = ROUNDS_MERGE_OUTCOME_INIT;
  RoundsSyncResult *result;
  int changed_by_others = 0;

  if (!check_entity (mutation, error) || !rounds_sync_alias_resolve (self->store, mutation, &fields, &base, error))
    return NULL;
  self->led = fields != NULL || base != NULL;
  self->sent = mutation;
  if (fields != NULL)
    led.fields = fields;
  if (base != NULL)
    led.base = base;
  if (!run_mutation (self, &led, &before, &after, &changed_by_others, &outcome, error)
      || (fields != NULL && after != NULL && is_somebodys_word (self, mutation)
          && !rounds_sync_alias_note (self->store, mutation, after, error)))
    return NULL;

  result = rounds_sync_result_new (mutation, outcome.conflicts != NULL                 ? ROUNDS_SYNC_CONFLICT
                                             : outcome.merged || changed_by_others > 0 ? ROUNDS_SYNC_MERGED
                                                                                       : ROUNDS_SYNC_APPLIED);
  if (after != NULL)
    result->present =
      find_news (self, mutation, before != NULL ? rounds_record_get_integer (before, ROUNDS_FIELD_REV) : 0, after,
                 result->status == ROUNDS_SYNC_APPLIED && !self->led && is_where_sent (mutation, before, after));
  result->record = g_steal_pointer (&after);
  result->conflicts = g_steal_pointer (&outcome.conflicts);
  if (outcome.unknown != NULL)
    result->unknown = g_strdupv ((char **) outcome.unknown->pdata);
  return result;
}
