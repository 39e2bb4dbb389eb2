/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports that tell of somebody in the trash. What a user loses if this fails: the years before, which stay with a
 * contact in the trash while the file makes an empty one of the same name; half of the contact; or what they threw away
 * themselves, which is there again. */

#include "import-fixture.h"
#include "rounds-import-comparison.h"
#include "rounds-import-revert.h"
#include "rounds-person-merge.h"

#define LIST \
  "NPI,Last name,First name,Specialty,Hospital,Street,City\n" \
  "1003000126,Okafor,Adaeze,Cardiology,North Clinic,1 High St,Dover\n"

/* What belongs to a contact of the list above. */
static const RoundsEntity parts[] = {
  ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_ENTITY_ADDRESS,
  ROUNDS_ENTITY_AFFILIATION, ROUNDS_ENTITY_FOLLOW_UP,
};

static RoundsImportResult *
import_text (StoreFixture *fixture, const char *text, gboolean dry_run)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, text);

  return import_run (fixture, plan, dry_run);
}

/* Imports @text, of which a rehearsal must have said the same. Returns: (transfer full) */
static RoundsImportResult *
import_rehearsed (StoreFixture *fixture, const char *text)
{
  g_autoptr (RoundsImportResult) rehearsal = import_text (fixture, text, TRUE);
  RoundsImportResult *result = import_text (fixture, text, FALSE);

  for (guint i = 0; i < ROUNDS_IMPORT_N_VERDICTS; i++)
    g_assert_cmpuint (result->counts[i], ==, rehearsal->counts[i]);
  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (result, i);
      const RoundsImportOutcome *rehearsed = rounds_import_result_get (rehearsal, i);

      g_assert_cmpint (outcome->verdict, ==, rehearsed->verdict);
      g_assert_cmpint (outcome->in_trash, ==, rehearsed->in_trash);
      g_assert_cmpuint (outcome->match_row, ==, rehearsed->match_row);
    }
  return result;
}

static RoundsRecord *
get (StoreFixture *fixture, RoundsRecord *record)
{
  RoundsRecord *now =
    rounds_record_store_get (fixture->store, rounds_record_get_entity (record), rounds_record_get_id (record), NULL);

  g_assert_nonnull (now);
  return now;
}

static void
assert_in_trash (StoreFixture *fixture, RoundsRecord *record, gboolean in_trash)
{
  g_autoptr (RoundsRecord) now = get (fixture, record);

  g_assert_cmpint (rounds_record_is_deleted (now), ==, in_trash);
}

static void
delete_whole (StoreFixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete_whole (fixture->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                    &error);
  g_assert_no_error (error);
}

static void
restore_whole (StoreFixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_restore_whole (fixture->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                     &error);
  g_assert_no_error (error);
}

static RoundsRecord *
find_person (StoreFixture *fixture, const char *family_name)
{
  return import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, family_name);
}

static RoundsRecord *
visit (StoreFixture *fixture, RoundsRecord *person)
{
  RoundsRecord *interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, "Okafor");
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1760000000000));
  return store_fixture_save (fixture->store, interaction);
}

static void
promise (StoreFixture *fixture, RoundsRecord *person)
{
  g_autoptr (RoundsRecord) follow_up = rounds_record_new (ROUNDS_ENTITY_FOLLOW_UP);

  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_DUE_ON, "2027-03-01");
  rounds_record_set_text (follow_up, ROUNDS_FOLLOW_UP_TEXT, "Send the paper");
  store_fixture_save (fixture->store, follow_up);
}

