/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking an import back. If this fails, a wrong list stays in the store for good, or a rep's own work goes with it. */

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "import-fixture.h"
#include "rounds-error.h"
#include "rounds-import-revert.h"
#include "rounds-record-feed.h"

static RoundsUuid
import_text (StoreFixture *fixture, const char *text)
{
  g_autoptr (RoundsImportPlan) plan = import_plan_text (fixture, text);
  g_autoptr (RoundsImportResult) result = import_run (fixture, plan, FALSE);

  g_assert_false (rounds_uuid_is_nil (&result->batch));
  return result->batch;
}

static RoundsImportReversal *
revert (StoreFixture *fixture, const RoundsUuid *batch)
{
  g_autoptr (GError) error = NULL;
  RoundsImportReversal *reversal = rounds_import_revert (fixture->store, batch, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return reversal;
}

static RoundsRecord *
find_person (StoreFixture *fixture, const char *family)
{
  RoundsRecord *person = import_find_text (fixture, ROUNDS_ENTITY_PERSON, ROUNDS_PERSON_FAMILY_NAME, family);

  g_assert_nonnull (person);
  return person;
}

static void
visit (StoreFixture *fixture, RoundsRecord *person)
{
  g_autoptr (RoundsRecord) interaction = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GError) error = NULL;

  rounds_record_set_uuid (interaction, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (interaction, ROUNDS_INTERACTION_HCP_NAME, "somebody");
  rounds_record_set_integer (interaction, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1760000000000));
  rounds_record_store_save (fixture->store, interaction, &error);
  g_assert_no_error (error);
}

#define LIST \
  "NPI,Last name,First name,Specialty,Hospital,City\n" \
  "1003000126,Okafor,Adaeze,Cardiology,North Clinic,Dover\n" \
  "1003000134,Berg,Jan,Cardiology,North Clinic,Lewes\n"

static void
keep_progress_cb (guint64 done, guint64 total, gpointer data)
{
  guint64 *percent = data;

  g_assert_cmpuint (done, <=, total);
  *percent = done * 100 / total;
}

/* How far it is said to be comes to the end when the work does. */
static void
test_progress (StoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("Last name,First name,City\n");
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (GError) error = NULL;
  guint64 percent = 0;
  RoundsUuid batch;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "Okafor%u,Adaeze,Dover\n", i);
  batch = import_text (fixture, text->str);
  reversal = rounds_import_revert (fixture->store, &batch, keep_progress_cb, &percent, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (reversal->trashed, >=, 200);
  g_assert_cmpuint (percent, >=, 90);
}

static void
test_all (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, LIST);
  gint64 before = rounds_record_store_get_last_seq (fixture->store, NULL);
  g_autoptr (RoundsImportReversal) reversal = revert (fixture, &batch);
  g_autoptr (RoundsImportReversal) twice = NULL;
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (reversal->kept->len, ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_SPECIALIZATION), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 0);

  /* It travels to the server as one. */
  changes = rounds_record_store_list_changes (fixture->store, before, 1000, NULL);
  g_assert_cmpuint (changes->len, ==, reversal->trashed);
  for (guint i = 1; i < changes->len; i++)
    g_assert_true (
      rounds_uuid_equal (&((RoundsChange *) changes->pdata[0])->group, &((RoundsChange *) changes->pdata[i])->group));

  twice = rounds_import_revert (fixture->store, &batch, NULL, NULL, NULL, &error);
  g_assert_null (twice);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT);
}

/* What is in a territory now that this device does not show stays with whoever sees it; the rest is taken back. */
static void
test_out_of_sight (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, LIST);
  g_autoptr (RoundsRecord) person = find_person (fixture, "Okafor");
  g_autoptr (RoundsRecord) role =
    import_find_owned (fixture, ROUNDS_ENTITY_PERSON_ROLE, ROUNDS_PERSON_ROLE_PERSON, person);
  g_autoptr (RoundsImportReversal) reversal = NULL;

  g_assert_true (rounds_record_store_begin_remote (fixture->store, NULL));
  g_assert_true (
    rounds_record_store_purge (fixture->store, ROUNDS_ENTITY_PERSON_ROLE, rounds_record_get_id (role), NULL));
  g_assert_true (rounds_record_store_commit (fixture->store, NULL));

  reversal = revert (fixture, &batch);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
}

/* Whom the rep has seen since stays, with all that belongs to them; the others go. */
static void
test_used (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, LIST);
  g_autoptr (RoundsRecord) okafor = find_person (fixture, "Okafor");
  g_autoptr (RoundsRecord) still = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;

  visit (fixture, okafor);
  reversal = revert (fixture, &batch);
  still = find_person (fixture, "Okafor");
  g_assert_false (rounds_record_is_deleted (still));
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON_ROLE), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ORGANISATION), ==, 1);
  g_assert_cmpuint (reversal->kept->len, ==, 3);
}

/* Whom somebody has corrected stays too. */
static void
test_changed (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, LIST);
  g_autoptr (RoundsRecord) berg = find_person (fixture, "Berg");
  g_autoptr (RoundsRecord) still = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (berg, ROUNDS_PERSON_PHONE, "555-0199");
  rounds_record_store_save (fixture->store, berg, &error);
  g_assert_no_error (error);
  reversal = revert (fixture, &batch);
  still = find_person (fixture, "Berg");
  g_assert_cmpstr (rounds_record_get_text (still, ROUNDS_PERSON_PHONE), ==, "555-0199");
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PHYSICIAN), ==, 1);
}

