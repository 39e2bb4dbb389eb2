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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsKeySet, rounds_key_set_free)

G_END_DECLS
