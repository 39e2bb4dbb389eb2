/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a user would lose: what was entered just before the window was closed; the view of what somebody or something
 * else wrote; a responsive window while an import runs. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rounds-error.h"
#include "rounds-store.h"
#include "test-folder.h"
#include "test-loop.h"

typedef struct
{
  char *directory;
  char *path;
  guint8 key[ROUNDS_KEY_LENGTH];
  RoundsStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->directory = test_folder_new ();
  fixture->path = g_build_filename (fixture->directory, "rounds.db", NULL);
  for (int i = 0; i < ROUNDS_KEY_LENGTH; i++)
    fixture->key[i] = (guint8) (7 * i);
  fixture->store = rounds_store_open (fixture->path, fixture->key, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* Nothing holds the store back, once what is under way has been answered. */
  test_wait_for_end (g_steal_pointer (&fixture->store));
  test_folder_remove (fixture->directory);
  g_free (fixture->path);
}

static RoundsRecord *
new_person (const char *family_name)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family_name);
  return person;
}

static gint64
count_people (RoundsStore *store)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);

  return rounds_record_store_count (rounds_store_get_reader (store), query, NULL);
}

static gint64
reopen_and_count (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsStore) store = rounds_store_open (fixture->path, fixture->key, ROUNDS_OPEN_READ_WRITE, &error);

  g_assert_no_error (error);
  return count_people (store);
}

static void
save (RoundsStore *store, RoundsRecord *record, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, record);
  rounds_store_save_async (store, records, NULL, callback, data);
}

/* What "changed" told, in words: "person 2" for two ids, "person *" for anything. */
static void
changed_cb (RoundsStore *store, int entity, GPtrArray *ids, gpointer data)
{
  GString *heard = data;

  g_string_append_printf (heard, "%s ", rounds_entity_get_info (entity)->name);
  if (ids == NULL)
    g_string_append (heard, "*;");
  else
    g_string_append_printf (heard, "%u;", ids->len);
}

static void
said_saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (rounds_store_save_finish (ROUNDS_STORE (source), result, NULL));
  g_string_append (data, "saved;");
}

static void
test_save (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) person = new_person ("Atkinson");
  g_autoptr (RoundsRecord) stored = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GAsyncResult) deleted = NULL, restored = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), heard);
  save (fixture->store, person, said_saved_cb, heard);
  /* What is typed on while it is being saved is not touched. */
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Jason");
  test_wait_while (strstr (heard->str, "saved") == NULL);
  g_assert_cmpstr (heard->str, ==, "person 1;saved;");
  g_assert_cmpint (rounds_record_get_integer (person, ROUNDS_FIELD_CREATED_AT), >, 0);
  g_assert_cmpstr (rounds_record_get_text (person, ROUNDS_PERSON_GIVEN_NAME), ==, "Jason");

  stored = rounds_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rounds_record_get_text (stored, ROUNDS_PERSON_FAMILY_NAME), ==, "Atkinson");
  g_assert_null (rounds_record_get_text (stored, ROUNDS_PERSON_GIVEN_NAME));

  rounds_store_delete_async (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL,
                             test_keep_result_cb, &deleted);
  g_assert_true (rounds_store_save_finish (fixture->store, test_wait_for_result (&deleted), NULL));
  g_assert_cmpint (count_people (fixture->store), ==, 0);
  rounds_store_restore_async (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL,
                              test_keep_result_cb, &restored);
  g_assert_true (rounds_store_save_finish (fixture->store, test_wait_for_result (&restored), NULL));
  g_assert_cmpint (count_people (fixture->store), ==, 1);
}

