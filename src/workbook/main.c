/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rounds-table-reader reads a workbook from its standard input, which must be a file, and writes comma-separated
 * values: "list": the format, then name, rows, columns and errors of each sheet; "rows N": what is in sheet N, from 0.
 * It is a program of its own because workbooks come from anywhere; see rounds-workbook-sandbox.c. How it ends says
 * rounds-workbook-exit.h. */

#include <fcntl.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rounds-workbook-sandbox.h"
#include "rounds-workbook.h"
#include "rounds-zip-xml.h"

static gboolean
parse_arguments (int n, char **arguments, int *wanted)
{
  guint64 number;

  *wanted = -1;
  if (n == 2 && g_str_equal (arguments[1], "list"))
    return TRUE;
  if (n != 3 || !g_str_equal (arguments[1], "rows")
      || !g_ascii_string_to_unsigned (arguments[2], 10, 0, ROUNDS_WORKBOOK_MAX_SHEETS, &number, NULL))
    return FALSE;
  *wanted = (int) number;
  return TRUE;
}

static void
read_workbook (RoundsWorkbook *workbook, int fd)
{
  guint8 start[8] = { 0 };
  struct stat status;

  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    rounds_workbook_fail (ROUNDS_WORKBOOK_USAGE);
  if (status.st_size > ROUNDS_WORKBOOK_MAX_FILE_SIZE)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
  if (lseek (fd, 0, SEEK_SET) != 0 || read (fd, start, sizeof start) < 4)
    rounds_workbook_fail (ROUNDS_WORKBOOK_NONE);

  if (memcmp (start, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
    rounds_xls_read (workbook, fd);
  else if (start[0] == 0x09 && start[2] <= 0x10 && start[3] == 0 && (start[1] & 0xf1) == 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_OLD);
  else if (memcmp (start, "PK\3\4", 4) != 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_NONE);
  else
    {
      rounds_zip_check (fd);
      if (rounds_zip_has (fd, "[Content_Types].xml"))
        rounds_xlsx_read (workbook, fd);
      else if (rounds_zip_has (fd, "content.xml"))
        rounds_ods_read (workbook, fd);
      else
        rounds_workbook_fail (rounds_zip_has (fd, "encrypted-package") ? ROUNDS_WORKBOOK_PASSWORD
                                                                       : ROUNDS_WORKBOOK_NONE);
    }
}

int
main (int argc, char **argv)
{
  g_auto (RoundsWorkbook) workbook = { 0 };
  int wanted;

  if (!parse_arguments (argc, argv, &wanted))
    return ROUNDS_WORKBOOK_USAGE;
  if (!rounds_workbook_sandbox_enter ())
    return ROUNDS_WORKBOOK_UNCONFINED;

  rounds_workbook_init (&workbook, wanted);
  read_workbook (&workbook, STDIN_FILENO);
  if (wanted < 0)
    rounds_workbook_write_list (&workbook, STDOUT_FILENO);
  else if ((guint) wanted < workbook.sheets->len)
    rounds_sheet_write (workbook.sheets->pdata[wanted], STDOUT_FILENO);
  else
    return ROUNDS_WORKBOOK_NO_SHEET;
  return ROUNDS_WORKBOOK_OK;
}
