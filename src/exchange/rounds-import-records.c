/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-import-records.h"

#include <string.h>

#include "rounds-import-address.h"
#include "rounds-named-id.h"

/* Fields that come straight from a target's text. */
static const RoundsImportTarget person_targets[] = {
  ROUNDS_IMPORT_FAMILY_NAME, ROUNDS_IMPORT_GIVEN_NAME,  ROUNDS_IMPORT_PREFIX,
  ROUNDS_IMPORT_SUFFIX,      ROUNDS_IMPORT_CREDENTIALS, ROUNDS_IMPORT_SEX,
  ROUNDS_IMPORT_EMAIL,       ROUNDS_IMPORT_PHONE,       ROUNDS_IMPORT_BIRTH_DATE,
};
static const RoundsImportTarget physician_targets[] = { ROUNDS_IMPORT_NPI, ROUNDS_IMPORT_LICENCE_NUMBER };

/* What goes through the preparation of one row. A draft has the records, the plan and the row alone. */
typedef struct
{
  RoundsImportRecords *records;
  RoundsRecordStore *store; /* (nullable) */
  RoundsImportIndex *index; /* (nullable) */
  RoundsImportPlan *plan;   /* (nullable): when a draft is completed */
  const RoundsImportRow *row;
  const RoundsUuid *known; /* (nullable): whom the row is about; NULL: somebody new */
  gboolean told_before;    /* by an earlier row of this file, which this one adds to and does not overrule */
} Preparation;

static void
add (Preparation *p, RoundsRecord *record)
{
  g_ptr_array_add (p->records->changed, g_object_ref (record));
}

/* Parents come before what refers to them. */
static void
add_before (Preparation *p, RoundsRecord *record, RoundsRecord *child)
{
  guint at = p->records->changed->len;

  g_ptr_array_find (p->records->changed, child, &at);
  g_ptr_array_insert (p->records->changed, (int) at, g_object_ref (record));
}

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
set_targets (Preparation *p, RoundsRecord *record, const RoundsImportTarget *targets, guint n_targets)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < n_targets; i++)
    changed |= set_text (p, record, rounds_import_target_get_info (targets[i])->field, p->row->values[targets[i]]);
  return changed;
}

/* A person in the trash whom a file brings back is wanted again. */
static gboolean
prepare_person (Preparation *p, GError **error)
{
  p->records->person = rounds_record_store_get (p->store, ROUNDS_ENTITY_PERSON, p->known, error);
  if (p->records->person == NULL)
    return FALSE;
  p->records->restores = rounds_record_is_deleted (p->records->person);
  if (set_targets (p, p->records->person, person_targets, G_N_ELEMENTS (person_targets)))
    add (p, p->records->person);
  return TRUE;
}

/* Sets @record to the first record of @entity that belongs to the row's person, %NULL if there is none. */
static gboolean
find_of_person (Preparation *p, RoundsEntity entity, guint person_field, RoundsRecord **record, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  rounds_query_where_uuid (query, person_field, ROUNDS_IS, rounds_record_get_id (p->records->person));
  return rounds_record_store_find (p->store, query, record, error);
}

