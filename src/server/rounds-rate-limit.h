/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsRateLimit: how often something may fail, for each key (an address, a user name) within a window of time. In
 * memory: it forgets when the server stops. Belongs to one thread.
 */
typedef struct _RoundsRateLimit RoundsRateLimit;

RoundsRateLimit *rounds_rate_limit_new (guint most, gint64 window);
void rounds_rate_limit_free (RoundsRateLimit *self);
gint64 rounds_rate_limit_check (RoundsRateLimit *self, const char *key, gint64 now);
void rounds_rate_limit_count (RoundsRateLimit *self, const char *key, gint64 now);
void rounds_rate_limit_take_back (RoundsRateLimit *self, const char *key);
void rounds_rate_limit_forget (RoundsRateLimit *self, const char *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsRateLimit, rounds_rate_limit_free)

G_END_DECLS
