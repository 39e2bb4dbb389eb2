/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a contact was created with is what the server is told of and what its history begins with. The database keeps
 * it once, in the record itself, until the record changes: a line that told what the record became later would send
 * words twice, and show a history that never was. */

#include "rounds-record-store.h"
#include "store-fixture.h"

#define AS_CREATED "{\"family_name\":\"Okafor\",\"given_name\":\"Nina\",\"is_active\":true}"

static RoundsRecord *
new_person (void)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Nina");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
  return person;
}

static GPtrArray *
list_lines (StoreFixture *self, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *lines = rounds_record_store_list_record_changes (self->store, rounds_record_get_id (record), 100, &error);

  g_assert_no_error (error);
  return lines;
}

static void
assert_created_with (StoreFixture *self, RoundsRecord *record, const char *fields)
{
  g_autoptr (GPtrArray) lines = list_lines (self, record);
  const RoundsChange *first = lines->pdata[lines->len - 1];

  g_assert_cmpint (first->operation, ==, ROUNDS_OPERATION_CREATE);
  g_assert_cmpstr (first->fields, ==, fields);
}

/* How many lines of the log hold what @record was created with themselves. */
static gint64
count_kept (StoreFixture *self, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (self->store),
                             "SELECT count(fields) FROM change_log WHERE record = $1 AND operation = 'create'", &error);

  g_assert_no_error (error);
  rounds_statement_bind_uuid (statement, 1, rounds_record_get_id (record));
  g_assert_cmpint (rounds_statement_step (statement, &error), ==, ROUNDS_STEP_ROW);
  return rounds_statement_get_integer (statement, 0);
}

static void
test_kept_once (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());

  g_assert_cmpint (count_kept (self, person), ==, 0);
  assert_created_with (self, person, AS_CREATED);

  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "030 901820");
  store_fixture_save (self->store, person);
  g_assert_cmpint (count_kept (self, person), ==, 1);
  assert_created_with (self, person, AS_CREATED);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  store_fixture_save (self->store, person);
  assert_created_with (self, person, AS_CREATED);
}

/* A form that saves twice before anything is on the disk. */
static void
test_changed_in_the_transaction (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ();
  g_autoptr (GError) error = NULL;

  rounds_record_store_begin (self->store, &error);
  g_assert_no_error (error);
  store_fixture_save (self->store, person);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
  store_fixture_save (self->store, person);
  rounds_record_store_commit (self->store, &error);
  g_assert_no_error (error);
  assert_created_with (self, person, AS_CREATED);
}

static void
test_deleted (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete (self->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
  assert_created_with (self, person, AS_CREATED);
  rounds_record_store_restore (self->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
  assert_created_with (self, person, AS_CREATED);
}

/* As the server sends it back: with a revision, and with what a colleague has changed there. */
static void
put_from_server (StoreFixture *self, RoundsRecord *record, gint64 rev)
{
  rounds_record_set_integer (record, ROUNDS_FIELD_REV, rev);
  store_fixture_put_remote (self->store, record);
}

static void
test_changed_elsewhere (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());

  put_from_server (self, person, 1);
  g_assert_cmpint (count_kept (self, person), ==, 0);
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Ninia");
  put_from_server (self, person, 2);
  assert_created_with (self, person, AS_CREATED);
}

/* What belongs to a contact goes along to another territory, without a word of its own. */
static void
test_moved (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());
  g_autoptr (RoundsRecord) territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  g_autoptr (RoundsRecord) role = rounds_record_new (ROUNDS_ENTITY_PERSON_ROLE);
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (person));
  g_autofree char *fields = g_strdup_printf ("{\"person\":\"%s\",\"type\":\"physician\"}", id);

  rounds_record_set_uuid (role, ROUNDS_PERSON_ROLE_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (role, ROUNDS_PERSON_ROLE_TYPE, "physician");
  store_fixture_save (self->store, role);
  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, "North");
  store_fixture_save (self->store, territory);
  rounds_record_set_uuid (person, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (territory));
  store_fixture_save (self->store, person);
  assert_created_with (self, person, AS_CREATED);
  assert_created_with (self, role, fields);
}

