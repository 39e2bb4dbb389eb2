/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-table-reader.h"

G_BEGIN_DECLS

/**
 * RoundsCsvReader:
 *
 * Reads comma-separated values by RFC 4180 and as real files are: any encoding, another separator, any line end, line
 * ends inside quotes, rows that are damaged. A row whose quotes do not add up costs that line alone: reading goes on
 * with the next line of the file.
 */
#define ROUNDS_TYPE_CSV_READER (rounds_csv_reader_get_type ())
G_DECLARE_FINAL_TYPE (RoundsCsvReader, rounds_csv_reader, ROUNDS, CSV_READER, GObject)

RoundsCsvReader *rounds_csv_reader_open (GFile *file, const char *encoding, char delimiter, GCancellable *cancellable,
                                         GError **error);
RoundsCsvReader *rounds_csv_reader_new (GInputStream *stream, const char *encoding, char delimiter,
                                        GCancellable *cancellable, GError **error);
const char *rounds_csv_reader_get_encoding (RoundsCsvReader *self);
char rounds_csv_reader_get_delimiter (RoundsCsvReader *self);

G_END_DECLS
