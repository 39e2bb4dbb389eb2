/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user would lose if the record store were wrong: a save that is not there, a wrong value that is, a change
 * that never reaches the server. */

#include "rounds-error.h"
#include "rounds-insert.h"
#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"
#include "test-folder.h"

static const guint8 key[ROUNDS_KEY_LENGTH] = { 1, 2, 3, 4, 5, 6, 7 };

typedef struct
{
  char *folder;
  char *path;
  RoundsRecordStore *store;
} Fixture;

static void
open_store (Fixture *fixture, RoundsStoreRole role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (fixture->path, key, ROUNDS_OPEN_CREATE, &error);

  g_assert_no_error (error);
  fixture->store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer role)
{
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "rounds.db", NULL);
  open_store (fixture, GPOINTER_TO_INT (role));
}

static void
tear_down (Fixture *fixture, gconstpointer role)
{
  g_clear_object (&fixture->store);
  test_folder_remove (fixture->folder);
  g_free (fixture->path);
}

static RoundsRecord *
new_person (const char *given, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  return person;
}

static RoundsRecord *
new_visit (RoundsRecord *person, gint64 at, const char *notes)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  g_autofree char *name = rounds_record_get_title (person);

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, name);
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, at);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  return visit;
}

static void
save (Fixture *fixture, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (fixture->store, record, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list (Fixture *fixture, RoundsQuery *query)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *records = rounds_record_store_list (fixture->store, query, &error);

  g_assert_no_error (error);
  return records;
}

static void
assert_names (Fixture *fixture, RoundsQuery *query, const char *expected)
{
  g_autoptr (GPtrArray) people = list (fixture, query);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < people->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            rounds_record_get_text (people->pdata[i], ROUNDS_PERSON_FAMILY_NAME));
  g_assert_cmpstr (names->str, ==, expected);
  rounds_query_unref (query);
}

static void
test_survives_reopening (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("Zoë", "Müller");
  g_autoptr (RoundsRecord) read = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_BIRTH_DATE, "1970-02-28");
  save (fixture, person);
  g_clear_object (&fixture->store);
  open_store (fixture, ROUNDS_ROLE_DEVICE);

  read = rounds_record_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
  for (guint f = 0; f < ROUNDS_PERSON_N_FIELDS; f++)
    g_assert_true (rounds_value_equal (rounds_record_get_value (read, f), rounds_record_get_value (person, f)));
}

static void
test_wrong_key (Fixture *fixture, gconstpointer data)
{
  static const guint8 other[ROUNDS_KEY_LENGTH] = { 9 };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (RoundsSqliteDatabase) plain = NULL;
  g_autoptr (RoundsSqliteDatabase) nowhere = NULL;
  g_autofree char *path = g_strconcat (fixture->path, "-none", NULL);

  database = rounds_sqlite_database_open (fixture->path, other, ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_null (database);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
  g_clear_error (&error);

  plain = rounds_sqlite_database_open (fixture->path, NULL, ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_null (plain);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CORRUPT);
  g_clear_error (&error);

  nowhere = rounds_sqlite_database_open (path, key, ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_null (nowhere);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_too_new (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsDatabase) database = g_object_ref (rounds_record_store_get_database (fixture->store));
  g_autoptr (RoundsRecordStore) store = NULL;

  rounds_database_set_version (database, 999, &error);
  g_assert_no_error (error);
  store = rounds_record_store_new (database, ROUNDS_ROLE_DEVICE, &error);
  g_assert_null (store);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_TOO_NEW);
}

static void
test_invalid_changes_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) nobody = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) person = new_person ("A", "B");
  g_autoptr (RoundsRecord) first = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (RoundsRecord) second = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);
  g_autoptr (GError) error = NULL;
  RoundsUuid nowhere = rounds_uuid_new ();

  g_assert_false (rounds_record_store_save (fixture->store, nobody, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "family_name");
  g_clear_error (&error);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, &nowhere);
  g_assert_false (rounds_record_store_save (fixture->store, physician, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "person");
  g_clear_error (&error);

  save (fixture, person);
  rounds_record_set_uuid (first, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (second, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  save (fixture, first);
  g_assert_false (rounds_record_store_save (fixture->store, second, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "person");

  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, 2);
}

static void
test_search_and_order (Fixture *fixture, gconstpointer data)
{
  static const char *const names[][2] = {
    { "Jason D", "Atkinson" }, { "Zoë", "Müller" }, { "Ana", "Ångström" }, { "Bo", "Strauß" }, { "Mary", "atkins" }
  };
  g_autoptr (RoundsRecord) last = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RoundsRecord) person = new_person (names[i][0], names[i][1]);

      save (fixture, person);
    }

  assert_names (fixture, rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)),
                "Ångström atkins Atkinson Müller Strauß");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "mull"), "Müller");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "strauss bo"), "Strauß");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "JAS atk"), "Atkinson");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "\"*'"), "");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "o'"), "");

  {
    g_autoptr (RoundsQuery) first =
      rounds_query_limit (rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), 2);
    g_autoptr (GPtrArray) page = list (fixture, first);

    g_assert_cmpuint (page->len, ==, 2);
    last = g_object_ref (page->pdata[1]);
  }
  assert_names (fixture,
                rounds_query_after (rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), last),
                "Atkinson Müller Strauß");

  /* A changed name is found by the new one alone. */
  rounds_record_set_text (last, ROUNDS_PERSON_FAMILY_NAME, "Quigley");
  save (fixture, last);
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "atki"), "Atkinson");
  assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), "quig"), "Quigley");
}

