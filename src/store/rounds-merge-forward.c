/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where merged people have gone: for what still names them. */

#include "rounds-merge-forward-private.h"

#include "rounds-record-store-private.h"

/**
 * rounds_person_merge_find:
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): the merge by which the person @merged became a part of another, if it was not
 *   undone; %NULL without an error if there is none
 */
RoundsRecord *
rounds_person_merge_find (RoundsRecordStore *store, const RoundsUuid *merged, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;

  rounds_query_where_uuid (query, ROUNDS_MERGE_MERGED, ROUNDS_IS, merged);
  rounds_query_where (query, ROUNDS_MERGE_UNDONE_AT, ROUNDS_IS, &nothing);
  return rounds_record_store_find (store, query, error);
}

static gboolean
add_merges (RoundsRecordStore *store, const RoundsUuid *kept, GPtrArray *merges, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;
  g_autoptr (GPtrArray) found = NULL;

  rounds_query_where_uuid (query, ROUNDS_MERGE_KEPT, ROUNDS_IS, kept);
  rounds_query_where (query, ROUNDS_MERGE_UNDONE_AT, ROUNDS_IS, &nothing);
  rounds_query_limit (query, ROUNDS_MERGE_LONGEST_CHAIN);
  found = rounds_record_store_list (store, query, error);
  if (found == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (merges, g_steal_pointer (&found));
  return TRUE;
}

/**
 * rounds_person_merge_list:
 * @kept: a person
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): the merges of which @kept is made and that were not
 *   undone, those into people who have become a part of @kept included
 */
GPtrArray *
rounds_person_merge_list (RoundsRecordStore *store, const RoundsUuid *kept, GError **error)
{
  g_autoptr (GPtrArray) merges = g_ptr_array_new_with_free_func (g_object_unref);

  if (!add_merges (store, kept, merges, error))
    return NULL;
  for (guint i = 0; i < merges->len && i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    if (!add_merges (store, rounds_record_get_uuid (merges->pdata[i], ROUNDS_MERGE_MERGED), merges, error))
      return NULL;
  return g_steal_pointer (&merges);
}

/* 1 if there is such a record and it is deleted; 0 if not; -1 on error. Asked about nearly everything that a device
 * sends. */
static int
is_deleted (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT 1 FROM \"%s\" WHERE id = $1 AND deleted_at IS NOT NULL",
                                          rounds_entity_get_info (entity)->name);
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (store), sql, error);
  RoundsStep step;

  if (statement == NULL)
    return -1;
  rounds_statement_bind_uuid (statement, 1, id);
  step = rounds_statement_step (statement, error);
  return step == ROUNDS_STEP_ROW ? 1 : step == ROUNDS_STEP_DONE ? 0 : -1;
}

/* A merged person who is there again, because somebody took them out of the trash, is nobody else. */
static gboolean
forward_person (RoundsRecordStore *store, RoundsUuid *id, gboolean *forwarded, GError **error)
{
  for (guint i = 0; i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      int gone = is_deleted (store, ROUNDS_ENTITY_PERSON, id, error);
      g_autoptr (GError) local_error = NULL;
      g_autoptr (RoundsRecord) merge = NULL;

      if (gone <= 0)
        return gone == 0;
      merge = rounds_person_merge_find (store, id, &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (merge == NULL)
        return TRUE;
      *id = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
      *forwarded = TRUE;
    }
  return TRUE;
}

/*
 * rounds_merge_forward_find_person_field:
 *
 * Returns: the reference by which there is one record of @entity for a person; -1 if it is not such an entity
 */
int
rounds_merge_forward_find_person_field (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON
        && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE))
      return (int) f;
  return -1;
}

