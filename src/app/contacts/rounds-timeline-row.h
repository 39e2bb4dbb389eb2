/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-timeline-entry.h"
#include "shell/rounds-app-context.h"

G_BEGIN_DECLS

/** RoundsTimelineRow: an entry of somebody's timeline: what, when that day, how it went; a follow-up can be checked
 * off in it. */
#define ROUNDS_TYPE_TIMELINE_ROW (rounds_timeline_row_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimelineRow, rounds_timeline_row, ROUNDS, TIMELINE_ROW, AdwBin)

GtkWidget *rounds_timeline_row_new (RoundsAppContext *context);
void rounds_timeline_row_show (RoundsTimelineRow *self, RoundsTimelineEntry *entry, GPtrArray *roles);
void rounds_timeline_row_toggle (RoundsTimelineRow *self);
const char *rounds_timeline_row_get_label (RoundsTimelineRow *self);

G_END_DECLS