/* A server's log is its feed and its audit, whose lines say all themselves and never change. */
static void
test_server (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());

  g_assert_cmpint (count_kept (self, person), ==, 1);
  assert_created_with (self, person, AS_CREATED);
}

static void
test_since (StoreFixture *self, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = store_fixture_save (self->store, new_person ());
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 2; i <= 5; i++)
    {
      g_autofree char *phone = g_strdup_printf ("030 %u", i);

      rounds_record_set_text (person, ROUNDS_PERSON_PHONE, phone);
      store_fixture_save (self->store, person);
    }
  lines = rounds_record_store_list_changes_since (self->store, rounds_record_get_id (person), 3, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpint (((RoundsChange *) lines->pdata[0])->rev, ==, 5);
  g_assert_cmpint (((RoundsChange *) lines->pdata[1])->rev, ==, 4);
}

static void
count_touched_cb (RoundsRecordStore *store, GArray *touched, gpointer data)
{
  *(guint *) data += touched->len;
}

/* If what was not answered counted as sent, the server would never hear of it. */
static void
test_acknowledged (StoreFixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_told = 0; /* records whose receipts are to be looked at again */

  for (guint i = 0; i < 6; i++)
    g_ptr_array_add (people, store_fixture_save (self->store, new_person ()));
  outbox = rounds_record_store_list_outbox (self->store, 0, 100, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < outbox->len; i++)
    if (i != 2 && i != 5)
      g_ptr_array_add (answered, outbox->pdata[i]);

  g_signal_connect (self->store, "committed", G_CALLBACK (count_touched_cb), &n_told);
  g_assert_true (rounds_record_store_begin (self->store, &error));
  rounds_record_store_acknowledge_changes (self->store, answered, &error);
  g_assert_no_error (error);
  rounds_record_store_commit (self->store, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (n_told, ==, 4);
  left = rounds_record_store_list_outbox (self->store, 0, 100, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left->len, ==, 2);
  g_assert_cmpint (((RoundsChange *) left->pdata[0])->seq, ==, ((RoundsChange *) outbox->pdata[2])->seq);
  g_assert_cmpint (((RoundsChange *) left->pdata[1])->seq, ==, ((RoundsChange *) outbox->pdata[5])->seq);
  lines = list_lines (self, people->pdata[4]);
  g_assert_cmpint (((RoundsChange *) lines->pdata[0])->state, ==, ROUNDS_CHANGE_APPLIED);
  g_assert_cmpint (((RoundsChange *) lines->pdata[0])->acknowledged_at, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  STORE_FIXTURE_ADD ("/change-log/kept-once", ROUNDS_ROLE_DEVICE, test_kept_once);
  STORE_FIXTURE_ADD ("/change-log/changed-in-the-transaction", ROUNDS_ROLE_DEVICE, test_changed_in_the_transaction);
  STORE_FIXTURE_ADD ("/change-log/deleted", ROUNDS_ROLE_DEVICE, test_deleted);
  STORE_FIXTURE_ADD ("/change-log/changed-elsewhere", ROUNDS_ROLE_DEVICE, test_changed_elsewhere);
  STORE_FIXTURE_ADD ("/change-log/moved", ROUNDS_ROLE_DEVICE, test_moved);
  STORE_FIXTURE_ADD ("/change-log/acknowledged", ROUNDS_ROLE_DEVICE, test_acknowledged);
  STORE_FIXTURE_ADD ("/change-log/server", ROUNDS_ROLE_SERVER, test_server);
  STORE_FIXTURE_ADD ("/change-log/since", ROUNDS_ROLE_SERVER, test_since);

  return g_test_run ();
}