static void
test_timeline_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("A", "B");
  g_autoptr (RoundsRecord) other = new_person ("C", "D");
  g_autoptr (RoundsRecord) last = NULL;
  guint n_read = 0;

  save (fixture, person);
  save (fixture, other);
  for (int i = 0; i < 25; i++)
    {
      /* Five visits at each instant: pages must not lose or repeat one at a tie. */
      g_autoptr (RoundsRecord) visit = new_visit (i % 2 ? person : other, (i / 10) * ROUNDS_DAY, "dosing");

      save (fixture, visit);
    }

  for (;;)
    {
      g_autoptr (RoundsQuery) query =
        rounds_query_where_uuid (rounds_query_new (ROUNDS_ENTITY_INTERACTION), ROUNDS_INTERACTION_PERSON, ROUNDS_IS,
                                 rounds_record_get_id (person));
      g_autoptr (GPtrArray) page = NULL;

      rounds_query_limit (rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE), 3);
      rounds_query_after (query, last);
      page = list (fixture, query);
      if (page->len == 0)
        break;
      for (guint i = 0; i < page->len; i++, n_read++)
        {
          if (last != NULL)
            g_assert_cmpint (rounds_record_get_integer (page->pdata[i], ROUNDS_INTERACTION_OCCURRED_AT), <=,
                             rounds_record_get_integer (last, ROUNDS_INTERACTION_OCCURRED_AT));
          g_set_object (&last, page->pdata[i]);
        }
    }
  g_assert_cmpuint (n_read, ==, 12);
}

