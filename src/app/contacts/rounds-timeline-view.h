/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsTimelineView:
 *
 * One person's timeline to look at: by day, all of it or one kind, from a day on. Enter or a click opens what an entry
 * is about; the space bar checks a follow-up off.
 */
#define ROUNDS_TYPE_TIMELINE_VIEW (rounds_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimelineView, rounds_timeline_view, ROUNDS, TIMELINE_VIEW, AdwBin)

void rounds_timeline_view_set_context (RoundsTimelineView *self, RoundsAppContext *context);
void rounds_timeline_view_set_person (RoundsTimelineView *self, const RoundsUuid *person);

G_END_DECLS
