/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-workbook-reader.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gfiledescriptorbased.h>
#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rounds-csv-reader.h"
#include "rounds-error.h"
#include "rounds-text-decoder.h"
#include "rounds-workbook-exit.h"

#define PROGRAM "rounds-table-reader"
/* Where programs that run from the build folder find it. */
#define FOLDER_VARIABLE "ROUNDS_LIBEXECDIR"
#define COPY_SIZE (64 * 1024)

struct _RoundsWorkbookReader
{
  GObject parent_instance;

  GSubprocess *process;     /* (owned) */
  RoundsCsvReader *csv;     /* (owned): what the process writes */
  gboolean has_been_waited; /* for the process, which ended well */
};

static void rounds_workbook_reader_table_reader_init (RoundsTableReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsWorkbookReader, rounds_workbook_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_TABLE_READER,
                                                      rounds_workbook_reader_table_reader_init))

/* What it ended with is for people here; a process that was killed has read something that nobody means well with. */
static void
set_exit_error (GError **error, int status)
{
  switch (status)
    {
    case ROUNDS_WORKBOOK_NONE:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The file is not a workbook of a kind that Rounds reads. Save it as XLSX, ODS or CSV."));
      break;
    case ROUNDS_WORKBOOK_PASSWORD:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The workbook is protected by a password. Save it without one and choose it again."));
      break;
    case ROUNDS_WORKBOOK_TOO_LARGE:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The workbook is too large. Save the sheet with the contacts by itself, as CSV."));
      break;
    case ROUNDS_WORKBOOK_TOO_OLD:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The workbook is of Excel 95 or older. Open it in a newer program and save it as XLSX."));
      break;
    case ROUNDS_WORKBOOK_NO_SHEET:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The workbook has no such sheet."));
      break;
    case ROUNDS_WORKBOOK_UNCONFINED:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED,
                           _ ("Workbooks cannot be read safely on this system. Save the sheet as CSV."));
      break;
    case ROUNDS_WORKBOOK_DAMAGED:
    default:
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The workbook is damaged. Open it in a spreadsheet program and save it again."));
    }
}

static gboolean
copy_stream (GInputStream *input, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (fd, FALSE);
  gsize total = 0;
  gssize count;

  do
    {
      char block[COPY_SIZE];
      GError *local = NULL;

      count = g_input_stream_read (input, block, sizeof block, cancellable, &local);
      if (count < 0 || !g_output_stream_write_all (output, block, count, NULL, cancellable, &local))
        {
          return rounds_propagate_read_error (error, local);
        }
      total += count;
    }
  while (count > 0 && total <= ROUNDS_WORKBOOK_MAX_FILE_SIZE);
  if (total > ROUNDS_WORKBOOK_MAX_FILE_SIZE)
    set_exit_error (error, ROUNDS_WORKBOOK_TOO_LARGE);
  return total <= ROUNDS_WORKBOOK_MAX_FILE_SIZE;
}

/* The process cannot open files, let alone those of other machines, and gets those as a copy in memory. */
static int
copy_to_memory (GInputStream *input, GCancellable *cancellable, GError **error)
{
  int fd = memfd_create (PROGRAM, MFD_CLOEXEC);

  if (fd < 0)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The file cannot be read: %s."), g_strerror (errno));
  else if (!copy_stream (input, fd, cancellable, error))
    {
      close (fd);
      fd = -1;
    }
  return fd;
}

static int
open_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  struct stat status;
  GError *local = NULL;
  int fd = -1;

  stream = g_file_read (file, cancellable, &local);
  if (stream == NULL)
    {
      rounds_propagate_read_error (error, local);
      return -1;
    }
  if (G_IS_FILE_DESCRIPTOR_BASED (stream))
    fd = g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream));
  if (fd < 0 || fstat (fd, &status) != 0 || !S_ISREG (status.st_mode))
    return copy_to_memory (G_INPUT_STREAM (stream), cancellable, error);

  fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  if (fd < 0)
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The file cannot be read: %s."), g_strerror (errno));
  return fd;
}

static GSubprocess *
start_process (GFile *file, const char *verb, const char *argument, GCancellable *cancellable, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  const char *folder = g_getenv (FOLDER_VARIABLE);
  g_autofree char *program = g_build_filename (folder != NULL ? folder : LIBEXECDIR, PROGRAM, NULL);
  char *environment[] = { NULL };
  GSubprocess *process;
  GError *local = NULL;
  int fd = open_file (file, cancellable, error);

  if (fd < 0)
    return NULL;
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_take_stdin_fd (launcher, fd);
  process = g_subprocess_launcher_spawn (launcher, &local, program, verb, argument, NULL);
  if (process == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED,
                   _ ("The part of Rounds that reads workbooks cannot be started: %s."), local->message);
      g_error_free (local);
    }
  return process;
}

/* Whether the process, which has closed its end, has done what it should. */
static gboolean
wait_for_process (GSubprocess *process, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;

  if (!g_subprocess_wait (process, cancellable, &local))
    {
      return rounds_propagate_read_error (error, local);
    }
  if (g_subprocess_get_successful (process))
    return TRUE;
  set_exit_error (error, g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                              : ROUNDS_WORKBOOK_DAMAGED);
  return FALSE;
}

