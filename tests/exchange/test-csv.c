/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading and writing CSV: what a user loses if this fails is rows of a file, or the letters in people's names. */

#include <string.h>

#include "file-fixture.h"
#include "rounds-csv-reader.h"
#include "rounds-csv-writer.h"
#include "rounds-error.h"
#include "rounds-json.h"
#include "rounds-table-file.h"
#include "rounds-text-decoder.h"

static RoundsTableReader *
open_reader (GFile *file, const char *encoding, char delimiter)
{
  g_autoptr (GError) error = NULL;
  RoundsCsvReader *reader = rounds_csv_reader_open (file, encoding, delimiter, NULL, &error);

  g_assert_no_error (error);
  return ROUNDS_TABLE_READER (reader);
}

/* Each row as "number:cell|cell", with a "!" where it has a problem. */
static void
assert_rows (RoundsTableReader *reader, const char *first, ...)
{
  g_autoptr (GError) error = NULL;
  const char *expected = first;
  RoundsTableRow row;
  va_list args;

  va_start (args, first);
  while (rounds_table_reader_read (reader, &row, NULL, &error))
    {
      g_autoptr (GString) text = g_string_new (NULL);

      g_string_append_printf (text, "%u:", (guint) row.number);
      for (guint i = 0; i < row.n_cells; i++)
        g_string_append_printf (text, "%s%s", i > 0 ? "|" : "", row.cells[i]);
      if (row.problem != NULL)
        g_string_append_c (text, '!');
      g_assert_cmpstr (text->str, ==, expected);
      expected = va_arg (args, const char *);
    }
  va_end (args);
  g_assert_no_error (error);
  g_assert_null (expected);
}

/* The collection's JSON is an array of objects by the header's names. */
static void
check_spectrum (gconstpointer data)
{
  const char *name = data;
  g_autofree char *csv_name = g_strconcat (name, ".csv", NULL);
  g_autofree char *json_name = g_strconcat (name, ".json", NULL);
  g_autofree char *json_path = g_test_build_filename (G_TEST_DIST, "data", "csv-spectrum", json_name, NULL);
  g_autoptr (GFile) file =
    g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "csv-spectrum", csv_name, NULL));
  g_autoptr (RoundsTableReader) reader = open_reader (file, NULL, 0);
  g_autoptr (GPtrArray) header = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (yyjson_mut_doc) actual = yyjson_mut_doc_new (NULL);
  g_autoptr (yyjson_doc) expected = NULL;
  g_autoptr (yyjson_mut_doc) expected_copy = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  yyjson_mut_val *rows = yyjson_mut_arr (actual);
  RoundsTableRow row;

  while (rounds_table_reader_read (reader, &row, NULL, &error))
    {
      g_assert_null (row.problem);
      if (header->len == 0)
        for (guint i = 0; i < row.n_cells; i++)
          g_ptr_array_add (header, g_strdup (row.cells[i]));
      else
        {
          yyjson_mut_val *object = yyjson_mut_arr_add_obj (actual, rows);

          g_assert_cmpuint (row.n_cells, ==, header->len);
          for (guint i = 0; i < row.n_cells; i++)
            yyjson_mut_obj_add_strcpy (actual, object, header->pdata[i], row.cells[i]);
        }
    }
  g_assert_no_error (error);

  g_file_get_contents (json_path, &json, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rounds_json_read (json, -1, &expected, &error));
  expected_copy = yyjson_doc_mut_copy (expected, NULL);
  g_assert_true (yyjson_mut_equals (rows, yyjson_mut_doc_get_root (expected_copy)));
}

