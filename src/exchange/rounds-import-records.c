/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a row makes new; what it changes about somebody who is known is in rounds-import-known.c. */

#include "rounds-import-records-private.h"

#include <string.h>

#include "rounds-import-address.h"
#include "rounds-named-id.h"

/* rounds_import_records_add: behind the others. */
void
rounds_import_records_add (RoundsImportRecords *self, RoundsRecord *record)
{
  g_ptr_array_add (self->changed, g_object_ref (record));
}

/* Parents come before what refers to them. */
static void
add_before (RoundsImportRecords *self, RoundsRecord *record, RoundsRecord *child)
{
  guint at = self->changed->len;

  g_ptr_array_find (self->changed, child, &at);
  g_ptr_array_insert (self->changed, (int) at, g_object_ref (record));
}

/* rounds_import_records_add_role: a new role of the person. */
void
rounds_import_records_add_role (RoundsImportRecords *self, const char *type)
{
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (self->person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  rounds_import_records_add (self, role);
}

/* rounds_import_records_add_lead: the person comes from the plan's file. */
void
rounds_import_records_add_lead (RoundsImportRecords *self, RoundsImportPlan *plan)
{
  g_autoptr (RoundsRecord) lead = rounds_record_new (ROUNDS_ENTITY_PATIENT_LEAD);
  g_autofree char *basename = g_file_get_basename (rounds_table_file_get_file (plan->file));
  g_autofree char *source = g_filename_display_name (basename);
  g_autofree char *short_source = g_utf8_substring (source, 0, MIN (g_utf8_strlen (source, -1), 100));

  rounds_record_set_uuid (lead, ROUNDS_PATIENT_LEAD_PERSON, rounds_record_get_id (self->person));
  rounds_record_set_text (lead, ROUNDS_PATIENT_LEAD_SOURCE, short_source);
  rounds_import_records_add (self, lead);
}

/* rounds_import_records_add_address: the one that @row tells, if it does. */
void
rounds_import_records_add_address (RoundsImportRecords *self, const RoundsImportRow *row, guint owner_field,
                                   const RoundsUuid *owner)
{
  g_autoptr (RoundsRecord) address = NULL;

  if (!rounds_import_row_has_address (row))
    return;
  address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  rounds_record_set_uuid (address, owner_field, owner);
  rounds_import_row_fill (row, address);
  rounds_import_records_add (self, address);
}

/* rounds_import_records_make_physician: (transfer full): the person's particulars; not added yet. */
RoundsRecord *
rounds_import_records_make_physician (RoundsImportRecords *self)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (self->person));
  return physician;
}

/*
 * rounds_import_records_make_affiliation:
 * @is_primary: whether it is the first one known of the person
 *
 * Returns: (transfer full): where @row's person works, which is added; the organisation is still to be said
 */
RoundsRecord *
rounds_import_records_make_affiliation (RoundsImportRecords *self, const RoundsImportRow *row, gboolean is_primary)
{
  RoundsRecord *affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);

  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (self->person));
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, is_primary);
  rounds_import_row_fill (row, affiliation);
  rounds_import_records_add (self, affiliation);
  return affiliation;
}

/*
 * rounds_import_records_find_specialization:
 * @physician: (nullable): one of the records, before which a new specialization goes
 * @id: (out): the specialization that @row names: a known one, or a new one, which is added
 * @named: (out): whether it names one at all
 */
