/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days of a few reps, from a seed: what they do, and what goes wrong meanwhile. Everything is weighted so that they
 * meet in the same few records, as colleagues rarely do in a month and always do in a year. */

#include "sim-clock.h"
#include "sim-story.h"

#define FEWEST_EVENTS 25
#define MORE_EVENTS 60
/* In some days, so that a sync takes many requests, each made ready while the one before is on its way. */
#define MOST_IN_A_PUSH 4

/* On every fourth day people mostly merge contacts and take them apart, and work with what belongs to them. */
#define DAYS_PER_MERGING_DAY 4

/* How often each kind comes up, by weight. */
static const guint usual_weights[SIM_N_KINDS] = {
  [SIM_MEET] = 50,    [SIM_TYPE] = 170,   [SIM_STRIKE] = 50,  [SIM_REWRITE] = 40, [SIM_SET] = 130,
  [SIM_BOOK] = 20,    [SIM_MOVE] = 40,    [SIM_ENROL] = 20,   [SIM_STAGE] = 30,   [SIM_SPECIALTY] = 20,
  [SIM_DELETE] = 40,  [SIM_RESTORE] = 20, [SIM_ASSIGN] = 40,  [SIM_JOIN] = 30,    [SIM_TERRITORY] = 8,
  [SIM_RESOLVE] = 30, [SIM_MEND] = 22,    [SIM_SYNC] = 300,   [SIM_RESTART] = 20, [SIM_CLOCK] = 15,
  [SIM_COPY] = 35,    [SIM_RETURN] = 30,  [SIM_MERGE] = 45,   [SIM_UNMERGE] = 60, [SIM_SUBMIT] = 15,
  [SIM_AMEND] = 60,   [SIM_TRASH] = 15,   [SIM_RECOVER] = 12, [SIM_IMPORT] = 30,  [SIM_REVERT] = 60,
  [SIM_ATTEND] = 60,
};
static const guint merging_weights[SIM_N_KINDS] = {
  [SIM_MEET] = 50,    [SIM_TYPE] = 15,    [SIM_STRIKE] = 5,    [SIM_REWRITE] = 5, [SIM_SET] = 80,
  [SIM_BOOK] = 30,    [SIM_MOVE] = 10,    [SIM_ENROL] = 60,    [SIM_STAGE] = 20,  [SIM_SPECIALTY] = 100,
  [SIM_DELETE] = 60,  [SIM_RESTORE] = 40, [SIM_RESOLVE] = 30,  [SIM_MEND] = 22,   [SIM_SYNC] = 260,
  [SIM_RESTART] = 20, [SIM_MERGE] = 120,  [SIM_UNMERGE] = 120, [SIM_SUBMIT] = 5,  [SIM_AMEND] = 5,
  [SIM_TRASH] = 45,   [SIM_RECOVER] = 35, [SIM_IMPORT] = 15,   [SIM_REVERT] = 20, [SIM_ATTEND] = 40,
};

/* What most of a day is about. */
typedef enum
{
  FOCUS_NOTHING,
  FOCUS_NOTES,     /* several people type in the same notes */
  FOCUS_FIELDS,    /* … or fill in the same fields */
  FOCUS_ATTENDEES, /* … or say who else was at a visit, and whom they take for one */
  N_FOCUSES,
} Focus;

typedef struct
{
  SimStory *story;
  guint64 state;
  Focus focus;
  const guint *weights;
  gboolean has_returns; /* somebody puts an old copy back: that forgives a lot, so most days are without */
  gboolean has_territories;
  gboolean has_merges;
  gboolean has_imports;
  gboolean has_crashes;
  gboolean has_losses;
  GArray *made[SIM_N_KINDS]; /* numbers of events that made something */
} Day;

/* What it is done by, each as often. */
#define FOCUS_KINDS 4
static const SimKind focus_kinds[N_FOCUSES][FOCUS_KINDS] = {
  [FOCUS_NOTES] = { SIM_TYPE, SIM_TYPE, SIM_STRIKE, SIM_REWRITE },
  [FOCUS_FIELDS] = { SIM_SET, SIM_SET, SIM_SET, SIM_SET },
  [FOCUS_ATTENDEES] = { SIM_ATTEND, SIM_ATTEND, SIM_MERGE, SIM_UNMERGE },
};

