/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-workbook.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* With their texts below, far less than the limit of memory, growing by doubling included. */
#define MAX_CELLS (16 * 1024 * 1024)
#define MAX_TEXT (256 * 1024 * 1024)
/* Cells that are written, the empty ones included: one cell far to the right makes every row that long. */
#define MAX_WRITTEN (128 * 1024 * 1024)
#define BLOCK_SIZE (64 * 1024)

typedef struct
{
  guint32 row;
  guint32 column;
  guint32 text; /* where in the sheet's text */
} RoundsSheetCell;

/**
 * rounds_workbook_fail:
 *
 * Ends the program. A process that reads one file has nothing to tidy up, and a damaged file is best not touched again.
 */
void
rounds_workbook_fail (RoundsWorkbookExit why)
{
  _exit (why);
}

static void
sheet_free (gpointer data)
{
  RoundsSheet *self = data;

  g_free (self->name);
  g_string_free (self->text, TRUE);
  g_array_unref (self->cells);
  g_free (self);
}

/** rounds_workbook_init: see #RoundsWorkbook. */
void
rounds_workbook_init (RoundsWorkbook *self, int wanted)
{
  self->wanted = wanted;
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
}

/** rounds_workbook_clear: frees what @self holds. */
void
rounds_workbook_clear (RoundsWorkbook *self)
{
  g_clear_pointer (&self->sheets, g_ptr_array_unref);
}

/**
 * rounds_workbook_add_sheet:
 * @name: UTF-8
 *
 * Returns: (transfer none): the next sheet of @self
 */
RoundsSheet *
rounds_workbook_add_sheet (RoundsWorkbook *self, const char *name)
{
  RoundsSheet *sheet = g_new0 (RoundsSheet, 1);

  if (self->sheets->len == ROUNDS_WORKBOOK_MAX_SHEETS)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
  sheet->name = g_strdup (name);
  sheet->is_kept = self->wanted == (int) self->sheets->len;
  sheet->text = g_string_new (NULL);
  sheet->cells = g_array_new (FALSE, FALSE, sizeof (RoundsSheetCell));
  g_ptr_array_add (self->sheets, sheet);
  return sheet;
}

static void
check_place (gsize row, gsize column)
{
  if (row >= ROUNDS_SHEET_MAX_ROWS || column >= ROUNDS_SHEET_MAX_COLUMNS)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
}

/**
 * rounds_sheet_add:
 * @row: from 0
 * @column: from 0
 * @text: UTF-8; where it is empty nothing is added
 */
void
rounds_sheet_add (RoundsSheet *self, gsize row, gsize column, const char *text)
{
  RoundsSheetCell cell = { row, column, self->text->len };

  if (*text == '\0')
    return;
  check_place (row, column);
  self->n_rows = MAX (self->n_rows, row + 1);
  self->n_columns = MAX (self->n_columns, column + 1);
  if (!self->is_kept)
    {
      rounds_mojibake_weigh (ROUNDS_MOJIBAKE_WINDOWS, text, strlen (text), &self->windows);
      rounds_mojibake_weigh (ROUNDS_MOJIBAKE_MAC, text, strlen (text), &self->mac);
      return;
    }

  if (self->cells->len > 0)
    {
      const RoundsSheetCell *last = &g_array_index (self->cells, RoundsSheetCell, self->cells->len - 1);

      self->is_unordered |= row < last->row || (row == last->row && column <= last->column);
    }
  g_array_append_val (self->cells, cell);
  g_string_append_len (self->text, text, strlen (text) + 1);
  if (self->cells->len > MAX_CELLS || self->text->len > MAX_TEXT)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
}

/** rounds_sheet_add_error: counts a cell such as #N/A, which holds nothing. */
void
rounds_sheet_add_error (RoundsSheet *self, gsize row, gsize column)
{
  check_place (row, column);
  self->n_errors++;
}

/* Of two cells at one place the later one comes last. */
static int
compare_cells (gconstpointer a, gconstpointer b)
{
  const RoundsSheetCell *first = a;
  const RoundsSheetCell *second = b;

  if (first->row != second->row)
    return first->row < second->row ? -1 : 1;
  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  return first->text < second->text ? -1 : first->text > second->text;
}

static void
flush (GString *output, int fd, gsize keep)
{
  gsize done = 0;

  if (output->len <= keep)
    return;
  while (done < output->len)
    {
      gssize count = write (fd, output->str + done, output->len - done);

      if (count < 0 && errno == EINTR)
        continue;
      if (count <= 0)
        rounds_workbook_fail (ROUNDS_WORKBOOK_UNWRITABLE);
      done += count;
    }
  g_string_truncate (output, 0);
}

static guint64
count_filled_rows (RoundsSheet *self)
{
  const RoundsSheetCell *cells = (const RoundsSheetCell *) self->cells->data;
  guint64 n = 0;

  for (guint i = 0; i < self->cells->len; i++)
    n += i == 0 || cells[i].row != cells[i - 1].row;
  return n;
}

/* Every text in quotes: then none can be taken for anything else. */
static void
append_quoted (GString *output, const char *text)
{
  g_string_append_c (output, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (output, '"');
      g_string_append_c (output, *p);
    }
  g_string_append_c (output, '"');
}

/**
 * rounds_sheet_write:
 *
 * Writes the sheet as comma-separated values (RFC 4180), a line for each row from the first one of the sheet to the
 * last that holds anything, so that lines count as rows do; a row that holds something has a cell for each column.
 */
void
rounds_sheet_write (RoundsSheet *self, int fd)
{
  g_autoptr (GString) output = g_string_new (NULL);
  guint32 row = 0;
  guint at = 0;

  if (self->is_unordered)
    g_array_sort (self->cells, compare_cells);
  if (count_filled_rows (self) * self->n_columns > MAX_WRITTEN)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
  for (; row < self->n_rows; row++)
    {
      const RoundsSheetCell *cells = (const RoundsSheetCell *) self->cells->data;
      gboolean holds_any = at < self->cells->len && cells[at].row == row;

      for (guint32 column = 0; holds_any && column < self->n_columns; column++)
        {
          const char *text = NULL;

          for (; at < self->cells->len && cells[at].row == row && cells[at].column == column; at++)
            text = self->text->str + cells[at].text;
          if (column > 0)
            g_string_append_c (output, ',');
          if (text != NULL)
            append_quoted (output, text);
        }
      g_string_append (output, "\r\n");
      flush (output, fd, BLOCK_SIZE);
    }
  flush (output, fd, 0);
}

/**
 * rounds_workbook_write_list:
 *
 * Writes a line with the format, and one for each sheet: name, rows, columns, errors, and by what its texts were spoilt
 * before (a number of #RoundsMojibake).
 */
void
rounds_workbook_write_list (RoundsWorkbook *self, int fd)
{
  g_autoptr (GString) output = g_string_new (NULL);

  g_string_append_printf (output, "%s\r\n", self->format);
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const RoundsSheet *sheet = self->sheets->pdata[i];

      append_quoted (output, sheet->name);
      g_string_append_printf (output, ",%u,%u,%" G_GUINT64_FORMAT ",%d\r\n", sheet->n_rows, sheet->n_columns,
                              sheet->n_errors, rounds_mojibake_judge (&sheet->windows, &sheet->mac));
    }
  flush (output, fd, 0);
}