static void
test_outbox (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("A", "B");
  g_autoptr (RoundsRecord) draft = rounds_record_new (ROUNDS_ENTITY_DRAFT);
  g_autoptr (GPtrArray) outbox = NULL;
  const RoundsChange *create, *update, *delete, *restore;

  save (fixture, person);
  save (fixture, person); /* nothing changed: nothing is sent */
  rounds_record_set_text (person, ROUNDS_PERSON_EMAIL, "a@example.org");
  save (fixture, person);
  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, "interaction");
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, "{\"notes\":\"half a w\"}");
  save (fixture, draft); /* local: never sent */
  g_assert_true (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  g_assert_true (
    rounds_record_store_delete (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  g_assert_true (
    rounds_record_store_restore (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));

  outbox = rounds_record_store_list_outbox (fixture->store, 0, 100, NULL);
  g_assert_cmpuint (outbox->len, ==, 4);
  create = outbox->pdata[0];
  update = outbox->pdata[1];
  delete = outbox->pdata[2];
  restore = outbox->pdata[3];
  g_assert_cmpint (create->operation, ==, ROUNDS_OPERATION_CREATE);
  g_assert_cmpstr (create->fields, ==, "{\"family_name\":\"B\",\"given_name\":\"A\",\"is_active\":true}");
  g_assert_null (create->base);
  g_assert_cmpint (update->operation, ==, ROUNDS_OPERATION_UPDATE);
  g_assert_cmpstr (update->fields, ==, "{\"email\":\"a@example.org\"}");
  g_assert_cmpstr (update->base, ==, "{\"email\":null}");
  g_assert_cmpint (delete->operation, ==, ROUNDS_OPERATION_DELETE);
  g_assert_cmpint (restore->operation, ==, ROUNDS_OPERATION_RESTORE);
  g_assert_cmpint (create->seq, <, update->seq);

  rounds_record_store_set_change_state (fixture->store, create->seq, ROUNDS_CHANGE_APPLIED, NULL, NULL);
  rounds_record_store_set_change_state (fixture->store, update->seq, ROUNDS_CHANGE_REJECTED, "no", NULL);
  g_assert_cmpint (rounds_record_store_count_changes (fixture->store, ROUNDS_CHANGE_PENDING, NULL), ==, 2);
  g_assert_cmpint (rounds_record_store_count_changes (fixture->store, ROUNDS_CHANGE_REJECTED, NULL), ==, 1);
}

static void
count_touched_cb (RoundsRecordStore *store, GArray *touched, gpointer data)
{
  *(guint *) data += touched->len;
}

static void
test_group_is_whole (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("A", "B");
  g_autoptr (RoundsRecord) visit = new_visit (person, 0, "x");
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (GError) error = NULL;
  guint n_touched = 0;

  g_signal_connect (fixture->store, "committed", G_CALLBACK (count_touched_cb), &n_touched);
  g_ptr_array_add (records, person);
  g_ptr_array_add (records, visit);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "visit"); /* wire values are exact */
  g_assert_false (rounds_record_store_save_all (fixture->store, records, &error));
  g_assert_cmpstr (rounds_error_get_field (error), ==, "interaction_type");
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, 0);
  g_assert_null (rounds_record_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  g_assert_cmpuint (n_touched, ==, 0);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
  g_assert_true (rounds_record_store_save_all (fixture->store, records, NULL));
  outbox = rounds_record_store_list_outbox (fixture->store, 0, 10, NULL);
  g_assert_cmpuint (outbox->len, ==, 2);
  g_assert_true (
    rounds_uuid_equal (&((RoundsChange *) outbox->pdata[0])->group, &((RoundsChange *) outbox->pdata[1])->group));
  g_assert_cmpuint (n_touched, ==, 2);
}

/* The store does not look for an id that is above all others. What comes late or twice in one go must still be found.
 */
static void
test_ids_in_any_order (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) older = new_person ("Ada", "Abel");
  g_autoptr (RoundsRecord) stored = new_person ("Bea", "Berg");
  g_autoptr (RoundsRecord) newest = new_person ("Cleo", "Cole");
  g_autoptr (RoundsRecord) again = NULL;
  g_autoptr (GError) error = NULL;

  save (fixture, stored);
  again = rounds_record_dup (newest);
  rounds_record_set_text (again, ROUNDS_PERSON_FAMILY_NAME, "Cohen");

  rounds_record_store_begin (fixture->store, &error);
  g_assert_no_error (error);
  save (fixture, newest);
  rounds_record_store_rollback (fixture->store);

  rounds_record_store_begin (fixture->store, &error);
  g_assert_no_error (error);
  save (fixture, newest);
  save (fixture, older);
  save (fixture, again);
  rounds_record_set_text (stored, ROUNDS_PERSON_FAMILY_NAME, "Bauer");
  save (fixture, stored);
  rounds_record_store_commit (fixture->store, &error);
  g_assert_no_error (error);

  assert_names (fixture, rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON)), "Abel Bauer Cohen");
}

