/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-xlsx-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "rounds-error.h"
#include "rounds-time.h"

#define LONGEST_TEXT 32767 /* characters in a cell */
#define FIRST_YEAR 1900    /* before it the format has no dates */
#define CHECK_ROWS 1000    /* after so many it is looked whether the disk still takes them */

/* libxlsxwriter does not say when its own files could not be written (it ignores what fwrite() returns), which on a
 * full disk would be a workbook without some of its rows. So the rows in the finished file are counted. */
struct _RoundsXlsxWriter
{
  GObject parent_instance;

  GOutputStream *stream;  /* (owned) */
  int file;               /* where the library writes the workbook; has no name */
  lxw_workbook *workbook; /* (owned) (nullable) */
  lxw_worksheet *sheet;   /* (not owned) */
  lxw_format *heading;    /* (not owned) */
  lxw_format *text;       /* (not owned) */
  lxw_format *date;       /* (not owned) */
  lxw_format *moment;     /* (not owned) */
  lxw_row_t next_row;
  guint64 n_rows; /* of all sheets, headings too */
};

static void table_writer_iface_init (RoundsTableWriterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsXlsxWriter, rounds_xlsx_writer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_TABLE_WRITER, table_writer_iface_init))

static gboolean
fail (GError **error, int number)
{
  g_autoptr (GError) cause =
    g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_errno (number), g_strerror (number));

  rounds_set_file_error (error, cause);
  return FALSE;
}

static gboolean
fail_cell (GError **error, lxw_error result)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The workbook cannot be written. (%s)"),
               lxw_strerror (result));
  return FALSE;
}

/* In the cache folder rather than in /tmp, which is memory on many machines. */
static gboolean
open_workbook (RoundsXlsxWriter *self, GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "rounds", NULL);
  g_autofree char *path = g_build_filename (folder, "export-XXXXXX", NULL);
  g_autofree char *name = NULL;
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder, .use_zip64 = LXW_FALSE };

  if (g_mkdir_with_parents (folder, 0700) != 0 || (self->file = g_mkstemp (path)) < 0)
    return fail (error, errno);
  g_unlink (path);

  name = g_strdup_printf ("/proc/self/fd/%d", self->file);
  self->workbook = workbook_new_opt (name, &options);
  if (self->workbook == NULL)
    return fail (error, ENOMEM);

  self->heading = workbook_add_format (self->workbook);
  format_set_bold (self->heading);
  self->text = workbook_add_format (self->workbook);
  format_set_num_format (self->text, "@");
  self->date = workbook_add_format (self->workbook);
  format_set_num_format (self->date, "yyyy\\-mm\\-dd");
  self->moment = workbook_add_format (self->workbook);
  format_set_num_format (self->moment, "yyyy\\-mm\\-dd hh:mm");
  return TRUE;
}

static gboolean
add_sheet (RoundsXlsxWriter *self, const RoundsTableColumn *columns, guint n_columns, GError **error)
{
  self->sheet = workbook_add_worksheet (self->workbook, NULL);
  if (self->sheet == NULL)
    return fail (error, errno != 0 ? errno : ENOMEM);

  for (guint i = 0; i < n_columns; i++)
    /* What is typed into a column of texts later stays a text too: "0612345678" keeps its zero. */
    worksheet_set_column (self->sheet, (lxw_col_t) i, (lxw_col_t) i, columns[i].width,
                          columns[i].type == ROUNDS_TYPE_TEXT ? self->text : NULL);
  worksheet_freeze_panes (self->sheet, 1, 0);
  for (guint i = 0; i < n_columns; i++)
    {
      lxw_error result = worksheet_write_string (self->sheet, 0, (lxw_col_t) i, columns[i].label, self->heading);

      if (result != LXW_NO_ERROR)
        return fail_cell (error, result);
    }
  self->next_row = 1;
  self->n_rows++;
  return TRUE;
}

static gboolean
xlsx_begin (RoundsTableWriter *writer, const RoundsTableColumn *columns, guint n_columns, GCancellable *cancellable,
            GError **error)
{
  RoundsXlsxWriter *self = ROUNDS_XLSX_WRITER (writer);

  return open_workbook (self, error) && add_sheet (self, columns, n_columns, error);
}

