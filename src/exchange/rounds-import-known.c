/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row changes about somebody who is known, and adds: rounds-import-records.h. */

#include "rounds-import-address.h"
#include "rounds-import-records-private.h"
#include "rounds-import-trash.h"

/* What goes through the preparation of one row. */
typedef struct
{
  RoundsImportRecords *records;
  RoundsRecordStore *store;
  RoundsImportIndex *index;
  RoundsImportPlan *plan;
  const RoundsImportRow *row;
  const RoundsUuid *known; /* whom the row is about */
  gboolean told_before;    /* by an earlier row of this file, which this one adds to and does not overrule */
} Preparation;

/* Whether @text says the same as @known, only louder: "CHARLESTON" for "Charleston". */
static gboolean
is_shouted (const char *known, const char *text)
{
  g_autofree char *folded_known = NULL;
  g_autofree char *folded_text = NULL;

  if (known == NULL || !rounds_text_is_capitals (text))
    return FALSE;
  folded_known = rounds_text_fold (known);
  folded_text = rounds_text_fold (text);
  return g_str_equal (folded_known, folded_text);
}

/* Whether given names are those that are known, but fewer or shortened: "Ivory J" or "Ivory" for "Ivory Joe". */
static gboolean
is_shortened (const char *known, const char *text)
{
  g_autofree char *folded_known = rounds_text_fold (known);
  g_autofree char *folded_text = rounds_text_fold (text);
  g_auto (GStrv) known_words = g_strsplit (folded_known, " ", -1);
  g_auto (GStrv) words = g_strsplit (folded_text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (known_words[i] == NULL || !g_str_has_prefix (known_words[i], words[i]))
        return FALSE;
      /* An initial stands for a name, half a name does not. */
      if (!g_str_equal (known_words[i], words[i]) && g_utf8_strlen (words[i], -1) > 1)
        return FALSE;
    }
  return TRUE;
}

/* Sets @field if the row says something else than the record. A blank says nothing. */
static gboolean
set_text (Preparation *p, RoundsRecord *record, guint field, const char *text)
{
  const char *known = rounds_record_get_text (record, field);

  if (text == NULL || (known != NULL && p->told_before) || g_strcmp0 (known, text) == 0 || is_shouted (known, text))
    return FALSE;
  if (known != NULL && rounds_record_get_entity (record) == ROUNDS_ENTITY_PERSON && field == ROUNDS_PERSON_GIVEN_NAME
      && is_shortened (known, text))
    return FALSE;
  rounds_record_set_text (record, field, text);
  return TRUE;
}

static gboolean
set_targets (Preparation *p, RoundsRecord *record)
{
  const RoundsImportTarget *targets = rounds_import_row_list_targets (rounds_record_get_entity (record));
  gboolean changed = FALSE;

  for (guint i = 0; targets[i] != ROUNDS_IMPORT_IGNORED; i++)
    changed |= set_text (p, record, rounds_import_target_get_info (targets[i])->field, p->row->values[targets[i]]);
  return changed;
}

static void
bring_back (Preparation *p, RoundsRecord *record)
{
  if (rounds_record_is_deleted (record))
    g_ptr_array_add (p->records->brought_back, g_object_ref (record));
}

/* A person in the trash whom a file brings back is wanted again. */
static gboolean
prepare_person (Preparation *p, GError **error)
{
  p->records->person = rounds_record_store_get (p->store, ROUNDS_ENTITY_PERSON, p->known, error);
  if (p->records->person == NULL)
    return FALSE;
  bring_back (p, p->records->person);
  if (set_targets (p, p->records->person))
    rounds_import_records_add (p->records, p->records->person);
  return TRUE;
}

/* Sets @record to the first record of @entity that belongs to the row's person, %NULL if there is none. */
static gboolean
find_of_person (Preparation *p, RoundsEntity entity, guint person_field, RoundsRecord **record, GError **error)
{
  g_autoptr (GPtrArray) records = rounds_import_list_parts (p->store, entity, person_field, p->records->person, error);

  *record = records != NULL && records->len > 0 ? g_object_ref (records->pdata[0]) : NULL;
  return records != NULL;
}

