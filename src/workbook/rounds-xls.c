/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks of Excel 97 to 2003 ([MS-XLS]): records one after the other, first those of the workbook, then those of
 * each sheet. Excel 95 and older, whose texts are in the encoding of their computer, are told and not read. */

#include <string.h>
#include <unistd.h>

#include "rounds-cell-format.h"
#include "rounds-compound-file.h"
#include "rounds-workbook.h"

#define MAX_FORMATS 65536
#define VERSION_8 0x0600
#define SUBSTREAM_SHEET 0x0010

/* [MS-XLS] 2.3 */
enum
{
  RECORD_FORMULA = 0x0006,
  RECORD_EOF = 0x000a,
  RECORD_DATE_1904 = 0x0022,
  RECORD_FILE_PASS = 0x002f,
  RECORD_CONTINUE = 0x003c,
  RECORD_BOUND_SHEET = 0x0085,
  RECORD_MUL_RK = 0x00bd,
  RECORD_R_STRING = 0x00d6,
  RECORD_XF = 0x00e0,
  RECORD_SST = 0x00fc,
  RECORD_LABEL_SST = 0x00fd,
  RECORD_NUMBER = 0x0203,
  RECORD_LABEL = 0x0204,
  RECORD_BOOL_ERR = 0x0205,
  RECORD_STRING = 0x0207,
  RECORD_RK = 0x027e,
  RECORD_FORMAT = 0x041e,
  RECORD_BOF = 0x0809,
};

/* The record that is read. Texts may go on in the records that continue it. */
typedef struct
{
  const guint8 *stream; /* (not owned) */
  gsize length;
  gsize next; /* where the next record starts */
  guint type;
  gsize at;  /* what is read next */
  gsize end; /* of the record */
} Records;

typedef struct
{
  RoundsWorkbook *workbook; /* (not owned) */
  Records records;
  gboolean from_1904;
  GArray *offsets;   /* (owned) of guint32: where the records of each sheet start */
  GHashTable *codes; /* (owned): id of a format to its RoundsCellFormat */
  GArray *formats;   /* (owned) of RoundsCellFormat: by a cell's XF */
  GPtrArray *texts;  /* (owned) of char *: the shared ones */

  /* Of the sheet that is read: */
  RoundsSheet *sheet; /* (not owned) */
  guint row;          /* of the formula whose text comes in the next record */
  guint column;
  gboolean awaits_text;
} Xls;

static gboolean
next_record (Records *self)
{
  const guint8 *header = self->stream + self->next;

  if (self->next + 4 > self->length)
    return FALSE;
  self->type = header[0] | header[1] << 8;
  self->at = self->next + 4;
  self->end = self->at + (header[2] | header[3] << 8);
  if (self->end > self->length)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  self->next = self->end;
  return TRUE;
}

/* Steps into the record that continues this one, if this one is at its end. */
static void
continue_record (Records *self)
{
  guint type = self->type;

  if (self->at < self->end)
    return;
  if (!next_record (self) || self->type != RECORD_CONTINUE)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  self->type = type;
}

static guint32
take (Records *self, guint n_bytes)
{
  guint32 value = 0;

  if (self->end - self->at < n_bytes)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  for (guint i = 0; i < n_bytes; i++)
    value |= (guint32) self->stream[self->at++] << (8 * i);
  return value;
}

