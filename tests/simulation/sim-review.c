/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server asks a person about: conflicts to choose from, refused changes to mend. Done as the application's
 * review dialog does it. */

#include "rounds-merge.h"
#include "rounds-sync-people.h"
#include "rounds-time.h"
#include "sim-work.h"

static RoundsRecord *
find_conflict (SimWork *work)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_autoptr (GPtrArray) conflicts = rounds_record_store_list (work->peer->desk, query, NULL);
  g_autoptr (GPtrArray) open = g_ptr_array_new ();

  for (guint i = 0; i < conflicts->len; i++)
    if (rounds_record_is_null (g_ptr_array_index (conflicts, i), ROUNDS_CONFLICT_RESOLVED_AT))
      g_ptr_array_add (open, g_ptr_array_index (conflicts, i));
  if (open->len == 0)
    return NULL;
  return g_object_ref (g_ptr_array_index (open, sim_work_roll (work, open->len)));
}

/* Gives @record the value of one side of @conflict. */
static void
choose (RoundsRecord *record, RoundsRecord *conflict, guint side)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  int field = rounds_entity_find_field (entity, rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD));
  const char *text = rounds_record_get_text (conflict, side);
  g_autoptr (yyjson_doc) doc = NULL;
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  g_assert_cmpint (field, >=, 0);
  if (text != NULL)
    {
      g_assert_true (rounds_json_read (text, -1, &doc, NULL));
      g_assert_true (rounds_value_from_json (&value, rounds_entity_get_field (entity, (guint) field),
                                             yyjson_doc_get_root (doc), NULL));
    }
  rounds_record_set_value (record, (guint) field, &value);
}

/** sim_review_resolve: chooses one side of an open conflict. */
void
sim_review_resolve (SimWork *work)
{
  static const guint sides[] = { ROUNDS_CONFLICT_MINE, ROUNDS_CONFLICT_THEIRS, ROUNDS_CONFLICT_ORIGINAL };
  RoundsRecord *conflict;
  RoundsRecord *record;
  RoundsEntity entity;
  guint side;

  if (work->event->actor == SIM_OFFICE)
    return;
  conflict = find_conflict (work);
  if (conflict == NULL)
    return;
  side = sides[sim_work_roll (work, G_N_ELEMENTS (sides))];
  entity = rounds_entity_from_name (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ENTITY));
  record =
    rounds_record_store_get (work->peer->desk, entity, rounds_record_get_uuid (conflict, ROUNDS_CONFLICT_RECORD), NULL);
  if (g_strcmp0 (rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD), "deleted_at") == 0)
    {
      if (record != NULL && side == ROUNDS_CONFLICT_MINE)
        sim_work_set_deleted (work, entity, rounds_record_get_id (record), TRUE);
      g_clear_object (&record);
    }
  else if (record != NULL)
    {
      sim_ledger_settle (
        work->world->ledger, rounds_record_get_id (record),
        (guint) rounds_entity_find_field (entity, rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD)),
        rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE));
      choose (record, conflict, side);
      g_ptr_array_add (work->records, record);
    }
  rounds_record_set_integer (conflict, ROUNDS_CONFLICT_RESOLVED_AT, rounds_time_now ());
  g_ptr_array_add (work->records, conflict);
  sim_world_tell (work->world, "  %s: %s", rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD),
                  side == ROUNDS_CONFLICT_MINE     ? "mine"
                  : side == ROUNDS_CONFLICT_THEIRS ? "theirs"
                                                   : "original");
}

/* What makes one of two people, or two again, is tried once more with all that it moves, or taken back with that. */
static void
mend_merge (SimWork *work, const RoundsChange *change, RoundsRecord *merge)
{
  gboolean stands = !rounds_record_is_deleted (merge) && rounds_record_is_null (merge, ROUNDS_MERGE_UNDONE_AT);
  g_autoptr (GError) error = NULL;

  if (stands && sim_work_roll (work, 2) == 0)
    {
      sim_world_tell (work->world, "  undoes the refused merge");
      sim_people_take_apart (work, merge);
      return;
    }
  sim_world_tell (work->world, "  tries the refused %s of merge again", rounds_operation_to_string (change->operation));
  if (!rounds_record_store_retry_rejected (work->peer->desk, change->seq, &error)
      && !sim_database_is_dead (work->peer->database))
    sim_world_fail (work->world, "retry", "%s: %s", work->peer->name, error->message);
}

/** sim_review_mend: undoes what was refused, or tries it again. */
void
sim_review_mend (SimWork *work)
{
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (RoundsRecord) record = NULL;
  const RoundsChange *change;

  if (work->event->actor == SIM_OFFICE)
    return;
  rejected = rounds_record_store_list_rejected_acts (work->peer->desk, NULL);
  if (rejected->len == 0)
    return;
  change = g_ptr_array_index (rejected, sim_work_roll (work, rejected->len));
  record = rounds_record_store_get (work->peer->desk, change->entity, &change->record, NULL);
  if (record == NULL)
    return;
  if (rounds_sync_people_begins (change))
    {
      mend_merge (work, change, record);
      return;
    }
  sim_world_tell (work->world, "  undoes the refused %s of %s", rounds_operation_to_string (change->operation),
                  rounds_entity_get_info (change->entity)->name);
  if (change->operation == ROUNDS_OPERATION_UPDATE)
    {
      g_assert_true (rounds_merge_take_back (record, change, NULL));
      g_ptr_array_add (work->records, g_steal_pointer (&record));
    }
  else
    sim_work_set_deleted (work, change->entity, &change->record, change->operation != ROUNDS_OPERATION_DELETE);
}
