/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of people that somebody gets from elsewhere, and takes back when it was the wrong one. */

#include <string.h>
#include <unistd.h>

#include "rounds-import-revert.h"
#include "rounds-importer.h"
#include "sim-work.h"

/* (transfer full) (nullable): somebody here of whom enough is known that a list can be about them */
static RoundsRecord *
find_known (SimWork *work)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GPtrArray) people = rounds_record_store_list (work->peer->desk, query, NULL);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();

  for (guint i = 0; i < people->len; i++)
    if (!rounds_record_is_null (people->pdata[i], ROUNDS_PERSON_GIVEN_NAME)
        && !rounds_record_is_null (people->pdata[i], ROUNDS_PERSON_FAMILY_NAME)
        && !rounds_record_is_null (people->pdata[i], ROUNDS_PERSON_PHONE))
      g_ptr_array_add (known, people->pdata[i]);
  return known->len > 0 ? g_object_ref (known->pdata[sim_work_roll (work, known->len)]) : NULL;
}

/* Two people whom nobody knows, and somebody who is known, with something new about them. */
static char *
write_list (SimWork *work)
{
  GString *text = g_string_new ("Given name,Family name,Phone,Credentials,Specialty,City\n");
  g_autoptr (RoundsRecord) known = find_known (work);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *given = sim_work_make_word (work);
      g_autofree char *family = sim_work_make_word (work);

      g_string_append_printf (text, "%s,%s,+31 20 %u%02u,,Neurology,Utrecht\n", given, family, i, work->event->number);
    }
  if (known != NULL)
    {
      g_autofree char *credentials = sim_work_make_word (work);

      g_string_append_printf (text, "%s,%s,%s,%s,,\n", rounds_record_get_text (known, ROUNDS_PERSON_GIVEN_NAME),
                              rounds_record_get_text (known, ROUNDS_PERSON_FAMILY_NAME),
                              rounds_record_get_text (known, ROUNDS_PERSON_PHONE), credentials);
    }
  return g_string_free (text, FALSE);
}

static void
run_import (SimWork *work, const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (RoundsImportPlan) plan = rounds_import_plan_new (file, NULL, NULL, error);
  g_autoptr (RoundsImportResult) result = NULL;

  g_assert_nonnull (plan);
  plan->on_duplicate = sim_work_roll (work, 2) == 0 ? ROUNDS_IMPORT_DECIDE_UPDATE : ROUNDS_IMPORT_DECIDE_BY_STRENGTH;
  result = rounds_importer_run (work->peer->desk, plan, FALSE, NULL, NULL, NULL, error);
  if (result != NULL)
    sim_world_tell (work->world, "  %u created, %u updated, %u rejected", (guint) result->counts[ROUNDS_IMPORT_CREATED],
                    (guint) result->counts[ROUNDS_IMPORT_UPDATED], (guint) result->counts[ROUNDS_IMPORT_REJECTED]);
}

/** sim_imports_import: imports a short list. */
void
sim_imports_import (SimWork *work)
{
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int file;

  if (work->event->actor == SIM_OFFICE)
    return;
  work->world->ledger->has_imports = TRUE;
  text = write_list (work);
  file = g_file_open_tmp ("rounds-simulation-XXXXXX.csv", &path, NULL);
  g_assert_cmpint (file, >=, 0);
  close (file);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  before = sim_work_look (work);
  run_import (work, path, &error);
  unlink (path);
  sim_work_end (work, before, commits, error);
}

/** sim_imports_revert: takes an import back, or that back. */
void
sim_imports_revert (SimWork *work)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_IMPORT_BATCH);
  g_autoptr (GPtrArray) batches = NULL;
  guint64 commits = sim_database_get_commits (work->peer->database);
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (RoundsImportReversal) reversal = NULL;
  g_autoptr (GError) error = NULL;
  RoundsRecord *batch;

  if (work->event->actor == SIM_OFFICE)
    return;
  batches = rounds_record_store_list (work->peer->desk, query, NULL);
  if (batches->len == 0)
    return;
  batch = batches->pdata[sim_work_roll (work, batches->len)];
  before = sim_work_look (work);
  if (rounds_record_is_null (batch, ROUNDS_IMPORT_BATCH_REVERTED_AT))
    reversal = rounds_import_revert (work->peer->desk, rounds_record_get_id (batch), NULL, NULL, NULL, &error);
  else
    reversal = rounds_import_revert_undo (work->peer->desk, rounds_record_get_id (batch), NULL, NULL, NULL, &error);
  g_assert_true (reversal != NULL || error != NULL);
  sim_work_end (work, before, commits, error);
}
