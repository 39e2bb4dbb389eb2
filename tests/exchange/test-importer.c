/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports into a real store. What a user loses if this fails: rows that nobody names, people twice, or the whole file
 * because of one bad row. */

#include <glib/gstdio.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-import-memory.h"
#include "rounds-import-rejects.h"
#include "rounds-importer.h"
#include "rounds-json.h"
#include "store-fixture.h"

static RoundsImportPlan *
plan_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  RoundsImportPlan *plan = rounds_import_plan_new (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

static RoundsImportPlan *
plan_data (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "import", name, NULL));

  return plan_file (file);
}

static RoundsImportPlan *
plan_text (StoreFixture *fixture, const char *text)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan_file (file);
}

static RoundsImportResult *
run (StoreFixture *fixture, RoundsImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  RoundsImportResult *result = rounds_importer_run (fixture->store, plan, dry_run, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->rows, ==,
                    result->counts[ROUNDS_IMPORT_CREATED] + result->counts[ROUNDS_IMPORT_UPDATED]
                      + result->counts[ROUNDS_IMPORT_DUPLICATE] + result->counts[ROUNDS_IMPORT_REJECTED]);
  g_assert_cmpuint (result->rows, ==, plan->n_rows);
  g_assert_cmpuint (result->rows, ==, result->outcomes->len);
  return result;
}

static void
assert_counts (RoundsImportResult *result, guint64 created, guint64 updated, guint64 duplicate, guint64 rejected)
{
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, created);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_UPDATED], ==, updated);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_DUPLICATE], ==, duplicate);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_REJECTED], ==, rejected);
}

static gint64
count (StoreFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return rounds_record_store_count (fixture->store, query, NULL);
}

static RoundsRecord *
find_text (StoreFixture *fixture, RoundsEntity entity, guint field, const char *text)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record;

  rounds_record_store_find (fixture->store, rounds_query_where_text (query, field, ROUNDS_IS, text), &record, &error);
  g_assert_no_error (error);
  return record;
}

static RoundsRecord *
find_owned (StoreFixture *fixture, RoundsEntity entity, guint field, RoundsRecord *owner)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  RoundsRecord *record;

  rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (owner));
  g_assert_true (rounds_record_store_find (fixture->store, query, &record, NULL));
  g_assert_nonnull (record);
  return record;
}

static void
test_nppes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_data ("nppes-300.csv");
  g_autoptr (RoundsImportResult) rehearsal = run (fixture, plan, TRUE);
  g_autoptr (RoundsImportResult) first = NULL;
  g_autoptr (RoundsImportResult) again = NULL;
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) physician = NULL;
  g_autoptr (RoundsRecord) address = NULL;
  g_autoptr (RoundsRecord) role = NULL;
  g_autoptr (RoundsRecord) specialization = NULL;
  g_autoptr (RoundsRecord) batch = NULL;
  g_autoptr (RoundsQuery) batches = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  gint64 last;

  /* The rehearsal says what will be, and writes nothing. */
  assert_counts (rehearsal, 300, 0, 0, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, 0);

  first = run (fixture, plan, FALSE);
  assert_counts (first, 300, 0, 0, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 300);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 300);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 300);

  person = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Atkinson");
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME), ==, "Jason D");
  physician = find_owned (fixture, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (physician, ROUNDS_PHYSICIAN_NPI), ==, "1932106788");
  specialization = rounds_record_store_get (fixture->store, ROUNDS_ENTITY_SPECIALIZATION,
                                            rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION), NULL);
  g_assert_cmpstr (rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_NAME), ==, "Acupuncturist");
  address = find_owned (fixture, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY), ==, "Kaysville");
  role = find_owned (fixture, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (role, ROUNDS_PERSON_ROLE_TYPE), ==, "physician");

  g_assert_true (rounds_record_store_find (fixture->store, batches, &batch, NULL));
  g_assert_cmpint (rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_CREATED), ==, 300);
  g_assert_cmpint (rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE), ==, 1);

  /* Importing the same file again changes nothing. */
  last = rounds_record_store_get_last_seq (fixture->store, NULL);
  again = run (fixture, plan, FALSE);
  assert_counts (again, 0, 0, 300, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, last);
}