/* What was known before says again what it said, but for what somebody has changed since. */
static void
test_updates (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid first = import_text (fixture, "NPI,Last name,Phone,E-mail,City\n1003000126,Okafor,555-0101,a@example.org,"
                                           "Dover\n");
  RoundsUuid second = import_text (fixture, "NPI,Last name,Phone,E-mail,City\n1003000126,Okafor,555-0202,"
                                            "b@example.org,Lewes\n");
  g_autoptr (RoundsRecord) person = find_person (fixture, "Okafor");
  g_autoptr (RoundsRecord) after = NULL;
  g_autoptr (RoundsRecord) again = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (RoundsImportReversal) undone = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (rounds_uuid_equal (&first, &second));
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "c@example.org");
  rounds_record_store_save (fixture->store, person, &error);
  g_assert_no_error (error);

  reversal = revert (fixture, &second);
  after = find_person (fixture, "Okafor");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_PERSON_PHONE), ==, "555-0101");
  g_assert_cmpstr (rounds_record_get_text (after, ROUNDS_PERSON_EMAIL), ==, "c@example.org");
  g_assert_cmpuint (reversal->kept->len, ==, 1);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 1);

  /* And back again. */
  undone = rounds_import_revert_undo (fixture->store, &second, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  again = find_person (fixture, "Okafor");
  g_assert_cmpstr (rounds_record_get_text (again, ROUNDS_PERSON_PHONE), ==, "555-0202");
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 2);
}

static void
test_undo (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, LIST);
  g_autoptr (RoundsImportReversal) reversal = revert (fixture, &batch);
  g_autoptr (RoundsImportReversal) undone = NULL;
  g_autoptr (RoundsImportReversal) again = NULL;
  g_autoptr (GError) error = NULL;

  undone = rounds_import_revert_undo (fixture->store, &batch, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->restored, ==, reversal->trashed);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 2);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_AFFILIATION), ==, 2);

  again = revert (fixture, &batch);
  g_assert_cmpuint (again->trashed, ==, reversal->trashed);
}

/* An import that brought somebody back from the trash puts them there again. */
static void
test_restored (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_text (fixture, "NPI,Last name\n1003000126,Okafor\n");
  g_autoptr (RoundsRecord) person = find_person (fixture, "Okafor");
  g_autoptr (RoundsImportReversal) reversal = NULL;

  g_assert_true (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  batch = import_text (fixture, "NPI,Last name,First name\n1003000126,Okafor,Adaeze\n");
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 1);
  reversal = revert (fixture, &batch);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
}

static void
cancel_at_once (guint64 done, guint64 total, gpointer data)
{
  g_cancellable_cancel (data);
}

static RoundsUuid
import_many (StoreFixture *fixture, guint rows)
{
  g_autoptr (GString) text = g_string_new ("Last name,City\n");

  for (guint i = 0; i < rows; i++)
    g_string_append_printf (text, "Berg%u,Dover\n", i);
  return import_text (fixture, text->str);
}

static void
test_cancel (StoreFixture *fixture, gconstpointer data)
{
  RoundsUuid batch = import_many (fixture, 200);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (rounds_import_revert (fixture->store, &batch, cancel_at_once, cancellable, cancellable, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 200);
}

/* @data: at which part of the way, of 100 */
static void
kill_at (guint64 done, guint64 total, gpointer data)
{
  if (done * 100 >= total * GPOINTER_TO_UINT (data))
    raise (SIGKILL);
}

static void
revert_and_die (StoreFixture *fixture, const RoundsUuid *batch, guint percent)
{
  pid_t child;
  int status;

  g_clear_object (&fixture->store);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      fixture->store = store_fixture_reopen (fixture->folder, ROUNDS_ROLE_DEVICE);
      rounds_import_reversal_free (
        rounds_import_revert (fixture->store, batch, kill_at, GUINT_TO_POINTER (percent), NULL, NULL));
      _exit (EXIT_SUCCESS);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  fixture->store = store_fixture_reopen (fixture->folder, ROUNDS_ROLE_DEVICE);
}

/* Killed on the way, however far it was: the import is there as if nobody had asked, and can be taken back. */
static void
test_killed (StoreFixture *fixture, gconstpointer data)
{
  static const guint percents[] = { 1, 30, 45, 60 };
  RoundsUuid batch = import_many (fixture, 300);
  gint64 before = rounds_record_store_get_last_seq (fixture->store, NULL);
  g_autoptr (RoundsImportReversal) reversal = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      revert_and_die (fixture, &batch, percents[i]);
      g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 300);
      g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 300);
      g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, before);
    }
  reversal = revert (fixture, &batch);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (import_count (fixture, ROUNDS_ENTITY_ADDRESS), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/import-revert/all", ROUNDS_ROLE_DEVICE, test_all);
  STORE_FIXTURE_ADD ("/import-revert/used", ROUNDS_ROLE_DEVICE, test_used);
  STORE_FIXTURE_ADD ("/import-revert/changed", ROUNDS_ROLE_DEVICE, test_changed);
  STORE_FIXTURE_ADD ("/import-revert/updates", ROUNDS_ROLE_DEVICE, test_updates);
  STORE_FIXTURE_ADD ("/import-revert/undo", ROUNDS_ROLE_DEVICE, test_undo);
  STORE_FIXTURE_ADD ("/import-revert/restored", ROUNDS_ROLE_DEVICE, test_restored);
  STORE_FIXTURE_ADD ("/import-revert/progress", ROUNDS_ROLE_DEVICE, test_progress);
  STORE_FIXTURE_ADD ("/import-revert/cancel", ROUNDS_ROLE_DEVICE, test_cancel);
  STORE_FIXTURE_ADD ("/import-revert/out-of-sight", ROUNDS_ROLE_DEVICE, test_out_of_sight);
  STORE_FIXTURE_ADD ("/import-revert/killed", ROUNDS_ROLE_DEVICE, test_killed);
  return g_test_run ();
}
