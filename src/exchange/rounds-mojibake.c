/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Text that was encoded twice ("CiÃªncia" for "Ciência"): a file in UTF-8 that some program read as Windows-1252 or Mac
 * Roman and wrote as UTF-8 again. Each run of characters that are not ASCII is turned back into the bytes of the wrong
 * encoding; where those are UTF-8, they are what was meant. Where they are not, the run was right as it stands. */

#include "rounds-mojibake.h"

#include <string.h>

/* Windows-1252 from 0x80 to 0x9f; its five gaps are what Latin-1 has there, as browsers do it (WHATWG Encoding). */
static const guint16 windows_1252[32] = {
  0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
  0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
  0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

/* Mac Roman from 0x80 to 0xff (Unicode, VENDORS/APPLE/ROMAN.TXT). */
static const guint16 mac_roman[128] = {
  0x00c4, 0x00c5, 0x00c7, 0x00c9, 0x00d1, 0x00d6, 0x00dc, 0x00e1, 0x00e0, 0x00e2, 0x00e4, 0x00e3, 0x00e5,
  0x00e7, 0x00e9, 0x00e8, 0x00ea, 0x00eb, 0x00ed, 0x00ec, 0x00ee, 0x00ef, 0x00f1, 0x00f3, 0x00f2, 0x00f4,
  0x00f6, 0x00f5, 0x00fa, 0x00f9, 0x00fb, 0x00fc, 0x2020, 0x00b0, 0x00a2, 0x00a3, 0x00a7, 0x2022, 0x00b6,
  0x00df, 0x00ae, 0x00a9, 0x2122, 0x00b4, 0x00a8, 0x2260, 0x00c6, 0x00d8, 0x221e, 0x00b1, 0x2264, 0x2265,
  0x00a5, 0x00b5, 0x2202, 0x2211, 0x220f, 0x03c0, 0x222b, 0x00aa, 0x00ba, 0x03a9, 0x00e6, 0x00f8, 0x00bf,
  0x00a1, 0x00ac, 0x221a, 0x0192, 0x2248, 0x2206, 0x00ab, 0x00bb, 0x2026, 0x00a0, 0x00c0, 0x00c3, 0x00d5,
  0x0152, 0x0153, 0x2013, 0x2014, 0x201c, 0x201d, 0x2018, 0x2019, 0x00f7, 0x25ca, 0x00ff, 0x0178, 0x2044,
  0x20ac, 0x2039, 0x203a, 0xfb01, 0xfb02, 0x2021, 0x00b7, 0x201a, 0x201e, 0x2030, 0x00c2, 0x00ca, 0x00c1,
  0x00cb, 0x00c8, 0x00cd, 0x00ce, 0x00cf, 0x00cc, 0x00d3, 0x00d4, 0xf8ff, 0x00d2, 0x00da, 0x00db, 0x00d9,
  0x0131, 0x02c6, 0x02dc, 0x00af, 0x02d8, 0x02d9, 0x02da, 0x00b8, 0x02dd, 0x02db, 0x02c7,
};

/* The byte that the wrong encoding has for @c; 0 if it has none. */
static guint8
find_byte (RoundsMojibake kind, gunichar c)
{
  const guint16 *table = kind == ROUNDS_MOJIBAKE_MAC ? mac_roman : windows_1252;
  guint n = kind == ROUNDS_MOJIBAKE_MAC ? G_N_ELEMENTS (mac_roman) : G_N_ELEMENTS (windows_1252);

  for (guint i = 0; i < n; i++)
    if (table[i] == c)
      return (guint8) (0x80 + i);
  return kind == ROUNDS_MOJIBAKE_WINDOWS && c >= 0xa0 && c <= 0xff ? (guint8) c : 0;
}

/* Puts into @bytes what the run from @start to @end was meant to be; FALSE if it is right as it is. */
static gboolean
mend_run (RoundsMojibake kind, const char *start, const char *end, GString *bytes)
{
  g_string_truncate (bytes, 0);
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      guint8 byte = find_byte (kind, g_utf8_get_char (p));

      if (byte == 0)
        return FALSE;
      g_string_append_c (bytes, (char) byte);
    }
  return bytes->len > 0 && g_utf8_validate_len (bytes->str, bytes->len, NULL);
}

static const char *
find_run (const char *text, const char *end, gboolean ascii)
{
  while (text < end && ((guint8) *text < 0x80) == ascii)
    text++;
  return text;
}

/**
 * rounds_mojibake_weigh:
 * @text: (array length=length): UTF-8; NUL bytes do no harm
 * @evidence: (inout): counts what is found on top of what it holds
 */
void
rounds_mojibake_weigh (RoundsMojibake kind, const char *text, gsize length, RoundsMojibakeEvidence *evidence)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  const char *end = text + length;

  for (const char *p = find_run (text, end, TRUE); p < end; p = find_run (p, end, TRUE))
    {
      const char *run_end = find_run (p, end, FALSE);

      if (mend_run (kind, p, run_end, bytes))
        evidence->n_mendable++;
      else
        evidence->n_others++;
      p = run_end;
    }
}

/**
 * rounds_mojibake_judge:
 * @windows: what was found of %ROUNDS_MOJIBAKE_WINDOWS
 * @mac: what was found of %ROUNDS_MOJIBAKE_MAC
 *
 * Returns: what a text was taken for, if nearly all of it that is not ASCII can be mended
 */
RoundsMojibake
rounds_mojibake_judge (const RoundsMojibakeEvidence *windows, const RoundsMojibakeEvidence *mac)
{
  if (windows->n_mendable > 4 * windows->n_others)
    return ROUNDS_MOJIBAKE_WINDOWS;
  return mac->n_mendable > 4 * mac->n_others ? ROUNDS_MOJIBAKE_MAC : ROUNDS_MOJIBAKE_NONE;
}

/**
 * rounds_mojibake_mend:
 * @text: (array length=length): UTF-8, not cut within a run of characters that are not ASCII
 * @mended: takes the text as it was meant, at its end
 */
void
rounds_mojibake_mend (RoundsMojibake kind, const char *text, gsize length, GString *mended)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  const char *end = text + length;
  const char *p = text;

  while (p < end)
    {
      const char *run = find_run (p, end, TRUE);
      const char *run_end = find_run (run, end, FALSE);

      g_string_append_len (mended, p, run - p);
      if (kind != ROUNDS_MOJIBAKE_NONE && run < run_end && mend_run (kind, run, run_end, bytes))
        g_string_append_len (mended, bytes->str, (gssize) bytes->len);
      else
        g_string_append_len (mended, run, run_end - run);
      p = run_end;
    }
}
