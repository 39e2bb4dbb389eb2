/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days of several reps on a bad network, each from a seed, and stories that failed once.
 *
 *   test-simulation                                 a few hundred seeds and all kept stories, as a test program
 *   test-simulation --seeds N [--first-seed S]      any number of seeds; a failing one is shrunk and told
 *   test-simulation --stories                       all kept stories; which of them fail
 *   test-simulation --story FILE                    one story, told
 *   test-simulation --seed S                        one seed, told
 *   … --wire                                        with all that is said on the network, and the server's log
 */

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sim-shrink.h"

/* Under the sanitizers a day takes fifteen times as long. */
#ifdef __SANITIZE_ADDRESS__
#define TEST_SEEDS 25
#define REPLAYED_SEEDS 3
#else
#define TEST_SEEDS 300
#define REPLAYED_SEEDS 25
#endif
#define PROGRESS_EVERY 1000
#define MOST_FAILURES 10

static gint64 n_seeds = 0;
static gint64 first_seed = 1;
static gint64 one_seed = -1;
static char *story_path = NULL;
static gboolean all_stories = FALSE;
static gboolean stops_at_first = FALSE;
static gboolean tells_all = FALSE;

static const GOptionEntry options[] = {
  { "seeds", 0, 0, G_OPTION_ARG_INT64, &n_seeds, "Live through so many days", "N" },
  { "first-seed", 0, 0, G_OPTION_ARG_INT64, &first_seed, "… beginning with this one", "S" },
  { "stories", 0, 0, G_OPTION_ARG_NONE, &all_stories, "Live through all kept stories", NULL },
  { "seed", 0, 0, G_OPTION_ARG_INT64, &one_seed, "Tell one day", "S" },
  { "story", 0, 0, G_OPTION_ARG_FILENAME, &story_path, "Tell a story", "FILE" },
  { "wire", 0, 0, G_OPTION_ARG_NONE, &tells_all, "… with all that is said on the network and logged", NULL },
  { "stop", 0, 0, G_OPTION_ARG_NONE, &stops_at_first, "Stop at the first failure without shrinking it", NULL },
  { NULL },
};

/* What is lived through, for the case that the program dies of it. */
static volatile guint64 current_seed;
static const char *volatile current_story;

static void
died_cb (int signal_number)
{
  char text[256];
  int length = current_story != NULL
                 ? g_snprintf (text, sizeof text, "\nIt was story %s.\n", current_story)
                 : g_snprintf (text, sizeof text, "\nIt was seed %" G_GUINT64_FORMAT ".\n", (guint64) current_seed);

  if (write (STDERR_FILENO, text, (size_t) length) < 0)
    _exit (2);
  signal (signal_number, SIG_DFL);
  raise (signal_number);
}

/* A server that is killed in the middle says so; that is none of ours. */
static GLogWriterOutput
log_cb (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if (level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG))
    return G_LOG_WRITER_HANDLED;
  return g_log_writer_default (level, fields, n_fields, data);
}

static SimStage *
make_stage (void)
{
  g_autofree char *old = NULL;
  const char *source = g_getenv ("G_TEST_SRCDIR");

  if (source != NULL)
    old = g_build_filename (source, "data", "stores", NULL);
  return sim_stage_new (old);
}

/* Shrinks a story that failed and tells it. */
static void
explain (SimStage *stage, const SimStory *story, const char *check)
{
  g_autoptr (SimStory) shrunk = sim_shrink (stage, story, check);
  g_autoptr (SimOutcome) outcome = sim_run (stage, shrunk, SIM_TELL_EVENTS);
  g_autofree char *text = sim_story_to_text (shrunk);

  g_printerr ("\nThe story:\n%s\nHow it goes:\n%s\n", text, outcome->told);
}

/* The tests */

static void
test_seeds (void)
{
  SimStage *stage = make_stage ();
  guint failed = 0;

  for (guint64 seed = 1; seed <= TEST_SEEDS && failed == 0; seed++)
    {
      g_autoptr (SimStory) story = sim_story_from_seed (seed);
      g_autoptr (SimOutcome) outcome = NULL;

      current_seed = seed;
      outcome = sim_run (stage, story, SIM_TELL_NOTHING);
      if (outcome->failed_check == NULL)
        continue;
      failed++;
      g_test_message ("seed %u, %s: %s", (guint) seed, outcome->failed_check, outcome->failure);
      explain (stage, story, outcome->failed_check);
    }
  sim_stage_free (stage);
  g_assert_cmpuint (failed, ==, 0);
}

/* A seed is of use only if it does the same again, whatever came before it. */
static void
test_replays (void)
{
  SimStage *stage = make_stage ();
  guint64 traces[REPLAYED_SEEDS];

  for (guint i = 0; i < 2 * REPLAYED_SEEDS; i++)
    {
      guint seed = i < REPLAYED_SEEDS ? i : 2 * REPLAYED_SEEDS - 1 - i;
      g_autoptr (SimStory) story = sim_story_from_seed (seed);
      g_autofree char *text = sim_story_to_text (story);
      g_autoptr (SimStory) read = sim_story_from_text (text);
      g_autoptr (SimOutcome) outcome = sim_run (stage, read, SIM_TELL_NOTHING);

      if (i < REPLAYED_SEEDS)
        traces[seed] = outcome->trace;
      else
        g_assert_cmpuint (outcome->trace, ==, traces[seed]);
    }
  sim_stage_free (stage);
}

