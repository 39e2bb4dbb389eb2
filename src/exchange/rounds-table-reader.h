/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** RoundsTableRow: one row of a file, as it stands there. Valid until the next one is read. */
typedef struct
{
  guint64 number; /* as a spreadsheet counts: the first row of the file is 1 */
  guint n_cells;
  const char *const *cells; /* UTF-8 */
  const char *problem;      /* (nullable): a sentence for the user: why the row cannot be trusted */
  const char *raw;          /* (nullable): where such a row has no cells: the line as it stands in the file */
} RoundsTableRow;

/**
 * RoundsTableReader:
 *
 * A file of rows and cells, whatever its format, read once from the first row to the last and never held as a whole.
 * The import knows files only so. Blocks; one thread at a time.
 */
#define ROUNDS_TYPE_TABLE_READER (rounds_table_reader_get_type ())
G_DECLARE_INTERFACE (RoundsTableReader, rounds_table_reader, ROUNDS, TABLE_READER, GObject)

struct _RoundsTableReaderInterface
{
  GTypeInterface parent;

  gboolean (*read) (RoundsTableReader *self, RoundsTableRow *row, GCancellable *cancellable, GError **error);
};

gboolean rounds_table_reader_read (RoundsTableReader *self, RoundsTableRow *row, GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
