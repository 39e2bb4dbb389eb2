/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-csv-reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-text-decoder.h"

/* The longest field of a record is 20,000 characters; what is longer than this is an unclosed quote. */
#define MAX_ROW_SIZE (1024 * 1024)
/* As many as a spreadsheet has. */
#define MAX_COLUMNS 16384
#define N_ROWS_TO_SNIFF 100

struct _RoundsCsvReader
{
  GObject parent_instance;

  char *encoding; /* (owned) */
  char delimiter;
  RoundsTextDecoder *decoder; /* (owned) */
  GString *text;              /* (owned): decoded and not passed yet */
  gsize position;             /* in text: where the next row starts */
  gboolean at_end;            /* text holds the rest of the file */
  gboolean sniffing;          /* text must stay as it is */
  guint64 number;             /* of the last row */

  GString *cells;      /* (owned): the row's cells, each ended by NUL */
  GArray *starts;      /* (owned) of gsize: where in cells each one starts */
  GPtrArray *pointers; /* (owned) of const char *: into cells, for the caller */
};

typedef enum
{
  ROW_READ,
  ROW_UNCLOSED_QUOTE,
  ROW_STRAY_QUOTE,
  ROW_TOO_LONG,
  ROW_TOO_WIDE,
  ROW_ERROR, /* the file cannot be read */
} RowResult;

/* What goes through the parsing of one row. */
typedef struct
{
  gsize at;         /* in text */
  gboolean damaged; /* bytes that are no text */
  gboolean blank;   /* nothing at all on the line */
  GCancellable *cancellable;
  GError **error;
} RowState;

static void rounds_csv_reader_table_reader_init (RoundsTableReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RoundsCsvReader, rounds_csv_reader, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (ROUNDS_TYPE_TABLE_READER, rounds_csv_reader_table_reader_init))

/* Gets text from the file until there is some at `at`. Returns FALSE on an error; at the end there just is none. */
static gboolean
fill (RoundsCsvReader *self, gsize at, GCancellable *cancellable, GError **error)
{
  while (at >= self->text->len && !self->at_end && !self->sniffing)
    if (!rounds_text_decoder_read (self->decoder, self->text, &self->at_end, cancellable, error))
      return FALSE;
  return TRUE;
}

/* The byte at `state->at`, or -1 at the end of the file, or -2 on an error. */
static inline int
peek (RoundsCsvReader *self, RowState *state)
{
  if (G_UNLIKELY (state->at >= self->text->len))
    {
      if (!fill (self, state->at, state->cancellable, state->error))
        return -2;
      if (state->at >= self->text->len)
        return -1;
    }
  return (guint8) self->text->str[state->at];
}

/* Takes the text from what peek() has seen up to one of @ends into the cell; in a cell a null byte is damage. */
static void
take_text (RoundsCsvReader *self, RowState *state, const char *ends)
{
  const char *text = self->text->str + state->at;
  gsize length = strcspn (text, ends);

  g_string_append_len (self->cells, text, (gssize) length);
  state->at += length;
  if (*text != '\0')
    return;
  state->damaged = TRUE;
  g_string_append (self->cells, "\xef\xbf\xbd");
  state->at++;
}

static RowResult
read_quoted_cell (RoundsCsvReader *self, RowState *state)
{
  int c;

  for (state->at++;;)
    {
      c = peek (self, state);
      if (c < 0)
        return c == -1 ? ROW_UNCLOSED_QUOTE : ROW_ERROR;
      if (c == '"')
        {
          state->at++;
          c = peek (self, state);
          if (c != '"')
            break;
          state->at++;
          g_string_append_c (self->cells, '"');
          continue;
        }
      take_text (self, state, "\"");
      if (self->cells->len > MAX_ROW_SIZE)
        return ROW_UNCLOSED_QUOTE;
    }

  if (c == -2)
    return ROW_ERROR;
  return c == -1 || c == self->delimiter || c == '\n' || c == '\r' ? ROW_READ : ROW_STRAY_QUOTE;
}

static RowResult
read_plain_cell (RoundsCsvReader *self, RowState *state)
{
  const char ends[] = { self->delimiter, '\n', '\r', '\0' };

  for (;;)
    {
      int c = peek (self, state);

      if (c == -2)
        return ROW_ERROR;
      if (c == -1 || c == self->delimiter || c == '\n' || c == '\r')
        return ROW_READ;
      take_text (self, state, ends);
      if (self->cells->len > MAX_ROW_SIZE)
        return ROW_TOO_LONG;
    }
}

/* Steps over LF, CRLF or CR. */
static gboolean
skip_line_end (RoundsCsvReader *self, RowState *state)
{
  int c = peek (self, state);

  if (c == '\r')
    {
      state->at++;
      c = peek (self, state);
    }
  if (c == '\n')
    state->at++;
  return c != -2;
}

