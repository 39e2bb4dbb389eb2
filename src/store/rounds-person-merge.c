/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making two people one.
 *
 * Everything that refers to the merged person is made to refer to the kept one: the entity table says what that is. Of
 * what there can be only one of for a person (the physician's particulars, the patient's) both are made one in the same
 * way; what both have alike (the same role, address, consent) is kept once. It is planned first and written then, so
 * that the merge record comes first in its group: a server that reads it does all of this by itself, for the records
 * too of which the device did not know. */

#include "config.h"

#include "rounds-person-merge.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-merge-forward-private.h"
#include "rounds-merge-plan-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

/* (transfer full) (nullable): a person who can be merged */
static RoundsRecord *
get_living (RoundsRecordStore *store, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) person = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, id, error);

  if (person == NULL || !rounds_record_is_deleted (person))
    return g_steal_pointer (&person);
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT, _ ("The contact has been deleted or merged meanwhile."));
  return NULL;
}

static RoundsRecord *
new_merge (const RoundsUuid *kept, const RoundsUuid *merged, RoundsMergeSnapshot *snapshot)
{
  RoundsRecord *merge = rounds_record_new (ROUNDS_ENTITY_MERGE);

  rounds_record_set_uuid (merge, ROUNDS_MERGE_KEPT, kept);
  rounds_record_set_uuid (merge, ROUNDS_MERGE_MERGED, merged);
  rounds_record_set_integer (merge, ROUNDS_MERGE_MERGED_AT, rounds_time_now ());
  rounds_merge_snapshot_write (snapshot, merge);
  return merge;
}

/* Inside a transaction. */
static RoundsRecord *
merge_people (RoundsRecordStore *store, const RoundsUuid *kept_id, const RoundsUuid *merged_id, GPtrArray *choices,
              GError **error)
{
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_new ();
  RoundsRecord *kept = get_living (store, kept_id, error);
  RoundsRecord *merged = kept != NULL ? get_living (store, merged_id, error) : NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_auto (RoundsMergePlan) plan = { NULL };

  rounds_merge_plan_init (&plan, store, snapshot, choices);
  if (kept != NULL)
    kept = rounds_merge_plan_take (&plan, kept);
  if (merged == NULL)
    return NULL;
  merged = rounds_merge_plan_take (&plan, merged);
  rounds_merge_plan_dissolve (&plan, merged);
  rounds_merge_plan_take_fields (&plan, kept, merged);
  if (!rounds_merge_plan_join (&plan, ROUNDS_ENTITY_PERSON, merged_id, kept_id, error))
    return NULL;
  merge = new_merge (kept_id, merged_id, snapshot);
  return rounds_record_store_save (store, merge, error) && rounds_merge_plan_write (&plan, error)
           ? g_steal_pointer (&merge)
           : NULL;
}

/**
 * rounds_person_merge_run:
 * @store: a store, whose open transaction this becomes a part of, if there is one
 * @kept: who stays
 * @merged: who becomes a part of @kept, and a tombstone
 * @choices: (nullable) (element-type RoundsMergeChoice): rounds_person_merge_list_choices(), perhaps decided otherwise
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CONFLICT if one of them is deleted,
 *   %ROUNDS_ERROR_INVALID for one and the same person; then nothing was changed
 *
 * Merges two people in one group.
 *
 * Returns: (transfer full) (nullable): the merge record, by which it can be undone
 */
RoundsRecord *
rounds_person_merge_run (RoundsRecordStore *store, const RoundsUuid *kept, const RoundsUuid *merged, GPtrArray *choices,
                         GError **error)
{
  g_autoptr (RoundsRecord) merge = NULL;

  if (rounds_uuid_equal (kept, merged))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("A contact cannot be merged with itself."));
      return NULL;
    }
  if (store->in_transaction)
    return merge_people (store, kept, merged, choices, error);
  if (!rounds_record_store_begin (store, error))
    return NULL;
  merge = merge_people (store, kept, merged, choices, error);
  return rounds_record_store_end (store, merge != NULL, error) ? g_steal_pointer (&merge) : NULL;
}

/* Makes @merge what it is in the store. */
static gboolean
read_again (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  g_autoptr (RoundsRecord) now =
    rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, rounds_record_get_id (merge), error);

  for (guint f = 0; now != NULL && f < rounds_entity_get_info (ROUNDS_ENTITY_MERGE)->n_fields; f++)
    rounds_record_set_value (merge, f, rounds_record_get_value (now, f));
  return now != NULL;
}

/* Whom somebody has thrown away who did not know of a merge comes back with what went to the trash with them, as by any
 * edit. */
static gboolean
revive (RoundsRecordStore *store, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) person = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, id, error);

  return person != NULL
         && (!rounds_record_is_deleted (person) || rounds_record_store_bring_back (store, person, error));
}

