/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Contacts who turn out to be one, and two again, as the application's dialogs do it. */

#include "rounds-person-merge.h"
#include "sim-work.h"

/* Somebody of the team can only be merged by those who may change the team: seldom tried. */
static gboolean
is_staff (SimWork *work, const RoundsUuid *person)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_STAFF);
  g_autoptr (RoundsRecord) staff = NULL;

  rounds_query_where_uuid (query, ROUNDS_STAFF_PERSON, ROUNDS_IS, person);
  rounds_record_store_find (work->peer->desk, query, &staff, NULL);
  return staff != NULL;
}

/** sim_people_find: somebody who is here and is not @other (nullable): the contact of the event @number; otherwise any.
 */
gboolean
sim_people_find (SimWork *work, guint number, const RoundsUuid *other, RoundsUuid *person)
{
  RoundsUuid wanted = sim_work_make_id (number, SLOT_PERSON);
  gboolean takes_staff = sim_work_roll (work, 20) == 0;
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) people = rounds_record_store_list (work->peer->desk, query, NULL);
  g_autoptr (GPtrArray) possible = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    {
      const RoundsUuid *id = rounds_record_get_id (people->pdata[i]);

      if ((other != NULL && rounds_uuid_equal (id, other)) || (!takes_staff && is_staff (work, id)))
        continue;
      if (rounds_uuid_equal (id, &wanted))
        {
          *person = wanted;
          return TRUE;
        }
      g_ptr_array_add (possible, people->pdata[i]);
    }
  if (possible->len > 0)
    *person = *rounds_record_get_id (possible->pdata[sim_work_roll (work, possible->len)]);
  return possible->len > 0;
}

/* (transfer full) (nullable): what the person wants to have of both; %NULL: whatever is proposed. What the kept contact
 * does not have is taken. */
static GPtrArray *
choose (SimWork *work, const RoundsUuid *kept, const RoundsUuid *merged)
{
  GPtrArray *choices;

  if (sim_work_roll (work, 3) == 0)
    return NULL;
  choices = rounds_person_merge_list_choices (work->peer->desk, kept, merged, NULL);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      RoundsMergeChoice *choice = choices->pdata[i];

      choice->take |= sim_work_roll (work, 2) == 0;
    }
  return choices;
}

/* The merge of @merged, if it was made. */
static void
note_merge (SimWork *work, SimDeedKind kind, const RoundsUuid *id)
{
  g_autoptr (RoundsRecord) merge = rounds_record_store_get (work->peer->desk, ROUNDS_ENTITY_MERGE, id, NULL);

  sim_ledger_note_merge (work->world->ledger, kind, work->event->number, work->event->actor, merge);
}

static void
tell_merge (SimWork *work, const RoundsUuid *kept, const RoundsUuid *merged, GPtrArray *choices)
{
  g_autofree char *one = rounds_uuid_to_string (kept);
  g_autofree char *other = rounds_uuid_to_string (merged);

  sim_world_tell (work->world, "  %s takes in %s", one + SIM_ID_END, other + SIM_ID_END);
  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const RoundsMergeChoice *choice = choices->pdata[i];
      const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (choice->kept), choice->field);
      g_autofree char *its = rounds_field_format (field, rounds_record_get_value (choice->kept, choice->field));
      g_autofree char *others = rounds_field_format (field, rounds_record_get_value (choice->merged, choice->field));

      sim_world_tell (work->world, "  %s: \"%s\" %s \"%s\"", field->name, its != NULL ? its : "",
                      choice->take ? "->" : "stays, not", others != NULL ? others : "");
    }
}

/** sim_people_merge: makes one of two contacts who are here. */
void
sim_people_merge (SimWork *work)
{
  RoundsUuid kept, merged;
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) choices = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GError) error = NULL;

  if (!sim_people_find (work, work->event->about, NULL, &kept)
      || !sim_people_find (work, work->event->with, &kept, &merged))
    return;
  before = sim_work_look (work);
  choices = choose (work, &kept, &merged);
  tell_merge (work, &kept, &merged, choices);
  merge = rounds_person_merge_run (work->peer->desk, &kept, &merged, choices, &error);
  work->world->ledger->is_merging = TRUE;
  sim_work_end (work, before, commits, error);
  work->world->ledger->is_merging = FALSE;
  if (sim_database_get_commits (work->peer->database) == commits)
    return;
  /* Somebody else's merge of the same person may be here as well. */
  if (merge == NULL)
    rounds_person_merge_find (work->peer->desk, &merged, &merge, NULL);
  g_assert_nonnull (merge);
  note_merge (work, SIM_DEED_MERGE, rounds_record_get_id (merge));
}

/** sim_people_list_parts: (transfer full) (element-type RoundsRecord): whom a person knows to be a part of @person. */
GPtrArray *
sim_people_list_parts (SimWork *work, RoundsRecord *person)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) merges = rounds_person_merge_list (work->peer->desk, rounds_record_get_id (person), NULL);

  for (guint i = 0; merges != NULL && i < merges->len; i++)
    {
      const RoundsUuid *merged = rounds_record_get_uuid (merges->pdata[i], ROUNDS_MERGE_MERGED);
      RoundsRecord *part = rounds_record_store_get (work->peer->desk, ROUNDS_ENTITY_PERSON, merged, NULL);

      if (part != NULL)
        g_ptr_array_add (parts, part);
    }
  return parts;
}

