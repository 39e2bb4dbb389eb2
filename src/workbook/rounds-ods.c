/* SPDX-License-Identifier: GPL-3.0-or-later */

/* OpenDocument spreadsheets (ODF 1.3 part 3, 9): one part with all sheets, in which rows and cells that are alike may
 * stand once with a count. */

#include <string.h>

#include "rounds-cell-format.h"
#include "rounds-workbook.h"
#include "rounds-zip-xml.h"

#define MAX_TEXT (256 * 1024 * 1024)

typedef enum
{
  PLACE_OUTSIDE,
  PLACE_TABLE,
  PLACE_ROW,
  PLACE_CELL,
  PLACE_PARAGRAPH,
} Place;

typedef struct
{
  char *text; /* (owned) */
  gsize column;
  gsize n_columns;
  gboolean is_error;
} OdsCell;

typedef struct
{
  RoundsWorkbook *workbook; /* (not owned) */
  gboolean is_spreadsheet;
  gboolean is_encrypted;
  Place place;
  guint foreign; /* how deep in what is not the cell's own text: notes, drawings, tables in tables */

  RoundsSheet *sheet; /* (not owned) (nullable): where the sheet that is read goes */
  gsize row;
  gsize n_rows;     /* as which the row stands */
  gsize column;     /* of the next cell */
  GPtrArray *cells; /* (owned) of OdsCell: the row's, with something in them */
  gsize n_columns;  /* as which the cell stands */
  gboolean covered; /* by a cell that it is merged with */
  gboolean has_formula;
  gboolean has_text;    /* a paragraph has been in the cell */
  char *type;           /* (owned) (nullable): of the cell's value */
  char *value;          /* (owned) (nullable): where it is not its text */
  GString *text;        /* (owned): of the cell */
  gboolean after_blank; /* of the file's own, which is followed by none */
} Ods;

static void
cell_free (gpointer data)
{
  OdsCell *cell = data;

  g_free (cell->text);
  g_free (cell);
}

static gsize
get_count (const char **attributes, const char *name)
{
  const char *text = rounds_xml_get (attributes, NULL, name);
  guint64 count = text != NULL ? g_ascii_strtoull (text, NULL, 10) : 1;

  return CLAMP (count, 1, 16 * ROUNDS_SHEET_MAX_ROWS);
}

static void
start_sheet (Ods *self, const char **attributes)
{
  const char *name = rounds_xml_get (attributes, NULL, "name");

  self->sheet = rounds_workbook_add_sheet (self->workbook, name != NULL ? name : "");
  self->row = 0;
  self->place = PLACE_TABLE;
}

static void
start_row (Ods *self, const char **attributes)
{
  self->n_rows = get_count (attributes, "number-rows-repeated");
  self->column = 0;
  g_ptr_array_set_size (self->cells, 0);
  self->place = PLACE_ROW;
}

static void
start_cell (Ods *self, const char **attributes, gboolean covered)
{
  static const char *const values[] = { "value", "date-value", "time-value", "boolean-value", "string-value" };
  const char *type = rounds_xml_get (attributes, ":office:", "value-type");
  const char *error = rounds_xml_get (attributes, "calcext", "value-type");
  const char *value = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (values) && value == NULL; i++)
    value = rounds_xml_get (attributes, ":office:", values[i]);
  self->n_columns = get_count (attributes, "number-columns-repeated");
  self->covered = covered;
  self->has_formula = rounds_xml_get (attributes, NULL, "formula") != NULL;
  self->has_text = FALSE;
  g_free (self->type);
  self->type = g_strdup (error != NULL && g_str_equal (error, "error") ? error : type);
  g_free (self->value);
  self->value = g_strdup (value);
  g_string_truncate (self->text, 0);
  self->place = PLACE_CELL;
}

/* A paragraph for each line. */
static void
start_paragraph (Ods *self)
{
  if (self->has_text)
    g_string_append_c (self->text, '\n');
  self->has_text = TRUE;
  self->after_blank = TRUE;
  self->place = PLACE_PARAGRAPH;
}

