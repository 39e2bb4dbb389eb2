/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names that lead to another record than the one that they name.
 *
 * What is known by its name: specializations, conditions, territories. Two devices that are offline both make
 * "Cardiology" when they import a list. The second to arrive is kept as a deleted record, and who refers to it is made
 * to refer to the living one of the same name; no table of aliases is needed, as the deleted record keeps its name.
 *
 * Merged people: who refers to them, or to what there was one of for them, is made to refer to the kept person. The
 * merge records tell. */

#include "rounds-sync-alias.h"

#include <string.h>

#include "rounds-person-merge.h"

#define NO_FIELD (-1)

static int
find_name (RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (info->scope != ROUNDS_SCOPE_SYNCED)
    return NO_FIELD;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type == ROUNDS_TYPE_TEXT && (info->fields[f].flags & ROUNDS_FIELD_UNIQUE))
      return (int) f;
  return NO_FIELD;
}

static gboolean
resolve_person (RoundsRecordStore *store, RoundsEntity entity, RoundsUuid *id, GError **error)
{
  gboolean forwarded;

  return rounds_person_merge_forward (store, entity, id, &forwarded, error)
         && (forwarded || rounds_person_merge_bring_back (store, entity, id, error));
}

/* The living record of the same name as the deleted record @id; @id itself where there is none, or it is not deleted.
 */
static gboolean
resolve_name (RoundsRecordStore *store, RoundsEntity entity, RoundsUuid *id, GError **error)
{
  int name = find_name (entity);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (RoundsRecord) living = NULL;

  if (!rounds_record_store_look_up (store, entity, id, &record, error))
    return FALSE;
  if (record == NULL || !rounds_record_is_deleted (record))
    return TRUE;
  query = rounds_query_new (entity);
  rounds_query_where (query, (guint) name, ROUNDS_IS, rounds_record_get_value (record, (guint) name));
  if (!rounds_record_store_find (store, query, &living, error))
    return FALSE;
  if (living != NULL)
    *id = *rounds_record_get_id (living);
  return TRUE;
}

/* @living: (inout): what @object's member for @field names; the living record in place of it */
static gboolean
resolve_member (RoundsRecordStore *store, const RoundsFieldInfo *field, yyjson_val *object, RoundsUuid *living,
                gboolean *changed, GError **error)
{
  const char *old = yyjson_get_str (yyjson_obj_get (object, field->name));
  RoundsUuid id;

  *changed = FALSE;
  if (old == NULL || !rounds_uuid_parse (old, &id))
    return TRUE;
  *living = id;
  if (!(rounds_entity_is_named (field->target) ? resolve_name : resolve_person) (store, field->target, living, error))
    return FALSE;
  *changed = !rounds_uuid_equal (&id, living);
  return TRUE;
}

static gboolean
is_alias_field (const RoundsFieldInfo *field, const char *text)
{
  return field->type == ROUNDS_TYPE_REFERENCE
         && (rounds_entity_is_named (field->target) || rounds_person_merge_can_forward (field->target))
         && strstr (text, field->name) != NULL;
}

/* Gives @doc, a copy of @read that is made if there is none yet, another reference. */
static void
put_member (yyjson_doc *read, yyjson_mut_doc **doc, const RoundsFieldInfo *field, const RoundsUuid *living)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  if (*doc == NULL)
    *doc = yyjson_doc_mut_copy (read, NULL);
  rounds_uuid_format (living, text);
  yyjson_mut_obj_put (yyjson_mut_doc_get_root (*doc), yyjson_mut_str (*doc, field->name),
                      yyjson_mut_strcpy (*doc, text));
}

/* @resolved: (out) (nullable): @text with other references; %NULL if there is nothing to change */
static gboolean
resolve_text (RoundsRecordStore *store, RoundsEntity entity, const char *text, char **resolved, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autoptr (yyjson_doc) read = NULL;
  g_autoptr (yyjson_mut_doc) doc = NULL;

  for (guint f = 0; text != NULL && f < info->n_fields; f++)
    {
      RoundsUuid living;
      gboolean changed;

      if (!is_alias_field (&info->fields[f], text))
        continue;
      if ((read == NULL && !rounds_json_read (text, -1, &read, error))
          || !resolve_member (store, &info->fields[f], yyjson_doc_get_root (read), &living, &changed, error))
        return FALSE;
      if (changed)
        put_member (read, &doc, &info->fields[f], &living);
    }
  *resolved = doc != NULL ? rounds_json_write (doc, FALSE) : NULL;
  return TRUE;
}

/**
 * rounds_sync_alias_note:
 * @store: the server's store
 * @mutation: what a device sent, and was done
 * @record: (in): what it is about, as it is now
 * @error: (out) (optional): what the disk says
 *
 * Says in the merges that have led @record elsewhere whose it was for the device: see rounds-merge-arrival.c.
 */
gboolean
rounds_sync_alias_note (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *record, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (mutation->entity);
  g_autoptr (yyjson_doc) read = NULL;

  if (rounds_record_is_deleted (record))
    return TRUE;
  if (!rounds_json_read (mutation->fields, -1, &read, error))
    return FALSE;
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const char *said = yyjson_get_str (yyjson_obj_get (yyjson_doc_get_root (read), info->fields[f].name));
      RoundsUuid id;

      if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && rounds_person_merge_can_forward (info->fields[f].target)
          && said != NULL && rounds_uuid_parse (said, &id)
          && !rounds_person_merge_note_arrival (store, record, f, &id, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_sync_alias_resolve:
 * @store: the server's store
 * @mutation: what a device sent; its entity is known
 * @fields: (out) (nullable): its values with references to living records where it refers to deleted ones that share
 *   their name, or to merged people; %NULL if there are none
 * @base: (out) (nullable): its base, the same
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID, and what the disk says
 */
gboolean
rounds_sync_alias_resolve (RoundsRecordStore *store, const RoundsChange *mutation, char **fields, char **base,
                           GError **error)
{
  return resolve_text (store, mutation->entity, mutation->fields, fields, error)
         && resolve_text (store, mutation->entity, mutation->base, base, error);
}
