/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many records that go to the trash at once and come back. If this fails, an import that was taken back leaves half of
 * itself, or its undoing brings back what has been replaced. */

#include "rounds-record-feed.h"
#include "store-fixture.h"

/* More than a statement writes at once, and not a multiple of that. */
#define N_PEOPLE 63

typedef struct
{
  StoreFixture base;
  GArray *records; /* (owned): of RoundsTouched: each person behind the physician */
} Fixture;

static void
add (Fixture *fixture, RoundsRecord *record)
{
  RoundsTouched one = { rounds_record_get_entity (record), *rounds_record_get_id (record) };

  g_array_append_val (fixture->records, one);
}

static void
set_up (Fixture *fixture, gconstpointer role)
{
  store_fixture_set_up (&fixture->base, role);
  fixture->records = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Okafor");
      store_fixture_save (fixture->base.store, person);
      rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
      store_fixture_save (fixture->base.store, physician);
      add (fixture, physician);
      add (fixture, person);
    }
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  g_array_unref (fixture->records);
  store_fixture_tear_down (&fixture->base, role);
}

static gint64
run (Fixture *fixture, gint64 (*write) (RoundsRecordStore *, GArray *, GError **))
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  g_assert_true (rounds_record_store_begin (fixture->base.store, NULL));
  n = write (fixture->base.store, fixture->records, &error);
  g_assert_no_error (error);
  g_assert_true (rounds_record_store_commit (fixture->base.store, NULL));
  return n;
}

static RoundsRecord *
get (Fixture *fixture, guint i)
{
  const RoundsTouched *one = &g_array_index (fixture->records, RoundsTouched, i);

  return rounds_record_store_get (fixture->base.store, one->entity, &one->record, NULL);
}

/* They go in the order that was asked for, so that the server never has a physician without the person, as one group
 * and at one time, by which the trash shows them as one. What is there already, or nowhere, is passed over. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  RoundsRecordStore *store = fixture->base.store;
  const RoundsTouched *first = &g_array_index (fixture->records, RoundsTouched, 0);
  const RoundsTouched nowhere = { ROUNDS_ENTITY_PERSON, rounds_uuid_new () };
  g_autoptr (RoundsRecord) last = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  gint64 before;

  g_assert_true (rounds_record_store_delete (store, first->entity, &first->record, NULL));
  before = rounds_record_store_get_last_seq (store, NULL);
  g_array_append_val (fixture->records, nowhere);
  g_assert_cmpint (run (fixture, rounds_record_store_delete_all), ==, 2 * N_PEOPLE - 1);

  lines = rounds_record_store_list_changes (store, before, 1000, NULL);
  g_assert_cmpuint (lines->len, ==, 2 * N_PEOPLE - 1);
  last = get (fixture, 2 * N_PEOPLE - 1);
  for (guint i = 0; i < lines->len; i++)
    {
      const RoundsChange *line = lines->pdata[i];
      const RoundsTouched *one = &g_array_index (fixture->records, RoundsTouched, i + 1);
      g_autoptr (RoundsRecord) record = get (fixture, i + 1);

      g_assert_cmpint (line->operation, ==, ROUNDS_OPERATION_DELETE);
      g_assert_true (rounds_uuid_equal (&line->record, &one->record));
      g_assert_true (rounds_uuid_equal (&line->group, &((const RoundsChange *) lines->pdata[0])->group));
      g_assert_true (rounds_record_is_deleted (record));
      g_assert_cmpint (rounds_record_get_integer (record, ROUNDS_FIELD_DELETED_AT), ==,
                       rounds_record_get_integer (last, ROUNDS_FIELD_DELETED_AT));
    }
}

/* All come back but what there is once only and somebody has entered again meanwhile. */
static void
test_restored (Fixture *fixture, gconstpointer data)
{
  const RoundsTouched *person = &g_array_index (fixture->records, RoundsTouched, 1);
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  g_assert_cmpint (run (fixture, rounds_record_store_delete_all), ==, 2 * N_PEOPLE);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, &person->record);
  store_fixture_save (fixture->base.store, physician);

  g_assert_cmpint (run (fixture, rounds_record_store_restore_all), ==, 2 * N_PEOPLE - 1);
  for (guint i = 0; i < fixture->records->len; i++)
    {
      g_autoptr (RoundsRecord) record = get (fixture, i);

      g_assert_cmpint (rounds_record_is_deleted (record), ==, i == 0);
    }
  g_assert_cmpint (run (fixture, rounds_record_store_restore_all), ==, 0);
}