static void
start_in_paragraph (Ods *self, const char *name, const char **attributes)
{
  gsize length = self->text->len;

  if (g_str_equal (name, "s"))
    for (gsize n = MIN (get_count (attributes, "c"), 1024); n > 0; n--)
      g_string_append_c (self->text, ' ');
  else if (g_str_equal (name, "tab"))
    g_string_append_c (self->text, '\t');
  else if (g_str_equal (name, "line-break"))
    g_string_append_c (self->text, '\n');
  else if (!g_str_equal (name, "span") && !g_str_equal (name, "a") && !g_str_equal (name, "ruby")
           && !g_str_equal (name, "ruby-base"))
    self->foreign = 1;
  self->after_blank &= self->text->len == length;
}

static void
start_cb (gpointer data, const char *name, const char **attributes)
{
  Ods *self = data;

  if (self->foreign > 0)
    {
      self->foreign++;
      return;
    }
  switch (self->place)
    {
    case PLACE_OUTSIDE:
      if (g_str_equal (name, "spreadsheet"))
        self->is_spreadsheet = TRUE;
      else if (g_str_equal (name, "tracked-changes"))
        self->foreign = 1;
      else if (g_str_equal (name, "table") && self->is_spreadsheet)
        start_sheet (self, attributes);
      break;
    case PLACE_TABLE:
      if (g_str_equal (name, "table-row"))
        start_row (self, attributes);
      else if (!g_str_has_prefix (name, "table-"))
        self->foreign = 1;
      break;
    case PLACE_ROW:
      if (g_str_equal (name, "table-cell") || g_str_equal (name, "covered-table-cell"))
        start_cell (self, attributes, *name == 'c');
      else
        self->foreign = 1;
      break;
    case PLACE_CELL:
      if (g_str_equal (name, "p"))
        start_paragraph (self);
      else
        self->foreign = 1;
      break;
    case PLACE_PARAGRAPH:
    default:
      start_in_paragraph (self, name, attributes);
    }
}

/* "PT10H30M00S" */
static gboolean
append_time (GString *text, const char *duration)
{
  guint64 parts[3] = { 0 };
  const char *p = duration;

  if (!g_str_has_prefix (p, "PT"))
    return FALSE;
  for (p += 2; g_ascii_isdigit (*p);)
    {
      char *end;
      guint64 number = g_ascii_strtoull (p, &end, 10);

      p = end;
      if (*p == '.' || *p == ',')
        p += 1 + strspn (p + 1, "0123456789");
      if (strchr ("HMS", *p) == NULL || *p == '\0' || number > 1000000)
        return FALSE;
      parts[*p == 'H' ? 0 : *p == 'M' ? 1 : 2] = number;
      p++;
    }
  g_string_printf (text, "%02" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT ":%02" G_GUINT64_FORMAT, parts[0], parts[1],
                   parts[2]);
  return *p == '\0';
}

/* Whether what is shown is the number itself with zeros before it, as with postal codes. */
static gboolean
is_padded (const char *shown, const char *number)
{
  gsize n_zeros = strspn (shown, "0");

  return n_zeros > 0 && strspn (shown, "0123456789") == strlen (shown) && g_str_equal (shown + n_zeros, number);
}

static char *
make_text (Ods *self)
{
  static const RoundsCellFormat general = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->type == NULL || g_str_equal (self->type, "string"))
    /* The attribute is for text that differs from what is shown. */
    return g_strdup (self->has_text || self->value == NULL ? self->text->str : self->value);
  if (self->value == NULL)
    return g_strdup ("");
  if (g_str_equal (self->type, "boolean"))
    return g_strdup (g_str_equal (self->value, "true") ? "TRUE" : "FALSE");
  if (g_str_equal (self->type, "date"))
    return g_str_has_suffix (self->value, "T00:00:00") ? g_strndup (self->value, strlen (self->value) - 9)
                                                       : g_strdup (self->value);
  if (g_str_equal (self->type, "time"))
    return append_time (text, self->value) ? g_strdup (text->str) : g_strdup (self->text->str);
  if (is_padded (self->text->str, self->value)
      || !rounds_cell_format_print (&general, g_ascii_strtod (self->value, NULL), FALSE, text))
    return g_strdup (self->text->str);
  return g_strdup (text->str);
}