static void
test_encodings (FileFixture *fixture, gconstpointer data)
{
  static const char text[] =
    "Name,City\nJos\u00e9 Mu\u00f1oz,M\u00e1laga\nCi\u00eancia,S\u00e3o Paulo\nZo\u00eb,K\u00f6ln\n"
    "Bj\u00f6rn,G\u00f6teborg\n";
  static const char *const names[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252", "MACINTOSH" };
  static const char *const marks[] = { "", "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    for (guint marked = 0; marked < 2; marked++)
      {
        g_autoptr (RoundsTableReader) reader = NULL;
        g_autoptr (GString) bytes = g_string_new (NULL);
        g_autofree char *converted = NULL;
        gsize length;

        if (marked && i > 2)
          continue;
        converted = g_convert (text, -1, names[i], "UTF-8", NULL, &length, NULL);
        if (marked)
          g_string_append (bytes, marks[i + 1]);
        g_string_append_len (bytes, converted, length);
        file_fixture_put (fixture, bytes->str, bytes->len);

        reader = open_reader (fixture->file, NULL, 0);
        g_assert_cmpstr (rounds_csv_reader_get_encoding (ROUNDS_CSV_READER (reader)), ==, names[i]);
        assert_rows (reader, "1:Name|City", "2:Jos\u00e9 Mu\u00f1oz|M\u00e1laga", "3:Ci\u00eancia|S\u00e3o Paulo",
                     "4:Zo\u00eb|K\u00f6ln", "5:Bj\u00f6rn|G\u00f6teborg", NULL);
      }
}

/* A list in any alphabet, in UTF-16 with a mark and without, short and long: half of its bytes are such as no other
 * text has, and wrongly read it would be nonsense that nobody warns of. */
static void
test_alphabets (FileFixture *fixture, gconstpointer data)
{
  static const char *const rows[] = {
    /* Russian, small letters and capitals; Greek; Hebrew; Arabic; Thai; Armenian; Georgian */
    "\320\230\320\274\321\217,\320\223\320\276\321\200\320\276\320\264\n\320\220\320\275\320\275\320\260,"
    "\320\232\320\260\320\267\320\260\320\275\321\214\n",
    "\320\230\320\234\320\257;\320\223\320\236\320\240\320\236\320\224\n\320\220\320\235\320\235\320\220;"
    "\320\232\320\220\320\227\320\220\320\235\320\254\n",
    "\316\214\316\275\316\277\316\274\316\261,\316\240\317\214\316\273\316\267\n\316\206\316\275\316\275\316\261,"
    "\316\221\316\270\316\256\316\275\316\261\n",
    "\327\251\327\235,\327\242\327\231\327\250\n\327\223\327\240\327\224,\327\227\327\231\327\244\327\224\n",
    "\330\247\330\263\331\205,\331\205\330\257\331\212\331\206\330\251\n\330\263\330\247\330\261\330\251,"
    "\330\271\331\205\330\247\331\206\n",
    "\340\270\212\340\270\267\340\271\210\340\270\255,"
    "\340\271\200\340\270\241\340\270\267\340\270\255\340\270\207\n\340\270\201\340\270\261\340\270\231\340\270\242\340"
    "\270\262,\340\271\200\340\270\245\340\270\242\n",
    "\324\261\325\266\325\270\326\202\325\266,\325\224\325\241\325\262\325\241\326\204\n",
    "\341\203\241\341\203\220\341\203\256\341\203\224\341\203\232\341\203\230,"
    "\341\203\245\341\203\220\341\203\232\341\203\220\341\203\245\341\203\230\n",
    /* Chinese, Japanese and Korean */
    "\345\247\223\345\220\215,\345\237\216\345\270\202\n\347\216\213\344\270\200,"
    "\344\270\212\346\265\267\n\346\235\216\345\233\233,\345\214\227\344\272\254\n",
    "\345\220\215\345\211\215,\343\201\276\343\201\241\n\343\201\225\343\201\217\343\202\211,"
    "\344\272\254\351\203\275\n",
    "\354\235\264\353\246\204,\353\217\204\354\213\234\n\352\271\200\353\257\274\354\244\200,"
    "\354\204\234\354\232\270\n",
  };
  static const char *const names[] = { "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "\xff\xfe", "\xfe\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (rows) * 8; i++)
    {
      const char *name = names[i % 2];
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) bytes = g_string_new (i % 4 < 2 ? marks[i % 2] : "");
      g_autofree char *converted = NULL;
      g_autoptr (RoundsTableFile) file = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      for (guint n = 0; n < (i % 8 < 4 ? 1 : 200); n++)
        g_string_append (text, rows[i / 8]);
      converted = g_convert (text->str, -1, name, "UTF-8", NULL, &length, NULL);
      g_string_append_len (bytes, converted, (gssize) length);
      file_fixture_put (fixture, bytes->str, bytes->len);
      file = rounds_table_file_open (fixture->file, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (rounds_table_file_get_encoding (file), ==, name);
    }
}

/* Small numbers of two bytes, as a sound or a picture is made of, are no text. */
static void
test_numbers_are_no_text (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (RoundsTableFile) file = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 2000; i++)
    {
      g_string_append_c (bytes, (char) (i % 29));
      g_string_append_c (bytes, (char) (i % 7 == 0));
    }
  file_fixture_put (fixture, bytes->str, (gssize) bytes->len);
  file = rounds_table_file_open (fixture->file, NULL, NULL, &error);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
  g_assert_null (file);
}

/* A NUL here and there is damage, and makes no UTF-16 of a text. */
static void
test_damage_is_no_utf16 (FileFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "Name,City\nJos\303\251 Mu\303\261oz,M\303\241laga\nZo\303\253,K\303\266ln\n",
    "name,city\nada,utrecht\nbo,oslo\n",
    "\320\230\320\274\321\217,\320\223\320\276\321\200\320\276\320\264\n\320\220\320\275\320\275\320\260,"
    "\320\232\320\260\320\267\320\260\320\275\321\214\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (gsize at = 0; at < strlen (texts[i]); at++)
      {
        g_autofree char *bytes = g_strdup (texts[i]);
        g_autofree char *encoding = NULL;
        g_autoptr (GError) error = NULL;

        if ((bytes[at] & 0x80) != 0)
          continue;
        bytes[at] = '\0';
        file_fixture_put (fixture, bytes, (gssize) strlen (texts[i]));
        encoding = rounds_text_encoding_detect (fixture->file, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (encoding, ==, "UTF-8");
      }
}

/* "CiÃªncia" for "Ciência" (suitecrm#6442): the head office's file went through a program that read it wrongly. */
static void
test_encoded_twice (FileFixture *fixture, gconstpointer data)
{
  static const char text[] =
    "Name,City\nJos\u00e9 Mu\u00f1oz,M\u00e1laga\nCi\u00eancia,S\u00e3o Paulo\n\u00c0 Bj\u00f6rn,Gro\u00df\n";
  static const char *const wrong[] = { "WINDOWS-1252", "MACINTOSH" };
  static const char *const names[] = { "UTF-8/WINDOWS-1252", "UTF-8/MACINTOSH" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      /* "ß" is C3 9F and "À" is C3 80: both bytes are letters in both encodings. */
      g_autofree char *twice = g_convert (text, -1, "UTF-8", wrong[i], NULL, NULL, NULL);
      g_autoptr (RoundsTableReader) reader = NULL;

      file_fixture_put (fixture, twice, -1);
      reader = open_reader (fixture->file, NULL, 0);
      g_assert_cmpstr (rounds_csv_reader_get_encoding (ROUNDS_CSV_READER (reader)), ==, names[i]);
      assert_rows (reader, "1:Name|City", "2:Jos\u00e9 Mu\u00f1oz|M\u00e1laga", "3:Ci\u00eancia|S\u00e3o Paulo",
                   "4:\u00c0 Bj\u00f6rn|Gro\u00df", NULL);
      g_clear_object (&reader);

      /* Whoever wants it as it stands gets it. */
      reader = open_reader (fixture->file, "UTF-8", 0);
      g_assert_true (rounds_table_reader_read (reader, &(RoundsTableRow) { 0 }, NULL, NULL));
      g_assert_cmpstr (rounds_csv_reader_get_encoding (ROUNDS_CSV_READER (reader)), ==, "UTF-8");
    }
}

static void
test_encoding_override (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;

  file_fixture_put (fixture, "a,b\nS\x9ar,x\n", -1);
  reader = open_reader (fixture->file, "MACINTOSH", 0);
  assert_rows (reader, "1:a|b", "2:S\u00f6r|x", NULL);
  g_clear_object (&reader);

  reader = open_reader (fixture->file, "WINDOWS-1252", 0);
  assert_rows (reader, "1:a|b", "2:S\u0161r|x", NULL);
  g_clear_object (&reader);

  /* Not one letter is invented: the row says that it is damaged. */
  reader = open_reader (fixture->file, "UTF-8", 0);
  assert_rows (reader, "1:a|b", "2:S\ufffdr|x!", NULL);

  g_assert_null (rounds_csv_reader_open (fixture->file, "KLINGON", 0, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

static void
check_delimiter (FileFixture *fixture, const char *text, char delimiter, const char *header)
{
  g_autoptr (RoundsTableReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) joined = g_string_new (NULL);
  RoundsTableRow row;

  file_fixture_put (fixture, text, -1);
  reader = open_reader (fixture->file, NULL, 0);
  g_assert_true (rounds_table_reader_read (reader, &row, NULL, &error));
  g_assert_cmpint (rounds_csv_reader_get_delimiter (ROUNDS_CSV_READER (reader)), ==, delimiter);
  for (guint i = 0; i < row.n_cells; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? "/" : "", row.cells[i]);
  g_assert_cmpstr (joined->str, ==, header);
}

static void
test_line_ends (FileFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "a,b\n1,2\n\n3,4", "a,b\r\n1,2\r\n\r\n3,4\r\n", "a,b\r1,2\r\r3,4\r" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RoundsTableReader) reader = NULL;

      file_fixture_put (fixture, texts[i], -1);
      reader = open_reader (fixture->file, NULL, 0);
      assert_rows (reader, "1:a|b", "2:1|2", "4:3|4", NULL);
    }
}

static void
test_damaged_rows (FileFixture *fixture, gconstpointer data)
{
  static const char nul[] = "a,b\n1,2\0x\n3,4\n";
  g_autoptr (RoundsTableReader) reader = NULL;

  /* An open quote costs its own line, not the rest of the file. */
  file_fixture_put (fixture, "a,b\n1,\"2\n3,4\n5,6\n", -1);
  reader = open_reader (fixture->file, NULL, ',');
  assert_rows (reader, "1:a|b", "2:!", "3:3|4", "4:5|6", NULL);
  g_clear_object (&reader);

  file_fixture_put (fixture, "a,b\n1,\"2\"x\n3,\"4\"\n", -1);
  reader = open_reader (fixture->file, NULL, ',');
  assert_rows (reader, "1:a|b", "2:!", "3:3|4", NULL);
  g_clear_object (&reader);

  /* Rows of another length are told, not dropped. */
  file_fixture_put (fixture, "a,b\n1\n1,2,3\n5'10\",x\n", -1);
  reader = open_reader (fixture->file, NULL, ',');
  assert_rows (reader, "1:a|b", "2:1", "3:1|2|3", "4:5'10\"|x", NULL);
  g_clear_object (&reader);

  file_fixture_put (fixture, nul, sizeof nul - 1);
  reader = open_reader (fixture->file, NULL, ',');
  assert_rows (reader, "1:a|b", "2:1|2\ufffdx!", "3:3|4", NULL);
}

static void
test_oversize (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("a,b\n1,\"");
  g_autoptr (RoundsTableReader) reader = NULL;

  /* An open quote before 3 MiB of rows, and a line that never ends. */
  for (guint i = 0; i < 300000; i++)
    g_string_append (text, "some text\n");
  file_fixture_put (fixture, text->str, text->len);
  reader = open_reader (fixture->file, NULL, ',');
  for (guint i = 0; i < 300001; i++)
    {
      RoundsTableRow row;

      g_assert_true (rounds_table_reader_read (reader, &row, NULL, NULL));
      g_assert_cmpint (row.problem != NULL, ==, i == 1);
    }
  assert_rows (reader, NULL);
  g_clear_object (&reader);

  g_string_assign (text, "a,b\n");
  for (guint i = 0; i < 5000000; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n3,4\n");
  file_fixture_put (fixture, text->str, text->len);
  reader = open_reader (fixture->file, NULL, ',');
  assert_rows (reader, "1:a|b", "2:!", "3:3|4", NULL);
}

/* Characters, quotes and line ends on either side of the 64 KiB after which the next block is read. */
static void
test_block_borders (FileFixture *fixture, gconstpointer data)
{
  for (guint pad = 65536 - 24; pad < 65536 + 4; pad++)
    {
      g_autofree char *filler = g_strnfill (pad - 4, 'x');
      g_autofree char *text = g_strconcat ("a,b\n", filler, ",\"\u00e9\"\"\r\n\u4e2d\"\r\n3,\u00e94\r\n", NULL);
      g_autofree char *second = g_strconcat ("2:", filler, "|\u00e9\"\r\n\u4e2d", NULL);
      g_autoptr (RoundsTableReader) reader = NULL;

      g_autofree char *twice = g_convert (text, -1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);

      file_fixture_put (fixture, text, -1);
      reader = open_reader (fixture->file, NULL, ',');
      assert_rows (reader, "1:a|b", second, "3:3|\u00e94", NULL);
      g_clear_object (&reader);

      if (twice == NULL)
        continue;
      file_fixture_put (fixture, twice, -1);
      reader = open_reader (fixture->file, "UTF-8/WINDOWS-1252", ',');
      assert_rows (reader, "1:a|b", second, "3:3|\u00e94", NULL);
    }
}

static void
test_writer (FileFixture *fixture, gconstpointer data)
{
  const char *const row[] = { "plain", NULL, "a,b", "say \"hi\"", "two\nlines", "=1+1", "+1 310 820", "-5", "@x", "" };
  const char *const empty[] = { "" };
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_autoptr (RoundsCsvWriter) writer = rounds_csv_writer_new (stream);
  g_autoptr (GError) error = NULL;
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  g_autofree char *written = NULL;

  g_assert_true (rounds_csv_writer_write_row (writer, row, G_N_ELEMENTS (row), NULL, &error));
  g_assert_true (rounds_csv_writer_write_row (writer, empty, 1, NULL, &error));
  g_assert_true (rounds_csv_writer_flush (writer, NULL, &error));

  written = g_strndup (g_memory_output_stream_get_data (memory), g_memory_output_stream_get_data_size (memory));
  g_assert_cmpstr (written, ==,
                   "plain,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"'=1+1\",\"'+1 310 820\",\"'-5\",\"'@x\",\r\n"
                   "\"\"\r\n");
}

static void
test_delimiter_guesses (FileFixture *fixture, gconstpointer data)
{
  check_delimiter (fixture, "Name;Address\nSmith, J;Main St, 5\n", ';', "Name/Address");
  check_delimiter (fixture, "Name\tAddress\nSmith, J\tMain St\n", '\t', "Name/Address");
  check_delimiter (fixture, "Name|Address\nSmith, J|Main St\n", '|', "Name/Address");
  check_delimiter (fixture, "\"Name, short\",City\n\"a;b;c\",x\n", ',', "Name, short/City");
  check_delimiter (fixture, "Name\nSmith\n", ',', "Name");
  check_delimiter (fixture, "sep=;\r\nName;City\r\n", ';', "Name/City");
}

int
main (int argc, char *argv[])
{
  static const char *const spectrum[] = { "comma_in_quotes",
                                          "empty",
                                          "empty_crlf",
                                          "escaped_quotes",
                                          "json",
                                          "newlines",
                                          "newlines_crlf",
                                          "quotes_and_newlines",
                                          "simple",
                                          "simple_crlf",
                                          "utf8" };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (spectrum); i++)
    {
      g_autofree char *path = g_strconcat ("/csv/spectrum/", spectrum[i], NULL);

      g_test_add_data_func (path, spectrum[i], check_spectrum);
    }
  FILE_FIXTURE_ADD ("/csv/encodings", test_encodings);
  FILE_FIXTURE_ADD ("/csv/alphabets", test_alphabets);
  FILE_FIXTURE_ADD ("/csv/damage-is-no-utf16", test_damage_is_no_utf16);
  FILE_FIXTURE_ADD ("/csv/numbers-are-no-text", test_numbers_are_no_text);
  FILE_FIXTURE_ADD ("/csv/encoded-twice", test_encoded_twice);
  FILE_FIXTURE_ADD ("/csv/encoding-override", test_encoding_override);
  FILE_FIXTURE_ADD ("/csv/delimiters", test_delimiter_guesses);
  FILE_FIXTURE_ADD ("/csv/line-ends", test_line_ends);
  FILE_FIXTURE_ADD ("/csv/damaged-rows", test_damaged_rows);
  FILE_FIXTURE_ADD ("/csv/oversize", test_oversize);
  FILE_FIXTURE_ADD ("/csv/block-borders", test_block_borders);
  FILE_FIXTURE_ADD ("/csv/writer", test_writer);
  return g_test_run ();
}
