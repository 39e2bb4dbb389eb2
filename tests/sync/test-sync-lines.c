/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page's lines. What is lost if this fails: records at the edge of a piece that was read, or behind the place where a
 * packed answer broke off without anybody noticing. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-lines.h"

#define LONG_LINE (200 * 1000) /* more than is read at once */

static GBytes *
pack (const char *text)
{
  g_autoptr (GConverter) packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 3));
  g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
  GBytes *packed = g_converter_convert_bytes (packer, plain, NULL);

  g_assert_nonnull (packed);
  return packed;
}

static void
assert_next (RoundsSyncLines *lines, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *line;
  gsize length;

  g_assert_cmpint (rounds_sync_lines_has_more (lines), ==, expected != NULL);
  g_assert_true (rounds_sync_lines_next (lines, &line, &length, &error));
  g_assert_no_error (error);
  text = line != NULL ? g_strndup (line, length) : NULL;
  g_assert_cmpstr (text, ==, expected);
}

static void
assert_lines (GBytes *body, const char *const *expected)
{
  g_autoptr (RoundsSyncLines) lines = rounds_sync_lines_new (body);

  for (guint i = 0; expected[i] != NULL; i++)
    assert_next (lines, expected[i]);
  assert_next (lines, NULL);
  assert_next (lines, NULL);
}

static void
test_lines (void)
{
  g_autofree char *long_line = g_strnfill (LONG_LINE, 'x');
  const char *const lines[] = { "{\"epoch\":1}", "", long_line, "[2]", NULL };
  const char *const none[] = { NULL };

  for (int ended = 0; ended < 2; ended++)
    {
      g_autofree char *joined = g_strjoinv ("\n", (char **) lines);
      g_autofree char *text = g_strconcat (joined, ended ? "\n" : "", NULL);
      g_autoptr (GBytes) plain = g_bytes_new (text, strlen (text));
      g_autoptr (GBytes) packed = pack (text);

      assert_lines (plain, lines);
      assert_lines (packed, lines);
    }
  for (int is_packed = 0; is_packed < 2; is_packed++)
    {
      g_autoptr (GBytes) nothing = is_packed ? pack ("") : g_bytes_new (NULL, 0);

      assert_lines (nothing, none);
    }
}

/* Reads all of @body; how many lines there were until it ended, or could not be read. */
static guint
count_lines (GBytes *body, GError **error)
{
  g_autoptr (RoundsSyncLines) lines = rounds_sync_lines_new (body);
  const char *line;
  gsize length;
  guint n = 0;

  while (rounds_sync_lines_has_more (lines) && rounds_sync_lines_next (lines, &line, &length, error))
    n++;
  return n;
}

/* Wherever it breaks off, that is told, and never looks like the end of the page. */
static void
test_cut (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) packed = NULL;

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "[%u]\n", g_random_int ());
  packed = pack (text->str);
  for (gsize length = g_bytes_get_size (packed) - 1; length > 20; length -= MIN (length, 997))
    {
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, length);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (count_lines (cut, &error), <=, 20000);
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
    }
}

static void
test_damaged (void)
{
  g_autofree char *line = g_strnfill (LONG_LINE, 'y');
  g_autoptr (GBytes) packed = pack (line);
  gsize length;
  g_autofree guint8 *damaged = g_memdup2 (g_bytes_get_data (packed, &length), g_bytes_get_size (packed));
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = length / 2; i < length; i++)
    damaged[i] ^= 0x5a;
  body = g_bytes_new (damaged, length);
  g_assert_cmpuint (count_lines (body, &error), ==, 0);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sync-lines/lines", test_lines);
  g_test_add_func ("/sync-lines/cut", test_cut);
  g_test_add_func ("/sync-lines/damaged", test_damaged);

  return g_test_run ();
}
