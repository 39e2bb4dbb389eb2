/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-demo-random.h"

/* SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
static guint64
next (DemoRandom *self)
{
  guint64 z = (self->state += G_GUINT64_CONSTANT (0x9e3779b97f4a7c15));

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return z ^ (z >> 31);
}

/* A number from 0 to @limit - 1; the tiny bias of the modulus does not matter here. */
guint
demo_random_below (DemoRandom *self, guint limit)
{
  return limit > 0 ? (guint) ((next (self) >> 16) % limit) : 0;
}

/* A number from @least to @most. */
int
demo_random_between (DemoRandom *self, int least, int most)
{
  return least + (int) demo_random_below (self, (guint) (most - least + 1));
}

/* TRUE so many times in a hundred. */
gboolean
demo_random_chance (DemoRandom *self, guint percent)
{
  return demo_random_below (self, 100) < percent;
}

const char *
demo_random_word (DemoRandom *self, const char *const *words, guint n_words)
{
  return words[demo_random_below (self, n_words)];
}

/* A UUIDv7 (RFC 9562) of @instant whose random part comes from the seed. */
RoundsUuid
demo_random_uuid (DemoRandom *self, gint64 instant)
{
  guint64 a = next (self);
  guint64 b = next (self);
  RoundsUuid uuid;

  for (int i = 0; i < 6; i++)
    uuid.bytes[i] = (guint8) (instant >> (40 - 8 * i));
  for (int i = 0; i < 2; i++)
    uuid.bytes[6 + i] = (guint8) (a >> (8 * i));
  for (int i = 0; i < 8; i++)
    uuid.bytes[8 + i] = (guint8) (b >> (8 * i));
  uuid.bytes[6] = (uuid.bytes[6] & 0x0f) | 0x70;
  uuid.bytes[8] = (uuid.bytes[8] & 0x3f) | 0x80;
  return uuid;
}
