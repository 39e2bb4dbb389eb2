/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "workbook-samples.h"

char *
workbook_find_sample (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "spreadsheets", name, NULL);
}

RoundsTableFile *
workbook_try_open (const char *path, const char *sheet, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  RoundsTableOptions options = { .sheet = sheet };

  return rounds_table_file_open (file, &options, NULL, error);
}

GPtrArray *
workbook_try_read (RoundsTableReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  while (rounds_table_reader_read (reader, &row, NULL, &local))
    {
      char **cells = g_new0 (char *, row.n_cells + 1);

      for (guint i = 0; i < row.n_cells; i++)
        cells[i] = g_strdup (row.cells[i]);
      /* Rows that are blank are not told. */
      while (rows->len + 1 < row.number)
        g_ptr_array_add (rows, g_new0 (char *, 1));
      g_ptr_array_add (rows, cells);
    }
  if (local == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
