/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets to see what. */

#include "sim-clock.h"
#include "sim-work.h"

#include "rounds-person-merge.h"

#define TERRITORIES 2
#define TERRITORY_EVENT 100000 /* by which the ids of territories and of those who belong to them are made */

/* A territory that the office has made when it was first needed. */
static gboolean
find_territory (SimWork *work, guint which, RoundsUuid *id)
{
  RoundsRecordStore *office = sim_world_get_server (work->world)->desk;
  g_autofree char *name = g_strdup_printf ("Territory %u", which);
  g_autoptr (RoundsRecord) territory = NULL;

  *id = sim_work_make_id (TERRITORY_EVENT, which);
  territory = rounds_record_store_get (office, ROUNDS_ENTITY_TERRITORY, id, NULL);
  if (territory != NULL)
    return TRUE;
  territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  rounds_record_set_uuid (territory, ROUNDS_FIELD_ID, id);
  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, name);
  return rounds_record_store_save (office, territory, NULL);
}

/* The contact of the event; where lists were imported, perhaps somebody out of one. */
static RoundsRecord *
add_person (SimWork *work)
{
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) people = NULL;
  guint64 dice = sim_mix (work->event->dice, 1);
  RoundsRecord *person;

  if (!work->world->ledger->has_imports || sim_roll_below (&dice, 2) == 0)
    return sim_work_add_known (work, ROUNDS_ENTITY_PERSON, work->event->about, SLOT_PERSON);
  query = rounds_query_new (ROUNDS_ENTITY_PERSON);
  people = rounds_record_store_list (work->peer->desk, query, NULL);
  if (people->len == 0)
    return NULL;
  person = g_object_ref (people->pdata[sim_roll_below (&dice, people->len)]);
  g_ptr_array_add (work->records, person);
  return person;
}

void
sim_territories_assign (SimWork *work)
{
  RoundsRecord *person = add_person (work);
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

void
sim_territories_join (SimWork *work)
{
  guint device = sim_work_roll (work, work->world->story->n_devices);
  guint which = sim_work_roll (work, TERRITORIES);
  RoundsUuid id = sim_work_make_id (TERRITORY_EVENT + 1 + device, which);
  g_autoptr (RoundsRecord) member =
    rounds_record_store_get (work->peer->desk, ROUNDS_ENTITY_TERRITORY_MEMBER, &id, NULL);
  RoundsUuid staff = work->world->peers[device].staff;
  RoundsUuid territory;
  gboolean merged;

  sim_world_tell (work->world, "  %s %s territory %u", work->world->peers[device].name,
                  member != NULL && !rounds_record_is_deleted (member) ? "leaves" : "joins", which);
  if (member != NULL)
    {
      sim_work_set_deleted (work, ROUNDS_ENTITY_TERRITORY_MEMBER, &id, !rounds_record_is_deleted (member));
      return;
    }
  if (!find_territory (work, which, &territory)
      || !rounds_person_merge_forward (work->peer->desk, ROUNDS_ENTITY_STAFF, &staff, &merged, NULL))
    return;
  member = rounds_record_new (ROUNDS_ENTITY_TERRITORY_MEMBER);
  rounds_record_set_uuid (member, ROUNDS_FIELD_ID, &id);
  rounds_record_set_uuid (member, ROUNDS_FIELD_TERRITORY, &territory);
  rounds_record_set_uuid (member, ROUNDS_TERRITORY_MEMBER_STAFF, &staff);
  g_ptr_array_add (work->records, g_steal_pointer (&member));
}

void
sim_territories_draw (SimWork *work)
{
  RoundsRecord *territory = sim_work_add_new (work, ROUNDS_ENTITY_TERRITORY, 0);
  RoundsRecord *follow_up = sim_work_add_new (work, ROUNDS_ENTITY_FOLLOW_UP, 1);

  sim_work_set_text (work, territory, ROUNDS_TERRITORY_NAME);
  sim_work_set_text (work, follow_up, ROUNDS_FOLLOW_UP_TEXT);
  sim_work_set_date (work, follow_up, ROUNDS_FOLLOW_UP_DUE_ON);
}
