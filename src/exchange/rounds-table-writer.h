/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-schema.h"

G_BEGIN_DECLS

/** RoundsTableColumn: what one column of a table holds. */
typedef struct
{
  char *label; /* (owned): the heading */
  RoundsFieldType type;
  guint width; /* in characters, for formats that know widths */
} RoundsTableColumn;

/**
 * RoundsTableWriter:
 *
 * A file of rows and cells, whatever its format, written once from the headings to the last row: what
 * #RoundsTableReader is for reading. Cells are values of their column's type; a null is an empty cell. Blocks; one
 * thread at a time. Errors: %ROUNDS_ERROR_NO_SPACE, %ROUNDS_ERROR_CANCELLED, %ROUNDS_ERROR_FAILED.
 */
#define ROUNDS_TYPE_TABLE_WRITER (rounds_table_writer_get_type ())
G_DECLARE_INTERFACE (RoundsTableWriter, rounds_table_writer, ROUNDS, TABLE_WRITER, GObject)

struct _RoundsTableWriterInterface
{
  GTypeInterface parent;

  gboolean (*begin) (RoundsTableWriter *self, const RoundsTableColumn *columns, guint n_columns,
                     GCancellable *cancellable, GError **error);
  gboolean (*write) (RoundsTableWriter *self, const RoundsTableColumn *columns, const RoundsValue *cells,
                     guint n_columns, GCancellable *cancellable, GError **error);
  gboolean (*end) (RoundsTableWriter *self, GCancellable *cancellable, GError **error);
};

gboolean rounds_table_writer_begin (RoundsTableWriter *self, const RoundsTableColumn *columns, guint n_columns,
                                    GCancellable *cancellable, GError **error);
gboolean rounds_table_writer_write (RoundsTableWriter *self, const RoundsTableColumn *columns, const RoundsValue *cells,
                                    guint n_columns, GCancellable *cancellable, GError **error);
gboolean rounds_table_writer_end (RoundsTableWriter *self, GCancellable *cancellable, GError **error);

char *rounds_table_cell_to_text (const RoundsTableColumn *column, const RoundsValue *cell);
void rounds_set_file_error (GError **error, const GError *cause);

G_END_DECLS
