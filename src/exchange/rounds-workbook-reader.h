/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-table-file.h"

G_BEGIN_DECLS

/**
 * RoundsWorkbookReader:
 *
 * Reads a sheet of a workbook (XLS, XLSX, ODS) by means of rounds-table-reader, a process that can do nothing but that
 * (see src/workbook/): workbooks come from anywhere.
 */
#define ROUNDS_TYPE_WORKBOOK_READER (rounds_workbook_reader_get_type ())
G_DECLARE_FINAL_TYPE (RoundsWorkbookReader, rounds_workbook_reader, ROUNDS, WORKBOOK_READER, GObject)

RoundsWorkbookReader *rounds_workbook_reader_open (GFile *file, guint sheet, const char *encoding,
                                                   GCancellable *cancellable, GError **error);
gboolean rounds_workbook_reader_list (GFile *file, RoundsTableFormat *format, GArray *sheets, GCancellable *cancellable,
                                      GError **error);

G_END_DECLS
