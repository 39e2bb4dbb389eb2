/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures an import against bare SQLCipher in one run: the same rows into the same tables with the same indexes.
 *
 *   bench-import FILE ROUNDS      one JSON line on stdout
 *
 * The four take turns, so that what else the machine does meets all of them; times are means, ratios those of the sums.
 *
 * "bare" inserts the rows alone; "indexed" also their words into the full-text indexes; "same" also the lines of the
 * log, which is all that the import writes. Reading the file, finding out what its columns are, matching and validating
 * are the import's alone.
 */

#include <stdio.h>

#include "bench-common.h"
#include "bench-database.h"
#include "rounds-importer.h"
#include "test-folder.h"

#define PAGE 1000

/* What a file of physicians becomes, parents first. */
static const RoundsEntity entities[] = { ROUNDS_ENTITY_SPECIALIZATION, ROUNDS_ENTITY_ORGANISATION,
                                         ROUNDS_ENTITY_PERSON,         ROUNDS_ENTITY_PERSON_ROLE,
                                         ROUNDS_ENTITY_PHYSICIAN,      ROUNDS_ENTITY_ADDRESS,
                                         ROUNDS_ENTITY_AFFILIATION };

typedef enum
{
  WRITE_ROWS,
  WRITE_WORDS, /* … and the rows */
  WRITE_LOG,   /* … and both */
} What;

/* Our import; @reading is its first look at the file. Returns the number of rows. */
static guint64
import (const char *path, GFile *file, BenchStopwatch *reading, BenchStopwatch *importing)
{
  g_autoptr (RoundsRecordStore) store = bench_open_store (path, ROUNDS_ROLE_DEVICE);
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (reading);
  plan = rounds_import_plan_new (file, NULL, NULL, &error);
  bench_stop (reading);
  bench_check (error);
  bench_start (importing);
  result = rounds_importer_run (store, plan, FALSE, NULL, NULL, NULL, &error);
  bench_stop (importing);
  bench_check (error);
  return result->rows;
}

/* One table on its way from the import's database to the bare one, page by page. */
typedef struct
{
  sqlite3_stmt *select;  /* (owned) */
  sqlite3_stmt *insert;  /* (owned) */
  sqlite3_stmt *words;   /* (owned) (nullable) */
  GArray *word_columns;  /* (owned) of int: which columns have the words */
  GPtrArray *page;       /* (owned) of sqlite3_value: the rows, one value after the other */
  GPtrArray *page_words; /* (owned) of char *: folded, as the store does before it writes */
  int n_columns;
  gboolean is_done;
} Table;

static void
clear_table (gpointer data)
{
  Table *table = data;

  sqlite3_finalize (table->select);
  sqlite3_finalize (table->insert);
  sqlite3_finalize (table->words);
  g_array_unref (table->word_columns);
  g_ptr_array_unref (table->page);
  g_ptr_array_unref (table->page_words);
}

static void
prepare_words (Table *table, sqlite3 *to, const RoundsEntityInfo *info)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  g_autoptr (GString) places = g_string_new ("?");

  g_string_append_printf (sql, "INSERT INTO \"%s_search\" (rowid", info->name);
  for (guint f = 0; f < info->n_fields; f++)
    if (info->fields[f].flags & ROUNDS_FIELD_SEARCH)
      {
        int column = (int) f + 1; /* behind the row key */

        g_string_append_printf (sql, ", \"%s\"", info->fields[f].name);
        g_string_append (places, ", ?");
        g_array_append_val (table->word_columns, column);
      }
  g_string_append_printf (sql, ") VALUES (%s)", places->str);
  table->words = bench_prepare (to, sql->str);
}

static void
init_table (Table *table, sqlite3 *from, sqlite3 *to, const char *name)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM \"%s\" ORDER BY rowid", name);
  g_autoptr (GString) insert = g_string_new (NULL);

  table->select = bench_prepare (from, select);
  table->n_columns = sqlite3_column_count (table->select);
  g_string_append_printf (insert, "INSERT INTO \"%s\" VALUES (", name);
  for (int c = 0; c < table->n_columns; c++)
    g_string_append (insert, c > 0 ? ", ?" : "?");
  g_string_append_c (insert, ')');
  table->insert = bench_prepare (to, insert->str);
  table->word_columns = g_array_new (FALSE, FALSE, sizeof (int));
  table->page = g_ptr_array_new_with_free_func ((GDestroyNotify) sqlite3_value_free);
  table->page_words = g_ptr_array_new_with_free_func (g_free);
}

static void
read_page (Table *table, guint rows)
{
  g_ptr_array_set_size (table->page, 0);
  g_ptr_array_set_size (table->page_words, 0);
  for (guint i = 0; i < rows && !table->is_done; i++)
    {
      if (sqlite3_step (table->select) != SQLITE_ROW)
        {
          table->is_done = TRUE;
          break;
        }
      for (int c = 0; c < table->n_columns; c++)
        g_ptr_array_add (table->page, sqlite3_value_dup (sqlite3_column_value (table->select, c)));
      for (guint w = 0; w < table->word_columns->len; w++)
        g_ptr_array_add (table->page_words, rounds_text_fold ((const char *) sqlite3_column_text (
                                              table->select, g_array_index (table->word_columns, int, w))));
    }
}

