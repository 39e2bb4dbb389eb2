/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RoundsWallTimer:
 *
 * Calls a function at a moment of the wall clock, and whenever that clock is set. GLib's own timeouts count time that
 * stops while the machine sleeps. Main thread.
 */
typedef struct _RoundsWallTimer RoundsWallTimer;

typedef void (*RoundsWallTimerFunc) (gpointer data);

/**
 * rounds_wall_timer_new:
 * @func: called when the moment has come, and when the clock was set
 * @data: for @func
 *
 * Returns: (transfer full): a timer that is not set
 */
RoundsWallTimer *rounds_wall_timer_new (RoundsWallTimerFunc func, gpointer data);

/**
 * rounds_wall_timer_set:
 * @self: the timer
 * @instant: ms UTC; the past is now, 0 is never (but still when the clock is set)
 */
void rounds_wall_timer_set (RoundsWallTimer *self, gint64 instant);

void rounds_wall_timer_free (RoundsWallTimer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsWallTimer, rounds_wall_timer_free)

G_END_DECLS
