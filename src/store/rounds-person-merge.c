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
#include "rounds-merge-double-private.h"
#include "rounds-merge-forward-private.h"
#include "rounds-merge-snapshot-private.h"
#include "rounds-record-store-private.h"
#include "rounds-time.h"

typedef struct
{
  RoundsRecordStore *store;
  GPtrArray *choices;            /* (nullable) of RoundsMergeChoice */
  RoundsMergeSnapshot *told;     /* (nullable): what the device did that made the merge, for the server */
  RoundsMergeSnapshot *snapshot; /* what is planned is added */
  GHashTable *working;           /* (owned) id → RoundsRecord (owned): as it will be */
  GPtrArray *changed;            /* (owned) of RoundsRecord (not owned) to be written */
  GPtrArray *gone;               /* (owned) of RoundsRecord (not owned) to be deleted */
} Plan;

static void
plan_init (Plan *plan, RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GPtrArray *choices)
{
  plan->store = store;
  plan->choices = choices;
  plan->told = NULL;
  plan->snapshot = snapshot;
  plan->working = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  plan->changed = g_ptr_array_new ();
  plan->gone = g_ptr_array_new ();
}

static void
plan_clear (Plan *plan)
{
  g_ptr_array_unref (plan->changed);
  g_ptr_array_unref (plan->gone);
  g_hash_table_unref (plan->working);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* (transfer none): the plan's copy of @record (transfer full) */
static RoundsRecord *
take_record (Plan *plan, RoundsRecord *record)
{
  RoundsRecord *known = g_hash_table_lookup (plan->working, rounds_record_get_id (record));

  if (known != NULL)
    {
      g_object_unref (record);
      return known;
    }
  g_hash_table_insert (plan->working, (gpointer) rounds_record_get_id (record), record);
  return record;
}

static RoundsRecord *
take_row (Plan *plan, RoundsEntity entity, gint64 row_key, GError **error)
{
  RoundsRecord *record = rounds_record_store_get_by_key (plan->store, entity, row_key, error);

  return record != NULL ? take_record (plan, record) : NULL;
}

/* @record: (out) (transfer none) (nullable): the living record of @entity whose @field is @id */
static gboolean
find_only (Plan *plan, RoundsEntity entity, guint field, const RoundsUuid *id, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, id);
  if (!rounds_record_store_find (plan->store, query, record, error))
    return FALSE;
  if (*record != NULL)
    *record = take_record (plan, *record);
  return TRUE;
}

static void
plan_change (Plan *plan, RoundsRecord *record)
{
  if (!g_ptr_array_find (plan->changed, record, NULL))
    g_ptr_array_add (plan->changed, record);
}

static void
plan_move (Plan *plan, RoundsRecord *record, guint field, const RoundsUuid *from, const RoundsUuid *to)
{
  RoundsMergeMove move = { rounds_record_get_entity (record), field, *rounds_record_get_id (record), *from, *to };

  rounds_merge_snapshot_add_move (plan->snapshot, &move);
  rounds_record_set_uuid (record, field, to);
  plan_change (plan, record);
}

static void
plan_edit (Plan *plan, RoundsRecord *record, guint field, const RoundsValue *value)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);

  rounds_record_set_value (record, field, value);
  rounds_merge_snapshot_add_edit (plan->snapshot, before, record, field);
  plan_change (plan, record);
}

/* Kept as the device saw it that made the merge: others may have changed it since (rounds_merge_catch_up()). */
static void
plan_dissolution (Plan *plan, RoundsRecord *record)
{
  RoundsRecord *seen =
    plan->told != NULL ? rounds_merge_snapshot_find_dissolved (plan->told, rounds_record_get_id (record)) : NULL;

  rounds_merge_snapshot_add_dissolved (plan->snapshot, seen != NULL ? seen : record);
  g_ptr_array_add (plan->gone, record);
}

static const RoundsMergeChoice *
find_choice (Plan *plan, RoundsRecord *kept, guint field)
{
  for (guint i = 0; plan->choices != NULL && i < plan->choices->len; i++)
    {
      const RoundsMergeChoice *choice = plan->choices->pdata[i];

      if (choice->field == field
          && rounds_uuid_equal (rounds_record_get_id (choice->kept), rounds_record_get_id (kept)))
        return choice;
    }
  return NULL;
}

/* Whether @field of @merged is worth a choice at all: it is not how the record hangs on its person. */
static gboolean
differs (RoundsRecord *kept, RoundsRecord *merged, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (kept), field);

  return !(info->flags & ROUNDS_FIELD_UNIQUE) && !rounds_record_is_null (merged, field)
         && !rounds_value_equal (rounds_record_get_value (kept, field), rounds_record_get_value (merged, field));
}

/* Gives @kept the values of @merged that were chosen; where nobody was asked, those that it does not have itself. That
 * it shall have none is told as well: otherwise it had one. */
