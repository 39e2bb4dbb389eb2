/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * RoundsKeySet:
 *
 * A set of row keys, a bit each: keys are given in ascending order, so that they lie close together.
 */
typedef struct _RoundsKeySet RoundsKeySet;

RoundsKeySet *rounds_key_set_new (void);
void rounds_key_set_free (RoundsKeySet *self);
void rounds_key_set_add (RoundsKeySet *self, gint64 key);
gboolean rounds_key_set_contains (RoundsKeySet *self, gint64 key);

/* Of keys in a list's order. */
guint rounds_keys_find (GArray *keys, gint64 key); /* G_MAXUINT: it is none of them */
GArray *rounds_keys_find_all (GArray *keys, GArray *wanted);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsKeySet, rounds_key_set_free)

G_END_DECLS
