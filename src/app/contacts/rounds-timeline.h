/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsTimeline:
 *
 * A list model of what happened and will happen with one person: interactions and appointments in one order, the
 * newest first. It reads a page of each when asked, from the key of the last one on, so that it costs the same with ten
 * entries and with ten thousand; changes in the store come as the smallest change of the list. Main thread.
 */
#define ROUNDS_TYPE_TIMELINE (rounds_timeline_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimeline, rounds_timeline, ROUNDS, TIMELINE, GObject)

RoundsTimeline *rounds_timeline_new (RoundsStore *store, const RoundsUuid *person);
gboolean rounds_timeline_load_more (RoundsTimeline *self);

G_END_DECLS
