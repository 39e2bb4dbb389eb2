/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-text-decoder.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <uchardet.h>

#include "rounds-error.h"
#include "rounds-mojibake.h"

#define BLOCK_SIZE (64 * 1024)
/* How much of a file the detection looks at: every row of 100,000, and an end for what is no list of contacts. */
#define DETECT_LIMIT (64 * 1024 * 1024)

/* Names of our own, which iconv does not know. */
#define ROUNDS_TWICE_WINDOWS "UTF-8/WINDOWS-1252"
#define ROUNDS_TWICE_MAC "UTF-8/MACINTOSH"

struct _RoundsTextDecoder
{
  GInputStream *stream; /* (owned) */
  GIConv converter;     /* (owned): (GIConv) -1 where the file is UTF-8 */
  GByteArray *raw;      /* (owned): read and not decoded yet */
  RoundsMojibake twice; /* what to mend */
  GString *unmended;    /* (owned): decoded and not mended yet */
  gboolean started;     /* the byte-order mark, if any, is behind us */
  gboolean at_end;
};

static const RoundsTextEncoding encodings[] = {
  { "UTF-8", N_ ("Unicode (UTF-8)") },
  { ROUNDS_TWICE_WINDOWS, N_ ("Encoded twice (Windows-1252)") },
  { ROUNDS_TWICE_MAC, N_ ("Encoded twice (Mac Roman)") },
  { "UTF-16LE", N_ ("Unicode (UTF-16, little-endian)") },
  { "UTF-16BE", N_ ("Unicode (UTF-16, big-endian)") },
  { "WINDOWS-1252", N_ ("Western (Windows-1252)") },
  { "MACINTOSH", N_ ("Western (Mac Roman)") },
  { "ISO-8859-15", N_ ("Western (ISO-8859-15)") },
  { "WINDOWS-1250", N_ ("Central European (Windows-1250)") },
  { "ISO-8859-2", N_ ("Central European (ISO-8859-2)") },
  { "WINDOWS-1251", N_ ("Cyrillic (Windows-1251)") },
  { "WINDOWS-1253", N_ ("Greek (Windows-1253)") },
  { "WINDOWS-1254", N_ ("Turkish (Windows-1254)") },
  { "WINDOWS-1255", N_ ("Hebrew (Windows-1255)") },
  { "WINDOWS-1256", N_ ("Arabic (Windows-1256)") },
  { "WINDOWS-1257", N_ ("Baltic (Windows-1257)") },
  { "SHIFT_JIS", N_ ("Japanese (Shift JIS)") },
  { "EUC-KR", N_ ("Korean (EUC-KR)") },
  { "GB18030", N_ ("Chinese (GB 18030)") },
  { "BIG5", N_ ("Chinese (Big5)") },
};

/** rounds_text_encoding_list: the encodings to choose from, Unicode first. */
const RoundsTextEncoding *
rounds_text_encoding_list (guint *n_encodings)
{
  *n_encodings = G_N_ELEMENTS (encodings);
  return encodings;
}

/**
 * rounds_text_encoding_find:
 *
 * Returns: (nullable): the encoding of that name, upper or lower case
 */
const RoundsTextEncoding *
rounds_text_encoding_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (encodings); i++)
    if (g_ascii_strcasecmp (encodings[i].name, name) == 0)
      return &encodings[i];
  return NULL;
}

/**
 * rounds_propagate_read_error:
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CANCELLED or %ROUNDS_ERROR_FAILED
 * @local: (transfer full): what reading a file came to
 *
 * Returns: %FALSE
 */
gboolean
rounds_propagate_read_error (GError **error, GError *local)
{
  int code = g_error_matches (local, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)   ? ROUNDS_ERROR_NOT_FOUND
             : g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? ROUNDS_ERROR_CANCELLED
                                                                         : ROUNDS_ERROR_FAILED;

  g_set_error (error, ROUNDS_ERROR, code, _ ("The file cannot be read: %s."), local->message);
  g_error_free (local);
  return FALSE;
}

static gboolean
read_block (GInputStream *stream, GByteArray *raw, gboolean *at_end, GCancellable *cancellable, GError **error)
{
  GError *local = NULL;
  guint before = raw->len;
  gsize count = 0;

  g_byte_array_set_size (raw, before + BLOCK_SIZE);
  if (!g_input_stream_read_all (stream, raw->data + before, BLOCK_SIZE, &count, cancellable, &local))
    return rounds_propagate_read_error (error, local);

  g_byte_array_set_size (raw, before + count);
  *at_end = count < BLOCK_SIZE;
  return TRUE;
}