/* Reads the row that starts at the position, which is not at the end, and leaves the position where it is. */
static RowResult
parse_row (RoundsCsvReader *self, RowState *state)
{
  g_string_truncate (self->cells, 0);
  g_array_set_size (self->starts, 0);
  state->at = self->position;
  state->damaged = FALSE;

  for (;;)
    {
      gsize start = self->cells->len;
      int c = peek (self, state);
      RowResult result;

      if (self->starts->len == MAX_COLUMNS)
        return ROW_TOO_WIDE;
      g_array_append_val (self->starts, start);
      result = c == '"' ? read_quoted_cell (self, state) : read_plain_cell (self, state);
      if (result != ROW_READ)
        return result;
      g_string_append_c (self->cells, '\0');

      c = peek (self, state);
      if (c != self->delimiter)
        break;
      state->at++;
    }

  state->blank = state->at == self->position;
  return skip_line_end (self, state) ? ROW_READ : ROW_ERROR;
}

/* Steps over the first line of a damaged row. What was swallowed behind it is read again as rows. */
static gboolean
skip_line (RoundsCsvReader *self, RowState *state)
{
  for (state->at = self->position;; state->at++)
    {
      int c = peek (self, state);

      if (c == -2)
        return FALSE;
      if (c == -1 || c == '\n' || c == '\r')
        return skip_line_end (self, state);
      /* A line without end must not fill the memory. */
      if (state->at - self->position > 2 * MAX_ROW_SIZE)
        {
          g_string_erase (self->text, self->position, state->at - self->position);
          state->at = self->position;
        }
    }
}

static const char *
describe (RowResult result, gboolean damaged)
{
  switch (result)
    {
    case ROW_READ:
      return damaged ? _ ("The row holds characters that cannot be read.") : NULL;
    case ROW_UNCLOSED_QUOTE:
      return _ ("A quotation mark is not closed.");
    case ROW_STRAY_QUOTE:
      return _ ("A quotation mark stands in the middle of a quoted cell.");
    case ROW_TOO_LONG:
      return _ ("The row is too long.");
    case ROW_TOO_WIDE:
      return _ ("The row has too many cells.");
    case ROW_ERROR:
    default:
      g_assert_not_reached ();
    }
}

/* The line from @start to the position, without its end; in the place of the cells, which a damaged row has not. */
static const char *
keep_line (RoundsCsvReader *self, gsize start)
{
  g_string_truncate (self->cells, 0);
  for (gsize i = start; i < self->position; i++)
    if (self->text->str[i] == '\0')
      g_string_append (self->cells, "\xef\xbf\xbd");
    else if (self->text->str[i] != '\n' && self->text->str[i] != '\r')
      g_string_append_c (self->cells, self->text->str[i]);
  return self->cells->str;
}

/* Forgets the text before the position once that is worth the move. */
static void
forget_passed_text (RoundsCsvReader *self)
{
  if (self->position < 64 * 1024 && self->position < self->text->len)
    return;
  g_string_erase (self->text, 0, self->position);
  self->position = 0;
}

static gboolean
rounds_csv_reader_read (RoundsTableReader *reader, RoundsTableRow *row, GCancellable *cancellable, GError **error)
{
  RoundsCsvReader *self = ROUNDS_CSV_READER (reader);
  RowState state = { .cancellable = cancellable, .error = error };
  RowResult result;
  gsize line;

  do
    {
      forget_passed_text (self);
      line = self->position;
      if (!fill (self, self->position, cancellable, error) || self->position >= self->text->len)
        return FALSE;
      result = parse_row (self, &state);
      if (result == ROW_ERROR || (result != ROW_READ && !skip_line (self, &state)))
        return FALSE;
      self->position = state.at;
      self->number++;
    }
  while (result == ROW_READ && state.blank);

  row->raw = result != ROW_READ ? keep_line (self, line) : NULL;
  g_ptr_array_set_size (self->pointers, 0);
  if (result == ROW_READ)
    for (guint i = 0; i < self->starts->len; i++)
      g_ptr_array_add (self->pointers, self->cells->str + g_array_index (self->starts, gsize, i));

  row->number = self->number;
  row->n_cells = self->pointers->len;
  row->cells = (const char *const *) self->pointers->pdata;
  row->problem = describe (result, state.damaged);
  return TRUE;
}

/* How well the first rows hang together with this delimiter: rows with as many cells as the first, in a thousand. */
static int
rate_delimiter (RoundsCsvReader *self, char delimiter, guint *n_columns)
{
  RowState state = { 0 };
  guint n_rows = 0;
  guint n_alike = 0;

  self->delimiter = delimiter;
  self->position = 0;
  *n_columns = 0;
  while (n_rows < N_ROWS_TO_SNIFF && self->position < self->text->len)
    {
      RowResult result = parse_row (self, &state);

      /* The last row may be cut by the end of the block. */
      if (n_rows > 0 && state.at >= self->text->len && !self->at_end)
        break;
      if (result != ROW_READ)
        skip_line (self, &state);
      self->position = state.at;
      if (result == ROW_READ && state.blank)
        continue;
      if (n_rows++ == 0)
        *n_columns = self->starts->len;
      n_alike += result == ROW_READ && self->starts->len == *n_columns;
    }
  self->position = 0;
  return *n_columns > 1 ? (int) (n_alike * 1000 / n_rows) : 0;
}

