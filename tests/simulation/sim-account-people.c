/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People who were made one, and two again: nothing living refers to somebody who is no more, what came for them was led
 * to whom they are now, and whoever comes back has what was theirs. */

#include "sim-account-private.h"

#include <string.h>

#include "rounds-person-merge.h"

#define MOST_MERGES 50 /* of one person, one after the other */
#define MOST_OWNERS 10 /* from a step of a journey to the person */

/* The merge by which the server made @person a part of another; %NULL: none stands. */
RoundsRecord *
sim_account_find_merge (SimAccount *self, const RoundsUuid *person)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (rounds_record_get_entity (row) == ROUNDS_ENTITY_MERGE && sim_account_merge_stands (row)
        && rounds_uuid_equal (rounds_record_get_uuid (row, ROUNDS_MERGE_MERGED), person))
      return row;
  return NULL;
}

gboolean
sim_account_merge_stands (RoundsRecord *merge)
{
  return !rounds_record_is_deleted (merge) && rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT);
}

static gboolean
is_living (SimAccount *self, const RoundsUuid *id)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, id);

  return row != NULL && !rounds_record_is_deleted (row);
}

/** sim_account_lead: who @person is now. */
RoundsUuid
sim_account_lead (SimAccount *self, const RoundsUuid *person)
{
  RoundsUuid now = *person;

  for (guint i = 0; i < MOST_MERGES && !is_living (self, &now); i++)
    {
      RoundsRecord *merge = sim_account_find_merge (self, &now);

      if (merge == NULL)
        break;
      now = *rounds_record_get_uuid (merge, ROUNDS_MERGE_KEPT);
    }
  return now;
}

/** sim_account_find_only: what @person has one of, by the reference @field of @entity; %NULL: they have none. */
RoundsRecord *
sim_account_find_only (SimAccount *self, RoundsEntity entity, guint field, const RoundsUuid *person)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (rounds_record_get_entity (row) == entity && !rounds_record_is_deleted (row)
        && rounds_uuid_equal (rounds_record_get_uuid (row, field), person))
      return row;
  return NULL;
}

/* What @row has become a part of, because its person has; %NULL if it has not, or if that is gone as well. */
RoundsRecord *
sim_account_find_kept (SimAccount *self, RoundsRecord *row)
{
  RoundsEntity entity = rounds_record_get_entity (row);
  int field = rounds_person_merge_find_field (entity);
  const RoundsUuid *person = entity == ROUNDS_ENTITY_PERSON ? rounds_record_get_id (row)
                             : field >= 0                   ? rounds_record_get_uuid (row, (guint) field)
                                                            : NULL;
  RoundsUuid now;
  RoundsRecord *kept;

  if (person == NULL || !rounds_record_is_deleted (row))
    return NULL;
  now = sim_account_lead (self, person);
  if (rounds_uuid_equal (&now, person))
    return NULL;
  kept = entity == ROUNDS_ENTITY_PERSON ? g_hash_table_lookup (self->rows, &now)
                                        : sim_account_find_only (self, entity, (guint) field, &now);
  return kept != NULL && !rounds_record_is_deleted (kept) ? kept : NULL;
}

/* Whether the person that @row was of, or is a part of now, has what @deed wrote in a record like it: of what two
 * people who are merged have alike, one is kept. */
gboolean
sim_account_has_double (SimAccount *self, RoundsRecord *row, const SimDeed *deed)
{
  const RoundsUuid *person = sim_ledger_get_person (row);
  RoundsUuid now = person != NULL ? sim_account_lead (self, person) : *rounds_record_get_id (row);
  GHashTableIter iter;
  gpointer other;

  if (person == NULL || !self->world->ledger->has_merges)
    return FALSE;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &other))
    {
      g_autofree char *value = NULL;

      if (rounds_record_get_entity (other) != deed->entity || rounds_record_is_deleted (other)
          || sim_ledger_get_person (other) == NULL || !rounds_uuid_equal (sim_ledger_get_person (other), &now))
        continue;
      value = sim_account_get_value (other, deed);
      if (g_strcmp0 (value, deed->value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Who were ever one */

/* The person that the record is about, by what it belongs to. */
static gboolean
find_person (SimAccount *self, const RoundsUuid *record, RoundsUuid *person)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, record);

  for (guint i = 0; i < MOST_OWNERS && row != NULL; i++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (row));
      const RoundsUuid *owner = sim_ledger_get_person (row);

      *person = *rounds_record_get_id (row);
      if (rounds_record_get_entity (row) == ROUNDS_ENTITY_PERSON)
        return TRUE;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields && owner == NULL; f++)
        if (info->fields[f].flags & ROUNDS_FIELD_OWNER)
          owner = rounds_record_get_uuid (row, f);
      row = owner != NULL ? g_hash_table_lookup (self->rows, owner) : NULL;
    }
  return FALSE;
}

