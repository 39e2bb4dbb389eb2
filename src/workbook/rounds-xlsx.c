/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Office Open XML workbooks (ECMA-376 part 1, 18): the workbook names its sheets, relations say in which parts they
 * are, texts stand in a part of their own, and what is a date the styles tell. */

#include <math.h>
#include <string.h>

#include "rounds-cell-format.h"
#include "rounds-workbook.h"
#include "rounds-zip-xml.h"

#define MAX_STRINGS (4 * 1024 * 1024)
#define MAX_FORMATS 65536
#define MAX_TEXT (256 * 1024 * 1024)

typedef struct
{
  char *name;     /* (owned) */
  char *relation; /* (owned) */
} SheetPart;

typedef struct
{
  RoundsWorkbook *workbook; /* (not owned) */
  int fd;

  char *base;            /* (owned): the folder of the workbook's part, with a slash at its end */
  char *main;            /* (owned) (nullable): the workbook's part */
  char *texts;           /* (owned) (nullable): the part of shared strings */
  char *styles;          /* (owned) (nullable) */
  GHashTable *relations; /* (owned): id to part, of worksheets alone */
  GPtrArray *parts;      /* (owned) of SheetPart */
  gboolean from_1904;

  GHashTable *codes;  /* (owned): id of a format to its RoundsCellFormat */
  GArray *formats;    /* (owned) of RoundsCellFormat: by a cell's style */
  gboolean in_styles; /* among the styles of cells, as there are others */

  GString *strings; /* (owned): the shared ones, each ended by NUL */
  GArray *starts;   /* (owned) of gsize: where each one starts */
  guint phonetic;   /* how deep in what tells only how to say a text */
  gboolean in_text;

  /* Of the sheet that is read: */
  RoundsSheet *sheet; /* (not owned) */
  gsize row;          /* of the cell, from 1 */
  gsize column;       /* of the cell, from 1 */
  char type;          /* of the cell: s, i(nline), t(ext of a formula), b(oolean), e(rror), d(ate), n(umber) */
  guint style;
  GString *value; /* (owned) */
} Xlsx;

static void
sheet_part_free (gpointer data)
{
  SheetPart *part = data;

  g_free (part->name);
  g_free (part->relation);
  g_free (part);
}

static void
ignore_end (gpointer data, const char *name)
{
}

/* Relations */

static gboolean
is_type (const char *type, const char *name)
{
  const char *slash = type != NULL ? strrchr (type, '/') : NULL;

  return slash != NULL && g_str_equal (slash + 1, name);
}

/* Targets are seen from the folder of their owner, or from the root; none of ours leads upwards. */
static char *
resolve (const char *base, const char *target)
{
  return *target == '/' ? g_strdup (target + 1) : g_strconcat (base, target, NULL);
}

static void
root_relation_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;
  const char *target = rounds_xml_get (attributes, NULL, "Target");

  if (g_str_equal (name, "Relationship") && target != NULL && self->main == NULL
      && is_type (rounds_xml_get (attributes, NULL, "Type"), "officeDocument"))
    self->main = resolve ("", target);
}

static void
relation_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;
  const char *target = rounds_xml_get (attributes, NULL, "Target");
  const char *type = rounds_xml_get (attributes, NULL, "Type");
  const char *id = rounds_xml_get (attributes, NULL, "Id");

  if (!g_str_equal (name, "Relationship") || target == NULL || id == NULL)
    return;
  if (is_type (type, "worksheet"))
    g_hash_table_insert (self->relations, g_strdup (id), resolve (self->base, target));
  else if (is_type (type, "sharedStrings") && self->texts == NULL)
    self->texts = resolve (self->base, target);
  else if (is_type (type, "styles") && self->styles == NULL)
    self->styles = resolve (self->base, target);
}

static char *
name_of_relations (const char *part)
{
  const char *slash = strrchr (part, '/');
  const char *name = slash != NULL ? slash + 1 : part;

  return g_strdup_printf ("%.*s_rels/%s.rels", (int) (name - part), part, name);
}

/* The workbook */

