/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

/* What an event of some kind makes: its first record, its second one … */
enum
{
  SLOT_PERSON,
  SLOT_VISIT,
  SLOT_FOLLOW_UP,
  SLOT_ATTENDEE,
};

enum
{
  SLOT_PATIENT,
  SLOT_JOURNEY,
  SLOT_STEP,
};

/** SimWork: what one person does in one event. */
typedef struct
{
  SimWorld *world;
  const SimEvent *event;
  SimPeer *peer;
  guint64 dice;
  guint n_words;      /* made in this event */
  GPtrArray *records; /* (owned) of RoundsRecord: what is saved as one group at the end */
} SimWork;

RoundsUuid sim_work_make_id (guint number, guint slot);
guint sim_work_roll (SimWork *work, guint sides);
guint sim_work_roll_place (SimWork *work, guint n);
char *sim_work_make_word (SimWork *work);
char *sim_work_put_in (SimWork *work, const char *text);
gint64 sim_work_make_instant (SimWork *work);
void sim_work_set_text (SimWork *work, RoundsRecord *record, guint field);
void sim_work_set_date (SimWork *work, RoundsRecord *record, guint field);
RoundsRecord *sim_work_add_new (SimWork *work, RoundsEntity entity, guint slot);
RoundsRecord *sim_work_add_known (SimWork *work, RoundsEntity entity, guint number, guint slot);
void sim_work_save (SimWork *work);
void sim_work_end (SimWork *work, GPtrArray *before, guint64 commits, const GError *error);
GPtrArray *sim_work_look (SimWork *work);
GPtrArray *sim_work_list_parts (SimWork *work, RoundsRecord *row);
void sim_work_note_parts (SimWork *work, GPtrArray *parts);
void sim_work_set_deleted (SimWork *work, RoundsEntity entity, const RoundsUuid *id, gboolean deleted);

/* The events, by file. */
void sim_visits_meet (SimWork *work);
void sim_visits_edit_notes (SimWork *work);
void sim_visits_set (SimWork *work);
void sim_visits_book (SimWork *work);
void sim_visits_move (SimWork *work);
void sim_visits_add_amendment (SimWork *work, RoundsRecord *visit);
void sim_attendees_add (SimWork *work, RoundsRecord *visit, guint slot);
void sim_attendees_change (SimWork *work);
void sim_journeys_enrol (SimWork *work);
void sim_journeys_advance (SimWork *work);
void sim_journeys_specialize (SimWork *work);
void sim_territories_assign (SimWork *work);
void sim_territories_join (SimWork *work);
void sim_territories_draw (SimWork *work);
gboolean sim_people_find (SimWork *work, guint number, const RoundsUuid *other, RoundsUuid *person);
void sim_people_merge (SimWork *work);
void sim_people_take_apart (SimWork *work, RoundsRecord *merge);
void sim_people_unmerge (SimWork *work);
GPtrArray *sim_people_list_parts (SimWork *work, RoundsRecord *person);
GPtrArray *sim_people_list_alike (SimWork *work, RoundsRecord *record);
void sim_visits_submit (SimWork *work);
void sim_visits_amend (SimWork *work);
void sim_imports_import (SimWork *work);
void sim_imports_revert (SimWork *work);

/* What needs a person: sim-review.c */
void sim_review_resolve (SimWork *work);
void sim_review_mend (SimWork *work);

G_END_DECLS