static void
write_page (Table *table, sqlite3 *to)
{
  guint n_rows = table->page->len / (guint) table->n_columns;

  for (guint i = 0; i < n_rows; i++)
    {
      for (int c = 0; c < table->n_columns; c++)
        sqlite3_bind_value (table->insert, c + 1, table->page->pdata[i * (guint) table->n_columns + (guint) c]);
      bench_step (to, table->insert);
      if (table->words == NULL)
        continue;
      sqlite3_bind_int64 (table->words, 1, sqlite3_last_insert_rowid (to));
      for (guint w = 0; w < table->word_columns->len; w++)
        sqlite3_bind_text (table->words, (int) w + 2, table->page_words->pdata[i * table->word_columns->len + w], -1,
                           SQLITE_STATIC);
      bench_step (to, table->words);
    }
}

/* Writes what the import has written, entity by entity a page at a time, so that the tables grow together. */
static void
insert_bare (BenchStopwatch *watch, const char *from_path, const char *path, What what)
{
  g_autoptr (GArray) tables = g_array_new (FALSE, TRUE, sizeof (Table));
  sqlite3 *from = bench_open_bare (from_path, BENCH_STORE_SETTINGS);
  sqlite3 *to = NULL;
  gboolean is_done = FALSE;

  g_object_unref (bench_open_store (path, ROUNDS_ROLE_DEVICE)); /* the tables and indexes */
  to = bench_open_bare (path, BENCH_STORE_SETTINGS);
  g_array_set_clear_func (tables, clear_table);
  g_array_set_size (tables, G_N_ELEMENTS (entities) + (what == WRITE_LOG));
  for (guint t = 0; t < G_N_ELEMENTS (entities); t++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (entities[t]);
      Table *table = &g_array_index (tables, Table, t);

      init_table (table, from, to, info->name);
      if (what >= WRITE_WORDS && rounds_entity_has_flag (entities[t], ROUNDS_FIELD_SEARCH))
        prepare_words (table, to, info);
    }
  if (what == WRITE_LOG)
    init_table (&g_array_index (tables, Table, tables->len - 1), from, to, "change_log");

  bench_start (watch);
  bench_run (to, "BEGIN IMMEDIATE");
  bench_stop (watch);
  while (!is_done)
    {
      is_done = TRUE;
      for (guint t = 0; t < tables->len; t++)
        {
          Table *table = &g_array_index (tables, Table, t);

          /* One line of the log for each record. */
          read_page (table, t < G_N_ELEMENTS (entities) ? PAGE : 4 * PAGE);
          bench_start (watch);
          write_page (table, to);
          bench_stop (watch);
          is_done &= table->is_done;
        }
    }
  bench_start (watch);
  bench_run (to, "COMMIT");
  bench_stop (watch);
  g_array_set_size (tables, 0);
  sqlite3_close (to);
  sqlite3_close (from);
}

typedef struct
{
  BenchStopwatch reading;
  BenchStopwatch importing;
  BenchStopwatch bare;
  BenchStopwatch indexed;
  BenchStopwatch same;
  long peak; /* MiB, of the first import: later ones find what the bare ones took */
} Watches;

/* Returns the number of rows. */
static guint64
run_round (GFile *file, Watches *watches)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "rounds.db", NULL);
  g_autofree char *bare_path = g_build_filename (folder, "bare.db", NULL);
  g_autofree char *indexed_path = g_build_filename (folder, "indexed.db", NULL);
  g_autofree char *same_path = g_build_filename (folder, "same.db", NULL);
  guint64 rows = import (path, file, &watches->reading, &watches->importing);

  if (watches->peak == 0)
    watches->peak = bench_get_peak_memory ();
  insert_bare (&watches->bare, path, bare_path, WRITE_ROWS);
  insert_bare (&watches->indexed, path, indexed_path, WRITE_WORDS);
  insert_bare (&watches->same, path, same_path, WRITE_LOG);
  test_folder_remove (folder);
  return rows;
}

static double
get_ms (const BenchStopwatch *watch, guint rounds)
{
  return watch->wall / 1000 / rounds;
}

int
main (int argc, char **argv)
{
  g_autoptr (GFile) file = NULL;
  guint rounds = argc == 3 ? (guint) g_ascii_strtoull (argv[2], NULL, 10) : 0;
  Watches watches = { 0 };
  guint64 rows = 0;
  double total, cpu;

  if (rounds == 0)
    {
      fprintf (stderr, "usage: bench-import FILE ROUNDS\n");
      return 2;
    }
  file = g_file_new_for_commandline_arg (argv[1]);
  for (guint i = 0; i < rounds; i++)
    rows = run_round (file, &watches);

  total = watches.reading.wall + watches.importing.wall;
  cpu = watches.reading.cpu + watches.importing.cpu;
  printf ("{\"what\": \"import against bare rows\", \"rows\": %" G_GUINT64_FORMAT
          ", \"rounds\": %u, \"reading_ms\": %.0f,"
          " \"import_ms\": %.0f, \"bare_ms\": %.0f, \"indexed_ms\": %.0f, \"same_ms\": %.0f, \"ratio\": %.2f,"
          " \"indexed_ratio\": %.2f, \"same_ratio\": %.2f,"
          " \"import_cpu_ms\": %.0f, \"same_cpu_ms\": %.0f, \"cpu_ratio\": %.2f, \"peak_mib\": %ld}\n",
          rows, rounds, get_ms (&watches.reading, rounds), get_ms (&watches.importing, rounds),
          get_ms (&watches.bare, rounds), get_ms (&watches.indexed, rounds), get_ms (&watches.same, rounds),
          total / watches.bare.wall, total / watches.indexed.wall, total / watches.same.wall, cpu / 1000 / rounds,
          watches.same.cpu / 1000 / rounds, cpu / watches.same.cpu, watches.peak);
  return 0;
}