static gboolean
prepare_role (Preparation *p, const char *type, GError **error)
{
  g_autoptr (GPtrArray) roles = rounds_import_list_parts (p->store, ROUNDS_ENTITY_PERSON_ROLE,
                                                          ROUNDS_PERSON_ROLE_PERSON, p->records->person, error);

  for (guint i = 0; roles != NULL && i < roles->len; i++)
    if (g_strcmp0 (rounds_record_get_text (roles->pdata[i], ROUNDS_PERSON_ROLE_TYPE), type) == 0)
      return TRUE;
  if (roles != NULL)
    rounds_import_records_add_role (p->records, type);
  return roles != NULL;
}

static gboolean
prepare_physician (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) physician = NULL;
  RoundsUuid specialization;
  gboolean changed = FALSE;
  gboolean named;

  if (!rounds_import_records_find_specialization (p->records, p->store, p->index, p->row, NULL, &specialization, &named,
                                                  error)
      || !find_of_person (p, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, &physician, error))
    return FALSE;
  if (physician == NULL)
    {
      physician = rounds_import_records_make_physician (p->records);
      changed = TRUE;
    }

  changed |= set_targets (p, physician);
  if (named)
    {
      const RoundsUuid *before = rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION);

      if (before == NULL || (!p->told_before && !rounds_uuid_equal (before, &specialization)))
        {
          rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, &specialization);
          changed = TRUE;
        }
    }
  if (changed)
    rounds_import_records_add (p->records, physician);
  return TRUE;
}

static gboolean
prepare_lead (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) lead = NULL;

  if (!find_of_person (p, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, &lead, error))
    return FALSE;
  if (lead == NULL)
    rounds_import_records_add_lead (p->records, p->plan);
  return TRUE;
}

/* The row's address: one that the owner has already, or one more. What was known is never overwritten: people move, and
 * work in several places. */
static gboolean
prepare_address (Preparation *p, guint owner_field, RoundsRecord *owner, GError **error)
{
  g_autoptr (GPtrArray) addresses = NULL;

  if (!rounds_import_row_has_address (p->row))
    return TRUE;
  addresses = rounds_import_list_parts (p->store, ROUNDS_ENTITY_ADDRESS, owner_field, owner, error);
  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < addresses->len; i++)
    {
      g_autoptr (RoundsRecord) completed = NULL;

      if (rounds_import_row_is_address (p->row, addresses->pdata[i], &completed))
        {
          if (completed != NULL)
            rounds_import_records_add (p->records, completed);
          return TRUE;
        }
    }
  rounds_import_records_add_address (p->records, p->row, owner_field, p->known);
  return TRUE;
}

/* Where the row's person works, by the organisation's id. */
static RoundsRecord *
find_affiliation (GPtrArray *affiliations, const RoundsUuid *organisation)
{
  for (guint i = 0; i < affiliations->len; i++)
    if (rounds_uuid_equal (rounds_record_get_uuid (affiliations->pdata[i], ROUNDS_AFFILIATION_ORGANISATION),
                           organisation))
      return affiliations->pdata[i];
  return NULL;
}

/* Where the row's person works, by the organisation's name: one in the trash, which comes back.
 * @affiliation: (out) (transfer none) (nullable) */
static gboolean
find_affiliation_in_trash (Preparation *p, GPtrArray *affiliations, RoundsRecord **affiliation, GError **error)
{
  g_autofree char *name = rounds_text_fold (p->row->values[ROUNDS_IMPORT_ORGANISATION]);

  *affiliation = NULL;
  for (guint i = 0; i < affiliations->len && *affiliation == NULL; i++)
    {
      g_autoptr (RoundsRecord) organisation = NULL;
      g_autofree char *folded = NULL;

      if (!rounds_record_store_look_up (
            p->store, ROUNDS_ENTITY_ORGANISATION,
            rounds_record_get_uuid (affiliations->pdata[i], ROUNDS_AFFILIATION_ORGANISATION), &organisation, error))
        return FALSE;
      if (organisation == NULL || !rounds_record_is_deleted (organisation))
        continue;
      folded = rounds_text_fold (rounds_record_get_text (organisation, ROUNDS_ORGANISATION_NAME));
      if (!g_str_equal (folded, name))
        continue;
      *affiliation = affiliations->pdata[i];
      bring_back (p, organisation);
      p->records->organisation = g_steal_pointer (&organisation);
    }
  return TRUE;
}

