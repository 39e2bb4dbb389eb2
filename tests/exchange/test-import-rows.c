/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a row: whose it is found to be, what it says about them, and why it is rejected. What a user loses if
 * this fails: rows that nobody names, people twice, or what was known of them. */

#include <string.h>

#include "import-fixture.h"
#include "rounds-error.h"
#include "rounds-import-rejects.h"
#include "rounds-json.h"

/* Another register about the same people, with other columns, and several rows for some of them. */
static void
test_overlap (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) nppes = import_plan_data ("nppes-300.csv");
  g_autoptr (RoundsImportPlan) cms = import_plan_data ("cms-overlap.csv");
  g_autoptr (RoundsImportResult) first = import_run (fixture, nppes, FALSE);
  g_autoptr (RoundsImportResult) second = import_run (fixture, cms, FALSE);
  g_autoptr (RoundsImportResult) again = import_run (fixture, cms, FALSE);

  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 300);
  g_assert_cmpuint (second->counts[ROUNDS_IMPORT_CREATED], ==, 0);
  g_assert_cmpuint (second->counts[ROUNDS_IMPORT_REJECTED], ==, 0);
  import_assert_counts (again, 0, 0, again->rows, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  /* Where they work besides is kept, and what was known stays. */
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), >, 300);
}

/* One doctor in five rows of a register is one doctor, who works in three places. */
static void
test_several_rows (StoreFixture *fixture, gconstpointer data)
{
  static const char text[] = "NPI,Last name,First name,Facility name,Street,City,ZIP,Phone\n"
                             "1003000126,OKAFOR,ADAEZE,North Clinic,1 High St,Dover,19901,555-0101\n"
                             "1003000126,OKAFOR,ADAEZE,South Clinic,2 Low St,Lewes,19958,555-0102\n"
                             "1003000126,OKAFOR,ADAEZE,South Clinic,2 LOW ST,LEWES,199581234,555-0102\n"
                             "1003000126,OKAFOR,ADAEZE,,3 Mid St,Milton,19968,\n"
                             "1003000126,OKAFOR,ADAEZE,North Clinic,1 High St.,Dover,19901,555-0101\n";
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, text);
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) person =
    import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");

  import_assert_counts (result, 1, 2, 2, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 3);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 2);
  /* The rows do not overrule each other. */
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "555-0101");
  g_assert_cmpuint (rounds_import_result_get (result, 3)->match_row, ==, 2);
}

static void
test_broken_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_data ("broken-rows.csv");
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autofree char *json = rounds_import_result_to_json (result, plan, TRUE);
  g_autoptr (RoundsRecord) quoted = NULL;
  yyjson_val *rejects;

  import_assert_counts (result, 5, 0, 1, 8);
  import_assert_reject (result, 0, 3, "NPI", "ten digits");
  import_assert_reject (result, 1, 5, NULL, "quotation mark");
  import_assert_reject (result, 2, 6, "E-mail", "address");
  import_assert_reject (result, 3, 8, NULL, "5 cells");
  import_assert_reject (result, 4, 9, "Last name", "name is required");
  import_assert_reject (result, 5, 10, NULL, "8 cells");
  import_assert_reject (result, 6, 12, NULL, "quotation mark");
  import_assert_reject (result, 7, 14, "Sex", "female");

  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 5);
  quoted = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Haddad");
  g_assert_cmpstr (rounds_record_get_text (quoted, ROUNDS_PERSON_GIVEN_NAME), ==, "Leila \"Lulu\"");

  g_assert_true (rounds_json_read (json, -1, &doc, NULL));
  g_assert_cmpuint (yyjson_get_uint (yyjson_obj_get (yyjson_doc_get_root (doc), "rejected")), ==, 8);
  rejects = yyjson_obj_get (yyjson_doc_get_root (doc), "rejects");
  g_assert_cmpuint (yyjson_arr_size (rejects), ==, 8);
  g_assert_cmpstr (yyjson_get_str (yyjson_obj_get (yyjson_arr_get (rejects, 0), "column")), ==, "NPI");
}

static void
test_update (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (
    fixture, "NPI,Last name,First name,Phone,City,E-mail\n1003000126,Okafor,Adaeze,0612345678,,a@example.org\n");
  g_autoptr (RoundsImportResult) first = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportPlan) newer = import_plan_text (
    fixture, "NPI,Last name,First name,Phone,City,E-mail\n1003000126,Okafor,Adaeze,+1 (310) 820-7129,Lagos,\n");
  g_autoptr (RoundsImportResult) second = import_run (fixture, newer, FALSE);
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) address = NULL;

  import_assert_counts (first, 1, 0, 0, 0);
  import_assert_counts (second, 0, 1, 0, 0);
  person = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "+1 (310) 820-7129");
  /* A blank cell empties nothing. */
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_EMAIL), ==, "a@example.org");
  address = import_find_owned (fixture, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY), ==, "Lagos");
}