/**
 * rounds_person_merge_complete:
 * @store: the server's store, in a transaction
 * @merge: (inout): a merge record that has just come from a device; its snapshot becomes that of what is done here
 * @is_alone: whether it came from a device that only knows of it: the server had lost it
 * @error: (out) (optional): what the disk says
 *
 * Does what @merge says, with what the server has of both people. Their own fields are left as they are: the device
 * tells them itself.
 */
gboolean
rounds_person_merge_complete (RoundsRecordStore *store, RoundsRecord *merge, gboolean is_alone, GError **error)
{
  const RoundsUuid *kept = rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  const RoundsUuid *merged = rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_new ();
  g_autoptr (RoundsMergeSnapshot) told = rounds_merge_snapshot_read (merge, error);
  g_autoptr (RoundsMergeSnapshot) led = NULL;
  RoundsRecord *person = told != NULL && revive (store, kept, error) && revive (store, merged, error)
                           ? rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, merged, error)
                           : NULL;
  g_auto (RoundsMergePlan) plan = { NULL };

  rounds_merge_plan_init (&plan, store, snapshot, NULL);
  plan.told = told;
  if (person == NULL)
    return FALSE;
  rounds_merge_snapshot_take_fields (snapshot, told);
  rounds_merge_plan_dissolve (&plan, rounds_merge_plan_take (&plan, person));
  if (!rounds_merge_plan_join (&plan, ROUNDS_ENTITY_PERSON, merged, kept, error)
      || !rounds_merge_told_take (store, told, is_alone, snapshot, error) || !rounds_merge_plan_write (&plan, error)
      || !rounds_merge_snapshot_save (snapshot, store, merge, error)
      || !rounds_merge_catch_up (store, rounds_record_get_id (merge), snapshot, error)
      || !read_again (store, merge, error))
    return FALSE;
  led = rounds_merge_snapshot_read (merge, error);
  return led != NULL && rounds_merge_choices_recall (store, told, led, error)
         && rounds_merge_choices_fill (store, told, led, error)
         && rounds_merge_snapshot_save (led, store, merge, error);
}

/* Choosing */

static void
free_choice (RoundsMergeChoice *self)
{
  g_clear_object (&self->kept);
  g_clear_object (&self->merged);
  g_free (self);
}

/* What a user can decide: not whose account it is, nor what the store sets. */
static void
add_choices (GPtrArray *choices, RoundsRecord *kept, RoundsRecord *merged)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (kept));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      RoundsMergeChoice *choice;

      if (!rounds_merge_plan_differs (kept, merged, f) || (info->fields[f].flags & ROUNDS_FIELD_HIDDEN))
        continue;
      choice = g_new0 (RoundsMergeChoice, 1);
      choice->kept = g_object_ref (kept);
      choice->merged = g_object_ref (merged);
      choice->field = f;
      choice->take = rounds_record_is_null (kept, f);
      g_ptr_array_add (choices, choice);
    }
}

/* Of what both have one of, by the reference @field of @entity. */
static gboolean
add_only_choices (RoundsMergePlan *plan, GPtrArray *choices, RoundsEntity entity, guint field, const RoundsUuid *kept,
                  const RoundsUuid *merged, GError **error)
{
  RoundsRecord *one, *other;

  if (!rounds_merge_plan_find_only (plan, entity, field, kept, &one, error)
      || !rounds_merge_plan_find_only (plan, entity, field, merged, &other, error))
    return FALSE;
  if (one != NULL && other != NULL)
    add_choices (choices, one, other);
  return TRUE;
}

/**
 * rounds_person_merge_list_choices:
 * @store: a store; the few reads are by index
 * @error: (out) (optional): as rounds_person_merge_run()
 *
 * The fields in which two people differ, their own and those of what there is one of for a person. What the kept person
 * has stays unless decided otherwise; what they do not have is taken.
 *
 * Returns: (transfer full) (element-type RoundsMergeChoice) (nullable): what there is to decide
 */
GPtrArray *
rounds_person_merge_list_choices (RoundsRecordStore *store, const RoundsUuid *kept, const RoundsUuid *merged,
                                  GError **error)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) free_choice);
  g_autoptr (RoundsRecord) one = get_living (store, kept, error);
  g_autoptr (RoundsRecord) other = one != NULL ? get_living (store, merged, error) : NULL;
  g_auto (RoundsMergePlan) plan = { NULL };

  rounds_merge_plan_init (&plan, store, NULL, NULL);
  if (other == NULL)
    return NULL;
  add_choices (choices, one, other);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
            && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE)
            && !add_only_choices (&plan, choices, e, f, kept, merged, error))
          return NULL;
    }
  return g_steal_pointer (&choices);
}
