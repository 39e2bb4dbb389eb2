/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user would lose: a database that a second program, a crash while it was being made, a lost keyring or a
 * damaged key file made unreachable, or that was replaced by an empty one. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rounds-error.h"
#include "rounds-profile.h"
#include "rounds-store.h"
#include "test-folder.h"
#include "test-loop.h"

typedef struct
{
  char *parent;
  char *directory;
  RoundsProfile *profile;
  char *code;
  guint8 key[ROUNDS_KEY_LENGTH];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_setenv ("ROUNDS_KEYRING", "memory", TRUE);
  fixture->parent = test_folder_new ();
  fixture->directory = g_build_filename (fixture->parent, "a rep's data", NULL);
  fixture->profile = rounds_profile_new (fixture->directory);
  fixture->code = rounds_recovery_code_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_unref (fixture->profile);
  test_folder_remove (fixture->parent);
  g_free (fixture->directory);
  g_free (fixture->code);
}

static void
create (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  rounds_profile_create (fixture->profile, fixture->code, fixture->key, &error);
  g_assert_no_error (error);
}

static void
assert_mode (const char *path, guint mode)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, mode);
}

/* Opens the database with @key and counts the people in it. */
static gint64
count_people (Fixture *fixture, const guint8 *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store =
    rounds_store_open (rounds_profile_get_database_path (fixture->profile), key, ROUNDS_OPEN_READ_WRITE, &error);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);

  g_assert_no_error (error);
  return rounds_record_store_count (rounds_store_get_reader (store), query, NULL);
}

static void
add_person (Fixture *fixture)
{
  g_autoptr (RoundsSqliteDatabase) database = rounds_sqlite_database_open (
    rounds_profile_get_database_path (fixture->profile), fixture->key, ROUNDS_OPEN_READ_WRITE, NULL);
  g_autoptr (RoundsRecordStore) store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, NULL);
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Atkinson");
  g_assert_true (rounds_record_store_save (store, person, NULL));
}

