/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who goes along when a contact is deleted: the people of whom the contact is made. A device's deletion says whom of
 * them it knew, and which revision of each, as JSON: {"parts": {ID: REVISION, …}}. Of others, and of newer revisions,
 * it does not know; the server asks about it then instead of deleting. */

#include "rounds-json.h"
#include "rounds-merge-forward-private.h"
#include "rounds-record-store-private.h"

static gboolean
add_part (RoundsRecordStore *store, RoundsRecord *merge, yyjson_mut_doc *doc, yyjson_mut_val *parts, GError **error)
{
  const RoundsUuid *merged = rounds_record_get_uuid (merge, ROUNDS_MERGE_MERGED);
  g_autoptr (RoundsRecord) part = NULL;
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  if (!rounds_record_store_look_up (store, ROUNDS_ENTITY_PERSON, merged, &part, error))
    return FALSE;
  if (part != NULL)
    {
      rounds_uuid_format (merged, text);
      yyjson_mut_obj_add (parts, yyjson_mut_strcpy (doc, text),
                          yyjson_mut_sint (doc, rounds_record_get_integer (part, ROUNDS_FIELD_REV)));
    }
  return TRUE;
}

/*
 * rounds_merge_parts_format:
 * @person: somebody who is about to be deleted
 * @text: (out) (nullable): the people who are known to be a part of them; %NULL for nobody
 */
gboolean
rounds_merge_parts_format (RoundsRecordStore *store, const RoundsUuid *person, char **text, GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, person, error);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *parts = yyjson_mut_obj_add_obj (doc, root, "parts");

  *text = NULL;
  yyjson_mut_doc_set_root (doc, root);
  for (guint i = 0; merges != NULL && i < merges->len; i++)
    if (!add_part (store, merges->pdata[i], doc, parts, error))
      return FALSE;
  if (merges != NULL && merges->len > 0)
    *text = rounds_json_write (doc, FALSE);
  return merges != NULL;
}

/* 1 if others have changed @part behind the revision @known; 0; -1 on error. */
static int
is_changed_since (RoundsRecordStore *store, const RoundsUuid *part, gint64 known, GError **error)
{
  g_autoptr (GPtrArray) history = rounds_record_store_list_changes_since (store, part, MAX (1, known), error);

  for (guint i = 0; history != NULL && i < history->len; i++)
    {
      const RoundsChange *change = history->pdata[i];

      if (change->operation == ROUNDS_OPERATION_UPDATE && !rounds_uuid_equal (&change->device, &store->device)
          && !rounds_change_is_move (change))
        return 1;
    }
  return history != NULL ? 0 : -1;
}

/* @doc: (out) (nullable): what @known is read from. Returns: %FALSE if it is no JSON */
static gboolean
read_parts (const char *known, yyjson_doc **doc, yyjson_val **parts, GError **error)
{
  if (known != NULL && !rounds_json_read (known, -1, doc, error))
    return FALSE;
  *parts = *doc != NULL ? yyjson_obj_get (yyjson_doc_get_root (*doc), "parts") : NULL;
  return TRUE;
}

/**
 * rounds_person_merge_add_apart:
 * @store: the server's store
 * @person: somebody whom a device has deleted
 * @known: (nullable): what the deletion says of the people who are a part of them
 * @apart: (element-type RoundsUuid): a set, to which those are added, or whom they have become, who are no part of them
 *   any more: what is theirs was not to be deleted
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if @known is no JSON, and what the disk says
 */
gboolean
rounds_person_merge_add_apart (RoundsRecordStore *store, const RoundsUuid *person, const char *known, GHashTable *apart,
                               GError **error)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *parts, *key, *rev;
  gsize i, n;

  if (!read_parts (known, &doc, &parts, error))
    return FALSE;
  yyjson_obj_foreach (parts, i, n, key, rev)
  {
    RoundsUuid id;
    gboolean forwarded;

    if (!rounds_uuid_parse (yyjson_get_str (key), &id))
      continue;
    if (!rounds_person_merge_forward (store, ROUNDS_ENTITY_PERSON, &id, &forwarded, error))
      return FALSE;
    if (!rounds_uuid_equal (&id, person))
      rounds_uuid_set_add (apart, &id);
  }
  return TRUE;
}

/**
 * rounds_person_merge_has_unseen_parts:
 * @store: the server's store
 * @person: somebody whom a device has deleted
 * @known: (nullable): what the deletion says of the people who are a part of them
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID if @known is no JSON, and what the disk says
 *
 * Returns: 1 if the person is more than the device knew: somebody was merged into them, or somebody who was has been
 *   changed by others; 0 if not; -1 on error
 */
int
rounds_person_merge_has_unseen_parts (RoundsRecordStore *store, const RoundsUuid *person, const char *known,
                                      GError **error)
{
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (store, person, error);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *parts;
  int is_unseen = 0;

  if (merges == NULL || !read_parts (known, &doc, &parts, error))
    return -1;
  for (guint i = 0; is_unseen == 0 && i < merges->len; i++)
    {
      const RoundsUuid *merged = rounds_record_get_uuid (merges->pdata[i], ROUNDS_MERGE_MERGED);
      char text[ROUNDS_UUID_STRING_LENGTH + 1];
      yyjson_val *rev;

      rounds_uuid_format (merged, text);
      rev = yyjson_obj_get (parts, text);
      is_unseen = rev == NULL ? 1 : is_changed_since (store, merged, yyjson_get_sint (rev), error);
    }
  return is_unseen;
}