static const char *
name_of_mark (const guint8 *data, gsize length, gsize *mark)
{
  *mark = 3;
  if (length >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    return "UTF-8";
  *mark = 2;
  if (length >= 2 && memcmp (data, "\xff\xfe", 2) == 0)
    return "UTF-16LE";
  if (length >= 2 && memcmp (data, "\xfe\xff", 2) == 0)
    return "UTF-16BE";
  *mark = 0;
  return NULL;
}

/* What bytes say when their pairs are taken for characters of UTF-16. */
typedef struct
{
  gsize n_high_controls; /* the upper byte is one that no other text has: the alphabets are from U+0000 to U+1FFF */
  gsize n_low_controls;  /* the same of the lower byte */
  gsize n_ascii;
  gsize n_lines;    /* of these, ends of lines */
  gsize n_unlikely; /* signs and scripts that no list is full of, and what is no character */
} Utf16Evidence;

static gboolean
is_control (guint8 byte)
{
  return byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r';
}

/* Pairs of Western letters are such by the dozen: U+2C61 is a comma and an "a". */
static gboolean
is_unlikely (gunichar c)
{
  return (c >= 0x2300 && c < 0x3000) || (c >= 0x3200 && c < 0x4e00)
         || ((c < 0xd800 || c > 0xdfff) && c != '\t' && c != '\n' && c != '\r'
             && (!g_unichar_isdefined (c) || g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_PRIVATE_USE));
}

static void
weigh_utf16 (const guint8 *data, gsize n_pairs, gboolean is_big_endian, Utf16Evidence *evidence)
{
  *evidence = (Utf16Evidence) { 0 };
  for (gsize i = 0; i < n_pairs; i++)
    {
      guint8 high = data[2 * i + (is_big_endian ? 0 : 1)];
      guint8 low = data[2 * i + (is_big_endian ? 1 : 0)];
      gunichar c = (gunichar) high << 8 | low;

      evidence->n_high_controls += is_control (high);
      evidence->n_low_controls += is_control (low);
      evidence->n_ascii += c > 0 && c < 0x80;
      evidence->n_lines += c == '\n' || c == '\r';
      evidence->n_unlikely += is_unlikely (c);
    }
}

/* Of an alphabet nearly every upper byte is NUL or 04 for Cyrillic, 03 for Greek and so on; of its lower bytes at most
 * half are so low. In Chinese, Japanese and Korean only what is between the texts tells: separators and ends of lines,
 * which have a NUL each and all on the same side. */
static gboolean
is_utf16 (const Utf16Evidence *evidence, const Utf16Evidence *other_order, gsize n_pairs)
{
  if (evidence->n_high_controls > n_pairs / 2 && evidence->n_high_controls > evidence->n_low_controls + n_pairs / 4
      && evidence->n_unlikely <= n_pairs / 10)
    return TRUE;
  return evidence->n_lines > 0 && evidence->n_ascii >= n_pairs / 50 && evidence->n_ascii > 4 * other_order->n_ascii
         && evidence->n_unlikely <= n_pairs / 50;
}

/**
 * rounds_text_encoding_guess_utf16:
 * @data: (array length=length): how a file begins, which has no byte-order mark
 *
 * Returns: (nullable): "UTF-16LE" or "UTF-16BE" if that is what it is, in any language; %NULL if not
 */
const char *
rounds_text_encoding_guess_utf16 (const guint8 *data, gsize length)
{
  gsize n_pairs = MIN (length, BLOCK_SIZE) / 2;
  Utf16Evidence little, big;

  if (n_pairs < 2)
    return NULL;
  weigh_utf16 (data, n_pairs, FALSE, &little);
  weigh_utf16 (data, n_pairs, TRUE, &big);
  if (is_utf16 (&little, &big, n_pairs))
    return "UTF-16LE";
  return is_utf16 (&big, &little, n_pairs) ? "UTF-16BE" : NULL;
}

/* How much of what is not ASCII makes sense as letters of Western names when read as @encoding. uchardet knows no Mac
 * Roman, in which "é" is what Windows-1252 has as a capital with a caron. */
static int
rate_western (const guint8 *data, gsize length, const char *encoding)
{
  g_autofree char *text = NULL;
  gunichar before = 0;
  int rating = 0;

  text = g_convert_with_fallback ((const char *) data, length, "UTF-8", encoding, "\xef\xbf\xbd", NULL, NULL, NULL);
  if (text == NULL)
    return G_MININT;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c >= 0x80)
        {
          gunichar after = g_utf8_get_char (g_utf8_next_char (p));
          gboolean in_word = g_unichar_isalpha (before) || g_unichar_isalpha (after);

          if (!g_unichar_isalpha (c))
            rating -= in_word && c != 0x2019;
          else if (c >= 0xc0 && c <= 0xff)
            rating += g_unichar_isupper (c) && g_unichar_islower (before) ? -1 : 2;
          else
            rating += g_unichar_isupper (c) && g_unichar_islower (before) ? -1 : 0;
        }
      before = c;
    }
  return rating;
}