static SimKind
roll_kind (Day *day)
{
  guint total = 0;
  guint left;

  if (day->focus != FOCUS_NOTHING && sim_roll_below (&day->state, 5) < 2)
    return focus_kinds[day->focus][sim_roll_below (&day->state, FOCUS_KINDS)];
  for (guint k = 0; k < SIM_N_KINDS; k++)
    total += day->weights[k];
  left = sim_roll_below (&day->state, total);
  for (guint k = 0; k < SIM_N_KINDS; k++)
    {
      if (left < day->weights[k])
        return (SimKind) k;
      left -= day->weights[k];
    }
  g_assert_not_reached ();
}

/* Which kind of event made what an event of @kind is about; %SIM_N_KINDS: it is about nothing. */
static SimKind
get_maker (Day *day, SimKind kind)
{
  static const SimKind deletable[] = { SIM_MEET, SIM_MEET, SIM_MEET, SIM_BOOK, SIM_ENROL, SIM_SPECIALTY, SIM_ATTEND };

  switch (kind)
    {
    case SIM_TYPE:
    case SIM_STRIKE:
    case SIM_REWRITE:
    case SIM_SET:
    case SIM_BOOK:
    case SIM_ENROL:
    case SIM_ASSIGN:
    case SIM_SPECIALTY:
    case SIM_TRASH:
    case SIM_RECOVER:
    case SIM_MERGE:
    case SIM_UNMERGE:
    case SIM_SUBMIT:
    case SIM_AMEND:
    case SIM_ATTEND:
      return SIM_MEET;
    case SIM_MOVE:
      return SIM_BOOK;
    case SIM_STAGE:
      return SIM_ENROL;
    case SIM_DELETE:
    case SIM_RESTORE:
      return deletable[sim_roll_below (&day->state, G_N_ELEMENTS (deletable))];
    default:
      return SIM_N_KINDS;
    }
}

/* The last ones most often, as people work on what is new; or the one that the day is about, which anybody may be
 * merged with. */
static guint
roll_about (Day *day, SimKind kind, SimKind maker)
{
  GArray *made = day->made[maker];
  guint a = sim_roll_below (&day->state, made->len);
  guint b = sim_roll_below (&day->state, made->len);

  if (day->focus != FOCUS_NOTHING && kind != SIM_MERGE && sim_roll_below (&day->state, 4) != 0)
    return g_array_index (made, guint, 0);
  return g_array_index (made, guint, MAX (a, b));
}

static gboolean
is_work (SimKind kind)
{
  return kind < SIM_RESOLVE;
}

static void
roll_mishaps (Day *day, SimEvent *event)
{
  if (event->kind == SIM_SYNC)
    {
      event->steps = 1 + sim_roll_below (&day->state, 10);
      if (day->has_losses && sim_roll_below (&day->state, 3) == 0)
        {
          event->fate = (SimFate) (1 + sim_roll_below (&day->state, SIM_N_FATES - 1));
          event->fate_at = 1 + sim_roll_below (&day->state, MIN (event->steps, 4));
        }
    }
  if (!day->has_crashes || event->kind > SIM_SYNC
      || sim_roll_below (&day->state, event->kind == SIM_SYNC ? 3 : 25) != 0)
    return;
  event->crash = event->kind == SIM_SYNC && sim_roll_below (&day->state, 2) ? SIM_CRASH_SERVER : SIM_CRASH_DEVICE;
  event->crash_at = 1 + sim_roll_below (&day->state, 3);
  event->crash_after = sim_roll_below (&day->state, 2) == 0;
}

/* Whether such things happen on this day at all: each of them makes the rest of a day less strict or slower. */
static gboolean
is_possible (const Day *day, SimKind kind)
{
  switch (kind)
    {
    case SIM_COPY:
    case SIM_RETURN:
      return day->has_returns;
    case SIM_ASSIGN:
    case SIM_JOIN:
      return day->has_territories;
    case SIM_MERGE:
      return day->has_merges;
    case SIM_IMPORT:
      return day->has_imports;
    case SIM_UNMERGE:
      return day->made[SIM_MERGE]->len > 0;
    case SIM_AMEND:
      return day->made[SIM_SUBMIT]->len > 0;
    case SIM_REVERT:
      return day->made[SIM_IMPORT]->len > 0;
    default:
      return TRUE;
    }
}