/* Whoever refers to one of many is found, unless they are deleted. */
static void
test_referrers (Fixture *fixture, gconstpointer data)
{
  const RoundsTouched *first = &g_array_index (fixture->records, RoundsTouched, 0);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  g_autoptr (GArray) referrers = g_array_new (FALSE, FALSE, sizeof (RoundsReferrer));

  g_assert_true (rounds_record_store_delete (fixture->base.store, first->entity, &first->record, NULL));
  for (guint i = 1; i < fixture->records->len; i += 2)
    g_array_append_val (ids, g_array_index (fixture->records, RoundsTouched, i).record);
  g_assert_true (rounds_record_store_list_referrers (fixture->base.store, ROUNDS_ENTITY_PHYSICIAN,
                                                     ROUNDS_PHYSICIAN_PERSON, (RoundsUuid *) (void *) ids->data,
                                                     ids->len, referrers, NULL));
  g_assert_cmpuint (referrers->len, ==, N_PEOPLE - 1);
  for (guint i = 0; i < referrers->len; i++)
    {
      const RoundsReferrer *referrer = &g_array_index (referrers, RoundsReferrer, i);
      g_autoptr (RoundsRecord) physician =
        rounds_record_store_get (fixture->base.store, ROUNDS_ENTITY_PHYSICIAN, &referrer->record, NULL);

      g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (physician, ROUNDS_PHYSICIAN_PERSON), &referrer->to));
    }
}

static void
assert_deleted (Fixture *fixture, int deleted)
{
  const RoundsTouched *person = &g_array_index (fixture->records, RoundsTouched, 1);

  g_assert_cmpint (rounds_record_store_is_deleted (fixture->base.store, person->entity, &person->record, NULL), ==,
                   deleted);
}

/* What a transaction remembers of a contact is as true as the rows, whichever way they are written: a push that deletes
 * somebody and then tells of their visit must not take them for living. */
static void
test_remembered (Fixture *fixture, gconstpointer data)
{
  RoundsRecordStore *store = fixture->base.store;
  const RoundsTouched *person = &g_array_index (fixture->records, RoundsTouched, 1);

  assert_deleted (fixture, FALSE);
  g_assert_true (rounds_record_store_begin (store, NULL));
  assert_deleted (fixture, FALSE);
  g_assert_true (rounds_record_store_delete (store, person->entity, &person->record, NULL));
  assert_deleted (fixture, TRUE);
  g_assert_true (rounds_record_store_restore (store, person->entity, &person->record, NULL));
  assert_deleted (fixture, FALSE);
  g_assert_cmpint (rounds_record_store_delete_all (store, fixture->records, NULL), ==, 2 * N_PEOPLE);
  assert_deleted (fixture, TRUE);
  rounds_record_store_rollback (store);
  assert_deleted (fixture, FALSE);

  g_assert_true (rounds_record_store_begin_remote (store, NULL));
  assert_deleted (fixture, FALSE);
  g_assert_true (rounds_record_store_delete (store, person->entity, &person->record, NULL));
  g_assert_true (rounds_record_store_purge (store, person->entity, &person->record, NULL));
  assert_deleted (fixture, FALSE);
  rounds_record_store_rollback (store);
}

#define ADD(name, func) \
  g_test_add ("/record-deletion/" name, Fixture, GINT_TO_POINTER (ROUNDS_ROLE_DEVICE), set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("deleted", test_deleted);
  ADD ("restored", test_restored);
  ADD ("referrers", test_referrers);
  ADD ("remembered", test_remembered);
  return g_test_run ();
}
