/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsNumberMap:
 *
 * Numbers by 64-bit keys, for hundreds of thousands of them: 12 bytes each, where a GHashTable would need an allocation
 * for every key. A key is never 0; an absent one has the number 0.
 */
typedef struct
{
  guint64 *keys;    /* (owned) */
  guint32 *numbers; /* (owned) */
  gsize size;       /* a power of two */
  gsize used;
} RoundsNumberMap;

void rounds_number_map_init (RoundsNumberMap *self);
void rounds_number_map_clear (RoundsNumberMap *self);
guint32 rounds_number_map_get (const RoundsNumberMap *self, guint64 key);
guint32 *rounds_number_map_take (RoundsNumberMap *self, guint64 key);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsNumberMap, rounds_number_map_clear)

G_END_DECLS
