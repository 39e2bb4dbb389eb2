/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-index.h"

#include <string.h>

struct _RoundsImportIndex
{
  RoundsRecordStore *store;    /* (owned) */
  GHashTable *specializations; /* (owned) (nullable): folded name -> RoundsUuid */
  GHashTable *organisations;   /* (owned) (nullable): folded "name|city" and "name|" -> RoundsUuid */
};

static char *
fold_pair (const char *a, const char *b)
{
  g_autofree char *folded_a = rounds_text_fold (a);
  g_autofree char *folded_b = rounds_text_fold (b);

  return g_strconcat (folded_a, "|", folded_b, NULL);
}

static RoundsUuid *
dup_uuid (const RoundsUuid *id)
{
  return g_memdup2 (id, sizeof *id);
}

/** rounds_import_index_new: nothing is read yet. */
RoundsImportIndex *
rounds_import_index_new (RoundsRecordStore *store)
{
  RoundsImportIndex *self = g_new0 (RoundsImportIndex, 1);

  self->store = g_object_ref (store);
  return self;
}

/** rounds_import_index_free: frees @self. */
void
rounds_import_index_free (RoundsImportIndex *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->specializations, g_hash_table_unref);
  g_clear_pointer (&self->organisations, g_hash_table_unref);
  g_free (self);
}

static GPtrArray *
list_all (RoundsImportIndex *self, RoundsEntity entity, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return rounds_record_store_list (self->store, query, error);
}

/* The first address of each person or organisation: the value of @field by owner. */
static GHashTable *
list_address_values (RoundsImportIndex *self, guint owner, guint field, GError **error)
{
  g_autoptr (GPtrArray) addresses = list_all (self, ROUNDS_ENTITY_ADDRESS, error);
  GHashTable *values;

  if (addresses == NULL)
    return NULL;
  values = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, g_free);
  for (guint i = 0; i < addresses->len; i++)
    {
      const RoundsUuid *id = rounds_record_get_uuid (addresses->pdata[i], owner);

      if (id != NULL && !g_hash_table_contains (values, id))
        g_hash_table_insert (values, dup_uuid (id), g_strdup (rounds_record_get_text (addresses->pdata[i], field)));
    }
  return values;
}

static gboolean
load_specializations (RoundsImportIndex *self, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (self->specializations != NULL)
    return TRUE;
  all = list_all (self, ROUNDS_ENTITY_SPECIALIZATION, error);
  if (all == NULL)
    return FALSE;
  self->specializations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < all->len; i++)
    rounds_import_index_add_specialization (self, all->pdata[i]);
  return TRUE;
}

/** rounds_import_index_add_specialization: lets later rows find it. */
void
rounds_import_index_add_specialization (RoundsImportIndex *self, RoundsRecord *specialization)
{
  g_hash_table_insert (self->specializations,
                       rounds_text_fold (rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_NAME)),
                       dup_uuid (rounds_record_get_id (specialization)));
}

/**
 * rounds_import_index_find_specialization:
 * @id: (out): the specialization of that name, whatever its case
 * @found: (out): whether there is one
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_index_find_specialization (RoundsImportIndex *self, const char *name, RoundsUuid *id, gboolean *found,
                                         GError **error)
{
  g_autofree char *folded = rounds_text_fold (name);
  const RoundsUuid *known;

  *found = FALSE;
  if (!load_specializations (self, error))
    return FALSE;
  known = g_hash_table_lookup (self->specializations, folded);
  *found = known != NULL;
  if (known != NULL)
    *id = *known;
  return TRUE;
}

static gboolean
load_organisations (RoundsImportIndex *self, GError **error)
{
  g_autoptr (GHashTable) cities = NULL;
  g_autoptr (GPtrArray) all = NULL;

  if (self->organisations != NULL)
    return TRUE;
  all = list_all (self, ROUNDS_ENTITY_ORGANISATION, error);
  if (all == NULL)
    return FALSE;
  cities = list_address_values (self, ROUNDS_ADDRESS_ORGANISATION, ROUNDS_ADDRESS_CITY, error);
  if (cities == NULL)
    return FALSE;

  self->organisations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < all->len; i++)
    rounds_import_index_add_organisation (self, all->pdata[i],
                                          g_hash_table_lookup (cities, rounds_record_get_id (all->pdata[i])));
  return TRUE;
}

/** rounds_import_index_add_organisation: lets later rows find it. */
void
rounds_import_index_add_organisation (RoundsImportIndex *self, RoundsRecord *organisation, const char *city)
{
  const char *name = rounds_record_get_text (organisation, ROUNDS_ORGANISATION_NAME);
  const RoundsUuid *id = rounds_record_get_id (organisation);
  g_autofree char *anywhere = fold_pair (name, NULL);

  g_hash_table_insert (self->organisations, fold_pair (name, city), dup_uuid (id));
  if (!g_hash_table_contains (self->organisations, anywhere))
    g_hash_table_insert (self->organisations, g_steal_pointer (&anywhere), dup_uuid (id));
}

/**
 * rounds_import_index_find_organisation:
 * @at_its_place: the row's city must be the organisation's too: chains have one name in many towns
 * @id: (out): the organisation that the row names
 * @found: (out): whether it is known
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_index_find_organisation (RoundsImportIndex *self, const RoundsImportRow *row, gboolean at_its_place,
                                       RoundsUuid *id, gboolean *found, GError **error)
{
  const char *name = row->values[ROUNDS_IMPORT_ORGANISATION];
  g_autofree char *here = fold_pair (name, row->values[ROUNDS_IMPORT_CITY]);
  const RoundsUuid *known;

  *found = FALSE;
  if (!load_organisations (self, error))
    return FALSE;
  known = g_hash_table_lookup (self->organisations, here);
  if (known == NULL && !at_its_place)
    {
      g_autofree char *anywhere = fold_pair (name, NULL);

      known = g_hash_table_lookup (self->organisations, anywhere);
    }
  *found = known != NULL;
  if (known != NULL)
    *id = *known;
  return TRUE;
}
