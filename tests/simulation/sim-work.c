/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rep's work: each event as one save, the way the application makes it. What is not there (because an event was left
 * out, or because it has not been synced yet) makes the event pass without a trace. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-named-id.h"
#include "rounds-time.h"
#include "sim-clock.h"
#include "sim-work.h"

/* What each kind of event makes, by slot. */
static const RoundsEntity meet_entities[] = { ROUNDS_ENTITY_PERSON, ROUNDS_ENTITY_INTERACTION,
                                              ROUNDS_ENTITY_FOLLOW_UP };
static const RoundsEntity enrol_entities[] = { ROUNDS_ENTITY_PATIENT, ROUNDS_ENTITY_CT_JOURNEY,
                                               ROUNDS_ENTITY_JOURNEY_STEP };
static const RoundsEntity book_entities[] = { ROUNDS_ENTITY_APPOINTMENT };
static const RoundsEntity specialty_entities[] = { ROUNDS_ENTITY_PHYSICIAN };

enum
{
  SLOT_PERSON,
  SLOT_VISIT,
  SLOT_FOLLOW_UP,
};

enum
{
  SLOT_PATIENT,
  SLOT_JOURNEY,
  SLOT_STEP,
};

static const char *const specialties[] = { "Cardiology", "Neurology", "Oncology" };

/* The id of what the event @number makes as its @slot-th record: the same whatever else happens. */
static RoundsUuid
make_id (guint number, guint slot)
{
  guint64 halves[] = { sim_mix (number, slot), sim_mix (slot + 1, number) };
  RoundsUuid id;

  memcpy (id.bytes, halves, sizeof id.bytes);
  id.bytes[6] = (guint8) (0x70 | (id.bytes[6] & 0x0f));
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  return id;
}

guint
sim_work_roll (SimWork *work, guint sides)
{
  return sim_roll_below (&work->dice, sides);
}

/* A text that nobody else writes. */
static char *
make_word (SimWork *work)
{
  return g_strdup_printf ("w%u%c", work->event->number, 'a' + (int) work->n_words++);
}

static void
set_new_text (SimWork *work, RoundsRecord *record, guint field)
{
  g_autofree char *word = make_word (work);

  rounds_record_set_text (record, field, word);
}

static void
set_new_date (SimWork *work, RoundsRecord *record, guint field)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 1, 1, 0, 0, 0);
  g_autoptr (GDateTime) later = g_date_time_add_days (day, (int) (work->event->number * 3 + work->n_words++));
  g_autofree char *text = g_date_time_format (later, "%Y-%m-%d");

  rounds_record_set_text (record, field, text);
}

static gint64
make_instant (SimWork *work)
{
  return G_GINT64_CONSTANT (1780000000000) + work->event->number * ROUNDS_HOUR + work->n_words++ * ROUNDS_SECOND;
}

static RoundsRecord *
add_new (SimWork *work, RoundsEntity entity, guint slot)
{
  RoundsRecord *record = rounds_record_new (entity);
  RoundsUuid id = make_id (work->event->number, slot);

  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  g_ptr_array_add (work->records, record);
  return record;
}

/* The record that event @number made, if it is here and not deleted. It is saved with the rest. */
static RoundsRecord *
add_known (SimWork *work, RoundsEntity entity, guint number, guint slot)
{
  RoundsUuid id = make_id (number, slot);
  RoundsRecord *record = rounds_record_store_get (work->peer->desk, entity, &id, NULL);

  if (record == NULL || rounds_record_is_deleted (record))
    {
      g_clear_object (&record);
      return NULL;
    }
  g_ptr_array_add (work->records, record);
  return record;
}

static void
note (SimWork *work, GPtrArray *befores)
{
  for (guint i = 0; i < work->records->len; i++)
    {
      RoundsRecord *record = g_ptr_array_index (work->records, i);

      if (rounds_entity_get_info (rounds_record_get_entity (record))->scope == ROUNDS_SCOPE_SYNCED)
        sim_ledger_note_save (work->world->ledger, work->event->number, work->event->actor,
                              g_ptr_array_index (befores, i), record);
    }
}

/* Whether the form tells the person what is wrong with what they entered. */
static gboolean
is_told_at_once (const GError *error)
{
  return g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS);
}