static void
test_remote_rows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("A", "B");
  g_autoptr (RoundsRecord) visit = new_visit (person, 0, "from the server");
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (RoundsQuery) query = rounds_query_search (rounds_query_new (ROUNDS_ENTITY_INTERACTION), "server");
  g_autoptr (GError) error = NULL;

  rounds_record_set_integer (visit, ROUNDS_FIELD_REV, 7);
  rounds_record_set_integer (visit, ROUNDS_FIELD_CREATED_AT, 1);
  rounds_record_set_integer (visit, ROUNDS_FIELD_UPDATED_AT, 1);

  /* The child comes a page before its parent; twice, as after a cut. */
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (rounds_record_store_begin_remote (fixture->store, &error));
      g_assert_true (rounds_record_store_put_remote (fixture->store, visit, NULL, &error));
      g_assert_true (rounds_record_store_commit (fixture->store, &error));
    }
  g_assert_no_error (error);
  g_assert_cmpint (rounds_record_store_get_last_seq (fixture->store, NULL), ==, 0);
  found = list (fixture, query);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (rounds_record_get_integer (found->pdata[0], ROUNDS_FIELD_REV), ==, 7);

  /* And local writes are checked again afterwards. */
  {
    g_autoptr (RoundsRecord) orphan = new_visit (person, 0, "orphan");

    g_assert_false (rounds_record_store_save (fixture->store, orphan, &error));
    g_assert_cmpstr (rounds_error_get_field (error), ==, "person");
  }
}

/* The log is kept for years: nobody must be able to read passwords and tokens from it. */
static void
test_no_secret_in_log (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) user = rounds_record_new (ROUNDS_ENTITY_USER);
  g_autoptr (GPtrArray) changes = NULL;

  rounds_record_set_text (user, ROUNDS_USER_USERNAME, "anna");
  rounds_record_set_text (user, ROUNDS_USER_PASSWORD_HASH, "$argon2id$one");
  save (fixture, user);
  rounds_record_set_text (user, ROUNDS_USER_PASSWORD_HASH, "$argon2id$two");
  save (fixture, user);

  changes = rounds_record_store_list_changes (fixture->store, 0, 10, NULL);
  g_assert_cmpuint (changes->len, ==, 2);
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = changes->pdata[i];

      g_assert_null (strstr (change->fields, "argon2id"));
      g_assert_true (change->base == NULL || strstr (change->base, "argon2id") == NULL);
    }
}

static void
test_server_revisions (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("A", "B");

  save (fixture, person);
  g_assert_cmpint (rounds_record_get_integer (person, ROUNDS_FIELD_REV), ==, 1);
  rounds_record_set_text (person, ROUNDS_PERSON_PHONE, "555-0100");
  save (fixture, person);
  g_assert_cmpint (rounds_record_get_integer (person, ROUNDS_FIELD_REV), ==, 2);
}

/* A change that was refused comes again in another group; each has its own answer. */
static void
test_replies (Fixture *fixture, gconstpointer data)
{
  RoundsUuid device = rounds_uuid_new (), refused = rounds_uuid_new (), mended = rounds_uuid_new ();
  g_autofree char *first = NULL, *second = NULL, *none = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rounds_record_store_begin (fixture->store, &error));
  rounds_record_store_put_reply (fixture->store, &device, 5, &refused, "{}");
  rounds_record_store_put_reply (fixture->store, &device, 5, &mended, "[]");
  g_assert_true (rounds_record_store_commit (fixture->store, &error));
  g_assert_true (rounds_record_store_get_reply (fixture->store, &device, 5, &refused, &first, &error));
  g_assert_true (rounds_record_store_get_reply (fixture->store, &device, 5, &mended, &second, &error));
  g_assert_true (rounds_record_store_get_reply (fixture->store, &device, 6, &refused, &none, &error));
  g_assert_cmpstr (first, ==, "{}");
  g_assert_cmpstr (second, ==, "[]");
  g_assert_null (none);
  g_assert_cmpint (rounds_record_store_get_last_reply (fixture->store, &device, &error), ==, 5);
  g_assert_cmpint (rounds_record_store_get_last_reply (fixture->store, &refused, &error), ==, 0);
}

/* Answers are written many at once, or not at all, and those that are not written yet are found like the others. */
static void
test_many_replies (Fixture *fixture, gconstpointer data)
{
  RoundsUuid device = rounds_uuid_new (), group = rounds_uuid_new ();
  g_autofree char *early = NULL, *last = NULL, *dropped = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 count = 2 * ROUNDS_ROWS_AT_ONCE + 3;

  g_assert_true (rounds_record_store_begin (fixture->store, &error));
  for (gint64 n = 1; n <= count; n++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%" G_GINT64_FORMAT "}", n);

      rounds_record_store_put_reply (fixture->store, &device, n, &group, text);
      if (n == 2)
        g_assert_true (rounds_record_store_get_reply (fixture->store, &device, 2, &group, &early, &error));
    }
  g_assert_cmpstr (early, ==, "{\"n\":2}");
  g_assert_cmpint (rounds_record_store_get_last_reply (fixture->store, &device, &error), ==, count);
  g_assert_true (rounds_record_store_commit (fixture->store, &error));
  g_assert_true (rounds_record_store_get_reply (fixture->store, &device, count, &group, &last, &error));
  g_assert_cmpstr (last, ==, "{\"n\":53}");

  g_assert_true (rounds_record_store_begin (fixture->store, &error));
  rounds_record_store_put_reply (fixture->store, &device, count + 1, &group, "{}");
  rounds_record_store_rollback (fixture->store);
  g_assert_true (rounds_record_store_get_reply (fixture->store, &device, count + 1, &group, &dropped, &error));
  g_assert_null (dropped);
}