static void
plan_fields (Plan *plan, RoundsRecord *kept, RoundsRecord *merged)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (kept));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsMergeChoice *choice = find_choice (plan, kept, f);

      if (!differs (kept, merged, f))
        continue;
      if (choice != NULL ? choice->take : rounds_record_is_null (kept, f))
        plan_edit (plan, kept, f, rounds_record_get_value (merged, f));
      else if (rounds_record_is_null (kept, f))
        rounds_merge_snapshot_add_edit (plan->snapshot, kept, kept, f);
    }
}

static void
plan_period (Plan *plan, RoundsRecord *kept, RoundsRecord *merged)
{
  static const guint ends[] = { ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const RoundsValue *end = rounds_merge_double_get_period_end (kept, merged, ends[i]);

      if (!rounds_value_equal (end, rounds_record_get_value (kept, ends[i])))
        plan_edit (plan, kept, ends[i], end);
    }
}

/* One of both stays; the other's values go into it where it has none, except with consents, where each value belongs to
 * what was agreed to that day. */
static void
plan_double (Plan *plan, RoundsRecord *kept, RoundsRecord *merged, guint field, const RoundsUuid *from,
             const RoundsUuid *to)
{
  if (rounds_record_get_entity (kept) != ROUNDS_ENTITY_CONSENT)
    {
      if (rounds_record_get_entity (kept) == ROUNDS_ENTITY_PERSON_ROLE)
        plan_period (plan, kept, merged);
      else
        plan_fields (plan, kept, merged);
      plan_dissolution (plan, merged);
    }
  else if (rounds_merge_double_is_stricter (merged, kept))
    {
      plan_dissolution (plan, kept);
      plan_move (plan, merged, field, from, to);
    }
  else
    plan_dissolution (plan, merged);
}

/* A person has one primary affiliation at most, a patient one primary physician. */
static void
plan_primary (Plan *plan, GPtrArray *siblings, RoundsRecord *moved)
{
  int primary = rounds_entity_find_field (rounds_record_get_entity (moved), "is_primary");
  g_auto (RoundsValue) no = ROUNDS_VALUE_INIT;

  if (primary < 0 || !rounds_record_get_boolean (moved, (guint) primary))
    return;
  rounds_value_set_integer (&no, 0);
  for (guint i = 0; i < siblings->len; i++)
    if (rounds_record_get_boolean (siblings->pdata[i], (guint) primary))
      {
        plan_edit (plan, moved, (guint) primary, &no);
        return;
      }
}

/* @siblings: (out): the living records of @entity whose @field is @to; all of them were there before the merge. */
static gboolean
read_siblings (Plan *plan, RoundsEntity entity, guint field, const RoundsUuid *to, GPtrArray *siblings, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_owned (plan->store, entity, field, to, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      RoundsRecord *record = take_row (plan, entity, g_array_index (keys, gint64, i), error);

      if (record == NULL)
        return FALSE;
      rounds_merge_snapshot_add_own (plan->snapshot, rounds_record_get_id (record));
      if (!rounds_record_is_deleted (record))
        g_ptr_array_add (siblings, record);
    }
  return keys != NULL;
}

/* What is in the trash goes along: it would come back to nobody. */
static gboolean
plan_many (Plan *plan, RoundsEntity entity, guint field, const RoundsUuid *from, const RoundsUuid *to, GError **error)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  g_autoptr (GArray) keys = rounds_record_store_list_owned (plan->store, entity, field, from, error);

  if (keys == NULL || !read_siblings (plan, entity, field, to, siblings, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      RoundsRecord *record = take_row (plan, entity, g_array_index (keys, gint64, i), error);
      RoundsRecord *kept;

      if (record == NULL)
        return FALSE;
      if (g_ptr_array_find (plan->gone, record, NULL))
        continue;
      kept = rounds_record_is_deleted (record) ? NULL : rounds_merge_double_find (siblings, record, field);
      if (kept != NULL && g_ptr_array_find (plan->gone, kept, NULL))
        kept = NULL;
      if (kept != NULL)
        {
          plan_double (plan, kept, record, field, from, to);
          continue;
        }
      plan_move (plan, record, field, from, to);
      if (!rounds_record_is_deleted (record))
        plan_primary (plan, siblings, record);
    }
  return TRUE;
}

static gboolean plan_join (Plan *plan, RoundsEntity entity, const RoundsUuid *from, const RoundsUuid *to,
                           GError **error);

/* Whether the device made one of both itself: then it tells their fields. */
static gboolean
is_joined (Plan *plan, const RoundsUuid *from)
{
  for (guint i = 0; plan->told != NULL && i < plan->told->joined->len; i++)
    if (rounds_uuid_equal (&g_array_index (plan->told->joined, RoundsMergeJoin, i).from, from))
      return TRUE;
  return FALSE;
}

