/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-table-file.h"

#include <glib/gi18n-lib.h>

#include "rounds-csv-reader.h"

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
 *   encoding that is not known, %ROUNDS_ERROR_CANCELLED, %ROUNDS_ERROR_FAILED
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
  if (!open_csv (self, options != NULL ? options : &nothing, cancellable, error))
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
  RoundsCsvReader *reader = rounds_csv_reader_open (self->file, self->encoding, self->delimiter, cancellable, error);

  return reader != NULL ? ROUNDS_TABLE_READER (reader) : NULL;
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

/** rounds_table_file_get_encoding: (nullable): the encoding that it is read in; %NULL for workbooks, which tell. */
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

/** rounds_table_format_get_label: what people call the format, translated. */
const char *
rounds_table_format_get_label (RoundsTableFormat format)
{
  switch (format)
    {
    case ROUNDS_TABLE_CSV:
      return _ ("Comma-separated values");
    case ROUNDS_TABLE_XLS:
      return _ ("Excel 97–2003 workbook");
    case ROUNDS_TABLE_XLSX:
      return _ ("Excel workbook");
    case ROUNDS_TABLE_ODS:
      return _ ("OpenDocument spreadsheet");
    case ROUNDS_TABLE_VCARD:
      return _ ("vCard contacts");
    default:
      g_assert_not_reached ();
    }
}
