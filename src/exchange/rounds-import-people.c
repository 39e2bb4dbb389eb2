/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-people.h"

#include "rounds-import-trash.h"

/* Who a person of the file was first: row numbers by id. */
typedef struct
{
  RoundsUuid id;
  guint64 row;
} Told;

struct _RoundsImportPeople
{
  RoundsRecordStore *store; /* (owned) */
  RoundsMatchIndex *index;  /* (owned) (nullable): read when it is first asked */
  RoundsImportTrash *trash; /* (owned): whom the index does not know */
  GHashTable *told;         /* (owned): of Told, by id: whom the rows so far were about */
};

/** rounds_import_people_new: nothing is read yet. */
RoundsImportPeople *
rounds_import_people_new (RoundsRecordStore *store)
{
  RoundsImportPeople *self = g_new0 (RoundsImportPeople, 1);

  self->store = g_object_ref (store);
  self->trash = rounds_import_trash_new (store);
  self->told = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_free);
  return self;
}

/** rounds_import_people_free: frees @self. */
void
rounds_import_people_free (RoundsImportPeople *self)
{
  g_clear_pointer (&self->index, rounds_match_index_free);
  g_clear_pointer (&self->trash, rounds_import_trash_free);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_object (&self->store);
  g_free (self);
}

static gboolean
load (RoundsImportPeople *self, GError **error)
{
  if (self->index == NULL)
    self->index = rounds_match_index_load (self->store, NULL, NULL, NULL, error);
  return self->index != NULL;
}

static void
take_facts (const RoundsImportRow *row, RoundsMatchFacts *facts)
{
  *facts = (RoundsMatchFacts) {
    .given_name = row->values[ROUNDS_IMPORT_GIVEN_NAME],
    .family_name = row->values[ROUNDS_IMPORT_FAMILY_NAME],
    .npi = row->values[ROUNDS_IMPORT_NPI],
    .email = row->values[ROUNDS_IMPORT_EMAIL],
    .phone = row->values[ROUNDS_IMPORT_PHONE],
    .birth_date = row->values[ROUNDS_IMPORT_BIRTH_DATE],
    .organisation = row->values[ROUNDS_IMPORT_ORGANISATION],
    .postal_code = row->values[ROUNDS_IMPORT_POSTAL_CODE],
    .city = row->values[ROUNDS_IMPORT_CITY],
  };
}

/* Whether the row says nothing but a name, so that two people of that name could not be told apart by it. */
static gboolean
is_only_name (const RoundsMatchFacts *facts)
{
  return facts->npi == NULL && facts->email == NULL && facts->phone == NULL && facts->birth_date == NULL
         && facts->organisation == NULL && facts->postal_code == NULL && facts->city == NULL;
}

/* How much a match means where nobody is asked before the row is written. One telephone serves a whole practice, and a
 * family may share an address of email: with another name they do not make two people one. */
static RoundsMatchStrength
weigh (const RoundsMatch *match, const RoundsMatchFacts *facts)
{
  gboolean same_name = (match->reasons & ROUNDS_MATCH_NAME) != 0;

  switch (match->strength)
    {
    case ROUNDS_MATCH_STRONG:
      if ((match->reasons & ROUNDS_MATCH_NPI) || same_name)
        return ROUNDS_MATCH_STRONG;
      return (match->reasons & ROUNDS_MATCH_EMAIL) ? ROUNDS_MATCH_POSSIBLE : ROUNDS_MATCH_NONE;
    case ROUNDS_MATCH_POSSIBLE:
      return ROUNDS_MATCH_POSSIBLE;
    case ROUNDS_MATCH_HINT:
      return same_name && is_only_name (facts) ? ROUNDS_MATCH_POSSIBLE : ROUNDS_MATCH_NONE;
    case ROUNDS_MATCH_NONE:
    default:
      return ROUNDS_MATCH_NONE;
    }
}

/* A person in the trash is found by the NPI alone: a file that brings one back wants them again. Whether somebody who
 * has become a part of another is meant as such, a person decides: that one may have an NPI of their own. */
static gboolean
find_in_trash (RoundsImportPeople *self, const char *npi, RoundsImportMatch *match, GError **error)
{
  g_autoptr (RoundsRecord) person = NULL;
  gboolean found, is_merged;
  RoundsUuid id;

  if (!rounds_import_trash_find (self->trash, npi, &id, &found, &is_merged, error)
      || (found && !rounds_record_store_look_up (self->store, ROUNDS_ENTITY_PERSON, &id, &person, error)))
    return FALSE;
  if (person != NULL)
    *match = (RoundsImportMatch) { is_merged ? ROUNDS_MATCH_POSSIBLE : ROUNDS_MATCH_STRONG, id, FALSE,
                                   rounds_record_is_deleted (person), 0 };
  return TRUE;
}

/** rounds_import_people_make_probe: what is looked for to find out whom @row is about. Any thread. */
void
rounds_import_people_make_probe (const RoundsImportRow *row, RoundsMatchProbe *probe)
{
  RoundsMatchFacts facts;

  take_facts (row, &facts);
  rounds_match_probe_init (probe, &facts);
}

/**
 * rounds_import_people_match:
 * @probe: of @row
 * @match: (out caller-allocates): the surest match, of %ROUNDS_MATCH_NONE if nobody who is known
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_people_match (RoundsImportPeople *self, const RoundsImportRow *row, const RoundsMatchProbe *probe,
                            RoundsImportMatch *match, GError **error)
{
  RoundsMatchFacts facts;
  g_autoptr (GArray) matches = NULL;
  const Told *told;

  *match = (RoundsImportMatch) { ROUNDS_MATCH_NONE, { { 0 } }, FALSE, FALSE, 0 };
  if (!load (self, error))
    return FALSE;

  take_facts (row, &facts);
  matches = rounds_match_index_find_probe (self->index, probe, NULL);
  for (guint i = 0; i < matches->len; i++)
    {
      const RoundsMatch *found = &g_array_index (matches, RoundsMatch, i);
      gboolean by_npi = (found->reasons & ROUNDS_MATCH_NPI) != 0;
      RoundsMatchStrength strength = weigh (found, &facts);

      if (strength > match->strength || (by_npi && !match->by_npi))
        *match = (RoundsImportMatch) { strength, found->person, by_npi, FALSE, 0 };
    }
  if (match->strength == ROUNDS_MATCH_NONE && row->values[ROUNDS_IMPORT_NPI] != NULL
      && !find_in_trash (self, row->values[ROUNDS_IMPORT_NPI], match, error))
    return FALSE;
  told = g_hash_table_lookup (self->told, &match->person);
  if (told != NULL)
    match->row = told->row;
  return TRUE;
}

/**
 * rounds_import_people_add:
 * @person: whom a row was found to be about, known or new
 * @probe: of that row
 * @number: the row's number
 *
 * Lets later rows find what that one has told.
 */
void
rounds_import_people_add (RoundsImportPeople *self, const RoundsUuid *person, const RoundsMatchProbe *probe,
                          guint64 number)
{
  Told *told;

  rounds_match_index_add_probe (self->index, person, probe);
  if (g_hash_table_contains (self->told, person))
    return;
  told = g_new (Told, 1);
  *told = (Told) { *person, number };
  g_hash_table_insert (self->told, &told->id, told);
}
