/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A merge of two people, as it comes from a device: a group that begins with the merge record.
 *
 * The server merges them itself (rounds_person_merge_complete()), with what it knows of both: a call that another
 * device has sent in the meantime goes along. Of the group's other changes only those of the people's own fields are
 * left to do, which somebody has chosen. What still comes for the merged person from a device that has not heard of it
 * is led to the kept one (rounds-sync-alias.c), and goes back when the merge is undone; so does a merge into them, with
 * all that it has led there. Where both have been merged already, the first merge stands, and of the second group it
 * counts what was chosen: as if the first had done that. Where they were merged the other way round, or the merged one
 * with somebody else, it does nothing: the device gets everything as it is here. A merge that comes together with its
 * undoing, as it was refused, never was one here: what others have changed stands, and nobody is asked. */

#include "rounds-sync-people.h"

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-time.h"

static gboolean
read_id (yyjson_doc *doc, RoundsEntity entity, guint field, RoundsUuid *id)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, field);
  const char *text = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (doc), info->name));

  return text != NULL && rounds_uuid_parse (text, id);
}

/* 1 if the server has @person, -1 on error */
static int
has_person (RoundsRecordStore *store, const RoundsUuid *person, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;

  return rounds_record_store_look_up (store, ROUNDS_ENTITY_PERSON, person, &record, error) ? record != NULL : -1;
}

/* Whether @doc tells that a merge is undone. */
static gboolean
says_undone (yyjson_doc *doc)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (ROUNDS_ENTITY_MERGE, ROUNDS_MERGE_UNDONE_AT);

  return yyjson_is_str (yyjson_obj_get (yyjson_doc_get_root (doc), info->name));
}

/** rounds_sync_people_ends: Returns: whether @mutation says that two people who were merged are two again. */
gboolean
rounds_sync_people_ends (const RoundsChange *mutation)
{
  g_autoptr (yyjson_doc) doc = NULL;

  return mutation->entity == ROUNDS_ENTITY_MERGE && mutation->fields != NULL
         && rounds_json_read (mutation->fields, -1, &doc, NULL) && says_undone (doc);
}

/**
 * rounds_sync_people_begins:
 * @mutation: a mutation
 *
 * Returns: whether it makes or undoes a merge, and so says what its group is. A merge record that goes to the trash
 * with the kept contact, comes back with them or follows them to another territory says nothing.
 */
gboolean
rounds_sync_people_begins (const RoundsChange *mutation)
{
  return mutation->entity == ROUNDS_ENTITY_MERGE
         && (mutation->operation == ROUNDS_OPERATION_CREATE
             || (mutation->operation == ROUNDS_OPERATION_UPDATE && rounds_sync_people_ends (mutation)));
}

/**
 * rounds_sync_people_begin:
 * @store: the server's store, in a transaction
 * @known: (nullable): the record that @mutation is about, as it is on the server
 * @mutation: one that makes or undoes a merge; its references are those of living people
 * @people: (inout): what the group does
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, or what the disk says
 *
 * Finds out what becomes of a merge that a device tells of, or that it undoes.
 */
gboolean
rounds_sync_people_begin (RoundsRecordStore *store, RoundsRecord *known, const RoundsChange *mutation,
                          RoundsSyncPeople *people, GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  RoundsUuid kept, merged;
  gboolean forwarded = FALSE;
  int is_here;

  if (mutation->operation == ROUNDS_OPERATION_UPDATE)
    {
      if (known != NULL && !rounds_record_is_deleted (known) && rounds_record_is_null (known, ROUNDS_MERGE_UNDONE_AT))
        *people = ROUNDS_SYNC_PEOPLE_UNDO;
      else if (known != NULL && *people != ROUNDS_SYNC_PEOPLE_PAST)
        *people = ROUNDS_SYNC_PEOPLE_MOOT; /* there is nothing to undo, or it has been undone */
      return TRUE;
    }
  *people = ROUNDS_SYNC_PEOPLE_MOOT;
  if (known != NULL)
    {
      /* Said again by a device that went back to a copy; or to a server that did, by the device that made it, after
       * another one that only knew of it. */
      if (!rounds_record_is_deleted (known) && rounds_record_is_null (known, ROUNDS_MERGE_UNDONE_AT))
        *people = ROUNDS_SYNC_PEOPLE_AGAIN;
      return TRUE;
    }
  if (mutation->fields == NULL || !rounds_json_read (mutation->fields, -1, &doc, error))
    return mutation->fields == NULL;
  if (!read_id (doc, ROUNDS_ENTITY_MERGE, ROUNDS_MERGE_KEPT, &kept)
      || !read_id (doc, ROUNDS_ENTITY_MERGE, ROUNDS_MERGE_MERGED, &merged) || says_undone (doc))
    {
      *people = ROUNDS_SYNC_PEOPLE_PAST; /* or it will be refused */
      return TRUE;
    }
  is_here = has_person (store, &merged, error);
  if (is_here < 0 || !rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &merged, &forwarded, error))
    return FALSE;
  if (is_here == 0)
    *people = ROUNDS_SYNC_PEOPLE_STAY;
  else if (!forwarded && !rounds_uuid_equal (&kept, &merged))
    *people = ROUNDS_SYNC_PEOPLE_MERGE;
  else if (forwarded && rounds_uuid_equal (&kept, &merged))
    *people = ROUNDS_SYNC_PEOPLE_AGAIN; /* somebody else was first; what was chosen may be something else */
  return TRUE;
}