/* Another register about the same people, with other columns, and several rows for some of them. */
static void
test_overlap (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) nppes = plan_data ("nppes-300.csv");
  g_autoptr (RoundsImportPlan) cms = plan_data ("cms-overlap.csv");
  g_autoptr (RoundsImportResult) first = run (fixture, nppes, FALSE);
  g_autoptr (RoundsImportResult) second = run (fixture, cms, FALSE);
  g_autoptr (RoundsImportResult) again = run (fixture, cms, FALSE);

  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 300);
  g_assert_cmpuint (second->counts[ROUNDS_IMPORT_CREATED], ==, 0);
  g_assert_cmpuint (second->counts[ROUNDS_IMPORT_REJECTED], ==, 0);
  assert_counts (again, 0, 0, again->rows, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  /* Where they work besides is kept, and what was known stays. */
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ADDRESS), >, 300);
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
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, text);
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) person = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");

  assert_counts (result, 1, 2, 2, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 3);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 2);
  /* The rows do not overrule each other. */
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "555-0101");
  g_assert_cmpuint (rounds_import_result_get (result, 3)->match_row, ==, 2);
}

static void
test_raw_nppes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_data ("nppes-raw-12.csv");
  g_autoptr (RoundsImportResult) first = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = run (fixture, plan, FALSE);

  /* Row 5 is a deactivated NPI without any name. */
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 11);
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_REJECTED], ==, 1);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ORGANISATION), >=, 2);
  assert_counts (again, 0, 0, 11, 1);
}

static void
assert_reject (RoundsImportResult *result, guint n, guint64 row, const char *column, const char *reason)
{
  const RoundsImportOutcome *reject = NULL;

  for (guint i = 0, found = 0; i < result->outcomes->len && found <= n; i++)
    {
      reject = rounds_import_result_get (result, i);
      found += reject->verdict == ROUNDS_IMPORT_REJECTED;
    }
  g_assert_cmpuint (reject->row, ==, row);
  g_assert_cmpstr (reject->column, ==, column);
  g_assert_nonnull (strstr (reject->reason, reason));
}

static void
test_broken_rows (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_data ("broken-rows.csv");
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autofree char *json = rounds_import_result_to_json (result, plan, TRUE);
  g_autoptr (RoundsRecord) quoted = NULL;
  yyjson_val *rejects;

  assert_counts (result, 5, 0, 1, 8);
  assert_reject (result, 0, 3, "NPI", "ten digits");
  assert_reject (result, 1, 5, NULL, "quotation mark");
  assert_reject (result, 2, 6, "E-mail", "address");
  assert_reject (result, 3, 8, NULL, "5 cells");
  assert_reject (result, 4, 9, "Last name", "name is needed");
  assert_reject (result, 5, 10, NULL, "8 cells");
  assert_reject (result, 6, 12, NULL, "quotation mark");
  assert_reject (result, 7, 14, "Sex", "female");

  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 5);
  quoted = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Haddad");
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
  g_autoptr (RoundsImportPlan) plan = plan_text (
    fixture, "NPI,Last name,First name,Phone,City,E-mail\n1003000126,Okafor,Adaeze,0612345678,,a@example.org\n");
  g_autoptr (RoundsImportResult) first = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportPlan) newer = plan_text (
    fixture, "NPI,Last name,First name,Phone,City,E-mail\n1003000126,Okafor,Adaeze,+1 (310) 820-7129,Lagos,\n");
  g_autoptr (RoundsImportResult) second = run (fixture, newer, FALSE);
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (RoundsRecord) address = NULL;

  assert_counts (first, 1, 0, 0, 0);
  assert_counts (second, 0, 1, 0, 0);
  person = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_PHONE), ==, "+1 (310) 820-7129");
  /* A blank cell empties nothing. */
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_EMAIL), ==, "a@example.org");
  address = find_owned (fixture, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY), ==, "Lagos");
}