/* A register that knows less, or shouts, takes nothing away. */
static void
test_says_less (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan =
    import_plan_text (fixture, "NPI,Last name,First name,City\n1003000126,Okafor,Ivory Joe,Mountain Brook\n");
  g_autoptr (RoundsImportResult) first = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportPlan) less = import_plan_text (
    fixture, "NPI,Last name,First name,City\n1003000126,OKAFOR,Ivory J,MOUNTAIN BROOK\n,Weber,Anna,Rome\n");
  g_autoptr (RoundsImportResult) second = import_run (fixture, less, FALSE);
  g_autoptr (RoundsImportPlan) more =
    import_plan_text (fixture, "NPI,Last name,First name,City\n1003000126,Okafor,Ivory Joe Ann,Mountain Brook\n");
  g_autoptr (RoundsImportResult) third = import_run (fixture, more, FALSE);
  g_autoptr (RoundsRecord) person =
    import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");

  import_assert_counts (first, 1, 0, 0, 0);
  import_assert_counts (second, 1, 0, 1, 0);
  import_assert_counts (third, 0, 1, 0, 0);
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME), ==, "Ivory Joe Ann");
}

static void
test_without_npi (StoreFixture *fixture, gconstpointer data)
{
  static const char text[] = "Name;Hospital;E-mail;Phone\n"
                             "Dr. Jan van der Berg;St Mary Hospital;jan@example.org;555-0101\n"
                             "Jan van der Berg;;other@example.org;\n" /* another man of the same name */
                             "Zo\u00eb Smith;St Mary Hospital;;\n"
                             "Zoe Smith;;;\n"; /* the same, twice in the file */
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, text);
  g_autoptr (RoundsImportResult) first = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) jan = NULL;
  g_autoptr (RoundsRecord) affiliation = NULL;

  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 3);
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_REJECTED], ==, 0);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_CREATED], ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 3);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
  jan = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_EMAIL, "jan@example.org");
  g_assert_cmpstr (rounds_record_get_text (jan, ROUNDS_PERSON_FAMILY_NAME), ==, "van der Berg");
  affiliation = import_find_owned (fixture, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, jan);
  g_assert_true (rounds_record_get_boolean (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY));
}

static void
test_restore (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, "NPI,Last name\n1003000126,Okafor\n");
  g_autoptr (RoundsImportResult) first = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) person =
    import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  g_autoptr (RoundsImportResult) again = NULL;

  g_assert_true (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  again = import_run (fixture, plan, FALSE);
  import_assert_counts (again, 0, 1, 0, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
}

/* A column of dates that contradict each other is not imported before somebody has said how to read it, and then what
 * does not fit is told. */
static void
test_dates (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, "Last name,First name,Date of birth\n"
                                                                 "Berg,Jan,25/03/1961\nOkafor,Ada,03/25/1961\n"
                                                                 "Weber,Anna,12/03/1970\nSmith,Zoe,44267\n");
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (RoundsRecord) weber = NULL;
  g_autoptr (RoundsRecord) smith = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rounds_import_plan_find_unclear_dates (plan), ==, 2);
  g_assert_null (rounds_importer_run (fixture->store, plan, TRUE, NULL, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);

  plan->mapping->columns[2].date_order = ROUNDS_DATE_ORDER_DMY;
  result = import_run (fixture, plan, FALSE);
  import_assert_counts (result, 3, 0, 0, 1);
  import_assert_reject (result, 0, 3, "Date of birth", "03/25/1961");
  weber = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Weber");
  g_assert_cmpstr (rounds_record_get_text (weber, ROUNDS_PERSON_BIRTH_DATE), ==, "1970-03-12");
  smith = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Smith");
  g_assert_cmpstr (rounds_record_get_text (smith, ROUNDS_PERSON_BIRTH_DATE), ==, "2021-03-12");
}

