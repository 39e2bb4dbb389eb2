/* SPDX-License-Identifier: GPL-3.0-or-later */

/* If this fails, Rounds says that a note is on the server when it is on one laptop alone, or hides that it was refused.
 */

#include "rounds-receipt.h"
#include "rounds-record-store-private.h"
#include "store-fixture.h"

typedef struct
{
  char *folder;
  RoundsRecordStore *store;
  RoundsRecord *person;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->store = store_fixture_open (&fixture->folder, ROUNDS_ROLE_DEVICE);
  fixture->person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  rounds_record_set_text (fixture->person, ROUNDS_PERSON_FAMILY_NAME, "Example");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->person);
  store_fixture_close (&fixture->store, &fixture->folder);
}

static void
change_phone (Fixture *fixture, const char *phone)
{
  rounds_record_set_text (fixture->person, ROUNDS_PERSON_PHONE, phone);
  store_fixture_save (fixture->store, fixture->person);
}

/* What the engine does with an answer. */
static void
answer (Fixture *fixture, gint64 seq, RoundsChangeState state, const char *reply)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_record_store_begin_remote (fixture->store, &error));
  g_assert_true (rounds_record_store_set_change_state (fixture->store, seq, state, reply, &error));
  if (state == ROUNDS_CHANGE_APPLIED)
    {
      rounds_record_set_integer (fixture->person, ROUNDS_FIELD_REV, seq);
      g_assert_true (rounds_record_store_put_remote (fixture->store, fixture->person, NULL, &error));
    }
  g_assert_true (rounds_record_store_commit (fixture->store, &error));
  g_assert_no_error (error);
}

static void
check (Fixture *fixture, RoundsReceiptState state, gboolean has_since, const char *reason)
{
  g_auto (RoundsReceipt) receipt = ROUNDS_RECEIPT_INIT;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (GHashTable) unsettled = NULL;
  g_autoptr (GError) error = NULL;
  RoundsUuid other = rounds_uuid_new ();
  gboolean settled = state == ROUNDS_RECEIPT_NONE || state == ROUNDS_RECEIPT_ON_SERVER;

  g_assert_true (rounds_record_store_get_receipt (fixture->store, ROUNDS_ENTITY_PERSON,
                                                  rounds_record_get_id (fixture->person), &receipt, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (rounds_receipt_state_to_string (receipt.state), ==, rounds_receipt_state_to_string (state));
  g_assert_cmpint (receipt.since != 0, ==, has_since);
  g_assert_cmpstr (receipt.reason, ==, reason);

  if (state == ROUNDS_RECEIPT_DRAFT)
    return;
  g_array_append_val (ids, other);
  g_array_append_vals (ids, rounds_record_get_id (fixture->person), 1);
  unsettled = rounds_record_store_find_unsettled (fixture->store, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (unsettled), ==, settled ? 0 : 1);
  if (!settled)
    g_assert_cmpint (GPOINTER_TO_INT (g_hash_table_lookup (unsettled, rounds_record_get_id (fixture->person))), ==,
                     (int) state);
}

static void
test_life (Fixture *fixture, gconstpointer data)
{
  check (fixture, ROUNDS_RECEIPT_NONE, FALSE, NULL);
  store_fixture_save (fixture->store, fixture->person);
  check (fixture, ROUNDS_RECEIPT_WAITING, TRUE, NULL);
  answer (fixture, 1, ROUNDS_CHANGE_APPLIED, NULL);
  check (fixture, ROUNDS_RECEIPT_ON_SERVER, TRUE, NULL);

  /* A further change is not there yet, and what came back from a restored server is to be sent again. */
  change_phone (fixture, "030 1");
  check (fixture, ROUNDS_RECEIPT_WAITING, TRUE, NULL);
  answer (fixture, 2, ROUNDS_CHANGE_APPLIED, NULL);
  check (fixture, ROUNDS_RECEIPT_ON_SERVER, TRUE, NULL);
  answer (fixture, 1, ROUNDS_CHANGE_PENDING, NULL);
  check (fixture, ROUNDS_RECEIPT_WAITING, TRUE, NULL);
}

static void
test_written_by_others (Fixture *fixture, gconstpointer data)
{
  rounds_record_set_integer (fixture->person, ROUNDS_FIELD_REV, 4);
  rounds_record_set_integer (fixture->person, ROUNDS_FIELD_CREATED_AT, 1);
  rounds_record_set_integer (fixture->person, ROUNDS_FIELD_UPDATED_AT, 1);
  store_fixture_put_remote (fixture->store, fixture->person);
  check (fixture, ROUNDS_RECEIPT_ON_SERVER, FALSE, NULL);
}

static void
count_touched_cb (RoundsRecordStore *store, GArray *touched, gpointer data)
{
  *(guint *) data += touched->len;
}

/* The page that shows it hears of it, although the record stays as it was. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  guint n_touched = 0;

  store_fixture_save (fixture->store, fixture->person);
  change_phone (fixture, "not a number");
  answer (fixture, 1, ROUNDS_CHANGE_APPLIED, NULL);
  g_signal_connect (fixture->store, "committed", G_CALLBACK (count_touched_cb), &n_touched);
  answer (fixture, 2, ROUNDS_CHANGE_REJECTED, "The phone number is not valid.");
  g_assert_cmpuint (n_touched, ==, 1);
  check (fixture, ROUNDS_RECEIPT_REFUSED, TRUE, "The phone number is not valid.");

  /* Mended, but not sent yet: what was refused is still not on the server. */
  change_phone (fixture, "030 2");
  check (fixture, ROUNDS_RECEIPT_REFUSED, TRUE, "The phone number is not valid.");
}

/* "Try again": all that was refused together is sent once more, as another question. */
static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) outbox = NULL;
  RoundsUuid group;

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (fixture->person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  g_ptr_array_add (records, fixture->person);
  g_ptr_array_add (records, role);
  g_assert_true (rounds_record_store_save_all (fixture->store, records, NULL));
  outbox = rounds_record_store_list_outbox (fixture->store, 0, 10, NULL);
  group = ((RoundsChange *) outbox->pdata[0])->group;
  g_clear_pointer (&outbox, g_ptr_array_unref);
  answer (fixture, 1, ROUNDS_CHANGE_REJECTED, "No.");
  answer (fixture, 2, ROUNDS_CHANGE_REJECTED, "No.");
  check (fixture, ROUNDS_RECEIPT_REFUSED, TRUE, "No.");

  g_assert_true (rounds_record_store_retry_rejected (fixture->store, 1, NULL));
  check (fixture, ROUNDS_RECEIPT_WAITING, TRUE, NULL);
  outbox = rounds_record_store_list_outbox (fixture->store, 0, 10, NULL);
  g_assert_cmpuint (outbox->len, ==, 2);
  g_assert_false (rounds_uuid_equal (&((RoundsChange *) outbox->pdata[0])->group, &group));
  g_assert_true (
    rounds_uuid_equal (&((RoundsChange *) outbox->pdata[0])->group, &((RoundsChange *) outbox->pdata[1])->group));
}

