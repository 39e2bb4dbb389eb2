/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Imports of whole files into a real store. What a user loses if this fails: people twice, rows out of order, or half a
 * file after an import that did not come to its end. */

#include "import-fixture.h"
#include "rounds-error.h"
#include "rounds-import-memory.h"

static void
test_nppes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_data ("nppes-300.csv");
  g_autoptr (RoundsImportResult) rehearsal = import_run (fixture, plan, TRUE);
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
  import_assert_counts (rehearsal, 300, 0, 0, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, 0);

  first = import_run (fixture, plan, FALSE);
  import_assert_counts (first, 300, 0, 0, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 300);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 300);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 300);

  person = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, "Atkinson");
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME), ==, "Jason D");
  physician = import_find_owned (fixture, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (physician, ROUNDS_PHYSICIAN_NPI), ==, "1932106788");
  specialization = rounds_record_store_get (fixture->store, ROUNDS_ENTITY_SPECIALIZATION,
                                            rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION), NULL);
  g_assert_cmpstr (rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_NAME), ==, "Acupuncturist");
  address = import_find_owned (fixture, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (address, ROUNDS_ADDRESS_CITY), ==, "Kaysville");
  role = import_find_owned (fixture, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  g_assert_cmpstr (rounds_record_get_text (role, ROUNDS_PERSON_ROLE_TYPE), ==, "physician");

  g_assert_true (rounds_record_store_find (fixture->store, batches, &batch, NULL));
  g_assert_cmpint (rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_CREATED), ==, 300);
  g_assert_cmpint (rounds_record_get_integer (batch, ROUNDS_IMPORT_BATCH_FIRST_CHANGE), ==, 1);

  /* Importing the same file again changes nothing. */
  last = rounds_record_store_get_last_seq (fixture->store, NULL);
  again = import_run (fixture, plan, FALSE);
  import_assert_counts (again, 0, 0, 300, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, last);
}

static void
test_raw_nppes (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_data ("nppes-raw-12.csv");
  g_autoptr (RoundsImportResult) first = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = import_run (fixture, plan, FALSE);

  /* Row 5 is a deactivated NPI without any name. */
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_CREATED], ==, 11);
  g_assert_cmpuint (first->counts[ROUNDS_IMPORT_REJECTED], ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), >=, 2);
  import_assert_counts (again, 0, 0, 11, 1);
}

static void
cancel_at_once (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_data ("nppes-300.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, cancel_at_once, cancellable, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_IMPORT_BATCH), ==, 0);
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
  plan = import_plan_text (fixture, text->str);
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
  g_autoptr (RoundsImportResult) rehearsal = import_run (fixture, plan, TRUE);
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);
  g_autoptr (RoundsImportResult) again = import_run (fixture, plan, FALSE);
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
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, created);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, N_LONG / 3);
  import_assert_counts (again, 0, 0, N_LONG, 0);

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
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 0);

  result = import_run (fixture, plan, FALSE);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, result->counts[ROUNDS_IMPORT_CREATED]);
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
  plan = import_plan_file (file);
  plan->mapping->columns[0].target = ROUNDS_IMPORT_FAMILY_NAME;
  g_file_replace_contents (file, "broken", 6, NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);

  g_assert_null (rounds_importer_run (fixture->store, plan, FALSE, NULL, NULL, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_IMPORT_BATCH), ==, 0);
}

static void
test_no_names (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, "A,B\n1,2\n");
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
    import_plan_text (fixture, "NPI,Last name,City\n1003000126,Okafor,A\n1003000134,Berg,B\n");
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);
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

/* What was said about a kind of file is known the next time. */
static void
test_memory (StoreFixture *fixture, gconstpointer data)
{
  static const char text[] = "A,B,C\nBerg,Jan,12/03/1970\n";
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, text);
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
  result = import_run (fixture, plan, FALSE);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, 1);

  next = import_plan_text (fixture, "A,B,C\nWeber,Anna,11/05/1980\n");
  g_assert_true (rounds_import_plan_recall (next, fixture->store, &error));
  g_assert_no_error (error);
  g_assert_true (next->is_remembered);
  g_assert_cmpint (next->mapping->columns[2].target, ==, ROUNDS_IMPORT_BIRTH_DATE);
  g_assert_cmpint (next->mapping->columns[2].date_order, ==, ROUNDS_DATE_ORDER_DMY);
  g_assert_cmpint (next->role, ==, ROUNDS_IMPORT_ROLE_LEAD);

  other = import_plan_text (fixture, "A,B,D\nWeber,Anna,11/05/1980\n");
  g_assert_true (rounds_import_plan_recall (other, fixture->store, &error));
  g_assert_false (other->is_remembered);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/importer/nppes", ROUNDS_ROLE_DEVICE, test_nppes);
  STORE_FIXTURE_ADD ("/importer/raw-nppes", ROUNDS_ROLE_DEVICE, test_raw_nppes);
  STORE_FIXTURE_ADD ("/importer/cancel", ROUNDS_ROLE_DEVICE, test_cancel);
  STORE_FIXTURE_ADD ("/importer/long", ROUNDS_ROLE_DEVICE, test_long);
  STORE_FIXTURE_ADD ("/importer/cancel-long", ROUNDS_ROLE_DEVICE, test_cancel_long);
  STORE_FIXTURE_ADD ("/importer/unreadable", ROUNDS_ROLE_DEVICE, test_unreadable);
  STORE_FIXTURE_ADD ("/importer/no-names", ROUNDS_ROLE_DEVICE, test_no_names);
  STORE_FIXTURE_ADD ("/importer/groups", ROUNDS_ROLE_DEVICE, test_groups);
  STORE_FIXTURE_ADD ("/importer/memory", ROUNDS_ROLE_DEVICE, test_memory);
  return g_test_run ();
}
