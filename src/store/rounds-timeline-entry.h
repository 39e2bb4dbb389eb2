/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsTimelineKinds:
 * @ROUNDS_TIMELINE_INTERACTIONS: visits and calls with the person, about them as a patient, or that they attended
 * @ROUNDS_TIMELINE_APPOINTMENTS: what is planned with or for them
 * @ROUNDS_TIMELINE_JOURNEYS: the stages that their journeys came to
 * @ROUNDS_TIMELINE_FOLLOW_UPS: what is to be done for them, on the day it is due
 * @ROUNDS_TIMELINE_CONSENTS: what they allowed, and took back
 * @ROUNDS_TIMELINE_ROLES: roles and work places, when they begin and end
 * @ROUNDS_TIMELINE_CHANGES: changes of what is written about them, merges with others included
 */
typedef enum
{
  ROUNDS_TIMELINE_INTERACTIONS = 1 << 0,
  ROUNDS_TIMELINE_APPOINTMENTS = 1 << 1,
  ROUNDS_TIMELINE_JOURNEYS = 1 << 2,
  ROUNDS_TIMELINE_FOLLOW_UPS = 1 << 3,
  ROUNDS_TIMELINE_CONSENTS = 1 << 4,
  ROUNDS_TIMELINE_ROLES = 1 << 5,
  ROUNDS_TIMELINE_CHANGES = 1 << 6,
  ROUNDS_TIMELINE_EVERYTHING = (1 << 7) - 1,
} RoundsTimelineKinds;

/**
 * RoundsTimelineEvent:
 * @ROUNDS_TIMELINE_HAPPENS: the record is what happens at that time
 * @ROUNDS_TIMELINE_BEGINS: the role or the affiliation begins on that day
 * @ROUNDS_TIMELINE_ENDS: it ends on that day
 * @ROUNDS_TIMELINE_CHANGED: the lines of this device's log tell what was changed
 * @ROUNDS_TIMELINE_ADDED_ELSEWHERE: another device made the record; its log has the values
 * @ROUNDS_TIMELINE_CHANGED_ELSEWHERE: another device changed the record, and this one has not since; the time is that
 *   of the last such change
 *
 * What an entry tells of its record.
 */
typedef enum
{
  ROUNDS_TIMELINE_HAPPENS,
  ROUNDS_TIMELINE_BEGINS,
  ROUNDS_TIMELINE_ENDS,
  ROUNDS_TIMELINE_CHANGED,
  ROUNDS_TIMELINE_ADDED_ELSEWHERE,
  ROUNDS_TIMELINE_CHANGED_ELSEWHERE,
} RoundsTimelineEvent;

/**
 * RoundsTimelinePart:
 * @ROUNDS_TIMELINE_AS_CONTACT: the person is whom it is with
 * @ROUNDS_TIMELINE_AS_PATIENT: the person is the patient whom it is about, met or not
 * @ROUNDS_TIMELINE_AS_ATTENDEE: the person was there beside the contact
 *
 * What part the person has in an interaction or an appointment.
 */
typedef enum
{
  ROUNDS_TIMELINE_AS_CONTACT,
  ROUNDS_TIMELINE_AS_PATIENT,
  ROUNDS_TIMELINE_AS_ATTENDEE,
} RoundsTimelinePart;

/** RoundsTimelineMark: a place in a timeline, between two entries. */
typedef struct
{
  gint64 at;
  guint source;
  gint64 key;
} RoundsTimelineMark;

/**
 * RoundsTimelineEntry:
 *
 * One thing that happened, or will, with one person. Does not change once it is made, so that it may go from the
 * thread that has read it to the one that shows it.
 */
#define ROUNDS_TYPE_TIMELINE_ENTRY (rounds_timeline_entry_get_type ())
G_DECLARE_FINAL_TYPE (RoundsTimelineEntry, rounds_timeline_entry, ROUNDS, TIMELINE_ENTRY, GObject)

struct _RoundsTimelineEntry
{
  GObject parent_instance;

  RoundsTimelineKinds kind; /* one of them */
  RoundsTimelineEvent event;
  RoundsTimelinePart part;
  RoundsTimelineMark mark; /* its own place; mark.at: ms UTC, for a day its beginning in the user's zone */
  RoundsRecord *record;    /* (owned): what it is about, as it is now */
  RoundsRecord *about;     /* (owned) (nullable): the journey of a step, the organisation of an affiliation */
  GPtrArray *changes;      /* (owned) (nullable) of RoundsChange, oldest first: what one save changed */
};

RoundsTimelineEntry *rounds_timeline_entry_new (RoundsTimelineKinds kind, RoundsTimelineEvent event,
                                                RoundsRecord *record, const RoundsTimelineMark *mark);
gboolean rounds_timeline_entry_equal (RoundsTimelineEntry *a, RoundsTimelineEntry *b);
int rounds_timeline_mark_compare (const RoundsTimelineMark *a, const RoundsTimelineMark *b);

G_END_DECLS
