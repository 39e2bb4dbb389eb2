/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where merged people have gone: for what still names them. */

#include "rounds-merge-forward-private.h"

#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"

/**
 * rounds_person_merge_find:
 * @merge: (out) (transfer full) (nullable): the merge by which the person @merged became a part of another, if it was
 *   not undone; %NULL if there is none
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_person_merge_find (RoundsRecordStore *store, const RoundsUuid *merged, RoundsRecord **merge, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;

  rounds_query_where_uuid (query, ROUNDS_MERGE_MERGED, ROUNDS_IS, merged);
  rounds_query_where (query, ROUNDS_MERGE_UNDONE_AT, ROUNDS_IS, &nothing);
  return rounds_record_store_find (store, query, merge, error);
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

/* A merged person who is there again, because somebody took them out of the trash, is nobody else. */
static gboolean
forward_person (RoundsRecordStore *store, RoundsUuid *id, gboolean *forwarded, GError **error)
{
  for (guint i = 0; i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      int gone = rounds_record_store_is_deleted (store, ROUNDS_ENTITY_PERSON, id, error);
      g_autoptr (RoundsRecord) merge = NULL;

      if (gone <= 0)
        return gone == 0;
      if (!rounds_person_merge_find (store, id, &merge, error))
        return FALSE;
      if (merge == NULL)
        return TRUE;
      *id = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
      *forwarded = TRUE;
    }
  return TRUE;
}

/**
 * rounds_person_merge_find_field:
 *
 * Returns: the reference by which there is one record of @entity for a person; -1 if it is not such an entity
 */
int
rounds_person_merge_find_field (RoundsEntity entity)
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
  int gone = rounds_record_store_is_deleted (store, entity, id, error);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) living = NULL;
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  gboolean is_merged = FALSE;
  RoundsUuid person;

  if (gone <= 0)
    return gone == 0;
  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record == NULL || rounds_record_is_null (record, field))
    return TRUE;
  person = *rounds_record_get_uuid (record, field);
  if (!forward_person (store, &person, &is_merged, error))
    return FALSE;
  rounds_query_where_uuid (query, field, ROUNDS_IS, &person);
  if (!rounds_record_store_find (store, query, &living, error))
    return FALSE;
  if (living != NULL)
    {
      *id = *rounds_record_get_id (living);
      *forwarded = TRUE;
    }
  return TRUE;
}

/*
 * rounds_merge_list_of_whole:
 * @person: somebody, who may be a part of another one
 *
 * Returns: (transfer full) (nullable) (element-type RoundsRecord): the merges of which that one is made
 */
GPtrArray *
rounds_merge_list_of_whole (RoundsRecordStore *store, const RoundsUuid *person, GError **error)
{
  RoundsUuid whole = *person;
  gboolean forwarded;

  return rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &whole, &forwarded, error)
           ? rounds_person_merge_list (store, &whole, error)
           : NULL;
}

/** rounds_person_merge_can_forward: Returns: whether records of @entity become parts of others by merging people. */
gboolean
rounds_person_merge_can_forward (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_PERSON || rounds_person_merge_find_field (entity) >= 0;
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
  field = rounds_person_merge_find_field (entity);
  return field < 0 || forward_only (store, entity, (guint) field, id, forwarded, error);
}

/** rounds_person_merge_may_forward: Returns: whether @record refers in @field to what becomes a part of others by
 * merging people. A merge tells of whom it was made, whatever has become of them. */
gboolean
rounds_person_merge_may_forward (RoundsRecord *record, guint field)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, field);

  return entity != ROUNDS_ENTITY_MERGE && info->type == ROUNDS_TYPE_REFERENCE && !rounds_record_is_null (record, field)
         && rounds_person_merge_can_forward (info->target);
}

/**
 * rounds_person_merge_forward_references:
 * @store: a store
 * @record: (inout): refers to people, and to what there is one of for them, as they are now
 * @forwarded: (out): the fields that were changed
 * @error: (out) (optional): what the disk says
 */
gboolean
rounds_person_merge_forward_references (RoundsRecordStore *store, RoundsRecord *record, guint64 *forwarded,
                                        GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  *forwarded = 0;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (entity)->n_fields; f++)
    {
      gboolean changed;
      RoundsUuid id;

      if (!rounds_person_merge_may_forward (record, f))
        continue;
      id = *rounds_record_get_uuid (record, f);
      if (!rounds_person_merge_forward (store, rounds_entity_get_field (entity, f)->target, &id, &changed, error))
        return FALSE;
      if (changed)
        rounds_record_set_uuid (record, f, &id);
      *forwarded |= changed ? ROUNDS_FIELD_BIT (f) : 0;
    }
  return TRUE;
}