/* Makes a contact by hand, with what a file may tell of one, and more. Returns: (transfer full) */
static RoundsRecord *
make_okafor (StoreFixture *fixture)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) specialization = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  g_autoptr (RoundsRecord) address = rounds_record_new (ROUNDS_ENTITY_ADDRESS);
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (RoundsRecord) affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);
  const RoundsUuid *id = rounds_record_get_id (person);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Adaeze");
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "ada@example.org");
  store_fixture_save (fixture->store, person);
  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, id);
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  store_fixture_save (fixture->store, role);
  rounds_record_set_text (specialization, ROUNDS_SPECIALIZATION_NAME, "Cardiology");
  store_fixture_save (fixture->store, specialization);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, id);
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, "1003000126");
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialization));
  store_fixture_save (fixture->store, physician);
  rounds_record_set_uuid (address, ROUNDS_ADDRESS_PERSON, id);
  rounds_record_set_text (address, ROUNDS_ADDRESS_LINES, "1 High St");
  rounds_record_set_text (address, ROUNDS_ADDRESS_CITY, "Dover");
  store_fixture_save (fixture->store, address);
  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "North Clinic");
  store_fixture_save (fixture->store, clinic);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, id);
  rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION, rounds_record_get_id (clinic));
  rounds_record_set_integer (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY, TRUE);
  store_fixture_save (fixture->store, affiliation);
  promise (fixture, person);
  return person;
}

/* There is one of each of a contact's parts, and they are those of @person; or, if they are in the trash, none. */
static void
assert_parts (StoreFixture *fixture, RoundsRecord *person, gboolean in_trash)
{
  assert_in_trash (fixture, person, in_trash);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, !in_trash);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (RoundsRecord) part = NULL;

      g_assert_cmpint (import_count (fixture, parts[i]), ==, !in_trash);
      if (!in_trash)
        part = import_find_owned (fixture, parts[i], (guint) rounds_entity_find_field (parts[i], "person"), person);
    }
}

/* All of a contact whom a file brings back comes back, once, and travels to the server as one. */
static void
test_whole (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsRecord) interaction = visit (fixture, person);
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsImportResult) again = NULL;
  g_autoptr (RoundsRecord) physician = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  gint64 before;

  delete_whole (fixture, person);
  before = rounds_record_store_get_last_seq (fixture->store, NULL);
  result = import_rehearsed (fixture, LIST);
  import_assert_counts (result, 0, 1, 0, 0);
  g_assert_true (rounds_import_result_get (result, 0)->in_trash);
  assert_parts (fixture, person, FALSE);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
  physician = import_find_owned (fixture, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (physician, ROUNDS_PHYSICIAN_SEES_REPS), ==, "Tuesdays");

  changes = rounds_record_store_list_changes (fixture->store, before, 1000, NULL);
  g_assert_cmpuint (changes->len, ==, 1 + G_N_ELEMENTS (parts));
  for (guint i = 0; i < changes->len; i++)
    {
      g_assert_cmpint (rounds_change_at (changes, i)->operation, ==, ROUNDS_OPERATION_RESTORE);
      g_assert_true (rounds_uuid_equal (&rounds_change_at (changes, i)->group, &rounds_change_at (changes, 0)->group));
    }

  again = import_rehearsed (fixture, LIST);
  import_assert_counts (again, 0, 0, 1, 0);
  g_assert_false (rounds_import_result_get (again, 0)->in_trash);
}

/* What the row says of somebody in the trash changes what comes back, and adds to it. */
static void
test_changed (StoreFixture *fixture, gconstpointer data)
{
  static const char text[] = "NPI,Last name,First name,Phone,Job title,Hospital,Street,City,Specialty\n"
                             "1003000126,Okafor,Adaeze,555-0101,Head,North Clinic,2 Low St,Lewes,Neurology\n"
                             "1003000126,Okafor,Adaeze,555-0102,,North Clinic,1 High St,Dover,Cardiology\n";
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (RoundsRecord) affiliation = NULL;
  g_autoptr (GError) error = NULL;

  delete_whole (fixture, person);
  result = import_rehearsed (fixture, text);
  import_assert_counts (result, 0, 1, 1, 0);
  g_assert_cmpuint (rounds_import_result_get (result, 1)->match_row, ==, 2);
  now = get (fixture, person);
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PERSON_PHONE), ==, "555-0101");
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PERSON_EMAIL), ==, "ada@example.org");
  affiliation = import_find_owned (fixture, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (affiliation, ROUNDS_AFFILIATION_JOB_TITLE), ==, "Head");
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 2);

  /* All of that is taken back with the import. */
  reversal = rounds_import_revert (fixture->store, &result->batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_parts (fixture, person, TRUE);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  restore_whole (fixture, person);
  assert_parts (fixture, person, FALSE);
  g_clear_object (&now);
  now = get (fixture, person);
  g_assert_true (rounds_record_is_null (now, ROUNDS_PERSON_PHONE));
}

