/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoundsCsvWriter:
 *
 * Writes comma-separated values as RFC 4180 says: CRLF ends a row, cells are quoted where they need it, UTF-8. A cell
 * that a spreadsheet would take for a formula is made harmless (S0-18). A #RoundsTableWriter. One thread at a time.
 */
#define ROUNDS_TYPE_CSV_WRITER (rounds_csv_writer_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCsvWriter, rounds_csv_writer, ROUNDS, CSV_WRITER, GObject)

RoundsCsvWriter *rounds_csv_writer_new (GOutputStream *stream);
void rounds_csv_writer_mark_encoding (RoundsCsvWriter *self);
gboolean rounds_csv_writer_write_row (RoundsCsvWriter *self, const char *const *cells, gsize n_cells,
                                      GCancellable *cancellable, GError **error);
gboolean rounds_csv_writer_flush (RoundsCsvWriter *self, GCancellable *cancellable, GError **error);

gboolean rounds_csv_looks_like_formula (const char *text);

G_END_DECLS
