/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks: what a user loses if this fails is what stands in their cells (a telephone number, a date of birth), or
 * the program itself to a file that somebody sent. */

#include <math.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zlib.h>

#include "rounds-csv-reader.h"
#include "rounds-error.h"
#include "rounds-import-plan.h"
#include "rounds-table-file.h"
#include "test-folder.h"

typedef struct
{
  char *directory;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->directory = test_folder_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_remove (fixture->directory);
}

static char *
put (Fixture *fixture, const char *name, const void *bytes, gsize length)
{
  char *path = g_build_filename (fixture->directory, name, NULL);

  g_assert_true (g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}

static char *
find_sample (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "spreadsheets", name, NULL);
}

static RoundsTableFile *
try_open (const char *path, const char *sheet, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  RoundsTableOptions options = { .sheet = sheet };

  return rounds_table_file_open (file, &options, NULL, error);
}

/* All rows, each an array of its cells; %NULL if the file ends in an error. */
static GPtrArray *
try_read (RoundsTableReader *reader, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_autoptr (GError) local = NULL;
  RoundsTableRow row;

  while (rounds_table_reader_read (reader, &row, NULL, &local))
    {
      char **cells = g_new0 (char *, row.n_cells + 1);

      for (guint i = 0; i < row.n_cells; i++)
        cells[i] = g_strdup (row.cells[i]);
      /* Rows that are blank are not told. */
      while (rows->len + 1 < row.number)
        g_ptr_array_add (rows, g_new0 (char *, 1));
      g_ptr_array_add (rows, cells);
    }
  if (local == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static GPtrArray *
read_sheet (const char *path, const char *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = try_open (path, sheet, &error);
  g_autoptr (RoundsTableReader) reader = NULL;
  GPtrArray *rows;

  g_assert_no_error (error);
  reader = rounds_table_file_read (file, NULL, &error);
  g_assert_no_error (error);
  rows = try_read (reader, &error);
  g_assert_no_error (error);
  return rows;
}

static const char *
get_cell (GPtrArray *rows, guint row, guint column)
{
  char **cells = row < rows->len ? rows->pdata[row] : NULL;

  return cells != NULL && column < g_strv_length (cells) ? cells[column] : "";
}

static void
assert_cells (GPtrArray *rows, guint row, const char *expected)
{
  g_autofree char *cells = row < rows->len ? g_strjoinv ("|", rows->pdata[row]) : g_strdup ("");

  g_assert_cmpstr (cells, ==, expected);
}

/* Golden results */

/* What is shown, as a number, and how exactly it is shown; FALSE if it is none. */
static gboolean
parse_shown (const char *shown, double *value, double *precision)
{
  g_autofree char *plain = g_strdup (shown);
  char *end;
  char *point;
  char *e;

  for (const char *p = "$,() "; *p != '\0'; p++)
    {
      g_auto (GStrv) parts = g_strsplit (plain, (char[]) { *p, '\0' }, -1);

      g_free (plain);
      plain = g_strjoinv ("", parts);
    }
  *value = g_ascii_strtod (plain, &end);
  e = strchr (plain, 'E');
  point = strchr (plain, '.');
  *precision = point != NULL ? pow (10, -(double) strspn (point + 1, "0123456789")) : 1;
  if (e != NULL)
    *precision *= pow (10, g_ascii_strtod (e + 1, NULL));
  if (*end == '%')
    {
      *value /= 100;
      *precision /= 100;
      end++;
    }
  return *plain != '\0' && *end == '\0';
}

/* The golden files hold what a spreadsheet program shows; we read what is there: 12345.6789 for "12,346", dates and
 * times as such. What it shows as ##### is no date. */
static gboolean
agrees (const char *cell, const char *shown)
{
  double value;
  double precision;
  char *end;

  if (g_str_equal (cell, shown) || (g_str_has_prefix (shown, "####") && *cell == '\0'))
    return TRUE;
  /* Letters that the encoding of the golden file did not have. */
  if (*shown == '_' && shown[strspn (shown, "_")] == '\0')
    return *cell != '\0';
  if (parse_shown (shown, &value, &precision) && fabs (fabs (g_ascii_strtod (cell, &end)) - fabs (value)) <= precision
      && *end == '\0')
    return TRUE;
  return g_regex_match_simple ("^([0-9]{4}-[0-9]{2}-[0-9]{2}T?)?([0-9]{2,}:[0-9]{2}:[0-9]{2})?$", cell, 0, 0)
         && g_regex_match_simple ("[0-9]|^(Sun|Mon|Tue|Wed|Thu|Fri|Sat)|^[AP]", shown, 0, 0);
}

static void
compare (const char *name, guint sheet, guint allowed)
{
  g_autofree char *path = find_sample (name);
  g_autofree char *golden = g_strdup_printf ("%s.%u.csv", path, sheet);
  g_autoptr (GFile) file = g_file_new_for_path (golden);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) workbook = try_open (path, NULL, &error);
  g_autoptr (RoundsCsvReader) csv = NULL;
  g_autoptr (GPtrArray) expected = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const RoundsTableSheet *sheets;
  guint n_sheets;
  guint n_wrong = 0;

  g_assert_no_error (error);
  sheets = rounds_table_file_get_sheets (workbook, &n_sheets);
  g_assert_cmpuint (sheet, <, n_sheets);
  rows = read_sheet (path, sheets[sheet].name);
  csv = rounds_csv_reader_open (file, "UTF-8", ',', NULL, &error);
  g_assert_no_error (error);
  expected = try_read (ROUNDS_TABLE_READER (csv), &error);
  g_assert_no_error (error);

  for (guint row = 0; row < MAX (rows->len, expected->len); row++)
    for (guint column = 0; column < 12; column++)
      if (!agrees (get_cell (rows, row, column), get_cell (expected, row, column)))
        {
          n_wrong++;
          g_test_message ("%s sheet %u row %u column %u: “%s” is “%s”", name, sheet, row + 1, column + 1,
                          get_cell (rows, row, column), get_cell (expected, row, column));
        }
  g_assert_cmpuint (n_wrong, ==, allowed);
}

static void
test_golden (void)
{
  compare ("LONumbers.xls", 0, 0);
  compare ("LONumbers.xlsx", 0, 0);
  compare ("sushi.xls", 0, 0);
  compare ("sushi.xlsx", 0, 0);
  for (guint sheet = 0; sheet < 3; sheet++)
    {
      compare ("text_and_numbers.xls", sheet, 0);
      compare ("text_and_numbers.xlsx", sheet, 0);
    }
  compare ("xlsx-stream-d-date-cell.xls", 0, 0);
  compare ("xlsx-stream-d-date-cell.xlsx", 0, 0);
  /* Written in Russian and shown in English: its texts differ, and numbers shown as "1234  9/16". */
  compare ("number_format_russian.xls", 0, 23);
  compare ("number_format_russian.xls", 1, 24);
  compare ("number_format_russian.xls", 2, 180);
  compare ("number_format_russian.xls", 3, 0);
  compare ("number_format_russian.xls", 4, 0);
}

/* The third column says in text what the date in the second is, by the program that wrote the file. */
static void
test_dates (void)
{
  static const char *const names[] = { "1900.xls", "1904.xls", "1900.xlsx", "1904.xlsx", "1900.ods", "1904.ods" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = find_sample (names[i]);
      g_autoptr (GPtrArray) rows = read_sheet (path, NULL);

      g_assert_cmpuint (rows->len, ==, 5);
      for (guint row = 0; row < rows->len; row++)
        g_assert_cmpstr (get_cell (rows, row, 1), ==, get_cell (rows, row, 2));
      assert_cells (rows, 4,
                    g_str_has_prefix (names[i], "1900") ? "11111|1930-06-02|1930-06-02|1930-06-02"
                                                        : "11111|1934-06-03|1934-06-03|1934-06-03");
    }
}

static void
test_merged_cells (void)
{
  static const char *const names[] = { "merge_cells.xlsx", "merge_cells.ods" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = find_sample (names[i]);
      g_autoptr (GPtrArray) rows = read_sheet (path, "Merge");

      assert_cells (rows, 0, "A1:B2||C1:C2|Separate blocks");
      assert_cells (rows, 1, "");
      assert_cells (rows, 2, "A3:B3||C3|");
      g_assert_cmpuint (rows->len, ==, 4);
    }
}

static void
test_errors_are_empty (void)
{
  g_autofree char *path = find_sample ("ErrorTypes.xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = try_open (path, NULL, &error);
  g_autoptr (GPtrArray) rows = read_sheet (path, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (rounds_table_file_get_sheet (file)->n_errors, ==, 20);
  assert_cells (rows, 5, "|#NAME!||#NAME|5|5|16|TRUE|FALSE|FALSE");
  assert_cells (rows, 11, "2014-10-11|10/11/14!|10/11/14?|2014-10-11|2014-10-11||1|FALSE|FALSE|FALSE");
}

static void
test_sheets (void)
{
  g_autofree char *path = find_sample ("mixed_sheets.xlsx");
  g_autofree char *empty = find_sample ("BlankSheetTypes.ods");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = try_open (path, NULL, &error);
  g_autoptr (RoundsTableFile) blank = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  const RoundsTableSheet *sheets;
  guint n_sheets;

  g_assert_no_error (error);
  g_assert_cmpint (rounds_table_file_get_format (file), ==, ROUNDS_TABLE_XLSX);
  g_assert_null (rounds_table_file_get_encoding (file));
  sheets = rounds_table_file_get_sheets (file, &n_sheets);
  g_assert_cmpuint (n_sheets, ==, 3);
  g_assert_cmpstr (sheets[1].name, ==, "choices");
  g_assert_cmpuint (sheets[1].n_rows, ==, 3);
  g_assert_cmpuint (sheets[1].n_columns, ==, 3);

  rows = read_sheet (path, "settings");
  g_assert_cmpuint (rows->len, ==, 2);

  g_assert_null (try_open (path, "Kontakte", &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "survey, choices, settings"));
  g_clear_error (&error);

  blank = try_open (empty, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_table_file_get_format (blank), ==, ROUNDS_TABLE_ODS);
  g_clear_pointer (&rows, g_ptr_array_unref);
  rows = read_sheet (empty, NULL);
  g_assert_cmpuint (rows->len, ==, 0);
}

/* The directory of that file is broken, and Excel reads it all the same. */
static void
test_broken_directory (void)
{
  g_autofree char *path = find_sample ("phpexcel_bad_cfb_dir.xls");
  g_autoptr (GPtrArray) rows = read_sheet (path, NULL);

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (get_cell (rows, 2, 3), ==, "Çelik Alyans CA 0301");
}

/* Round trip */

static char *
write_workbook (Fixture *fixture)
{
  char *path = g_build_filename (fixture->directory, "contacts.xlsx", NULL);
  lxw_workbook *workbook = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, "Contacts & leads");
  lxw_format *date = workbook_add_format (workbook);
  lxw_format *code = workbook_add_format (workbook);
  lxw_format *telephone = workbook_add_format (workbook);
  lxw_datetime born = { .year = 1964, .month = 2, .day = 29 };

  format_set_num_format (date, "dd.mm.yyyy");
  format_set_num_format (code, "00000");
  format_set_num_format (telephone, "0000\\-000\\-000");
  worksheet_write_string (sheet, 0, 0, "0612345678", NULL);
  worksheet_write_string (sheet, 0, 1, "+1 (310) 820-7129", NULL);
  worksheet_write_number (sheet, 0, 2, 3106000000, NULL);
  worksheet_write_number (sheet, 0, 3, 2134, code);
  worksheet_write_number (sheet, 0, 4, 612345678, telephone);
  worksheet_write_number (sheet, 1, 0, 4915123456789012.0, NULL);
  worksheet_write_number (sheet, 1, 1, 0.1, NULL);
  worksheet_write_number (sheet, 1, 2, 1e-7, NULL);
  worksheet_write_datetime (sheet, 1, 3, &born, date);
  worksheet_write_boolean (sheet, 1, 4, 1, NULL);
  worksheet_write_formula_str (sheet, 3, 0, "=\"Ada \"&\"Óvári\"", NULL, "Ada Óvári");
  worksheet_write_string (sheet, 3, 1, "two\nlines, \"quoted\"", NULL);
  worksheet_write_string (sheet, 3, 2, "  blanks  ", NULL);
  worksheet_write_blank (sheet, 50, 20, date);
  g_assert_cmpint (workbook_close (workbook), ==, LXW_NO_ERROR);
  return path;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_workbook (fixture);
  g_autoptr (GPtrArray) rows = read_sheet (path, "Contacts & leads");

  assert_cells (rows, 0, "0612345678|+1 (310) 820-7129|3106000000|02134|0612-345-678");
  assert_cells (rows, 1, "4915123456789012|0.1|0.0000001|1964-02-29|TRUE");
  assert_cells (rows, 2, "");
  assert_cells (rows, 3, "Ada Óvári|two\nlines, \"quoted\"|  blanks  ||");
  g_assert_cmpuint (rows->len, ==, 4);
}

/* A list that some program spoilt before it was put into a workbook (N19). */
static void
test_mojibake (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "twice.xlsx", NULL);
  lxw_workbook *workbook = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  RoundsTableOptions as_it_is = { .encoding = "UTF-8" };
  RoundsTableOptions wrong = { .encoding = "WINDOWS-1252" };
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportPlan) unmended = NULL;
  const RoundsImportRepair *repair;

  worksheet_write_string (sheet, 0, 0, "Family name", NULL);
  worksheet_write_string (sheet, 1, 0, "CiÃªncia", NULL);
  worksheet_write_string (sheet, 2, 0, "MÃ¼ller", NULL);
  g_assert_cmpint (workbook_close (workbook), ==, LXW_NO_ERROR);

  plan = rounds_import_plan_new (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->repairs->len, ==, 2);
  repair = plan->repairs->pdata[0];
  g_assert_cmpstr (repair->before, ==, "CiÃªncia");
  g_assert_cmpstr (repair->after, ==, "Ciência");
  g_assert_cmpstr (((char **) plan->samples->pdata[1])[0], ==, "Müller");

  unmended = rounds_import_plan_new (file, &as_it_is, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (unmended->repairs->len, ==, 0);
  g_assert_cmpstr (((char **) unmended->samples->pdata[1])[0], ==, "MÃ¼ller");

  g_assert_null (rounds_import_plan_new (file, &wrong, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

/* What is told by its contents */

static void
assert_refused (const char *path, RoundsError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (try_open (path, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, (int) code);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” says nothing of “%s”", error->message, word);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const char old[] = "\x09\x08\x10\x00\x00\x05\x05\x00\x00\x00\x00\x00";
  g_autofree char *password = find_sample ("password_2002_40_xor.xls");
  g_autofree char *whole = find_sample ("merge_cells.xlsx");
  g_autofree char *bytes = NULL;
  g_autofree char *cut = NULL;
  g_autofree char *no_workbook = put (fixture, "letter.xlsx", "PK\3\4 and so on", 14);
  g_autofree char *page = put (fixture, "page.xls", "\n <HTML><table><tr><td>Name", 27);
  g_autofree char *veteran = put (fixture, "old.xls", old, sizeof old);
  g_autofree char *huge = put (fixture, "huge.xlsx", "PK\3\4", 4);
  g_autofree char *picture = put (fixture, "contacts.csv", "\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1", 20);
  gsize length;

  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  cut = put (fixture, "cut.xlsx", bytes, length / 2);
  g_assert_cmpint (truncate (huge, 300 * 1024 * 1024), ==, 0);

  assert_refused (password, ROUNDS_ERROR_INVALID, "password");
  assert_refused (cut, ROUNDS_ERROR_INVALID, "damaged");
  assert_refused (no_workbook, ROUNDS_ERROR_INVALID, "damaged");
  assert_refused (page, ROUNDS_ERROR_INVALID, "web page");
  assert_refused (picture, ROUNDS_ERROR_INVALID, "no table");
  assert_refused (veteran, ROUNDS_ERROR_INVALID, "Excel 95");
  assert_refused (huge, ROUNDS_ERROR_INVALID, "too large");
  assert_refused ("/nonexistent/contacts.xlsx", ROUNDS_ERROR_NOT_FOUND, "cannot be read");
}

/* A few megabytes that would be gigabytes as text. */
static void
test_wide_sheet (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "wide.xlsx", NULL);
  lxw_workbook *workbook = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = NULL;
  g_autoptr (RoundsTableReader) reader = NULL;

  for (guint row = 0; row < 20000; row++)
    worksheet_write_number (sheet, row, 0, row, NULL);
  worksheet_write_number (sheet, 0, 16383, 1, NULL);
  g_assert_cmpint (workbook_close (workbook), ==, LXW_NO_ERROR);

  file = try_open (path, NULL, &error);
  g_assert_no_error (error);
  reader = rounds_table_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (try_read (reader, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "too large"));
}

static void
append_number (GByteArray *bytes, guint32 number, guint size)
{
  for (guint i = 0; i < size; i++)
    {
      guint8 byte = number >> (8 * i);

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* A header of a zip file's entry: in front of it, or with @offset in the directory. */
static void
append_header (GByteArray *bytes, const char *name, guint32 checksum, guint32 packed, guint32 unpacked, gint64 offset)
{
  g_byte_array_append (bytes, (const guint8 *) (offset < 0 ? "PK\3\4" : "PK\1\2"), 4);
  if (offset >= 0)
    append_number (bytes, 20, 2);
  append_number (bytes, 20, 2);
  append_number (bytes, 0, 2);
  append_number (bytes, 8, 2); /* deflated */
  append_number (bytes, 0, 4);
  append_number (bytes, checksum, 4);
  append_number (bytes, packed, 4);
  append_number (bytes, unpacked, 4);
  append_number (bytes, strlen (name), 2);
  append_number (bytes, 0, 2);
  if (offset >= 0)
    {
      append_number (bytes, 0, 4);
      append_number (bytes, 0, 2);
      append_number (bytes, 0, 4);
      append_number (bytes, (guint32) offset, 4);
    }
  g_byte_array_append (bytes, (const guint8 *) name, strlen (name));
}

/* A zip file of one entry with that many blanks in it. */
static GByteArray *
make_bomb (const char *name, gsize unpacked_size, gsize told_size)
{
  g_autofree guint8 *blanks = g_malloc (unpacked_size);
  uLongf packed_size = compressBound (unpacked_size);
  g_autofree guint8 *packed = g_malloc (packed_size);
  GByteArray *bytes = g_byte_array_new ();
  guint32 checksum;
  guint directory;

  memset (blanks, ' ', unpacked_size);
  checksum = crc32 (0, blanks, unpacked_size);
  g_assert_cmpint (compress2 (packed, &packed_size, blanks, unpacked_size, 9), ==, Z_OK);
  packed_size -= 6; /* zlib's own frame */

  append_header (bytes, name, checksum, packed_size, told_size, -1);
  g_byte_array_append (bytes, packed + 2, packed_size);
  directory = bytes->len;
  append_header (bytes, name, checksum, packed_size, told_size, 0);
  g_byte_array_append (bytes, (const guint8 *) "PK\5\6\0\0\0\0\1\0\1\0", 12);
  append_number (bytes, bytes->len - 12 - directory, 4);
  append_number (bytes, directory, 4);
  append_number (bytes, 0, 2);
  return bytes;
}

/* 32 MiB of blanks are 32 KiB, and 4 GiB would be 4 MiB. */
static void
test_zip_bombs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bomb = make_bomb ("content.xml", 32 * 1024 * 1024, 32 * 1024 * 1024);
  g_autoptr (GByteArray) liar = make_bomb ("content.xml", 32 * 1024 * 1024, 1000);
  g_autofree char *bomb_path = put (fixture, "bomb.ods", bomb->data, bomb->len);
  g_autofree char *liar_path = put (fixture, "liar.ods", liar->data, liar->len);

  assert_refused (bomb_path, ROUNDS_ERROR_INVALID, "too large");
  assert_refused (liar_path, ROUNDS_ERROR_INVALID, "damaged");
}

/* The process that reads has given away its rights before it looks at the file. It is watched while it waits for
 * somebody to take its rows. */
static void
test_confined (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->directory, "long.xlsx", NULL);
  g_autofree char *program = g_build_filename (g_getenv ("ROUNDS_LIBEXECDIR"), "rounds-table-reader", NULL);
  g_autofree char *status_path = NULL;
  g_autofree char *limits_path = NULL;
  g_autofree char *status = NULL;
  g_autofree char *limits = NULL;
  lxw_workbook *workbook = workbook_new (path);
  lxw_worksheet *sheet = workbook_add_worksheet (workbook, NULL);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char byte;

  /* More than a pipe holds. */
  for (guint row = 0; row < 20000; row++)
    worksheet_write_string (sheet, row, 0, "somebody with a rather long name", NULL);
  g_assert_cmpint (workbook_close (workbook), ==, LXW_NO_ERROR);

  g_subprocess_launcher_set_stdin_file_path (launcher, path);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "rows", "0", NULL);
  g_assert_no_error (error);
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (process), &byte, 1, NULL, &error), ==, 1);

  status_path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (process));
  limits_path = g_strdup_printf ("/proc/%s/limits", g_subprocess_get_identifier (process));
  g_assert_true (g_file_get_contents (status_path, &status, NULL, NULL));
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1\n"));
  g_assert_nonnull (strstr (status, "Seccomp:\t2\n"));
  g_assert_true (g_file_get_contents (limits_path, &limits, NULL, NULL));
  g_assert_true (g_regex_match_simple ("Max file size +0 ", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max core file size +0 ", limits, 0, 0));
  g_assert_true (g_regex_match_simple ("Max cpu time +[0-9]+ ", limits, 0, 0));
#ifndef __SANITIZE_ADDRESS__
  g_assert_true (g_regex_match_simple ("Max address space +[0-9]+ ", limits, 0, 0));
#endif
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
}

/* Damage */

static guint
count_descriptors (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

/* Reads what can be read, and expects an error of ours otherwise. */
static void
read_damaged (Fixture *fixture, const void *bytes, gsize length)
{
  g_autofree char *path = put (fixture, "damaged", bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = try_open (path, NULL, &error);
  g_autoptr (RoundsTableReader) reader = file != NULL ? rounds_table_file_read (file, NULL, &error) : NULL;
  g_autoptr (GPtrArray) rows = reader != NULL ? try_read (reader, &error) : NULL;

  g_assert_true ((rows != NULL) == (error == NULL));
  if (error != NULL)
    g_assert_cmpuint (error->domain, ==, ROUNDS_ERROR);
}

static void
damage (Fixture *fixture, const char *name, guint n_tries)
{
  g_autofree char *path = find_sample (name);
  g_autofree char *bytes = NULL;
  g_autoptr (GRand) random = g_rand_new_with_seed (g_str_hash (name));
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (guint i = 0; i < n_tries; i++)
    read_damaged (fixture, bytes, g_rand_int_range (random, 0, (gint32) length));
  for (guint i = 0; i < n_tries; i++)
    {
      g_autofree char *flipped = g_memdup2 (bytes, length);

      for (guint n = 1 + i % 8; n > 0; n--)
        flipped[g_rand_int_range (random, 0, (gint32) length)] ^= 1 << g_rand_int_range (random, 0, 8);
      read_damaged (fixture, flipped, length);
    }
}

static void
test_damage (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "spreadsheets", NULL);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n_descriptors;
  const char *name;

  /* GLib opens some for its own, the first time. */
  damage (fixture, "1900.xls", 1);
  n_descriptors = count_descriptors ();
  while ((name = g_dir_read_name (directory)) != NULL)
    if (!g_str_has_suffix (name, ".csv"))
      damage (fixture, name, g_test_thorough () ? 500 : 8);
  /* The last processes may not have been reaped yet; several hundred have been. */
  g_assert_cmpuint (count_descriptors (), <=, n_descriptors + 8);
}

/* Who closes the dialog in the middle must not leave a process behind, nor wait for it. */
static void
test_left_early (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_sample ("phpexcel_bad_cfb_dir.xls");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = try_open (path, NULL, &error);
  g_autoptr (RoundsTableReader) reader = rounds_table_file_read (file, NULL, &error);
  g_autoptr (RoundsTableReader) other = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  RoundsTableRow row;

  g_assert_true (rounds_table_reader_read (reader, &row, NULL, &error));
  g_clear_object (&reader);

  g_cancellable_cancel (cancellable);
  other = rounds_table_file_read (file, cancellable, &error);
  g_assert_null (other);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/exchange/workbooks/golden", test_golden);
  g_test_add_func ("/exchange/workbooks/dates", test_dates);
  g_test_add_func ("/exchange/workbooks/merged-cells", test_merged_cells);
  g_test_add_func ("/exchange/workbooks/errors-are-empty", test_errors_are_empty);
  g_test_add_func ("/exchange/workbooks/sheets", test_sheets);
  g_test_add_func ("/exchange/workbooks/broken-directory", test_broken_directory);
  g_test_add ("/exchange/workbooks/round-trip", Fixture, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/exchange/workbooks/mojibake", Fixture, NULL, set_up, test_mojibake, tear_down);
  g_test_add ("/exchange/workbooks/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/exchange/workbooks/wide-sheet", Fixture, NULL, set_up, test_wide_sheet, tear_down);
  g_test_add ("/exchange/workbooks/zip-bombs", Fixture, NULL, set_up, test_zip_bombs, tear_down);
  g_test_add ("/exchange/workbooks/confined", Fixture, NULL, set_up, test_confined, tear_down);
  g_test_add ("/exchange/workbooks/damage", Fixture, NULL, set_up, test_damage, tear_down);
  g_test_add ("/exchange/workbooks/left-early", Fixture, NULL, set_up, test_left_early, tear_down);

  return g_test_run ();
}
