/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "rounds-mojibake.h"
#include "rounds-workbook-exit.h"

G_BEGIN_DECLS

/* What spreadsheets themselves can hold. */
#define ROUNDS_SHEET_MAX_ROWS 1048576
#define ROUNDS_SHEET_MAX_COLUMNS 16384
#define ROUNDS_WORKBOOK_MAX_SHEETS 1024

/**
 * RoundsSheet:
 *
 * One sheet as a table of text. Only cells that hold something are in it, so that what is empty at the end or under a
 * merged cell does not count.
 */
typedef struct
{
  char *name; /* (owned) */
  gboolean is_kept;
  GString *text; /* (owned): the cells' texts, each ended by NUL */
  GArray *cells; /* (owned) of RoundsSheetCell */
  gboolean is_unordered;
  guint32 n_rows;
  guint32 n_columns;
  guint64 n_errors;
  RoundsMojibakeEvidence windows; /* that its texts were encoded twice */
  RoundsMojibakeEvidence mac;
} RoundsSheet;

/**
 * RoundsWorkbook:
 * @format: its name, in small letters
 * @wanted: the sheet whose cells are to be kept; -1 to count the cells of all only
 *
 * What the readers of the formats fill. They end the program where a file cannot be read.
 */
typedef struct
{
  int wanted;
  const char *format;
  GPtrArray *sheets; /* (owned) of RoundsSheet */
} RoundsWorkbook;

G_NORETURN void rounds_workbook_fail (RoundsWorkbookExit why);

void rounds_workbook_init (RoundsWorkbook *self, int wanted);
void rounds_workbook_clear (RoundsWorkbook *self);
RoundsSheet *rounds_workbook_add_sheet (RoundsWorkbook *self, const char *name);

void rounds_sheet_add (RoundsSheet *self, gsize row, gsize column, const char *text);
void rounds_sheet_add_error (RoundsSheet *self, gsize row, gsize column);
void rounds_sheet_write (RoundsSheet *self, int fd);
void rounds_workbook_write_list (RoundsWorkbook *self, int fd);

void rounds_xls_read (RoundsWorkbook *workbook, int fd);
void rounds_xlsx_read (RoundsWorkbook *workbook, int fd);
void rounds_ods_read (RoundsWorkbook *workbook, int fd);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsWorkbook, rounds_workbook_clear)

G_END_DECLS