/* A register that knows less, or shouts, takes nothing away. */
static void
test_says_less (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan =
    plan_text (fixture, "NPI,Last name,First name,City\n1003000126,Okafor,Ivory Joe,Mountain Brook\n");
  g_autoptr (RoundsImportResult) first = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportPlan) less =
    plan_text (fixture, "NPI,Last name,First name,City\n1003000126,OKAFOR,Ivory J,MOUNTAIN BROOK\n,Weber,Anna,Rome\n");
  g_autoptr (RoundsImportResult) second = run (fixture, less, FALSE);
  g_autoptr (RoundsImportPlan) more =
    plan_text (fixture, "NPI,Last name,First name,City\n1003000126,Okafor,Ivory Joe Ann,Mountain Brook\n");
  g_autoptr (RoundsImportResult) third = run (fixture, more, FALSE);
  g_autoptr (RoundsRecord) person = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");

  assert_counts (first, 1, 0, 0, 0);
  assert_counts (second, 1, 0, 1, 0);
  assert_counts (third, 0, 1, 0, 0);
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
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, text);
  g_autoptr (RoundsImportResult) first = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) jan = NULL;
  g_autoptr (RoundsRecord) affiliation = NULL;

  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 3);
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_REJECTED], ==, 0);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_CREATED], ==, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 3);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
  jan = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_EMAIL, "jan@example.org");
  g_assert_cmpstr (rounds_record_get_text (jan, ROUNDS_PERSON_FAMILY_NAME), ==, "van der Berg");
  affiliation = find_owned (fixture, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, jan);
  g_assert_true (rounds_record_get_boolean (affiliation, ROUNDS_AFFILIATION_IS_PRIMARY));
}

static void
cancel_at_once (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_data ("nppes-300.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, cancel_at_once, cancellable, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_IMPORT_BATCH), ==, 0);
}

/* Long enough that rows are read, matched and written at the same time. */
#define N_LONG 1000

/* The row that row @i of it, from 0, says again and adds to; @i itself for a new one. */
static guint
get_first (guint i)
{
  if (i < 100)
    return i;
  switch (i % 10)
    {
    case 7:
      return i - 63; /* of another batch */
    case 9:
      return i - 1;
    default:
      return i;
    }
}

/* Three work at one place each. */
static void
append_row (GString *text, guint i)
{
  guint first = get_first (i);

  g_string_append_printf (text, "Family %u,family%u@example.org,House %u,%s\n", first, first, first / 3,
                          first == i ? "" : "Springfield");
}

static RoundsImportPlan *
plan_long (StoreFixture *fixture)
{
  g_autoptr (GString) text = g_string_new ("Last name,E-mail,Hospital,City\n");
  RoundsImportPlan *plan;

  for (guint i = 0; i < N_LONG; i++)
    append_row (text, i);
  plan = plan_text (fixture, text->str);
  plan->on_duplicate = ROUNDS_IMPORT_DECIDE_UPDATE;
  return plan;
}

/* What became of each row, in words, and of whom it was found to be. */
static char *
describe (RoundsImportResult *result)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < result->outcomes->len; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (result, i);

      g_string_append_printf (text, "%u %u %s %u\n", (guint) outcome->row, outcome->verdict, outcome->name,
                              (guint) outcome->match_row);
    }
  return g_string_free_and_steal (text);
}