/* What was rejected can be mended in its own file and imported again, and nothing is lost on the way. */
static void
test_rejects (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_data ("broken-rows.csv");
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "rejects.csv", NULL);
  g_autoptr (RoundsImportPlan) rejects = NULL;
  g_autoptr (RoundsImportResult) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *mended = NULL;
  g_autoptr (GError) error = NULL;

  rounds_import_rejects_write (plan, result, file, NULL, &error);
  g_assert_no_error (error);
  rejects = import_plan_file (file);
  g_assert_cmpuint (rejects->n_rows, ==, 8);
  g_assert_cmpuint (rejects->n_columns, ==, plan->n_columns + 1);
  g_assert_cmpstr (rejects->headers[0], ==, ROUNDS_IMPORT_REASON_HEADER);
  g_assert_cmpint (rejects->mapping->columns[0].target, ==, ROUNDS_IMPORT_IGNORED);
  for (guint i = 0; i < plan->n_columns; i++)
    g_assert_cmpint (rejects->mapping->columns[i + 1].target, ==, plan->mapping->columns[i].target);

  /* One row mended: it is imported, the others are told again. */
  g_file_load_contents (file, NULL, &text, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "jiri at example.org"));
  {
    g_auto (GStrv) parts = g_strsplit (text, "jiri at example.org", 2);

    mended = g_strconcat (parts[0], "jiri@example.org", parts[1], NULL);
  }
  g_clear_pointer (&rejects, rounds_import_plan_unref);
  rejects = import_plan_text (fixture, mended);
  again = import_run (fixture, rejects, FALSE);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_CREATED], ==, 1);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_REJECTED], ==, 7);
}

/* Somebody of the same name at the same place is shown and left alone; the person decides. */
static void
test_decisions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) first = import_plan_text (fixture, "Last name,First name,City\nBerg,Jan,Dover\n");
  g_autoptr (RoundsImportResult) known = import_run (fixture, first, FALSE);
  g_autoptr (RoundsImportPlan) plan =
    import_plan_text (fixture, "Last name,First name,City,Phone\nBerg,Jan,Dover,555-0101\n");
  g_autoptr (RoundsImportResult) skipped = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) updated = NULL;
  g_autoptr (RoundsImportResult) created = NULL;
  const RoundsImportOutcome *outcome = rounds_import_result_get (skipped, 0);

  g_assert_cmpuint (known->counts[ROUNDS_IMPORT_CREATED], ==, 1);
  import_assert_counts (skipped, 0, 0, 1, 0);
  g_assert_cmpint (outcome->strength, ==, ROUNDS_MATCH_POSSIBLE);
  g_assert_false (rounds_uuid_is_nil (&outcome->match));

  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_UPDATE);
  updated = import_run (fixture, plan, FALSE);
  import_assert_counts (updated, 0, 1, 0, 0);
  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_CREATE);
  created = import_run (fixture, plan, FALSE);
  import_assert_counts (created, 1, 0, 0, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 2);
}

/* One telephone for all of a practice does not make its doctors one. */
static void
test_shared_phone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan =
    import_plan_text (fixture, "Last name,First name,Phone\nBerg,Jan,555-0101 22\nWeber,Anna,555-0101 22\n");
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);

  import_assert_counts (result, 2, 0, 0, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/import-rows/overlap", ROUNDS_ROLE_DEVICE, test_overlap);
  STORE_FIXTURE_ADD ("/import-rows/several-rows", ROUNDS_ROLE_DEVICE, test_several_rows);
  STORE_FIXTURE_ADD ("/import-rows/broken-rows", ROUNDS_ROLE_DEVICE, test_broken_rows);
  STORE_FIXTURE_ADD ("/import-rows/update", ROUNDS_ROLE_DEVICE, test_update);
  STORE_FIXTURE_ADD ("/import-rows/says-less", ROUNDS_ROLE_DEVICE, test_says_less);
  STORE_FIXTURE_ADD ("/import-rows/without-npi", ROUNDS_ROLE_DEVICE, test_without_npi);
  STORE_FIXTURE_ADD ("/import-rows/restore", ROUNDS_ROLE_DEVICE, test_restore);
  STORE_FIXTURE_ADD ("/import-rows/dates", ROUNDS_ROLE_DEVICE, test_dates);
  STORE_FIXTURE_ADD ("/import-rows/rejects", ROUNDS_ROLE_DEVICE, test_rejects);
  STORE_FIXTURE_ADD ("/import-rows/decisions", ROUNDS_ROLE_DEVICE, test_decisions);
  STORE_FIXTURE_ADD ("/import-rows/shared-phone", ROUNDS_ROLE_DEVICE, test_shared_phone);
  return g_test_run ();
}