static RoundsRecord *
new_physician (RoundsRecord *person)
{
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  return physician;
}

/* More than two statements write at once, and no whole number of them. */
#define N_GROUPS (2 * ROUNDS_ROWS_AT_ONCE + 5)

static void
add_group (GPtrArray *groups, const char *family, guint n_physicians)
{
  GPtrArray *group = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = new_person ("Ada", family);

  g_ptr_array_add (group, person);
  for (guint i = 0; i < n_physicians; i++)
    g_ptr_array_add (group, new_physician (person));
  g_ptr_array_add (groups, group);
}

static gboolean
create_groups (Fixture *fixture, GPtrArray *groups, GError **error)
{
  return rounds_record_store_begin_bulk (fixture->store, error)
         && rounds_record_store_end (fixture->store, rounds_record_store_create_groups (fixture->store, groups, error),
                                     error);
}

static GPtrArray *
new_groups (void)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *family = g_strdup_printf ("Okafor%03u", i);

      add_group (groups, family, 1);
    }
  return groups;
}

/* What an import writes entity by entity goes to the server row by row. */
static void
test_groups (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = new_groups ();
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (create_groups (fixture, groups, &error));
  g_assert_no_error (error);
  changes = rounds_record_store_list_outbox (fixture->store, 0, 3 * N_GROUPS, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (changes->len, ==, 2 * N_GROUPS);
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *change = changes->pdata[i];
      const RoundsChange *first = changes->pdata[i / 2 * 2];
      GPtrArray *group = groups->pdata[i / 2];

      g_assert_true (rounds_uuid_equal (&change->record, rounds_record_get_id (group->pdata[i % 2])));
      g_assert_true (rounds_uuid_equal (&change->group, &first->group));
      g_assert_true (i < 2
                     || !rounds_uuid_equal (&change->group, &((RoundsChange *) changes->pdata[i / 2 * 2 - 1])->group));
    }
}

/* Rows that one statement writes have their own words each. */
static void
test_groups_are_found (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = new_groups ();

  g_assert_true (create_groups (fixture, groups, NULL));
  for (guint i = 0; i < N_GROUPS; i++)
    {
      g_autofree char *family = g_strdup_printf ("okafor%03u", i);
      RoundsRecord *person = ((GPtrArray *) groups->pdata[i])->pdata[0];

      assert_names (fixture, rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), family),
                    rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME));
    }
}

/* Everybody works at @clinic, but for the @lost-th, who works nowhere that there is. */
static void
add_affiliations (GPtrArray *groups, RoundsRecord *clinic, guint lost)
{
  RoundsUuid nowhere = rounds_uuid_new ();

  for (guint i = 0; i < groups->len; i++)
    {
      GPtrArray *group = groups->pdata[i];
      RoundsRecord *affiliation = rounds_record_new (ROUNDS_ENTITY_AFFILIATION);

      rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_PERSON, rounds_record_get_id (group->pdata[0]));
      rounds_record_set_uuid (affiliation, ROUNDS_AFFILIATION_ORGANISATION,
                              i == lost ? &nowhere : rounds_record_get_id (clinic));
      g_ptr_array_add (group, affiliation);
    }
}

