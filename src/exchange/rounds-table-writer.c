/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-table-writer.h"

#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-record.h"
#include "rounds-time.h"

G_DEFINE_INTERFACE (RoundsTableWriter, rounds_table_writer, G_TYPE_OBJECT)

static void
rounds_table_writer_default_init (RoundsTableWriterInterface *iface)
{
}

/** rounds_table_writer_begin: writes the headings; first, once. */
gboolean
rounds_table_writer_begin (RoundsTableWriter *self, const RoundsTableColumn *columns, guint n_columns,
                           GCancellable *cancellable, GError **error)
{
  return ROUNDS_TABLE_WRITER_GET_IFACE (self)->begin (self, columns, n_columns, cancellable, error);
}

/**
 * rounds_table_writer_write:
 * @columns: (array length=n_columns): as they began
 * @cells: (array length=n_columns): a value of each column's type, or null
 * @error: (out) (optional): as #RoundsTableWriter says
 *
 * Adds a row, which may reach the file only at the end.
 */
gboolean
rounds_table_writer_write (RoundsTableWriter *self, const RoundsTableColumn *columns, const RoundsValue *cells,
                           guint n_columns, GCancellable *cancellable, GError **error)
{
  return ROUNDS_TABLE_WRITER_GET_IFACE (self)->write (self, columns, cells, n_columns, cancellable, error);
}

/** rounds_table_writer_end: writes what is left; without it the file is incomplete. */
gboolean
rounds_table_writer_end (RoundsTableWriter *self, GCancellable *cancellable, GError **error)
{
  return ROUNDS_TABLE_WRITER_GET_IFACE (self)->end (self, cancellable, error);
}

/**
 * rounds_table_cell_to_text:
 * @column: the cell's column
 * @cell: a value of its type
 *
 * Returns: (transfer full) (nullable): the cell for formats that know text alone. Instants are RFC 3339 in the local
 *   zone with its offset: the time that the user saw, and no doubt which.
 */
char *
rounds_table_cell_to_text (const RoundsTableColumn *column, const RoundsValue *cell)
{
  RoundsFieldInfo field = { .type = column->type };
  g_autoptr (GDateTime) moment = NULL;

  if (cell->kind == ROUNDS_VALUE_INTEGER && column->type == ROUNDS_TYPE_INSTANT)
    moment = rounds_instant_to_local (cell->as.integer, NULL);
  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%dT%H:%M:%S%:z") : rounds_field_format (&field, cell);
}

/**
 * rounds_set_file_error:
 * @cause: what GIO or Rounds said
 *
 * Sets @error to why a file could not be written: the one place where that becomes a sentence of ours.
 */
void
rounds_set_file_error (GError **error, const GError *cause)
{
  if (cause->domain == ROUNDS_ERROR)
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NO_SPACE,
                         _ ("There is no space left where the file is written."));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED, _ ("Stopped. No file was written."));
  else
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The file cannot be written: %s."), cause->message);
}