static double
take_double (Records *self)
{
  guint64 low = take (self, 4);
  guint64 bits = low | (guint64) take (self, 4) << 32;
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/* Over what follows a text, and may be in several records. */
static void
skip (Records *self, gsize n_bytes)
{
  while (n_bytes > 0)
    {
      gsize step;

      continue_record (self);
      step = MIN (n_bytes, self->end - self->at);
      self->at += step;
      n_bytes -= step;
    }
}

/* The characters of a text: bytes where all are Latin-1, otherwise UTF-16; each record that continues says anew which.
 */
static char *
take_characters (Records *self, guint n_characters, gboolean is_wide)
{
  g_autofree gunichar2 *text = g_new (gunichar2, n_characters + 1);
  char *utf8;
  guint n = 0;

  for (guint i = 0; i < n_characters; i++)
    {
      gunichar2 c;

      if (self->at == self->end)
        {
          continue_record (self);
          is_wide = take (self, 1) & 1;
        }
      c = take (self, is_wide ? 2 : 1);
      if (c != 0)
        text[n++] = c;
    }
  utf8 = g_utf16_to_utf8 (text, n, NULL, NULL, NULL);
  return utf8 != NULL ? utf8 : g_strdup ("\xef\xbf\xbd");
}

/* [MS-XLS] 2.5.293 and 2.5.294: XLUnicodeString, XLUnicodeRichExtendedString */
static char *
take_text (Records *self, guint n_count_bytes)
{
  guint n_characters = take (self, n_count_bytes);
  guint flags = take (self, 1);
  gsize n_runs = flags & 8 ? take (self, 2) : 0;
  gsize n_extra = flags & 4 ? take (self, 4) : 0;
  char *text = take_characters (self, n_characters, flags & 1);

  skip (self, 4 * n_runs + n_extra);
  return text;
}

/* The workbook */

static void
read_shared_texts (Xls *self)
{
  Records *records = &self->records;
  guint32 n_texts;

  take (records, 4);
  n_texts = take (records, 4);
  for (guint32 i = 0; i < n_texts; i++)
    {
      continue_record (records);
      g_ptr_array_add (self->texts, take_text (records, 2));
    }
}

static void
read_sheet_name (Xls *self)
{
  Records *records = &self->records;
  guint32 offset = take (records, 4);
  guint kind;

  take (records, 1);
  kind = take (records, 1);
  if (kind == 0)
    {
      g_autofree char *name = take_text (records, 1);

      rounds_workbook_add_sheet (self->workbook, name);
      g_array_append_val (self->offsets, offset);
    }
}

static void
read_format (Xls *self)
{
  RoundsCellFormat *format = g_new0 (RoundsCellFormat, 1);
  guint id = take (&self->records, 2);
  g_autofree char *code = take_text (&self->records, 2);

  rounds_cell_format_parse (format, code);
  g_hash_table_insert (self->codes, GUINT_TO_POINTER (id), format);
}

static void
read_style (Xls *self)
{
  const RoundsCellFormat *known;
  RoundsCellFormat format;
  guint id;

  take (&self->records, 2);
  id = take (&self->records, 2);
  known = g_hash_table_lookup (self->codes, GUINT_TO_POINTER (id));
  if (self->formats->len == MAX_FORMATS)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  rounds_cell_format_built_in (&format, id);
  /* The code of a date that is built in is spelt out in the files of some programs, and is of their country. */
  g_array_append_val (self->formats, *(known != NULL && format.kind == ROUNDS_CELL_NUMBER ? known : &format));
}

static void
check_version (Xls *self)
{
  if (!next_record (&self->records) || self->records.type != RECORD_BOF)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  if (take (&self->records, 2) != VERSION_8)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_OLD);
}

static void
read_globals (Xls *self)
{
  Records *records = &self->records;

  check_version (self);
  while (next_record (records) && records->type != RECORD_EOF)
    switch (records->type)
      {
      case RECORD_FILE_PASS:
        rounds_workbook_fail (ROUNDS_WORKBOOK_PASSWORD);
      case RECORD_DATE_1904:
        self->from_1904 = take (records, 2) == 1;
        break;
      case RECORD_BOUND_SHEET:
        read_sheet_name (self);
        break;
      case RECORD_FORMAT:
        read_format (self);
        break;
      case RECORD_XF:
        read_style (self);
        break;
      case RECORD_SST:
        read_shared_texts (self);
        break;
      default:
        break;
      }
}

/* Sheets */

static void
add_number (Xls *self, guint row, guint column, guint style, double value)
{
  static const RoundsCellFormat general = { 0 };
  const RoundsCellFormat *format =
    style < self->formats->len ? &g_array_index (self->formats, RoundsCellFormat, style) : &general;
  g_autoptr (GString) text = g_string_new (NULL);

  if (rounds_cell_format_print (format, value, self->from_1904, text))
    rounds_sheet_add (self->sheet, row, column, text->str);
  else
    rounds_sheet_add_error (self->sheet, row, column);
}

/* [MS-XLS] 2.5.217: 30 bits of a double or of a whole number, which may be hundredths. */
static double
take_rk (Records *self)
{
  guint32 rk = take (self, 4);
  guint64 bits = (guint64) (rk & ~3u) << 32;
  double value;

  if (rk & 2)
    value = (double) ((gint32) rk >> 2);
  else
    memcpy (&value, &bits, sizeof value);
  return rk & 1 ? value / 100 : value;
}

static void
read_several_rk (Xls *self)
{
  Records *records = &self->records;
  guint row = take (records, 2);
  guint column = take (records, 2);

  for (; records->end - records->at >= 8; column++)
    {
      guint style = take (records, 2);

      add_number (self, row, column, style, take_rk (records));
    }
}

static void
add_boolean_or_error (Xls *self, guint row, guint column, guint value, gboolean is_error)
{
  if (is_error)
    rounds_sheet_add_error (self->sheet, row, column);
  else
    rounds_sheet_add (self->sheet, row, column, value != 0 ? "TRUE" : "FALSE");
}

/* [MS-XLS] 2.5.133: the result, as it was when the file was saved. */
static void
read_formula (Xls *self, guint row, guint column, guint style)
{
  Records *records = &self->records;
  const guint8 *result = records->stream + records->at;
  double value = take_double (records);

  if (result[6] != 0xff || result[7] != 0xff)
    add_number (self, row, column, style, value);
  else if (result[0] == 0)
    {
      self->awaits_text = TRUE;
      self->row = row;
      self->column = column;
    }
  else if (result[0] == 1 || result[0] == 2)
    add_boolean_or_error (self, row, column, result[2], result[0] == 2);
}

