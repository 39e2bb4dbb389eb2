/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-sync-push-writer.h"

/* Below this, packing costs more than it saves. Of many changes, zlib's usual 6 takes twice the work for little less.
 */
#define PACK_FROM 200
#define PACK_LEVEL 3

#define PACK_STEP (64 * 1024) /* bytes that are made room for at once */

struct _RoundsSyncPushWriter
{
  GByteArray *text;   /* (owned) what was written so far */
  GByteArray *packed; /* (owned) the same, packed … */
  GConverter *packer; /* (owned) (nullable) … by this; %NULL once that did not work */
};

/* Packs @size bytes at @data; what was packed by then can be unpacked up to there. */
static void
pack (RoundsSyncPushWriter *self, const guint8 *data, gsize size, GConverterFlags flags)
{
  const GConverterResult last = (flags & G_CONVERTER_INPUT_AT_END) ? G_CONVERTER_FINISHED : G_CONVERTER_FLUSHED;
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (self->packer != NULL && result != last)
    {
      guint length = self->packed->len;
      gsize n_read = 0;
      gsize n_written = 0;

      g_byte_array_set_size (self->packed, length + PACK_STEP);
      result = g_converter_convert (self->packer, data, size, self->packed->data + length, PACK_STEP, flags, &n_read,
                                    &n_written, NULL);
      g_byte_array_set_size (self->packed, length + (guint) n_written);
      if (result == G_CONVERTER_ERROR)
        g_clear_object (&self->packer);
      data += n_read;
      size -= n_read;
    }
}

static void
write_text (RoundsSyncPushWriter *self, const char *text, gsize size, GConverterFlags flags)
{
  g_byte_array_append (self->text, (const guint8 *) text, (guint) size);
  pack (self, (const guint8 *) text, size, flags);
}

/**
 * rounds_sync_push_writer_new:
 * @mutations: (element-type RoundsChange): what to send; they may go once this returns
 *
 * Returns: (transfer full): a writer that has written @mutations
 */
RoundsSyncPushWriter *
rounds_sync_push_writer_new (GPtrArray *mutations)
{
  RoundsSyncPushWriter *self = g_new0 (RoundsSyncPushWriter, 1);
  gsize size;
  g_autofree char *text = rounds_sync_push_build_mutations (mutations, &size);

  self->text = g_byte_array_new ();
  self->packed = g_byte_array_new ();
  if (size >= PACK_FROM)
    self->packer = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, PACK_LEVEL));
  write_text (self, text, size, G_CONVERTER_FLUSH);
  return self;
}

/** rounds_sync_push_writer_free: frees @self and what it owns. */
void
rounds_sync_push_writer_free (RoundsSyncPushWriter *self)
{
  g_clear_pointer (&self->text, g_byte_array_unref);
  g_clear_pointer (&self->packed, g_byte_array_unref);
  g_clear_object (&self->packer);
  g_free (self);
}

/**
 * rounds_sync_push_writer_finish:
 * @self: a writer; once
 * @cursor: (nullable): how far the device has come
 * @epoch: (nullable): of the server's data as the device knows it
 * @packed: (out) (optional) (transfer full) (nullable): the body as zlib packs it; %NULL where it has no bytes to spare
 *
 * Returns: (transfer full): the body of a push
 */
GBytes *
rounds_sync_push_writer_finish (RoundsSyncPushWriter *self, const RoundsUuid *device, const char *cursor,
                                const char *epoch, GBytes **packed)
{
  gsize size;
  g_autofree char *text = rounds_sync_push_build_place (device, cursor, epoch, &size);

  write_text (self, text, size, G_CONVERTER_INPUT_AT_END);
  if (packed != NULL)
    *packed = self->packer != NULL && self->packed->len < self->text->len
                ? g_byte_array_free_to_bytes (g_steal_pointer (&self->packed))
                : NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&self->text));
}
