/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be done to make two people one. */

#include "rounds-merge-plan-private.h"

#include "rounds-merge-double-private.h"
#include "rounds-person-merge.h"
#include "rounds-record-store-private.h"

/* rounds_merge_plan_init: an empty plan, which adds to @snapshot (nullable) what it is. @choices: (nullable) */
void
rounds_merge_plan_init (RoundsMergePlan *self, RoundsRecordStore *store, RoundsMergeSnapshot *snapshot,
                        GPtrArray *choices)
{
  self->store = store;
  self->choices = choices;
  self->told = NULL;
  self->snapshot = snapshot;
  self->working = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  self->changed = g_ptr_array_new ();
  self->gone = g_ptr_array_new ();
}

/* rounds_merge_plan_clear: frees what the plan holds. */
void
rounds_merge_plan_clear (RoundsMergePlan *self)
{
  g_ptr_array_unref (self->changed);
  g_ptr_array_unref (self->gone);
  g_hash_table_unref (self->working);
}

/* rounds_merge_plan_take: Returns: (transfer none): the plan's copy of @record (transfer full) */
RoundsRecord *
rounds_merge_plan_take (RoundsMergePlan *self, RoundsRecord *record)
{
  g_autoptr (RoundsRecord) owned = record;
  RoundsRecord *known = g_hash_table_lookup (self->working, rounds_record_get_id (record));

  if (known != NULL)
    return known;
  g_hash_table_insert (self->working, (gpointer) rounds_record_get_id (record), g_steal_pointer (&owned));
  return record;
}

static RoundsRecord *
take_row (RoundsMergePlan *self, RoundsEntity entity, gint64 row_key, GError **error)
{
  RoundsRecord *record = rounds_record_store_get_by_key (self->store, entity, row_key, error);

  return record != NULL ? rounds_merge_plan_take (self, record) : NULL;
}

/*
 * rounds_merge_plan_find_only:
 * @record: (out) (transfer none) (nullable): the living record of @entity whose @field is @id. A device may have one
 *   that the server has refused beside it, as there was one: that waits for whoever entered it, and is not merged
 */
gboolean
rounds_merge_plan_find_only (RoundsMergePlan *self, RoundsEntity entity, guint field, const RoundsUuid *id,
                             RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, id);
  rounds_query_order_by (query, ROUNDS_FIELD_REV, TRUE);
  if (!rounds_record_store_find (self->store, query, record, error))
    return FALSE;
  if (*record != NULL)
    *record = rounds_merge_plan_take (self, *record);
  return TRUE;
}

static void
plan_change (RoundsMergePlan *self, RoundsRecord *record)
{
  if (!g_ptr_array_find (self->changed, record, NULL))
    g_ptr_array_add (self->changed, record);
}

static void
plan_move (RoundsMergePlan *self, RoundsRecord *record, guint field, const RoundsUuid *from, const RoundsUuid *to)
{
  RoundsMergeMove move = { rounds_record_get_entity (record), field, *rounds_record_get_id (record), *from, *to };

  rounds_merge_snapshot_add_move (self->snapshot, &move);
  rounds_record_set_uuid (record, field, to);
  plan_change (self, record);
}

static void
plan_edit (RoundsMergePlan *self, RoundsRecord *record, guint field, const RoundsValue *value)
{
  g_autoptr (RoundsRecord) before = rounds_record_dup (record);

  rounds_record_set_value (record, field, value);
  rounds_merge_snapshot_add_edit (self->snapshot, before, record, field);
  plan_change (self, record);
}

/* rounds_merge_plan_dissolve: @record goes. It is kept as the device saw it that made the merge: others may have
 * changed it since (rounds_merge_catch_up()). */
void
rounds_merge_plan_dissolve (RoundsMergePlan *self, RoundsRecord *record)
{
  RoundsRecord *seen =
    self->told != NULL ? rounds_merge_snapshot_find_dissolved (self->told, rounds_record_get_id (record)) : NULL;

  rounds_merge_snapshot_add_dissolved (self->snapshot, seen != NULL ? seen : record);
  g_ptr_array_add (self->gone, record);
}