/* Adds to @people (of RoundsUuid) whoever was merged with one of them, even for a while. */
static void
add_merged (SimAccount *self, GHashTable *people)
{
  guint before;

  do
    {
      before = g_hash_table_size (people);
      for (guint i = 0; i < self->world->ledger->deeds->len; i++)
        {
          const SimDeed *deed = sim_account_get_deed (self, i);
          const RoundsUuid *kept, *merged;

          if (deed->kind != SIM_DEED_MERGE)
            continue;
          kept = rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT);
          merged = rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED);
          if (g_hash_table_contains (people, kept) || g_hash_table_contains (people, merged))
            {
              g_hash_table_add (people, (gpointer) kept);
              g_hash_table_add (people, (gpointer) merged);
            }
        }
    }
  while (g_hash_table_size (people) > before);
}

/* Whether both records are about one person, or about people who were one for a while. */
gboolean
sim_account_were_one (SimAccount *self, const RoundsUuid *a, const RoundsUuid *b)
{
  g_autoptr (GHashTable) people = NULL;
  RoundsUuid one, other;

  if (!self->world->ledger->has_merges || !find_person (self, a, &one) || !find_person (self, b, &other))
    return FALSE;
  people = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_hash_table_add (people, &one);
  add_merged (self, people);
  return g_hash_table_size (people) > 1 && g_hash_table_contains (people, &other);
}

/* Whether both records are about one person as things are. */
gboolean
sim_account_are_one (SimAccount *self, const RoundsUuid *a, const RoundsUuid *b)
{
  RoundsUuid one, other;

  if (!find_person (self, a, &one) || !find_person (self, b, &other))
    return FALSE;
  one = sim_account_lead (self, &one);
  other = sim_account_lead (self, &other);
  return rounds_uuid_equal (&one, &other);
}

/** sim_account_find_first_person: (nullable): whose the record was when it was made. */
const RoundsUuid *
sim_account_find_first_person (SimAccount *self, const RoundsUuid *record)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_CREATE && rounds_uuid_equal (&deed->record, record))
        return &deed->person;
    }
  return NULL;
}

/* How many edits of @record the server may have written for @actor beside those that were made: what somebody does to a
 * merged person is done to the kept one as well, and whoever merges two has the server merge what it knows of them. */
guint
sim_account_count_led (SimAccount *self, const RoundsUuid *record, guint actor)
{
  guint count = 0;

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->actor != actor || rounds_uuid_equal (&deed->record, record))
        continue;
      if ((deed->kind == SIM_DEED_SAVE || deed->kind == SIM_DEED_MERGE || deed->kind == SIM_DEED_UNMERGE)
          && sim_account_were_one (self, &deed->record, record))
        count++;
    }
  return count;
}

/* The checks */

/** sim_account_has_deed: whether somebody deleted @record, or brought it back, by itself. */
gboolean
sim_account_has_deed (SimAccount *self, SimDeedKind kind, const RoundsUuid *record)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == kind && !deed->is_merging && rounds_uuid_equal (&deed->record, record))
        return TRUE;
    }
  return FALSE;
}

/** sim_account_is_unmerge: whether @event undid a merge. */
gboolean
sim_account_is_unmerge (SimAccount *self, guint event)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_UNMERGE && deed->event == event)
        return TRUE;
    }
  return FALSE;
}

/* Who was merged is gone as long as the merge stands, and is whoever they were merged into is now. */
void
sim_account_check_merge (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *merge = g_hash_table_lookup (self->rows, &deed->record);
  const RoundsUuid *merged = rounds_record_get_uuid (deed->row, ROUNDS_MERGE_MERGED);
  RoundsUuid whole, kept;

  if (merge == NULL || !sim_account_merge_stands (merge))
    return;
  if (is_living (self, merged) && !sim_account_has_deed (self, SIM_DEED_RESTORE, merged))
    sim_account_fail (self, "merge", deed, "two people were made one, and are two");
  whole = sim_account_lead (self, merged);
  kept = sim_account_lead (self, rounds_record_get_uuid (deed->row, ROUNDS_MERGE_KEPT));
  if (!rounds_uuid_equal (&whole, &kept))
    sim_account_fail (self, "whole", deed, "somebody is a part of another than of whom they were made one");
}