static void
read_shared_text (Xls *self, guint row, guint column)
{
  guint32 index = take (&self->records, 4);

  if (index >= self->texts->len)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  rounds_sheet_add (self->sheet, row, column, self->texts->pdata[index]);
}

static void
add_text (Xls *self, guint row, guint column)
{
  g_autofree char *text = take_text (&self->records, 2);

  rounds_sheet_add (self->sheet, row, column, text);
}

static gboolean
is_cell (guint type)
{
  return type == RECORD_FORMULA || type == RECORD_R_STRING || type == RECORD_LABEL_SST || type == RECORD_NUMBER
         || type == RECORD_LABEL || type == RECORD_BOOL_ERR || type == RECORD_RK;
}

static void
read_cell (Xls *self)
{
  Records *records = &self->records;
  guint row = take (records, 2);
  guint column = take (records, 2);
  guint style = take (records, 2);
  guint value;

  switch (records->type)
    {
    case RECORD_NUMBER:
      add_number (self, row, column, style, take_double (records));
      break;
    case RECORD_RK:
      add_number (self, row, column, style, take_rk (records));
      break;
    case RECORD_LABEL_SST:
      read_shared_text (self, row, column);
      break;
    case RECORD_BOOL_ERR:
      value = take (records, 1);
      add_boolean_or_error (self, row, column, value, take (records, 1) != 0);
      break;
    case RECORD_FORMULA:
      read_formula (self, row, column, style);
      break;
    default:
      add_text (self, row, column);
    }
}

static void
read_sheet (Xls *self, guint32 offset)
{
  Records *records = &self->records;
  guint depth = 1;

  records->next = offset;
  self->awaits_text = FALSE;
  check_version (self);
  if (take (records, 2) != SUBSTREAM_SHEET)
    return;
  while (depth > 0 && next_record (records))
    /* Charts have records of their own within those of their sheet. */
    if (records->type == RECORD_BOF)
      depth++;
    else if (records->type == RECORD_EOF)
      depth--;
    else if (depth == 1 && records->type == RECORD_MUL_RK)
      read_several_rk (self);
    else if (depth == 1 && is_cell (records->type))
      read_cell (self);
    else if (depth == 1 && records->type == RECORD_STRING && self->awaits_text)
      {
        self->awaits_text = FALSE;
        add_text (self, self->row, self->column);
      }
  if (depth > 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
}

static GByteArray *
read_file (int fd)
{
  g_autoptr (GByteArray) file = g_byte_array_new ();
  off_t size = lseek (fd, 0, SEEK_END);
  gssize count = 1;

  if (size < 0 || lseek (fd, 0, SEEK_SET) != 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  g_byte_array_set_size (file, size);
  for (off_t at = 0; at < size && count > 0; at += count)
    {
      count = read (fd, file->data + at, size - at);
      if (count <= 0)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
    }
  return g_steal_pointer (&file);
}

static GByteArray *
find_stream (const GByteArray *file)
{
  g_autoptr (GByteArray) encrypted = NULL;
  GByteArray *stream = rounds_compound_file_read (file->data, file->len, "Workbook");

  if (stream != NULL)
    return stream;
  /* The name of Excel 95. */
  stream = rounds_compound_file_read (file->data, file->len, "Book");
  if (stream != NULL)
    return stream;
  /* An XLSX with a password is put into such a file. */
  encrypted = rounds_compound_file_read (file->data, file->len, "EncryptedPackage");
  rounds_workbook_fail (encrypted != NULL ? ROUNDS_WORKBOOK_PASSWORD : ROUNDS_WORKBOOK_NONE);
}

/**
 * rounds_xls_read:
 * @workbook: takes the sheets
 * @fd: a compound file
 */
void
rounds_xls_read (RoundsWorkbook *workbook, int fd)
{
  g_autoptr (GByteArray) file = read_file (fd);
  g_autoptr (GByteArray) stream = find_stream (file);
  Xls self = { .workbook = workbook, .records = { .stream = stream->data, .length = stream->len } };

  workbook->format = "xls";
  self.offsets = g_array_new (FALSE, FALSE, sizeof (guint32));
  self.codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.formats = g_array_new (FALSE, TRUE, sizeof (RoundsCellFormat));
  self.texts = g_ptr_array_new_with_free_func (g_free);

  read_globals (&self);
  for (guint i = 0; i < self.offsets->len; i++)
    {
      self.sheet = workbook->sheets->pdata[i];
      if (workbook->wanted < 0 || self.sheet->is_kept)
        read_sheet (&self, g_array_index (self.offsets, guint32, i));
    }

  g_array_unref (self.offsets);
  g_hash_table_unref (self.codes);
  g_array_unref (self.formats);
  g_ptr_array_unref (self.texts);
}