static void
workbook_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;
  const char *value;

  if (g_str_equal (name, "workbookPr"))
    {
      value = rounds_xml_get (attributes, NULL, "date1904");
      /* Excel's own additions have an element of that name too. */
      if (value != NULL)
        self->from_1904 = g_str_equal (value, "1") || g_str_equal (value, "true");
    }
  else if (g_str_equal (name, "sheet"))
    {
      const char *relation = rounds_xml_get (attributes, "relationships", "id");
      SheetPart *part;

      value = rounds_xml_get (attributes, NULL, "name");
      if (relation == NULL || value == NULL)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      part = g_new0 (SheetPart, 1);
      part->name = g_strdup (value);
      part->relation = g_strdup (relation);
      g_ptr_array_add (self->parts, part);
    }
}

/* Styles */

static void
styles_start_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;
  const char *id = rounds_xml_get (attributes, NULL, "numFmtId");
  const char *code = rounds_xml_get (attributes, NULL, "formatCode");

  if (g_str_equal (name, "cellXfs"))
    self->in_styles = TRUE;
  else if (g_str_equal (name, "numFmt") && id != NULL && code != NULL)
    {
      RoundsCellFormat *format = g_new0 (RoundsCellFormat, 1);

      rounds_cell_format_parse (format, code);
      g_hash_table_insert (self->codes, GUINT_TO_POINTER (g_ascii_strtoull (id, NULL, 10)), format);
    }
  else if (g_str_equal (name, "xf") && self->in_styles)
    {
      guint number = id != NULL ? g_ascii_strtoull (id, NULL, 10) : 0;
      const RoundsCellFormat *known = g_hash_table_lookup (self->codes, GUINT_TO_POINTER (number));
      RoundsCellFormat format;

      if (self->formats->len == MAX_FORMATS)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      rounds_cell_format_built_in (&format, number);
      g_array_append_val (self->formats, *(known != NULL ? known : &format));
    }
}

static void
styles_end_cb (gpointer data, const char *name)
{
  Xlsx *self = data;

  if (g_str_equal (name, "cellXfs"))
    self->in_styles = FALSE;
}

/* Texts */

/* What XML cannot hold is written as _xHHHH_ (ECMA-376 part 1, 22.9.2.19). */
static void
unescape (GString *text, gsize from)
{
  gsize to = from;

  for (gsize i = from; i < text->len;)
    {
      char *p = text->str + i;
      guint c = 0;
      guint n = 0;

      if (i + 7 <= text->len && p[0] == '_' && p[1] == 'x' && p[6] == '_')
        for (; n < 4 && g_ascii_isxdigit (p[2 + n]); n++)
          c = c * 16 + g_ascii_xdigit_value (p[2 + n]);
      if (n == 4 && c != 0 && (c < 0xd800 || c > 0xdfff))
        {
          to += g_unichar_to_utf8 (c, text->str + to);
          i += 7;
        }
      else
        text->str[to++] = text->str[i++];
    }
  g_string_truncate (text, to);
}

static void
strings_start_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;

  if (g_str_equal (name, "si"))
    {
      g_array_append_val (self->starts, self->strings->len);
      if (self->starts->len > MAX_STRINGS || self->strings->len > MAX_TEXT)
        rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
    }
  else if (g_str_equal (name, "rPh"))
    self->phonetic++;
  else if (g_str_equal (name, "t"))
    self->in_text = self->phonetic == 0;
}

static void
strings_end_cb (gpointer data, const char *name)
{
  Xlsx *self = data;

  if (g_str_equal (name, "si") && self->starts->len > 0)
    {
      unescape (self->strings, g_array_index (self->starts, gsize, self->starts->len - 1));
      g_string_append_c (self->strings, '\0');
    }
  else if (g_str_equal (name, "rPh"))
    self->phonetic--;
  else if (g_str_equal (name, "t"))
    self->in_text = FALSE;
}

static void
strings_text_cb (gpointer data, const char *text, int length)
{
  Xlsx *self = data;

  if (self->in_text)
    g_string_append_len (self->strings, text, length);
}

/* Sheets */

