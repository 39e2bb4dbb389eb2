/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Workbooks that nobody can read, or that somebody made to do harm: what a user loses if this fails is the program, or
 * more, to a file that they were sent. */

#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zlib.h>

#include "file-fixture.h"
#include "rounds-error.h"
#include "workbook-samples.h"

static char *
put (FileFixture *fixture, const char *name, const void *bytes, gsize length)
{
  char *path = g_build_filename (fixture->directory, name, NULL);

  g_assert_true (g_file_set_contents_full (path, bytes, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}

static void
assert_refused (const char *path, RoundsError code, const char *word)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (workbook_try_open (path, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, (int) code);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” says nothing of “%s”", error->message, word);
}

static void
test_refused (FileFixture *fixture, gconstpointer data)
{
  static const char old[] = "\x09\x08\x10\x00\x00\x05\x05\x00\x00\x00\x00\x00";
  g_autofree char *password = workbook_find_sample ("password_2002_40_xor.xls");
  g_autofree char *whole = workbook_find_sample ("merge_cells.xlsx");
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
  assert_refused (picture, ROUNDS_ERROR_INVALID, "neither a table");
  assert_refused (veteran, ROUNDS_ERROR_INVALID, "Excel 95");
  assert_refused (huge, ROUNDS_ERROR_INVALID, "too large");
  assert_refused ("/nonexistent/contacts.xlsx", ROUNDS_ERROR_NOT_FOUND, "cannot be read");
}

/* A few megabytes that would be gigabytes as text. */
static void
test_wide_sheet (FileFixture *fixture, gconstpointer data)
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

  file = workbook_try_open (path, NULL, &error);
  g_assert_no_error (error);
  reader = rounds_table_file_read (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (workbook_try_read (reader, &error));
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
test_zip_bombs (FileFixture *fixture, gconstpointer data)
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
test_confined (FileFixture *fixture, gconstpointer data)
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
read_damaged (FileFixture *fixture, const void *bytes, gsize length)
{
  g_autofree char *path = put (fixture, "damaged", bytes, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = workbook_try_open (path, NULL, &error);
  g_autoptr (RoundsTableReader) reader = file != NULL ? rounds_table_file_read (file, NULL, &error) : NULL;
  g_autoptr (GPtrArray) rows = reader != NULL ? workbook_try_read (reader, &error) : NULL;

  g_assert_true ((rows != NULL) == (error == NULL));
  if (error != NULL)
    g_assert_cmpuint (error->domain, ==, ROUNDS_ERROR);
}

static void
damage (FileFixture *fixture, const char *name, guint n_tries)
{
  g_autofree char *path = workbook_find_sample (name);
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
test_damage (FileFixture *fixture, gconstpointer data)
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
test_left_early (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *path = workbook_find_sample ("phpexcel_bad_cfb_dir.xls");
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsTableFile) file = workbook_try_open (path, NULL, &error);
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

  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/refused", test_refused);
  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/wide-sheet", test_wide_sheet);
  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/zip-bombs", test_zip_bombs);
  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/confined", test_confined);
  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/damage", test_damage);
  FILE_FIXTURE_ADD ("/exchange/workbooks-hostile/left-early", test_left_early);

  return g_test_run ();
}