/* No rule is passed over for being quick, wherever among many it is broken, and nothing of the many is kept. */
static void
test_groups_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) groups = new_groups ();
  g_autoptr (RoundsRecord) clinic = rounds_record_new (ROUNDS_ENTITY_ORGANISATION);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (clinic, ROUNDS_ORGANISATION_NAME, "Lakeside");
  g_assert_true (rounds_record_store_save (fixture->store, clinic, NULL));
  add_affiliations (groups, clinic, N_GROUPS);
  g_assert_true (create_groups (fixture, groups, NULL));
  g_assert_false (create_groups (fixture, groups, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_clear_error (&error);

  for (guint i = 0; i < N_GROUPS; i += ROUNDS_ROWS_AT_ONCE - 1)
    {
      g_autoptr (GPtrArray) twice = new_groups ();
      g_autoptr (GPtrArray) lost = new_groups ();
      GPtrArray *group = twice->pdata[i];

      g_ptr_array_add (group, new_physician (group->pdata[0]));
      g_assert_false (create_groups (fixture, twice, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
      g_assert_cmpstr (rounds_error_get_field (error), ==, "person");
      g_clear_error (&error);

      add_affiliations (lost, clinic, i);
      g_assert_false (create_groups (fixture, lost, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
      g_assert_cmpstr (rounds_error_get_field (error), ==, "organisation");
      g_clear_error (&error);
    }
  g_assert_cmpint (rounds_record_store_count_changes (fixture->store, ROUNDS_CHANGE_PENDING, NULL), ==,
                   1 + 3 * N_GROUPS);
}

/* An import's references lead somewhere, as all do, though the database is not asked; it is asked again afterwards. */
static void
test_bulk_references (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("Ada", "Okafor");
  g_autoptr (RoundsRecord) nobody = new_person ("No", "Body");
  g_autoptr (RoundsRecord) physician = new_physician (person);
  g_autoptr (RoundsRecord) lost = new_physician (nobody);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (i == 0 ? rounds_record_store_begin_bulk (fixture->store, &error)
                            : rounds_record_store_begin (fixture->store, &error));
      g_assert_true (rounds_record_store_save (fixture->store, person, &error));
      g_assert_true (rounds_record_store_save (fixture->store, physician, &error));
      g_assert_no_error (error);
      rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (nobody));
      g_assert_false (rounds_record_store_save (fixture->store, physician, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
      g_assert_cmpstr (rounds_error_get_field (error), ==, "person");
      g_clear_error (&error);
      rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));

      g_assert_false (rounds_record_store_save (fixture->store, lost, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
      g_assert_cmpstr (rounds_error_get_field (error), ==, "person");
      g_clear_error (&error);
      rounds_record_store_rollback (fixture->store);
    }
}

#define ADD(name, role, test) \
  g_test_add ("/record-store/" name, Fixture, GINT_TO_POINTER (role), set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("survives-reopening", ROUNDS_ROLE_DEVICE, test_survives_reopening);
  ADD ("wrong-key", ROUNDS_ROLE_DEVICE, test_wrong_key);
  ADD ("too-new", ROUNDS_ROLE_DEVICE, test_too_new);
  ADD ("invalid-changes-nothing", ROUNDS_ROLE_DEVICE, test_invalid_changes_nothing);
  ADD ("search-and-order", ROUNDS_ROLE_DEVICE, test_search_and_order);
  ADD ("timeline-pages", ROUNDS_ROLE_DEVICE, test_timeline_pages);
  ADD ("outbox", ROUNDS_ROLE_DEVICE, test_outbox);
  ADD ("group-is-whole", ROUNDS_ROLE_DEVICE, test_group_is_whole);
  ADD ("ids-in-any-order", ROUNDS_ROLE_DEVICE, test_ids_in_any_order);
  ADD ("remote-rows", ROUNDS_ROLE_DEVICE, test_remote_rows);
  ADD ("no-secret-in-log", ROUNDS_ROLE_SERVER, test_no_secret_in_log);
  ADD ("server-revisions", ROUNDS_ROLE_SERVER, test_server_revisions);
  ADD ("replies", ROUNDS_ROLE_SERVER, test_replies);
  ADD ("many-replies", ROUNDS_ROLE_SERVER, test_many_replies);
  ADD ("groups", ROUNDS_ROLE_DEVICE, test_groups);
  ADD ("groups-are-found", ROUNDS_ROLE_DEVICE, test_groups_are_found);
  ADD ("groups-refused", ROUNDS_ROLE_DEVICE, test_groups_refused);
  ADD ("bulk-references", ROUNDS_ROLE_DEVICE, test_bulk_references);

  return g_test_run ();
}