static void
test_save_invalid (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) good = new_person ("Good");
  g_autoptr (RoundsRecord) bad = new_person ("Bad");
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (bad, ROUNDS_PERSON_EMAIL, "no address");
  g_ptr_array_add (records, good);
  g_ptr_array_add (records, bad);
  rounds_store_save_async (fixture->store, records, NULL, test_keep_result_cb, &result);
  g_assert_false (rounds_store_save_finish (fixture->store, test_wait_for_result (&result), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_cmpstr (rounds_error_get_field (error), ==, "email");
  g_assert_cmpint (count_people (fixture->store), ==, 0);
}

/* Holds the database thread until the test opens the gate. */
typedef struct
{
  GMutex lock;
  GCond cond;
  gboolean reached;
  gboolean open;
} Gate;

static gpointer
wait_at_gate (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  Gate *gate = data;

  g_mutex_lock (&gate->lock);
  gate->reached = TRUE;
  g_cond_broadcast (&gate->cond);
  while (!gate->open)
    g_cond_wait (&gate->cond, &gate->lock);
  g_mutex_unlock (&gate->lock);
  return gate;
}

static void
open_gate (Gate *gate)
{
  g_mutex_lock (&gate->lock);
  gate->open = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->lock);
}

static void
wait_until_reached (Gate *gate)
{
  g_mutex_lock (&gate->lock);
  while (!gate->reached)
    g_cond_wait (&gate->cond, &gate->lock);
  g_mutex_unlock (&gate->lock);
}

static gpointer
note_letter (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_usleep (0);
  return data;
}

typedef struct
{
  GString *order;
  const char *letter;
} Note;

static void
note_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Note *note = data;

  g_assert_nonnull (rounds_store_run_finish (ROUNDS_STORE (source), result, NULL));
  g_string_append (note->order, note->letter);
}

static void
test_priority (Fixture *fixture, gconstpointer data)
{
  static Gate gate;
  GString *order = g_string_new (NULL);
  Note notes[] = { { order, "a" }, { order, "b" }, { order, "c" }, { order, "d" } };
  static const int priorities[] = { G_PRIORITY_LOW, G_PRIORITY_DEFAULT, G_PRIORITY_HIGH, G_PRIORITY_DEFAULT };

  rounds_store_run_async (fixture->store, wait_at_gate, &gate, NULL, NULL, G_PRIORITY_HIGH, NULL, NULL, NULL);
  wait_until_reached (&gate);
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    rounds_store_run_async (fixture->store, note_letter, &notes[i], NULL, NULL, priorities[i], NULL, note_done_cb,
                            &notes[i]);
  open_gate (&gate);
  test_wait_while (order->len < 4);
  g_assert_cmpstr (order->str, ==, "cbda");
  g_string_free (order, TRUE);
}

static void
count_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  int *counts = data;

  if (g_task_get_source_tag (G_TASK (result)) == rounds_store_save_async)
    counts[rounds_store_save_finish (ROUNDS_STORE (source), result, &error) ? 0 : 1]++;
  else
    {
      rounds_store_run_finish (ROUNDS_STORE (source), result, &error);
      counts[g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED) ? 2 : 3]++;
    }
}

static void
test_close (Fixture *fixture, gconstpointer data)
{
  static Gate gate, read_gate;
  int counts[4] = { 0 };
  g_autoptr (RoundsRecord) late = new_person ("Too late");

  rounds_store_run_async (fixture->store, wait_at_gate, &gate, NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  rounds_store_read_async (fixture->store, wait_at_gate, &read_gate, NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  wait_until_reached (&gate);
  wait_until_reached (&read_gate);
  for (int i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);
      g_autoptr (RoundsRecord) person = new_person (name);

      save (fixture->store, person, count_done_cb, counts);
      rounds_store_read_async (fixture->store, note_letter, counts, NULL, NULL, G_PRIORITY_DEFAULT, NULL, count_done_cb,
                               counts);
    }
  open_gate (&gate);
  open_gate (&read_gate);
  rounds_store_close (fixture->store);
  {
    g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);

    g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS)); /* the next start has nothing to go through */
  }
  g_assert_cmpint (reopen_and_count (fixture), ==, 50);

  rounds_store_close (fixture->store);
  save (fixture->store, late, count_done_cb, counts);
  test_wait_while (counts[0] + counts[1] + counts[2] + counts[3] < 101);
  g_assert_cmpint (counts[0], ==, 50); /* saved before the end */
  g_assert_cmpint (counts[1], ==, 1);  /* the late one: an error, not silence */
  g_assert_cmpint (counts[2] + counts[3], ==, 50);
  g_assert_null (rounds_store_get (fixture->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (late), NULL));
}

