/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures searches against bare SQLCipher on the same database in one run: the newest 50 of many notes by a prefix, 50
 * of many names, and how long a typed search takes until its first rows are in the list.
 *
 *   bench-search FOLDER NOTES NAMES      one JSON line a figure on stdout; makes FOLDER/search.db unless it is there
 *
 * Times are processor time of the whole process: other programs on the machine do not count. */

#include <stdio.h>
#include <stdlib.h>

#include "bench-common.h"
#include "bench-database.h"
#include "rounds-record-list.h"
#include "rounds-time.h"

#define BATCH 20000
#define N_QUERIES 600
#define NOTE_LENGTH 250
#define N_WORDS 20000
#define LATENESS (14 * 24 * 60) /* minutes by which what happened is written down late, at most */

static char *words[N_WORDS];
static double cumulative[N_WORDS];

static double
get_cpu_ms (void)
{
  return bench_get_cpu_time () / 1000;
}

/* Words as people use them: the n-th most frequent one about 1/n as often as the first (Zipf). */
static void
make_vocabulary (void)
{
  static const char *const onsets[] = { "b", "c", "d", "f", "g", "l",  "m",  "n",  "p",
                                        "r", "s", "t", "v", "z", "tr", "st", "pr", "cl" };
  static const char *const vowels[] = { "a", "e", "i", "o", "u", "ia", "eo" };
  static const char *const codas[] = { "", "n", "r", "l", "s", "m", "x" };
  g_autoptr (GRand) random = g_rand_new_with_seed (11);
  double total = 0;

  for (int i = 0; i < N_WORDS; i++)
    {
      GString *word = g_string_new (NULL);
      int syllables = 2 + (i > 200) + g_rand_int_range (random, 0, 2);

      for (int s = 0; s < syllables && word->len < 10; s++)
        g_string_append_printf (word, "%s%s%s", onsets[g_rand_int_range (random, 0, G_N_ELEMENTS (onsets))],
                                vowels[g_rand_int_range (random, 0, G_N_ELEMENTS (vowels))],
                                codas[g_rand_int_range (random, 0, G_N_ELEMENTS (codas))]);
      words[i] = g_string_free_and_steal (word);
      total += 1.0 / (i + 3);
      cumulative[i] = total;
    }
  for (int i = 0; i < N_WORDS; i++)
    cumulative[i] /= total;
}

static const char *
pick_word (GRand *random)
{
  double place = g_rand_double (random);
  int low = 0, high = N_WORDS - 1;

  while (low < high)
    {
      int middle = (low + high) / 2;

      if (cumulative[middle] < place)
        low = middle + 1;
      else
        high = middle;
    }
  return words[low];
}

/* Every other note has one of two words that begin alike: a prefix that finds half of all. */
static char *
make_note (GRand *random, guint i)
{
  GString *note = g_string_sized_new (NOTE_LENGTH + 30);

  if (i % 2 == 0)
    g_string_append (note, i % 4 == 0 ? "quarterly " : "quartz ");
  while (note->len < NOTE_LENGTH)
    g_string_append_printf (note, "%s ", pick_word (random));
  return g_string_free_and_steal (note);
}

static void
fill (const char *path, guint n_notes, guint n_names)
{
  g_autoptr (RoundsRecordStore) store = bench_open_store (path, ROUNDS_ROLE_DEVICE);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < n_names; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

      rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, words[g_rand_int_range (random, 0, N_WORDS)]);
      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, words[g_rand_int_range (random, 0, N_WORDS)]);
      g_ptr_array_add (records, person);
      if (records->len == BATCH || i + 1 == n_names)
        {
          bench_save_all (store, records);
          g_ptr_array_set_size (records, 0);
        }
    }
  for (guint i = 0; i < n_notes; i++)
    {
      RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
      g_autofree char *note = make_note (random, i);

      rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, words[g_rand_int_range (random, 0, N_WORDS)]);
      rounds_record_set_text (visit, ROUNDS_INTERACTION_INTERACTION_TYPE, "Visit");
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT,
                                 G_GINT64_CONSTANT (1577836800000) + (gint64) i * 3 * ROUNDS_MINUTE
                                   - g_rand_int_range (random, 0, LATENESS) * ROUNDS_MINUTE);
      rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, note);
      g_ptr_array_add (records, visit);
      if (records->len == BATCH || i + 1 == n_notes)
        {
          bench_save_all (store, records);
          g_ptr_array_set_size (records, 0);
        }
    }
}

/* What somebody typed: three or four letters of a word in proportion to its use, or two to four of any name. */
static char *
pick_prefix (GRand *random, gboolean of_note)
{
  if (of_note)
    return g_strndup (pick_word (random), (gsize) g_rand_int_range (random, 3, 5));
  return g_strndup (words[g_rand_int_range (random, 0, N_WORDS)], (gsize) g_rand_int_range (random, 2, 5));
}

static double
run_bare (sqlite3_stmt *statement, const char *prefix)
{
  g_autofree char *expression = g_strdup_printf ("\"%s\"*", prefix);
  double before = get_cpu_ms ();

  sqlite3_bind_text (statement, 1, expression, -1, SQLITE_TRANSIENT);
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int c = 0; c < sqlite3_column_count (statement); c++)
      sqlite3_column_blob (statement, c);
  sqlite3_reset (statement);
  return get_cpu_ms () - before;
}

static RoundsQuery *
make_query (gboolean of_note, const char *text, guint limit)
{
  RoundsQuery *query = rounds_query_new (of_note ? ROUNDS_ENTITY_INTERACTION : ROUNDS_ENTITY_PERSON);

  if (of_note)
    rounds_query_order_by (query, ROUNDS_INTERACTION_OCCURRED_AT, TRUE);
  else
    rounds_query_order_by_name (query);
  return rounds_query_limit (rounds_query_search (query, text), limit);
}

