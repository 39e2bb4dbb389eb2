/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-parts.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"

static const guint reach_fields[] = { ROUNDS_PERSON_PHONE, ROUNDS_PERSON_EMAIL };
static const guint personal_fields[] = { ROUNDS_PERSON_GIVEN_NAME, ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_PREFIX,
                                         ROUNDS_PERSON_SUFFIX,     ROUNDS_PERSON_CREDENTIALS, ROUNDS_PERSON_BIRTH_DATE,
                                         ROUNDS_PERSON_SEX,        ROUNDS_PERSON_LANGUAGE,    ROUNDS_PERSON_TIME_ZONE,
                                         ROUNDS_PERSON_IS_ACTIVE };
static const guint organisation_fields[] = { ROUNDS_ORGANISATION_NAME, ROUNDS_ORGANISATION_KIND,
                                             ROUNDS_ORGANISATION_PHONE, ROUNDS_ORGANISATION_TIME_ZONE };
static const guint role_fields[] = { ROUNDS_PERSON_ROLE_TYPE, ROUNDS_PERSON_ROLE_VALID_FROM,
                                     ROUNDS_PERSON_ROLE_VALID_TO };
static const guint physician_fields[] = { ROUNDS_PHYSICIAN_SPECIALIZATION, ROUNDS_PHYSICIAN_NPI,
                                          ROUNDS_PHYSICIAN_LICENCE_NUMBER, ROUNDS_PHYSICIAN_QUALIFICATION,
                                          ROUNDS_PHYSICIAN_SEES_REPS };
static const guint affiliation_fields[] = { ROUNDS_AFFILIATION_ORGANISATION, ROUNDS_AFFILIATION_JOB_TITLE,
                                            ROUNDS_AFFILIATION_IS_PRIMARY, ROUNDS_AFFILIATION_VALID_FROM,
                                            ROUNDS_AFFILIATION_VALID_TO };
static const guint address_fields[] = { ROUNDS_ADDRESS_LINES,       ROUNDS_ADDRESS_CITY,    ROUNDS_ADDRESS_REGION,
                                        ROUNDS_ADDRESS_POSTAL_CODE, ROUNDS_ADDRESS_COUNTRY, ROUNDS_ADDRESS_KIND };
static const guint patient_fields[] = { ROUNDS_PATIENT_CONDITION, ROUNDS_PATIENT_STATUS,
                                        ROUNDS_PATIENT_FIRST_CONTACT_DATE, ROUNDS_PATIENT_INITIAL_CONSULT_DATE };
static const guint treating_fields[] = { ROUNDS_PATIENT_PHYSICIAN_PHYSICIAN, ROUNDS_PATIENT_PHYSICIAN_TYPE,
                                         ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY, ROUNDS_PATIENT_PHYSICIAN_VALID_FROM,
                                         ROUNDS_PATIENT_PHYSICIAN_VALID_TO };
static const guint lead_fields[] = { ROUNDS_PATIENT_LEAD_CONDITION, ROUNDS_PATIENT_LEAD_STATUS,
                                     ROUNDS_PATIENT_LEAD_SOURCE };
static const guint staff_fields[] = { ROUNDS_STAFF_ROLE, ROUNDS_STAFF_IS_ACTIVE };
static const guint consent_fields[] = {
  ROUNDS_CONSENT_CHANNEL,     ROUNDS_CONSENT_PURPOSE,    ROUNDS_CONSENT_STATE,
  ROUNDS_CONSENT_OBTAINED_AT, ROUNDS_CONSENT_EXPIRES_AT, ROUNDS_CONSENT_EVIDENCE
};
static const guint follow_up_fields[] = { ROUNDS_FOLLOW_UP_TEXT, ROUNDS_FOLLOW_UP_DUE_ON, ROUNDS_FOLLOW_UP_KIND };

#define FIELDS(array) array, G_N_ELEMENTS (array)

static const RoundsContactPart parts[] = {
  { "reach", ROUNDS_ENTITY_PERSON, N_ ("Phone and Email"), NULL, 0, FALSE, FALSE, FIELDS (reach_fields) },
  { "personal", ROUNDS_ENTITY_PERSON, N_ ("Personal"), NULL, 0, FALSE, TRUE, FIELDS (personal_fields) },
  { "organisation", ROUNDS_ENTITY_ORGANISATION, N_ ("Organization"), NULL, 0, FALSE, FALSE,
    FIELDS (organisation_fields) },
  { "role", ROUNDS_ENTITY_PERSON_ROLE, N_ ("Role"), N_ ("New Role"), ROUNDS_PERSON_ROLE_PERSON, TRUE, TRUE,
    FIELDS (role_fields) },
  { "physician", ROUNDS_ENTITY_PHYSICIAN, N_ ("Physician"), N_ ("Physician"), ROUNDS_PHYSICIAN_PERSON, FALSE, TRUE,
    FIELDS (physician_fields) },
  { "affiliation", ROUNDS_ENTITY_AFFILIATION, N_ ("Workplace"), N_ ("New Workplace"), ROUNDS_AFFILIATION_PERSON, TRUE,
    TRUE, FIELDS (affiliation_fields) },
  { "address", ROUNDS_ENTITY_ADDRESS, N_ ("Address"), N_ ("New Address"), ROUNDS_ADDRESS_PERSON, TRUE, TRUE,
    FIELDS (address_fields) },
  { "patient", ROUNDS_ENTITY_PATIENT, N_ ("Patient"), N_ ("Patient"), ROUNDS_PATIENT_PERSON, FALSE, TRUE,
    FIELDS (patient_fields) },
  { "treating", ROUNDS_ENTITY_PATIENT_PHYSICIAN, N_ ("Patient’s Physician"), N_ ("New Physician for This Patient"),
    ROUNDS_PATIENT_PHYSICIAN_PATIENT, TRUE, TRUE, FIELDS (treating_fields) },
  { "lead", ROUNDS_ENTITY_PATIENT_LEAD, N_ ("Lead"), N_ ("New Lead"), ROUNDS_PATIENT_LEAD_PERSON, TRUE, TRUE,
    FIELDS (lead_fields) },
  { "staff", ROUNDS_ENTITY_STAFF, N_ ("Staff"), N_ ("Staff"), ROUNDS_STAFF_PERSON, FALSE, TRUE, FIELDS (staff_fields) },
  { "consent", ROUNDS_ENTITY_CONSENT, N_ ("Consent"), N_ ("New Consent"), ROUNDS_CONSENT_PERSON, TRUE, TRUE,
    FIELDS (consent_fields) },
  { "follow-up", ROUNDS_ENTITY_FOLLOW_UP, N_ ("Follow-Up"), N_ ("New Follow-Up"), ROUNDS_FOLLOW_UP_PERSON, TRUE, TRUE,
    FIELDS (follow_up_fields) },
};