/* What there is one of for a person. */
static gboolean
plan_only (Plan *plan, RoundsEntity entity, guint field, const RoundsUuid *from, const RoundsUuid *to, GError **error)
{
  RoundsRecord *merged, *kept;

  if (!find_only (plan, entity, field, from, &merged, error) || !find_only (plan, entity, field, to, &kept, error))
    return FALSE;
  if (kept != NULL)
    rounds_merge_snapshot_add_own (plan->snapshot, rounds_record_get_id (kept));
  if (merged == NULL)
    return TRUE;
  if (kept == NULL)
    {
      plan_move (plan, merged, field, from, to);
      return TRUE;
    }
  if (!is_joined (plan, rounds_record_get_id (merged)))
    plan_fields (plan, kept, merged);
  if (!plan_join (plan, entity, rounds_record_get_id (merged), rounds_record_get_id (kept), error))
    return FALSE;
  plan_dissolution (plan, merged);
  return TRUE;
}

/* Plans that what refers to @from shall refer to @to. Earlier merges still tell who they were about. */
static gboolean
plan_join (Plan *plan, RoundsEntity entity, const RoundsUuid *from, const RoundsUuid *to, GError **error)
{
  rounds_merge_snapshot_add_join (plan->snapshot, entity, from, to);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (!rounds_entity_is_synced (e) || e == ROUNDS_ENTITY_MERGE)
        continue;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          if (info->fields[f].type != ROUNDS_TYPE_REFERENCE || info->fields[f].target != entity)
            continue;
          if ((info->fields[f].flags & ROUNDS_FIELD_UNIQUE) ? !plan_only (plan, e, f, from, to, error)
                                                            : !plan_many (plan, e, f, from, to, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* What is to go goes first: it may hold what is unique. */
static gboolean
write_plan (Plan *plan, GError **error)
{
  for (guint i = 0; i < plan->gone->len; i++)
    {
      RoundsRecord *record = plan->gone->pdata[i];

      if (!rounds_record_store_delete (plan->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                       error))
        return FALSE;
    }
  for (guint i = 0; i < plan->changed->len; i++)
    if (!g_ptr_array_find (plan->gone, plan->changed->pdata[i], NULL)
        && !rounds_record_store_rewrite (plan->store, plan->changed->pdata[i], error))
      return FALSE;
  return TRUE;
}

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
  g_auto (Plan) plan = { NULL };

  plan_init (&plan, store, snapshot, choices);
  if (kept != NULL)
    kept = take_record (&plan, kept);
  if (merged == NULL)
    return NULL;
  merged = take_record (&plan, merged);
  plan_dissolution (&plan, merged);
  plan_fields (&plan, kept, merged);
  if (!plan_join (&plan, ROUNDS_ENTITY_PERSON, merged_id, kept_id, error))
    return NULL;
  merge = new_merge (kept_id, merged_id, snapshot);
  return rounds_record_store_save (store, merge, error) && write_plan (&plan, error) ? g_steal_pointer (&merge) : NULL;
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

/**
 * rounds_person_merge_complete:
 * @store: the server's store, in a transaction
 * @merge: (inout): a merge record that has just come from a device; its snapshot becomes that of what is done here
 * @error: (out) (optional): what the disk says
 *
 * Does what @merge says, with what the server has of both people. Their own fields are left as they are: the device
 * tells them itself.
 */
gboolean
rounds_person_merge_complete (RoundsRecordStore *store, RoundsRecord *merge, GError **error)
{
  const RoundsUuid *kept = rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  const RoundsUuid *merged = rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
  g_autoptr (RoundsMergeSnapshot) snapshot = rounds_merge_snapshot_new ();
  g_autoptr (RoundsMergeSnapshot) told = rounds_merge_snapshot_read (merge, error);
  RoundsRecord *person = told != NULL ? rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, merged, error) : NULL;
  g_auto (Plan) plan = { NULL };

  plan_init (&plan, store, snapshot, NULL);
  plan.told = told;
  if (person == NULL)
    return FALSE;
  rounds_merge_snapshot_take_fields (snapshot, told);
  plan_dissolution (&plan, take_record (&plan, person));
  if (!rounds_record_store_restore (store, ROUNDS_ENTITY_PERSON, kept, error)
      || !plan_join (&plan, ROUNDS_ENTITY_PERSON, merged, kept, error)
      || !rounds_merge_told_take (store, told, snapshot, error) || !write_plan (&plan, error)
      || !rounds_merge_catch_up (store, rounds_record_get_id (merge), snapshot, error)
      || !rounds_merge_choices_fill (store, told, snapshot, error))
    return FALSE;
  rounds_merge_snapshot_write (snapshot, merge);
  return rounds_record_store_rewrite (store, merge, error);
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

      if (!differs (kept, merged, f) || (info->fields[f].flags & ROUNDS_FIELD_HIDDEN))
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
add_only_choices (Plan *plan, GPtrArray *choices, RoundsEntity entity, guint field, const RoundsUuid *kept,
                  const RoundsUuid *merged, GError **error)
{
  RoundsRecord *one, *other;

  if (!find_only (plan, entity, field, kept, &one, error) || !find_only (plan, entity, field, merged, &other, error))
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
  g_auto (Plan) plan = { NULL };

  plan_init (&plan, store, NULL, NULL);
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
