/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program is killed, or the power goes, around every write and sync of everything a user does. What a user would
 * lose if this failed: what the screen said was saved. */

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault-table.h"
#include "fault-state.h"

static const Fault faults[] = {
  { "killed-writing", FAULT_WRITE, FAULT_KILLS, FALSE, FAULT_KEEPS },
  { "killed-before-sync", FAULT_SYNC, FAULT_KILLS, FALSE, FAULT_KEEPS },
  { "killed-after-sync", FAULT_SYNC, FAULT_KILLS_AFTER, FALSE, FAULT_KEEPS },
  { "power-lost-writing", FAULT_WRITE, FAULT_KILLS_AFTER, FALSE, FAULT_DROPS },
  { "power-lost-before-sync", FAULT_SYNC, FAULT_KILLS, FALSE, FAULT_DROPS },
  { "power-lost-after-sync", FAULT_SYNC, FAULT_KILLS_AFTER, FALSE, FAULT_DROPS },
  { "torn-writing", FAULT_WRITE, FAULT_KILLS_AFTER, FALSE, FAULT_TEARS },
  { "torn-before-sync", FAULT_SYNC, FAULT_KILLS, FALSE, FAULT_TEARS },
};

/* In the child, which knows nothing but what is in the files. */
static void
live_and_die (const FaultTest *test, guint n)
{
  FaultSite *site = test->site;
  g_autoptr (GError) error = NULL;

  site->is_child = TRUE;
  if (!test->lesson->scenario->opens)
    fault_site_open (site, &error);
  g_assert_no_error (error);
  faults_arm (test->fault, n);
  test->lesson->scenario->run (site, &error);
  g_assert_no_error (error);
  fault_site_close (site);
  _exit (EXIT_SUCCESS);
}

/* Returns: whether the child was killed, and did not come to its end */
static gboolean
run_child (const FaultTest *test, guint n)
{
  pid_t child;
  int status;

  fault_site_put (test->site, test->lesson->scenario->begins_with);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    live_and_die (test, n);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  if (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_SUCCESS)
    return FALSE;
  g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
  return TRUE;
}

/* All that was acknowledged is there; the step that was under way is there as a whole, or not at all. */
static gboolean
try_kill (const FaultTest *test, guint n)
{
  FaultSite *site = test->site;
  gboolean killed = run_child (test, n);
  g_autoptr (GError) error = NULL;

  if (killed)
    {
      fault_site_open (site, &error);
      g_assert_no_error (error);
      if (!test->lesson->scenario->opens)
        fault_lesson_assert_state (test->lesson, site, *site->marks, *site->marks + 1);
      fault_state_assert_sound (site->store);
      if (test->lesson->scenario->opens)
        fault_site_close (site);
      test->lesson->scenario->run (site, &error);
      g_assert_no_error (error);
    }
  fault_lesson_assert_complete (test->lesson, site);
  return killed;
}

int
main (int argc, char **argv)
{
  return fault_table_run (argc, argv, faults, G_N_ELEMENTS (faults), try_kill);
}