/* The physician's particulars went into those of the person whom theirs went into. */
static gboolean
forward_only (RoundsRecordStore *store, RoundsEntity entity, guint field, RoundsUuid *id, gboolean *forwarded,
              GError **error)
{
  g_autoptr (GError) local_error = NULL;
  int gone = is_deleted (store, entity, id, error);
  g_autoptr (RoundsRecord) record = gone > 0 ? rounds_record_store_look_up (store, entity, id, &local_error) : NULL;
  g_autoptr (RoundsRecord) living = NULL;
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  gboolean is_merged = FALSE;
  RoundsUuid person;

  if (gone <= 0)
    return gone == 0;
  if (record != NULL && !rounds_record_is_null (record, field))
    {
      person = *rounds_record_get_uuid (record, field);
      if (!forward_person (store, &person, &is_merged, error))
        return FALSE;
      rounds_query_where_uuid (query, field, ROUNDS_IS, &person);
      living = rounds_record_store_find (store, query, &local_error);
    }
  if (living != NULL)
    {
      *id = *rounds_record_get_id (living);
      *forwarded = TRUE;
    }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/** rounds_person_merge_can_forward: Returns: whether records of @entity become parts of others by merging people. */
gboolean
rounds_person_merge_can_forward (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_PERSON || rounds_merge_forward_find_person_field (entity) >= 0;
}

/**
 * rounds_person_merge_forward:
 * @store: a store
 * @entity: of what record
 * @id: (inout): a person, or what there is one of for a person; who was merged becomes the one who was kept
 * @forwarded: (out): whether @id was changed
 * @error: (out) (optional): what the disk says
 *
 * Leads what names a merged person to where that person is now.
 */
gboolean
rounds_person_merge_forward (RoundsRecordStore *store, RoundsEntity entity, RoundsUuid *id, gboolean *forwarded,
                             GError **error)
{
  int field;

  *forwarded = FALSE;
  if (entity == ROUNDS_ENTITY_PERSON)
    return forward_person (store, id, forwarded, error);
  field = rounds_merge_forward_find_person_field (entity);
  return field < 0 || forward_only (store, entity, (guint) field, id, forwarded, error);
}

/* Whose @id is, @person: (inout); %FALSE without an error: it is not here. */
static gboolean
find_whose (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, RoundsUuid *person, GError **error)
{
  int field = rounds_merge_forward_find_person_field (entity);
  g_autoptr (RoundsRecord) record = NULL;

  *person = *id;
  if (entity == ROUNDS_ENTITY_PERSON)
    return TRUE;
  record = field >= 0 ? rounds_record_store_look_up (store, entity, id, error) : NULL;
  if (record == NULL || rounds_record_is_null (record, (guint) field))
    return FALSE;
  *person = *rounds_record_get_uuid (record, (guint) field);
  return TRUE;
}

/* 1 if @merged was ever merged into @kept, even if that was undone; 0; -1 on error. */
static int
was_merged_into (RoundsRecordStore *store, const RoundsUuid *merged, const RoundsUuid *kept, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  rounds_query_where_uuid (query, ROUNDS_MERGE_MERGED, ROUNDS_IS, merged);
  rounds_query_where_uuid (query, ROUNDS_MERGE_KEPT, ROUNDS_IS, kept);
  merge = rounds_record_store_find (store, query, &local_error);
  if (local_error == NULL)
    return merge != NULL;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return -1;
}

/**
 * rounds_person_merge_has_joined:
 * @entity: of what records
 * @a: a person, or what there is one of for a person
 * @b: another one
 * @joined: (out): whether one was merged into the other, even if that was undone
 * @error: (out) (optional): what the disk says
 *
 * Tells whether a reference that led from one to the other followed a merge, or its undoing.
 */
gboolean
rounds_person_merge_has_joined (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *a, const RoundsUuid *b,
                                gboolean *joined, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  RoundsUuid one, other;
  int there = 0;

  if (find_whose (store, entity, a, &one, &local_error) && find_whose (store, entity, b, &other, &local_error))
    {
      there = was_merged_into (store, &one, &other, &local_error);
      if (there == 0)
        there = was_merged_into (store, &other, &one, &local_error);
    }
  *joined = there > 0;
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * rounds_person_merge_has_dissolved:
 * @record: any record
 * @dissolved: (out): whether it is a tombstone because its person was merged: an edit does not bring it back
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_person_merge_has_dissolved (RoundsRecordStore *store, RoundsRecord *record, gboolean *dissolved, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  int field = rounds_merge_forward_find_person_field (entity);
  const RoundsUuid *person = entity == ROUNDS_ENTITY_PERSON ? rounds_record_get_id (record)
                             : field >= 0                   ? rounds_record_get_uuid (record, (guint) field)
                                                            : NULL;
  RoundsUuid id;

  *dissolved = FALSE;
  if (person == NULL || !rounds_record_is_deleted (record))
    return TRUE;
  id = *person;
  return forward_person (store, &id, dissolved, error);
}

/* Changes @kept as @after differs from @before, where it had the old value or has none. */
static void
adopt (RoundsRecord *kept, RoundsRecord *before, RoundsRecord *after)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (kept));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsValue *old = rounds_record_get_value (before, f);
      const RoundsValue *now = rounds_record_get_value (kept, f);

      if (!(info->fields[f].flags & ROUNDS_FIELD_UNIQUE)
          && !rounds_value_equal (old, rounds_record_get_value (after, f))
          && (rounds_value_is_null (now) || rounds_value_equal (now, old)))
        rounds_record_set_value (kept, f, rounds_record_get_value (after, f));
    }
}