static lxw_error
write_text (RoundsXlsxWriter *self, lxw_col_t column, const char *text)
{
  g_autofree char *cut = NULL;

  if (strlen (text) > LONGEST_TEXT && g_utf8_strlen (text, -1) > LONGEST_TEXT)
    {
      g_autofree char *start = g_utf8_substring (text, 0, LONGEST_TEXT - 1);

      cut = g_strconcat (start, "…", NULL);
    }
  return worksheet_write_string (self->sheet, self->next_row, column, cut != NULL ? cut : text, self->text);
}

static lxw_error
write_date (RoundsXlsxWriter *self, lxw_col_t column, const char *text)
{
  lxw_datetime date = { 0 };

  if (!rounds_date_is_valid (text) || atoi (text) < FIRST_YEAR)
    return write_text (self, column, text);
  date.year = atoi (text);
  date.month = atoi (text + 5);
  date.day = atoi (text + 8);
  return worksheet_write_datetime (self->sheet, self->next_row, column, &date, self->date);
}

static lxw_error
write_moment (RoundsXlsxWriter *self, lxw_col_t column, gint64 instant)
{
  g_autoptr (GDateTime) local = rounds_instant_to_local (instant, NULL);
  lxw_datetime moment = { 0 };

  if (local == NULL || g_date_time_get_year (local) < FIRST_YEAR)
    {
      g_autofree char *text = rounds_instant_to_string (instant);

      return write_text (self, column, text);
    }
  moment.year = g_date_time_get_year (local);
  moment.month = g_date_time_get_month (local);
  moment.day = g_date_time_get_day_of_month (local);
  moment.hour = g_date_time_get_hour (local);
  moment.min = g_date_time_get_minute (local);
  moment.sec = g_date_time_get_second (local);
  return worksheet_write_datetime (self->sheet, self->next_row, column, &moment, self->moment);
}

static lxw_error
write_cell (RoundsXlsxWriter *self, lxw_col_t column, const RoundsTableColumn *info, const RoundsValue *cell)
{
  g_autofree char *text = NULL;

  if (rounds_value_is_null (cell))
    return LXW_NO_ERROR;
  if (cell->kind == ROUNDS_VALUE_TEXT && info->type == ROUNDS_TYPE_DATE)
    return write_date (self, column, cell->as.text);
  if (cell->kind == ROUNDS_VALUE_INTEGER && info->type == ROUNDS_TYPE_INSTANT)
    return write_moment (self, column, cell->as.integer);
  if (cell->kind == ROUNDS_VALUE_INTEGER && info->type == ROUNDS_TYPE_BOOLEAN)
    return worksheet_write_boolean (self->sheet, self->next_row, column, cell->as.integer != 0, NULL);
  if (cell->kind == ROUNDS_VALUE_INTEGER)
    return worksheet_write_number (self->sheet, self->next_row, column, (double) cell->as.integer, NULL);
  if (cell->kind == ROUNDS_VALUE_REAL)
    return worksheet_write_number (self->sheet, self->next_row, column, cell->as.real, NULL);

  text = rounds_table_cell_to_text (info, cell);
  return *text != '\0' ? write_text (self, column, text) : LXW_NO_ERROR;
}

/* The row that is being made is still in memory; what is before it is in the library's file. */
static gboolean
check_disk (RoundsXlsxWriter *self, GError **error)
{
  errno = 0;
  if (fflush (self->sheet->file) == 0 && !ferror (self->sheet->file))
    return TRUE;
  return fail (error, errno != 0 ? errno : ENOSPC);
}

