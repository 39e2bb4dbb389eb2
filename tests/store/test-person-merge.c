/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose: years of visits under a contact that was merged away; or, when the two turn out to be two,
 * whatever was whose. */

#include "merge-fixture.h"
#include "rounds-error.h"

/* Records of every kind */

/* What a record of each entity looks like that belongs to one person: ids by entity. */
typedef struct
{
  MergeFixture *fixture;
  RoundsRecord *records[ROUNDS_N_ENTITIES]; /* (owned) (nullable) */
} Family;

static void
family_clear (Family *family)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    g_clear_object (&family->records[e]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Family, family_clear)

static RoundsRecord *need (Family *family, RoundsEntity entity);

/* An address is a person's or an organisation's, times off are a physician's or a staff member's. */
static gboolean
is_another_owner (RoundsEntity entity, guint field)
{
  return (entity == ROUNDS_ENTITY_ADDRESS && field == ROUNDS_ADDRESS_ORGANISATION)
         || (entity == ROUNDS_ENTITY_AVAILABILITY && field == ROUNDS_AVAILABILITY_STAFF);
}

static void
fill (Family *family, RoundsRecord *record, guint f)
{
  const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (record), f);
  g_autofree char *name = g_uuid_string_random ();

  if (!rounds_record_is_null (record, f))
    return;
  if (field->type == ROUNDS_TYPE_REFERENCE && field->target != rounds_record_get_entity (record)
      && !is_another_owner (rounds_record_get_entity (record), f))
    rounds_record_set_uuid (record, f, rounds_record_get_id (need (family, field->target)));
  else if (!(field->flags & ROUNDS_FIELD_REQUIRED))
    return;
  else if (field->type == ROUNDS_TYPE_DATE)
    rounds_record_set_text (record, f, "2026-03-04");
  else if (field->type == ROUNDS_TYPE_INSTANT || field->type == ROUNDS_TYPE_INTEGER)
    rounds_record_set_integer (record, f, g_str_equal (field->name, "end_at") ? 2000 : 1000);
  else if (field->type == ROUNDS_TYPE_JSON)
    rounds_record_set_text (record, f, "{}");
  else if (field->type == ROUNDS_TYPE_UUID)
    rounds_record_set_uuid (record, f, rounds_record_get_id (record));
  else if (g_str_equal (field->name, "time_zone"))
    rounds_record_set_text (record, f, "Europe/Berlin");
  else
    rounds_record_set_text (record, f, (field->flags & ROUNDS_FIELD_UNIQUE) ? name : "something");
}

static RoundsRecord *
need (Family *family, RoundsEntity entity)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (family->records[entity] == NULL)
    {
      RoundsRecord *record = rounds_record_new (entity);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        fill (family, record, f);
      store_fixture_save (family->fixture->store, record);
      family->records[entity] = record;
    }
  return family->records[entity];
}

/* One record of everything that there is, around @person. */
static void
make_family (Family *family, RoundsRecord *person)
{
  family->records[ROUNDS_ENTITY_PERSON] = g_object_ref (person);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (rounds_entity_is_synced (e) && e != ROUNDS_ENTITY_MERGE)
      need (family, e);
}

/* No living record may name somebody who is gone. */
static void
assert_nothing_refers_to_the_dead (MergeFixture *fixture)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);
      g_autoptr (RoundsQuery) query = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (!rounds_entity_is_synced (e))
        continue;
      query = rounds_query_new (e);
      records = rounds_record_store_list (fixture->store, query, NULL);
      for (guint i = 0; i < records->len; i++)
        for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
          {
            const RoundsUuid *id =
              info->fields[f].type == ROUNDS_TYPE_REFERENCE ? rounds_record_get_uuid (records->pdata[i], f) : NULL;
            g_autoptr (RoundsRecord) target =
              id != NULL ? rounds_record_store_get (fixture->store, info->fields[f].target, id, NULL) : NULL;

            if (target != NULL && rounds_record_is_deleted (target))
              g_error ("%s.%s names a deleted record", info->name, info->fields[f].name);
          }
    }
}

/* Whatever entity a later version adds: it comes along, and goes back. @data: whether the kept person has everything
 * too, so that what there is one of for a person has to become one. */