/* Who was taken apart again is two. */
void
sim_account_check_unmerge (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *merge = g_hash_table_lookup (self->rows, &deed->record);

  if (merge != NULL && sim_account_merge_stands (merge) && !sim_account_is_refused (self, deed)
      && !self->world->ledger->server_returned)
    sim_account_fail (self, "unmerge", deed, "a merge was undone, and stands");
}

static gboolean
was_given (SimAccount *self, const SimDeed *creation, const RoundsUuid *person)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);
      RoundsUuid now;

      if (deed->kind != SIM_DEED_OWNER || !rounds_uuid_equal (&deed->record, &creation->record))
        continue;
      now = sim_account_lead (self, &deed->person);
      if (rounds_uuid_equal (&now, person))
        return TRUE;
    }
  return FALSE;
}

/* Whether somebody is asked whose the record is, of what there is one of for a person. */
static gboolean
is_asked_about (SimAccount *self, const SimDeed *creation)
{
  SimDeed place = *creation;
  int field = rounds_person_merge_find_field (creation->entity);

  place.field = (guint) MAX (field, 0);
  return field >= 0 && sim_account_is_in_conflict (self, &place, NULL);
}

/* 0: it did not make the record */
static gint64
find_creation (const SimPeer *device, const RoundsUuid *record)
{
  g_autoptr (GPtrArray) log = rounds_record_store_list_record_changes (device->store, record, MOST_LINES, NULL);

  for (guint i = 0; i < log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (log, i);

      if (change->operation == ROUNDS_OPERATION_CREATE)
        return change->seq;
    }
  return 0;
}

/* Whether the record was refused at first, as its person had one already, and then sent again: as the kept person's,
 * with the merge by which it became that. */
static gboolean
was_refused (SimAccount *self, const SimDeed *creation)
{
  const SimPeer *device = &self->world->peers[creation->actor];
  RoundsRecordStore *server = sim_world_get_server (self->world)->store;
  g_autoptr (RoundsStatement) statement = NULL;

  if (rounds_person_merge_find_field (creation->entity) < 0 || creation->actor == SIM_OFFICE)
    return FALSE;
  statement = rounds_database_prepare (rounds_record_store_get_database (server),
                                       "SELECT 1 FROM sync_reply WHERE device = $1 AND n = $2"
                                       " AND instr (reply, '\"rejected\"') > 0",
                                       NULL);
  rounds_statement_bind_uuid (statement, 1, &device->id);
  rounds_statement_bind_integer (statement, 2, find_creation (device, &creation->record));
  return rounds_statement_step (statement, NULL) == ROUNDS_STEP_ROW;
}

/* What was made for somebody is theirs, or the one's that they are now. */
void
sim_account_check_owner (SimAccount *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  const RoundsUuid *owner = row != NULL ? sim_ledger_get_person (row) : NULL;
  RoundsUuid now;

  if (owner == NULL || rounds_record_is_deleted (row) || rounds_uuid_is_nil (&deed->person))
    return;
  now = sim_account_lead (self, &deed->person);
  if (rounds_uuid_equal (owner, &now) || was_given (self, deed, owner) || sim_account_is_refused (self, deed)
      || is_asked_about (self, deed) || was_refused (self, deed))
    return;
  sim_account_fail (self, "owner", deed, "what was made for somebody is somebody else's");
}

/* Nothing that lives refers to somebody who is a part of another. */
void
sim_account_check_references (SimAccount *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (row));

      if (rounds_record_is_deleted (row) || rounds_record_get_entity (row) == ROUNDS_ENTITY_MERGE)
        continue;
      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          RoundsRecord *target = info->fields[f].type == ROUNDS_TYPE_REFERENCE && !rounds_record_is_null (row, f)
                                   ? g_hash_table_lookup (self->rows, rounds_record_get_uuid (row, f))
                                   : NULL;

          if (target != NULL && sim_account_find_kept (self, target) != NULL
              && !sim_account_has_deed (self, SIM_DEED_DELETE, rounds_record_get_id (target)))
            sim_world_fail (self->world, "reference", "%s.%s is a %s that has become a part of another", info->name,
                            info->fields[f].name, rounds_entity_get_info (info->fields[f].target)->name);
        }
    }
}
