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

#include "rounds-error.h"
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
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, entity, id, &local_error);
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (RoundsRecord) living = NULL;

  if (g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
    return TRUE;
  if (local_error == NULL && rounds_record_is_deleted (record))
    {
      query = rounds_query_new (entity);
      rounds_query_where (query, (guint) name, ROUNDS_IS, rounds_record_get_value (record, (guint) name));
      rounds_query_limit (query, 1);
      living = rounds_record_store_find (store, query, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (living != NULL)
    *id = *rounds_record_get_id (living);
  return TRUE;
}

/* Puts the living record's id in place of the one that @object's member for @field holds. */
static gboolean
resolve_member (RoundsRecordStore *store, const RoundsFieldInfo *field, yyjson_mut_doc *doc, gboolean *changed,
                GError **error)
{
  yyjson_mut_val *object = yyjson_mut_doc_get_root (doc);
  const char *old = yyjson_mut_get_str (yyjson_mut_obj_get (object, field->name));
  RoundsUuid id;
  RoundsUuid living;
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  if (old == NULL || !rounds_uuid_parse (old, &id))
    return TRUE;
  living = id;
  if (!(rounds_entity_is_named (field->target) ? resolve_name : resolve_person) (store, field->target, &living, error))
    return FALSE;
  if (rounds_uuid_equal (&id, &living))
    return TRUE;
  rounds_uuid_format (&living, text);
  yyjson_mut_obj_put (object, yyjson_mut_str (doc, field->name), yyjson_mut_strcpy (doc, text));
  *changed = TRUE;
  return TRUE;
}

static gboolean
is_alias_field (const RoundsFieldInfo *field, const char *text)
{
  return field->type == ROUNDS_TYPE_REFERENCE
         && (rounds_entity_is_named (field->target) || rounds_person_merge_can_forward (field->target))
         && strstr (text, field->name) != NULL;
}

/* @resolved: (out) (nullable): @text with other references; %NULL if there is nothing to change */
static gboolean
resolve_text (RoundsRecordStore *store, RoundsEntity entity, const char *text, char **resolved, GError **error)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autoptr (yyjson_mut_doc) doc = NULL;
  gboolean changed = FALSE;

  for (guint f = 0; text != NULL && f < info->n_fields; f++)
    {
      if (!is_alias_field (&info->fields[f], text))
        continue;
      if (doc == NULL)
        {
          g_autoptr (yyjson_doc) read = NULL;

          if (!rounds_json_read (text, -1, &read, error))
            return FALSE;
          doc = yyjson_doc_mut_copy (read, NULL);
        }
      if (!resolve_member (store, &info->fields[f], doc, &changed, error))
        return FALSE;
    }
  *resolved = changed ? rounds_json_write (doc, FALSE) : NULL;
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