/* The lines that are not plain ASCII, which is all that tells 8-bit encodings apart. */
static GByteArray *
collect_telling_lines (const guint8 *data, gsize length)
{
  GByteArray *lines = g_byte_array_new ();
  gsize start = 0;

  while (start < length && lines->len < BLOCK_SIZE)
    {
      gsize end = start;
      gboolean telling = FALSE;

      while (end < length && data[end] != '\n' && data[end] != '\r' && end - start < 4096)
        telling |= data[end++] >= 0x80;
      if (telling)
        {
          g_byte_array_append (lines, data + start, end - start);
          g_byte_array_append (lines, (const guint8 *) "\n", 1);
        }
      start = end + (end < length && (data[end] == '\n' || data[end] == '\r'));
    }
  return lines;
}

static char *
guess_8_bit (const guint8 *data, gsize length)
{
  g_autoptr (GByteArray) lines = collect_telling_lines (data, length);
  uchardet_t detector = uchardet_new ();
  const RoundsTextEncoding *found = NULL;
  int windows;
  int mac;

  uchardet_handle_data (detector, (const char *) lines->data, lines->len);
  uchardet_data_end (detector);
  found = rounds_text_encoding_find (uchardet_get_charset (detector));
  uchardet_delete (detector);

  windows = rate_western (lines->data, lines->len, "WINDOWS-1252");
  mac = rate_western (lines->data, lines->len, "MACINTOSH");
  if (mac > windows)
    return g_strdup ("MACINTOSH");
  /* With a handful of accented letters uchardet often sees the wrong corner of Europe; where the text reads well as
   * the usual Western encoding, that is what it is. Multi-byte encodings do not read well so. */
  if (windows > 0 && (found == NULL || lines->len < 4096))
    return g_strdup ("WINDOWS-1252");
  return g_strdup (found != NULL ? found->name : "WINDOWS-1252");
}

static gsize
count_valid_utf8 (const char *data, gsize length)
{
  const char *end = NULL;

  if (g_utf8_validate_len (data, length, &end))
    return length;
  return end - data;
}

/** rounds_text_encoding_get_mojibake: what reading in @encoding mends. */
RoundsMojibake
rounds_text_encoding_get_mojibake (const char *encoding)
{
  if (g_ascii_strcasecmp (encoding, ROUNDS_TWICE_WINDOWS) == 0)
    return ROUNDS_MOJIBAKE_WINDOWS;
  return g_ascii_strcasecmp (encoding, ROUNDS_TWICE_MAC) == 0 ? ROUNDS_MOJIBAKE_MAC : ROUNDS_MOJIBAKE_NONE;
}

/** rounds_text_encoding_of_mojibake: (nullable): the encoding whose reading mends it. */
const char *
rounds_text_encoding_of_mojibake (RoundsMojibake mojibake)
{
  if (mojibake == ROUNDS_MOJIBAKE_WINDOWS)
    return ROUNDS_TWICE_WINDOWS;
  return mojibake == ROUNDS_MOJIBAKE_MAC ? ROUNDS_TWICE_MAC : NULL;
}

/* UTF-8 it is; but was it encoded twice? */
static const char *
tell_twice_encoded (const char *text, gsize length)
{
  RoundsMojibakeEvidence windows = { 0 };
  RoundsMojibakeEvidence mac = { 0 };
  const char *repair;

  rounds_mojibake_weigh (ROUNDS_MOJIBAKE_WINDOWS, text, length, &windows);
  rounds_mojibake_weigh (ROUNDS_MOJIBAKE_MAC, text, length, &mac);
  repair = rounds_text_encoding_of_mojibake (rounds_mojibake_judge (&windows, &mac));
  return repair != NULL ? repair : "UTF-8";
}

