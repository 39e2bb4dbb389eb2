/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-vcard-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-text-decoder.h"
#include "rounds-vcard-card.h"
#include "rounds-vcard-property.h"

/* Longer lines are pictures, of which nothing is needed. */
#define MAX_LINE_SIZE (256 * 1024)
#define MAX_PROPERTIES 10000

struct _RoundsVcardReader
{
  GObject parent_instance;

  char *encoding;           /* (owned): of what is neither UTF-8 nor says what it is */
  GDataInputStream *stream; /* (owned) */
  char *line;               /* (owned) (nullable): the next line of the file; %NULL at its end */
  gsize line_length;
  guint64 number; /* of the last row */

  char *cells[ROUNDS_VCARD_N_COLUMNS];          /* (owned) (nullable): of the last row */
  const char *pointers[ROUNDS_VCARD_N_COLUMNS]; /* (not owned): to the cells, for the caller */
};

static void rounds_vcard_reader_table_reader_init (RoundsTableReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsVcardReader, rounds_vcard_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_TABLE_READER, rounds_vcard_reader_table_reader_init))

/* Gets the next line of the file, as it stands there. */
static gboolean
advance (RoundsVcardReader *self, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;

  g_free (self->line);
  self->line = g_data_input_stream_read_line (self->stream, &self->line_length, cancellable, &local);
  if (local == NULL)
    return TRUE;
  return rounds_propagate_read_error (error, local);
}

static gboolean
line_is (RoundsVcardReader *self, const char *text)
{
  gsize length = strlen (text);
  gsize end = self->line_length;

  while (end > length && g_ascii_isspace (self->line[end - 1]))
    end--;
  return end == length && g_ascii_strncasecmp (self->line, text, length) == 0;
}

static void
append_line (GString *line, const char *text, gsize length)
{
  if (line->len <= MAX_LINE_SIZE)
    g_string_append_len (line, text, (gssize) MIN (length, MAX_LINE_SIZE + 1));
}

/* Whether the line that was read so far goes on after a "=" at its end, which is taken away. */
static gboolean
take_soft_break (RoundsVcardReader *self, GString *line)
{
  if (line->len == 0 || line->str[line->len - 1] != '='
      || !rounds_vcard_line_is_quoted_printable (line->str, line->len))
    return FALSE;
  g_string_truncate (line, line->len - 1);
  /* Some programs break after the last character too. */
  return self->line != NULL && self->line_length > 0 && !line_is (self, "END:VCARD");
}

/* Reads a line with those that continue it: by a blank (RFC 6350, 3.2), which in version 2.1 is part of the text, or by
 * the soft break of quoted-printable. */
static gboolean
read_unfolded (RoundsVcardReader *self, gboolean is_old, GString *line, GCancellable *cancellable, GError **error)
{
  g_string_truncate (line, 0);
  append_line (line, self->line, self->line_length);
  if (!advance (self, cancellable, error))
    return FALSE;
  for (;;)
    {
      gsize skip = 0;

      if (!take_soft_break (self, line))
        {
          if (self->line == NULL || self->line_length == 0 || (self->line[0] != ' ' && self->line[0] != '\t'))
            return TRUE;
          skip = is_old ? 0 : 1;
        }
      append_line (line, self->line + skip, self->line_length - skip);
      if (!advance (self, cancellable, error))
        return FALSE;
    }
}

/* What follows a property and is none itself: programs forget to escape the line ends of notes, and to fold pictures.
 */
static void
add_to_value (RoundsVcardProperty *property, const GString *line, const char *encoding)
{
  g_autofree char *before = NULL;
  g_autofree char *text = NULL;

  if (property->is_binary || property->is_damaged)
    return;
  if (!g_str_equal (property->name, "NOTE"))
    {
      property->is_damaged = TRUE;
      return;
    }
  before = property->value;
  text = rounds_text_decode (line->str, line->len, encoding);
  property->value = g_strconcat (before, "\n", text, NULL);
  property->is_damaged = text == NULL || strlen (property->value) > MAX_LINE_SIZE;
}

static void
add_line (GPtrArray *properties, const GString *line, const char *encoding)
{
  RoundsVcardProperty *property;

  if (line->len == 0 || properties->len >= MAX_PROPERTIES)
    return;
  property = rounds_vcard_property_parse (line->str, line->len, encoding);
  if (property == NULL)
    {
      if (properties->len > 0)
        add_to_value (properties->pdata[properties->len - 1], line, encoding);
      return;
    }
  property->is_damaged |= line->len > MAX_LINE_SIZE && !property->is_binary;
  g_ptr_array_add (properties, property);
}

/* Reads what is between BEGIN and END, the latter included; cards in a card (AGENT) are not the card's own. */
static gboolean
read_card (RoundsVcardReader *self, GPtrArray *properties, gboolean *is_whole, GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean is_old = FALSE;
  gboolean in_agent = FALSE;
  guint depth = 0;

  *is_whole = FALSE;
  while (self->line != NULL && !*is_whole)
    {
      if (line_is (self, "BEGIN:VCARD"))
        {
          /* The next card, without an end of this one. */
          if (!in_agent)
            return TRUE;
          depth++;
          in_agent = FALSE;
        }
      if (line_is (self, "END:VCARD"))
        *is_whole = depth == 0;
      if (line_is (self, "END:VCARD") && depth > 0)
        depth--;
      if (!read_unfolded (self, is_old, line, cancellable, error))
        return FALSE;
      is_old |= g_ascii_strncasecmp (line->str, "VERSION:2.1", 11) == 0;
      in_agent = in_agent || g_ascii_strncasecmp (line->str, "AGENT:", 6) == 0;
      if (!*is_whole && depth == 0)
        add_line (properties, line, self->encoding);
    }
  return TRUE;
}