/* @person: (out): whose @id is; nil if it is not here */
static gboolean
find_whose (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, RoundsUuid *person, GError **error)
{
  int field = rounds_person_merge_find_field (entity);
  g_autoptr (RoundsRecord) record = NULL;

  *person = entity == ROUNDS_ENTITY_PERSON ? *id : (RoundsUuid) { { 0 } };
  if (entity == ROUNDS_ENTITY_PERSON || field < 0)
    return TRUE;
  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record != NULL && !rounds_record_is_null (record, (guint) field))
    *person = *rounds_record_get_uuid (record, (guint) field);
  return TRUE;
}

/* Adds to @people, in which @person is, whoever the person was ever merged with, even if that was undone. */
static gboolean
add_partners (RoundsRecordStore *store, const RoundsUuid *person, GArray *people, GHashTable *known, GError **error)
{
  static const guint sides[] = { ROUNDS_MERGE_MERGED, ROUNDS_MERGE_KEPT };

  for (guint s = 0; s < G_N_ELEMENTS (sides); s++)
    {
      g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
      g_autoptr (GPtrArray) merges = NULL;

      rounds_query_where_uuid (query, sides[s], ROUNDS_IS, person);
      merges = rounds_record_store_list (store, query, error);
      for (guint i = 0; merges != NULL && i < merges->len; i++)
        {
          const RoundsUuid *partner = rounds_record_get_uuid (merges->pdata[i], sides[1 - s]);

          if (rounds_uuid_set_add (known, partner))
            g_array_append_val (people, *partner);
        }
      if (merges == NULL)
        return FALSE;
    }
  return TRUE;
}

/* 1 if @one and @other were ever one person, be it by way of others; 0; -1 on error. */
static int
were_one (RoundsRecordStore *store, const RoundsUuid *one, const RoundsUuid *other, GError **error)
{
  g_autoptr (GArray) people = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (GHashTable) known = rounds_uuid_set_new ();

  g_array_append_val (people, *one);
  rounds_uuid_set_add (known, one);
  for (guint i = 0; i < people->len && i < ROUNDS_MERGE_LONGEST_CHAIN; i++)
    {
      const RoundsUuid person = g_array_index (people, RoundsUuid, i);

      if (!add_partners (store, &person, people, known, error))
        return -1;
      if (g_hash_table_contains (known, other))
        return 1;
    }
  return 0;
}

/**
 * rounds_person_merge_has_joined:
 * @entity: of what records
 * @a: a person, or what there is one of for a person
 * @b: another one
 * @joined: (out): whether they were ever one, even if that was undone
 * @error: (out) (optional): what the disk says
 *
 * Tells whether a reference that led from one to the other followed a merge, or its undoing.
 */
gboolean
rounds_person_merge_has_joined (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *a, const RoundsUuid *b,
                                gboolean *joined, GError **error)
{
  RoundsUuid one, other;
  int there = 0;

  if (!find_whose (store, entity, a, &one, error) || !find_whose (store, entity, b, &other, error))
    return FALSE;
  if (!rounds_uuid_is_nil (&one) && !rounds_uuid_is_nil (&other))
    there = were_one (store, &one, &other, error);
  *joined = there > 0;
  return there >= 0;
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
  int field = rounds_person_merge_find_field (entity);
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

/**
 * rounds_person_merge_bring_back:
 * @store: a store, in a transaction
 * @entity: what there is one of for a person
 * @id: one of them, which may be dissolved
 * @error: (out) (optional): what the disk says
 *
 * Gives the kept person the dissolved record that somebody still needs, where that person has none any more: the other
 * one has gone back to whose it was; or this one was in the trash when they were merged. Undone, the merges give it
 * back.
 */
gboolean
rounds_person_merge_bring_back (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  int field = rounds_person_merge_find_field (entity);
  g_autoptr (RoundsRecord) record = NULL;
  gboolean forwarded = FALSE;
  RoundsUuid before, person;

  /* Most references are to people themselves. */
  if (field < 0)
    return TRUE;
  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record == NULL || !rounds_record_is_deleted (record) || rounds_record_is_null (record, (guint) field))
    return TRUE;
  before = *rounds_record_get_uuid (record, (guint) field);
  person = before;
  if (!forward_person (store, &person, &forwarded, error))
    return FALSE;
  if (!forwarded)
    return TRUE;
  rounds_record_set_uuid (record, (guint) field, &person);
  return rounds_record_store_rewrite (store, record, error) && rounds_record_store_restore (store, entity, id, error)
         && rounds_person_merge_note_arrival (store, record, (guint) field, &before, error);
}
