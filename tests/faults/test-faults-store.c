/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Faults as the application meets them, through a RoundsStore and its lists; databases that do not open; and databases
 * of old versions. What a user would lose if this failed: the whole store, taken for a broken one and replaced. */

#include <glib/gstdio.h>
#include <string.h>

#include "fault-site.h"
#include "fault-state.h"
#include "faults.h"
#include "rounds-error.h"
#include "rounds-record-list.h"
#include "rounds-sqlite-database.h"
#include "test-loop.h"

#define PAGE 4096

static const Fault full_disk = { "full-disk", FAULT_WRITE, FAULT_IS_FULL, TRUE, FAULT_KEEPS };
static const Fault no_memory = { "no-memory", FAULT_MEMORY, FAULT_FAILS, TRUE, FAULT_KEEPS };

static gboolean
save (RoundsStore *store, RoundsRecord *record, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_ptr_array_add (records, record);
  rounds_store_save_async (store, records, NULL, test_keep_result_cb, &result);
  return rounds_store_save_finish (store, test_wait_for_result (&result), error);
}

static void
wait_for_length (RoundsRecordList *list, guint length)
{
  test_wait_while (rounds_record_list_is_loading (list) || g_list_model_get_n_items (G_LIST_MODEL (list)) != length);
}

static RoundsStore *
open_store (FaultSite *site)
{
  g_autoptr (GError) error = NULL;
  RoundsStore *store;

  fault_site_put (site, FAULT_SITE_DEVICE);
  store = rounds_store_open (site->path, fault_site_get_key (), ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  return store;
}

static RoundsRecord *
new_person (void)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Strauß");
  return person;
}

static void
assert_save_recovers (FaultSite *site, const Fault *fault, int code)
{
  g_autoptr (RoundsStore) store = open_store (site);
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (RoundsRecordList) list = rounds_record_list_new (store, query);
  g_autoptr (RoundsRecord) person = new_person ();
  g_autoptr (GError) error = NULL;
  guint n;

  wait_for_length (list, 10);
  n = g_list_model_get_n_items (G_LIST_MODEL (list));
  faults_arm (fault, 1);
  g_assert_false (save (store, person, &error));
  faults_disarm ();
  g_assert_error (error, ROUNDS_ERROR, code);
  g_assert_cmpint (rounds_record_get_integer (person, ROUNDS_FIELD_CREATED_AT), ==, 0);
  g_clear_error (&error);
  wait_for_length (list, n);

  save (store, person, &error);
  g_assert_no_error (error);
  wait_for_length (list, n + 1);
  g_assert_cmpuint (rounds_record_list_find (list, rounds_record_get_id (person)), <, n + 1);
  rounds_store_close (store);
}

static void
test_save_on_full_disk (gconstpointer site)
{
  assert_save_recovers ((FaultSite *) site, &full_disk, ROUNDS_ERROR_NO_SPACE);
}

static void
test_save_without_memory (gconstpointer site)
{
  assert_save_recovers ((FaultSite *) site, &no_memory, ROUNDS_ERROR_FAILED);
}

static gboolean
disarm_cb (gpointer data)
{
  faults_disarm ();
  return G_SOURCE_REMOVE;
}

/* Until it can be read a list is loading, not empty; then it shows what there is without being asked. */
static void
test_list_reads_again (gconstpointer site)
{
  g_autoptr (RoundsStore) store = open_store ((FaultSite *) site);
  g_autoptr (RoundsQuery) query = rounds_query_order_by_name (rounds_query_new (ROUNDS_ENTITY_PERSON));
  g_autoptr (RoundsRecordList) list = NULL;
  gboolean is_empty;

  faults_arm (&no_memory, 1);
  list = rounds_record_list_new (store, query);
  g_timeout_add (300, disarm_cb, NULL);
  g_object_get (list, "is-empty", &is_empty, NULL);
  g_assert_false (is_empty);
  wait_for_length (list, 10);
  g_assert_true (faults_were_hit ());
  rounds_store_close (store);
}

/* What can be wrong with a file. */

typedef struct
{
  const char *name;
  int code;
  void (*spoil) (FaultSite *site, GByteArray *content); /* (nullable) */
  guint8 key_change;
} Spoilt;

static void
spoil_first_page (FaultSite *site, GByteArray *content)
{
  content->data[PAGE / 2] ^= 1;
}

static void
spoil_schema (FaultSite *site, GByteArray *content)
{
  for (guint offset = PAGE; offset < content->len; offset += PAGE)
    content->data[offset + PAGE / 2] ^= 1;
}

static void
cut_half (FaultSite *site, GByteArray *content)
{
  g_byte_array_set_size (content, content->len / 2 / PAGE * PAGE);
}

static void
cut_first_page (FaultSite *site, GByteArray *content)
{
  g_byte_array_set_size (content, PAGE / 3);
}

static void
write_text (FaultSite *site, GByteArray *content)
{
  g_byte_array_set_size (content, 0);
  g_byte_array_append (content, (const guint8 *) "Dear diary, ", 12);
}

