/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

RoundsImportPlan *
import_plan_file (GFile *file)
{
  g_autoptr (GError) error = NULL;
  RoundsImportPlan *plan = rounds_import_plan_new (file, NULL, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

RoundsImportPlan *
import_plan_data (const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (g_test_get_filename (G_TEST_DIST, "data", "import", name, NULL));

  return import_plan_file (file);
}

RoundsImportPlan *
import_plan_text (StoreFixture *fixture, const char *text)
{
  g_autoptr (GFile) file = g_file_new_build_filename (fixture->folder, "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_file_replace_contents (file, text, strlen (text), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  return import_plan_file (file);
}

RoundsImportResult *
import_run (StoreFixture *fixture, RoundsImportPlan *plan, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  RoundsImportResult *result = rounds_importer_run (fixture->store, plan, dry_run, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (result->rows, ==,
                    result->counts[ROUNDS_IMPORT_CREATED] + result->counts[ROUNDS_IMPORT_UPDATED]
                      + result->counts[ROUNDS_IMPORT_DUPLICATE] + result->counts[ROUNDS_IMPORT_REJECTED]);
  g_assert_cmpuint (result->rows, ==, plan->n_rows);
  g_assert_cmpuint (result->rows, ==, result->outcomes->len);
  return result;
}

void
import_assert_counts (RoundsImportResult *result, guint64 created, guint64 updated, guint64 duplicate, guint64 rejected)
{
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_CREATED], ==, created);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_UPDATED], ==, updated);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_DUPLICATE], ==, duplicate);
  g_assert_cmpuint (result->counts[ROUNDS_IMPORT_REJECTED], ==, rejected);
}

void
import_assert_reject (RoundsImportResult *result, guint n, guint64 row, const char *column, const char *reason)
{
  const RoundsImportOutcome *reject = NULL;

  for (guint i = 0, found = 0; i < result->outcomes->len && found <= n; i++)
    {
      reject = rounds_import_result_get (result, i);
      found += reject->verdict == ROUNDS_IMPORT_REJECTED;
    }
  g_assert_cmpuint (reject->row, ==, row);
  g_assert_cmpstr (reject->column, ==, column);
  g_assert_nonnull (strstr (reject->reason, reason));
}

gint64
import_count (StoreFixture *fixture, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return rounds_record_store_count (fixture->store, query, NULL);
}

RoundsRecord *
import_find_text (StoreFixture *fixture, RoundsEntity entity, guint field, const char *text)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record;

  rounds_record_store_find (fixture->store, rounds_query_where_text (query, field, ROUNDS_IS, text), &record, &error);
  g_assert_no_error (error);
  return record;
}

RoundsRecord *
import_find_owned (StoreFixture *fixture, RoundsEntity entity, guint field, RoundsRecord *owner)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  RoundsRecord *record;

  rounds_query_where_uuid (query, field, ROUNDS_IS, rounds_record_get_id (owner));
  g_assert_true (rounds_record_store_find (fixture->store, query, &record, NULL));
  g_assert_nonnull (record);
  return record;
}
