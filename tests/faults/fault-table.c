/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-table.h"

/* Of each scenario and fault so many places are tried, spread over all there are; with ROUNDS_FAULTS=all each one, with
 * ROUNDS_FAULTS=n the n-th alone, for a debugger. */
#ifdef __SANITIZE_ADDRESS__
#define PLACES 2 /* where everything takes twenty times as long */
#else
#define PLACES 9
#endif

typedef struct
{
  FaultTest test;
  FaultTryFunc try;
} Row;

static guint
get_distance (guint n_places)
{
  const char *wanted = g_getenv ("ROUNDS_FAULTS");

  if (wanted == NULL)
    return MAX (1, (n_places + PLACES - 1) / PLACES);
  return g_str_equal (wanted, "all") ? 1 : G_MAXUINT / 2;
}

static guint
get_first (void)
{
  const char *wanted = g_getenv ("ROUNDS_FAULTS");

  return wanted == NULL || g_str_equal (wanted, "all") ? 1 : (guint) g_ascii_strtoull (wanted, NULL, 10);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  guint n_places = row->test.lesson->counts[row->test.fault->operation];
  guint distance = get_distance (n_places);
  guint n = get_first ();

  while (row->try (&row->test, n))
    n += distance;
  g_test_message ("%u places, every %u.", n_places, distance);
}

/**
 * fault_table_run:
 * @faults: (array length=n_faults): what is to happen
 * @try: makes it happen once
 *
 * The main function of a test program.
 */
int
fault_table_run (int argc, char **argv, const Fault *faults, guint n_faults, FaultTryFunc try)
{
  g_autoptr (FaultSite) site = NULL;
  g_autoptr (GPtrArray) lessons = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_lesson_free);
  const FaultScenario *scenarios;
  guint n_scenarios;

  g_test_init (&argc, &argv, NULL);
  faults_install ();
  site = fault_site_new ();

  scenarios = fault_scenarios_get (&n_scenarios);
  for (guint s = 0; s < n_scenarios; s++)
    {
      FaultLesson *lesson = fault_lesson_learn (site, &scenarios[s]);

      g_ptr_array_add (lessons, lesson);
      for (guint f = 0; f < n_faults; f++)
        {
          g_autofree char *path = g_strdup_printf ("/faults/%s/%s", scenarios[s].name, faults[f].name);
          Row row = { { site, lesson, &faults[f] }, try };

          g_test_add_data_func_full (path, g_memdup2 (&row, sizeof row), test_row, g_free);
        }
    }
  return g_test_run ();
}
