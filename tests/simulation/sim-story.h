/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store-schema.h"

G_BEGIN_DECLS

/* What happens, as data: made from a seed, run, cut down to what matters, written into a file and read again. Leaving
 * out an event leaves the others what they were: each has its own number, time and dice, and names records by the
 * number of the event that made them. */

#define SIM_MOST_DEVICES 4
#define SIM_OLD_VERSIONS (ROUNDS_SCHEMA_VERSION - 1)
#define SIM_OFFICE SIM_MOST_DEVICES /* as an actor: somebody who works on the server itself */

typedef enum
{
  SIM_MEET,      /* a new contact, a visit to them and what to do next, in one group */
  SIM_TYPE,      /* words are added to the notes of a visit */
  SIM_STRIKE,    /* words are taken out of them */
  SIM_REWRITE,   /* a word is replaced */
  SIM_SET,       /* fields of contact, visit or follow-up get other values */
  SIM_BOOK,      /* a new appointment with a contact */
  SIM_MOVE,      /* an appointment gets another time, place or state */
  SIM_ENROL,     /* a contact becomes a patient on a journey, in one group */
  SIM_STAGE,     /* a journey goes on to its next stage: the journey and a step, in one group */
  SIM_SPECIALTY, /* a physician with a specialization that others may be making as well */
  SIM_DELETE,
  SIM_RESTORE,
  SIM_TRASH,     /* a contact goes to the trash with what belongs to them */
  SIM_RECOVER,   /* … and comes back */
  SIM_ASSIGN,    /* a contact, with all that belongs to them, gets into another territory */
  SIM_JOIN,      /* a rep joins a territory or leaves it */
  SIM_TERRITORY, /* something that reps may not do, together with something that they may */
  SIM_MERGE,     /* two contacts turn out to be one */
  SIM_UNMERGE,   /* … or two again */
  SIM_SUBMIT,    /* a visit is submitted: from then on it is changed with a reason only */
  SIM_AMEND,     /* … and is */
  SIM_ATTEND,    /* others were at a visit as well, or were not */
  SIM_IMPORT,    /* a list of people, new ones and known ones */
  SIM_REVERT,    /* … is taken back, or that is taken back */
  SIM_RESOLVE,   /* one side of a conflict is chosen */
  SIM_MEND,      /* a change that was refused is mended or undone */

  SIM_SYNC,    /* some steps of a sync */
  SIM_RESTART, /* a program is killed and started again */
  SIM_CLOCK,   /* a clock jumps */
  SIM_COPY,    /* a database is copied as a whole */
  SIM_RETURN,  /* … and put back */
  SIM_N_KINDS,
} SimKind;

/** What the network does to one request of a sync. */
typedef enum
{
  SIM_FATE_ARRIVES,
  SIM_FATE_LOSE_REQUEST,
  SIM_FATE_LOSE_ANSWER, /* cut after the commit, before the answer */
  SIM_FATE_TWICE,       /* the request arrives twice at once */
  SIM_FATE_AGAIN,       /* … and once more, long after */
  SIM_FATE_LATE,        /* the device gives up; the request arrives long after */
  SIM_N_FATES,
} SimFate;

typedef enum
{
  SIM_CRASH_NONE,
  SIM_CRASH_DEVICE,
  SIM_CRASH_SERVER,
} SimCrash;

typedef struct
{
  guint number;
  SimKind kind;
  guint actor; /* a device or %SIM_OFFICE */
  guint about; /* the number of the event that made what this is about; 0: nothing */
  guint with;  /* the same of a second contact; 0: none */
  guint dice;  /* for everything else that is left to chance */

  /* Of a sync. */
  guint steps;   /* requests sent and answers taken, together */
  SimFate fate;  /* … of the request that this step sends */
  guint fate_at; /* from 1 */

  /* Whose process dies at its how many-th commit during this event, and whether after or before it. */
  SimCrash crash;
  guint crash_at;
  gboolean crash_after;
} SimEvent;

typedef struct
{
  guint64 seed;
  guint n_devices;
  guint page;     /* lines of the server's log in a page */
  guint old;      /* the version of the database that the first device has had until now; 0: today's */
  guint push;     /* changes in a request, unless one group has more; 0: as many as usual */
  GArray *events; /* (owned) of SimEvent */
} SimStory;

const char *sim_kind_get_name (SimKind kind);
SimStory *sim_story_new (guint64 seed);
SimStory *sim_story_from_seed (guint64 seed);
SimStory *sim_story_dup (const SimStory *self);
void sim_story_free (SimStory *self);
char *sim_story_to_text (const SimStory *self);
SimStory *sim_story_from_text (const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimStory, sim_story_free)

G_END_DECLS