/* @id: (inout): what @record has become a part of: a person with the next merge, anything else with all of them */
static gboolean
find_next (RoundsRecordStore *store, RoundsRecord *record, RoundsUuid *id, gboolean *found, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  if (rounds_record_get_entity (record) != ROUNDS_ENTITY_PERSON)
    return rounds_person_merge_forward (store, rounds_record_get_entity (record), id, found, error);
  if (rounds_record_is_deleted (record))
    merge = rounds_person_merge_find (store, id, &local_error);
  *found = merge != NULL;
  if (merge != NULL)
    *id = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/**
 * rounds_person_merge_follow:
 * @store: a store, in a transaction
 * @before: a merged person, or what there was one of for them, as it was
 * @after: the same, as somebody has changed it who did not know of the merge
 * @error: (out) (optional): what the disk says
 *
 * Changes what it became a part of in the same way, where that had the old value from it or has none; and, as one merge
 * may be undone and another stand, whoever that has become a part of, one after the other.
 */
gboolean
rounds_person_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, GError **error)
{
  g_autoptr (RoundsRecord) old = g_object_ref (before);
  g_autoptr (RoundsRecord) new = g_object_ref (after);
  RoundsUuid id = *rounds_record_get_id (after);

  for (guint i = 0; i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      g_autoptr (RoundsRecord) kept = NULL;
      g_autoptr (RoundsRecord) as_it_was = NULL;
      gboolean found;

      if (!find_next (store, new, &id, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      kept = rounds_record_store_get (store, rounds_record_get_entity (after), &id, error);
      if (kept == NULL)
        return FALSE;
      as_it_was = rounds_record_dup (kept);
      adopt (kept, old, new);
      if (!rounds_record_store_rewrite (store, kept, error))
        return FALSE;
      g_set_object (&old, as_it_was);
      g_set_object (&new, kept);
    }
  return TRUE;
}

/*
 * rounds_merge_forward_catch_up:
 * @snapshot: of a merge, as the device saw both people that made it
 *
 * What others have changed about the merged records before the merge was known here goes into the kept ones.
 */
gboolean
rounds_merge_forward_catch_up (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error)
{
  for (guint i = 0; i < snapshot->dissolved->len; i++)
    {
      RoundsRecord *before = snapshot->dissolved->pdata[i];
      g_autoptr (RoundsRecord) after = NULL;
      g_autoptr (GError) local_error = NULL;

      if (!rounds_person_merge_can_forward (rounds_record_get_entity (before)))
        continue;
      after = rounds_record_store_look_up (store, rounds_record_get_entity (before), rounds_record_get_id (before),
                                           &local_error);
      if (local_error != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      if (after != NULL && !rounds_person_merge_follow (store, before, after, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_person_merge_catch_up:
 * @store: the server's store, in a transaction
 * @merge: a merge that a device has sent, after a value that somebody chose for the kept person
 * @error: (out) (optional): what the disk says
 *
 * A value that was taken from the merged person is taken as it is here: somebody may have changed it meanwhile.
 */
gboolean
rounds_person_merge_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, ROUNDS_ENTITY_MERGE, merge, error);
  g_autoptr (RoundsMergeSnapshot) snapshot =
    record != NULL ? rounds_merge_snapshot_parse (rounds_record_get_text (record, ROUNDS_MERGE_SNAPSHOT), error) : NULL;

  return snapshot != NULL && rounds_merge_forward_catch_up (store, snapshot, error);
}

/**
 * rounds_person_merge_bring_back:
 * @store: a store, in a transaction
 * @entity: what there is one of for a person
 * @id: one of them, which may be dissolved
 * @error: (out) (optional): what the disk says
 *
 * Gives the kept person the dissolved record that somebody still needs, where that person has none any more: the other
 * one has gone back to whose it was.
 */
gboolean
rounds_person_merge_bring_back (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  int field = rounds_merge_forward_find_person_field (entity);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) record = rounds_record_store_look_up (store, entity, id, &local_error);
  gboolean forwarded = FALSE;
  RoundsUuid person;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (field < 0 || record == NULL || !rounds_record_is_deleted (record)
      || rounds_record_is_null (record, (guint) field))
    return TRUE;
  person = *rounds_record_get_uuid (record, (guint) field);
  if (!forward_person (store, &person, &forwarded, error))
    return FALSE;
  if (!forwarded)
    return TRUE;
  rounds_record_set_uuid (record, (guint) field, &person);
  return rounds_record_store_rewrite (store, record, error) && rounds_record_store_restore (store, entity, id, error);
}