static gpointer
leave_transaction_open (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsRecord) person = new_person ("Half done");

  g_assert_true (rounds_record_store_begin (store, NULL));
  g_assert_true (rounds_record_store_save (store, person, NULL));
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, "halfway");
  return NULL;
}

static void
test_failed_job (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) failed = NULL, saved = NULL;
  g_autoptr (RoundsRecord) person = new_person ("Whole");
  g_autoptr (GError) error = NULL;

  rounds_store_run_async (fixture->store, leave_transaction_open, NULL, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                          test_keep_result_cb, &failed);
  g_assert_null (rounds_store_run_finish (fixture->store, test_wait_for_result (&failed), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED);
  save (fixture->store, person, test_keep_result_cb, &saved);
  g_assert_true (rounds_store_save_finish (fixture->store, test_wait_for_result (&saved), NULL));
  g_assert_cmpint (count_people (fixture->store), ==, 1);
}

static gpointer
count_for_ever (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsStatement) statement = rounds_database_prepare (
    rounds_record_store_get_database (store),
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max (i) FROM n", error);

  if (statement != NULL)
    rounds_statement_step (statement, error);
  return NULL;
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_reaches_sqlite (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL, saved = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) person = new_person ("Next");

  rounds_store_run_async (fixture->store, count_for_ever, NULL, NULL, NULL, G_PRIORITY_DEFAULT, cancellable,
                          test_keep_result_cb, &result);
  g_timeout_add (20, cancel_cb, cancellable);
  g_assert_null (rounds_store_run_finish (fixture->store, test_wait_for_result (&result), &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
  save (fixture->store, person, test_keep_result_cb, &saved);
  g_assert_true (rounds_store_save_finish (fixture->store, test_wait_for_result (&saved), NULL));
}

static void
test_reads_beside_writes (Fixture *fixture, gconstpointer data)
{
  static Gate gate;
  g_autoptr (GAsyncResult) result = NULL;
  int something;

  /* A long import holds the database thread; a list fills all the same. */
  rounds_store_run_async (fixture->store, wait_at_gate, &gate, NULL, NULL, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  wait_until_reached (&gate);
  rounds_store_read_async (fixture->store, note_letter, &something, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                           test_keep_result_cb, &result);
  g_assert_true (rounds_store_run_finish (fixture->store, test_wait_for_result (&result), NULL) == &something);
  open_gate (&gate);
  rounds_store_close (fixture->store); /* the job holds the store until it is done */
}

/* A second connection as another process would have it. */
static void
write_from_outside (Fixture *fixture)
{
  g_autoptr (RoundsSqliteDatabase) database =
    rounds_sqlite_database_open (fixture->path, fixture->key, ROUNDS_OPEN_READ_WRITE, NULL);
  g_autoptr (RoundsRecordStore) store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, NULL);
  g_autoptr (RoundsRecord) person = new_person ("Outside");

  g_assert_true (rounds_record_store_save (store, person, NULL));
}

static void
test_other_process (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (RoundsRecord) person = new_person ("Inside");
  g_autoptr (GAsyncResult) saved = NULL;

  save (fixture->store, person, test_keep_result_cb, &saved);
  test_wait_for_result (&saved);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (changed_cb), heard);
  write_from_outside (fixture);
  test_wait_while (strstr (heard->str, "person *;") == NULL);
  g_assert_nonnull (strstr (heard->str, "interaction *;"));
  g_assert_null (strstr (heard->str, "refresh_token")); /* a device has no such records */
  g_assert_cmpint (count_people (fixture->store), ==, 2);
}

static gpointer
write_much (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  gboolean is_good = rounds_record_store_begin (store, error);

  for (int i = 0; is_good && i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);
      g_autoptr (RoundsRecord) person = new_person (name);

      is_good = rounds_record_store_save (store, person, error);
    }
  return is_good && rounds_record_store_commit (store, error) ? store : NULL;
}