/* LibreOffice says of an error that it is one; Excel writes it as the text of a formula. */
static gboolean
is_error (Ods *self)
{
  static const char *const errors[] = { "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NAME?", "#NULL!", NULL };

  return g_strcmp0 (self->type, "error") == 0 || (self->has_formula && g_strv_contains (errors, self->text->str));
}

static void
end_cell (Ods *self)
{
  OdsCell *cell = g_new0 (OdsCell, 1);

  cell->is_error = is_error (self) && !self->covered;
  cell->text = cell->is_error || self->covered ? g_strdup ("") : make_text (self);
  cell->column = self->column;
  cell->n_columns = self->n_columns;
  self->column += self->n_columns;
  if (cell->is_error || *cell->text != '\0')
    g_ptr_array_add (self->cells, cell);
  else
    cell_free (cell);
}

static void
end_paragraph (Ods *self)
{
  if (self->after_blank && self->text->len > 0 && self->text->str[self->text->len - 1] == ' ')
    g_string_truncate (self->text, self->text->len - 1);
  self->place = PLACE_CELL;
}

static void
end_row (Ods *self)
{
  for (gsize row = self->row; self->cells->len > 0 && row < self->row + self->n_rows; row++)
    for (guint i = 0; i < self->cells->len; i++)
      {
        const OdsCell *cell = self->cells->pdata[i];

        for (gsize n = 0; n < cell->n_columns; n++)
          if (cell->is_error)
            rounds_sheet_add_error (self->sheet, row, cell->column + n);
          else
            rounds_sheet_add (self->sheet, row, cell->column + n, cell->text);
      }
  self->row += self->n_rows;
}

static void
end_cb (gpointer data, const char *name)
{
  Ods *self = data;

  if (self->foreign > 0)
    self->foreign--;
  else if (self->place == PLACE_PARAGRAPH && g_str_equal (name, "p"))
    end_paragraph (self);
  else if (self->place == PLACE_CELL)
    {
      end_cell (self);
      self->place = PLACE_ROW;
    }
  else if (self->place == PLACE_ROW)
    {
      end_row (self);
      self->place = PLACE_TABLE;
    }
  else if (self->place == PLACE_TABLE && g_str_equal (name, "table"))
    self->place = PLACE_OUTSIDE;
}

static void
text_cb (gpointer data, const char *text, int length)
{
  Ods *self = data;

  if (self->foreign > 0 || self->place != PLACE_PARAGRAPH)
    return;
  /* Blanks and line ends of the file are one blank, and none at either end of a paragraph (ODF 1.3 part 3, 6.1.2). */
  for (int i = 0; i < length; i++)
    {
      gboolean is_blank = strchr (" \t\r\n", text[i]) != NULL;

      if (!is_blank)
        g_string_append_c (self->text, text[i]);
      else if (!self->after_blank)
        g_string_append_c (self->text, ' ');
      self->after_blank = is_blank;
    }
  if (self->text->len > MAX_TEXT)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
}

static void
manifest_cb (gpointer data, const char *name, const char **attributes)
{
  Ods *self = data;

  self->is_encrypted |= g_str_equal (name, "encryption-data");
}

static void
ignore_end (gpointer data, const char *name)
{
}

/**
 * rounds_ods_read:
 * @workbook: takes the sheets
 * @fd: a zip file
 */
void
rounds_ods_read (RoundsWorkbook *workbook, int fd)
{
  static const RoundsXmlHandlers manifest = { manifest_cb, ignore_end, NULL };
  static const RoundsXmlHandlers content = { start_cb, end_cb, text_cb };
  Ods self = { .workbook = workbook };

  workbook->format = "ods";
  /* What is encrypted is no XML any more. */
  rounds_zip_parse (fd, "META-INF/manifest.xml", &manifest, &self);
  if (self.is_encrypted)
    rounds_workbook_fail (ROUNDS_WORKBOOK_PASSWORD);

  self.cells = g_ptr_array_new_with_free_func (cell_free);
  self.text = g_string_new (NULL);
  if (!rounds_zip_parse (fd, "content.xml", &content, &self))
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  if (!self.is_spreadsheet)
    rounds_workbook_fail (ROUNDS_WORKBOOK_NONE);

  g_ptr_array_unref (self.cells);
  g_string_free (self.text, TRUE);
  g_free (self.type);
  g_free (self.value);
}
