/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-uuid.h"

G_BEGIN_DECLS

/** DemoRandom: numbers that depend on the seed alone, on every machine (GRand promises less). */
typedef struct
{
  guint64 state;
} DemoRandom;

guint demo_random_below (DemoRandom *self, guint limit);
int demo_random_between (DemoRandom *self, int least, int most);
gboolean demo_random_chance (DemoRandom *self, guint percent);
const char *demo_random_word (DemoRandom *self, const char *const *words, guint n_words);
RoundsUuid demo_random_uuid (DemoRandom *self, gint64 instant);

#define demo_random_pick(self, words) demo_random_word (self, words, G_N_ELEMENTS (words))

G_END_DECLS
