/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-table-reader.h"

G_DEFINE_INTERFACE (RoundsTableReader, rounds_table_reader, G_TYPE_OBJECT)

static void
rounds_table_reader_default_init (RoundsTableReaderInterface *iface)
{
}

/**
 * rounds_table_reader_read:
 * @row: (out caller-allocates): the next row
 * @error: (out) (optional): only for what ends the whole file; a damaged row is a row with a problem
 *
 * Returns: %TRUE with a row; %FALSE without an error at the end of the file
 */
gboolean
rounds_table_reader_read (RoundsTableReader *self, RoundsTableRow *row, GCancellable *cancellable, GError **error)
{
  g_return_val_if_fail (ROUNDS_IS_TABLE_READER (self), FALSE);

  return ROUNDS_TABLE_READER_GET_IFACE (self)->read (self, row, cancellable, error);
}
