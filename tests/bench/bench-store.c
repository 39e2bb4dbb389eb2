/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the record store against bare SQLCipher in one run: the same rows, the same table, the same indexes.
 *
 *   bench-store ROWS      one JSON line a figure on stdout
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bench-common.h"
#include "bench-database.h"
#include "rounds-time.h"
#include "test-folder.h"

#define N_PEOPLE 20000
#define N_QUERIES 4000
#define BATCH 50000 /* records in a transaction; an import is one, however long */
#define NOTE_LENGTH 250

static const char *const syllables[] = { "an",  "be", "cor", "da",  "el",  "fi", "gan", "ho",  "in",
                                         "jo",  "ka", "li",  "mor", "ne",  "ol", "pe",  "qui", "ra",
                                         "sto", "ti", "ur",  "ve",  "wil", "xa", "yo",  "zen" };

static const char *
pick_syllable (GRand *random, gboolean skewed)
{
  double place = g_rand_double (random);

  return syllables[(int) ((skewed ? place * place * place : place) * G_N_ELEMENTS (syllables))];
}

/* One of 17,576 words; @skewed: some far more often than others, as in what people write. */
static char *
make_word (GRand *random, gboolean skewed)
{
  return g_strconcat (pick_syllable (random, skewed), pick_syllable (random, skewed), pick_syllable (random, skewed),
                      NULL);
}

static char *
make_note (GRand *random)
{
  GString *note = g_string_sized_new (NOTE_LENGTH + 20);

  while (note->len < NOTE_LENGTH)
    {
      g_autofree char *word = make_word (random, TRUE);

      g_string_append (note, word);
      g_string_append_c (note, ' ');
    }
  return g_string_free_and_steal (note);
}

static GPtrArray *
make_people (GRand *random)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  for (int i = 0; i < N_PEOPLE; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *given = make_word (random, FALSE);
      g_autofree char *family = make_word (random, FALSE);

      rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
      g_ptr_array_add (people, person);
    }
  return people;
}

static RoundsRecord *
make_interaction (GRand *random, GPtrArray *people, char *note)
{
  RoundsRecord *person = people->pdata[g_rand_int_range (random, 0, (int) people->len)];
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (record, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (record, ROUNDS_INTERACTION_HCP_NAME,
                          rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME));
  rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT,
                             G_GINT64_CONSTANT (1735689600000)
                               + g_rand_int_range (random, 0, 31536000) * ROUNDS_SECOND);
  rounds_record_set_text (record, ROUNDS_INTERACTION_NOTES, note);
  return record;
}