/* In KiB */
static gint64
get_resident_memory (void)
{
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return g_ascii_strtoll (strstr (text, "VmRSS:") + strlen ("VmRSS:"), NULL, 10);
}

/* A laptop has other programs: an import must not keep memory until the window is closed. */
static void
test_memory_after_an_import (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 before = get_resident_memory (), used;

#ifdef __SANITIZE_ADDRESS__
  g_test_skip ("The sanitizer keeps what is freed");
  return;
#endif
  rounds_store_run_async (fixture->store, write_much, NULL, NULL, NULL, G_PRIORITY_DEFAULT, NULL, test_keep_result_cb,
                          &result);
  g_assert_nonnull (rounds_store_run_finish (fixture->store, test_wait_for_result (&result), NULL));
  used = get_resident_memory () - before;
  g_assert_cmpint (used, >, 8 * 1024);
  test_wait_while (get_resident_memory () - before > used / 2);
  g_assert_cmpint (count_people (fixture->store), ==, 20000);
}

static void
test_open_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = g_build_filename (fixture->directory, "missing.db", NULL);
  guint8 other[ROUNDS_KEY_LENGTH] = { 1 };

  store = rounds_store_open (missing, fixture->key, ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_null (store);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  g_clear_error (&error);

  store = rounds_store_open (fixture->path, other, ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_null (store);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
}

/* In a process of its own, which is killed while it saves: what it said was saved is there afterwards. */
static void
save_until_killed (Fixture *fixture, int pipe)
{
  g_autoptr (RoundsStore) store = rounds_store_open (fixture->path, fixture->key, ROUNDS_OPEN_READ_WRITE, NULL);

  for (int i = 0; store != NULL; i++)
    {
      g_autofree char *name = g_strdup_printf ("Person %d", i);
      g_autoptr (RoundsRecord) person = new_person (name);
      g_autoptr (GAsyncResult) result = NULL;

      save (store, person, test_keep_result_cb, &result);
      if (!rounds_store_save_finish (store, test_wait_for_result (&result), NULL) || write (pipe, "x", 1) != 1)
        break;
    }
  _exit (1);
}

static void
test_killed (Fixture *fixture, gconstpointer data)
{
  int told = 0, ends[2], status;
  char letter;
  pid_t child;

  rounds_store_close (fixture->store);
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      close (ends[0]);
      save_until_killed (fixture, ends[1]);
    }
  close (ends[1]);
  while (told < 100 && read (ends[0], &letter, 1) == 1)
    told++;
  kill (child, SIGKILL);
  while (read (ends[0], &letter, 1) == 1)
    told++;
  waitpid (child, &status, 0);
  close (ends[0]);

  g_assert_cmpint (told, >=, 100);
  g_assert_cmpint (reopen_and_count (fixture), >=, told);
  g_assert_cmpint (reopen_and_count (fixture), <=, told + 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, func) g_test_add ("/store/store/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("killed", test_killed); /* first: it forks, which wants a process without threads of a main loop */
  ADD ("save", test_save);
  ADD ("save-invalid", test_save_invalid);
  ADD ("priority", test_priority);
  ADD ("close", test_close);
  ADD ("failed-job", test_failed_job);
  ADD ("cancel-reaches-sqlite", test_cancel_reaches_sqlite);
  ADD ("reads-beside-writes", test_reads_beside_writes);
  ADD ("other-process", test_other_process);
  ADD ("memory-after-an-import", test_memory_after_an_import);
  ADD ("open-fails", test_open_fails);

  return g_test_run ();
}