static double
run_store (RoundsRecordStore *store, gboolean of_note, const char *prefix)
{
  g_autoptr (RoundsQuery) query = make_query (of_note, prefix, 50);
  double before = get_cpu_ms ();
  g_autoptr (GPtrArray) records = rounds_record_store_list (store, query, NULL);

  g_assert_nonnull (records);
  return get_cpu_ms () - before;
}

/* The same prefixes for both, in turn, so that what else the machine does is the same for both too. */
static void
measure_queries (const char *what, const char *path, const char *sql, RoundsRecordStore *store, gboolean of_note)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GArray) bare_times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) store_times = g_array_new (FALSE, FALSE, sizeof (double));
  sqlite3 *database = bench_open_bare (path, "PRAGMA cipher_hmac_algorithm=HMAC_SHA256; PRAGMA cache_size=-16384");
  sqlite3_stmt *statement = bench_prepare (database, sql);
  double bare, ours, bare_p99, ours_p99;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autofree char *prefix = pick_prefix (random, of_note);

      bare = run_bare (statement, prefix);
      ours = run_store (store, of_note, prefix);
      g_array_append_val (bare_times, bare);
      g_array_append_val (store_times, ours);
    }
  sqlite3_finalize (statement);
  sqlite3_close (database);

  bare = bench_get_quantile (bare_times, 0.5);
  bare_p99 = bench_get_quantile (bare_times, 0.99);
  ours = bench_get_quantile (store_times, 0.5);
  ours_p99 = bench_get_quantile (store_times, 0.99);
  printf ("{\"what\": \"%s\", \"bare_p50_ms\": %.3f, \"bare_p99_ms\": %.2f, \"store_p50_ms\": %.3f,"
          " \"store_p99_ms\": %.2f, \"ratio_p50\": %.2f, \"ratio_p99\": %.2f}\n",
          what, bare, bare_p99, ours, ours_p99, ours / bare, ours_p99 / bare_p99);
}

static void
count_cb (GListModel *list, guint position, guint removed, guint added, gpointer data)
{
  ++*(guint *) data;
}

static void
settle (RoundsRecordList *list)
{
  while (rounds_record_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
}

/* From the keystroke until the first rows are in the list and read, and until all are. */
static void
measure_typing (RoundsStore *store, gboolean of_note, const char *text)
{
  g_autoptr (RoundsQuery) everything = make_query (of_note, NULL, 0);
  g_autoptr (RoundsQuery) query = make_query (of_note, text, 0);
  g_autoptr (RoundsRecordList) list = rounds_record_list_new (store, everything);
  guint n_changes = 0, n_first;
  double cpu;
  gint64 wall;

  settle (list);
  g_signal_connect (list, "items-changed", G_CALLBACK (count_cb), &n_changes);
  cpu = get_cpu_ms ();
  wall = g_get_monotonic_time ();
  rounds_record_list_set_query (list, query);
  while (n_changes == 0 && rounds_record_list_is_loading (list))
    g_main_context_iteration (NULL, TRUE);
  n_first = g_list_model_get_n_items (G_LIST_MODEL (list));
  for (guint i = 0; i < MIN (30, n_first); i++)
    g_object_unref (g_list_model_get_item (G_LIST_MODEL (list), i));
  printf ("{\"what\": \"typed search of %s\", \"text\": \"%s\", \"first_rows\": %u, \"first_cpu_ms\": %.1f,"
          " \"first_wall_ms\": %.1f, ",
          of_note ? "notes" : "names", text, n_first, get_cpu_ms () - cpu,
          (double) (g_get_monotonic_time () - wall) / 1e3);
  settle (list);
  printf ("\"rows\": %u, \"all_cpu_ms\": %.1f}\n", g_list_model_get_n_items (G_LIST_MODEL (list)), get_cpu_ms () - cpu);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  static const char *const typed_notes[] = { "q", "qua", "quar", "quart",     "quartz",
                                             "s", "st",  "zia",  "quart zia", "nothingatall" };
  g_autofree char *path = NULL;
  g_autoptr (RoundsStore) store = NULL;
  g_autoptr (GError) error = NULL;

  if (argc != 4)
    g_error ("Usage: bench-search FOLDER NOTES NAMES");
  path = g_build_filename (argv[1], "search.db", NULL);
  make_vocabulary ();
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    fill (path, (guint) atoi (argv[2]), (guint) atoi (argv[3]));

  store = rounds_store_open (path, bench_key, 0, &error);
  bench_check (error);
  measure_queries ("newest 50 notes by prefix", path,
                   "SELECT i.row_key, i.occurred_at, i.notes FROM interaction_search AS f"
                   " JOIN interaction AS i ON i.row_key = f.rowid"
                   " WHERE interaction_search MATCH ? ORDER BY f.rowid DESC LIMIT 50",
                   rounds_store_get_reader (store), TRUE);
  measure_queries ("50 names by prefix", path,
                   "SELECT p.row_key, p.given_name, p.family_name FROM person_search AS f"
                   " JOIN person AS p ON p.row_key = f.rowid WHERE person_search MATCH ? LIMIT 50",
                   rounds_store_get_reader (store), FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (typed_notes); i++)
    measure_typing (store, TRUE, typed_notes[i]);
  measure_typing (store, FALSE, "b");
  measure_typing (store, FALSE, "pra");
  rounds_store_close (store);
  return 0;
}
