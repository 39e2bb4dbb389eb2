/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody in the trash whom a file tells of is wanted again, with all that went there with them. */

#include "rounds-import-trash.h"

#include "rounds-import-revert.h"
#include "rounds-person-merge.h"

#define PAGE 1000
/* As many addresses or organisations of one contact are looked at. */
#define MAX_PARTS 100

struct _RoundsImportTrash
{
  RoundsRecordStore *store; /* (owned) */
  GHashTable *physicians;   /* (owned) (nullable): NPI -> GArray of RoundsUuid: whose particulars in the trash it is in,
                               last deleted first */
};

/** rounds_import_trash_new: nothing is read yet. */
RoundsImportTrash *
rounds_import_trash_new (RoundsRecordStore *store)
{
  RoundsImportTrash *self = g_new0 (RoundsImportTrash, 1);

  self->store = g_object_ref (store);
  return self;
}

/** rounds_import_trash_free: frees @self. */
void
rounds_import_trash_free (RoundsImportTrash *self)
{
  g_clear_pointer (&self->physicians, g_hash_table_unref);
  g_clear_object (&self->store);
  g_free (self);
}

static void
add_physician (RoundsImportTrash *self, RoundsRecord *physician)
{
  const char *npi = rounds_record_get_text (physician, ROUNDS_PHYSICIAN_NPI);
  GArray *ids;

  if (npi == NULL)
    return;
  ids = g_hash_table_lookup (self->physicians, npi);
  if (ids == NULL)
    {
      ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
      g_hash_table_insert (self->physicians, g_strdup (npi), ids);
    }
  g_array_append_vals (ids, rounds_record_get_id (physician), 1);
}

static gboolean
load (RoundsImportTrash *self, GError **error)
{
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (RoundsRecord) last = NULL;

  if (self->physicians != NULL)
    return TRUE;
  self->physicians = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  do
    {
      g_autoptr (RoundsQuery) query = rounds_query_only_deleted (rounds_query_new (ROUNDS_ENTITY_PHYSICIAN));

      rounds_query_limit (rounds_query_order_by (query, ROUNDS_FIELD_DELETED_AT, TRUE), PAGE);
      if (last != NULL)
        rounds_query_after (query, last);
      g_clear_pointer (&page, g_ptr_array_unref);
      page = rounds_record_store_list (self->store, query, error);
      if (page == NULL)
        return FALSE;
      for (guint i = 0; i < page->len; i++)
        add_physician (self, page->pdata[i]);
      if (page->len > 0)
        g_set_object (&last, page->pdata[page->len - 1]);
    }
  while (page->len == PAGE);
  return TRUE;
}

static gboolean
went_together (RoundsRecord *part, RoundsRecord *owner)
{
  return rounds_record_is_deleted (part)
         && rounds_value_equal (rounds_record_get_value (part, ROUNDS_FIELD_DELETED_AT),
                                rounds_record_get_value (owner, ROUNDS_FIELD_DELETED_AT));
}

/* Finds out whose @id are, if they went to the trash with them. */
static gboolean
find_person (RoundsImportTrash *self, const RoundsUuid *id, RoundsUuid *person, gboolean *found, gboolean *is_merged,
             GError **error)
{
  g_autoptr (RoundsRecord) physician = NULL;
  g_autoptr (RoundsRecord) owner = NULL;
  gboolean removed;

  if (!rounds_record_store_look_up (self->store, ROUNDS_ENTITY_PHYSICIAN, id, &physician, error)
      || (physician != NULL
          && !rounds_record_store_look_up (self->store, ROUNDS_ENTITY_PERSON,
                                           rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_PERSON), &owner, error)))
    return FALSE;
  if (owner == NULL || !went_together (physician, owner))
    return TRUE;
  *person = *rounds_record_get_id (owner);
  if (!rounds_import_revert_has_removed (self->store, person, &removed, error))
    return FALSE;
  *found = !removed;
  return removed || rounds_person_merge_forward (self->store, ROUNDS_ENTITY_PERSON, person, is_merged, error);
}

/**
 * rounds_import_trash_find:
 * @person: (out): who in the trash had @npi, or whom they are a part of
 * @found: (out): whether there is somebody; who was thrown away by taking an import back is nobody: what is wrong with
 *   them is what that file said
 * @is_merged: (out): whether they are a part of @person, who may have another NPI, and need not be in the trash
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_trash_find (RoundsImportTrash *self, const char *npi, RoundsUuid *person, gboolean *found,
                          gboolean *is_merged, GError **error)
{
  const GArray *ids;

  *found = *is_merged = FALSE;
  if (!load (self, error))
    return FALSE;
  ids = g_hash_table_lookup (self->physicians, npi);
  for (guint i = 0; ids != NULL && i < ids->len && !*found; i++)
    {
      *is_merged = FALSE;
      if (!find_person (self, &g_array_index (ids, RoundsUuid, i), person, found, is_merged, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_import_list_parts:
 * @field: of @entity: to whom one belongs
 * @owner: a person or an organisation
 *
 * Returns: (transfer full) (element-type RoundsRecord) (nullable): what there is of @owner's, and behind that, if
 *   @owner is in the trash, what comes back with @owner
 */
GPtrArray *
rounds_import_list_parts (RoundsRecordStore *store, RoundsEntity entity, guint field, RoundsRecord *owner,
                          GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (RoundsQuery) trashed = NULL;
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (GPtrArray) in_trash = NULL;

  rounds_query_limit (rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (owner)), MAX_PARTS);
  parts = rounds_record_store_list (store, query, error);
  if (parts == NULL || !rounds_record_is_deleted (owner))
    return g_steal_pointer (&parts);
  trashed = rounds_query_only_deleted (rounds_query_copy (query));
  in_trash = rounds_record_store_list (store, trashed, error);
  for (guint i = 0; in_trash != NULL && i < in_trash->len; i++)
    if (went_together (in_trash->pdata[i], owner))
      g_ptr_array_add (parts, g_object_ref (in_trash->pdata[i]));
  return in_trash != NULL ? g_steal_pointer (&parts) : NULL;
}