static void
test_create_and_unlock (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (GError) error = NULL;
  g_autofree char *other = rounds_recovery_code_new ();

  g_assert_cmpint (rounds_profile_get_state (fixture->profile, &error), ==, ROUNDS_PROFILE_EMPTY);
  g_assert_no_error (error);
  g_assert_false (rounds_profile_unlock (fixture->profile, fixture->code, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  create (fixture);
  g_assert_cmpint (rounds_profile_get_state (fixture->profile, &error), ==, ROUNDS_PROFILE_EXISTS);
  assert_mode (fixture->directory, 0700);
  assert_mode (rounds_profile_get_key_path (fixture->profile), 0600);
  assert_mode (rounds_profile_get_database_path (fixture->profile), 0600);
  add_person (fixture);

  g_assert_true (rounds_profile_unlock (fixture->profile, fixture->code, key, &error));
  g_assert_cmpmem (key, sizeof key, fixture->key, sizeof fixture->key);
  g_assert_cmpint (count_people (fixture, key), ==, 1);

  g_assert_false (rounds_profile_unlock (fixture->profile, other, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
  g_clear_error (&error);

  /* Nothing makes a second one over it. */
  g_assert_false (rounds_profile_create (fixture->profile, other, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
  g_assert_cmpint (count_people (fixture, fixture->key), ==, 1);
}

static gboolean
unlock_with_keyring (Fixture *fixture, guint8 key[ROUNDS_KEY_LENGTH], GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rounds_profile_unlock_with_keyring_async (fixture->profile, NULL, test_keep_result_cb, &result);
  return rounds_profile_unlock_with_keyring_finish (fixture->profile, test_wait_for_result (&result), key, error);
}

static void
test_keyring_lost (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) remembered = NULL, cleared = NULL, stored = NULL;
  g_autoptr (RoundsKeyFile) file = NULL;
  g_autofree char *secret = rounds_keyring_secret_new ();

  create (fixture);
  add_person (fixture);
  g_assert_false (unlock_with_keyring (fixture, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  rounds_profile_remember_async (fixture->profile, fixture->key, NULL, test_keep_result_cb, &remembered);
  rounds_profile_remember_finish (fixture->profile, test_wait_for_result (&remembered), &error);
  g_assert_no_error (error);
  g_assert_true (unlock_with_keyring (fixture, key, &error));
  g_assert_cmpmem (key, sizeof key, fixture->key, sizeof fixture->key);

  /* The login keyring was recreated: another secret, then none at all. */
  file = rounds_key_file_load (rounds_profile_get_key_path (fixture->profile), NULL);
  rounds_keyring_store_async (file, secret, NULL, test_keep_result_cb, &stored);
  g_assert_true (rounds_keyring_store_finish (test_wait_for_result (&stored), NULL));
  g_assert_false (unlock_with_keyring (fixture, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
  g_clear_error (&error);
  rounds_keyring_clear_async (file, NULL, test_keep_result_cb, &cleared);
  g_assert_true (rounds_keyring_clear_finish (test_wait_for_result (&cleared), NULL));
  g_assert_false (unlock_with_keyring (fixture, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (rounds_profile_unlock (fixture->profile, fixture->code, key, NULL));
  g_assert_cmpint (count_people (fixture, key), ==, 1);
}

static void
test_no_keyring (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) remembered = NULL;

  create (fixture);
  g_setenv ("ROUNDS_KEYRING", "none", TRUE);
  rounds_profile_remember_async (fixture->profile, fixture->key, NULL, test_keep_result_cb, &remembered);
  g_assert_false (rounds_profile_remember_finish (fixture->profile, test_wait_for_result (&remembered), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  g_clear_error (&error);

  /* The slot was not written either, so that the next start asks for the code at once. */
  g_assert_false (unlock_with_keyring (fixture, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_assert_true (rounds_profile_unlock (fixture->profile, fixture->code, key, NULL));
}

/* Being killed while the profile is made, at each place where that leaves something else on the disk. */
static void
test_killed_while_creating (Fixture *fixture, gconstpointer data)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autofree char *second_code = rounds_recovery_code_new ();
  g_autoptr (RoundsKeyFile) file = NULL;
  g_autoptr (GError) error = NULL;

  create (fixture);

  /* After the database was made, before the key file says so: it opens. */
  file = rounds_key_file_load (rounds_profile_get_key_path (fixture->profile), NULL);
  rounds_key_file_set_in_use (file, FALSE);
  g_assert_true (rounds_key_file_save (file, rounds_profile_get_key_path (fixture->profile), NULL));
  g_assert_cmpint (rounds_profile_get_state (fixture->profile, NULL), ==, ROUNDS_PROFILE_EXISTS);
  g_assert_true (rounds_profile_unlock (fixture->profile, fixture->code, key, NULL));
  g_assert_cmpint (count_people (fixture, key), ==, 0);

  /* With the database file there but still empty: it opens too. */
  g_assert_true (g_file_set_contents (rounds_profile_get_database_path (fixture->profile), "", 0, NULL));
  g_assert_true (rounds_profile_unlock (fixture->profile, fixture->code, key, NULL));
  g_assert_cmpint (count_people (fixture, key), ==, 0);

  /* Before there was a database: nothing has been lost, so that this is a new start. */
  g_assert_cmpint (g_remove (rounds_profile_get_database_path (fixture->profile)), ==, 0);
  g_assert_cmpint (rounds_profile_get_state (fixture->profile, NULL), ==, ROUNDS_PROFILE_EMPTY);
  g_assert_true (rounds_profile_create (fixture->profile, second_code, key, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count_people (fixture, key), ==, 0);
}

static void
assert_damaged (Fixture *fixture, int code)
{
  guint8 key[ROUNDS_KEY_LENGTH];
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (rounds_profile_get_state (fixture->profile, &error), ==, ROUNDS_PROFILE_DAMAGED);
  g_assert_error (error, ROUNDS_ERROR, code);
  g_clear_error (&error);
  g_assert_false (rounds_profile_unlock (fixture->profile, fixture->code, key, &error));
  g_assert_error (error, ROUNDS_ERROR, code);
  g_clear_error (&error);
  g_assert_false (rounds_profile_create (fixture->profile, fixture->code, key, &error));
  g_assert_error (error, ROUNDS_ERROR, code);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  const char *database, *key_path;
  g_autofree char *aside = g_build_filename (fixture->parent, "aside", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before, length_after;

  create (fixture);
  add_person (fixture);
  database = rounds_profile_get_database_path (fixture->profile);
  key_path = rounds_profile_get_key_path (fixture->profile);
  g_assert_true (g_file_get_contents (database, &before, &length_before, NULL));

  g_assert_cmpint (g_rename (key_path, aside), ==, 0);
  assert_damaged (fixture, ROUNDS_ERROR_NOT_FOUND); /* database without key file */
  g_assert_true (g_file_set_contents (key_path, "{\"format\": 1", -1, NULL));
  assert_damaged (fixture, ROUNDS_ERROR_CORRUPT);
  g_assert_true (g_file_set_contents (key_path, "{\"format\": 99}", -1, NULL));
  assert_damaged (fixture, ROUNDS_ERROR_TOO_NEW);
  g_assert_cmpint (g_rename (aside, key_path), ==, 0);

  g_assert_true (g_file_get_contents (database, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);
  g_assert_cmpint (count_people (fixture, fixture->key), ==, 1);

  g_assert_cmpint (g_rename (database, aside), ==, 0);
  assert_damaged (fixture, ROUNDS_ERROR_NOT_FOUND); /* key file without database */
}

static void
test_move_aside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *where = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsProfile) moved = NULL;
  guint8 key[ROUNDS_KEY_LENGTH];

  create (fixture);
  add_person (fixture);
  g_assert_true (rounds_profile_move_aside (fixture->profile, &where, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rounds_profile_get_state (fixture->profile, NULL), ==, ROUNDS_PROFILE_EMPTY);

  moved = rounds_profile_new (where);
  g_assert_true (rounds_profile_unlock (moved, fixture->code, key, NULL));
  g_object_unref (fixture->profile);
  fixture->profile = g_steal_pointer (&moved);
  g_assert_cmpint (count_people (fixture, key), ==, 1);
}

static void
test_directory_not_writable (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *file = g_build_filename (fixture->parent, "file", NULL);
  g_autofree char *below = g_build_filename (file, "data", NULL);
  g_autoptr (RoundsProfile) profile = rounds_profile_new (below);
  guint8 key[ROUNDS_KEY_LENGTH];

  g_assert_true (g_file_set_contents (file, "not a folder", -1, NULL));
  g_assert_false (rounds_profile_create (profile, fixture->code, key, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/store/profile/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("create-and-unlock", test_create_and_unlock);
  ADD ("keyring-lost", test_keyring_lost);
  ADD ("no-keyring", test_no_keyring);
  ADD ("killed-while-creating", test_killed_while_creating);
  ADD ("damaged", test_damaged);
  ADD ("move-aside", test_move_aside);
  ADD ("directory-not-writable", test_directory_not_writable);

  return g_test_run ();
}