static gboolean
rounds_workbook_reader_read (RoundsTableReader *reader, RoundsTableRow *row, GCancellable *cancellable, GError **error)
{
  RoundsWorkbookReader *self = ROUNDS_WORKBOOK_READER (reader);
  GError *local = NULL;

  if (rounds_table_reader_read (ROUNDS_TABLE_READER (self->csv), row, cancellable, &local))
    return TRUE;
  if (local != NULL)
    g_propagate_error (error, local);
  else if (!self->has_been_waited)
    self->has_been_waited = wait_for_process (self->process, cancellable, error);
  return FALSE;
}

static void
rounds_workbook_reader_finalize (GObject *object)
{
  RoundsWorkbookReader *self = ROUNDS_WORKBOOK_READER (object);

  if (self->process != NULL && !self->has_been_waited)
    g_subprocess_force_exit (self->process);
  g_clear_object (&self->csv);
  g_clear_object (&self->process);

  G_OBJECT_CLASS (rounds_workbook_reader_parent_class)->finalize (object);
}

static void
rounds_workbook_reader_class_init (RoundsWorkbookReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_workbook_reader_finalize;
}

static void
rounds_workbook_reader_init (RoundsWorkbookReader *self)
{
}

static void
rounds_workbook_reader_table_reader_init (RoundsTableReaderInterface *iface)
{
  iface->read = rounds_workbook_reader_read;
}

static RoundsWorkbookReader *
open_verb (GFile *file, const char *verb, const char *argument, const char *encoding, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (RoundsWorkbookReader) self = g_object_new (ROUNDS_TYPE_WORKBOOK_READER, NULL);

  self->process = start_process (file, verb, argument, cancellable, error);
  if (self->process == NULL)
    return NULL;
  self->csv = rounds_csv_reader_new (g_subprocess_get_stdout_pipe (self->process), encoding, ',', cancellable, error);
  return self->csv != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * rounds_workbook_reader_open:
 * @file: a workbook
 * @sheet: which of its sheets, from 0
 * @encoding: "UTF-8", or that by which texts are mended that were encoded twice
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CANCELLED, %ROUNDS_ERROR_FAILED; what is wrong with
 *   the workbook itself (damaged, protected, too large, too old, none at all) comes with the first row and is
 *   %ROUNDS_ERROR_INVALID
 *
 * Returns: (transfer full) (nullable): a reader at the first row
 */
RoundsWorkbookReader *
rounds_workbook_reader_open (GFile *file, guint sheet, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autofree char *argument = g_strdup_printf ("%u", sheet);

  return open_verb (file, "rows", argument, encoding, cancellable, error);
}

static gboolean
parse_format (const RoundsTableRow *row, RoundsTableFormat *format)
{
  static const struct
  {
    const char *name;
    RoundsTableFormat format;
  } formats[] = { { "xls", ROUNDS_TABLE_XLS }, { "xlsx", ROUNDS_TABLE_XLSX }, { "ods", ROUNDS_TABLE_ODS } };

  for (guint i = 0; row->n_cells == 1 && i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (row->cells[0], formats[i].name))
      {
        *format = formats[i].format;
        return TRUE;
      }
  return FALSE;
}

static gboolean
parse_sheet (const RoundsTableRow *row, GArray *sheets)
{
  RoundsTableSheet sheet = { 0 };

  if (row->n_cells != 5 || row->problem != NULL)
    return FALSE;
  sheet.name = g_strdup (row->cells[0]);
  sheet.n_rows = g_ascii_strtoull (row->cells[1], NULL, 10);
  sheet.n_columns = g_ascii_strtoull (row->cells[2], NULL, 10);
  sheet.n_errors = g_ascii_strtoull (row->cells[3], NULL, 10);
  sheet.mojibake = g_str_equal (row->cells[4], "1")   ? ROUNDS_MOJIBAKE_WINDOWS
                   : g_str_equal (row->cells[4], "2") ? ROUNDS_MOJIBAKE_MAC
                                                      : ROUNDS_MOJIBAKE_NONE;
  g_array_append_val (sheets, sheet);
  return TRUE;
}

/**
 * rounds_workbook_reader_list:
 * @file: a workbook
 * @format: (out): which kind it is
 * @sheets: of #RoundsTableSheet; takes the workbook's sheets at its end
 * @error: (out) (optional): as rounds_workbook_reader_open(), with all that is wrong with the workbook
 *
 * Reads the whole workbook to count what is in its sheets. Blocks.
 */
gboolean
rounds_workbook_reader_list (GFile *file, RoundsTableFormat *format, GArray *sheets, GCancellable *cancellable,
                             GError **error)
{
  g_autoptr (RoundsWorkbookReader) self = open_verb (file, "list", NULL, "UTF-8", cancellable, error);
  GError *local = NULL;
  gboolean has_format = FALSE;
  gboolean is_sane = TRUE;
  RoundsTableRow row;

  if (self == NULL)
    return FALSE;
  while (is_sane && rounds_table_reader_read (ROUNDS_TABLE_READER (self), &row, cancellable, &local))
    {
      is_sane = has_format ? parse_sheet (&row, sheets) : parse_format (&row, format);
      has_format = TRUE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  if (!is_sane || !has_format)
    set_exit_error (error, ROUNDS_WORKBOOK_DAMAGED);
  return is_sane && has_format;
}