static void
test_everything_moves_and_returns (MergeFixture *fixture, gconstpointer data)
{
  g_auto (Family) merged = { fixture };
  g_auto (Family) kept = { fixture };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;
  g_autofree char *before = NULL;

  make_family (&merged, fixture->merged);
  if (data != NULL)
    make_family (&kept, fixture->kept);
  before = merge_fixture_dump (fixture);

  merge = merge_fixture_merge_both (fixture);
  merge_fixture_assert_deleted (fixture, fixture->merged, TRUE);
  assert_nothing_refers_to_the_dead (fixture);
  merge_fixture_assert_refers (fixture, merged.records[ROUNDS_ENTITY_INTERACTION], ROUNDS_INTERACTION_PERSON,
                               fixture->kept);
  merge_fixture_assert_refers (fixture, merged.records[ROUNDS_ENTITY_CT_JOURNEY], ROUNDS_CT_JOURNEY_PATIENT,
                               data != NULL ? kept.records[ROUNDS_ENTITY_PATIENT]
                                            : merged.records[ROUNDS_ENTITY_PATIENT]);

  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  g_assert_cmpuint (remainders->len, ==, 0);
  merge_fixture_assert_dump (fixture, before);
}

/* In the trash with whom they were made one with, as @data says above: who is taken out comes back with all that is
 * theirs, the other one with the rest, once they are restored. */
static void
test_everything_returns_from_the_trash (MergeFixture *fixture, gconstpointer data)
{
  g_auto (Family) merged = { fixture };
  g_auto (Family) kept = { fixture };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;

  make_family (&merged, fixture->merged);
  if (data != NULL)
    make_family (&kept, fixture->kept);
  before = merge_fixture_dump (fixture);

  merge = merge_fixture_merge_both (fixture);
  rounds_record_store_delete_whole (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (fixture->kept), &error);
  g_assert_no_error (error);
  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_deleted (fixture, fixture->kept, TRUE);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (merged.records[e] != NULL)
      merge_fixture_assert_deleted (fixture, merged.records[e], FALSE);
  rounds_record_store_restore_whole (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (fixture->kept),
                                     &error);
  g_assert_no_error (error);
  merge_fixture_assert_dump (fixture, before);
}

/* Fields */

static RoundsMergeChoice *
find_choice (GPtrArray *choices, RoundsEntity entity, guint field)
{
  for (guint i = 0; i < choices->len; i++)
    {
      RoundsMergeChoice *choice = choices->pdata[i];

      if (rounds_record_get_entity (choice->kept) == entity && choice->field == field)
        return choice;
    }
  return NULL;
}

static RoundsRecord *
save_physician (MergeFixture *fixture, RoundsRecord *person, const char *npi, const char *licence)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, npi);
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_LICENCE_NUMBER, licence);
  store_fixture_save (fixture->store, physician);
  return physician;
}

static void
test_fields_are_chosen (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = save_physician (fixture, fixture->kept, "1234567893", NULL);
  g_autoptr (RoundsRecord) merged = save_physician (fixture, fixture->merged, "1245319599", "B-17");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rounds_person_merge_list_choices (
    fixture->store, rounds_record_get_id (fixture->kept), rounds_record_get_id (fixture->merged), &error);
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;
  RoundsMergeChoice *npi = find_choice (choices, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_NPI);

  g_assert_no_error (error);
  g_assert_cmpuint (choices->len, ==, 4);
  g_assert_false (find_choice (choices, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_GIVEN_NAME)->take);
  g_assert_true (find_choice (choices, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_PHONE)->take);
  g_assert_true (find_choice (choices, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_LICENCE_NUMBER)->take);
  g_assert_false (npi->take);
  npi->take = TRUE;

  merge = merge_fixture_merge_with (fixture, fixture->kept, fixture->merged, choices);
  merge_fixture_assert_text (fixture, fixture->kept, ROUNDS_PERSON_GIVEN_NAME, "Anna");
  merge_fixture_assert_text (fixture, fixture->kept, ROUNDS_PERSON_PHONE, "030 901820");
  merge_fixture_assert_text (fixture, kept, ROUNDS_PHYSICIAN_NPI, "1245319599");
  merge_fixture_assert_text (fixture, kept, ROUNDS_PHYSICIAN_LICENCE_NUMBER, "B-17");
  merge_fixture_assert_deleted (fixture, merged, TRUE);

  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_text (fixture, fixture->kept, ROUNDS_PERSON_PHONE, NULL);
  merge_fixture_assert_text (fixture, kept, ROUNDS_PHYSICIAN_NPI, "1234567893");
  merge_fixture_assert_text (fixture, merged, ROUNDS_PHYSICIAN_NPI, "1245319599");
  merge_fixture_assert_deleted (fixture, merged, FALSE);
}

/* Doubles */

