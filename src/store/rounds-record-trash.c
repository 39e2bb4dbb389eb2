/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The trash: deleting a record together with what belongs to it, and bringing both back together, on this device or on
 * another one.
 *
 * What belongs to a record is what has it for an OWNER (see rounds-schema.def), all the way down: a person's roles,
 * addresses, affiliations, consents, follow-ups, appointments and journeys. Interactions stay: what happened has
 * happened, and they keep the contact's name. All that is deleted in one group has one time of deletion, wherever it is
 * written (rounds-record-writer.c), so that what went with a record is known by it everywhere; what had been deleted
 * before stays where it is, as does what somebody deletes by itself who does not know that it went with the record. */

#include "rounds-trash.h"

#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/* What else goes with a record that it names. */
static const struct
{
  RoundsEntity entity;
  guint field;
} also[] = {
  { ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_ORGANISATION },
};

/* What stays though it belongs to something: what happened, and what says how it was amended, who was there, and which
 * contacts were made one. */
static const RoundsEntity stays[] = {
  ROUNDS_ENTITY_INTERACTION,
  ROUNDS_ENTITY_INTERACTION_ATTENDEE,
  ROUNDS_ENTITY_AMENDMENT,
  ROUNDS_ENTITY_MERGE,
};

/* What the trash shows, if it did not go with something else. */
static const RoundsEntity shown[] = {
  ROUNDS_ENTITY_PERSON,      ROUNDS_ENTITY_ORGANISATION, ROUNDS_ENTITY_INTERACTION, ROUNDS_ENTITY_APPOINTMENT,
  ROUNDS_ENTITY_FOLLOW_UP,   ROUNDS_ENTITY_CT_JOURNEY,   ROUNDS_ENTITY_EAP_JOURNEY, ROUNDS_ENTITY_ADDRESS,
  ROUNDS_ENTITY_AFFILIATION, ROUNDS_ENTITY_PERSON_ROLE,  ROUNDS_ENTITY_CONSENT,     ROUNDS_ENTITY_NOTE_TEMPLATE,
};

/* Why a record is brought back, and what becomes of it where another one has got meanwhile what there is once only. */
typedef enum
{
  ASKED_FOR, /* a person asked for all of it, and is told */
  ALONG,     /* what it belongs to is back: it stays in the trash with what is its */
} Reason;

static gboolean
goes_along (RoundsEntity entity, guint field)
{
  for (guint i = 0; i < G_N_ELEMENTS (also); i++)
    if (also[i].entity == entity && also[i].field == field)
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (stays); i++)
    if (stays[i] == entity)
      return FALSE;
  return (rounds_entity_get_field (entity, field)->flags & ROUNDS_FIELD_OWNER) != 0;
}

/* Whether @part belongs to @owner by @field: of several owners the first decides. */
static gboolean
belongs_to (RoundsRecord *part, guint field, RoundsRecord *owner)
{
  RoundsUuid id;

  if (!(rounds_entity_get_field (rounds_record_get_entity (part), field)->flags & ROUNDS_FIELD_OWNER))
    return TRUE;
  return rounds_record_store_get_owner (part, &id) == rounds_record_get_entity (owner)
         && rounds_uuid_equal (&id, rounds_record_get_id (owner));
}

/* Adds to @parts the records of @entity whose @field names @owner and that are in the trash or not, as @deleted says.
 */
static gboolean
add_parts (RoundsRecordStore *self, GPtrArray *parts, RoundsEntity entity, guint field, RoundsRecord *owner,
           gboolean deleted, GError **error)
{
  g_autofree char *sql = rounds_record_store_get_owned_sql (entity, field, deleted);
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  RoundsStep step;

  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, rounds_record_get_id (owner));
  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      gint64 key = rounds_statement_get_integer (statement, 0);

      g_array_append_val (keys, key);
    }
  for (guint i = 0; step == ROUNDS_STEP_DONE && i < keys->len; i++)
    {
      g_autoptr (RoundsRecord) part =
        rounds_record_store_get_by_key (self, entity, g_array_index (keys, gint64, i), error);

      if (part == NULL)
        return FALSE;
      if (belongs_to (part, field, owner))
        g_ptr_array_add (parts, g_steal_pointer (&part));
    }
  return step == ROUNDS_STEP_DONE;
}

/* Returns: (transfer full) (nullable): what belongs to @owner itself, without what belongs to that. */
static GPtrArray *
list_parts (RoundsRecordStore *self, RoundsRecord *owner, gboolean deleted, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_object_unref);

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (goes_along (e, f)
            && (info->fields[f].type == ROUNDS_TYPE_UUID || info->fields[f].target == rounds_record_get_entity (owner))
            && !add_parts (self, parts, e, f, owner, deleted, error))
          return NULL;
    }
  return g_steal_pointer (&parts);
}

