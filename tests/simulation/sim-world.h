/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-api.h"
#include "rounds-sync-engine.h"
#include "sim-database.h"
#include "sim-ledger.h"
#include "sim-story.h"

G_BEGIN_DECLS

/* Where the last four digits of an id as text begin: people are told these. */
#define SIM_ID_END 32

/** SimPeer: a computer: a database, a clock that may be off, and the program that runs at the moment. */
typedef struct
{
  guint index; /* of the actor who works there */
  const char *name;
  SimDatabase *database;    /* (not owned): the stage's */
  RoundsRecordStore *store; /* (owned) */
  RoundsRecordStore *desk;  /* (not owned): what the person there works with; on the server that is another program */
  gint64 clock;             /* ms that its clock is off */
  SimImage *copy;           /* (owned) (nullable): an old copy of the database */
  guint copied_at;          /* how many deeds there were then */

  /* Of a device. */
  RoundsUuid id;
  RoundsUuid user;
  RoundsUuid staff;
  char *token;              /* (owned) */
  RoundsSyncEngine *engine; /* (owned) */
  gboolean is_running;      /* in the middle of a sync */
  GBytes *answer;           /* (owned) (nullable): on its way to the device */
  guint status;
} SimPeer;

/** SimStage: what is made once and used by every story. */
typedef struct
{
  SimDatabase *databases[SIM_MOST_DEVICES + 1]; /* (owned) */
  SimImage *old_devices[SIM_OLD_VERSIONS];      /* (owned) (nullable): of version 1 and so on */
} SimStage;

/** SimTelling: how much of a story is kept for people. */
typedef enum
{
  SIM_TELL_NOTHING,
  SIM_TELL_EVENTS,
  SIM_TELL_ALL, /* … with what devices and server say to each other, and what the server logged */
} SimTelling;

/** SimWorld: one story as it is lived through. */
typedef struct
{
  SimStage *stage;       /* (not owned) */
  const SimStory *story; /* (not owned) */
  const SimEvent *event; /* (not owned) (nullable): what happens at the moment */
  gint64 now;
  SimPeer peers[SIM_MOST_DEVICES + 1]; /* the last one is the server */
  RoundsApi *api;                      /* (owned): the server's */
  GPtrArray *late;                     /* (owned): requests that arrive later */
  SimLedger *ledger;                   /* (owned) */

  guint64 trace; /* of all that happened: equal for equal stories */
  SimTelling telling;
  GString *told;            /* (owned) (nullable): the same for people */
  const char *failed_check; /* (nullable): the first check that did not hold */
  char *failure;            /* (owned) (nullable): how */
} SimWorld;

SimStage *sim_stage_new (const char *old_stores);
void sim_stage_free (SimStage *stage);

SimWorld *sim_world_new (SimStage *stage, const SimStory *story, SimTelling telling);
void sim_world_free (SimWorld *self);
void sim_world_play (SimWorld *self, const SimEvent *event);
void sim_world_begin (SimWorld *self, guint number);
SimPeer *sim_world_get_server (SimWorld *self);
void sim_world_enter (SimWorld *self, SimPeer *peer);
void sim_world_halt (SimWorld *self, SimPeer *peer);
void sim_world_restart (SimWorld *self, SimPeer *peer);
void sim_world_tell (SimWorld *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void sim_world_show (SimWorld *self, const char *from, const char *text, gsize length);
void sim_world_show_log (SimWorld *self);
void sim_world_trace (SimWorld *self, gconstpointer data, gsize length);
void sim_world_fail (SimWorld *self, const char *check, const char *format, ...) G_GNUC_PRINTF (3, 4);

/* What happens, by file: rep's work, the network, mishaps. */
void sim_work_play (SimWorld *self, const SimEvent *event);
void sim_network_play (SimWorld *self, const SimEvent *event);
void sim_network_arrive (SimWorld *self, guint number);
void sim_network_forget (SimWorld *self, SimPeer *device);
void sim_network_cut (SimWorld *self);
gboolean sim_network_sync (SimWorld *self, SimPeer *device, RoundsSyncSummary *summary, guint *requests);
void sim_mishap_play (SimWorld *self, const SimEvent *event);

/* The end of the story, and what must hold then. */
void sim_checks_screen (SimWorld *self, SimPeer *device);
void sim_checks_run (SimWorld *self);

G_END_DECLS