static gboolean
is_part (GPtrArray *merges, const RoundsUuid *person)
{
  for (guint i = 0; person != NULL && i < merges->len; i++)
    if (rounds_uuid_equal (rounds_record_get_uuid (merges->pdata[i], ROUNDS_MERGE_MERGED), person))
      return TRUE;
  return FALSE;
}

/* Whether both say the same, be it of two people. */
static gboolean
is_alike (RoundsRecord *one, RoundsRecord *other)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (one));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (info->fields[f].type != ROUNDS_TYPE_BOOLEAN
        && !(info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == ROUNDS_ENTITY_PERSON)
        && !rounds_value_equal (rounds_record_get_value (one, f), rounds_record_get_value (other, f)))
      return FALSE;
  return TRUE;
}

/** sim_people_list_alike: (transfer full) (nullable) (element-type RoundsRecord): for what else a person knows that
 * @record, which may be somebody's, is kept once. */
GPtrArray *
sim_people_list_alike (SimWork *work, RoundsRecord *record)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsUuid *person = sim_ledger_get_person (record);
  GPtrArray *alike;
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) merges = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (person == NULL || rounds_person_merge_find_field (entity) >= 0)
    return NULL;
  alike = g_ptr_array_new_with_free_func (g_object_unref);
  merges = rounds_person_merge_list (work->peer->desk, person, NULL);
  query = rounds_query_new (entity);
  rounds_query_include_deleted (query);
  others = rounds_record_store_list (work->peer->desk, query, NULL);
  for (guint i = 0; i < others->len; i++)
    if (rounds_record_is_deleted (others->pdata[i]) && is_part (merges, sim_ledger_get_person (others->pdata[i]))
        && is_alike (others->pdata[i], record))
      g_ptr_array_add (alike, g_object_ref (others->pdata[i]));
  return alike;
}

/* (transfer full) (nullable): a merge that stands: one of the contact of the event; otherwise any */
static RoundsRecord *
find_merge (SimWork *work)
{
  RoundsUuid person = sim_work_make_id (work->event->about, SLOT_PERSON);
  RoundsRecord *merge;
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_MERGE);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;
  g_autoptr (GPtrArray) merges = NULL;

  rounds_person_merge_find (work->peer->desk, &person, &merge, NULL);
  if (merge != NULL)
    return merge;
  merges = rounds_person_merge_list (work->peer->desk, &person, NULL);
  if (merges->len == 0)
    {
      rounds_query_where (query, ROUNDS_MERGE_UNDONE_AT, ROUNDS_IS, &nothing);
      g_ptr_array_unref (merges);
      merges = rounds_record_store_list (work->peer->desk, query, NULL);
    }
  return merges->len > 0 ? g_object_ref (merges->pdata[sim_work_roll (work, merges->len)]) : NULL;
}

/* (transfer full): of @newer, what the person says belongs to the other one */
static GHashTable *
choose_newer (SimWork *work, GPtrArray *newer)
{
  GHashTable *go_back = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);

  for (guint i = 0; i < newer->len; i++)
    if (sim_work_roll (work, 2) == 0)
      g_hash_table_add (go_back, (gpointer) rounds_record_get_id (((RoundsMergeNewer *) newer->pdata[i])->record));
  return go_back;
}

/* What was asked about is now whose the person said that it is. */
static void
note_owners (SimWork *work, GPtrArray *newer, GHashTable *go_back)
{
  for (guint i = 0; i < newer->len; i++)
    {
      const RoundsMergeNewer *entry = newer->pdata[i];
      const RoundsFieldInfo *field = rounds_entity_get_field (rounds_record_get_entity (entry->record), entry->field);
      gboolean goes = g_hash_table_contains (go_back, rounds_record_get_id (entry->record));

      if (field->target == ROUNDS_ENTITY_PERSON)
        sim_ledger_note_owner (work->world->ledger, work->event->number, work->event->actor, entry->record,
                               goes ? &entry->back : rounds_record_get_uuid (entry->record, entry->field));
    }
}

/** sim_people_take_apart: makes two contacts of one who were made one by @merge, which stands. */
void
sim_people_take_apart (SimWork *work, RoundsRecord *merge)
{
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) newer = rounds_person_unmerge_list_newer (work->peer->desk, merge, NULL);
  g_autoptr (GHashTable) go_back = NULL;
  g_autoptr (GPtrArray) remainders = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (newer);
  go_back = choose_newer (work, newer);
  before = sim_work_look (work);
  remainders = rounds_person_unmerge_run (work->peer->desk, rounds_record_get_id (merge), go_back, &error);
  work->world->ledger->is_merging = TRUE;
  sim_work_end (work, before, commits, error);
  work->world->ledger->is_merging = FALSE;
  if (sim_database_get_commits (work->peer->database) == commits)
    return;
  note_merge (work, SIM_DEED_UNMERGE, rounds_record_get_id (merge));
  note_owners (work, newer, go_back);
}

/** sim_people_unmerge: makes two contacts of one. */
void
sim_people_unmerge (SimWork *work)
{
  g_autoptr (RoundsRecord) merge = find_merge (work);

  if (merge != NULL)
    sim_people_take_apart (work, merge);
}
