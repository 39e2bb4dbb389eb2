/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who else was at a visit, as the dialog of a visit saves it: the visit and who came after all, or did not, as one
 * group. */

#include "rounds-amendment.h"
#include "rounds-person-merge.h"
#include "sim-work.h"

/* (transfer full): who else was at @visit, as it is here */
static GPtrArray *
list_attendees (SimWork *work, RoundsRecord *visit)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, ROUNDS_IS, rounds_record_get_id (visit));
  return rounds_record_store_list (work->peer->desk, query, NULL);
}

/* Whether @person is an attendee among @records, which may be of any entity. */
static gboolean
attends (GPtrArray *records, const RoundsUuid *person)
{
  for (guint i = 0; i < records->len; i++)
    if (rounds_record_get_entity (records->pdata[i]) == ROUNDS_ENTITY_INTERACTION_ATTENDEE
        && rounds_uuid_equal (rounds_record_get_uuid (records->pdata[i], ROUNDS_INTERACTION_ATTENDEE_PERSON), person))
      return TRUE;
  return FALSE;
}

/* The contact of the event @number, if that is here; otherwise anybody. */
static void
add_attendee (SimWork *work, RoundsRecord *visit, guint number, guint slot)
{
  g_autoptr (GPtrArray) known = list_attendees (work, visit);
  g_autofree char *name = NULL;
  RoundsRecord *attendee;
  RoundsUuid person;

  if (!sim_people_find (work, number, rounds_record_get_uuid (visit, ROUNDS_INTERACTION_PERSON), &person)
      || attends (known, &person) || attends (work->records, &person))
    return;
  name = rounds_uuid_to_string (&person);
  sim_world_tell (work->world, "  %s was there", name + SIM_ID_END);
  attendee = sim_work_add_new (work, ROUNDS_ENTITY_INTERACTION_ATTENDEE, slot);
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, &person);
}

/**
 * sim_attendees_add:
 * @visit: a visit that is saved in this event
 * @slot: of the first attendee
 *
 * The second contact of the event was at @visit, and perhaps somebody else.
 */
void
sim_attendees_add (SimWork *work, RoundsRecord *visit, guint slot)
{
  add_attendee (work, visit, work->event->with, slot);
  if (sim_work_roll (work, 2) == 0)
    add_attendee (work, visit, 0, slot + 1);
}

/* (transfer full) (nullable): somebody who was not at @visit after all */
static RoundsRecord *
choose_absent (SimWork *work, RoundsRecord *visit)
{
  g_autoptr (GPtrArray) known = list_attendees (work, visit);
  RoundsRecord *absent = known->len > 0 ? known->pdata[sim_work_roll (work, known->len)] : NULL;
  g_autofree char *name = NULL;

  if (absent == NULL)
    return NULL;
  name = rounds_uuid_to_string (rounds_record_get_uuid (absent, ROUNDS_INTERACTION_ATTENDEE_PERSON));
  sim_world_tell (work->world, "  %s was not there", name + SIM_ID_END);
  return g_object_ref (absent);
}

static gboolean
save_group (SimWork *work, RoundsRecord *absent, GError **error)
{
  RoundsRecordStore *store = work->peer->desk;

  return rounds_record_store_begin (store, error)
         && rounds_record_store_end (store,
                                     rounds_record_store_save_all (store, work->records, error)
                                       && (absent == NULL
                                           || rounds_record_store_delete (store, ROUNDS_ENTITY_INTERACTION_ATTENDEE,
                                                                          rounds_record_get_id (absent), error)),
                                     error);
}

/** sim_attendees_change: others were at a visit, and perhaps at another time; what was submitted is amended. */
void
sim_attendees_change (SimWork *work)
{
  RoundsRecord *visit = sim_work_add_known (work, ROUNDS_ENTITY_INTERACTION, work->event->about, SLOT_VISIT);
  guint64 commits = sim_database_get_commits (work->peer->database);
  guint what = sim_work_roll (work, 3);
  g_autoptr (RoundsRecord) absent = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GError) error = NULL;

  if (visit == NULL)
    return;
  if (rounds_interaction_is_submitted (visit) && sim_work_roll (work, 4) != 0)
    sim_visits_add_amendment (work, visit);
  if (sim_work_roll (work, 3) == 0)
    rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, sim_work_make_instant (work));
  if (what != 0)
    absent = choose_absent (work, visit);
  if (what != 1)
    sim_attendees_add (work, visit, 0);
  before = sim_work_look (work);
  save_group (work, absent, &error);
  g_ptr_array_set_size (work->records, 0);
  sim_work_end (work, before, commits, error);
}
