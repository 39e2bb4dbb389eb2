/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsSleepWatch:
 *
 * Hears from logind that the machine is about to sleep, and holds that up until what was typed is on the disk: the
 * battery may be empty before it wakes. Emits "about-to-sleep" of the application's context. Where there is no logind
 * it does nothing; what is typed is written every second anyway. Main thread.
 */
#define ROUNDS_TYPE_SLEEP_WATCH (rounds_sleep_watch_get_type ())
G_DECLARE_FINAL_TYPE (RoundsSleepWatch, rounds_sleep_watch, ROUNDS, SLEEP_WATCH, GObject)

RoundsSleepWatch *rounds_sleep_watch_new (RoundsAppContext *context);

G_END_DECLS