static RoundsRecord *
save_consent (MergeFixture *fixture, RoundsRecord *person, const char *channel, const char *state)
{
  RoundsRecord *consent = rounds_record_new (ROUNDS_ENTITY_CONSENT);

  rounds_record_set_uuid (consent, ROUNDS_CONSENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (consent, ROUNDS_CONSENT_CHANNEL, channel);
  rounds_record_set_text (consent, ROUNDS_CONSENT_STATE, state);
  store_fixture_save (fixture->store, consent);
  return consent;
}

/* A withdrawn consent that came back as granted would be a call that nobody may make. */
static void
test_stricter_consent_stays (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept_email = save_consent (fixture, fixture->kept, "email", "granted");
  g_autoptr (RoundsRecord) merged_email = save_consent (fixture, fixture->merged, "email", "withdrawn");
  g_autoptr (RoundsRecord) kept_phone = save_consent (fixture, fixture->kept, "phone", "pending");
  g_autoptr (RoundsRecord) merged_phone = save_consent (fixture, fixture->merged, "phone", "granted");
  g_autoptr (RoundsRecord) merged_sms = save_consent (fixture, fixture->merged, "sms", "granted");
  g_autofree char *before = merge_fixture_dump (fixture);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (GPtrArray) remainders = NULL;

  merge_fixture_assert_deleted (fixture, kept_email, TRUE);
  merge_fixture_assert_refers (fixture, merged_email, ROUNDS_CONSENT_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, merged_phone, TRUE);
  merge_fixture_assert_deleted (fixture, kept_phone, FALSE);
  merge_fixture_assert_refers (fixture, merged_sms, ROUNDS_CONSENT_PERSON, fixture->kept);

  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_dump (fixture, before);
}

static RoundsRecord *
save_role (MergeFixture *fixture, RoundsRecord *person, const char *type, const char *from, const char *to)
{
  RoundsRecord *role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, type);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_FROM, from);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_VALID_TO, to);
  store_fixture_save (fixture->store, role);
  return role;
}

/* Nobody is a physician twice; but a lead of last year and one of this year are two. */
static void
test_doubles_become_one (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = save_role (fixture, fixture->kept, "physician", NULL, NULL);
  g_autoptr (RoundsRecord) merged = save_role (fixture, fixture->merged, "physician", "2020-01-01", NULL);
  g_autoptr (RoundsRecord) kept_lead = save_role (fixture, fixture->kept, "lead", "2025-01-01", "2025-06-01");
  g_autoptr (RoundsRecord) merged_lead = save_role (fixture, fixture->merged, "lead", "2026-01-01", NULL);
  g_autoptr (RoundsRecord) staff = save_role (fixture, fixture->kept, "staff", "2026-01-01", NULL);
  g_autoptr (RoundsRecord) earlier_staff = save_role (fixture, fixture->merged, "staff", "2024-01-01", "2026-02-01");
  g_autofree char *before = merge_fixture_dump (fixture);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (GPtrArray) remainders = NULL;

  merge_fixture_assert_deleted (fixture, merged, TRUE);
  merge_fixture_assert_text (fixture, kept, ROUNDS_PERSON_ROLE_VALID_FROM, "2020-01-01");
  merge_fixture_assert_refers (fixture, merged_lead, ROUNDS_PERSON_ROLE_PERSON, fixture->kept);
  merge_fixture_assert_deleted (fixture, kept_lead, FALSE);
  merge_fixture_assert_deleted (fixture, earlier_staff, TRUE);
  merge_fixture_assert_text (fixture, staff, ROUNDS_PERSON_ROLE_VALID_FROM, "2024-01-01");
  merge_fixture_assert_text (fixture, staff, ROUNDS_PERSON_ROLE_VALID_TO, NULL);

  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_dump (fixture, before);
}

/* What the merge had written into the role that both had, and somebody has corrected since, stays. */
static void
test_changed_double_stays (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = save_role (fixture, fixture->kept, "physician", NULL, NULL);
  g_autoptr (RoundsRecord) merged = save_role (fixture, fixture->merged, "physician", "2020-01-01", NULL);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (RoundsRecord) changed = merge_fixture_get (fixture, kept);
  g_autoptr (GPtrArray) remainders = NULL;

  rounds_record_set_text (changed, ROUNDS_PERSON_ROLE_VALID_FROM, "2021-01-01");
  store_fixture_save (fixture->store, changed);
  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_text (fixture, kept, ROUNDS_PERSON_ROLE_VALID_FROM, "2021-01-01");
  merge_fixture_assert_text (fixture, merged, ROUNDS_PERSON_ROLE_VALID_FROM, "2020-01-01");
  g_assert_cmpuint (remainders->len, ==, 1);
}