/* Whatever is done at the same time: rows are found by those behind them, and are written in the file's order. */
static void
test_long (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_long (fixture);
  g_autoptr (RoundsImportResult) rehearsal = run (fixture, plan, TRUE);
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = run (fixture, plan, FALSE);
  g_autofree char *rehearsed = describe (rehearsal);
  g_autofree char *done = describe (result);
  g_autoptr (GPtrArray) changes = rounds_record_store_list_changes (fixture->store, 0, 100 * N_LONG, NULL);
  guint created = 0;
  guint at = 0;

  g_assert_cmpstr (done, ==, rehearsed);
  for (guint i = 0; i < N_LONG; i++)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (result, i);
      gboolean is_new = get_first (i) == i;

      g_assert_cmpuint (outcome->row, ==, i + 2);
      g_assert_cmpint (outcome->verdict, ==, is_new ? ROUNDS_IMPORT_CREATED : ROUNDS_IMPORT_UPDATED);
      g_assert_cmpuint (outcome->match_row, ==, is_new ? 0 : get_first (i) + 2);
      created += is_new;
    }
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, created);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, N_LONG / 3);
  assert_counts (again, 0, 0, N_LONG, 0);

  for (guint i = 0; i < changes->len; i++)
    {
      RoundsChange *change = changes->pdata[i];
      g_autoptr (RoundsRecord) person = NULL;

      if (change->entity != ROUNDS_ENTITY_PERSON || change->operation != ROUNDS_OPERATION_CREATE)
        continue;
      while (rounds_import_result_get (result, at)->verdict != ROUNDS_IMPORT_CREATED)
        at++;
      person = rounds_record_store_get (fixture->store, ROUNDS_ENTITY_PERSON, &change->record, NULL);
      g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME), ==,
                       rounds_import_result_get (result, at++)->name);
    }
  g_assert_cmpuint (at, >, N_LONG - 3);
}

static void
cancel_later (guint64 done, guint64 total, gpointer data)
{
  if (done >= N_LONG / 2)
    g_cancellable_cancel (data);
}

/* In the middle of it, while rows are being read; and then the same once more. */
static void
test_cancel_long (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_long (fixture);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, cancel_later, cancellable, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 0);

  result = run (fixture, plan, FALSE);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, result->counts[ROUNDS_IMPORT_CREATED]);
}

/* A file that cannot be read to its end leaves nothing behind, and says why. */
static void
test_unreadable (StoreFixture *fixture, gconstpointer data)
{
  g_autofree char *sample = g_test_build_filename (G_TEST_DIST, "data", "spreadsheets", "mixed_sheets.xlsx", NULL);
  g_autoptr (GFile) source = g_file_new_for_path (sample);
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "list.xlsx", NULL);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;

  g_file_copy (source, file, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  plan = plan_file (file);
  plan->mapping->columns[0].target = ROUNDS_IMPORT_FAMILY_NAME;
  g_file_replace_contents (file, "broken", 6, NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_IMPORT_BATCH), ==, 0);
}