/**
 * rounds_sync_people_may_merge:
 * @store: the server's store
 * @person: who is to become a part of another
 * @allow: asked about each change
 * @data: for @allow
 * @error: (out) (optional): %ROUNDS_ERROR_FORBIDDEN, or what the disk says
 *
 * Whether the user may do to the staff record of @person what a merge does: it goes with its territories.
 */
gboolean
rounds_sync_people_may_merge (RoundsRecordStore *store, const RoundsUuid *person, RoundsSyncAllowFunc allow,
                              gpointer data, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (RoundsChange) change = rounds_change_new ();
  g_autoptr (RoundsRecord) staff = NULL;

  rounds_query_where_uuid (query, ROUNDS_STAFF_PERSON, ROUNDS_IS, person);
  if (!rounds_record_store_find (store, query, &staff, error))
    return FALSE;
  if (staff == NULL)
    return TRUE;
  change->entity = ROUNDS_ENTITY_STAFF;
  change->record = *rounds_record_get_id (staff);
  change->operation = ROUNDS_OPERATION_UPDATE;
  return allow (store, change, staff, data, error);
}

/* Whether there is one record of @entity for a person, or it is the person. */
static gboolean
is_of_one_person (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (entity == ROUNDS_ENTITY_PERSON)
    return TRUE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE))
      return TRUE;
  return FALSE;
}

/* Whether @mutation says what another merge gives back now: which merges stand upon which the server knows better. */
static gboolean
is_of_other_merge (const RoundsChange *mutation)
{
  return mutation->entity == ROUNDS_ENTITY_MERGE
         && rounds_change_sets_only (mutation,
                                     rounds_entity_get_field (ROUNDS_ENTITY_MERGE, ROUNDS_MERGE_SNAPSHOT)->name);
}

/**
 * rounds_sync_people_skips:
 * @mutation: one of the group that @people tells of
 * @changed: (nullable): the records that a merge had changed which is undone
 * @merged: whom it had merged
 *
 * Returns: whether @mutation is not to be done, and the device is to be told how the record is here
 */
gboolean
rounds_sync_people_skips (RoundsSyncPeople people, const RoundsChange *mutation, GHashTable *changed,
                          const RoundsUuid *merged)
{
  if (is_of_other_merge (mutation))
    return TRUE;
  if (mutation->operation == ROUNDS_OPERATION_CREATE || people == ROUNDS_SYNC_PEOPLE_STAY
      || people == ROUNDS_SYNC_PEOPLE_PAST)
    return FALSE;
  if (people == ROUNDS_SYNC_PEOPLE_UNDO)
    {
      if (mutation->operation == ROUNDS_OPERATION_DELETE || changed == NULL)
        return FALSE;
      /* What it had changed has gone back, or is somebody else's now; it may come back from the trash. */
      if (g_hash_table_contains (changed, &mutation->record))
        return mutation->operation == ROUNDS_OPERATION_UPDATE;
      return rounds_person_unmerge_is_spare (mutation, merged);
    }
  return people == ROUNDS_SYNC_PEOPLE_MOOT || mutation->operation != ROUNDS_OPERATION_UPDATE
         || !is_of_one_person (mutation->entity);
}

/* Whether the reference @field of @change went from one of two merged people to the other. */
static gboolean
goes_along (RoundsRecordStore *store, const RoundsFieldInfo *field, yyjson_val *before, yyjson_val *after,
            gboolean *follows, GError **error)
{
  const char *from = yyjson_get_str (yyjson_obj_get (before, field->name));
  const char *to = yyjson_get_str (after);
  RoundsUuid a, b;

  *follows = FALSE;
  if (field->type != ROUNDS_TYPE_REFERENCE || !rounds_person_merge_can_forward (field->target) || from == NULL
      || to == NULL || !rounds_uuid_parse (from, &a) || !rounds_uuid_parse (to, &b))
    return TRUE;
  return rounds_person_merge_has_joined (store, field->target, &a, &b, follows, error);
}

/**
 * rounds_sync_people_follows:
 * @store: the server's store
 * @change: what was done to a record
 * @follows: (out): whether it says only that the record is in another territory, or that it is of the person now whom
 *   its person was merged into, or taken out of
 * @error: (out) (optional): what the disk says
 *
 * A record follows what it belongs to even when it is deleted: that is no edit that would have to win over a deletion.
 */