/* What somebody had thrown away before the contact stays there. */
static void
test_apart (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsRecord) follow_up =
    import_find_owned (fixture, ROUNDS_ENTITY_FOLLOW_UP, ROUNDS_FOLLOW_UP_PERSON, person);
  g_autoptr (RoundsImportResult) result = NULL;

  delete_whole (fixture, follow_up);
  delete_whole (fixture, person);
  result = import_rehearsed (fixture, LIST);
  import_assert_counts (result, 0, 1, 0, 0);
  assert_in_trash (fixture, person, FALSE);
  assert_in_trash (fixture, follow_up, TRUE);
}

/* A row that cannot be imported brings nobody back, and neither does one that is to be left out. */
static void
test_left (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) rejected = NULL;
  g_autoptr (RoundsImportResult) skipped = NULL;
  g_autoptr (RoundsImportResult) created = NULL;

  delete_whole (fixture, person);
  rejected = import_rehearsed (fixture, "NPI,Last name,E-mail\n1003000126,Okafor,ada at example.org\n");
  import_assert_counts (rejected, 0, 0, 0, 1);
  assert_parts (fixture, person, TRUE);

  plan = import_plan_text (fixture, LIST);
  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_SKIP);
  skipped = import_run (fixture, plan, FALSE);
  import_assert_counts (skipped, 0, 0, 1, 0);
  assert_parts (fixture, person, TRUE);

  /* Who is in the trash keeps nobody from having that number. */
  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_CREATE);
  created = import_run (fixture, plan, FALSE);
  import_assert_counts (created, 1, 0, 0, 0);
  assert_in_trash (fixture, person, TRUE);
}