/* "BC12" */
static void
take_place (Xlsx *self, const char *place)
{
  const char *p = place;
  gsize column = 0;
  gsize row;

  for (; g_ascii_isalpha (*p) && p - place < 4; p++)
    column = column * 26 + (g_ascii_toupper (*p) - 'A' + 1);
  row = g_ascii_strtoull (p, NULL, 10);
  if (column == 0 || row == 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  self->column = column;
  self->row = row;
}

static char
find_type (const char *type)
{
  static const struct
  {
    const char *name;
    char type;
  } types[] = { { "s", 's' }, { "inlineStr", 'i' }, { "str", 't' }, { "b", 'b' }, { "e", 'e' }, { "d", 'd' } };

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, type))
      return types[i].type;
  return 'n';
}

static void
sheet_start_cb (gpointer data, const char *name, const char **attributes)
{
  Xlsx *self = data;

  if (g_str_equal (name, "row"))
    {
      const char *row = rounds_xml_get (attributes, NULL, "r");

      self->row = row != NULL ? g_ascii_strtoull (row, NULL, 10) : self->row + 1;
      self->column = 0;
    }
  else if (g_str_equal (name, "c"))
    {
      const char *place = rounds_xml_get (attributes, NULL, "r");
      const char *style = rounds_xml_get (attributes, NULL, "s");

      if (place != NULL)
        take_place (self, place);
      else
        self->column++;
      self->type = find_type (rounds_xml_get (attributes, NULL, "t"));
      self->style = style != NULL ? g_ascii_strtoull (style, NULL, 10) : 0;
      g_string_truncate (self->value, 0);
    }
  else if (g_str_equal (name, "rPh"))
    self->phonetic++;
  else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
    self->in_text = self->phonetic == 0;
}

/* A whole number stays as it is written: other programs than Excel write more digits than a double holds, and zeros
 * that belong to it. */
static gboolean
is_whole (const char *text)
{
  gsize length = strspn (text, "0123456789");

  return length > 0 && text[length] == '\0';
}

static const RoundsCellFormat *
get_format (Xlsx *self)
{
  static const RoundsCellFormat general = { 0 };

  return self->style < self->formats->len ? &g_array_index (self->formats, RoundsCellFormat, self->style) : &general;
}

static void
add_number (Xlsx *self)
{
  const RoundsCellFormat *format = get_format (self);
  g_autoptr (GString) text = g_string_new (NULL);
  char *end;
  double value;

  if (self->value->len == 0)
    return;
  value = g_ascii_strtod (self->value->str, &end);
  /* What is no number is a text that some program has forgotten to call one, and better than no workbook. */
  if (end == self->value->str || *end != '\0' || !isfinite (value)
      || (format->kind == ROUNDS_CELL_NUMBER && is_whole (self->value->str)))
    rounds_sheet_add (self->sheet, self->row - 1, self->column - 1, self->value->str);
  else if (rounds_cell_format_print (format, value, self->from_1904, text))
    rounds_sheet_add (self->sheet, self->row - 1, self->column - 1, text->str);
  else
    rounds_sheet_add_error (self->sheet, self->row - 1, self->column - 1);
}

static void
add_cell (Xlsx *self)
{
  const char *text = self->value->str;
  guint64 index;

  if (self->row == 0 || self->column == 0)
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  switch (self->type)
    {
    case 'n':
      add_number (self);
      return;
    case 'e':
      rounds_sheet_add_error (self->sheet, self->row - 1, self->column - 1);
      return;
    case 's':
      if (self->value->len == 0)
        return;
      index = g_ascii_strtoull (text, NULL, 10);
      if (index >= self->starts->len)
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
      text = self->strings->str + g_array_index (self->starts, gsize, index);
      break;
    case 'b':
      if (self->value->len > 0)
        text = g_str_equal (text, "0") || g_str_equal (text, "false") ? "FALSE" : "TRUE";
      break;
    case 'd':
      if (get_format (self)->kind == ROUNDS_CELL_DATE || g_str_has_suffix (text, "T00:00:00"))
        g_string_truncate (self->value, strcspn (text, "T"));
      break;
    default:
      unescape (self->value, 0);
      text = self->value->str;
    }
  rounds_sheet_add (self->sheet, self->row - 1, self->column - 1, text);
}