/**
 * rounds_text_encoding_detect:
 * @file: a text file
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CANCELLED or %ROUNDS_ERROR_FAILED
 *
 * Finds out how @file is encoded: by its byte-order mark, by being UTF-8 all through, or by what the letters look
 * like (uchardet, and a rating of Western names). The person can overrule it, since short files leave room for doubt.
 * Blocks.
 *
 * Returns: (transfer full): the name of one of rounds_text_encoding_list()
 */
char *
rounds_text_encoding_detect (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) raw = g_byte_array_new ();
  g_autoptr (GFileInputStream) stream = NULL;
  GError *local = NULL;
  gboolean at_end = FALSE;
  const char *name;
  gsize valid;
  gsize mark;

  stream = g_file_read (file, cancellable, &local);
  if (stream == NULL)
    {
      rounds_propagate_read_error (error, local);
      return NULL;
    }
  while (!at_end && raw->len < DETECT_LIMIT)
    if (!read_block (G_INPUT_STREAM (stream), raw, &at_end, cancellable, error))
      return NULL;

  name = name_of_mark (raw->data, raw->len, &mark);
  if (name == NULL)
    name = rounds_text_encoding_guess_utf16 (raw->data, raw->len);
  if (name != NULL)
    return g_strdup (name);

  /* NUL bytes are damage in any 8-bit encoding and say nothing about it. */
  for (guint i = 0; i < raw->len; i++)
    if (raw->data[i] == 0)
      raw->data[i] = ' ';
  valid = count_valid_utf8 ((const char *) raw->data, raw->len);
  if (valid == raw->len || (!at_end && raw->len - valid < 4))
    return g_strdup (tell_twice_encoded ((const char *) raw->data, valid));
  return guess_8_bit (raw->data, raw->len);
}

/**
 * rounds_text_decode:
 * @bytes: (array length=length): a short text, for formats whose texts come one by one
 * @encoding: what the file that it is from is in, one of rounds_text_encoding_list()
 *
 * Decodes what may be in another encoding than its file: UTF-8 stays what it is, or is mended where the file was
 * encoded twice; what is not UTF-8 is taken for @encoding, or Western where that is Unicode itself.
 *
 * Returns: (transfer full) (nullable): UTF-8; %NULL if it can be read in neither
 */
char *
rounds_text_decode (const char *bytes, gsize length, const char *encoding)
{
  RoundsMojibake twice = rounds_text_encoding_get_mojibake (encoding);
  gboolean is_unicode = twice != ROUNDS_MOJIBAKE_NONE || g_ascii_strncasecmp (encoding, "UTF-", 4) == 0;

  if (g_utf8_validate_len (bytes, length, NULL))
    {
      GString *mended = g_string_new (NULL);

      rounds_mojibake_mend (twice, bytes, length, mended);
      return g_string_free_and_steal (mended);
    }
  return g_convert (bytes, (gssize) length, "UTF-8", is_unicode ? "WINDOWS-1252" : encoding, NULL, NULL, NULL);
}

/**
 * rounds_text_decoder_new:
 * @stream: text, at its start
 * @encoding: what it is encoded in, one of rounds_text_encoding_list()
 * @error: (out) (optional): %ROUNDS_ERROR_INVALID for an encoding that is not known here
 *
 * Returns: (transfer full) (nullable): a decoder of @stream
 */
