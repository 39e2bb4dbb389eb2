/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What several people have alike is kept once when they are merged. If the one that was kept goes back to whose it was,
 * the others' is needed again: the address that two clinics' lists gave for one contact must not vanish from them when
 * one of both lists turns out to be about somebody else. */

#include "rounds-error.h"
#include "rounds-merge-double-private.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

/* The reference to a person by which @record is theirs; -1: none */
static int
find_owner_field (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && !rounds_record_is_null (record, f))
      return (int) f;
  return -1;
}

/* (transfer full) (nullable): the living records of @entity whose @field is @person */
static GPtrArray *
list_living (RoundsRecordStore *store, RoundsEntity entity, guint field, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, field, ROUNDS_IS, person);
  return rounds_record_store_list (store, query, error);
}

/* (transfer full) (nullable): of what @snapshot moved and may be had twice, what is back with whose it was */
static GPtrArray *
list_gone_back (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < snapshot->moved->len; i++)
    {
      const RoundsMergeMove *move = &g_array_index (snapshot->moved, RoundsMergeMove, i);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (RoundsRecord) record = NULL;
      const RoundsUuid *now;

      if (!rounds_merge_double_may_be (move->entity))
        continue;
      record = rounds_record_store_look_up (store, move->entity, &move->record, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      now = record != NULL ? rounds_record_get_uuid (record, move->field) : NULL;
      if (now != NULL && !rounds_record_is_deleted (record) && rounds_uuid_equal (now, &move->from))
        g_ptr_array_add (gone, g_steal_pointer (&record));
    }
  return g_steal_pointer (&gone);
}

/* @all: of any entities */
static gboolean
has_double (GPtrArray *all, RoundsRecord *record, guint field)
{
  g_autoptr (GPtrArray) siblings = g_ptr_array_new ();

  for (guint i = 0; i < all->len; i++)
    if (rounds_record_get_entity (all->pdata[i]) == rounds_record_get_entity (record))
      g_ptr_array_add (siblings, all->pdata[i]);
  return rounds_merge_double_find (siblings, record, field) != NULL;
}

/* Where a rule is against it, such as one role at a time, it stays as it is. */
static gboolean
bring_back (RoundsRecordStore *store, RoundsRecord *record, guint field, const RoundsUuid *person, GError **error)
{
  int primary = rounds_entity_find_field (rounds_record_get_entity (record), "is_primary");
  g_autoptr (GError) local_error = NULL;

  rounds_record_set_uuid (record, field, person);
  if (primary >= 0)
    rounds_record_set_integer (record, (guint) primary, FALSE);
  if (!rounds_record_store_rewrite (store, record, error))
    return FALSE;
  if (rounds_record_store_restore (store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                   &local_error)
      || g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)
      || g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* @dissolved: what a merge into @person that stands has dissolved, as it was */
static gboolean
bring_back_spare (RoundsRecordStore *store, RoundsRecord *dissolved, GPtrArray *gone, const RoundsUuid *person,
                  GError **error)
{
  int field = find_owner_field (dissolved);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (GPtrArray) siblings = NULL;

  if (field < 0 || !rounds_merge_double_may_be (rounds_record_get_entity (dissolved))
      || !has_double (gone, dissolved, (guint) field))
    return TRUE;
  record = rounds_record_store_look_up (store, rounds_record_get_entity (dissolved), rounds_record_get_id (dissolved),
                                        &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (record == NULL || !rounds_record_is_deleted (record))
    return TRUE;
  siblings = list_living (store, rounds_record_get_entity (record), (guint) field, person, error);
  if (siblings == NULL)
    return FALSE;
  return has_double (siblings, record, (guint) field) || bring_back (store, record, (guint) field, person, error);
}

/*
 * rounds_merge_spare_bring_back:
 * @store: a store, in a transaction in which a merge into @kept has been undone
 * @kept: who kept what several people had alike
 * @snapshot: of that merge
 * @error: (out) (optional): what the disk says
 *
 * Gives @kept, or whom they are a part of now, what others of whom they are made had like what has gone back.
 */
gboolean
rounds_merge_spare_bring_back (RoundsRecordStore *store, const RoundsUuid *kept, RoundsMergeSnapshot *snapshot,
                               GError **error)
{
  RoundsUuid person = *kept;
  gboolean forwarded;
  g_autoptr (GPtrArray) gone = list_gone_back (store, snapshot, error);
  g_autoptr (GPtrArray) merges = NULL;

  if (gone == NULL || gone->len == 0)
    return gone != NULL;
  if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &person, &forwarded, error))
    return FALSE;
  merges = rounds_person_merge_list (store, &person, error);
  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      g_autoptr (RoundsMergeSnapshot) other =
        rounds_merge_snapshot_parse (rounds_record_get_text (merges->pdata[i], ROUNDS_MERGE_SNAPSHOT), error);

      if (other == NULL)
        return FALSE;
      for (guint k = 0; k < other->dissolved->len; k++)
        if (!bring_back_spare (store, other->dissolved->pdata[k], gone, &person, error))
          return FALSE;
    }
  return merges != NULL;
}
