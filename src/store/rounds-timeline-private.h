/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-timeline-entry.h"

G_BEGIN_DECLS

/* Where entries come from. The number is part of an entry's place: of what happens at the same time, the first source
 * comes first. */
typedef enum
{
  SOURCE_INTERACTION,
  SOURCE_INTERACTION_AS_PATIENT,
  SOURCE_INTERACTION_AS_ATTENDEE,
  SOURCE_APPOINTMENT,
  SOURCE_APPOINTMENT_AS_PATIENT,
  SOURCE_FOLLOW_UP,
  SOURCE_STEP,
  SOURCE_JOURNEY,
  SOURCE_CONSENT,
  SOURCE_END,
  SOURCE_BEGINNING,
  SOURCE_MERGE,
  SOURCE_CHANGE,
  SOURCE_CHANGED_ELSEWHERE,
  SOURCE_ADDED_ELSEWHERE,
} RoundsTimelineSource;

/* More of one kind than anybody has of what is read whole: roles, consents, journeys and the like. */
#define ROUNDS_TIMELINE_MOST 500

/* One page that is being read. */
typedef struct
{
  RoundsRecordStore *store;        /* (not owned) */
  const RoundsUuid *person;        /* (not owned) */
  RoundsRecord *patient;           /* (owned) (nullable): the person as a patient */
  const RoundsTimelineMark *after; /* (not owned) (nullable): behind which entry */
  guint limit;
  GPtrArray *found; /* (owned) of RoundsTimelineEntry, in no order */
} RoundsTimelineSearch;

gboolean rounds_timeline_search_wants (RoundsTimelineSearch *self, gint64 at, RoundsTimelineSource source, gint64 key);
RoundsTimelineEntry *rounds_timeline_search_add (RoundsTimelineSearch *self, RoundsTimelineKinds kind,
                                                 RoundsTimelineEvent event, RoundsRecord *record, gint64 at,
                                                 RoundsTimelineSource source);
GPtrArray *rounds_timeline_search_list (RoundsTimelineSearch *self, RoundsEntity entity, guint field,
                                        const RoundsUuid *owner, gboolean deleted, GError **error);

/* The statements that read in the order of time, for the test that holds them to their indexes; NULL behind the last.
 */
const char *rounds_timeline_get_sql (guint n);

/* What is written about the person, and who changed it: rounds-timeline-changes.c */
gboolean rounds_timeline_read_changes (RoundsTimelineSearch *self, GError **error);

G_END_DECLS
