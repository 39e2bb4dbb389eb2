/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts, visits and their notes, follow-ups, appointments. */

#include "rounds-amendment.h"
#include "rounds-time.h"
#include "sim-work.h"

static const RoundsEntity meet_entities[] = { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_INTERACTION,
                                              ROUNDS_ENTITY_FOLLOW_UP };
/* Takes one word out, or puts @word in its place. */
static char *
replace_one (SimWork *work, const char *text, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  guint place = sim_work_roll_place (work, MAX (g_strv_length (parts), 1));
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < g_strv_length (parts); i++)
    {
      const char *part = i == place ? word : parts[i];

      if (part != NULL)
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", part);
    }
  return g_string_free (result, FALSE);
}

void
sim_visits_edit_notes (SimWork *work)
{
  RoundsRecord *visit = sim_work_add_known (work, ROUNDS_ENTITY_INTERACTION, work->event->about, SLOT_VISIT);
  const char *notes = visit != NULL ? rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *word = NULL;

  if (visit == NULL)
    return;
  if (work->event->kind == SIM_REWRITE)
    word = sim_work_make_word (work);
  text = work->event->kind == SIM_TYPE ? sim_work_put_in (work, notes) : replace_one (work, notes, word);
  sim_world_tell (work->world, "  notes: \"%s\" -> \"%s\"", notes != NULL ? notes : "", text);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text);
}

void
sim_visits_meet (SimWork *work)
{
  RoundsRecord *person = sim_work_add_new (work, ROUNDS_ENTITY_PERSON, SLOT_PERSON);
  RoundsRecord *visit = sim_work_add_new (work, ROUNDS_ENTITY_INTERACTION, SLOT_VISIT);
  RoundsRecord *follow_up = sim_work_add_new (work, ROUNDS_ENTITY_FOLLOW_UP, SLOT_FOLLOW_UP);
  guint n_words = sim_work_roll (work, 6);

  sim_work_set_text (work, person, ROUNDS_PERSON_FAMILY_NAME);
  sim_work_set_text (work, person, ROUNDS_PERSON_PHONE);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME,
                          rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME));
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, sim_work_make_instant (work));
  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *text = sim_work_put_in (work, rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES));

      rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text);
    }
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (visit));
  sim_work_set_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
  sim_work_set_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
  if (work->event->with != 0)
    sim_attendees_add (work, visit, SLOT_ATTENDEE);
}

static void
set_person (SimWork *work, RoundsRecord *person)
{
  static const guint fields[] = { ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_GIVEN_NAME, ROUNDS_PERSON_PHONE,
                                  ROUNDS_PERSON_CREDENTIALS };

  sim_work_set_text (work, person, fields[sim_work_roll_place (work, G_N_ELEMENTS (fields))]);
  if (sim_work_roll (work, 4) == 0)
    sim_work_set_text (work, person, fields[sim_work_roll (work, G_N_ELEMENTS (fields))]);
}

static void
set_visit (SimWork *work, RoundsRecord *visit)
{
  static const char *const outcomes[] = { "met", "left_material", "no_access", "other" };

  switch (sim_work_roll (work, 4))
    {
    case 0:
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_DURATION, work->event->number);
      break;
    case 1:
      rounds_record_set_text (visit, ROUNDS_INTERACTION_OUTCOME,
                              outcomes[sim_work_roll (work, G_N_ELEMENTS (outcomes))]);
      break;
    case 2:
      rounds_record_set_integer (visit, ROUNDS_INTERACTION_NO_SHOW,
                                 !rounds_record_get_boolean (visit, ROUNDS_INTERACTION_NO_SHOW));
      break;
    default:
      sim_work_set_text (work, visit, ROUNDS_INTERACTION_HCP_NAME);
    }
}

static void
set_follow_up (SimWork *work, RoundsRecord *follow_up)
{
  switch (sim_work_roll (work, 3))
    {
    case 0:
      sim_work_set_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
      break;
    case 1:
      sim_work_set_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
      break;
    default:
      rounds_record_set_integer (follow_up, ROUNDS_FOLLOW_UP_DONE_AT, sim_work_make_instant (work));
    }
}

