/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-table-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-csv-reader.h"
#include "rounds-error.h"
#include "rounds-text-decoder.h"
#include "rounds-vcard-reader.h"
#include "rounds-workbook-reader.h"

/* Enough to tell the format by. */
#define START_SIZE 4096

/* More than one NUL in so many bytes and a few more, and it is no text; fewer are a slip in some row. */
#define LEAST_SHARE 500
#define SLIPS 4

struct _RoundsTableFile
{
  GObject parent_instance;

  GFile *file; /* (owned) */
  RoundsTableFormat format;
  char *encoding; /* (owned) (nullable) */
  char delimiter; /* 0 where there is none */
  GArray *sheets; /* (owned) of RoundsTableSheet */
  guint sheet;    /* in sheets, if there are any */
};

G_DEFINE_FINAL_TYPE (RoundsTableFile, rounds_table_file, G_TYPE_OBJECT)

static gboolean
open_csv (RoundsTableFile *self, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsCsvReader) reader =
    rounds_csv_reader_open (self->file, options->encoding, options->delimiter, cancellable, error);

  if (reader == NULL)
    return FALSE;
  self->encoding = g_strdup (rounds_csv_reader_get_encoding (reader));
  self->delimiter = rounds_csv_reader_get_delimiter (reader);
  return TRUE;
}

static gboolean
open_vcard (RoundsTableFile *self, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsVcardReader) reader = rounds_vcard_reader_open (self->file, options->encoding, cancellable, error);

  if (reader == NULL)
    return FALSE;
  self->format = ROUNDS_TABLE_VCARD;
  self->encoding = g_strdup (rounds_vcard_reader_get_encoding (reader));
  return TRUE;
}

static guint
find_filled_sheet (RoundsTableFile *self)
{
  for (guint i = 0; i < self->sheets->len; i++)
    if (g_array_index (self->sheets, RoundsTableSheet, i).n_rows > 0)
      return i;
  return 0;
}

static gboolean
choose_sheet (RoundsTableFile *self, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  self->sheet = find_filled_sheet (self);
  if (name == NULL)
    return TRUE;
  for (guint i = 0; i < self->sheets->len; i++)
    {
      const RoundsTableSheet *sheet = &g_array_index (self->sheets, RoundsTableSheet, i);

      if (g_str_equal (sheet->name, name))
        {
          self->sheet = i;
          return TRUE;
        }
      g_string_append_printf (names, i == 0 ? "%s" : ", %s", sheet->name);
    }
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("The workbook has no sheet “%s”. It has: %s."), name,
               names->str);
  return FALSE;
}

/* A workbook says itself what its texts are in; but they may have been spoilt before they came there. */
static gboolean
choose_repair (RoundsTableFile *self, const char *encoding, GError **error)
{
  RoundsMojibake mojibake =
    encoding != NULL ? rounds_text_encoding_get_mojibake (encoding) : rounds_table_file_get_sheet (self)->mojibake;

  if (encoding != NULL && mojibake == ROUNDS_MOJIBAKE_NONE && g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("A workbook tells its encoding itself. No other can be chosen."));
      return FALSE;
    }
  /* Whoever has chosen to have nothing mended must be able to choose again. */
  self->encoding = g_strdup (
    mojibake == ROUNDS_MOJIBAKE_NONE && encoding != NULL ? "UTF-8" : rounds_text_encoding_of_mojibake (mojibake));
  return TRUE;
}

static gboolean
open_workbook (RoundsTableFile *self, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  if (!rounds_workbook_reader_list (self->file, &self->format, self->sheets, cancellable, error))
    return FALSE;
  if (self->sheets->len == 0)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("There is no sheet in the workbook."));
      return FALSE;
    }
  return choose_sheet (self, options->sheet, error) && choose_repair (self, options->encoding, error);
}

/* What the file starts with; empty if it cannot be read, about which the reader will say more. */
static gsize
read_start (GFile *file, char *start, GCancellable *cancellable)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  gsize length = 0;

  if (stream != NULL)
    g_input_stream_read_all (G_INPUT_STREAM (stream), start, START_SIZE - 1, &length, cancellable, NULL);
  start[length] = '\0';
  return length;
}