static void
unref_any (gpointer object)
{
  g_clear_object (&object);
}

/* Saves all records as one group, and notes it if it was committed, even if the program died before it could say so. */
void
sim_work_save (SimWork *work)
{
  g_autoptr (GPtrArray) befores = g_ptr_array_new_with_free_func (unref_any);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GError) error = NULL;

  if (work->records->len == 0)
    return;
  for (guint i = 0; i < work->records->len; i++)
    {
      RoundsRecord *record = g_ptr_array_index (work->records, i);

      g_ptr_array_add (befores, rounds_record_store_get (work->peer->desk, rounds_record_get_entity (record),
                                                         rounds_record_get_id (record), NULL));
    }

  rounds_record_store_save_all (work->peer->desk, work->records, &error);
  if (sim_database_get_commits (work->peer->database) > commits)
    note (work, befores);
  else if (!sim_database_is_dead (work->peer->database) && !is_told_at_once (error))
    sim_world_fail (work->world, "save", "%s: %s", work->peer->name, error->message);
  sim_world_tell (work->world, "  %s", error == NULL ? "saved" : error->message);
}

/* Notes */

static char *
put_in (SimWork *work, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  guint place = sim_work_roll (work, g_strv_length (parts) + 1);
  g_autofree char *word = make_word (work);
  GString *result = g_string_new (NULL);

  for (guint i = 0; i <= g_strv_length (parts); i++)
    {
      if (i == place)
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", word);
      if (parts[i] != NULL && *parts[i] != '\0')
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", parts[i]);
    }
  return g_string_free (result, FALSE);
}

/* Takes one word out, or puts @word in its place. */
static char *
replace_one (SimWork *work, const char *text, const char *word)
{
  g_auto (GStrv) parts = g_strsplit (text != NULL ? text : "", " ", -1);
  guint place = sim_work_roll (work, MAX (g_strv_length (parts), 1));
  GString *result = g_string_new (NULL);

  for (guint i = 0; i < g_strv_length (parts); i++)
    {
      const char *part = i == place ? word : parts[i];

      if (part != NULL)
        g_string_append_printf (result, "%s%s", result->len > 0 ? " " : "", part);
    }
  return g_string_free (result, FALSE);
}

static void
edit_notes (SimWork *work)
{
  RoundsRecord *visit = add_known (work, ROUNDS_ENTITY_INTERACTION, work->event->about, SLOT_VISIT);
  const char *notes = visit != NULL ? rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES) : NULL;
  g_autofree char *text = NULL;
  g_autofree char *word = NULL;

  if (visit == NULL)
    return;
  if (work->event->kind == SIM_REWRITE)
    word = make_word (work);
  text = work->event->kind == SIM_TYPE ? put_in (work, notes) : replace_one (work, notes, word);
  sim_world_tell (work->world, "  notes: \"%s\" -> \"%s\"", notes != NULL ? notes : "", text);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text);
}

/* Records */

static void
meet (SimWork *work)
{
  RoundsRecord *person = add_new (work, ROUNDS_ENTITY_PERSON, SLOT_PERSON);
  RoundsRecord *visit = add_new (work, ROUNDS_ENTITY_INTERACTION, SLOT_VISIT);
  RoundsRecord *follow_up = add_new (work, ROUNDS_ENTITY_FOLLOW_UP, SLOT_FOLLOW_UP);
  guint n_words = sim_work_roll (work, 6);

  set_new_text (work, person, ROUNDS_PERSON_FAMILY_NAME);
  set_new_text (work, person, ROUNDS_PERSON_PHONE);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME,
                          rounds_record_get_text (person, ROUNDS_PERSON_FAMILY_NAME));
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, make_instant (work));
  for (guint i = 0; i < n_words; i++)
    {
      g_autofree char *text = put_in (work, rounds_record_get_text (visit, ROUNDS_INTERACTION_NOTES));

      rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, text);
    }
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (visit));
  set_new_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
  set_new_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
}