void
sim_visits_set (SimWork *work)
{
  guint slot = sim_work_roll_place (work, 3);
  RoundsRecord *record = sim_work_add_known (work, meet_entities[slot], work->event->about, slot);

  if (record == NULL)
    return;
  if (slot == SLOT_PERSON)
    set_person (work, record);
  else if (slot == SLOT_VISIT)
    set_visit (work, record);
  else
    set_follow_up (work, record);
}

void
sim_visits_book (SimWork *work)
{
  RoundsRecord *person = sim_work_add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *appointment;

  if (person == NULL)
    return;
  appointment = sim_work_add_new (work, ROUNDS_ENTITY_APPOINTMENT, 0);
  sim_work_set_text (work, appointment, ROUNDS_APPOINTMENT_TITLE);
  rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, sim_work_make_instant (work));
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, sim_work_make_instant (work) + 30 * ROUNDS_MINUTE);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Amsterdam");
}

/* Where two people move one end each, the result may be no appointment at all, which only the server can see. */
void
sim_visits_move (SimWork *work)
{
  static const char *const states[] = { "confirmed", "completed", "cancelled", "no_show" };
  RoundsRecord *appointment = sim_work_add_known (work, ROUNDS_ENTITY_APPOINTMENT, work->event->about, 0);
  gint64 start, end;

  if (appointment == NULL)
    return;
  start = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT);
  end = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_END_AT);
  switch (sim_work_roll (work, 5))
    {
    case 0:
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT,
                                 end - work->event->number * ROUNDS_MINUTE - ROUNDS_SECOND);
      break;
    case 1:
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT,
                                 start + work->event->number * ROUNDS_MINUTE + ROUNDS_SECOND);
      break;
    case 2:
      sim_work_set_text (work, appointment, ROUNDS_APPOINTMENT_LOCATION);
      break;
    case 3:
      rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_STATUS,
                              states[sim_work_roll (work, G_N_ELEMENTS (states))]);
      break;
    default:
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, sim_work_make_instant (work));
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT,
                                 sim_work_make_instant (work) + 30 * ROUNDS_MINUTE);
    }
}

/* The visit of the event if it was submitted; otherwise any that was. */
static RoundsRecord *
add_submitted (SimWork *work)
{
  RoundsUuid id = sim_work_make_id (work->event->about, SLOT_VISIT);
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION);
  g_autoptr (GPtrArray) visits = rounds_record_store_list (work->peer->desk, query, NULL);
  RoundsRecord *visit = NULL;

  for (guint i = 0; i < visits->len; i++)
    if (rounds_interaction_is_submitted (visits->pdata[i])
        && (visit == NULL || rounds_uuid_equal (rounds_record_get_id (visits->pdata[i]), &id)))
      visit = visits->pdata[i];
  if (visit != NULL)
    g_ptr_array_add (work->records, g_object_ref (visit));
  return visit;
}

/** sim_visits_add_amendment: says why @visit, which is among the records, is changed after it was submitted. */
void
sim_visits_add_amendment (SimWork *work, RoundsRecord *visit)
{
  g_autofree char *reason = sim_work_make_word (work);

  g_ptr_array_insert (
    work->records, 0,
    rounds_amendment_new (visit, reason, work->event->actor == SIM_OFFICE ? NULL : &work->peer->staff));
}

void
sim_visits_amend (SimWork *work)
{
  RoundsRecord *visit = add_submitted (work);
  g_autofree char *text = NULL;

  if (visit == NULL)
    return;
  sim_visits_add_amendment (work, visit);
  if (sim_work_roll (work, 2) == 0)
    {
      set_visit (work, visit);
      return;
    }
  text = sim_work_put_in (work, rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text);
}

void
sim_visits_submit (SimWork *work)
{
  RoundsRecord *visit = sim_work_add_known (work, ROUNDS_ENTITY_INTERACTION, work->event->about, SLOT_VISIT);

  if (visit != NULL && !rounds_interaction_is_submitted (visit))
    rounds_record_set_integer (visit, ROUNDS_INTERACTION_SUBMITTED_AT, sim_work_make_instant (work));
}