/* What was submitted is locked, but it must not stay with nobody; and a colleague's primary clinic makes no second one.
 */
static void
test_locks_and_rules (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) hospital = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) kept = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  g_autoptr (RoundsRecord) merged = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  g_autoptr (RoundsRecord) call = merge_fixture_save_call (fixture, fixture->merged);
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) moved = NULL;
  g_autoptr (GPtrArray) remainders = NULL;
  g_autofree char *before = NULL;

  rounds_record_set_integer (call, ROUNDS_INTERACTION_SUBMITTED_AT, 2000);
  store_fixture_save (fixture->store, call);
  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "Clinic");
  store_fixture_save (fixture->store, clinic);
  rounds_record_set_text (hospital, ROUNDS_ORGANISATION_NAME, "Hospital");
  store_fixture_save (fixture->store, hospital);
  rounds_record_set_uuid (kept, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (fixture->kept));
  rounds_record_set_uuid (kept, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  rounds_record_set_integer (kept, ROUNDS_AFFILIATION_IS_PRIMARY, 1);
  store_fixture_save (fixture->store, kept);
  rounds_record_set_uuid (merged, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (fixture->merged));
  rounds_record_set_uuid (merged, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (hospital));
  rounds_record_set_integer (merged, ROUNDS_AFFILIATION_IS_PRIMARY, 1);
  store_fixture_save (fixture->store, merged);
  before = merge_fixture_dump (fixture);

  merge = merge_fixture_merge_both (fixture);
  moved = merge_fixture_get (fixture, merged);
  g_assert_false (rounds_record_get_boolean (moved, ROUNDS_AFFILIATION_IS_PRIMARY));
  merge_fixture_assert_refers (fixture, call, ROUNDS_INTERACTION_PERSON, fixture->kept);
  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  merge_fixture_assert_dump (fixture, before);
}

/* The log and refusals */

/* A merge of which half is on the server is two people of whom nobody knows who has the visits. */
static void
test_one_group (MergeFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) call = merge_fixture_save_call (fixture, fixture->merged);
  gint64 before = rounds_record_store_get_last_seq (fixture->store, NULL);
  g_autoptr (RoundsRecord) merge = merge_fixture_merge_both (fixture);
  g_autoptr (GPtrArray) lines = rounds_record_store_list_changes (fixture->store, before, 100, NULL);

  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpint (((RoundsChange *) lines->pdata[0])->entity, ==, ROUNDS_ENTITY_MERGE);
  for (guint i = 1; i < lines->len; i++)
    g_assert_true (
      rounds_uuid_equal (&((RoundsChange *) lines->pdata[i])->group, &((RoundsChange *) lines->pdata[0])->group));
}

static void
test_refusals (MergeFixture *fixture, gconstpointer data)
{
  const RoundsUuid *kept = rounds_record_get_id (fixture->kept);
  const RoundsUuid *merged = rounds_record_get_id (fixture->merged);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GPtrArray) remainders = NULL;

  g_assert_null (rounds_person_merge_run (fixture->store, kept, kept, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_clear_error (&error);

  merge = merge_fixture_merge_both (fixture);
  g_assert_null (rounds_person_merge_run (fixture->store, kept, merged, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_null (rounds_person_merge_list_choices (fixture->store, merged, kept, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
  g_clear_error (&error);

  remainders = merge_fixture_unmerge (fixture, merge, NULL);
  g_assert_null (rounds_person_unmerge_run (fixture->store, rounds_record_get_id (merge), NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
}

#define ADD(name, data, test) MERGE_FIXTURE_ADD ("/store/person-merge/" name, data, test)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("everything-moves-and-returns", NULL, test_everything_moves_and_returns);
  ADD ("everything-becomes-one-and-two", GINT_TO_POINTER (1), test_everything_moves_and_returns);
  ADD ("everything-returns-from-the-trash", NULL, test_everything_returns_from_the_trash);
  ADD ("both-return-from-the-trash", GINT_TO_POINTER (1), test_everything_returns_from_the_trash);
  ADD ("fields-are-chosen", NULL, test_fields_are_chosen);
  ADD ("stricter-consent-stays", NULL, test_stricter_consent_stays);
  ADD ("doubles-become-one", NULL, test_doubles_become_one);
  ADD ("changed-double-stays", NULL, test_changed_double_stays);
  ADD ("locks-and-rules", NULL, test_locks_and_rules);
  ADD ("one-group", NULL, test_one_group);
  ADD ("refusals", NULL, test_refusals);
  return g_test_run ();
}
