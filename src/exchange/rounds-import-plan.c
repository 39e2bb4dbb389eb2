/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-plan.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"

static void
clear_plan (gpointer data)
{
  RoundsImportPlan *self = data;

  g_clear_object (&self->file);
  g_strfreev (self->headers);
  g_clear_pointer (&self->samples, g_ptr_array_unref);
  g_clear_pointer (&self->mapping, rounds_import_mapping_free);
}

/** rounds_import_plan_ref: any thread. */
RoundsImportPlan *
rounds_import_plan_ref (RoundsImportPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** rounds_import_plan_unref: any thread. */
void
rounds_import_plan_unref (RoundsImportPlan *self)
{
  g_atomic_rc_box_release_full (self, clear_plan);
}

/** rounds_table_row_is_blank: whether no cell of @row holds anything; spreadsheets leave many such rows at the end. */
gboolean
rounds_table_row_is_blank (const RoundsTableRow *row)
{
  if (row->problem != NULL)
    return FALSE;
  for (guint i = 0; i < row->n_cells; i++)
    if (row->cells[i][strspn (row->cells[i], " \t")] != '\0')
      return FALSE;
  return TRUE;
}

/* A first row with an NPI or an address of email in it names nothing. */
static gboolean
is_header (char **cells)
{
  RoundsColumnStatistics statistics = { 0 };

  for (guint i = 0; cells[i] != NULL; i++)
    rounds_column_statistics_add (&statistics, cells[i]);
  return statistics.n_npis == 0 && statistics.n_emails == 0;
}

static char **
copy_cells (const RoundsTableRow *row, guint n_cells)
{
  char **cells = g_new0 (char *, n_cells + 1);

  for (guint i = 0; i < n_cells; i++)
    cells[i] = g_strdup (i < row->n_cells ? row->cells[i] : "");
  return cells;
}

static void
add_row (RoundsImportPlan *self, GArray *statistics, const RoundsTableRow *row)
{
  self->n_rows++;
  if (row->problem != NULL)
    return;
  for (guint i = 0; i < MIN (row->n_cells, self->n_columns); i++)
    rounds_column_statistics_add (&g_array_index (statistics, RoundsColumnStatistics, i), row->cells[i]);
  if (self->samples->len < ROUNDS_IMPORT_N_SAMPLES)
    g_ptr_array_add (self->samples, copy_cells (row, self->n_columns));
}

static void
take_first_row (RoundsImportPlan *self, GArray *statistics, const RoundsTableRow *row)
{
  self->n_columns = row->n_cells;
  self->headers = copy_cells (row, row->n_cells);
  self->has_header = is_header (self->headers);
  g_array_set_size (statistics, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (self->has_header)
        g_strstrip (self->headers[i]);
      if (!self->has_header || *self->headers[i] == '\0')
        {
          g_free (self->headers[i]);
          self->headers[i] = g_strdup_printf (_ ("Column %u"), i + 1);
        }
    }
  if (!self->has_header)
    add_row (self, statistics, row);
}

/**
 * rounds_import_plan_new:
 * @file: a file of contacts
 * @options: (nullable): what the person says about it
 * @error: (out) (optional): as rounds_table_file_open(); %ROUNDS_ERROR_INVALID for a file without rows
 *
 * Reads the whole file once, keeping a few rows, and guesses what its columns are. Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): what to show to the person and to give to rounds_importer_run()
 */
RoundsImportPlan *
rounds_import_plan_new (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsImportPlan) self = g_atomic_rc_box_new0 (RoundsImportPlan);
  g_autoptr (GArray) statistics = g_array_new (FALSE, TRUE, sizeof (RoundsColumnStatistics));
  g_autoptr (RoundsTableReader) reader = NULL;
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  self->samples = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);

  self->file = rounds_table_file_open (file, options, cancellable, error);
  reader = self->file != NULL ? rounds_table_file_read (self->file, cancellable, error) : NULL;
  if (reader == NULL)
    return NULL;

  while (rounds_table_reader_read (reader, &row, cancellable, &local))
    {
      if (rounds_table_row_is_blank (&row))
        continue;
      if (self->headers == NULL && row.problem == NULL)
        take_first_row (self, statistics, &row);
      else if (self->headers == NULL)
        break;
      else
        add_row (self, statistics, &row);
    }
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  if (self->headers == NULL)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The file has no first row that can be read: it is empty or no table."));
      return NULL;
    }

  self->mapping = rounds_import_mapping_guess ((const char *const *) self->headers,
                                               (const RoundsColumnStatistics *) statistics->data, self->n_columns);
  return g_steal_pointer (&self);
}

/**
 * rounds_import_plan_open:
 *
 * Returns: (transfer full) (nullable): a reader at the first row of the plan's file
 */
RoundsTableReader *
rounds_import_plan_open (RoundsImportPlan *self, GCancellable *cancellable, GError **error)
{
  return rounds_table_file_read (self->file, cancellable, error);
}

/** rounds_import_plan_names_people: whether some column says whom the rows are about; without one nothing can be
 * imported. */
gboolean
rounds_import_plan_names_people (RoundsImportPlan *self)
{
  static const RoundsImportTarget names[] = { ROUNDS_IMPORT_FAMILY_NAME, ROUNDS_IMPORT_GIVEN_NAME,
                                              ROUNDS_IMPORT_FULL_NAME, ROUNDS_IMPORT_ORGANISATION };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (rounds_import_mapping_find (self->mapping, names[i]) >= 0)
      return TRUE;
  return FALSE;
}
