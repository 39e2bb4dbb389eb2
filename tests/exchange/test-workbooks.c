/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks: what a user loses if this fails is what stands in their cells: a telephone number, a date of birth. */

#include <math.h>
#include <string.h>
#include <xlsxwriter.h>

#include "file-fixture.h"
#include "rounds-csv-reader.h"
#include "rounds-error.h"
#include "rounds-import-plan.h"
#include "workbook-samples.h"

static GPtrArray *
read_sheet (const char *path, const char *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = workbook_try_open (path, sheet, &error);
  g_autoptr (RoundsTableReader) reader = NULL;
  GPtrArray *rows;

  g_assert_no_error (error);
  reader = rounds_table_file_read (file, NULL, &error);
  g_assert_no_error (error);
  rows = workbook_try_read (reader, &error);
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
  g_autofree char *path = workbook_find_sample (name);
  g_autofree char *golden = g_strdup_printf ("%s.%u.csv", path, sheet);
  g_autoptr (GFile) file = g_file_new_for_path (golden);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) workbook = workbook_try_open (path, NULL, &error);
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
  expected = workbook_try_read (ROUNDS_TABLE_READER (csv), &error);
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
      g_autofree char *path = workbook_find_sample (names[i]);
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
      g_autofree char *path = workbook_find_sample (names[i]);
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
  g_autofree char *path = workbook_find_sample ("ErrorTypes.xlsx");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = workbook_try_open (path, NULL, &error);
  g_autoptr (GPtrArray) rows = read_sheet (path, NULL);

  g_assert_no_error (error);
  g_assert_cmpuint (rounds_table_file_get_sheet (file)->n_errors, ==, 20);
  assert_cells (rows, 5, "|#NAME!||#NAME|5|5|16|TRUE|FALSE|FALSE");
  assert_cells (rows, 11, "2014-10-11|10/11/14!|10/11/14?|2014-10-11|2014-10-11||1|FALSE|FALSE|FALSE");
}

static void
test_sheets (void)
{
  g_autofree char *path = workbook_find_sample ("mixed_sheets.xlsx");
  g_autofree char *empty = workbook_find_sample ("BlankSheetTypes.ods");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = workbook_try_open (path, NULL, &error);
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

  g_assert_null (workbook_try_open (path, "Kontakte", &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "survey, choices, settings"));
  g_clear_error (&error);

  blank = workbook_try_open (empty, NULL, &error);
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
  g_autofree char *path = workbook_find_sample ("phpexcel_bad_cfb_dir.xls");
  g_autoptr (GPtrArray) rows = read_sheet (path, NULL);

  g_assert_cmpuint (rows->len, ==, 3);
  g_assert_cmpstr (get_cell (rows, 2, 3), ==, "Çelik Alyans CA 0301");
}

/* Round trip */

static char *
write_workbook (FileFixture *fixture)
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
test_round_trip (FileFixture *fixture, gconstpointer data)
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
test_mojibake (FileFixture *fixture, gconstpointer data)
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
  FILE_FIXTURE_ADD ("/exchange/workbooks/round-trip", test_round_trip);
  FILE_FIXTURE_ADD ("/exchange/workbooks/mojibake", test_mojibake);

  return g_test_run ();
}