static gboolean
roll_event (Day *day, SimEvent *event)
{
  SimKind maker;

  event->kind = day->made[SIM_MEET]->len < (day->has_merges ? 3 : 1) ? SIM_MEET : roll_kind (day);
  event->dice = (guint) sim_roll_below (&day->state, 1000000);
  event->actor = sim_roll_below (&day->state, day->story->n_devices);
  if (!is_possible (day, event->kind))
    return FALSE;
  if (event->kind == SIM_JOIN
      || (is_work (event->kind) && sim_roll_below (&day->state, event->kind == SIM_ASSIGN ? 2 : 25) == 0))
    event->actor = SIM_OFFICE;
  if (event->kind >= SIM_RESTART && sim_roll_below (&day->state, 3) == 0)
    event->actor = SIM_OFFICE;

  maker = get_maker (day, event->kind);
  if (maker != SIM_N_KINDS)
    {
      if (day->made[maker]->len == 0)
        return FALSE;
      event->about = roll_about (day, event->kind, maker);
    }
  if (event->kind == SIM_MERGE || event->kind == SIM_ATTEND
      || (event->kind == SIM_MEET && day->made[SIM_MEET]->len > 0 && sim_roll_below (&day->state, 3) == 0))
    event->with = g_array_index (day->made[SIM_MEET], guint, sim_roll_below (&day->state, day->made[SIM_MEET]->len));
  roll_mishaps (day, event);
  return TRUE;
}

/** sim_story_from_seed: (transfer full): the story of @seed. */
SimStory *
sim_story_from_seed (guint64 seed)
{
  Day day = { .story = sim_story_new (seed), .state = sim_mix (seed, 0) };
  gboolean is_merging = seed % DAYS_PER_MERGING_DAY == DAYS_PER_MERGING_DAY - 1;
  guint n_events = FEWEST_EVENTS + sim_roll_below (&day.state, MORE_EVENTS);

  for (guint k = 0; k < SIM_N_KINDS; k++)
    day.made[k] = g_array_new (FALSE, FALSE, sizeof (guint));
  day.weights = is_merging ? merging_weights : usual_weights;
  day.focus = (Focus) sim_roll_below (&day.state, N_FOCUSES);
  day.story->n_devices = 2 + (sim_roll_below (&day.state, 3) == 0 ? 1 + sim_roll_below (&day.state, 2) : 0);
  day.story->page = 3 + sim_roll_below (&day.state, 30);
  if (sim_roll_below (&day.state, 20) == 0)
    day.story->old = 1 + (guint) (sim_mix (seed, 1) % SIM_OLD_VERSIONS);
  if (sim_mix (seed, 2) % 3 == 0)
    day.story->push = 1 + (guint) (sim_mix (seed, 3) % MOST_IN_A_PUSH);
  day.has_returns = sim_roll_below (&day.state, 5) == 0;
  day.has_territories = sim_roll_below (&day.state, 4) == 0;
  day.has_crashes = sim_roll_below (&day.state, 2) == 0;
  day.has_merges = sim_roll_below (&day.state, 3) == 0 || is_merging;
  day.has_imports = sim_roll_below (&day.state, 5) == 0;
  day.has_territories |= day.has_imports && sim_roll_below (&day.state, 3) == 0;
  day.has_merges |= day.focus == FOCUS_ATTENDEES && sim_roll_below (&day.state, 3) != 0;
  day.has_losses = sim_roll_below (&day.state, 4) != 0;

  for (guint number = 1; number <= n_events; number++)
    {
      SimEvent event = { .number = number };

      if (!roll_event (&day, &event))
        continue;
      g_array_append_val (day.story->events, event);
      g_array_append_val (day.made[event.kind], number);
    }
  for (guint k = 0; k < SIM_N_KINDS; k++)
    g_array_unref (day.made[k]);
  return day.story;
}