/* Taking the import back, bringing it back and taking it back again: the contact is where it was each time. */
static void
test_revert (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsRecord) interaction = visit (fixture, person);
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  delete_whole (fixture, person);
  result = import_rehearsed (fixture, LIST);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RoundsImportReversal) reversal = NULL;
      g_autoptr (RoundsImportReversal) undone = NULL;

      assert_parts (fixture, person, FALSE);
      reversal = rounds_import_revert (fixture->store, &result->batch, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (reversal->kept->len, ==, 0);
      assert_parts (fixture, person, TRUE);
      undone = rounds_import_revert_undo (fixture->store, &result->batch, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  assert_parts (fixture, person, FALSE);
}

/* What somebody has done since with a contact that an import brought back keeps all of it, of which the user is told.
 */
static void
test_used (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (RoundsRecord) interaction = NULL;
  g_autoptr (GError) error = NULL;

  delete_whole (fixture, person);
  result = import_rehearsed (fixture, LIST);
  interaction = visit (fixture, person);
  reversal = rounds_import_revert (fixture->store, &result->batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_parts (fixture, person, FALSE);
  g_assert_cmpuint (reversal->kept->len, ==, 1);
  g_assert_true (((RoundsImportKept *) reversal->kept->pdata[0])->is_used);
}

static void
test_edited (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (RoundsRecord) address = NULL;
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (GError) error = NULL;

  delete_whole (fixture, person);
  result = import_rehearsed (fixture, "NPI,Last name,First name,Phone\n1003000126,Okafor,Adaeze,555-0101\n");
  address = import_find_owned (fixture, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  rounds_record_set_text (address, ROUNDS_ADDRESS_POSTAL_CODE, "19901");
  store_fixture_save (fixture->store, address);
  reversal = rounds_import_revert (fixture->store, &result->batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_parts (fixture, person, FALSE);
  /* What the import wrote is taken back all the same. */
  now = get (fixture, person);
  g_assert_true (rounds_record_is_null (now, ROUNDS_PERSON_PHONE));
}

/* What went to the trash when a list was taken back does not come back with the next one: that would bring back what
 * was wrong with the first. */
static void
test_mended (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportResult) wrong =
    import_text (fixture, "NPI,Last name,First name,E-mail\n1003000126,Adaeze,Okafor,wrong@example.org\n", FALSE);
  g_autoptr (RoundsRecord) first = find_person (fixture, "Adaeze");
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (RoundsImportReversal) twice = NULL;
  g_autoptr (RoundsImportResult) mended = NULL;
  g_autoptr (RoundsImportResult) again = NULL;
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (GError) error = NULL;

  reversal = rounds_import_revert (fixture->store, &wrong->batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  mended = import_rehearsed (fixture, LIST);
  import_assert_counts (mended, 1, 0, 0, 0);
  assert_in_trash (fixture, first, TRUE);
  person = find_person (fixture, "Okafor");
  g_assert_true (rounds_record_is_null (person, ROUNDS_PERSON_EMAIL));

  /* Whom somebody has thrown away by hand does, and also if an import that brought them back was taken back. */
  delete_whole (fixture, person);
  again = import_rehearsed (fixture, LIST);
  import_assert_counts (again, 0, 1, 0, 0);
  assert_in_trash (fixture, person, FALSE);
  twice = rounds_import_revert (fixture->store, &again->batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_in_trash (fixture, person, TRUE);
  rounds_import_result_unref (again);
  again = import_rehearsed (fixture, LIST);
  import_assert_counts (again, 0, 1, 0, 0);
  assert_in_trash (fixture, person, FALSE);
  assert_in_trash (fixture, first, TRUE);
}

static void
put_deleted (StoreFixture *fixture, RoundsRecord *record)
{
  rounds_record_set_integer (record, ROUNDS_FIELD_REV, 3);
  for (guint f = ROUNDS_FIELD_CREATED_AT; f <= ROUNDS_FIELD_DELETED_AT; f++)
    rounds_record_set_integer (record, f, G_GINT64_CONSTANT (1760000000000));
  store_fixture_put_remote (fixture->store, record);
}

/* The same of a contact whom a colleague has made and thrown away, of which this device knows no more than that. */
static void
test_pulled (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  put_deleted (fixture, person);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (physician, ROUNDS_PHYSICIAN_NPI, "1003000126");
  put_deleted (fixture, physician);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RoundsImportResult) result = import_rehearsed (fixture, LIST);
      g_autoptr (RoundsImportReversal) reversal = NULL;
      g_autoptr (GError) error = NULL;

      import_assert_counts (result, 0, 1, 0, 0);
      assert_in_trash (fixture, person, FALSE);
      assert_in_trash (fixture, physician, FALSE);
      reversal = rounds_import_revert (fixture->store, &result->batch, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_in_trash (fixture, person, TRUE);
      assert_in_trash (fixture, physician, TRUE);
    }
}

/* Somebody who was merged is not made anew, and does not come back beside the one whom they are a part of; a person
 * says whether the row is about them. */
static void
test_merged (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) kept = make_okafor (fixture);
  g_autoptr (RoundsImportResult) other =
    import_text (fixture, "NPI,Last name,First name\n1003000134,Okafor-Berg,Ada\n", FALSE);
  g_autoptr (RoundsRecord) merged = find_person (fixture, "Okafor-Berg");
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsImportResult) updated = NULL;
  g_autoptr (GError) error = NULL;

  merge =
    rounds_person_merge_run (fixture->store, rounds_record_get_id (kept), rounds_record_get_id (merged), NULL, &error);
  g_assert_no_error (error);
  result = import_rehearsed (fixture, "NPI,Last name,First name\n1003000134,Okafor-Berg,Ada\n");
  import_assert_counts (result, 0, 0, 1, 0);
  g_assert_cmpint (rounds_import_result_get (result, 0)->strength, ==, ROUNDS_MATCH_POSSIBLE);
  g_assert_true (rounds_uuid_equal (&rounds_import_result_get (result, 0)->match, rounds_record_get_id (kept)));
  assert_parts (fixture, kept, FALSE);
  assert_in_trash (fixture, merged, TRUE);
  now = get (fixture, kept);
  g_assert_cmpstr (rounds_record_get_text (now, ROUNDS_PERSON_FAMILY_NAME), ==, "Okafor");

  /* The one whom they are a part of comes back whole, if that is what is wanted. */
  delete_whole (fixture, kept);
  plan = import_plan_text (fixture, "NPI,Last name,First name,Phone\n1003000134,Okafor-Berg,Ada,555-0101\n");
  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_UPDATE);
  updated = import_run (fixture, plan, FALSE);
  import_assert_counts (updated, 0, 1, 0, 0);
  assert_parts (fixture, kept, FALSE);
  assert_in_trash (fixture, merged, TRUE);
}

/* An organization is known by its name alone, and many have that one: a row makes one of its own, and leaves the other
 * with its people in the trash. */
static void
test_organisation (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportResult) first =
    import_text (fixture, "Hospital,City,Phone\nNorth Clinic,Dover,555-0101\n", FALSE);
  g_autoptr (RoundsRecord) clinic =
    import_find_text (fixture, ROUNDS_ENTITY_ORGANISATION, ROUNDS_ORGANISATION_NAME, "North Clinic");
  g_autoptr (RoundsImportResult) again = NULL;
  g_autoptr (RoundsImportResult) employer = NULL;

  import_assert_counts (first, 1, 0, 0, 0);
  delete_whole (fixture, clinic);
  again = import_rehearsed (fixture, "Hospital,City,Phone\nNorth Clinic,Dover,555-0101\n");
  import_assert_counts (again, 1, 0, 0, 0);
  employer = import_rehearsed (fixture, LIST);
  import_assert_counts (employer, 1, 0, 0, 0);
  assert_in_trash (fixture, clinic, TRUE);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
}