gboolean
rounds_import_records_find_specialization (RoundsImportRecords *self, RoundsRecordStore *store,
                                           RoundsImportIndex *index, const RoundsImportRow *row,
                                           RoundsRecord *physician, RoundsUuid *id, gboolean *named, GError **error)
{
  const char *code = row->values[ROUNDS_IMPORT_TAXONOMY_CODE];
  const char *name =
    row->values[ROUNDS_IMPORT_SPECIALIZATION] != NULL ? row->values[ROUNDS_IMPORT_SPECIALIZATION] : code;
  gboolean found;

  *named = name != NULL;
  if (name == NULL)
    return TRUE;
  if (!rounds_import_index_find_specialization (index, name, id, &found, error))
    return FALSE;
  if (found)
    return TRUE;

  self->specialization = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  rounds_record_set_text (self->specialization, ROUNDS_SPECIALIZATION_NAME, name);
  if (!rounds_record_store_give_named_id (store, self->specialization, error))
    return FALSE;
  rounds_record_set_text (self->specialization, ROUNDS_SPECIALIZATION_TAXONOMY_CODE, code);
  add_before (self, self->specialization, physician);
  *id = *rounds_record_get_id (self->specialization);
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
make_organisation (RoundsImportRecords *self, const RoundsImportRow *row)
{
  const char *name = row->values[ROUNDS_IMPORT_ORGANISATION];

  self->organisation = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  rounds_record_set_text (self->organisation, ROUNDS_ORGANISATION_NAME, name);
  rounds_record_set_text (self->organisation, ROUNDS_ORGANISATION_KIND, guess_kind (name));
}

/*
 * rounds_import_records_find_employer:
 * @row: one that names an organisation
 * @affiliation: (nullable): one of the records, before which a new organisation goes
 * @id: (out): the organisation where @row's person works: a known one, or a new one, which is added
 */
gboolean
rounds_import_records_find_employer (RoundsImportRecords *self, RoundsImportIndex *index, const RoundsImportRow *row,
                                     RoundsRecord *affiliation, RoundsUuid *id, GError **error)
{
  gboolean found;

  if (!rounds_import_index_find_organisation (index, row, FALSE, id, &found, error))
    return FALSE;
  if (found)
    return TRUE;
  make_organisation (self, row);
  add_before (self, self->organisation, affiliation);
  *id = *rounds_record_get_id (self->organisation);
  return TRUE;
}

static void
draft_person (RoundsImportRecords *self, RoundsImportPlan *plan, const RoundsImportRow *row)
{
  self->person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  rounds_import_row_fill (row, self->person);
  rounds_import_records_add (self, self->person);

  switch (plan->role)
    {
    case ROUNDS_IMPORT_ROLE_PHYSICIAN:
      rounds_import_records_add_role (self, "physician");
      self->physician = rounds_import_records_make_physician (self);
      rounds_import_row_fill (row, self->physician);
      rounds_import_records_add (self, self->physician);
      break;
    case ROUNDS_IMPORT_ROLE_LEAD:
      rounds_import_records_add_role (self, "lead");
      rounds_import_records_add_lead (self, plan);
      break;
    case ROUNDS_IMPORT_ROLE_NONE:
    default:
      break;
    }
  rounds_import_records_add_address (self, row, ROUNDS_ADDRESS_PERSON, rounds_record_get_id (self->person));
  if (row->values[ROUNDS_IMPORT_ORGANISATION] != NULL)
    self->affiliation = rounds_import_records_make_affiliation (self, row, TRUE);
}

static void
draft_organisation (RoundsImportRecords *self, const RoundsImportRow *row)
{
  make_organisation (self, row);
  rounds_record_set_text (self->organisation, ROUNDS_ORGANISATION_PHONE, row->values[ROUNDS_IMPORT_PHONE]);
  rounds_import_records_add (self, self->organisation);
  rounds_import_records_add_address (self, row, ROUNDS_ADDRESS_ORGANISATION, rounds_record_get_id (self->organisation));
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
  self->changed = g_ptr_array_new_with_free_func (g_object_unref);
  self->is_new = TRUE;
  if (rounds_import_row_is_of_organisation (row))
    draft_organisation (self, row);
  else
    draft_person (self, plan, row);
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
  RoundsUuid id;
  gboolean named;

  if (self->physician != NULL)
    {
      if (!rounds_import_records_find_specialization (self, store, index, row, self->physician, &id, &named, error))
        return FALSE;
      if (named)
        rounds_record_set_uuid (self->physician, ROUNDS_PHYSICIAN_SPECIALIZATION, &id);
    }
  if (self->affiliation != NULL)
    {
      if (!rounds_import_records_find_employer (self, index, row, self->affiliation, &id, error))
        return FALSE;
      rounds_record_set_uuid (self->affiliation, ROUNDS_AFFILIATION_ORGANISATION, &id);
    }
  return TRUE;
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
  g_clear_pointer (&self->brought_back, g_ptr_array_unref);
  g_clear_object (&self->person);
  g_clear_object (&self->physician);
  g_clear_object (&self->affiliation);
  g_clear_object (&self->organisation);
  g_clear_object (&self->specialization);
}
