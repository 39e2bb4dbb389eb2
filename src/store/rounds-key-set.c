/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-key-set-private.h"

#define CHUNK_BITS 15 /* 32,768 keys are 4 KiB */
#define CHUNK_BYTES ((gsize) 1 << (CHUNK_BITS - 3))

struct _RoundsKeySet
{
  GHashTable *chunks; /* (owned) gint64 -> guint8[CHUNK_BYTES] */
  gint64 last_number; /* of the chunk that was used last */
  guint8 *last;       /* (nullable): the same */
};

RoundsKeySet *
rounds_key_set_new (void)
{
  RoundsKeySet *self = g_new0 (RoundsKeySet, 1);

  self->chunks = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
rounds_key_set_free (RoundsKeySet *self)
{
  g_hash_table_unref (self->chunks);
  g_free (self);
}

static guint8 *
find_chunk (RoundsKeySet *self, gint64 number)
{
  if (self->last == NULL || self->last_number != number)
    {
      self->last = g_hash_table_lookup (self->chunks, &number);
      self->last_number = number;
    }
  return self->last;
}

void
rounds_key_set_add (RoundsKeySet *self, gint64 key)
{
  gint64 number = key >> CHUNK_BITS;
  guint bit = (guint) (key & ((1 << CHUNK_BITS) - 1));
  guint8 *chunk = find_chunk (self, number);

  if (chunk == NULL)
    {
      chunk = self->last = g_malloc0 (CHUNK_BYTES);
      g_hash_table_insert (self->chunks, g_memdup2 (&number, sizeof number), chunk);
    }
  chunk[bit >> 3] |= (guint8) (1 << (bit & 7));
}

gboolean
rounds_key_set_contains (RoundsKeySet *self, gint64 key)
{
  guint bit = (guint) (key & ((1 << CHUNK_BITS) - 1));
  const guint8 *chunk = find_chunk (self, key >> CHUNK_BITS);

  return chunk != NULL && (chunk[bit >> 3] & (1 << (bit & 7))) != 0;
}