static const RoundsMergeChoice *
find_choice (RoundsMergePlan *self, RoundsRecord *kept, guint field)
{
  for (guint i = 0; self->choices != NULL && i < self->choices->len; i++)
    {
      const RoundsMergeChoice *choice = self->choices->pdata[i];

      if (choice->field == field
          && rounds_uuid_equal (rounds_record_get_id (choice->kept), rounds_record_get_id (kept)))
        return choice;
    }
  return NULL;
}

/* rounds_merge_plan_differs: Returns: whether @field of @merged is worth a choice at all: it is not how the record
 * hangs on its person. */
gboolean
rounds_merge_plan_differs (RoundsRecord *kept, RoundsRecord *merged, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (kept), field);

  return !(info->flags & ROUNDS_FIELD_UNIQUE) && !rounds_record_is_null (merged, field)
         && !rounds_value_equal (rounds_record_get_value (kept, field), rounds_record_get_value (merged, field));
}

/* rounds_merge_plan_take_fields: gives @kept the values of @merged that were chosen; where nobody was asked, those that
 * it does not have itself. That it shall have none is told as well: otherwise it had one. */
void
rounds_merge_plan_take_fields (RoundsMergePlan *self, RoundsRecord *kept, RoundsRecord *merged)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (kept));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsMergeChoice *choice = find_choice (self, kept, f);

      if (!rounds_merge_plan_differs (kept, merged, f))
        continue;
      if (choice != NULL ? choice->take : rounds_record_is_null (kept, f))
        plan_edit (self, kept, f, rounds_record_get_value (merged, f));
      else if (rounds_record_is_null (kept, f))
        rounds_merge_snapshot_add_edit (self->snapshot, kept, kept, f);
    }
}

static void
plan_period (RoundsMergePlan *self, RoundsRecord *kept, RoundsRecord *merged)
{
  static const guint ends[] = { ROUNDS_PERSON_ROLE_VALID_FROM, ROUNDS_PERSON_ROLE_VALID_TO };

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      const RoundsValue *end = rounds_merge_double_get_period_end (kept, merged, ends[i]);

      if (!rounds_value_equal (end, rounds_record_get_value (kept, ends[i])))
        plan_edit (self, kept, ends[i], end);
    }
}

/* One of both stays; the other's values go into it where it has none, except with consents, where each value belongs to
 * what was agreed to that day. */
static void
plan_double (RoundsMergePlan *self, RoundsRecord *kept, RoundsRecord *merged, guint field, const RoundsUuid *from,
             const RoundsUuid *to)
{
  if (rounds_record_get_entity (kept) != ROUNDS_ENTITY_CONSENT)
    {
      if (rounds_record_get_entity (kept) == ROUNDS_ENTITY_PERSON_ROLE)
        plan_period (self, kept, merged);
      else
        rounds_merge_plan_take_fields (self, kept, merged);
      rounds_merge_plan_dissolve (self, merged);
    }
  else if (rounds_merge_double_is_stricter (merged, kept))
    {
      rounds_merge_plan_dissolve (self, kept);
      plan_move (self, merged, field, from, to);
    }
  else
    rounds_merge_plan_dissolve (self, merged);
}

/* A person has one primary affiliation at most, a patient one primary physician. */
static void
plan_primary (RoundsMergePlan *self, GPtrArray *siblings, RoundsRecord *moved)
{
  int primary = rounds_entity_find_field (rounds_record_get_entity (moved), "is_primary");
  g_auto (RoundsValue) no = ROUNDS_VALUE_INIT;

  if (primary < 0 || !rounds_record_get_boolean (moved, (guint) primary))
    return;
  rounds_value_set_integer (&no, 0);
  for (guint i = 0; i < siblings->len; i++)
    if (rounds_record_get_boolean (siblings->pdata[i], (guint) primary))
      {
        plan_edit (self, moved, (guint) primary, &no);
        return;
      }
}