static void
make_role (Preparation *p, const char *type)
{
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (p->records->person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  add (p, role);
}

static gboolean
prepare_role (Preparation *p, const char *type, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (RoundsRecord) role = NULL;

  rounds_query_where_uuid (query, ROUNDS_PERSON_ROLE_PERSON, ROUNDS_IS, rounds_record_get_id (p->records->person));
  rounds_query_where_text (query, ROUNDS_PERSON_ROLE_TYPE, ROUNDS_IS, type);
  if (!rounds_record_store_find (p->store, query, &role, error))
    return FALSE;
  if (role == NULL)
    make_role (p, type);
  return TRUE;
}

/* The row's specialization: a known one by name, or a new one. @id stays as it is where the row names none.
 * @physician: (nullable): who is written with it */
static gboolean
prepare_specialization (Preparation *p, RoundsRecord *physician, RoundsUuid *id, gboolean *named, GError **error)
{
  const char *code = p->row->values[ROUNDS_IMPORT_TAXONOMY_CODE];
  const char *name =
    p->row->values[ROUNDS_IMPORT_SPECIALIZATION] != NULL ? p->row->values[ROUNDS_IMPORT_SPECIALIZATION] : code;
  gboolean found;

  *named = name != NULL;
  if (name == NULL)
    return TRUE;
  if (!rounds_import_index_find_specialization (p->index, name, id, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  p->records->specialization = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  rounds_record_set_text (p->records->specialization, ROUNDS_SPECIALIZATION_NAME, name);
  if (!rounds_record_store_give_named_id (p->store, p->records->specialization, error))
    return FALSE;
  rounds_record_set_text (p->records->specialization, ROUNDS_SPECIALIZATION_TAXONOMY_CODE, code);
  add_before (p, p->records->specialization, physician);
  *id = *rounds_record_get_id (p->records->specialization);
  return TRUE;
}

static RoundsRecord *
make_physician (Preparation *p)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (p->records->person));
  return physician;
}

static gboolean
prepare_physician (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) physician = NULL;
  RoundsUuid specialization;
  gboolean changed = FALSE;
  gboolean named;

  if (!prepare_specialization (p, NULL, &specialization, &named, error)
      || !find_of_person (p, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, &physician, error))
    return FALSE;
  if (physician == NULL)
    {
      physician = make_physician (p);
      changed = TRUE;
    }

  changed |= set_targets (p, physician, physician_targets, G_N_ELEMENTS (physician_targets));
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
    add (p, physician);
  return TRUE;
}

static void
make_lead (Preparation *p)
{
  g_autoptr (RoundsRecord) lead = rounds_record_new (ROUNDS_ENTITY_PATIENT_LEAD);
  g_autofree char *basename = g_file_get_basename (rounds_table_file_get_file (p->plan->file));
  g_autofree char *source = g_filename_display_name (basename);
  g_autofree char *short_source = g_utf8_substring (source, 0, MIN (g_utf8_strlen (source, -1), 100));

  rounds_record_set_uuid (lead, ROUNDS_PATIENT_LEAD_PERSON, rounds_record_get_id (p->records->person));
  rounds_record_set_text (lead, ROUNDS_PATIENT_LEAD_SOURCE, short_source);
  add (p, lead);
}

static gboolean
prepare_lead (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) lead = NULL;

  if (!find_of_person (p, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, &lead, error))
    return FALSE;
  if (lead == NULL)
    make_lead (p);
  return TRUE;
}

static void
make_address (Preparation *p, guint owner_field, const RoundsUuid *owner)
{
  g_autoptr (RoundsRecord) address = NULL;

  if (!rounds_import_row_has_address (p->row))
    return;
  address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  rounds_record_set_uuid (address, owner_field, owner);
  rounds_import_row_complete_address (p->row, address);
  add (p, address);
}

/* The row's address: one that the owner has already, or one more. What was known is never overwritten: people move, and
 * work in several places. */
static gboolean
prepare_address (Preparation *p, guint owner_field, const RoundsUuid *owner, GError **error)
{
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) addresses = NULL;

  if (!rounds_import_row_has_address (p->row))
    return TRUE;
  query = rounds_query_new (ROUNDS_ENTITY_ADDRESS);
  rounds_query_limit (rounds_query_where_uuid (query, owner_field, ROUNDS_IS, owner), 100);
  addresses = rounds_record_store_list (p->store, query, error);
  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < addresses->len; i++)
    if (rounds_import_row_is_address (p->row, addresses->pdata[i]))
      {
        if (rounds_import_row_complete_address (p->row, addresses->pdata[i]))
          add (p, addresses->pdata[i]);
        return TRUE;
      }
  make_address (p, owner_field, owner);
  return TRUE;
}