/* (transfer full): what comes of the story in the file @path */
static SimOutcome *
run_story (SimStage *stage, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (SimStory) story = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  story = sim_story_from_text (text);
  return sim_run (stage, story, SIM_TELL_EVENTS);
}

static void
test_story (gconstpointer path)
{
  SimStage *stage = make_stage ();
  g_autoptr (SimOutcome) outcome = run_story (stage, path);

  if (outcome->failed_check != NULL)
    g_printerr ("%s\n", outcome->told);
  sim_stage_free (stage);
  g_assert_cmpstr (outcome->failure, ==, NULL);
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* (transfer full) (element-type filename): the files of the kept stories, by name */
static GPtrArray *
list_stories (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "simulation", "stories", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".story"))
      g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (paths, compare_paths);
  return paths;
}

static void
add_stories (void)
{
  g_autoptr (GPtrArray) paths = list_stories ();

  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *name = g_path_get_basename (paths->pdata[i]);
      g_autofree char *test = g_strconcat ("/simulation/story/", name, NULL);

      g_test_add_data_func_full (test, g_strdup (paths->pdata[i]), test_story, g_free);
    }
}

/* For people */

static int
tell (SimStory *story)
{
  SimStage *stage = make_stage ();
  g_autoptr (SimOutcome) outcome = sim_run (stage, story, tells_all ? SIM_TELL_ALL : SIM_TELL_EVENTS);
  g_autofree char *text = sim_story_to_text (story);
  gboolean failed = outcome->failed_check != NULL;

  g_print ("%s\n%strace %016" G_GINT64_MODIFIER "x\n", text, outcome->told, outcome->trace);
  sim_stage_free (stage);
  return failed ? 1 : 0;
}

static int
run_seeds (void)
{
  SimStage *stage = make_stage ();
  g_autoptr (GString) failed = g_string_new (NULL);
  guint n_failed = 0;
  gint64 begin = g_get_monotonic_time ();
  gint64 i;

  for (i = 0; i < n_seeds && n_failed < MOST_FAILURES; i++)
    {
      guint64 seed = (guint64) (first_seed + i);
      g_autoptr (SimStory) story = sim_story_from_seed (seed);
      g_autoptr (SimOutcome) outcome = NULL;

      current_seed = seed;
      outcome = sim_run (stage, story, SIM_TELL_NOTHING);
      if (i > 0 && i % PROGRESS_EVERY == 0)
        g_printerr ("%d seeds, %u failed, %.1f ms each\n", (int) i, n_failed,
                    (double) (g_get_monotonic_time () - begin) / 1000 / (double) i);
      if (outcome->failed_check == NULL)
        continue;
      n_failed++;
      g_string_append_printf (failed, " %" G_GUINT64_FORMAT, seed);
      g_printerr ("seed %" G_GUINT64_FORMAT ", %s: %s\n", seed, outcome->failed_check, outcome->failure);
      if (stops_at_first)
        {
          i++;
          break;
        }
      explain (stage, story, outcome->failed_check);
    }
  sim_stage_free (stage);
  g_print ("%d seeds, %u failed%s%s\n", (int) i, n_failed, n_failed > 0 ? ":" : "", failed->str);
  return n_failed > 0 ? 1 : 0;
}

static int
run_stories (void)
{
  SimStage *stage = make_stage ();
  g_autoptr (GPtrArray) paths = list_stories ();
  g_autoptr (GString) failed = g_string_new (NULL);
  guint n_failed = 0;
  guint i;

  for (i = 0; i < paths->len && !(n_failed > 0 && stops_at_first); i++)
    {
      g_autofree char *name = g_path_get_basename (paths->pdata[i]);
      g_autoptr (SimOutcome) outcome = NULL;

      current_story = name;
      outcome = run_story (stage, paths->pdata[i]);
      current_story = NULL;
      if (outcome->failed_check == NULL)
        continue;
      n_failed++;
      g_string_append_printf (failed, " %s", name);
      g_printerr ("story %s, %s: %s\n", name, outcome->failed_check, outcome->failure);
    }
  sim_stage_free (stage);
  g_print ("%u stories, %u failed%s%s\n", i, n_failed, n_failed > 0 ? ":" : "", failed->str);
  return n_failed > 0 || paths->len == 0 ? 1 : 0;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (SimStory) story = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, NULL))
    return 2;
  g_log_set_writer_func (log_cb, NULL, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  signal (SIGABRT, died_cb);
  signal (SIGSEGV, died_cb);
  signal (SIGTRAP, died_cb);

  if (story_path != NULL)
    {
      g_autofree char *text = NULL;

      if (!g_file_get_contents (story_path, &text, NULL, NULL))
        return 2;
      story = sim_story_from_text (text);
      return tell (story);
    }
  if (one_seed >= 0)
    {
      story = sim_story_from_seed ((guint64) one_seed);
      return tell (story);
    }
  if (all_stories)
    return run_stories ();
  if (n_seeds > 0)
    return run_seeds ();

  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_ERROR);
  g_test_add_func ("/simulation/seeds", test_seeds);
  g_test_add_func ("/simulation/replays", test_replays);
  add_stories ();
  return g_test_run ();
}
