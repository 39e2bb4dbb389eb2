/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"
#include "rounds-timeline-entry.h"

G_BEGIN_DECLS

/** RoundsTimelineWords: an entry of a timeline as its row says it. */
typedef struct
{
  const char *icon;    /* (not owned) */
  char *title;         /* (owned) */
  char *text;          /* (owned) (nullable): what more there is to it; several lines */
  char *note;          /* (owned) (nullable): how it went or stands, in a word or two */
  gboolean is_warning; /* the note is one that somebody should see */
  gboolean has_time;   /* whether it has a time of day, not the day alone */
} RoundsTimelineWords;

void rounds_timeline_words_set (RoundsTimelineWords *self, RoundsStore *store, RoundsTimelineEntry *entry,
                                GPtrArray *roles);
void rounds_timeline_words_clear (RoundsTimelineWords *self);
RoundsRecord *rounds_timeline_entry_get_opened (RoundsTimelineEntry *entry);

#define ROUNDS_TIMELINE_WORDS_INIT { NULL, NULL, NULL, NULL, FALSE, FALSE }

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsTimelineWords, rounds_timeline_words_clear)

G_END_DECLS