static void
test_conflict (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) conflict = rounds_record_new (ROUNDS_ENTITY_CONFLICT);

  store_fixture_save (fixture->store, fixture->person);
  rounds_record_set_text (conflict, ROUNDS_CONFLICT_ENTITY, "person");
  rounds_record_set_uuid (conflict, ROUNDS_CONFLICT_RECORD, rounds_record_get_id (fixture->person));
  store_fixture_save (fixture->store, conflict);
  check (fixture, ROUNDS_RECEIPT_CONFLICT, TRUE, NULL);
  rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, 1);
  store_fixture_save (fixture->store, conflict);
  check (fixture, ROUNDS_RECEIPT_WAITING, TRUE, NULL);
}

static void
test_draft (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (fixture->person));
  g_autofree char *form = g_strconcat ("person:", id, NULL);

  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, form);
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, "{}");
  store_fixture_save (fixture->store, draft);
  check (fixture, ROUNDS_RECEIPT_DRAFT, TRUE, NULL);
  g_assert_true (rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_DRAFT, rounds_record_get_id (draft), NULL));
  check (fixture, ROUNDS_RECEIPT_NONE, FALSE, NULL);
}

static void
test_join (void)
{
  g_auto (RoundsReceipt) whole = { ROUNDS_RECEIPT_ON_SERVER, 5, NULL };
  g_auto (RoundsReceipt) later = { ROUNDS_RECEIPT_ON_SERVER, 7, NULL };
  g_auto (RoundsReceipt) refused = { ROUNDS_RECEIPT_REFUSED, 3, g_strdup ("why") };
  g_auto (RoundsReceipt) waiting = { ROUNDS_RECEIPT_WAITING, 9, NULL };

  rounds_receipt_join (&whole, &later);
  g_assert_cmpint (whole.since, ==, 7);
  rounds_receipt_join (&whole, &refused);
  rounds_receipt_join (&whole, &waiting);
  g_assert_cmpint (whole.state, ==, ROUNDS_RECEIPT_REFUSED);
  g_assert_cmpint (whole.since, ==, 3);
  g_assert_cmpstr (whole.reason, ==, "why");
}

/* A row of a list asks this while it is drawn. */
static void
test_by_index (Fixture *fixture, gconstpointer data)
{
  static const char *const statements[] = {
    "SELECT min(at) FILTER (WHERE state = 0) FROM change_log WHERE record = $1",
    "SELECT at FROM change_log WHERE record = $1 AND state = 0 LIMIT 1",
    "SELECT at, reply FROM change_log WHERE record = $1 AND state = 2 LIMIT 1",
    "SELECT 1 FROM change_log WHERE state = 2 LIMIT 1",
    "SELECT updated_at FROM \"conflict\" WHERE record = $1 AND resolved_at IS NULL AND deleted_at IS NULL LIMIT 1",
    "SELECT updated_at FROM \"draft\" WHERE form = $1 AND deleted_at IS NULL",
  };

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autofree char *sql = g_strconcat ("EXPLAIN QUERY PLAN ", statements[i], NULL);
      g_autoptr (RoundsStatement) statement =
        rounds_database_prepare (rounds_record_store_get_database (fixture->store), sql, NULL);

      g_assert_nonnull (statement);
      while (rounds_statement_step (statement, NULL) == ROUNDS_STEP_ROW)
        {
          g_autofree char *step = rounds_statement_dup_text (statement, 3);

          if (strstr (step, "USING") == NULL)
            g_error ("%s: %s", statements[i], step);
        }
    }
}

#define ADD(name, test) g_test_add ("/receipt/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("life", test_life);
  ADD ("written-by-others", test_written_by_others);
  ADD ("refused", test_refused);
  ADD ("retry", test_retry);
  ADD ("conflict", test_conflict);
  ADD ("draft", test_draft);
  ADD ("by-index", test_by_index);
  g_test_add_func ("/receipt/join", test_join);

  return g_test_run ();
}