static void
test_restore (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, "NPI,Last name\n1003000126,Okafor\n");
  g_autoptr (RoundsImportResult) first = run (fixture, plan, FALSE);
  g_autoptr (RoundsRecord) person = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  g_autoptr (RoundsImportResult) again = NULL;

  g_assert_true (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  again = run (fixture, plan, FALSE);
  assert_counts (again, 0, 1, 0, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
}

static void
test_no_names (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, "A,B\n1,2\n");
  g_autoptr (GFile) empty = g_file_new_build_filename (fixture->folder, "empty.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_null (rounds_import_plan_new (empty, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_file_replace_contents (empty, "", 0, NULL, FALSE, 0, NULL, NULL, NULL);
  g_assert_null (rounds_import_plan_new (empty, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

/* What one row writes travels to the server as one group, and not with its neighbours. */
static void
test_groups (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan =
    plan_text (fixture, "NPI,Last name,City\n1003000126,Okafor,A\n1003000134,Berg,B\n");
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);
  g_autoptr (GPtrArray) changes = rounds_record_store_list_changes (fixture->store, 0, 100, NULL);

  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, 2);
  g_assert_cmpuint (changes->len, ==, 8); /* person, role, physician, address; twice */
  for (guint i = 0; i < 8; i++)
    {
      RoundsChange *change = changes->pdata[i];
      RoundsChange *first = changes->pdata[i - i % 4];

      g_assert_true (rounds_uuid_equal (&change->group, &first->group));
    }
  g_assert_false (
    rounds_uuid_equal (&((RoundsChange *) changes->pdata[0])->group, &((RoundsChange *) changes->pdata[4])->group));
}

/* A column of dates that contradict each other is not imported before somebody has said how to read it, and then what
 * does not fit is told. */
static void
test_dates (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, "Last name,First name,Date of birth\n"
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
  result = run (fixture, plan, FALSE);
  assert_counts (result, 3, 0, 0, 1);
  assert_reject (result, 0, 3, "Date of birth", "03/25/1961");
  weber = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Weber");
  g_assert_cmpstr (rounds_record_get_text (weber, ROUNDS_PERSON_BIRTH_DATE), ==, "1970-03-12");
  smith = find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Smith");
  g_assert_cmpstr (rounds_record_get_text (smith, ROUNDS_PERSON_BIRTH_DATE), ==, "2021-03-12");
}

/* What was said about a kind of file is known the next time. */
static void
test_memory (StoreFixture *fixture, gconstpointer data)
{
  static const char text[] = "A,B,C\nBerg,Jan,12/03/1970\n";
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, text);
  g_autoptr (RoundsImportPlan) next = NULL;
  g_autoptr (RoundsImportPlan) other = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_import_plan_recall (plan, fixture->store, &error));
  g_assert_false (plan->is_remembered);
  plan->mapping->columns[0].target = ROUNDS_IMPORT_FAMILY_NAME;
  plan->mapping->columns[1].target = ROUNDS_IMPORT_GIVEN_NAME;
  plan->mapping->columns[2].target = ROUNDS_IMPORT_BIRTH_DATE;
  plan->mapping->columns[2].date_order = ROUNDS_DATE_ORDER_DMY;
  plan->role = ROUNDS_IMPORT_ROLE_LEAD;
  result = run (fixture, plan, FALSE);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, 1);

  next = plan_text (fixture, "A,B,C\nWeber,Anna,11/05/1980\n");
  g_assert_true (rounds_import_plan_recall (next, fixture->store, &error));
  g_assert_no_error (error);
  g_assert_true (next->is_remembered);
  g_assert_cmpint (next->mapping->columns[2].target, ==, ROUNDS_IMPORT_BIRTH_DATE);
  g_assert_cmpint (next->mapping->columns[2].date_order, ==, ROUNDS_DATE_ORDER_DMY);
  g_assert_cmpint (next->role, ==, ROUNDS_IMPORT_ROLE_LEAD);

  other = plan_text (fixture, "A,B,D\nWeber,Anna,11/05/1980\n");
  g_assert_true (rounds_import_plan_recall (other, fixture->store, &error));
  g_assert_false (other->is_remembered);
}

/* What was rejected can be mended in its own file and imported again, and nothing is lost on the way. */
static void
test_rejects (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_data ("broken-rows.csv");
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "rejects.csv", NULL);
  g_autoptr (RoundsImportPlan) rejects = NULL;
  g_autoptr (RoundsImportResult) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *mended = NULL;
  g_autoptr (GError) error = NULL;

  rounds_import_rejects_write (plan, result, file, NULL, &error);
  g_assert_no_error (error);
  rejects = plan_file (file);
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
  rejects = plan_text (fixture, mended);
  again = run (fixture, rejects, FALSE);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_CREATED], ==, 1);
  g_assert_cmpuint (again->counts[ROUNDS_IMPORT_REJECTED], ==, 7);
}