RoundsTextDecoder *
rounds_text_decoder_new (GInputStream *stream, const char *encoding, GError **error)
{
  g_autoptr (RoundsTextDecoder) self = g_new0 (RoundsTextDecoder, 1);

  self->stream = g_object_ref (stream);
  self->converter = (GIConv) -1;
  self->raw = g_byte_array_new ();
  self->unmended = g_string_new (NULL);
  self->twice = rounds_text_encoding_get_mojibake (encoding);
  if (g_ascii_strcasecmp (encoding, "UTF-8") != 0 && self->twice == ROUNDS_MOJIBAKE_NONE)
    {
      self->converter = g_iconv_open ("UTF-8", encoding);
      if (self->converter == (GIConv) -1)
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID, _ ("The text encoding “%s” is not known."), encoding);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

/**
 * rounds_text_decoder_open:
 * @file: a text file
 * @encoding: what it is encoded in, one of rounds_text_encoding_list()
 * @error: (out) (optional): as rounds_text_decoder_new() and rounds_text_encoding_detect()
 *
 * Returns: (transfer full) (nullable): a decoder at the start of @file
 */
RoundsTextDecoder *
rounds_text_decoder_open (GFile *file, const char *encoding, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  GError *local = NULL;

  stream = g_file_read (file, cancellable, &local);
  if (stream == NULL)
    {
      rounds_propagate_read_error (error, local);
      return NULL;
    }
  return rounds_text_decoder_new (G_INPUT_STREAM (stream), encoding, error);
}

/** rounds_text_decoder_free: closes the file. */
void
rounds_text_decoder_free (RoundsTextDecoder *self)
{
  if (self->converter != (GIConv) -1)
    g_iconv_close (self->converter);
  g_clear_object (&self->stream);
  g_byte_array_unref (self->raw);
  g_string_free (self->unmended, TRUE);
  g_free (self);
}

/* Appends what is UTF-8 in the raw bytes, a NUL for each byte that is not; leaves a character that the block's end
 * may have cut. */
static void
take_utf8 (RoundsTextDecoder *self, GString *text)
{
  gsize used = 0;

  while (used < self->raw->len)
    {
      const char *data = (const char *) self->raw->data + used;
      gsize left = self->raw->len - used;
      gsize valid = count_valid_utf8 (data, left);

      g_string_append_len (text, data, valid);
      used += valid;
      if (valid == left)
        break;
      if (!self->at_end && left - valid < 4 && data[valid] != '\0'
          && g_utf8_get_char_validated (data + valid, left - valid) == (gunichar) -2)
        break;
      g_string_append_c (text, '\0');
      used++;
    }
  g_byte_array_remove_range (self->raw, 0, used);
}

static void
take_converted (RoundsTextDecoder *self, GString *text)
{
  char *input = (char *) self->raw->data;
  gsize left = self->raw->len;
  char buffer[8192];

  while (left > 0)
    {
      char *output = buffer;
      gsize room = sizeof buffer;
      gsize result = g_iconv (self->converter, &input, &left, &output, &room);
      int problem = result == (gsize) -1 ? errno : 0;

      g_string_append_len (text, buffer, output - buffer);
      if (problem == EINVAL && !self->at_end)
        break;
      if (problem == EILSEQ || problem == EINVAL)
        {
          g_string_append_c (text, '\0');
          input++;
          left--;
        }
    }
  g_byte_array_remove_range (self->raw, 0, self->raw->len - left);
}

/* Mends what was encoded twice, up to where the block's end may have cut a run of letters. */
static void
take_mended (RoundsTextDecoder *self, GString *text)
{
  gsize end;

  take_utf8 (self, self->unmended);
  end = self->unmended->len;
  while (!self->at_end && end > 0 && (guint8) self->unmended->str[end - 1] >= 0x80)
    end--;
  rounds_mojibake_mend (self->twice, self->unmended->str, end, text);
  g_string_erase (self->unmended, 0, (gssize) end);
}

/**
 * rounds_text_decoder_read:
 * @text: takes the next block of text at its end; NUL bytes in it are damage
 * @at_end: (out): %TRUE when that was the last block
 * @error: (out) (optional): as rounds_text_encoding_detect()
 */
gboolean
rounds_text_decoder_read (RoundsTextDecoder *self, GString *text, gboolean *at_end, GCancellable *cancellable,
                          GError **error)
{
  *at_end = self->at_end;
  if (self->at_end)
    return TRUE;
  if (!read_block (self->stream, self->raw, &self->at_end, cancellable, error))
    return FALSE;

  if (!self->started)
    {
      gsize mark;

      name_of_mark (self->raw->data, self->raw->len, &mark);
      if (mark > 0)
        g_byte_array_remove_range (self->raw, 0, mark);
      self->started = TRUE;
    }

  if (self->twice != ROUNDS_MOJIBAKE_NONE)
    take_mended (self, text);
  else if (self->converter == (GIConv) -1)
    take_utf8 (self, text);
  else
    take_converted (self, text);
  *at_end = self->at_end;
  return TRUE;
}
