/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Patients on their way through a trial, and physicians with what they are specialized in. */

#include "rounds-named-id.h"
#include "sim-work.h"

static const char *const specialties[] = { "Cardiology", "Neurology", "Oncology" };

static void
add_step (SimWork *work, RoundsRecord *journey, guint slot)
{
  RoundsRecord *step = sim_work_add_new (work, ROUNDS_ENTITY_JOURNEY_STEP, slot);

  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_JOURNEY_TYPE, "ct");
  rounds_record_set_uuid (step, ROUNDS_JOURNEY_STEP_JOURNEY, rounds_record_get_id (journey));
  rounds_record_set_text (step, ROUNDS_JOURNEY_STEP_STAGE, rounds_record_get_text (journey, ROUNDS_CT_JOURNEY_STAGE));
  rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_ENTERED_AT, sim_work_make_instant (work));
  sim_work_set_text (work, step, ROUNDS_JOURNEY_STEP_NOTE);
}

/* Two people who enrol the same contact make two patients of them, of whom the server takes one. */
void
sim_journeys_enrol (SimWork *work)
{
  RoundsRecord *person = sim_work_add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *patient, *journey;

  if (person == NULL)
    return;
  patient = sim_work_add_new (work, ROUNDS_ENTITY_PATIENT, SLOT_PATIENT);
  rounds_record_set_uuid (patient, ROUNDS_PATIENT_PERSON, rounds_record_get_id (person));
  sim_work_set_date (work, patient, ROUNDS_PATIENT_FIRST_CONTACT_DATE);
  journey = sim_work_add_new (work, ROUNDS_ENTITY_CT_JOURNEY, SLOT_JOURNEY);
  rounds_record_set_uuid (journey, ROUNDS_CT_JOURNEY_PATIENT, rounds_record_get_id (patient));
  sim_work_set_text (work, journey, ROUNDS_CT_JOURNEY_OUTCOME);
  add_step (work, journey, SLOT_STEP);
}

void
sim_journeys_advance (SimWork *work)
{
  static const char *const stages[] = { "pre_screening", "screened", "enrolled", "completed", "withdrawn" };
  RoundsRecord *journey = sim_work_add_known (work, ROUNDS_ENTITY_CT_JOURNEY, work->event->about, SLOT_JOURNEY);
  RoundsRecord *step;

  if (journey == NULL)
    return;
  step = sim_work_add_known (work, ROUNDS_ENTITY_JOURNEY_STEP, work->event->about, SLOT_STEP);
  if (step != NULL)
    rounds_record_set_integer (step, ROUNDS_JOURNEY_STEP_LEFT_AT, sim_work_make_instant (work));
  rounds_record_set_text (journey, ROUNDS_CT_JOURNEY_STAGE, stages[sim_work_roll (work, G_N_ELEMENTS (stages))]);
  if (sim_work_roll (work, 2) == 0)
    sim_work_set_text (work, journey, ROUNDS_CT_JOURNEY_OUTCOME);
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
  rounds_record_store_find (work->peer->desk, query, &record, NULL);
  if (record == NULL)
    {
      record = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
      rounds_record_set_text (record, ROUNDS_SPECIALIZATION_NAME, name);
      rounds_record_store_give_named_id (work->peer->desk, record, NULL);
    }
  g_ptr_array_add (work->records, record);
  return record;
}

void
sim_journeys_specialize (SimWork *work)
{
  RoundsRecord *person = sim_work_add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  RoundsRecord *specialization, *physician;

  if (person == NULL)
    return;
  specialization = add_specialization (work);
  if (sim_work_roll (work, 2) == 0)
    {
      const char *old = rounds_record_get_text (specialization, ROUNDS_SPECIALIZATION_DESCRIPTION);
      g_autofree char *text = sim_work_put_in (work, old);

      rounds_record_set_text (specialization, ROUNDS_SPECIALIZATION_DESCRIPTION, text);
    }
  physician = sim_work_add_new (work, ROUNDS_ENTITY_PHYSICIAN, 0);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialization));
  sim_work_set_text (work, physician, ROUNDS_PHYSICIAN_SEES_REPS);
}
