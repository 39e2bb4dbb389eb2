/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-rate-limit.h"

/* So many keys are remembered; somebody who sends more is not worth more memory. */
#define MOST_KEYS 10000

typedef struct
{
  gint64 since; /* ms: when the window began */
  guint count;
} Window;

struct _RoundsRateLimit
{
  GHashTable *windows; /* (owned): key to Window */
  guint most;
  gint64 window; /* ms */
};

/**
 * rounds_rate_limit_new:
 * @most: how many in a window
 * @window: ms
 *
 * Returns: (transfer full): a limit that has counted nothing
 */
RoundsRateLimit *
rounds_rate_limit_new (guint most, gint64 window)
{
  RoundsRateLimit *self = g_new0 (RoundsRateLimit, 1);

  self->windows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->most = most;
  self->window = window;
  return self;
}

/** rounds_rate_limit_free: frees @self. */
void
rounds_rate_limit_free (RoundsRateLimit *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->windows);
  g_free (self);
}

/**
 * rounds_rate_limit_check:
 * @now: ms of any clock that does not run back
 *
 * Returns: 0 if @key may go on, else for how many ms it has to wait
 */
gint64
rounds_rate_limit_check (RoundsRateLimit *self, const char *key, gint64 now)
{
  Window *window = g_hash_table_lookup (self->windows, key);

  if (window == NULL || window->count < self->most || now >= window->since + self->window)
    return 0;
  return window->since + self->window - now;
}

static void
forget_old (RoundsRateLimit *self, gint64 now)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->windows);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (now >= ((Window *) value)->since + self->window)
      g_hash_table_iter_remove (&iter);
}

/** rounds_rate_limit_count: counts one for @key. */
void
rounds_rate_limit_count (RoundsRateLimit *self, const char *key, gint64 now)
{
  Window *window = g_hash_table_lookup (self->windows, key);

  if (window == NULL)
    {
      if (g_hash_table_size (self->windows) >= MOST_KEYS)
        forget_old (self, now);
      if (g_hash_table_size (self->windows) >= MOST_KEYS)
        g_hash_table_remove_all (self->windows);
      window = g_new0 (Window, 1);
      window->since = now;
      g_hash_table_insert (self->windows, g_strdup (key), window);
    }
  else if (now >= window->since + self->window)
    {
      window->since = now;
      window->count = 0;
    }
  window->count++;
}

/** rounds_rate_limit_take_back: undoes one rounds_rate_limit_count() for @key. */
void
rounds_rate_limit_take_back (RoundsRateLimit *self, const char *key)
{
  Window *window = g_hash_table_lookup (self->windows, key);

  if (window != NULL && window->count > 0)
    window->count--;
}

/** rounds_rate_limit_forget: lets @key begin anew. */
void
rounds_rate_limit_forget (RoundsRateLimit *self, const char *key)
{
  g_hash_table_remove (self->windows, key);
}
