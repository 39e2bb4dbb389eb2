/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-sync-lines.h"

#include <string.h>

#include "rounds-sync-problem.h"

#define READ_SIZE (64 * 1024)

/* No record comes near this; a line without an end is stopped here. */
#define LINE_LIMIT (64 * 1024 * 1024)

struct _RoundsSyncLines
{
  GInputStream *stream; /* (owned) */
  GByteArray *buffer;   /* (owned): what was read and perhaps not handed out yet */
  gsize place;          /* in it: where the next line begins */
  gsize searched;       /* up to here there is no end of that line */
  gboolean is_at_end;   /* of the stream */
};

/* RFC 1952, 2.3.1; no JSON begins like that. */
static gboolean
is_gzip (GBytes *body)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (body, &length);

  return length >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

/**
 * rounds_sync_lines_new:
 * @body: text, or text packed as gzip
 *
 * Returns: (transfer full): its lines
 */
RoundsSyncLines *
rounds_sync_lines_new (GBytes *body)
{
  RoundsSyncLines *self = g_new0 (RoundsSyncLines, 1);

  self->stream = g_memory_input_stream_new_from_bytes (body);
  if (is_gzip (body))
    {
      g_autoptr (GInputStream) packed = g_steal_pointer (&self->stream);
      g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));

      self->stream = g_converter_input_stream_new (packed, unpacker);
    }
  self->buffer = g_byte_array_sized_new (2 * READ_SIZE);
  return self;
}

/** rounds_sync_lines_free: frees @self and the line that it gave last. */
void
rounds_sync_lines_free (RoundsSyncLines *self)
{
  g_clear_object (&self->stream);
  g_clear_pointer (&self->buffer, g_byte_array_unref);
  g_free (self);
}

/* Reads another piece behind what is there, over what has been handed out. */
static gboolean
read_more (RoundsSyncLines *self, GError **error)
{
  gsize rest = self->buffer->len - self->place;
  gssize n;

  if (rest > LINE_LIMIT)
    return rounds_sync_problem_set_senseless (error);
  if (self->place > 0)
    g_byte_array_remove_range (self->buffer, 0, (guint) self->place);
  self->searched -= self->place;
  self->place = 0;

  g_byte_array_set_size (self->buffer, (guint) rest + READ_SIZE);
  n = g_input_stream_read (self->stream, self->buffer->data + rest, READ_SIZE, NULL, NULL);
  g_byte_array_set_size (self->buffer, (guint) rest + (guint) MAX (n, 0));
  self->is_at_end = n == 0;
  return n >= 0 || rounds_sync_problem_set_senseless (error);
}

/**
 * rounds_sync_lines_next:
 * @line: (out) (nullable): the next line, without its end, until the next call; not terminated; %NULL behind the last
 * @length: (out): bytes in it
 * @error: (out) (optional): PROTOCOL where the packed text is broken or breaks off
 */
gboolean
rounds_sync_lines_next (RoundsSyncLines *self, const char **line, gsize *length, GError **error)
{
  const char *newline = NULL;

  *line = NULL;
  *length = 0;
  for (;;)
    {
      if (self->searched < self->buffer->len)
        newline = memchr (self->buffer->data + self->searched, '\n', self->buffer->len - self->searched);
      if (newline != NULL || self->is_at_end)
        break;
      self->searched = self->buffer->len;
      if (!read_more (self, error))
        return FALSE;
    }
  if (self->place == self->buffer->len)
    return TRUE;

  *line = (const char *) self->buffer->data + self->place;
  *length = newline != NULL ? (gsize) (newline - *line) : self->buffer->len - self->place;
  self->place += *length + (newline != NULL);
  self->searched = self->place;
  return TRUE;
}

/** rounds_sync_lines_has_more: whether something follows the last line; also where that cannot be read. */
gboolean
rounds_sync_lines_has_more (RoundsSyncLines *self)
{
  gboolean is_readable = TRUE;

  while (is_readable && self->place == self->buffer->len && !self->is_at_end)
    is_readable = read_more (self, NULL);
  return !is_readable || self->place < self->buffer->len;
}