static void
set_person (SimWork *work, RoundsRecord *person)
{
  static const guint fields[] = { ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_GIVEN_NAME, ROUNDS_PERSON_PHONE,
                                  ROUNDS_PERSON_CREDENTIALS };

  set_new_text (work, person, fields[sim_work_roll (work, G_N_ELEMENTS (fields))]);
  if (sim_work_roll (work, 4) == 0)
    set_new_text (work, person, fields[sim_work_roll (work, G_N_ELEMENTS (fields))]);
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
      set_new_text (work, visit, ROUNDS_INTERACTION_HCP_NAME);
    }
}

static void
set_follow_up (SimWork *work, RoundsRecord *follow_up)
{
  switch (sim_work_roll (work, 3))
    {
    case 0:
      set_new_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
      break;
    case 1:
      set_new_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
      break;
    default:
      rounds_record_set_integer (follow_up, ROUNDS_FOLLOW_UP_DONE_AT, make_instant (work));
    }
}

static void
set_fields (SimWork *work)
{
  guint slot = sim_work_roll (work, 3);
  RoundsRecord *record = add_known (work, meet_entities[slot], work->event->about, slot);

  if (record == NULL)
    return;
  if (slot == SLOT_PERSON)
    set_person (work, record);
  else if (slot == SLOT_VISIT)
    set_visit (work, record);
  else
    set_follow_up (work, record);
}

static void
book (SimWork *work)
{
  RoundsRecord *person = add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *appointment;

  if (person == NULL)
    return;
  appointment = add_new (work, ROUNDS_ENTITY_APPOINTMENT, 0);
  set_new_text (work, appointment, ROUNDS_APPOINTMENT_TITLE);
  rounds_record_set_uuid (appointment, ROUNDS_APPOINTMENT_PERSON, rounds_record_get_id (person));
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, make_instant (work));
  rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, make_instant (work) + 30 * ROUNDS_MINUTE);
  rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_TIME_ZONE, "Europe/Amsterdam");
}

/* Where two people move one end each, the result may be no appointment at all, which only the server can see. */
static void
move (SimWork *work)
{
  static const char *const states[] = { "confirmed", "completed", "cancelled", "no_show" };
  RoundsRecord *appointment = add_known (work, ROUNDS_ENTITY_APPOINTMENT, work->event->about, 0);
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
      set_new_text (work, appointment, ROUNDS_APPOINTMENT_LOCATION);
      break;
    case 3:
      rounds_record_set_text (appointment, ROUNDS_APPOINTMENT_STATUS,
                              states[sim_work_roll (work, G_N_ELEMENTS (states))]);
      break;
    default:
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_START_AT, make_instant (work));
      rounds_record_set_integer (appointment, ROUNDS_APPOINTMENT_END_AT, make_instant (work) + 30 * ROUNDS_MINUTE);
    }
}

static void
add_step (SimWork *work, RoundsRecord *journey, guint slot)
{
  RoundsRecord *step = add_new (work, ROUNDS_ENTITY_JOURNEY_STEP, slot);

  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey));
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, rounds_record_get_text (journey, ROUNDS_CT_JOURNEY_STAGE));
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, make_instant (work));
  set_new_text (work, step, ROUNDS_JOURNEY_STEP_NOTE);
}

/* Two people who enrol the same contact make two patients of them, of whom the server takes one. */
static void
enrol (SimWork *work)
{
  RoundsRecord *person = add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *patient, *journey;

  if (person == NULL)
    return;
  patient = add_new (work, ROUNDS_ENTITY_PATIENT, SLOT_PATIENT);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (person));
  set_new_date (work, patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE);
  journey = add_new (work, ROUNDS_ENTITY_CT_JOURNEY, SLOT_JOURNEY);
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  set_new_text (work, journey, ROUNDS_CT_JOURNEY_OUTCOME);
  add_step (work, journey, SLOT_STEP);
}

static void
advance (SimWork *work)
{
  static const char *const stages[] = { "pre_screening", "screened", "enrolled", "completed", "withdrawn" };
  RoundsRecord *journey = add_known (work, ROUNDS_ENTITY_CT_JOURNEY, work->event->about, SLOT_JOURNEY);
  RoundsRecord *step;

  if (journey == NULL)
    return;
  step = add_known (work, ROUNDS_ENTITY_JOURNEY_STEP, work->event->about, SLOT_STEP);
  if (step != NULL)
    rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_LEFT_AT, make_instant (work));
  rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_STAGE, stages[sim_work_roll (work, G_N_ELEMENTS (stages))]);
  if (sim_work_roll (work, 2) == 0)
    set_new_text (work, journey, ROUNDS_CT_JOURNEY_OUTCOME);
  add_step (work, journey, 0);
}

