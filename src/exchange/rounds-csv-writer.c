/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-csv-writer.h"

#include <string.h>

#include "rounds-table-writer.h"

/* Rows are gathered up to this size before they go to the stream. */
#define BLOCK_SIZE (64 * 1024)

struct _RoundsCsvWriter
{
  GObject parent_instance;

  GOutputStream *stream; /* (owned) */
  GString *pending;      /* (owned): what the stream has not been given yet */
};

static void table_writer_iface_init (RoundsTableWriterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsCsvWriter, rounds_csv_writer, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_TABLE_WRITER, table_writer_iface_init))

static void
append_cell (GString *row, const char *cell)
{
  gboolean formula = rounds_csv_looks_like_formula (cell);

  if (!formula && strpbrk (cell, ",\"\r\n") == NULL)
    {
      g_string_append (row, cell);
      return;
    }

  g_string_append_c (row, '"');
  if (formula)
    g_string_append_c (row, '\'');
  for (const char *p = cell; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *p);
    }
  g_string_append_c (row, '"');
}

/* RoundsTableWriter */

static gboolean
csv_begin (RoundsTableWriter *writer, const RoundsTableColumn *columns, guint n_columns, GCancellable *cancellable,
           GError **error)
{
  g_autofree const char **labels = g_new (const char *, n_columns);

  for (guint i = 0; i < n_columns; i++)
    labels[i] = columns[i].label;
  return rounds_csv_writer_write_row (ROUNDS_CSV_WRITER (writer), labels, n_columns, cancellable, error);
}

static gboolean
csv_write (RoundsTableWriter *writer, const RoundsTableColumn *columns, const RoundsValue *cells, guint n_columns,
           GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) texts = g_new0 (char *, n_columns + 1);

  for (guint i = 0; i < n_columns; i++)
    {
      texts[i] = rounds_table_cell_to_text (&columns[i], &cells[i]);
      if (texts[i] == NULL)
        texts[i] = g_strdup ("");
    }
  return rounds_csv_writer_write_row (ROUNDS_CSV_WRITER (writer), (const char *const *) texts, n_columns, cancellable,
                                      error);
}

static gboolean
csv_end (RoundsTableWriter *writer, GCancellable *cancellable, GError **error)
{
  return rounds_csv_writer_flush (ROUNDS_CSV_WRITER (writer), cancellable, error);
}

static void
table_writer_iface_init (RoundsTableWriterInterface *iface)
{
  iface->begin = csv_begin;
  iface->write = csv_write;
  iface->end = csv_end;
}

static void
rounds_csv_writer_finalize (GObject *object)
{
  RoundsCsvWriter *self = ROUNDS_CSV_WRITER (object);

  g_clear_object (&self->stream);
  g_string_free (self->pending, TRUE);

  G_OBJECT_CLASS (rounds_csv_writer_parent_class)->finalize (object);
}

static void
rounds_csv_writer_class_init (RoundsCsvWriterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_csv_writer_finalize;
}

static void
rounds_csv_writer_init (RoundsCsvWriter *self)
{
  self->pending = g_string_sized_new (BLOCK_SIZE);
}

/**
 * rounds_csv_writer_new:
 * @stream: where the bytes go; not closed by the writer
 */
RoundsCsvWriter *
rounds_csv_writer_new (GOutputStream *stream)
{
  RoundsCsvWriter *self = g_object_new (ROUNDS_TYPE_CSV_WRITER, NULL);

  self->stream = g_object_ref (stream);
  return self;
}

/**
 * rounds_csv_writer_write_row:
 * @cells: (array length=n_cells): UTF-8; %NULL is an empty cell
 * @error: (out) (optional): %ROUNDS_ERROR_NO_SPACE, %ROUNDS_ERROR_CANCELLED or %ROUNDS_ERROR_FAILED
 *
 * Adds a row. It may reach the stream only with rounds_csv_writer_flush(), which the caller does at the end.
 */
gboolean
rounds_csv_writer_write_row (RoundsCsvWriter *self, const char *const *cells, gsize n_cells, GCancellable *cancellable,
                             GError **error)
{
  for (gsize i = 0; i < n_cells; i++)
    {
      if (i > 0)
        g_string_append_c (self->pending, ',');
      if (cells[i] != NULL)
        append_cell (self->pending, cells[i]);
    }
  /* A row of one empty cell would otherwise be an empty line, which readers pass over. */
  if (n_cells == 1 && (cells[0] == NULL || *cells[0] == '\0'))
    g_string_append (self->pending, "\"\"");
  g_string_append (self->pending, "\r\n");

  return self->pending->len < BLOCK_SIZE || rounds_csv_writer_flush (self, cancellable, error);
}

/**
 * rounds_csv_writer_flush:
 * @error: (out) (optional): as rounds_csv_writer_write_row()
 *
 * Gives all rows to the stream.
 */
gboolean
rounds_csv_writer_flush (RoundsCsvWriter *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (g_output_stream_write_all (self->stream, self->pending->str, self->pending->len, NULL, cancellable, &local)
      && g_output_stream_flush (self->stream, cancellable, &local))
    {
      g_string_truncate (self->pending, 0);
      return TRUE;
    }
  rounds_set_file_error (error, local);
  return FALSE;
}

/**
 * rounds_csv_writer_mark_encoding:
 *
 * Begins the file with a byte order mark, without which Excel takes UTF-8 for the encoding of the country; before the
 * first row.
 */
void
rounds_csv_writer_mark_encoding (RoundsCsvWriter *self)
{
  g_string_append (self->pending, "\xEF\xBB\xBF");
}

/**
 * rounds_csv_looks_like_formula:
 * @text: a cell
 *
 * Returns: whether spreadsheets may run @text as a formula when they open it; the writer puts an apostrophe before
 *   such a cell, and the import takes it away again (OWASP, CSV injection)
 */
gboolean
rounds_csv_looks_like_formula (const char *text)
{
  return *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
}