static void
sheet_end_cb (gpointer data, const char *name)
{
  Xlsx *self = data;

  if (g_str_equal (name, "c"))
    add_cell (self);
  else if (g_str_equal (name, "rPh"))
    self->phonetic--;
  else if (g_str_equal (name, "v") || g_str_equal (name, "t"))
    self->in_text = FALSE;
}

static void
sheet_text_cb (gpointer data, const char *text, int length)
{
  Xlsx *self = data;

  if (!self->in_text)
    return;
  g_string_append_len (self->value, text, length);
  if (self->value->len > MAX_TEXT)
    rounds_workbook_fail (ROUNDS_WORKBOOK_TOO_LARGE);
}

static void
read_frame (Xlsx *self)
{
  static const RoundsXmlHandlers root_relations = { root_relation_cb, ignore_end, NULL };
  static const RoundsXmlHandlers relations = { relation_cb, ignore_end, NULL };
  static const RoundsXmlHandlers workbook = { workbook_cb, ignore_end, NULL };
  static const RoundsXmlHandlers styles = { styles_start_cb, styles_end_cb, NULL };
  static const RoundsXmlHandlers strings = { strings_start_cb, strings_end_cb, strings_text_cb };
  g_autofree char *name = NULL;
  const char *slash;

  rounds_zip_parse (self->fd, "_rels/.rels", &root_relations, self);
  if (self->main == NULL)
    self->main = g_strdup ("xl/workbook.xml");
  slash = strrchr (self->main, '/');
  self->base = g_strndup (self->main, slash != NULL ? slash + 1 - self->main : 0);
  name = name_of_relations (self->main);

  /* Binary workbooks (.xlsb), letters and slides are of the same kind on the outside. */
  if (!g_str_has_suffix (self->main, ".xml") || strstr (self->main, "word") != NULL
      || strstr (self->main, "ppt/") != NULL)
    rounds_workbook_fail (ROUNDS_WORKBOOK_NONE);
  if (!rounds_zip_parse (self->fd, self->main, &workbook, self) || !rounds_zip_parse (self->fd, name, &relations, self))
    rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
  if (self->styles != NULL)
    rounds_zip_parse (self->fd, self->styles, &styles, self);
  if (self->texts != NULL)
    rounds_zip_parse (self->fd, self->texts, &strings, self);
}

/**
 * rounds_xlsx_read:
 * @workbook: takes the sheets
 * @fd: a zip file
 */
void
rounds_xlsx_read (RoundsWorkbook *workbook, int fd)
{
  static const RoundsXmlHandlers handlers = { sheet_start_cb, sheet_end_cb, sheet_text_cb };
  Xlsx self = { .workbook = workbook, .fd = fd };

  workbook->format = "xlsx";
  self.relations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.parts = g_ptr_array_new_with_free_func (sheet_part_free);
  self.codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self.formats = g_array_new (FALSE, TRUE, sizeof (RoundsCellFormat));
  self.strings = g_string_new (NULL);
  self.starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self.value = g_string_new (NULL);

  read_frame (&self);
  for (guint i = 0; i < self.parts->len; i++)
    {
      const SheetPart *part = self.parts->pdata[i];
      const char *path = g_hash_table_lookup (self.relations, part->relation);

      /* Sheets that are nothing but a chart are of another type. */
      if (path == NULL)
        continue;
      self.sheet = rounds_workbook_add_sheet (workbook, part->name);
      self.row = 0;
      self.phonetic = 0;
      self.in_text = FALSE;
      if ((workbook->wanted < 0 || self.sheet->is_kept) && !rounds_zip_parse (fd, path, &handlers, &self))
        rounds_workbook_fail (ROUNDS_WORKBOOK_DAMAGED);
    }

  g_hash_table_unref (self.relations);
  g_ptr_array_unref (self.parts);
  g_hash_table_unref (self.codes);
  g_array_unref (self.formats);
  g_string_free (self.strings, TRUE);
  g_array_unref (self.starts);
  g_string_free (self.value, TRUE);
  g_free (self.base);
  g_free (self.main);
  g_free (self.texts);
  g_free (self.styles);
}
