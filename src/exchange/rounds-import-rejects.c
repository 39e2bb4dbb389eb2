/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-import-rejects.h"

#include <glib/gi18n-lib.h>

#include "rounds-csv-writer.h"
#include "rounds-error.h"

typedef struct
{
  RoundsImportPlan *plan;           /* (not owned) */
  const RoundsImportResult *result; /* (not owned) */
  guint next;                       /* the first outcome that no row has been found for */
  RoundsCsvWriter *writer;          /* (owned) */
} Rejects;

/* The reason comes first: rows may have any number of cells, and of 330 columns nobody sees the last. */
static gboolean
write_header (Rejects *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();

  if (!self->plan->has_header)
    return TRUE;
  g_ptr_array_add (cells, (gpointer) ROUNDS_IMPORT_REASON_HEADER);
  for (guint i = 0; i < self->plan->n_columns; i++)
    if (!rounds_import_header_is_reason (self->plan->headers[i]))
      g_ptr_array_add (cells, self->plan->headers[i]);
  return rounds_csv_writer_write_row (self->writer, (const char *const *) cells->pdata, cells->len, cancellable, error);
}

static char *
make_reason (const RoundsImportOutcome *outcome)
{
  if (outcome->column == NULL)
    return g_strdup (outcome->reason);
  /* TRANSLATORS: the first is the header of a column, the second a sentence that says what is wrong there. */
  return g_strdup_printf (_ ("%s: %s"), outcome->column, outcome->reason);
}

/* A damaged row's cells are what stands between the separators, quotation marks and all, so that they can be seen and
 * mended. A cell too many behind them sees to it that the row is not imported before somebody has done that. */
static void
add_raw_cells (Rejects *self, GPtrArray *cells, GStrv *parts, const char *raw)
{
  char delimiter = rounds_table_file_get_delimiter (self->plan->file);
  const char separator[] = { delimiter != 0 ? delimiter : ',', '\0' };
  guint first = cells->len;

  *parts = g_strsplit (raw, separator, -1);
  for (guint i = 0; (*parts)[i] != NULL; i++)
    g_ptr_array_add (cells, (*parts)[i]);
  while (cells->len - first < self->plan->n_columns)
    g_ptr_array_add (cells, (gpointer) "");
  g_ptr_array_add (cells, (gpointer) _ ("Correct the cells of this row, then clear this one"));
}

static gboolean
write_reject (Rejects *self, const RoundsTableRow *row, const RoundsImportOutcome *outcome, GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autofree char *reason = make_reason (outcome);
  g_auto (GStrv) parts = NULL;

  if (self->plan->has_header)
    g_ptr_array_add (cells, reason);
  if (row->n_cells == 0 && row->raw != NULL)
    add_raw_cells (self, cells, &parts, row->raw);
  for (guint i = 0; i < row->n_cells; i++)
    if (i >= self->plan->n_columns || !rounds_import_header_is_reason (self->plan->headers[i]))
      g_ptr_array_add (cells, (gpointer) row->cells[i]);
  return rounds_csv_writer_write_row (self->writer, (const char *const *) cells->pdata, cells->len, cancellable, error);
}

/* The outcome of row @number if it was rejected. Rows come in the order of the outcomes. */
static const RoundsImportOutcome *
find_reject (Rejects *self, guint64 number)
{
  while (self->next < self->result->outcomes->len)
    {
      const RoundsImportOutcome *outcome = rounds_import_result_get (self->result, self->next);

      if (outcome->row > number)
        return NULL;
      self->next++;
      if (outcome->row == number)
        return outcome->verdict == ROUNDS_IMPORT_REJECTED ? outcome : NULL;
    }
  return NULL;
}

static gboolean
write_rows (Rejects *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTableReader) reader = rounds_import_plan_open (self->plan, cancellable, error);
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  if (reader == NULL || !write_header (self, cancellable, error))
    return FALSE;
  while (rounds_table_reader_read (reader, &row, cancellable, &local))
    {
      const RoundsImportOutcome *outcome = find_reject (self, row.number);

      if (outcome != NULL && !write_reject (self, &row, outcome, cancellable, error))
        return FALSE;
    }
  if (local == NULL)
    return rounds_csv_writer_flush (self->writer, cancellable, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * rounds_import_rejects_write:
 * @plan: what @result came from; its file must still be as it was
 * @file: where to; replaced when all is written
 * @error: (out) (optional): what the file or the disk says
 *
 * Writes the rejected rows as a CSV file with the columns of the original and, in front, the reason: to be mended and
 * imported again, where the reason is passed over. Readable by its owner alone. Blocks; any thread.
 */
gboolean
rounds_import_rejects_write (RoundsImportPlan *plan, const RoundsImportResult *result, GFile *file,
                             GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  g_autoptr (RoundsCsvWriter) writer = NULL;
  g_autoptr (GCancellable) abandoned = g_cancellable_new ();
  g_autoptr (GError) local = NULL;
  Rejects self = { plan, result, 0, NULL };

  stream =
    g_file_replace (file, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, cancellable, &local);
  if (stream == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The file cannot be written: %s."), local->message);
      return FALSE;
    }
  writer = rounds_csv_writer_new (G_OUTPUT_STREAM (stream));
  self.writer = writer;
  if (write_rows (&self, cancellable, error))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
  g_cancellable_cancel (abandoned); /* closing with this leaves what was there before */
  g_output_stream_close (G_OUTPUT_STREAM (stream), abandoned, NULL);
  return FALSE;
}
