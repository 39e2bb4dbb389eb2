/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Running a story, and cutting one that fails down to what it takes (Zeller, Hildebrandt, Simplifying and Isolating
 * Failure-Inducing Input, 2002). */

#include "sim-shrink.h"

/** sim_run: (transfer full): lives through @story to the end. */
SimOutcome *
sim_run (SimStage *stage, const SimStory *story, SimTelling telling)
{
  SimWorld *world = sim_world_new (stage, story, telling);
  SimOutcome *outcome = g_new0 (SimOutcome, 1);

  for (guint i = 0; i < story->events->len && world->failed_check == NULL; i++)
    sim_world_play (world, &g_array_index (story->events, SimEvent, i));
  sim_checks_run (world);
  sim_world_show_log (world);

  outcome->trace = world->trace;
  outcome->failed_check = world->failed_check;
  outcome->failure = g_steal_pointer (&world->failure);
  if (telling > SIM_TELL_NOTHING)
    outcome->told = g_strdup (world->told->str);
  sim_world_free (world);
  return outcome;
}

/** sim_outcome_free: frees @outcome. */
void
sim_outcome_free (SimOutcome *outcome)
{
  g_free (outcome->failure);
  g_free (outcome->told);
  g_free (outcome);
}

static gboolean
still_fails (SimStage *stage, const SimStory *story, const char *check)
{
  g_autoptr (SimOutcome) outcome = sim_run (stage, story, SIM_TELL_NOTHING);

  return g_strcmp0 (outcome->failed_check, check) == 0;
}

/* Leaves out stretches of @length events wherever the story fails without them as well. */
static gboolean
leave_out (SimStage *stage, SimStory **story, const char *check, guint length)
{
  gboolean any = FALSE;

  for (guint begin = 0; begin < (*story)->events->len;)
    {
      SimStory *shorter = sim_story_dup (*story);

      g_array_remove_range (shorter->events, begin, MIN (length, shorter->events->len - begin));
      if (!still_fails (stage, shorter, check))
        {
          sim_story_free (shorter);
          begin += length;
          continue;
        }
      sim_story_free (*story);
      *story = shorter;
      any = TRUE;
    }
  return any;
}

/* The ways in which an event can be made plainer; %FALSE behind the last one. */
static gboolean
make_plainer (SimEvent *event, guint way)
{
  switch (way)
    {
    case 0:
      event->crash = SIM_CRASH_NONE;
      return TRUE;
    case 1:
      event->fate = SIM_FATE_ARRIVES;
      event->fate_at = 0;
      return TRUE;
    case 2:
      event->steps = 100;
      return TRUE;
    case 3:
      event->steps = MIN (event->steps, 1);
      return TRUE;
    case 4:
      event->steps = MIN (event->steps, 2);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
plain_events (SimStage *stage, SimStory **story, const char *check)
{
  for (guint i = 0; i < (*story)->events->len; i++)
    for (guint way = 0;; way++)
      {
        SimStory *plainer = sim_story_dup (*story);
        SimEvent *event = &g_array_index (plainer->events, SimEvent, i);
        SimEvent before = *event;

        if (!make_plainer (event, way))
          {
            sim_story_free (plainer);
            break;
          }
        if (memcmp (&before, event, sizeof before) == 0 || event->kind != SIM_SYNC
            || !still_fails (stage, plainer, check))
          {
            sim_story_free (plainer);
            continue;
          }
        sim_story_free (*story);
        *story = plainer;
      }
}

static void
plain_setting (SimStage *stage, SimStory **story, const char *check)
{
  for (guint way = 0; way < 4; way++)
    {
      SimStory *plainer = sim_story_dup (*story);

      if (way == 0)
        plainer->page = 1000;
      else if (way == 1)
        plainer->old = 0;
      else if (way == 2)
        plainer->push = 0;
      else
        plainer->n_devices = 2;
      if (!still_fails (stage, plainer, check))
        {
          sim_story_free (plainer);
          continue;
        }
      sim_story_free (*story);
      *story = plainer;
    }
}

/**
 * sim_shrink:
 * @story: a story that fails
 * @check: the check that does not hold
 *
 * Returns: (transfer full): a story that fails the same check and from which nothing can be left out
 */
SimStory *
sim_shrink (SimStage *stage, const SimStory *story, const char *check)
{
  SimStory *result = sim_story_dup (story);
  gboolean any = TRUE;

  for (guint length = MAX (result->events->len / 2, 1); length > 1; length /= 2)
    leave_out (stage, &result, check, length);
  plain_setting (stage, &result, check);
  while (any)
    {
      plain_events (stage, &result, check);
      any = leave_out (stage, &result, check, 1);
    }
  return result;
}