/* These two do it through the database itself. */
static void
exec (FaultSite *site, const char *sql)
{
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  database = rounds_sqlite_database_open (site->path, fault_site_get_key (), ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  rounds_database_exec (ROUNDS_DATABASE (database), sql, &error);
  g_assert_no_error (error);
}

static void
make_newer (FaultSite *site, GByteArray *content)
{
  exec (site, "PRAGMA user_version = 999");
}

static void
make_foreign (FaultSite *site, GByteArray *content)
{
  exec (site, "PRAGMA application_id = 7");
}

static const Spoilt spoilt[] = {
  { "wrong-key", ROUNDS_ERROR_WRONG_KEY, NULL, 1 },
  { "first-page", ROUNDS_ERROR_WRONG_KEY, spoil_first_page, 0 },
  { "schema", ROUNDS_ERROR_CORRUPT, spoil_schema, 0 },
  { "half", ROUNDS_ERROR_CORRUPT, cut_half, 0 },
  { "part-of-a-page", ROUNDS_ERROR_WRONG_KEY, cut_first_page, 0 },
  { "text", ROUNDS_ERROR_WRONG_KEY, write_text, 0 },
  { "newer", ROUNDS_ERROR_TOO_NEW, make_newer, 0 },
  { "foreign", ROUNDS_ERROR_CORRUPT, make_foreign, 0 },
};

static GByteArray *
read_file (const char *path)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();
  gsize length;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_byte_array_append (bytes, (const guint8 *) content, (guint) length);
}

typedef struct
{
  FaultSite *site;
  const Spoilt *spoilt;
} Refusal;

/* Even for a caller that would take a new database. */
static void
test_refused_is_untouched (gconstpointer data)
{
  const Refusal *refusal = data;
  FaultSite *site = refusal->site;
  g_autoptr (GByteArray) before = NULL;
  g_autoptr (GByteArray) after = NULL;
  guint8 key[ROUNDS_KEY_LENGTH];

  fault_site_put (site, FAULT_SITE_DEVICE);
  before = read_file (site->path);
  if (refusal->spoilt->spoil != NULL)
    refusal->spoilt->spoil (site, before);
  if (refusal->spoilt->spoil == make_newer || refusal->spoilt->spoil == make_foreign)
    {
      g_byte_array_unref (before);
      before = read_file (site->path);
    }
  g_assert_true (g_file_set_contents (site->path, (const char *) before->data, before->len, NULL));
  memcpy (key, fault_site_get_key (), sizeof key);
  key[0] ^= refusal->spoilt->key_change;

  for (guint attempt = 0; attempt < 2; attempt++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsStore) store = rounds_store_open (site->path, key, ROUNDS_OPEN_CREATE, &error);

      g_assert_null (store);
      g_assert_error (error, ROUNDS_ERROR, refusal->spoilt->code);
    }
  after = read_file (site->path);
  g_assert_cmpmem (before->data, before->len, after->data, after->len);
}

static void
copy_file (const char *from, const char *to, const char *suffix)
{
  g_autofree char *source = g_strconcat (from, suffix, NULL);
  g_autofree char *target = g_strconcat (to, suffix, NULL);
  g_autoptr (GByteArray) content = read_file (source);

  g_assert_true (g_file_set_contents (target, (const char *) content->data, content->len, NULL));
}

/* After a crash the newest is in the log (-wal) alone. Somebody who then has the wrong key must not make an end of it.
 */
static void
test_wrong_key_spares_log (gconstpointer data)
{
  FaultSite *site = (FaultSite *) data;
  g_autofree char *copy = g_strconcat (site->path, "-copy", NULL);
  g_autoptr (RoundsRecord) person = new_person ();
  g_autoptr (RoundsRecord) read = NULL;
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) error = NULL;
  guint8 key[ROUNDS_KEY_LENGTH] = { 1 };

  fault_site_put (site, FAULT_SITE_DEVICE);
  fault_site_open (site, &error);
  g_assert_no_error (error);
  rounds_record_store_save (site->store, person, &error);
  g_assert_no_error (error);
  copy_file (site->path, copy, "");
  copy_file (site->path, copy, "-wal");
  fault_site_close (site);

  store = rounds_store_open (copy, key, ROUNDS_OPEN_CREATE, &error);
  g_assert_null (store);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_WRONG_KEY);
  g_clear_error (&error);
  store = rounds_store_open (copy, fault_site_get_key (), ROUNDS_OPEN_READ_WRITE, &error);
  g_assert_no_error (error);
  read = rounds_store_get (store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), &error);
  g_assert_no_error (error);
  rounds_store_close (store);
}

/* Whatever version left it, it opens, and everything in it reaches the server. */
static void
test_old_version_syncs (gconstpointer data)
{
  FaultSite *site = (FaultSite *) data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "stores", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autoptr (GError) error = NULL;

      if (!g_str_has_prefix (name, "device-"))
        continue;
      fault_site_put (site, name);
      fault_site_open (site, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rounds_record_store_count_changes (site->store, ROUNDS_CHANGE_PENDING, NULL), >, 0);
      fault_site_sync (site, &error);
      g_assert_no_error (error);
      g_assert_cmpint (rounds_record_store_count_changes (site->store, ROUNDS_CHANGE_PENDING, NULL), ==, 0);
      g_assert_cmpint (rounds_record_store_count_changes (site->store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
      fault_state_assert_sound (site->store);
      fault_site_close (site);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (FaultSite) site = NULL;

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL); /* a list warns of what it cannot read */
  faults_install ();
  site = fault_site_new ();

  g_test_add_data_func ("/faults-store/full-disk", site, test_save_on_full_disk);
  g_test_add_data_func ("/faults-store/no-memory", site, test_save_without_memory);
  g_test_add_data_func ("/faults-store/list-reads-again", site, test_list_reads_again);
  g_test_add_data_func ("/faults-store/old-versions", site, test_old_version_syncs);
  g_test_add_data_func ("/faults-store/wrong-key-spares-log", site, test_wrong_key_spares_log);
  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    {
      g_autofree char *path = g_strdup_printf ("/faults-store/refused/%s", spoilt[i].name);
      Refusal refusal = { site, &spoilt[i] };

      g_test_add_data_func_full (path, g_memdup2 (&refusal, sizeof refusal), test_refused_is_untouched, g_free);
    }
  return g_test_run ();
}