/* The specialization of that name, which other devices may be making at the same time. */
static RoundsRecord *
add_specialization (SimWork *work)
{
  const char *name = specialties[sim_work_roll (work, G_N_ELEMENTS (specialties))];
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_SPECIALIZATION);
  RoundsRecord *record;

  rounds_query_where_text (query, ROUNDS_SPECIALIZATION_NAME, ROUNDS_IS, name);
  record = rounds_record_store_find (work->peer->desk, query, NULL);
  if (record == NULL)
    {
      record = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
      rounds_record_set_text (record, ROUNDS_SPECIALIZATION_NAME, name);
      rounds_record_store_give_named_id (work->peer->desk, record, NULL);
    }
  g_ptr_array_add (work->records, record);
  return record;
}

static void
specialize (SimWork *work)
{
  RoundsRecord *person = add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *specialization, *physician;

  if (person == NULL)
    return;
  specialization = add_specialization (work);
  if (sim_work_roll (work, 2) == 0)
    {
      const char *old = rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_DESCRIPTION);
      g_autofree char *text = put_in (work, old);

      rounds_record_set_text (specialization, ROUNDS_SPECIALIZATION_DESCRIPTION, text);
    }
  physician = add_new (work, ROUNDS_ENTITY_PHYSICIAN, 0);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialization));
  set_new_text (work, physician, ROUNDS_PHYSICIAN_SEES_REPS);
}

/* Territories */

#define TERRITORIES 2
#define TERRITORY_EVENT 100000 /* by which the ids of territories and of those who belong to them are made */

/* A territory that the office has made when it was first needed. */
static gboolean
find_territory (SimWork *work, guint which, RoundsUuid *id)
{
  RoundsRecordStore *office = sim_world_get_server (work->world)->desk;
  g_autofree char *name = g_strdup_printf ("Territory %u", which);
  g_autoptr (RoundsRecord) territory = NULL;

  *id = make_id (TERRITORY_EVENT, which);
  territory = rounds_record_store_get (office, ROUNDS_ENTITY_TERRITORY, id, NULL);
  if (territory != NULL)
    return TRUE;
  territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  rounds_record_set_uuid (territory, ROUNDS_FIELD_ID, id);
  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, name);
  return rounds_record_store_save (office, territory, NULL);
}

static void
assign (SimWork *work)
{
  RoundsRecord *person = add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  guint which = sim_work_roll (work, TERRITORIES + 1);
  RoundsUuid territory;

  work->world->ledger->scope_changed = TRUE;
  if (person == NULL || (which < TERRITORIES && !find_territory (work, which, &territory)))
    return;
  sim_world_tell (work->world, "  to territory %u", which);
  if (which < TERRITORIES)
    rounds_record_set_uuid (person, ROUNDS_FIELD_TERRITORY, &territory);
  else
    rounds_record_clear_field (person, ROUNDS_FIELD_TERRITORY);
}

static void
join (SimWork *work)
{
  guint device = sim_work_roll (work, work->world->story->n_devices);
  guint which = sim_work_roll (work, TERRITORIES);
  RoundsUuid id = make_id (TERRITORY_EVENT + 1 + device, which);
  g_autoptr (RoundsRecord) member =
    rounds_record_store_get (work->peer->desk, ROUNDS_ENTITY_TERRITORY_MEMBER, &id, NULL);
  RoundsUuid territory;

  sim_world_tell (work->world, "  %s %s territory %u", work->world->peers[device].name,
                  member != NULL && !rounds_record_is_deleted (member) ? "leaves" : "joins", which);
  if (member != NULL)
    {
      sim_work_set_deleted (work, ROUNDS_ENTITY_TERRITORY_MEMBER, &id, !rounds_record_is_deleted (member));
      return;
    }
  if (!find_territory (work, which, &territory))
    return;
  member = rounds_record_new (ROUNDS_ENTITY_TERRITORY_MEMBER);
  rounds_record_set_uuid (member, ROUNDS_FIELD_ID, &id);
  rounds_record_set_uuid (member, ROUNDS_FIELD_TERRITORY, &territory);
  rounds_record_set_uuid (member, ROUNDS_TERRITORY_MEMBER_STAFF, &work->world->peers[device].staff);
  g_ptr_array_add (work->records, g_steal_pointer (&member));
}

