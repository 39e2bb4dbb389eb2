/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If these fail, somebody who became a patient is there twice or lost their history, or a person has the same role
 * twice, or two organisations that are the first one.
 */

#include "rounds-error.h"
#include "rounds-lead-conversion.h"
#include "rounds-time.h"
#include "store-fixture.h"

typedef struct
{
  char *folder;
  RoundsRecordStore *store;
  RoundsRecord *person;
} Fixture;

static RoundsRecord *
make_of_person (Fixture *self, RoundsEntity entity, guint field)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (self->person));
  return record;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->store = store_fixture_open (&self->folder, ROUNDS_ROLE_DEVICE);
  self->person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  rounds_record_set_text (self->person, ROUNDS_PERSON_GIVEN_NAME, "Lena");
  rounds_record_set_text (self->person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  store_fixture_save (self->store, self->person);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_object (&self->person);
  store_fixture_close (&self->store, &self->folder);
}

static RoundsRecord *
add_role (Fixture *self, const char *type, const char *from, const char *to, GError **error)
{
  RoundsRecord *role = make_of_person (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON);

  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, from);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, to);
  rounds_record_store_save (self->store, role, error);
  return role;
}

static guint
count_of_person (Fixture *self, RoundsEntity entity, guint field)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GPtrArray) found = NULL;

  rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (self->person));
  found = rounds_record_store_list (self->store, query, NULL);
  return found->len;
}

static void
test_conversion (Fixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) condition = rounds_record_new (ROUNDS_ENTITY_MEDICAL_CONDITION);
  g_autoptr (RoundsRecord) lead = make_of_person (self, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON);
  g_autoptr (RoundsRecord) call = make_of_person (self, ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON);
  g_autoptr (RoundsRecord) role = add_role (self, "lead", "2026-01-01", NULL, NULL);
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (GPtrArray) plan = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;
  RoundsRecord *patient;

  rounds_record_set_text (condition, ROUNDS_MEDICAL_CONDITION_NAME, "Duchenne muscular dystrophy");
  store_fixture_save (self->store, condition);
  rounds_record_set_uuid (lead, ROUNDS_PATIENT_LEAD_CONDITION, rounds_record_get_id (condition));
  store_fixture_save (self->store, lead);
  rounds_record_set_text (call, ROUNDS_INTERACTION_HCP_NAME, "Lena Berg");
  rounds_record_set_integer (call, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1704110400000)); /* 2024-01-01 */
  store_fixture_save (self->store, call);

  plan = rounds_lead_conversion_plan (self->store, rounds_record_get_id (lead), &before, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->len, ==, before->len);
  rounds_record_store_save_all (self->store, plan, &error);
  g_assert_no_error (error);

  patient = plan->pdata[0];
  g_assert_cmpint (rounds_record_get_entity (patient), ==, ROUNDS_ENTITY_PATIENT);
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (patient, ROUNDS_PATIENT_CONDITION), rounds_record_get_id (condition)));
  g_assert_true (g_str_has_prefix (rounds_record_get_text (patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE), "2024-01-01"));
  /* The same person, who keeps the call. */
  g_assert_cmpuint (count_of_person (self, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON), ==, 1);
  g_assert_cmpuint (count_of_person (self, ROUNDS_ENTITY_INTERACTION, ROUNDS_INTERACTION_PERSON), ==, 1);
  g_assert_cmpuint (count_of_person (self, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON), ==, 2);
  now = rounds_record_store_get (self->store, ROUNDS_ENTITY_PERSON_ROLE, rounds_record_get_id (role), NULL);
  g_assert_nonnull (rounds_record_get_text (now, ROUNDS_PERSON_ROLE_VALID_TO));
  g_clear_object (&now);
  now = rounds_record_store_get (self->store, ROUNDS_ENTITY_PATIENT_LEAD, rounds_record_get_id (lead), NULL);
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PATIENT_LEAD_STATUS), ==, "converted");
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (now, ROUNDS_PATIENT_LEAD_CONVERTED_PATIENT),
                                    rounds_record_get_id (patient)));

  again = rounds_lead_conversion_plan (self->store, rounds_record_get_id (lead), NULL, &error);
  g_assert_null (again);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_assert_cmpstr (error->message, ==, "Lena Berg is a patient already.");
}

static void
test_role_once_at_a_time (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) past = add_role (self, "patient", "2020-01-01", "2021-01-01", &error);
  g_autoptr (RoundsRecord) again = add_role (self, "patient", "2021-01-01", NULL, &error);
  g_autoptr (RoundsRecord) other = add_role (self, "caregiver", "2020-06-01", NULL, &error);
  g_autoptr (RoundsRecord) twice = NULL;

  g_assert_no_error (error);
  twice = add_role (self, "patient", "2025-01-01", NULL, &error);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "type");
  g_clear_error (&error);

  /* Making the first one longer would have it twice as well; what is deleted does not count. */
  rounds_record_set_text (past, ROUNDS_PERSON_ROLE_VALID_TO, "2022-01-01");
  g_assert_false (rounds_record_store_save (self->store, past, &error));
  g_clear_error (&error);
  rounds_record_store_delete (self->store, ROUNDS_ENTITY_PERSON_ROLE, rounds_record_get_id (again), &error);
  g_assert_no_error (error);
  g_assert_true (rounds_record_store_save (self->store, past, &error));
  g_assert_false (
    rounds_record_store_restore (self->store, ROUNDS_ENTITY_PERSON_ROLE, rounds_record_get_id (again), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
}

static RoundsRecord *
add_affiliation (Fixture *self, const char *organisation, const char *to, GError **error)
{
  g_autoptr (RoundsRecord) place = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  RoundsRecord *affiliation = make_of_person (self, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON);

  rounds_record_set_text (place, ROUNDS_ORGANISATION_NAME, organisation);
  store_fixture_save (self->store, place);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (place));
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  rounds_record_set_text (affiliation, ROUNDS_AFFILIATION_VALID_TO, to);
  rounds_record_store_save (self->store, affiliation, error);
  return affiliation;
}

static void
test_one_primary (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) first = add_affiliation (self, "St Anna Hospital", NULL, &error);
  g_autoptr (RoundsRecord) second = NULL;

  g_assert_no_error (error);
  second = add_affiliation (self, "Harbour Clinic", NULL, &error);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "is_primary");
  g_clear_error (&error);

  rounds_record_set_integer (second, ROUNDS_AFFILIATION_IS_PRIMARY, FALSE);
  g_assert_true (rounds_record_store_save (self->store, second, &error));
  rounds_record_set_integer (first, ROUNDS_AFFILIATION_IS_PRIMARY, FALSE);
  rounds_record_set_integer (second, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  g_assert_true (rounds_record_store_save (self->store, first, &error));
  g_assert_true (rounds_record_store_save (self->store, second, &error));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/lead-conversion/conversion", Fixture, NULL, set_up, test_conversion, tear_down);
  g_test_add ("/record-rules/role-once-at-a-time", Fixture, NULL, set_up, test_role_once_at_a_time, tear_down);
  g_test_add ("/record-rules/one-primary", Fixture, NULL, set_up, test_one_primary, tear_down);
  return g_test_run ();
}