static gboolean
delete_tree (RoundsRecordStore *self, gpointer data, GError **error)
{
  RoundsRecord *record = data;
  g_autoptr (GPtrArray) parts = list_parts (self, record, FALSE, error);

  if (parts == NULL
      || !rounds_record_store_delete (self, rounds_record_get_entity (record), rounds_record_get_id (record), error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!delete_tree (self, parts->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Returns: (transfer full) (nullable): what belongs to @owner itself and went to the trash at @deleted_at. */
static GPtrArray *
list_trashed_parts (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at, GError **error)
{
  GPtrArray *parts = list_parts (self, owner, TRUE, error);

  for (guint i = parts != NULL ? parts->len : 0; i > 0; i--)
    if (rounds_record_get_integer (parts->pdata[i - 1], ROUNDS_FIELD_DELETED_AT) != deleted_at)
      g_ptr_array_remove_index (parts, i - 1);
  return parts;
}

static gboolean restore_parts (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at, Reason reason,
                               GError **error);

/* Brings back @record and what went to the trash with it at @deleted_at. */
static gboolean
restore_tree (RoundsRecordStore *self, RoundsRecord *record, gint64 deleted_at, Reason reason, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsUuid *id = rounds_record_get_id (record);
  g_autoptr (GError) local_error = NULL;

  if (reason == ASKED_FOR ? rounds_record_store_restore (self, entity, id, &local_error)
                          : rounds_record_store_restore_along (self, entity, id, &local_error))
    return restore_parts (self, record, deleted_at, reason, error);
  if (reason == ALONG && g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Brings back what of @owner's went to the trash at @deleted_at. */
static gboolean
restore_parts (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at, Reason reason, GError **error)
{
  g_autoptr (GPtrArray) parts = list_trashed_parts (self, owner, deleted_at, error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!restore_tree (self, parts->pdata[i], deleted_at, reason, error))
      return FALSE;
  return parts != NULL;
}

/**
 * rounds_record_store_restore_parts:
 * @owner: a record that is out of the trash again
 * @deleted_at: when it went there
 * @error: (out) (optional): what the disk says
 *
 * Brings back what belongs to @owner and went to the trash with it, as far as nothing has taken its place.
 */
gboolean
rounds_record_store_restore_parts (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at, GError **error)
{
  return restore_parts (self, owner, deleted_at, ALONG, error);
}

/**
 * rounds_record_store_bring_back:
 * @self: a store, in a transaction
 * @record: in the trash, as it is there
 * @error: (out) (optional): as rounds_record_store_restore()
 *
 * Takes @record out of the trash for somebody who needs it, with what went there with it as far as nothing has taken
 * its place.
 */
gboolean
rounds_record_store_bring_back (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  return rounds_record_store_restore (self, rounds_record_get_entity (record), rounds_record_get_id (record), error)
         && restore_parts (self, record, rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT), ALONG, error);
}

/* Whether @record went to the trash with something that it belongs to. */
static gboolean
lies_along (RoundsRecordStore *self, RoundsRecord *record, gboolean *along, GError **error)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  *along = FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (entity)->n_fields && !*along; f++)
    {
      const RoundsFieldInfo *field = rounds_entity_get_field (entity, f);
      g_autoptr (RoundsRecord) owner = NULL;
      RoundsUuid id;

      if (!goes_along (entity, f) || rounds_record_is_null (record, f))
        continue;
      if (!rounds_record_store_look_up (
            self, field->type == ROUNDS_TYPE_REFERENCE ? field->target : rounds_record_store_get_owner (record, &id),
            rounds_record_get_uuid (record, f), &owner, error))
        return FALSE;
      *along = owner != NULL && belongs_to (record, f, owner)
               && rounds_value_equal (rounds_record_get_value (owner, ROUNDS_FIELD_DELETED_AT),
                                      rounds_record_get_value (record, ROUNDS_FIELD_DELETED_AT));
    }
  return TRUE;
}

/* @record and what went to the trash with it went there @at; 0: in the open group. */
static gboolean
move_tree (RoundsRecordStore *self, RoundsRecord *record, gint64 at, GError **error)
{
  g_autoptr (GPtrArray) parts =
    list_trashed_parts (self, record, rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT), error);

  if (parts == NULL || !rounds_record_store_move_deletion (self, record, at, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!move_tree (self, parts->pdata[i], at, error))
      return FALSE;
  return TRUE;
}

/**
 * rounds_record_store_delete_apart:
 * @part: (inout): a record in the trash, that somebody has deleted by itself
 * @apart: (out): whether it went there with something that it belongs to
 * @error: (out) (optional): what the disk says
 *
 * Inside the open transaction: what went to the trash with something else, that does not bring it back any more.
 */
gboolean
rounds_record_store_delete_apart (RoundsRecordStore *self, RoundsRecord *part, gboolean *apart, GError **error)
{
  return lies_along (self, part, apart, error) && (!*apart || move_tree (self, part, 0, error));
}

/**
 * rounds_record_store_delete_along:
 * @owner: a record in the trash
 * @deleted_at: a time of deletion
 * @error: (out) (optional): what the disk says
 *
 * Inside the open transaction: what belongs to @owner and was deleted at @deleted_at went to the trash with it.
 */
gboolean
rounds_record_store_delete_along (RoundsRecordStore *self, RoundsRecord *owner, gint64 deleted_at, GError **error)
{
  g_autoptr (GPtrArray) parts = list_trashed_parts (self, owner, deleted_at, error);

  for (guint i = 0; parts != NULL && i < parts->len; i++)
    if (!move_tree (self, parts->pdata[i], rounds_record_get_integer (owner, ROUNDS_FIELD_DELETED_AT), error))
      return FALSE;
  return parts != NULL;
}

/**
 * rounds_record_store_is_part:
 * @record: a record
 * @owners: (element-type RoundsUuid): ids of records
 *
 * Returns: whether @record would go to the trash with one of @owners
 */
gboolean
rounds_record_store_is_part (RoundsRecord *record, GHashTable *owners)
{
  RoundsEntity entity = rounds_record_get_entity (record);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < rounds_entity_get_info (entity)->n_fields; f++)
    {
      const RoundsUuid *id = goes_along (entity, f) ? rounds_record_get_uuid (record, f) : NULL;

      if (id != NULL && g_hash_table_contains (owners, id))
        return TRUE;
    }
  return FALSE;
}

/* Somebody who was merged comes back with what was theirs, not as an empty contact; what was theirs comes back as the
 * kept one's. */
static gboolean
restore_person_or_tree (RoundsRecordStore *self, gpointer data, GError **error)
{
  RoundsRecord *record = data;
  gint64 deleted_at = rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT);
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  if (rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON
      && !rounds_person_merge_find (self, rounds_record_get_id (record), &merge, error))
    return FALSE;
  if (merge == NULL)
    return rounds_person_merge_lead_back (self, record, error)
           && restore_tree (self, record, deleted_at, ASKED_FOR, error);
  remainders = rounds_person_unmerge_run (self, rounds_record_get_id (merge), NULL, error);
  return remainders != NULL;
}

/**
 * rounds_record_store_delete_whole:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND
 *
 * Deletes the record and what belongs to it, as one group. What is in the trash already is left as it is.
 */
gboolean
rounds_record_store_delete_whole (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (self, entity, id, error);

  if (record == NULL)
    return FALSE;
  return rounds_record_is_deleted (record) || rounds_record_store_run (self, delete_tree, record, error);
}

/**
 * rounds_record_store_restore_whole:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND; %ROUNDS_ERROR_EXISTS if a unique value has been taken meanwhile;
 *   %ROUNDS_ERROR_CONFLICT if a merge keeps the like in its place
 *
 * Takes a deletion back, and that of what went with the record, as one group. Who was merged into somebody is taken out
 * of them again; what was made since stays there.
 */
gboolean
rounds_record_store_restore_whole (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (self, entity, id, error);

  if (record == NULL)
    return FALSE;
  return !rounds_record_is_deleted (record) || rounds_record_store_run (self, restore_person_or_tree, record, error);
}

/* Leaves out what went with something else: that brings it back. */
static void
leave_parts_out (RoundsQuery *query)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (query->entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (goes_along (query->entity, f) && info->fields[f].type == ROUNDS_TYPE_REFERENCE)
      {
        g_autofree char *sql = g_strdup_printf (
          "NOT EXISTS (SELECT 1 FROM \"%s\" AS o WHERE o.id = \"%s\".\"%s\" AND o.deleted_at = \"%s\".deleted_at)",
          rounds_entity_get_info (info->fields[f].target)->name, info->name, info->fields[f].name, info->name);

        rounds_query_where_sql (query, sql);
      }
}

/**
 * rounds_trash_query:
 * @only: the one entity to show, %ROUNDS_ENTITY_NONE for all that the trash shows
 * @words: (nullable): what a person typed; what has no words of its own is not found by any
 *
 * Contacts that were merged into others are not in the trash: they are taken apart again where they were merged.
 *
 * Returns: (transfer full): what was deleted, last first, without what went with something else
 */
RoundsQuery *
rounds_trash_query (RoundsEntity only, const char *words)
{
  RoundsQuery *query = NULL;
  gboolean searched = words != NULL && *words != '\0';

  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    {
      RoundsQuery *part;

      if ((only != ROUNDS_ENTITY_NONE && shown[i] != only)
          || (searched && !rounds_entity_has_flag (shown[i], ROUNDS_FIELD_SEARCH)))
        continue;
      part = rounds_query_search (rounds_query_only_deleted (rounds_query_new (shown[i])), words);
      leave_parts_out (part);
      if (shown[i] == ROUNDS_ENTITY_PERSON)
        rounds_query_where_sql (part, "NOT EXISTS (SELECT 1 FROM merge AS m WHERE m.merged = person.id"
                                      " AND m.deleted_at IS NULL AND m.undone_at IS NULL)");
      if (query == NULL)
        query = part;
      else
        rounds_query_beside (query, part);
    }
  return query != NULL ? query : rounds_query_where_sql (rounds_query_only_deleted (rounds_query_new (only)), "0");
}

/**
 * rounds_trash_get_kinds:
 *
 * Returns: (transfer none) (array length=n): the entities that the trash shows
 */
const RoundsEntity *
rounds_trash_get_kinds (guint *n)
{
  *n = G_N_ELEMENTS (shown);
  return shown;
}