static void
bind_value (sqlite3_stmt *statement, int parameter, const RoundsValue *value)
{
  switch (value->kind)
    {
    case ROUNDS_VALUE_NULL:
      sqlite3_bind_null (statement, parameter);
      break;
    case ROUNDS_VALUE_INTEGER:
      sqlite3_bind_int64 (statement, parameter, value->as.integer);
      break;
    case ROUNDS_VALUE_REAL:
      sqlite3_bind_double (statement, parameter, value->as.real);
      break;
    case ROUNDS_VALUE_TEXT:
      sqlite3_bind_text (statement, parameter, value->as.text, -1, SQLITE_STATIC);
      break;
    case ROUNDS_VALUE_UUID:
      sqlite3_bind_blob (statement, parameter, value->as.uuid.bytes, 16, SQLITE_STATIC);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The record's words, prepared by nobody but copied from the record, and a line of the log as the store's. */
static void
insert_words_and_line (sqlite3 *database, sqlite3_stmt *words, sqlite3_stmt *line, RoundsRecord *record)
{
  const char *notes = rounds_record_get_text (record, ROUNDS_INTERACTION_NOTES);

  sqlite3_bind_int64 (words, 1, sqlite3_last_insert_rowid (database));
  sqlite3_bind_text (words, 2, rounds_record_get_text (record, ROUNDS_INTERACTION_HCP_NAME), -1, SQLITE_STATIC);
  sqlite3_bind_text (words, 3, notes, -1, SQLITE_STATIC);
  bench_step (database, words);
  bind_value (line, 1, rounds_record_get_value (record, ROUNDS_FIELD_ID));
  bind_value (line, 2, rounds_record_get_value (record, ROUNDS_INTERACTION_PERSON));
  bench_step (database, line);
}

/* SQLCipher as it comes, with a log and a somewhat larger cache, and less safe than the store: a loss of power may take
 * what was committed last. */
#define USUAL_SETTINGS "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-16000"

/* Copies a database that the store made into one whose pages are as SQLCipher makes them. */
static void
copy_as_usual (const char *path, const char *copy)
{
  g_autofree char *attach = g_strdup_printf ("ATTACH '%s' AS usual KEY \"%s\"", copy, bench_key_text);
  sqlite3 *database = bench_open_bare (path, "PRAGMA cipher_hmac_algorithm=HMAC_SHA256");

  bench_run (database, attach);
  bench_run (database, "SELECT sqlcipher_export ('usual'); DETACH usual");
  sqlite3_close (database);
}

/* The same rows by SQLCipher alone, into the table that the store made, with its indexes; with @everything also the
 * words and the line of the log that the store writes. */
static void
insert_bare (BenchStopwatch *watch, const char *path, const char *settings, GPtrArray *people, guint rows, guint32 seed,
             gboolean everything)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GString) sql = g_string_new ("INSERT INTO interaction (");
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  sqlite3 *database = bench_open_bare (path, settings);
  sqlite3_stmt *statement, *words, *line;

  for (guint f = 0; f < info->n_fields; f++)
    g_string_append_printf (sql, "%s\"%s\"", f > 0 ? ", " : "", info->fields[f].name);
  g_string_append (sql, ") VALUES (");
  for (guint f = 0; f < info->n_fields; f++)
    g_string_append (sql, f > 0 ? ", ?" : "?");
  g_string_append_c (sql, ')');

  statement = bench_prepare (database, sql->str);
  words = bench_prepare (database, "INSERT INTO interaction_search (rowid, hcp_name, notes) VALUES (?, ?, ?)");
  line = bench_prepare (database,
                        "INSERT INTO change_log (entity, record, operation, base_rev, rev, group_id, actor, device, at,"
                        " state) VALUES ('interaction', ?1, 'create', 0, 0, ?2, ?1, ?2, 1, 0)");

  for (guint done = 0; done < rows; done += BATCH)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < MIN (BATCH, rows - done); i++)
        {
          g_autofree char *note = make_note (random);
          RoundsRecord *record = make_interaction (random, people, note);

          rounds_record_set_integer (record, ROUNDS_FIELD_CREATED_AT, 1);
          rounds_record_set_integer (record, ROUNDS_FIELD_UPDATED_AT, 1);
          g_ptr_array_add (records, record);
        }
      bench_start (watch);
      bench_run (database, "BEGIN IMMEDIATE");
      for (guint i = 0; i < records->len; i++)
        {
          for (guint f = 0; f < info->n_fields; f++)
            bind_value (statement, (int) f + 1, rounds_record_get_value (records->pdata[i], f));
          bench_step (database, statement);
          if (everything)
            insert_words_and_line (database, words, line, records->pdata[i]);
        }
      bench_run (database, "COMMIT");
      bench_stop (watch);
    }
  sqlite3_finalize (statement);
  sqlite3_finalize (words);
  sqlite3_finalize (line);
  sqlite3_close (database);
}

static void
insert_by_store (BenchStopwatch *watch, RoundsRecordStore *store, GPtrArray *people, guint rows, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (guint done = 0; done < rows; done += BATCH)
    {
      g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < MIN (BATCH, rows - done); i++)
        {
          g_autofree char *note = make_note (random);

          g_ptr_array_add (records, make_interaction (random, people, note));
        }
      bench_start (watch);
      bench_save_all (store, records);
      bench_stop (watch);
    }
}

typedef RoundsQuery *(*MakeQuery) (GRand *random, GPtrArray *people);

static RoundsQuery *
make_page_query (GRand *random, GPtrArray *people)
{
  RoundsQuery *query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_PERSON, ROUNDS_IS,
                           rounds_record_get_id (people->pdata[g_rand_int_range (random, 0, (int) people->len)]));
  return rounds_query_limit (rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE), 50);
}

