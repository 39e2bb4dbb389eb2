/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who was at a visit: they are there, or were taken away by somebody who saw them, or are there as whom they are a part
 * of now; and of two who are one now, one is there. */

#include "sim-account-private.h"

static const RoundsUuid *
get_visit (RoundsRecord *attendee)
{
  return rounds_record_get_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION);
}

/* Whether the person of @other, another record of the same visit, is whom that of @attendee is a part of now. */
static gboolean
is_of_same (SimAccount *self, RoundsRecord *other, RoundsRecord *attendee)
{
  RoundsUuid person = sim_account_lead (self, sim_ledger_get_person (attendee));
  RoundsUuid others = sim_account_lead (self, sim_ledger_get_person (other));

  return rounds_uuid_equal (get_visit (other), get_visit (attendee)) && rounds_uuid_equal (&others, &person);
}

/* (nullable): another record by which the person that @attendee is of now was at that visit */
static RoundsRecord *
find_double (SimAccount *self, RoundsRecord *attendee)
{
  GHashTableIter iter;
  gpointer other;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    if (other != attendee && rounds_record_get_entity (other) == ROUNDS_ENTITY_INTERACTION_ATTENDEE
        && !rounds_record_is_deleted (other) && is_of_same (self, other, attendee))
      return other;
  return NULL;
}

/** sim_account_check_attendee: who was at a visit, as somebody said who made this record, is there. */
void
sim_account_check_attendee (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (deed->entity != ROUNDS_ENTITY_INTERACTION_ATTENDEE || row == NULL || !rounds_record_is_deleted (row)
      || sim_account_has_deed (self, SIM_DEED_DELETE, &deed->record)
      || sim_account_has_deed (self, SIM_DEED_DELETE_PART, &deed->record) || find_double (self, row) != NULL
      || sim_account_is_refused (self, deed) || sim_account_is_deletion_flagged (self, deed))
    return;
  sim_account_fail (self, "attendee", deed, "somebody was at a visit, and nobody knows it any more");
}

/* When the server made @record; 0: it did not. */
static gint64
get_creation (SimAccount *self, const RoundsUuid *record)
{
  for (guint i = 0; i < self->log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (self->log, i);

      if (change->operation == ROUNDS_OPERATION_CREATE && rounds_uuid_equal (&change->record, record))
        return change->seq;
    }
  return 0;
}

/* Whether the server knew of both records before it merged anybody into @person: of what came later, both are kept. */
static gboolean
are_older (SimAccount *self, const RoundsUuid *person, gint64 one, gint64 other)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      RoundsUuid kept;

      if (rounds_record_get_entity (row) != ROUNDS_ENTITY_MERGE)
        continue;
      kept = sim_account_lead (self, rounds_record_get_uuid (row, ROUNDS_MERGE_KEPT));
      if (rounds_uuid_equal (&kept, person) && get_creation (self, rounds_record_get_id (row)) < MAX (one, other))
        return FALSE;
    }
  return TRUE;
}

/* Whether somebody brought @record back, or said whose it is. */
static gboolean
was_decided (SimAccount *self, const RoundsUuid *record)
{
  return sim_account_has_deed (self, SIM_DEED_RESTORE, record) || sim_account_has_deed (self, SIM_DEED_OWNER, record);
}

/* Whether two people, who were known to have been there, have become one. */
static gboolean
were_made_one (SimAccount *self, const SimDeed *deed, RoundsRecord *other)
{
  const RoundsUuid *person = sim_account_find_first_person (self, rounds_record_get_id (other));
  gint64 one = get_creation (self, &deed->record);
  gint64 two = get_creation (self, rounds_record_get_id (other));
  RoundsUuid now = sim_account_lead (self, &deed->person);
  RoundsUuid others_now;

  if (person == NULL || rounds_uuid_equal (person, &deed->person))
    return FALSE;
  others_now = sim_account_lead (self, person);
  return rounds_uuid_equal (&now, &others_now) && are_older (self, &now, one, two);
}

/** sim_account_check_double: of two who were at a visit and were made one, one is there. */
void
sim_account_check_double (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  RoundsRecord *other;

  if (deed->entity != ROUNDS_ENTITY_INTERACTION_ATTENDEE || self->world->ledger->server_returned || row == NULL
      || rounds_record_is_deleted (row) || (other = find_double (self, row)) == NULL
      || was_decided (self, &deed->record) || was_decided (self, rounds_record_get_id (other)))
    return;
  if (were_made_one (self, deed, other))
    sim_account_fail (self, "double", deed, "two who were at a visit were made one, who was there twice");
}