/* Where the contact worked is in the trash too: it is named once. */
static void
test_employer (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsRecord) clinic =
    import_find_text (fixture, ROUNDS_ENTITY_ORGANISATION, ROUNDS_ORGANISATION_NAME, "North Clinic");
  g_autoptr (RoundsImportResult) result = NULL;

  delete_whole (fixture, person);
  delete_whole (fixture, clinic);
  result = import_rehearsed (fixture, LIST);
  import_assert_counts (result, 0, 1, 0, 0);
  assert_parts (fixture, person, FALSE);
}

static char *
find_known (GPtrArray *lines, const char *label)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const RoundsImportComparisonLine *line = lines->pdata[i];

      if (g_str_equal (line->label, label))
        return line->known;
    }
  return NULL;
}

/* Both sides are shown before somebody decides: also what is in the trash and would come back. */
static void
test_comparison (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = make_okafor (fixture);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) rehearsal = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  delete_whole (fixture, person);
  plan = import_plan_text (fixture, LIST);
  rehearsal = import_run (fixture, plan, TRUE);
  lines = rounds_import_comparison_new (fixture->store, plan, rounds_import_result_get (rehearsal, 0), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (find_known (lines, "NPI"), ==, "1003000126");
  g_assert_cmpstr (find_known (lines, "Specialty"), ==, "Cardiology");
  g_assert_cmpstr (find_known (lines, "Address"), ==, "1 High St, Dover");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/import-trash/whole", ROUNDS_ROLE_DEVICE, test_whole);
  STORE_FIXTURE_ADD ("/import-trash/changed", ROUNDS_ROLE_DEVICE, test_changed);
  STORE_FIXTURE_ADD ("/import-trash/apart", ROUNDS_ROLE_DEVICE, test_apart);
  STORE_FIXTURE_ADD ("/import-trash/left", ROUNDS_ROLE_DEVICE, test_left);
  STORE_FIXTURE_ADD ("/import-trash/revert", ROUNDS_ROLE_DEVICE, test_revert);
  STORE_FIXTURE_ADD ("/import-trash/used", ROUNDS_ROLE_DEVICE, test_used);
  STORE_FIXTURE_ADD ("/import-trash/edited", ROUNDS_ROLE_DEVICE, test_edited);
  STORE_FIXTURE_ADD ("/import-trash/mended", ROUNDS_ROLE_DEVICE, test_mended);
  STORE_FIXTURE_ADD ("/import-trash/pulled", ROUNDS_ROLE_DEVICE, test_pulled);
  STORE_FIXTURE_ADD ("/import-trash/merged", ROUNDS_ROLE_DEVICE, test_merged);
  STORE_FIXTURE_ADD ("/import-trash/organisation", ROUNDS_ROLE_DEVICE, test_organisation);
  STORE_FIXTURE_ADD ("/import-trash/employer", ROUNDS_ROLE_DEVICE, test_employer);
  STORE_FIXTURE_ADD ("/import-trash/comparison", ROUNDS_ROLE_DEVICE, test_comparison);
  return g_test_run ();
}
