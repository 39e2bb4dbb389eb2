/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-number-map-private.h"

#define FIRST_SIZE 1024

/* rounds_number_map_init: makes an empty map. */
void
rounds_number_map_init (RoundsNumberMap *self)
{
  self->size = FIRST_SIZE;
  self->used = 0;
  self->keys = g_new0 (guint64, FIRST_SIZE);
  self->numbers = g_new0 (guint32, FIRST_SIZE);
}

/* rounds_number_map_clear: frees what the map holds. */
void
rounds_number_map_clear (RoundsNumberMap *self)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->numbers, g_free);
}

/* Where @key is, or would be. Keys are hashes already, so that their low bits will do. */
static gsize
find_slot (const RoundsNumberMap *self, guint64 key)
{
  gsize slot = (gsize) key & (self->size - 1);

  while (self->keys[slot] != 0 && self->keys[slot] != key)
    slot = (slot + 1) & (self->size - 1);
  return slot;
}

static void
grow (RoundsNumberMap *self)
{
  g_autofree guint64 *keys = self->keys;
  g_autofree guint32 *numbers = self->numbers;
  gsize size = self->size;

  self->size *= 2;
  self->keys = g_new0 (guint64, self->size);
  self->numbers = g_new0 (guint32, self->size);
  for (gsize i = 0; i < size; i++)
    if (keys[i] != 0)
      {
        gsize slot = find_slot (self, keys[i]);

        self->keys[slot] = keys[i];
        self->numbers[slot] = numbers[i];
      }
}

/* rounds_number_map_get: Returns: @key's number, 0 if it has none. */
guint32
rounds_number_map_get (const RoundsNumberMap *self, guint64 key)
{
  return self->numbers[find_slot (self, key)];
}

/* rounds_number_map_take: Returns: (transfer none): where @key's number is kept, until the next call; 0 in a new place.
 */
guint32 *
rounds_number_map_take (RoundsNumberMap *self, guint64 key)
{
  gsize slot;

  if (self->used * 3 >= self->size * 2)
    grow (self);
  slot = find_slot (self, key);
  if (self->keys[slot] == 0)
    {
      self->keys[slot] = key;
      self->used++;
    }
  return &self->numbers[slot];
}
