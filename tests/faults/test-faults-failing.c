/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory that runs out, disks that fail or are full: at every place of everything a user does, once and from then on.
 * What a user would lose if this failed: a visit that was saved, the store itself, or the belief in "Saved". */

#include <string.h>

#include "fault-table.h"
#include "rounds-error.h"

static const Fault faults[] = {
  { "memory-once", FAULT_MEMORY, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "memory-gone", FAULT_MEMORY, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "open-once", FAULT_OPEN, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "read-once", FAULT_READ, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "read-fails", FAULT_READ, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "write-once", FAULT_WRITE, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "write-fails", FAULT_WRITE, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "short-once", FAULT_WRITE, FAULT_IS_SHORT, FALSE, FAULT_KEEPS },
  { "short-writes", FAULT_WRITE, FAULT_IS_SHORT, TRUE, FAULT_KEEPS },
  { "full-once", FAULT_WRITE, FAULT_IS_FULL, FALSE, FAULT_KEEPS },
  { "full-disk", FAULT_WRITE, FAULT_IS_FULL, TRUE, FAULT_KEEPS },
  { "sync-once", FAULT_SYNC, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "sync-fails", FAULT_SYNC, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "truncate-fails", FAULT_TRUNCATE, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "delete-fails", FAULT_DELETE, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "lock-once", FAULT_LOCK, FAULT_FAILS, FALSE, FAULT_KEEPS },
  { "lock-fails", FAULT_LOCK, FAULT_FAILS, TRUE, FAULT_KEEPS },
  { "shared-memory-fails", FAULT_SHARED_MEMORY, FAULT_FAILS, TRUE, FAULT_KEEPS },
};

/* Words of the records, which no message may repeat. */
static const char *const personal[] = { "Zoë", "Strauß", "person", "dosing", "paper", "half a w", "visit" };

/* The trouble is of this moment: nothing says that the data are damaged, the key is wrong or the user did something. */
static void
assert_honest (const GError *error, const Fault *fault)
{
  g_assert_nonnull (error);
  g_assert_true (error->domain == ROUNDS_ERROR);
  g_test_message ("%s", error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_suffix (error->message, "."));
  for (guint i = 0; i < G_N_ELEMENTS (personal); i++)
    g_assert_null (strstr (error->message, personal[i]));

  switch ((RoundsError) error->code)
    {
    case ROUNDS_ERROR_NO_SPACE:
      g_assert_cmpint (fault->effect, ==, FAULT_IS_FULL);
      break;
    case ROUNDS_ERROR_FAILED:
      g_assert_cmpint (fault->effect, !=, FAULT_IS_FULL);
      break;
    case ROUNDS_ERROR_NOT_FOUND:
      g_assert_cmpint (fault->operation, ==, FAULT_OPEN);
      break;
    default:
      g_error ("%s (%d)", error->message, error->code);
    }
}

/* After a failure: what was acknowledged is there, nothing else is, and it goes on once the trouble is over, in the
 * same open store or in one opened anew. */
static void
assert_recovers (const FaultTest *test, guint n)
{
  FaultSite *site = test->site;
  guint ahead = test->lesson->scenario->ahead;
  g_autoptr (GError) error = NULL;

  if (!test->lesson->scenario->opens)
    {
      fault_lesson_assert_state (test->lesson, site, *site->marks, *site->marks + ahead);
      if (n % 2 == 0)
        {
          fault_site_close (site);
          fault_site_open (site, &error);
          g_assert_no_error (error);
          fault_lesson_assert_state (test->lesson, site, *site->marks, *site->marks + ahead);
        }
    }
  test->lesson->scenario->run (site, &error);
  g_assert_no_error (error);
}

/* Returns: whether there was an n-th operation to fail */
static gboolean
try_fault (const FaultTest *test, guint n)
{
  g_autoptr (GError) error = NULL;
  gboolean done;
  gboolean hit;

  fault_lesson_begin (test->lesson, test->site);
  faults_arm (test->fault, n);
  done = test->lesson->scenario->run (test->site, &error);
  if (done)
    fault_site_close (test->site);
  faults_disarm ();
  hit = faults_were_hit ();

  if (done)
    g_assert_no_error (error);
  else
    {
      assert_honest (error, test->fault);
      assert_recovers (test, n);
    }
  fault_lesson_assert_complete (test->lesson, test->site);
  return hit;
}

int
main (int argc, char **argv)
{
  return fault_table_run (argc, argv, faults, G_N_ELEMENTS (faults), try_fault);
}