static void
sniff_delimiter (RoundsCsvReader *self)
{
  static const char candidates[] = { ',', ';', '\t', '|' };
  char best = ',';
  int best_rating = 0;
  guint best_columns = 0;

  self->sniffing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    {
      guint n_columns;
      int rating = rate_delimiter (self, candidates[i], &n_columns);

      if (rating > best_rating || (rating == best_rating && rating > 0 && n_columns > best_columns))
        {
          best = candidates[i];
          best_rating = rating;
          best_columns = n_columns;
        }
    }
  self->sniffing = FALSE;
  self->delimiter = best;
}

/* Excel reads and writes a first line "sep=;", which is no row. */
static void
take_separator_line (RoundsCsvReader *self)
{
  const char *text = self->text->str;

  if (self->text->len > 5 && g_ascii_strncasecmp (text, "sep=", 4) == 0 && (text[5] == '\r' || text[5] == '\n'))
    {
      if (self->delimiter == 0)
        self->delimiter = text[4];
      g_string_erase (self->text, 0, text[5] == '\r' && text[6] == '\n' ? 7 : 6);
    }
}

static void
rounds_csv_reader_finalize (GObject *object)
{
  RoundsCsvReader *self = ROUNDS_CSV_READER (object);

  g_free (self->encoding);
  g_clear_pointer (&self->decoder, rounds_text_decoder_free);
  g_string_free (self->text, TRUE);
  g_string_free (self->cells, TRUE);
  g_array_unref (self->starts);
  g_ptr_array_unref (self->pointers);

  G_OBJECT_CLASS (rounds_csv_reader_parent_class)->finalize (object);
}

static void
rounds_csv_reader_class_init (RoundsCsvReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rounds_csv_reader_finalize;
}

static void
rounds_csv_reader_init (RoundsCsvReader *self)
{
  self->text = g_string_new (NULL);
  self->cells = g_string_new (NULL);
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->pointers = g_ptr_array_new ();
}

static void
rounds_csv_reader_table_reader_init (RoundsTableReaderInterface *iface)
{
  iface->read = rounds_csv_reader_read;
}

/* Takes the decoder; %NULL if there is none. */
static RoundsCsvReader *
start (RoundsTextDecoder *decoder, const char *encoding, char delimiter, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsCsvReader) self = NULL;

  if (decoder == NULL)
    return NULL;
  self = g_object_new (ROUNDS_TYPE_CSV_READER, NULL);
  self->encoding = g_strdup (encoding);
  self->decoder = decoder;
  if (!fill (self, 0, cancellable, error))
    return NULL;

  self->delimiter = delimiter;
  take_separator_line (self);
  if (self->delimiter == 0)
    sniff_delimiter (self);
  return g_steal_pointer (&self);
}

/**
 * rounds_csv_reader_open:
 * @file: the file
 * @encoding: (nullable): one of rounds_text_encoding_list(); %NULL to find out
 * @delimiter: what stands between cells; 0 to find out among `,` `;` TAB and `|`
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_INVALID (unknown encoding),
 *   %ROUNDS_ERROR_CANCELLED, %ROUNDS_ERROR_FAILED
 *
 * Returns: (transfer full) (nullable): a reader at the first row; an empty file has no rows and is no error
 */
RoundsCsvReader *
rounds_csv_reader_open (GFile *file, const char *encoding, char delimiter, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsTextDecoder) decoder = NULL;
  g_autofree char *found = NULL;

  if (encoding == NULL)
    {
      found = rounds_text_encoding_detect (file, cancellable, error);
      if (found == NULL)
        return NULL;
      encoding = found;
    }
  decoder = rounds_text_decoder_open (file, encoding, cancellable, error);
  return start (g_steal_pointer (&decoder), encoding, delimiter, cancellable, error);
}

/**
 * rounds_csv_reader_new:
 * @stream: text, at its start
 * @encoding: one of rounds_text_encoding_list()
 * @delimiter: what stands between cells; 0 to find out
 * @error: (out) (optional): as rounds_csv_reader_open()
 *
 * Returns: (transfer full) (nullable): a reader at the first row
 */
RoundsCsvReader *
rounds_csv_reader_new (GInputStream *stream, const char *encoding, char delimiter, GCancellable *cancellable,
                       GError **error)
{
  return start (rounds_text_decoder_new (stream, encoding, error), encoding, delimiter, cancellable, error);
}

/** rounds_csv_reader_get_encoding: the encoding that the file is read in. */
const char *
rounds_csv_reader_get_encoding (RoundsCsvReader *self)
{
  return self->encoding;
}

/** rounds_csv_reader_get_delimiter: what stands between cells. */
char
rounds_csv_reader_get_delimiter (RoundsCsvReader *self)
{
  return self->delimiter;
}