static const char *
guess_kind (const char *name)
{
  static const char *const kinds[][2] = {
    { "hospital", "hospital" }, { "krankenhaus", "hospital" }, { "ziekenhuis", "hospital" }, { "pharmac", "pharmacy" },
    { "apothe", "pharmacy" },   { "clinic", "clinic" },        { "klini", "clinic" },
  };
  g_autofree char *folded = rounds_text_fold (name);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strstr (folded, kinds[i][0]) != NULL)
      return kinds[i][1];
  return "practice";
}

static void
make_organisation (Preparation *p)
{
  const char *name = p->row->values[ROUNDS_IMPORT_ORGANISATION];

  p->records->organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  rounds_record_set_text (p->records->organisation, ROUNDS_ORGANISATION_NAME, name);
  rounds_record_set_text (p->records->organisation, ROUNDS_ORGANISATION_KIND, guess_kind (name));
}

/* Where the row's person works. @affiliation: (nullable): what is written with it */
static gboolean
prepare_employer (Preparation *p, RoundsRecord *affiliation, RoundsUuid *id, GError **error)
{
  gboolean found;

  if (!rounds_import_index_find_organisation (p->index, p->row, FALSE, id, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  make_organisation (p);
  add_before (p, p->records->organisation, affiliation);
  *id = *rounds_record_get_id (p->records->organisation);
  return TRUE;
}

/* The first one known of a contact is the primary one. */
static RoundsRecord *
make_affiliation (Preparation *p, gboolean is_primary)
{
  RoundsRecord *affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);

  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (p->records->person));
  rounds_record_set_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE, p->row->values[ROUNDS_IMPORT_JOB_TITLE]);
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, is_primary);
  add (p, affiliation);
  return affiliation;
}

static gboolean
find_affiliation (Preparation *p, const RoundsUuid *organisation, RoundsRecord **affiliation, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_AFFILIATION);

  rounds_query_where_uuid (query, ROUNDS_AFFILIATION_PERSON, ROUNDS_IS, rounds_record_get_id (p->records->person));
  rounds_query_where_uuid (query, ROUNDS_AFFILIATION_ORGANISATION, ROUNDS_IS, organisation);
  return rounds_record_store_find (p->store, query, affiliation, error);
}

static gboolean
prepare_affiliation (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) affiliation = NULL;
  RoundsUuid organisation;

  if (p->row->values[ROUNDS_IMPORT_ORGANISATION] == NULL)
    return TRUE;
  if (!prepare_employer (p, NULL, &organisation, error)
      || (p->records->organisation == NULL && !find_affiliation (p, &organisation, &affiliation, error)))
    return FALSE;
  if (affiliation == NULL)
    {
      affiliation = make_affiliation (p, FALSE);
      rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, &organisation);
    }
  else if (set_text (p, affiliation, ROUNDS_AFFILIATION_JOB_TITLE, p->row->values[ROUNDS_IMPORT_JOB_TITLE]))
    add (p, affiliation);
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
  return prepare_address (p, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (p->records->person), error)
         && prepare_affiliation (p, error);
}

static gboolean
prepare_row_of_organisation (Preparation *p, GError **error)
{
  g_autoptr (RoundsRecord) organisation =
    rounds_record_store_get (p->store, ROUNDS_ENTITY_ORGANISATION, p->known, error);

  if (organisation == NULL)
    return FALSE;
  if (set_text (p, organisation, ROUNDS_ORGANISATION_PHONE, p->row->values[ROUNDS_IMPORT_PHONE]))
    add (p, organisation);
  return prepare_address (p, ROUNDS_ADDRESS_ORGANISATION, rounds_record_get_id (organisation), error);
}