static gboolean
prepare_affiliation (Preparation *p, GError **error)
{
  g_autoptr (GPtrArray) affiliations = NULL;
  g_autoptr (RoundsRecord) made = NULL;
  RoundsRecord *affiliation;
  RoundsUuid organisation;
  gboolean found;

  if (p->row->values[ROUNDS_IMPORT_ORGANISATION] == NULL)
    return TRUE;
  affiliations = rounds_import_list_parts (p->store, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON,
                                           p->records->person, error);
  if (affiliations == NULL
      || !rounds_import_index_find_organisation (p->index, p->row, FALSE, &organisation, &found, error))
    return FALSE;
  affiliation = found ? find_affiliation (affiliations, &organisation) : NULL;
  if (affiliation == NULL && !find_affiliation_in_trash (p, affiliations, &affiliation, error))
    return FALSE;
  if (affiliation != NULL)
    {
      if (set_targets (p, affiliation))
        rounds_import_records_add (p->records, affiliation);
      return TRUE;
    }
  if (!rounds_import_records_find_employer (p->records, p->index, p->row, NULL, &organisation, error))
    return FALSE;
  made = rounds_import_records_make_affiliation (p->records, p->row, FALSE);
  rounds_record_set_uuid (made, ROUNDS_AFFILIATION_ORGANISATION, &organisation);
  return TRUE;
}

static gboolean
prepare_row_of_person (Preparation *p, GError **error)
{
  if (!prepare_person (p, error))
    return FALSE;

  switch (p->plan->role)
    {
    case ROUNDS_IMPORT_ROLE_PHYSICIAN:
      if (!prepare_role (p, "physician", error) || !prepare_physician (p, error))
        return FALSE;
      break;
    case ROUNDS_IMPORT_ROLE_LEAD:
      if (!prepare_role (p, "lead", error) || !prepare_lead (p, error))
        return FALSE;
      break;
    case ROUNDS_IMPORT_ROLE_NONE:
    default:
      break;
    }
  return prepare_address (p, ROUNDS_ADDRESS_PERSON, p->records->person, error) && prepare_affiliation (p, error);
}

static gboolean
prepare_row_of_organisation (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) organisation =
    rounds_record_store_get (p->store, ROUNDS_ENTITY_ORGANISATION, p->known, error);

  if (organisation == NULL)
    return FALSE;
  if (set_text (p, organisation, ROUNDS_ORGANISATION_PHONE, p->row->values[ROUNDS_IMPORT_PHONE]))
    rounds_import_records_add (p->records, organisation);
  return prepare_address (p, ROUNDS_ADDRESS_ORGANISATION, organisation, error);
}

/**
 * rounds_import_records_prepare:
 * @self: zeroed; takes the records, cleared by the caller
 * @row: what the row says
 * @known: the person that it is about, or the organisation of a row without a person
 * @told_before: an earlier row of this file was about them: this one adds, but overrules nothing
 *
 * Finds out what the row would change about somebody who is known, and add. Writes nothing.
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_records_prepare (RoundsImportRecords *self, RoundsRecordStore *store, RoundsImportIndex *index,
                               RoundsImportPlan *plan, const RoundsImportRow *row, const RoundsUuid *known,
                               gboolean told_before, GError **error)
{
  Preparation p = { self, store, index, plan, row, known, told_before };

  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  self->brought_back = g_ptr_array_new_with_free_func (g_object_unref);
  return rounds_import_row_is_of_organisation (row) ? prepare_row_of_organisation (&p, error)
                                                    : prepare_row_of_person (&p, error);
}