/* Somebody of the same name at the same place is shown and left alone; the person decides. */
static void
test_decisions (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) first = plan_text (fixture, "Last name,First name,City\nBerg,Jan,Dover\n");
  g_autoptr (RoundsImportResult) known = run (fixture, first, FALSE);
  g_autoptr (RoundsImportPlan) plan = plan_text (fixture, "Last name,First name,City,Phone\nBerg,Jan,Dover,555-0101\n");
  g_autoptr (RoundsImportResult) skipped = run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) updated = NULL;
  g_autoptr (RoundsImportResult) created = NULL;
  const RoundsImportOutcome *outcome = rounds_import_result_get (skipped, 0);

  g_assert_cmpuint (known->counts[ROUNDS_IMPORT_CREATED], ==, 1);
  assert_counts (skipped, 0, 0, 1, 0);
  g_assert_cmpint (outcome->strength, ==, ROUNDS_MATCH_POSSIBLE);
  g_assert_false (rounds_uuid_is_nil (&outcome->match));

  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_UPDATE);
  updated = run (fixture, plan, FALSE);
  assert_counts (updated, 0, 1, 0, 0);
  rounds_import_plan_decide (plan, 2, ROUNDS_IMPORT_DECIDE_CREATE);
  created = run (fixture, plan, FALSE);
  assert_counts (created, 1, 0, 0, 0);
  g_assert_cmpint (count (fixture, ROUNDS_ENTITY_PERSON), ==, 2);
}

/* One telephone for all of a practice does not make its doctors one. */
static void
test_shared_phone (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan =
    plan_text (fixture, "Last name,First name,Phone\nBerg,Jan,555-0101 22\nWeber,Anna,555-0101 22\n");
  g_autoptr (RoundsImportResult) result = run (fixture, plan, FALSE);

  assert_counts (result, 2, 0, 0, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/importer/nppes", ROUNDS_ROLE_DEVICE, test_nppes);
  STORE_FIXTURE_ADD ("/importer/overlap", ROUNDS_ROLE_DEVICE, test_overlap);
  STORE_FIXTURE_ADD ("/importer/several-rows", ROUNDS_ROLE_DEVICE, test_several_rows);
  STORE_FIXTURE_ADD ("/importer/raw-nppes", ROUNDS_ROLE_DEVICE, test_raw_nppes);
  STORE_FIXTURE_ADD ("/importer/broken-rows", ROUNDS_ROLE_DEVICE, test_broken_rows);
  STORE_FIXTURE_ADD ("/importer/update", ROUNDS_ROLE_DEVICE, test_update);
  STORE_FIXTURE_ADD ("/importer/says-less", ROUNDS_ROLE_DEVICE, test_says_less);
  STORE_FIXTURE_ADD ("/importer/without-npi", ROUNDS_ROLE_DEVICE, test_without_npi);
  STORE_FIXTURE_ADD ("/importer/cancel", ROUNDS_ROLE_DEVICE, test_cancel);
  STORE_FIXTURE_ADD ("/importer/long", ROUNDS_ROLE_DEVICE, test_long);
  STORE_FIXTURE_ADD ("/importer/cancel-long", ROUNDS_ROLE_DEVICE, test_cancel_long);
  STORE_FIXTURE_ADD ("/importer/unreadable", ROUNDS_ROLE_DEVICE, test_unreadable);
  STORE_FIXTURE_ADD ("/importer/restore", ROUNDS_ROLE_DEVICE, test_restore);
  STORE_FIXTURE_ADD ("/importer/no-names", ROUNDS_ROLE_DEVICE, test_no_names);
  STORE_FIXTURE_ADD ("/importer/groups", ROUNDS_ROLE_DEVICE, test_groups);
  STORE_FIXTURE_ADD ("/importer/dates", ROUNDS_ROLE_DEVICE, test_dates);
  STORE_FIXTURE_ADD ("/importer/memory", ROUNDS_ROLE_DEVICE, test_memory);
  STORE_FIXTURE_ADD ("/importer/rejects", ROUNDS_ROLE_DEVICE, test_rejects);
  STORE_FIXTURE_ADD ("/importer/decisions", ROUNDS_ROLE_DEVICE, test_decisions);
  STORE_FIXTURE_ADD ("/importer/shared-phone", ROUNDS_ROLE_DEVICE, test_shared_phone);
  return g_test_run ();
}
