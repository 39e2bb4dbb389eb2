/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody sees before and after they let the program do something to many records at once: that is what they were
 * told is saved. */

#include "rounds-error.h"
#include "sim-work.h"

/** sim_work_look: (transfer full) (element-type RoundsRecord): all that is there, with what was deleted. */
GPtrArray *
sim_work_look (SimWork *work)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (RoundsQuery) query = NULL;
      GPtrArray *records;

      if (!rounds_entity_is_synced (e))
        continue;
      query = rounds_query_new (e);
      rounds_query_include_deleted (query);
      records = rounds_record_store_list (work->peer->desk, query, NULL);
      g_assert_nonnull (records);
      g_ptr_array_extend_and_steal (all, records);
    }
  return all;
}

static gboolean
says_the_same (RoundsRecord *before, RoundsRecord *after)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (after));

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (before, f), rounds_record_get_value (after, f)))
      return FALSE;
  return TRUE;
}

/** sim_work_list_parts: (transfer full) (nullable) (element-type RoundsRecord): what goes with @row when somebody
 * deletes it, as they know. */
GPtrArray *
sim_work_list_parts (SimWork *work, RoundsRecord *row)
{
  if (rounds_record_get_entity (row) == ROUNDS_ENTITY_PERSON)
    return sim_people_list_parts (work, row);
  return sim_people_list_alike (work, row);
}

/** sim_work_note_parts: somebody has deleted @parts (nullable) with what they are a part of. */
void
sim_work_note_parts (SimWork *work, GPtrArray *parts)
{
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    sim_ledger_note_part (work->world->ledger, work->event->number, work->event->actor, parts->pdata[i]);
}

static void
note_difference (SimWork *work, RoundsRecord *before, RoundsRecord *after)
{
  SimLedger *ledger = work->world->ledger;
  gboolean was_deleted = before != NULL && rounds_record_is_deleted (before);

  if (before == NULL || !says_the_same (before, after))
    sim_ledger_note_save (ledger, work->event->number, work->event->actor, before, after);
  if (!was_deleted && rounds_record_is_deleted (after) && !ledger->is_merging)
    {
      g_autoptr (GPtrArray) parts = sim_work_list_parts (work, after);

      sim_work_note_parts (work, parts);
    }
  if (was_deleted != rounds_record_is_deleted (after))
    sim_ledger_note_deletion (ledger, work->event->number, work->event->actor, before != NULL ? before : after,
                              !was_deleted);
}

/* Whether the dialog tells the person that it cannot be done. */
static gboolean
is_told_at_once (const GError *error)
{
  return g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_EXISTS)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT)
         || g_error_matches (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND);
}

/**
 * sim_work_end:
 * @before: sim_work_look() from before it was done
 * @commits: how many commits there had been
 * @error: (nullable): what the program said
 *
 * Notes what was done, if it was committed, even if the program died before it could say so; then it is started again.
 */
void
sim_work_end (SimWork *work, GPtrArray *before, guint64 commits, const GError *error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (rounds_uuid_hash, rounds_uuid_equal);
  g_autoptr (GPtrArray) after = NULL;

  sim_world_tell (work->world, "  %s", error == NULL ? "done" : error->message);
  if (sim_database_get_commits (work->peer->database) == commits)
    {
      if (!sim_database_is_dead (work->peer->database) && error != NULL && !is_told_at_once (error))
        sim_world_fail (work->world, "save", "%s: %s", work->peer->name, error->message);
      return;
    }
  if (sim_database_is_dead (work->peer->database))
    {
      sim_world_tell (work->world, "  %s was killed", work->peer->name);
      sim_world_restart (work->world, work->peer);
    }
  for (guint i = 0; i < before->len; i++)
    g_hash_table_insert (known, (gpointer) rounds_record_get_id (before->pdata[i]), before->pdata[i]);
  after = sim_work_look (work);
  for (guint i = 0; i < after->len; i++)
    note_difference (work, g_hash_table_lookup (known, rounds_record_get_id (after->pdata[i])), after->pdata[i]);
}