static gboolean
xlsx_write (RoundsTableWriter *writer, const RoundsTableColumn *columns, const RoundsValue *cells, guint n_columns,
            GCancellable *cancellable, GError **error)
{
  RoundsXlsxWriter *self = ROUNDS_XLSX_WRITER (writer);

  if (self->next_row >= LXW_ROW_MAX && (!check_disk (self, error) || !add_sheet (self, columns, n_columns, error)))
    return FALSE;
  for (guint i = 0; i < n_columns; i++)
    {
      lxw_error result = write_cell (self, (lxw_col_t) i, &columns[i], &cells[i]);

      if (result != LXW_NO_ERROR)
        return fail_cell (error, result);
    }
  /* A row without any cell would not be in the file. */
  worksheet_set_row (self->sheet, self->next_row, LXW_DEF_ROW_HEIGHT, NULL);
  self->next_row++;
  self->n_rows++;
  return self->n_rows % CHECK_ROWS != 0 || check_disk (self, error);
}

/* How often "<row " is in the sheets of the workbook; text cannot look so, as "<" in it is "&lt;". */
static gint64
count_rows (RoundsXlsxWriter *self)
{
  static const char mark[] = "<row ";
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gint64 n_rows = 0;
  int result;

  archive_read_support_format_zip (archive);
  lseek (self->file, 0, SEEK_SET);
  result = archive_read_open_fd (archive, self->file, 65536);
  while (result == ARCHIVE_OK && (result = archive_read_next_header (archive, &entry)) == ARCHIVE_OK)
    {
      char block[65536];
      la_ssize_t length;
      guint matched = 0;

      if (!g_str_has_prefix (archive_entry_pathname (entry), "xl/worksheets/sheet"))
        continue;
      while ((length = archive_read_data (archive, block, sizeof block)) > 0)
        for (la_ssize_t i = 0; i < length; i++)
          {
            matched = block[i] == mark[matched] ? matched + 1 : block[i] == mark[0] ? 1 : 0;
            if (mark[matched] == '\0')
              {
                n_rows++;
                matched = 0;
              }
          }
      if (length < 0)
        result = ARCHIVE_FATAL;
    }
  archive_read_free (archive);
  return result == ARCHIVE_EOF ? n_rows : -1;
}

static gboolean
xlsx_end (RoundsTableWriter *writer, GCancellable *cancellable, GError **error)
{
  RoundsXlsxWriter *self = ROUNDS_XLSX_WRITER (writer);
  g_autoptr (GInputStream) file = NULL;
  g_autoptr (GError) cause = NULL;
  lxw_error result;

  if (!check_disk (self, error))
    return FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, &cause))
    {
      rounds_set_file_error (error, cause);
      return FALSE;
    }
  errno = 0;
  self->sheet = NULL;
  result = workbook_close (g_steal_pointer (&self->workbook));
  if (result != LXW_NO_ERROR && errno != ENOSPC)
    return fail_cell (error, result);
  if (result != LXW_NO_ERROR || count_rows (self) != (gint64) self->n_rows)
    return fail (error, ENOSPC);

  lseek (self->file, 0, SEEK_SET);
  file = g_unix_input_stream_new (self->file, FALSE);
  if (g_output_stream_splice (self->stream, file, G_OUTPUT_STREAM_SPLICE_NONE, cancellable, &cause) >= 0)
    return TRUE;
  rounds_set_file_error (error, cause);
  return FALSE;
}

static void
table_writer_iface_init (RoundsTableWriterInterface *iface)
{
  iface->begin = xlsx_begin;
  iface->write = xlsx_write;
  iface->end = xlsx_end;
}

static void
rounds_xlsx_writer_finalize (GObject *object)
{
  RoundsXlsxWriter *self = ROUNDS_XLSX_WRITER (object);

  g_clear_pointer (&self->workbook, lxw_workbook_free);
  if (self->file >= 0)
    close (self->file);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (rounds_xlsx_writer_parent_class)->finalize (object);
}

static void
rounds_xlsx_writer_class_init (RoundsXlsxWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_xlsx_writer_finalize;
}

static void
rounds_xlsx_writer_init (RoundsXlsxWriter *self)
{
  self->file = -1;
}

/**
 * rounds_xlsx_writer_new:
 * @stream: gets the workbook at the end; not closed by the writer
 */
RoundsXlsxWriter *
rounds_xlsx_writer_new (GOutputStream *stream)
{
  RoundsXlsxWriter *self = g_object_new (ROUNDS_TYPE_XLSX_WRITER, NULL);

  self->stream = g_object_ref (stream);
  return self;
}
