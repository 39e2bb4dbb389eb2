/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rounds-store.h"
#include "rounds-timeline-reader.h"

G_BEGIN_DECLS

/**
 * RoundsTimeline:
 *
 * A list model of RoundsTimelineEntry: what happened and will happen with one person, the newest first, with a section
 * for each day of the user's zone. It is read on the reading thread, a page at a time when asked, so that it costs the
 * same with ten entries and with ten thousand; a change in the store comes as the smallest change of the list, and what
 * was read for an older question is dropped. Property "loading". Signal "arrived" (guint position): where
 * rounds_timeline_go_to() has led. Main thread.
 */
#define ROUNDS_TYPE_TIMELINE (rounds_timeline_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimeline, rounds_timeline, ROUNDS, TIMELINE, GObject)

RoundsTimeline *rounds_timeline_new (RoundsStore *store, const RoundsUuid *person, RoundsTimelineKinds kinds);
void rounds_timeline_set_kinds (RoundsTimeline *self, RoundsTimelineKinds kinds);
void rounds_timeline_load_more (RoundsTimeline *self);
void rounds_timeline_go_to (RoundsTimeline *self, gint64 instant);
gboolean rounds_timeline_is_loading (RoundsTimeline *self);
gboolean rounds_timeline_is_complete (RoundsTimeline *self);

G_END_DECLS
