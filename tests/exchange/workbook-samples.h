/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The workbooks in data/spreadsheets, and reading them. */

#pragma once

#include "rounds-table-file.h"

G_BEGIN_DECLS

/* Returns: (transfer full): the path of that one */
char *workbook_find_sample (const char *name);

/* Opens the @sheet (nullable) of a file. */
RoundsTableFile *workbook_try_open (const char *path, const char *sheet, GError **error);

/* Returns: (transfer full) (nullable): all rows, each an array of its cells; NULL if the file ends in an error */
GPtrArray *workbook_try_read (RoundsTableReader *reader, GError **error);

G_END_DECLS
