/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows that are read ahead of the import, on another thread. What a user loses if this fails: rows, or their order, or
 * an import that does not end; or the rest of a file that could not be read, without a word about it. */

#include "file-fixture.h"
#include "rounds-error.h"
#include "rounds-import-reader.h"

/* More than what goes round between the threads, so that the reading one has to wait; and more than one block of the
 * file, so that not all of it is in memory at once. The last ones fill no batch. */
#define N_ROWS 20017

/* Every tenth row is blank, every hundredth broken. */
static RoundsImportPlan *
plan_rows (FileFixture *fixture, guint n_rows)
{
  g_autoptr (GString) text = g_string_new ("Last name,City\n");
  g_autoptr (GError) error = NULL;
  RoundsImportPlan *plan;

  for (guint i = 2; i < n_rows + 2; i++)
    if (i % 100 == 0)
      g_string_append_printf (text, "Family %u,Springfield,and more\n", i);
    else if (i % 10 == 0)
      g_string_append (text, ",\n");
    else
      g_string_append_printf (text, "Family %u,Springfield\n", i);
  file_fixture_put (fixture, text->str, (gssize) text->len);
  plan = rounds_import_plan_new (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);
  return plan;
}

static RoundsImportReader *
start (RoundsImportPlan *plan, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  RoundsImportReader *reader = rounds_import_reader_new (plan, cancellable, &error);

  g_assert_no_error (error);
  return reader;
}

/* Holds @draft to what stands in row @number of the file. */
static void
assert_row (const RoundsImportDraft *draft, guint64 number)
{
  g_autofree char *family = g_strdup_printf ("Family %" G_GUINT64_FORMAT, number);

  g_assert_cmpuint (draft->number, ==, number);
  if (number % 100 == 0)
    {
      g_assert_error (draft->why, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
      return;
    }
  g_assert_no_error (draft->why);
  g_assert_cmpstr (draft->name, ==, family);
  g_assert_cmpstr (rounds_record_get_text (draft->records.person, ROUNDS_PERSON_FAMILY_NAME), ==, family);
  g_assert_cmpuint (draft->records.changed->len, ==, 4); /* person, role, physician, address */
}

/* Takes all rows that there are, which have to be those of the file from the first on. Returns the number after the
 * last. */
static guint64
take_all (RoundsImportReader *reader, GError **error)
{
  RoundsImportBatch *batch;
  guint64 number = 2;

  while (rounds_import_reader_next (reader, &batch, error) && batch != NULL)
    for (guint i = 0; i < batch->n_drafts; i++, number++)
      {
        if (number % 10 == 0 && number % 100 != 0)
          number++;
        assert_row (&batch->drafts[i], number);
      }
  return number;
}

static void
test_order (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_rows (fixture, N_ROWS);
  g_autoptr (RoundsImportReader) reader = start (plan, NULL);
  g_autoptr (GError) error = NULL;
  RoundsImportBatch *batch;

  g_assert_cmpuint (take_all (reader, &error), ==, N_ROWS + 2);
  g_assert_no_error (error);
  /* The end stays the end. */
  g_assert_true (rounds_import_reader_next (reader, &batch, &error));
  g_assert_null (batch);
}

/* Ids ascend with the rows, by which people who are alike are told which of them was first. */
static void
test_ids (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_rows (fixture, 1000);
  g_autoptr (RoundsImportReader) reader = start (plan, NULL);
  RoundsImportBatch *batch;
  RoundsUuid last = { { 0 } };

  while (rounds_import_reader_next (reader, &batch, NULL) && batch != NULL)
    for (guint i = 0; i < batch->n_drafts; i++)
      if (batch->drafts[i].why == NULL)
        {
          const RoundsUuid *id = rounds_record_get_id (batch->drafts[i].records.person);

          g_assert_cmpint (memcmp (&last, id, sizeof last), <, 0);
          last = *id;
        }
  g_assert_false (rounds_uuid_is_nil (&last));
}

static void
test_header_alone (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_rows (fixture, 0);
  g_autoptr (RoundsImportReader) reader = start (plan, NULL);
  g_autoptr (GError) error = NULL;
  RoundsImportBatch *batch;

  g_assert_true (rounds_import_reader_next (reader, &batch, &error));
  g_assert_null (batch);
}

/* Whoever does not want any more rows may go at any time, whatever the thread is doing. */
static void
test_leave (FileFixture *fixture, gconstpointer data)
{
  static const guint rows[] = { 0, 1, 60, 230, N_ROWS };

  for (guint r = 0; r < G_N_ELEMENTS (rows); r++)
    {
      g_autoptr (RoundsImportPlan) plan = plan_rows (fixture, rows[r]);

      for (guint n = 0; n < 30; n++)
        {
          g_autoptr (RoundsImportReader) reader = start (plan, NULL);

          for (guint taken = 0; taken < n % 8; taken++)
            {
              RoundsImportBatch *batch;

              if (!rounds_import_reader_next (reader, &batch, NULL) || batch == NULL)
                break;
            }
        }
    }
}

/* It is not far ahead, so that it comes upon the cancellation before the end of the file; and says so. */
static void
test_cancel (FileFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsImportPlan) plan = plan_rows (fixture, N_ROWS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RoundsImportReader) reader = start (plan, cancellable);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_cmpuint (take_all (reader, &error), <, N_ROWS);
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CANCELLED);
}

/* What is wrong with a workbook comes with its first row, on the reading thread. */
static void
test_damaged (FileFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "spreadsheets", "mixed_sheets.xlsx", NULL);
  g_autoptr (GError) error = NULL;
  RoundsImportBatch *batch;
  g_autofree char *bytes = NULL;
  g_autoptr (RoundsImportPlan) plan = NULL;
  g_autoptr (RoundsImportReader) reader = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  file_fixture_put (fixture, bytes, (gssize) length);
  plan = rounds_import_plan_new (fixture->file, NULL, NULL, &error);
  g_assert_no_error (error);

  file_fixture_put (fixture, "no workbook any more", -1);
  reader = start (plan, NULL);
  g_assert_false (rounds_import_reader_next (reader, &batch, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_INVALID);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  FILE_FIXTURE_ADD ("/import-reader/order", test_order);
  FILE_FIXTURE_ADD ("/import-reader/ids", test_ids);
  FILE_FIXTURE_ADD ("/import-reader/header-alone", test_header_alone);
  FILE_FIXTURE_ADD ("/import-reader/leave", test_leave);
  FILE_FIXTURE_ADD ("/import-reader/cancel", test_cancel);
  FILE_FIXTURE_ADD ("/import-reader/damaged", test_damaged);
  return g_test_run ();
}