/* Compound files, zip files, and the records of Excel before it had compound files. */
static gboolean
is_workbook (const char *start, gsize length)
{
  return (length >= 8 && memcmp (start, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8) == 0)
         || (length >= 4 && (memcmp (start, "PK\3\4", 4) == 0 || memcmp (start, "PK\5\6", 4) == 0))
         || (length >= 6 && start[0] == 0x09 && start[1] >= 0 && start[1] <= 8 && start[2] >= 4 && start[2] <= 16
             && start[3] == 0);
}

/* Web pages that programs save with the name of a workbook, XML, and documents to be printed. */
static gboolean
is_markup (const char *start)
{
  static const char *const starts[] = { "<html", "<!doctype", "<?xml", "<table", "%pdf-" };

  start += strspn (start, "\xef\xbb\xbf \t\r\n");
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_ascii_strncasecmp (start, starts[i], strlen (starts[i])) == 0)
      return TRUE;
  return FALSE;
}

/* Pictures, sounds, programs: NUL is all over them. UTF-16 has it too. */
static gboolean
is_no_text (const char *start, gsize length)
{
  gsize n_nuls = 0;

  if (length >= 2 && (memcmp (start, "\xff\xfe", 2) == 0 || memcmp (start, "\xfe\xff", 2) == 0))
    return FALSE;
  if (rounds_text_encoding_guess_utf16 ((const guint8 *) start, length) != NULL)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    n_nuls += start[i] == '\0';
  return n_nuls > length / LEAST_SHARE + SLIPS;
}

/* Also in UTF-16, of which every second byte is NUL. */
static gboolean
is_vcard (const char *start, gsize length)
{
  static const char begin[] = "begin:vcard";
  gsize n = 0;

  for (gsize i = 0; i < length && n < strlen (begin); i++)
    {
      if (start[i] == '\0' || (n == 0 && strchr ("\xef\xbb\xbf\xff\xfe \t\r\n", start[i]) != NULL))
        continue;
      if (g_ascii_tolower (start[i]) != begin[n++])
        return FALSE;
    }
  return n == strlen (begin);
}

static gboolean
open_by_contents (RoundsTableFile *self, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  char start[START_SIZE];
  gsize length = read_start (self->file, start, cancellable);

  if (is_workbook (start, length))
    return open_workbook (self, options, cancellable, error);
  if (is_vcard (start, length))
    return open_vcard (self, options, cancellable, error);
  if (is_markup (start))
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
                           _ ("The file is a web page or document, whatever its name. Open it in a spreadsheet program "
                              "and save it as XLSX, ODS or CSV."));
      return FALSE;
    }
  if (is_no_text (start, length))
    {
      g_set_error_literal (
        error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID,
        _ ("The file is neither a table nor a list of vCards. Choose a CSV, XLSX, XLS, ODS or vCard file."));
      return FALSE;
    }
  return open_csv (self, options, cancellable, error);
}

static void
clear_sheet (gpointer data)
{
  g_free (((RoundsTableSheet *) data)->name);
}

static void
rounds_table_file_finalize (GObject *object)
{
  RoundsTableFile *self = ROUNDS_TABLE_FILE (object);

  g_clear_object (&self->file);
  g_free (self->encoding);
  g_array_unref (self->sheets);

  G_OBJECT_CLASS (rounds_table_file_parent_class)->finalize (object);
}

static void
rounds_table_file_class_init (RoundsTableFileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_table_file_finalize;
}

static void
rounds_table_file_init (RoundsTableFile *self)
{
  self->sheets = g_array_new (FALSE, FALSE, sizeof (RoundsTableSheet));
  g_array_set_clear_func (self->sheets, clear_sheet);
}