static RoundsQuery *
make_name_query (GRand *random, GPtrArray *people)
{
  g_autofree char *prefix = g_strndup (
    rounds_record_get_text (people->pdata[g_rand_int_range (random, 0, (int) people->len)], ROUNDS_PERSON_FAMILY_NAME),
    4);

  return rounds_query_limit (rounds_query_search (rounds_query_new (ROUNDS_ENTITY_PERSON), prefix), 50);
}

static void
measure_queries (RoundsRecordStore *store, GPtrArray *people, const char *what, MakeQuery make)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autofree char *records = NULL;
  BenchTimes times = BENCH_TIMES_INIT;
  guint64 n_read = 0;

  for (int i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (RoundsQuery) query = make (random, people);
      g_autoptr (GPtrArray) found = NULL;
      BenchStopwatch watch = { 0 };

      bench_start (&watch);
      found = rounds_record_store_list (store, query, NULL);
      bench_stop (&watch);
      bench_times_add (&times, &watch);
      n_read += found->len;
    }
  records = g_strdup_printf (", \"records\": %.1f", (double) n_read / N_QUERIES);
  bench_times_print (&times, what, records);
}

static void
add_people (const char *path, GPtrArray *people)
{
  g_autoptr (RoundsRecordStore) store = bench_open_store (path, ROUNDS_ROLE_DEVICE);
  g_autoptr (GPtrArray) copies = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < people->len; i++)
    g_ptr_array_add (copies, rounds_record_dup (people->pdata[i]));
  bench_save_all (store, copies);
}

int
main (int argc, char **argv)
{
  guint rows = argc > 1 ? (guint) g_ascii_strtoull (argv[1], NULL, 10) : 100000;
  char *folder = test_folder_new ();
  g_autofree char *bare_path = g_build_filename (folder, "bare.db", NULL);
  g_autofree char *same_path = g_build_filename (folder, "same.db", NULL);
  g_autofree char *usual_path = g_build_filename (folder, "usual.db", NULL);
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) people = make_people (random);
  g_autoptr (RoundsRecordStore) store = NULL;
  BenchStopwatch usual = { 0 }, bare = { 0 }, same = { 0 }, ours = { 0 };

  add_people (bare_path, people);
  copy_as_usual (bare_path, usual_path);
  insert_bare (&usual, usual_path, USUAL_SETTINGS, people, rows, 2, FALSE);
  test_folder_remove_database (usual_path);
  insert_bare (&bare, bare_path, BENCH_STORE_SETTINGS, people, rows, 2, FALSE);
  test_folder_remove_database (bare_path);
  add_people (same_path, people);
  insert_bare (&same, same_path, BENCH_STORE_SETTINGS, people, rows, 2, TRUE);
  test_folder_remove_database (same_path);

  add_people (path, people);
  store = bench_open_store (path, ROUNDS_ROLE_DEVICE);
  insert_by_store (&ours, store, people, rows, 2);
  printf ("{\"what\": \"bulk write\", \"rows\": %u, \"usual_per_s\": %.0f, \"bare_per_s\": %.0f, \"same_per_s\": %.0f, "
          "\"store_per_s\": %.0f,"
          " \"usual_ratio\": %.2f, \"ratio\": %.2f, \"same_ratio\": %.2f, \"bare_cpu_us\": %.1f, \"same_cpu_us\": "
          "%.1f, \"store_cpu_us\": %.1f}\n",
          rows, rows * 1e6 / usual.wall, rows * 1e6 / bare.wall, rows * 1e6 / same.wall, rows * 1e6 / ours.wall,
          usual.wall / ours.wall, bare.wall / ours.wall, same.wall / ours.wall, bare.cpu / rows, same.cpu / rows,
          ours.cpu / rows);
  sync (); /* what was written before is not to be written to the disk beside the queries */
  measure_queries (store, people, "page of 50 of one contact", make_page_query);
  measure_queries (store, people, "name search among 20,000", make_name_query);

  g_clear_object (&store);
  test_folder_remove (folder);
  return 0;
}