static void
clear_cells (RoundsVcardReader *self)
{
  for (guint i = 0; i < ROUNDS_VCARD_N_COLUMNS; i++)
    g_clear_pointer (&self->cells[i], g_free);
}

static void
set_row (RoundsVcardReader *self, RoundsTableRow *row, const char *problem)
{
  for (guint i = 0; i < ROUNDS_VCARD_N_COLUMNS; i++)
    self->pointers[i] = self->cells[i] != NULL ? self->cells[i] : "";
  row->number = ++self->number;
  row->n_cells = ROUNDS_VCARD_N_COLUMNS;
  row->cells = self->pointers;
  row->problem = problem;
  row->raw = NULL;
}

static gboolean
rounds_vcard_reader_read (RoundsTableReader *reader, RoundsTableRow *row, GCancellable *cancellable, GError **error)
{
  RoundsVcardReader *self = ROUNDS_VCARD_READER (reader);
  g_autoptr (GPtrArray) properties = NULL;
  gboolean is_whole;
  const char *problem;

  clear_cells (self);
  if (self->number == 0)
    {
      for (guint i = 0; i < ROUNDS_VCARD_N_COLUMNS; i++)
        self->cells[i] = g_strdup (rounds_vcard_get_headers ()[i]);
      set_row (self, row, NULL);
      return TRUE;
    }

  while (self->line != NULL && !line_is (self, "BEGIN:VCARD"))
    if (!advance (self, cancellable, error))
      return FALSE;
  if (self->line == NULL || !advance (self, cancellable, error))
    return FALSE;

  properties = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_vcard_property_free);
  if (!read_card (self, properties, &is_whole, cancellable, error))
    return FALSE;
  problem = rounds_vcard_fill_row (properties, self->cells);
  set_row (self, row, is_whole ? problem : _ ("The card has no end: the file may be cut off."));
  return TRUE;
}

static void
rounds_vcard_reader_finalize (GObject *object)
{
  RoundsVcardReader *self = ROUNDS_VCARD_READER (object);

  g_free (self->encoding);
  g_clear_object (&self->stream);
  g_free (self->line);
  clear_cells (self);

  G_OBJECT_CLASS (rounds_vcard_reader_parent_class)->finalize (object);
}

static void
rounds_vcard_reader_class_init (RoundsVcardReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_vcard_reader_finalize;
}

static void
rounds_vcard_reader_init (RoundsVcardReader *self)
{
}

static void
rounds_vcard_reader_table_reader_init (RoundsTableReaderInterface *iface)
{
  iface->read = rounds_vcard_reader_read;
}

/* The file as UTF-8, of which lines can be made. */
static GInputStream *
decode_file (GFile *file, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTextDecoder) decoder = rounds_text_decoder_open (file, encoding, cancellable, error);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  gboolean at_end = FALSE;

  if (decoder == NULL)
    return NULL;
  while (!at_end)
    if (!rounds_text_decoder_read (decoder, text, &at_end, cancellable, error))
      return NULL;
  bytes = g_string_free_to_bytes (g_steal_pointer (&text));
  return g_memory_input_stream_new_from_bytes (bytes);
}

/* The file's bytes, since each property may be in an encoding of its own; but UTF-16, whose lines are no lines of
 * bytes, as a whole. */
static GInputStream *
open_stream (GFile *file, const char *encoding, GCancellable *cancellable, GError **error)
{
  GFileInputStream *stream;
  GError *local = NULL;

  if (g_ascii_strncasecmp (encoding, "UTF-16", 6) == 0)
    return decode_file (file, encoding, cancellable, error);
  stream = g_file_read (file, cancellable, &local);
  if (stream == NULL)
    rounds_propagate_read_error (error, local);
  return (GInputStream *) stream;
}

/**
 * rounds_vcard_reader_open:
 * @file: a file of vCards
 * @encoding: (nullable): one of rounds_text_encoding_list(), for what is neither UTF-8 nor says itself what it is;
 * %NULL to find out
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_INVALID (unknown encoding), %ROUNDS_ERROR_CANCELLED,
 *   %ROUNDS_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): a reader at the row that names the columns
 */
RoundsVcardReader *
rounds_vcard_reader_open (GFile *file, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsVcardReader) self = g_object_new (ROUNDS_TYPE_VCARD_READER, NULL);
  g_autoptr (GInputStream) stream = NULL;

  if (encoding != NULL && rounds_text_encoding_find (encoding) == NULL)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("The text encoding “%s” is not known."), encoding);
      return NULL;
    }
  self->encoding = encoding != NULL ? g_strdup (encoding) : rounds_text_encoding_detect (file, cancellable, error);
  stream = self->encoding != NULL ? open_stream (file, self->encoding, cancellable, error) : NULL;
  if (stream == NULL)
    return NULL;

  self->stream = g_data_input_stream_new (stream);
  g_data_input_stream_set_newline_type (self->stream, G_DATA_STREAM_NEWLINE_TYPE_ANY);
  if (!advance (self, cancellable, error))
    return NULL;
  if (self->line != NULL && g_str_has_prefix (self->line, "\xef\xbb\xbf"))
    {
      self->line_length -= 3;
      memmove (self->line, self->line + 3, self->line_length + 1);
    }
  return g_steal_pointer (&self);
}

/** rounds_vcard_reader_get_encoding: the encoding that the file is read in. */
const char *
rounds_vcard_reader_get_encoding (RoundsVcardReader *self)
{
  return self->encoding;
}