/**
 * rounds_contact_part_find:
 * @entity: an entity
 * @name: (nullable): which of its parts; %NULL for the first
 *
 * Returns: (transfer none) (nullable): the part
 */
const RoundsContactPart *
rounds_contact_part_find (RoundsEntity entity, const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i].entity == entity && (name == NULL || g_str_equal (parts[i].name, name)))
      return &parts[i];
  return NULL;
}

/* What is primary now is not any more: the user has just chosen another. It is saved first, as the store accepts one
 * at a time. */
static gboolean
release_primary (RoundsStore *store, RoundsRecord *record, guint owner_field, guint primary_field, GPtrArray *changes,
                 GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (rounds_record_get_entity (record));
  g_autoptr (GPtrArray) others = NULL;

  if (!rounds_record_get_boolean (record, primary_field))
    return TRUE;
  rounds_query_where_uuid (query, owner_field, ROUNDS_IS, rounds_record_get_uuid (record, owner_field));
  rounds_query_limit (query, 100);
  others = rounds_store_list (store, query, error);
  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      RoundsRecord *released;

      if (!rounds_record_get_boolean (others->pdata[i], primary_field)
          || rounds_uuid_equal (rounds_record_get_id (others->pdata[i]), rounds_record_get_id (record)))
        continue;
      released = rounds_record_dup (others->pdata[i]);
      rounds_record_set_integer (released, primary_field, FALSE);
      g_ptr_array_insert (changes, 0, released);
    }
  return others != NULL;
}

/* Who becomes a patient has what is written about patients. */
static gboolean
add_record_of_role (RoundsStore *store, RoundsRecord *role, GPtrArray *changes, GError **error)
{
  static const struct
  {
    const char *type;
    RoundsEntity entity;
    guint person_field;
  } kinds[] = {
    { "physician", ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON },
    { "patient", ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON },
    { "staff", ROUNDS_ENTITY_STAFF, ROUNDS_STAFF_PERSON },
    { "lead", ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON },
  };
  const RoundsUuid *person = rounds_record_get_uuid (role, ROUNDS_PERSON_ROLE_PERSON);

  for (guint i = 0; person != NULL && i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (RoundsRecord) found = NULL;

      if (g_strcmp0 (rounds_record_get_text (role, ROUNDS_PERSON_ROLE_TYPE), kinds[i].type) != 0)
        continue;
      if (!rounds_look_up_of_person (store, kinds[i].entity, person, &found, error))
        return FALSE;
      if (found == NULL)
        {
          RoundsRecord *added = rounds_record_new (kinds[i].entity);

          rounds_record_set_uuid (added, kinds[i].person_field, person);
          g_ptr_array_add (changes, added);
        }
    }
  return TRUE;
}

/**
 * rounds_contact_part_add_companions:
 * @store: the store
 * @record: a record that is about to be saved
 * @changes: (element-type RoundsRecord): what is saved with it; takes what else changes
 * @error: (out) (optional): what the disk says
 *
 * Adds what follows from @record: another one stops being the primary one; a role comes with its record.
 *
 * Returns: whether it could be looked up; nothing is to be saved otherwise
 */
gboolean
rounds_contact_part_add_companions (RoundsStore *store, RoundsRecord *record, GPtrArray *changes, GError **error)
{
  switch ((int) rounds_record_get_entity (record))
    {
    case ROUNDS_ENTITY_AFFILIATION:
      return release_primary (store, record, ROUNDS_AFFILIATION_PERSON, ROUNDS_AFFILIATION_IS_PRIMARY, changes, error);
    case ROUNDS_ENTITY_PATIENT_PHYSICIAN:
      return release_primary (store, record, ROUNDS_PATIENT_PHYSICIAN_PATIENT, ROUNDS_PATIENT_PHYSICIAN_IS_PRIMARY,
                              changes, error);
    case ROUNDS_ENTITY_PERSON_ROLE:
      return add_record_of_role (store, record, changes, error);
    default:
      return TRUE;
    }
}