gboolean
rounds_sync_people_follows (RoundsRecordStore *store, const RoundsChange *change, gboolean *follows, GError **error)
{
  g_autoptr (yyjson_doc) fields = NULL;
  g_autoptr (yyjson_doc) base = NULL;
  yyjson_obj_iter iter;
  yyjson_val *key;

  *follows = change->operation == ROUNDS_OPERATION_UPDATE && change->fields != NULL
             && rounds_change_read (change, &fields, &base, NULL);
  if (!*follows)
    return TRUE;
  iter = yyjson_obj_iter_with (yyjson_doc_get_root (fields));
  while (*follows && (key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      int field = rounds_entity_find_field (change->entity, yyjson_get_str (key));

      *follows = field == ROUNDS_FIELD_TERRITORY;
      if (field >= ROUNDS_N_COMMON_FIELDS
          && !goes_along (store, rounds_entity_get_field (change->entity, (guint) field), yyjson_doc_get_root (base),
                          yyjson_obj_iter_get_val (key), follows, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_sync_people_lead:
 * @store: the server's store
 * @record: (inout): a record that has just come back from the trash
 * @led: (out): whether it refers to somebody else now
 * @error: (out) (optional): what the disk says
 *
 * Makes @record refer to living people: what was kept once by a merge still names the merged person.
 */
gboolean
rounds_sync_people_lead (RoundsRecordStore *store, RoundsRecord *record, gboolean *led, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  guint64 forwarded;

  if (!rounds_person_merge_forward_references (store, record, &forwarded, error))
    return FALSE;
  *led = forwarded != 0;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (!(forwarded & ROUNDS_FIELD_BIT (f)) && rounds_person_merge_may_forward (record, f)
        && !rounds_person_merge_bring_back (store, info->fields[f].target, rounds_record_get_uuid (record, f), error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_sync_people_fold:
 * @store: the server's store, in a transaction
 * @sent: what a device sent
 * @record: (inout): what came of it: a new record of what there is one of for a person, made for somebody who has been
 *   merged into one who has it already
 * @error: (out) (optional): what the disk says
 *
 * Keeps @record as a deleted one; what it says that the kept person's does not becomes a part of that.
 */
gboolean
rounds_sync_people_fold (RoundsRecordStore *store, const RoundsChange *sent, RoundsRecord *record, GError **error)
{
  int field = rounds_person_merge_find_field (sent->entity);
  g_autoptr (yyjson_doc) doc = NULL;
  RoundsUuid said;

  if (!rounds_json_read (sent->fields, -1, &doc, error))
    return FALSE;
  if (!read_id (doc, sent->entity, (guint) field, &said))
    said = *rounds_record_get_uuid (record, (guint) field);
  return rounds_person_merge_take_in (store, record, &said, error);
}

/**
 * rounds_sync_people_arrive:
 * @store: the server's store, in a transaction
 * @person: somebody who was not here before, and has just been stored
 * @dissolved: (out): whether they are a tombstone now
 * @error: (out) (optional): what the disk says
 *
 * After a restore from a backup one device may have said again a merge before another one says who was merged: they are
 * a part of the kept person all the same, and so is what comes for them from here on.
 */
gboolean
rounds_sync_people_arrive (RoundsRecordStore *store, const RoundsUuid *person, gboolean *dissolved, GError **error)
{
  g_autoptr (RoundsRecord) merge = NULL;

  if (!rounds_person_merge_find (store, person, &merge, error))
    return FALSE;
  *dissolved = merge != NULL;
  return merge == NULL || rounds_record_store_delete (store, ROUNDS_ENTITY_PERSON, person, error);
}

/**
 * rounds_sync_people_take_back:
 * @store: the server's store, in a transaction
 * @mutation: one that is not to be done
 * @known: the record that it is about, as it is on the server
 * @error: (out) (optional): what the disk says
 *
 * A merge that came second and is undone again takes back what was chosen with it, which was done.
 */
gboolean
rounds_sync_people_take_back (RoundsRecordStore *store, RoundsSyncPeople people, const RoundsChange *mutation,
                              RoundsRecord *known, GError **error)
{
  return people != ROUNDS_SYNC_PEOPLE_MOOT || !rounds_sync_people_begins (mutation)
         || mutation->operation != ROUNDS_OPERATION_UPDATE || !rounds_record_is_deleted (known)
         || rounds_person_unmerge_take_back (store, known, error);
}

/**
 * rounds_sync_people_finish:
 * @store: the server's store, in a transaction
 * @merge: (inout): the merge record, which was just stored
 * @is_alone: whether it came alone, from a device that only knows of it
 * @error: (out) (optional): what the disk says
 *
 * Does what the merge record says.
 */
gboolean
rounds_sync_people_finish (RoundsRecordStore *store, RoundsSyncPeople people, RoundsRecord *merge, gboolean is_alone,
                           GError **error)
{
  switch (people)
    {
    case ROUNDS_SYNC_PEOPLE_MERGE:
      return rounds_person_merge_complete (store, merge, is_alone, error);
    case ROUNDS_SYNC_PEOPLE_UNDO:
      return rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT)
             || rounds_person_unmerge_complete (store, merge, error);
    case ROUNDS_SYNC_PEOPLE_STAY:
    case ROUNDS_SYNC_PEOPLE_AGAIN:
    case ROUNDS_SYNC_PEOPLE_PAST:
    case ROUNDS_SYNC_PEOPLE_MOOT:
    default:
      return TRUE;
    }
}