/**
 * rounds_table_file_open:
 * @options: (nullable): what the person says about the file; the rest is found out
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND for a file or sheet that is not there, %ROUNDS_ERROR_INVALID for an
 *   encoding that is not known or a file that cannot be read as it is (damaged, protected, too large, of another
 *   kind), %ROUNDS_ERROR_CANCELLED, %ROUNDS_ERROR_FAILED
 *
 * Blocks; any thread.
 *
 * Returns: (transfer full) (nullable): the file, with all that can be told about it
 */
RoundsTableFile *
rounds_table_file_open (GFile *file, const RoundsTableOptions *options, GCancellable *cancellable, GError **error)
{
  static const RoundsTableOptions nothing = { 0 };
  g_autoptr (RoundsTableFile) self = g_object_new (ROUNDS_TYPE_TABLE_FILE, NULL);

  self->file = g_object_ref (file);
  if (!open_by_contents (self, options != NULL ? options : &nothing, cancellable, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * rounds_table_file_read:
 * @error: (out) (optional): as rounds_table_file_open()
 *
 * Returns: (transfer full) (nullable): a reader at the first row, of which there can be several; blocks
 */
RoundsTableReader *
rounds_table_file_read (RoundsTableFile *self, GCancellable *cancellable, GError **error)
{
  switch (self->format)
    {
    case ROUNDS_TABLE_XLS:
    case ROUNDS_TABLE_XLSX:
    case ROUNDS_TABLE_ODS:
      return (RoundsTableReader *) rounds_workbook_reader_open (
        self->file, self->sheet, self->encoding != NULL ? self->encoding : "UTF-8", cancellable, error);
    case ROUNDS_TABLE_VCARD:
      return (RoundsTableReader *) rounds_vcard_reader_open (self->file, self->encoding, cancellable, error);
    case ROUNDS_TABLE_CSV:
    default:
      return (RoundsTableReader *) rounds_csv_reader_open (self->file, self->encoding, self->delimiter, cancellable,
                                                           error);
    }
}

/** rounds_table_file_get_file: the file as it was given. */
GFile *
rounds_table_file_get_file (RoundsTableFile *self)
{
  return self->file;
}

/** rounds_table_file_get_format: what it is by its contents. */
RoundsTableFormat
rounds_table_file_get_format (RoundsTableFile *self)
{
  return self->format;
}

/** rounds_table_file_get_encoding: (nullable): the encoding that it is read in; %NULL for workbooks, unless their texts
 * are mended or could be. */
const char *
rounds_table_file_get_encoding (RoundsTableFile *self)
{
  return self->encoding;
}

/** rounds_table_file_get_delimiter: what stands between the cells of a CSV file; 0 for other formats. */
char
rounds_table_file_get_delimiter (RoundsTableFile *self)
{
  return self->delimiter;
}

/** rounds_table_file_get_sheets: (array length=n_sheets): the sheets to choose from; none but in workbooks. */
const RoundsTableSheet *
rounds_table_file_get_sheets (RoundsTableFile *self, guint *n_sheets)
{
  *n_sheets = self->sheets->len;
  return (const RoundsTableSheet *) self->sheets->data;
}

/** rounds_table_file_get_sheet: (nullable): the sheet that is read; %NULL but in workbooks. */
const RoundsTableSheet *
rounds_table_file_get_sheet (RoundsTableFile *self)
{
  return self->sheet < self->sheets->len ? &g_array_index (self->sheets, RoundsTableSheet, self->sheet) : NULL;
}

/**
 * rounds_table_file_describe_errors:
 *
 * Returns: (transfer full) (nullable): a sentence that tells how many cells of the sheet hold an error and are read as
 *   empty; %NULL if none does
 */
char *
rounds_table_file_describe_errors (RoundsTableFile *self)
{
  const RoundsTableSheet *sheet = rounds_table_file_get_sheet (self);

  if (sheet == NULL || sheet->n_errors == 0)
    return NULL;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%'u cell holds an error such as #N/A and is read as empty.",
                                       "%'u cells hold an error such as #N/A and are read as empty.", sheet->n_errors),
                          (guint) MIN (sheet->n_errors, G_MAXUINT));
}
