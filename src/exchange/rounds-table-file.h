/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-mojibake.h"
#include "rounds-table-reader.h"

G_BEGIN_DECLS

/** RoundsTableFormat: what kinds of files of contacts can be read. */
typedef enum
{
  ROUNDS_TABLE_CSV, /* any text of rows and cells, whatever stands between them */
  ROUNDS_TABLE_XLS,
  ROUNDS_TABLE_XLSX,
  ROUNDS_TABLE_ODS,
  ROUNDS_TABLE_VCARD,
} RoundsTableFormat;

/** RoundsTableHeader: whether the first row names the columns. */
typedef enum
{
  ROUNDS_TABLE_HEADER_FIND_OUT,
  ROUNDS_TABLE_HEADER_THERE,
  ROUNDS_TABLE_HEADER_MISSING,
} RoundsTableHeader;

/** RoundsTableOptions: what the person says about a file; zeroes to have it found out. */
typedef struct
{
  const char *encoding; /* (nullable): one of rounds_text_encoding_list(); of workbooks, how their texts are mended */
  char delimiter;       /* for CSV alone */
  const char *sheet;    /* (nullable): for workbooks alone; the first that holds anything */
  RoundsTableHeader header;
} RoundsTableOptions;

/** RoundsTableSheet: one sheet of a workbook. */
typedef struct
{
  char *name;              /* (owned) */
  guint64 n_rows;          /* without the empty ones at the end */
  guint n_columns;         /* likewise */
  guint64 n_errors;        /* cells such as #N/A, which are read as empty */
  RoundsMojibake mojibake; /* that its texts have suffered, and which is mended unless the options say "UTF-8" */
} RoundsTableSheet;

/**
 * RoundsTableFile:
 *
 * A file of contacts of any supported format, told by what is in it and not by its name. It is known once it is open,
 * and can then be read several times from the first row to the last. Does not change; any thread.
 */
#define ROUNDS_TYPE_TABLE_FILE (rounds_table_file_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTableFile, rounds_table_file, ROUNDS, TABLE_FILE, GObject)

RoundsTableFile *rounds_table_file_open (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable,
                                         GError **error);
RoundsTableReader *rounds_table_file_read (RoundsTableFile *self, GCancellable *cancellable, GError **error);

GFile *rounds_table_file_get_file (RoundsTableFile *self);
RoundsTableFormat rounds_table_file_get_format (RoundsTableFile *self);
const char *rounds_table_file_get_encoding (RoundsTableFile *self);
char rounds_table_file_get_delimiter (RoundsTableFile *self);
const RoundsTableSheet *rounds_table_file_get_sheets (RoundsTableFile *self, guint *n_sheets);
const RoundsTableSheet *rounds_table_file_get_sheet (RoundsTableFile *self);

char *rounds_table_file_describe_errors (RoundsTableFile *self);

G_END_DECLS