static void
draw_territory (SimWork *work)
{
  RoundsRecord *territory = add_new (work, ROUNDS_ENTITY_TERRITORY, 0);
  RoundsRecord *follow_up = add_new (work, ROUNDS_ENTITY_FOLLOW_UP, 1);

  set_new_text (work, territory, ROUNDS_TERRITORY_NAME);
  set_new_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
  set_new_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
}

/* Deleting */

/** sim_work_set_deleted: deletes a record that is here, or brings it back. */
void
sim_work_set_deleted (SimWork *work, RoundsEntity entity, const RoundsUuid *id, gboolean deleted)
{
  RoundsRecordStore *store = work->peer->desk;
  g_autoptr (RoundsRecord) row = rounds_record_store_get (store, entity, id, NULL);
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GError) error = NULL;

  if (row == NULL || rounds_record_is_deleted (row) == deleted)
    return;
  if (deleted)
    rounds_record_store_delete (store, entity, id, &error);
  else
    rounds_record_store_restore (store, entity, id, &error);
  if (sim_database_get_commits (work->peer->database) > commits)
    sim_ledger_note_deletion (work->world->ledger, work->event->number, work->event->actor, row, deleted);
  else if (!sim_database_is_dead (work->peer->database) && !is_told_at_once (error))
    sim_world_fail (work->world, "save", "%s: %s", work->peer->name, error->message);
  sim_world_tell (work->world, "  %s %s", deleted ? "deleted" : "restored", rounds_entity_get_info (entity)->name);
}

static void
delete_or_restore (SimWork *work)
{
  static const struct
  {
    const RoundsEntity *entities;
    guint n;
  } makers[] = {
    { meet_entities, G_N_ELEMENTS (meet_entities) },
    { enrol_entities, G_N_ELEMENTS (enrol_entities) },
    { book_entities, G_N_ELEMENTS (book_entities) },
    { specialty_entities, G_N_ELEMENTS (specialty_entities) },
  };
  guint slot = sim_work_roll (work, 3);

  for (guint m = 0; m < G_N_ELEMENTS (makers); m++)
    {
      RoundsUuid id = make_id (work->event->about, slot % makers[m].n);

      sim_work_set_deleted (work, makers[m].entities[slot % makers[m].n], &id, work->event->kind == SIM_DELETE);
    }
}

/** sim_work_play: lives through an event of somebody's work. */
void
sim_work_play (SimWorld *self, const SimEvent *event)
{
  SimWork work = { self, event, &self->peers[event->actor], sim_mix (event->dice, event->number), 0, NULL };

  work.records = g_ptr_array_new_with_free_func (g_object_unref);
  switch (event->kind)
    {
    case SIM_MEET:
      meet (&work);
      break;
    case SIM_TYPE:
    case SIM_STRIKE:
    case SIM_REWRITE:
      edit_notes (&work);
      break;
    case SIM_SET:
      set_fields (&work);
      break;
    case SIM_BOOK:
      book (&work);
      break;
    case SIM_MOVE:
      move (&work);
      break;
    case SIM_ENROL:
      enrol (&work);
      break;
    case SIM_STAGE:
      advance (&work);
      break;
    case SIM_SPECIALTY:
      specialize (&work);
      break;
    case SIM_ASSIGN:
      assign (&work);
      break;
    case SIM_JOIN:
      join (&work);
      break;
    case SIM_TERRITORY:
      draw_territory (&work);
      break;
    case SIM_DELETE:
    case SIM_RESTORE:
      delete_or_restore (&work);
      break;
    case SIM_RESOLVE:
      sim_review_resolve (&work);
      break;
    case SIM_MEND:
      sim_review_mend (&work);
      break;
    default:
      g_assert_not_reached ();
    }
  sim_work_save (&work);
  g_ptr_array_unref (work.records);
}
