/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-index.h"

#include <string.h>

struct _RoundsImportIndex
{
  RoundsRecordStore *store;    /* (owned) */
  GHashTable *people;          /* (owned) (nullable): folded name -> GPtrArray of PersonEntry */
  GHashTable *specializations; /* (owned) (nullable): folded name -> RoundsUuid */
  GHashTable *organisations;   /* (owned) (nullable): folded "name|city" and "name|" -> RoundsUuid */
};

typedef struct
{
  RoundsUuid id;
  char *email;       /* (owned) (nullable): folded */
  char *phone;       /* (owned) (nullable): digits */
  char *postal_code; /* (owned) (nullable) */
} PersonEntry;

static void
person_entry_free (gpointer data)
{
  PersonEntry *entry = data;

  g_free (entry->email);
  g_free (entry->phone);
  g_free (entry->postal_code);
  g_free (entry);
}

static char *
fold_pair (const char *a, const char *b)
{
  g_autofree char *folded_a = rounds_text_fold (a);
  g_autofree char *folded_b = rounds_text_fold (b);

  return g_strconcat (folded_a, "|", folded_b, NULL);
}

static char *
fold_or_null (const char *text)
{
  return text != NULL ? rounds_text_fold (text) : NULL;
}

static char *
dup_digits (const char *phone)
{
  GString *digits;

  if (phone == NULL)
    return NULL;
  digits = g_string_new (NULL);
  for (const char *p = phone; *p != '\0'; p++)
    if (g_ascii_isdigit (*p))
      g_string_append_c (digits, *p);
  return g_string_free_and_steal (digits);
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
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->specializations, g_hash_table_unref);
  g_clear_pointer (&self->organisations, g_hash_table_unref);
  g_free (self);
}

/**
 * rounds_import_index_find_npi:
 * @physician: (out) (nullable): the physician with that NPI, %NULL if there is none
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_index_find_npi (RoundsImportIndex *self, const char *npi, RoundsRecord **physician, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (GError) local = NULL;

  rounds_query_limit (rounds_query_where_text (query, ROUNDS_PHYSICIAN_NPI, ROUNDS_IS, npi), 1);
  *physician = rounds_record_store_find (self->store, query, &local);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
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
load_people (RoundsImportIndex *self, GError **error)
{
  g_autoptr (GHashTable) postal_codes = NULL;
  g_autoptr (GPtrArray) people = NULL;

  if (self->people != NULL)
    return TRUE;
  people = list_all (self, ROUNDS_ENTITY_PERSON, error);
  if (people == NULL)
    return FALSE;
  postal_codes = list_address_values (self, ROUNDS_ADDRESS_PERSON, ROUNDS_ADDRESS_POSTAL_CODE, error);
  if (postal_codes == NULL)
    return FALSE;

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < people->len; i++)
    rounds_import_index_add_person (self, people->pdata[i],
                                    g_hash_table_lookup (postal_codes, rounds_record_get_id (people->pdata[i])));
  return TRUE;
}

/** rounds_import_index_add_person: lets later rows find @person. */
void
rounds_import_index_add_person (RoundsImportIndex *self, RoundsRecord *person, const char *postal_code)
{
  g_autofree char *key = NULL;
  PersonEntry *entry;
  GPtrArray *entries;

  if (self->people == NULL)
    return;
  key = fold_pair (rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME),
                   rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME));
  entries = g_hash_table_lookup (self->people, key);
  if (entries == NULL)
    {
      entries = g_ptr_array_new_with_free_func (person_entry_free);
      g_hash_table_insert (self->people, g_steal_pointer (&key), entries);
    }
  entry = g_new0 (PersonEntry, 1);
  entry->id = *rounds_record_get_id (person);
  entry->email = fold_or_null (rounds_record_get_text (person, ROUNDS_PERSON_EMAIL));
  entry->phone = dup_digits (rounds_record_get_text (person, ROUNDS_PERSON_PHONE));
  entry->postal_code = g_strdup (postal_code);
  g_ptr_array_add (entries, entry);
}

/* Of two people with the same name: the same email or phone makes them one, another one makes them two; where neither
 * can be compared the postal code decides. */
static gboolean
is_same_person (const PersonEntry *entry, const char *email, const char *phone, const char *postal_code)
{
  gboolean emails = entry->email != NULL && email != NULL;
  gboolean phones = entry->phone != NULL && phone != NULL;

  if ((emails && g_str_equal (entry->email, email)) || (phones && g_str_equal (entry->phone, phone)))
    return TRUE;
  return !emails && !phones && g_strcmp0 (entry->postal_code, postal_code) == 0;
}

/**
 * rounds_import_index_find_person:
 * @person: (out) (nullable): who the row is about, %NULL if nobody who is known
 *
 * For rows without an NPI.
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_index_find_person (RoundsImportIndex *self, const RoundsImportRow *row, RoundsRecord **person,
                                 GError **error)
{
  g_autofree char *key = NULL;
  g_autofree char *email = NULL;
  g_autofree char *phone = NULL;
  GPtrArray *entries;

  *person = NULL;
  if (!load_people (self, error))
    return FALSE;

  key = fold_pair (row->values[ROUNDS_IMPORT_FAMILY_NAME], row->values[ROUNDS_IMPORT_GIVEN_NAME]);
  email = fold_or_null (row->values[ROUNDS_IMPORT_EMAIL]);
  phone = dup_digits (row->values[ROUNDS_IMPORT_PHONE]);
  entries = g_hash_table_lookup (self->people, key);
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const PersonEntry *entry = entries->pdata[i];

      if (!is_same_person (entry, email, phone, row->values[ROUNDS_IMPORT_POSTAL_CODE]))
        continue;
      *person = rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON, &entry->id, error);
      return *person != NULL;
    }
  return TRUE;
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
 * @organisation: (out) (nullable): the organisation that the row names, %NULL if it is not known
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_index_find_organisation (RoundsImportIndex *self, const RoundsImportRow *row, gboolean at_its_place,
                                       RoundsRecord **organisation, GError **error)
{
  const char *name = row->values[ROUNDS_IMPORT_ORGANISATION];
  g_autofree char *here = fold_pair (name, row->values[ROUNDS_IMPORT_CITY]);
  g_autofree char *anywhere = fold_pair (name, NULL);
  const RoundsUuid *id;

  *organisation = NULL;
  if (!load_organisations (self, error))
    return FALSE;
  id = g_hash_table_lookup (self->organisations, here);
  if (id == NULL && !at_its_place)
    id = g_hash_table_lookup (self->organisations, anywhere);
  if (id == NULL)
    return TRUE;
  *organisation = rounds_record_store_get (self->store, ROUNDS_ENTITY_ORGANISATION, id, error);
  return *organisation != NULL;
}