/* @siblings: (out): the living records of @entity whose @field is @to; all of them were there before the merge. */
static gboolean
read_siblings (RoundsMergePlan *self, RoundsEntity entity, guint field, const RoundsUuid *to, GPtrArray *siblings,
               GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_owned (self->store, entity, field, to, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      RoundsRecord *record = take_row (self, entity, g_array_index (keys, gint64, i), error);

      if (record == NULL)
        return FALSE;
      rounds_merge_snapshot_add_own (self->snapshot, rounds_record_get_id (record));
      if (!rounds_record_is_deleted (record))
        g_ptr_array_add (siblings, record);
    }
  return keys != NULL;
}

/* What is in the trash goes along: it would come back to nobody. */
static gboolean
plan_many (RoundsMergePlan *self, RoundsEntity entity, guint field, const RoundsUuid *from, const RoundsUuid *to,
           GError **error)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();
  g_autoptr (GArray) keys = rounds_record_store_list_owned (self->store, entity, field, from, error);

  if (keys == NULL || !read_siblings (self, entity, field, to, siblings, error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      RoundsRecord *record = take_row (self, entity, g_array_index (keys, gint64, i), error);
      RoundsRecord *kept;

      if (record == NULL)
        return FALSE;
      if (g_ptr_array_find (self->gone, record, NULL))
        continue;
      kept = rounds_record_is_deleted (record) ? NULL : rounds_merge_double_find (siblings, record, field);
      if (kept != NULL && g_ptr_array_find (self->gone, kept, NULL))
        kept = NULL;
      if (kept != NULL)
        {
          plan_double (self, kept, record, field, from, to);
          continue;
        }
      plan_move (self, record, field, from, to);
      if (!rounds_record_is_deleted (record))
        plan_primary (self, siblings, record);
    }
  return TRUE;
}

/* What there is one of for a person. */
static gboolean
plan_only (RoundsMergePlan *self, RoundsEntity entity, guint field, const RoundsUuid *from, const RoundsUuid *to,
           GError **error)
{
  RoundsRecord *merged, *kept;

  if (!rounds_merge_plan_find_only (self, entity, field, from, &merged, error)
      || !rounds_merge_plan_find_only (self, entity, field, to, &kept, error))
    return FALSE;
  if (kept != NULL)
    rounds_merge_snapshot_add_own (self->snapshot, rounds_record_get_id (kept));
  if (merged == NULL)
    return TRUE;
  if (kept == NULL)
    {
      plan_move (self, merged, field, from, to);
      return TRUE;
    }
  /* A device that made one of both itself tells their fields. */
  if (self->told == NULL || rounds_merge_snapshot_find_join (self->told, rounds_record_get_id (merged)) == NULL)
    rounds_merge_plan_take_fields (self, kept, merged);
  if (!rounds_merge_plan_join (self, entity, rounds_record_get_id (merged), rounds_record_get_id (kept), error))
    return FALSE;
  rounds_merge_plan_dissolve (self, merged);
  return TRUE;
}

/* rounds_merge_plan_join: what refers to @from shall refer to @to. Earlier merges still tell who they were about. */
gboolean
rounds_merge_plan_join (RoundsMergePlan *self, RoundsEntity entity, const RoundsUuid *from, const RoundsUuid *to,
                        GError **error)
{
  rounds_merge_snapshot_add_join (self->snapshot, entity, from, to);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      if (!rounds_entity_is_synced (e) || e == ROUNDS_ENTITY_MERGE)
        continue;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          if (info->fields[f].type != ROUNDS_TYPE_REFERENCE || info->fields[f].target != entity)
            continue;
          if ((info->fields[f].flags & ROUNDS_FIELD_UNIQUE) ? !plan_only (self, e, f, from, to, error)
                                                            : !plan_many (self, e, f, from, to, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* rounds_merge_plan_write: does it. What is to go goes first: it may hold what is unique. */
gboolean
rounds_merge_plan_write (RoundsMergePlan *self, GError **error)
{
  for (guint i = 0; i < self->gone->len; i++)
    {
      RoundsRecord *record = self->gone->pdata[i];

      if (!rounds_record_store_delete (self->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                       error))
        return FALSE;
    }
  for (guint i = 0; i < self->changed->len; i++)
    if (!g_ptr_array_find (self->gone, self->changed->pdata[i], NULL)
        && !rounds_record_store_rewrite (self->store, self->changed->pdata[i], error))
      return FALSE;
  return TRUE;
}