static void
draft_person (Preparation *p)
{
  p->records->person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  set_targets (p, p->records->person, person_targets, G_N_ELEMENTS (person_targets));
  add (p, p->records->person);

  switch (p->plan->role)
    {
    case ROUNDS_IMPORT_ROLE_PHYSICIAN:
      make_role (p, "physician");
      p->records->physician = make_physician (p);
      set_targets (p, p->records->physician, physician_targets, G_N_ELEMENTS (physician_targets));
      add (p, p->records->physician);
      break;
    case ROUNDS_IMPORT_ROLE_LEAD:
      make_role (p, "lead");
      make_lead (p);
      break;
    case ROUNDS_IMPORT_ROLE_NONE:
    default:
      break;
    }
  make_address (p, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (p->records->person));
  if (p->row->values[ROUNDS_IMPORT_ORGANISATION] != NULL)
    p->records->affiliation = make_affiliation (p, TRUE);
}

static void
draft_organisation (Preparation *p)
{
  make_organisation (p);
  rounds_record_set_text (p->records->organisation, ROUNDS_ORGANISATION_PHONE, p->row->values[ROUNDS_IMPORT_PHONE]);
  add (p, p->records->organisation);
  make_address (p, ROUNDS_ADDRESS_ORGANISATION, rounds_record_get_id (p->records->organisation));
}

/**
 * rounds_import_records_draft:
 * @self: zeroed; takes the records, cleared by the caller
 * @row: what the row says; it names somebody
 *
 * Makes what the row would create if it were about somebody new, without what it only names, a specialization and an
 * organisation: rounds_import_records_complete() adds those. Any thread.
 */
void
rounds_import_records_draft (RoundsImportRecords *self, RoundsImportPlan *plan, const RoundsImportRow *row)
{
  Preparation p = { .records = self, .plan = plan, .row = row };

  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  self->is_new = TRUE;
  if (rounds_import_row_is_of_organisation (row))
    draft_organisation (&p);
  else
    draft_person (&p);
}

/**
 * rounds_import_records_complete:
 * @self: (inout): what @row would create, as rounds_import_records_draft() made it
 *
 * Returns: %FALSE if the store cannot be read
 */
gboolean
rounds_import_records_complete (RoundsImportRecords *self, RoundsRecordStore *store, RoundsImportIndex *index,
                                const RoundsImportRow *row, GError **error)
{
  Preparation p = { .records = self, .store = store, .index = index, .row = row };
  RoundsUuid id;
  gboolean named;

  if (self->physician != NULL)
    {
      if (!prepare_specialization (&p, self->physician, &id, &named, error))
        return FALSE;
      if (named)
        rounds_record_set_uuid (self->physician, ROUNDS_PHYSICIAN_SPECIALIZATION, &id);
    }
  if (self->affiliation != NULL)
    {
      if (!prepare_employer (&p, self->affiliation, &id, error))
        return FALSE;
      rounds_record_set_uuid (self->affiliation, ROUNDS_AFFILIATION_ORGANISATION, &id);
    }
  return TRUE;
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
  return rounds_import_row_is_of_organisation (row) ? prepare_row_of_organisation (&p, error)
                                                    : prepare_row_of_person (&p, error);
}

/** rounds_import_records_remember: when the records are to be saved: lets later rows find what is new. */
void
rounds_import_records_remember (RoundsImportRecords *self, RoundsImportIndex *index, const RoundsImportRow *row)
{
  if (self->specialization != NULL)
    rounds_import_index_add_specialization (index, self->specialization);
  if (self->organisation != NULL)
    rounds_import_index_add_organisation (index, self->organisation, row->values[ROUNDS_IMPORT_CITY]);
}

/** rounds_import_records_clear: frees the records. */
void
rounds_import_records_clear (RoundsImportRecords *self)
{
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_clear_object (&self->person);
  g_clear_object (&self->physician);
  g_clear_object (&self->affiliation);
  g_clear_object (&self->organisation);
  g_clear_object (&self->specialization);
}
