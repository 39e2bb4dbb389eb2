/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reminders/rounds-wall-timer.h"
#include "rounds-live.h"
#include "rounds-sync-schedule.h"
#include "rounds-sync-service.h"
#include "rounds-sync-steps.h"
#include "rounds-sync-summary.h"

G_BEGIN_DECLS

/* What the three files of the sync service share: rounds-sync-service.c, which keeps the store in step,
 * rounds-sync-liveness.c, which says when, and rounds-sync-sign-in.c, which says as whom and with which server. */

struct _RoundsSyncService
{
  GObject parent_instance;

  RoundsAppContext *context;  /* (owned) */
  RoundsStore *store;         /* (owned) */
  RoundsSyncAccount *account; /* (owned) (nullable) until it is read */
  RoundsRemote *remote;       /* (owned) (nullable) for the account's server */
  RoundsSyncRun *run;         /* (owned) (nullable) the sync under way */
  GCancellable *cancellable;  /* (owned) cancelled by stop() and sign_out() */

  RoundsSyncState state;
  RoundsSyncCounts counts;
  char *detail;         /* (owned) (nullable) */
  gint64 offline_since; /* ms UTC; 0: not offline */
  guint done;           /* records moved by the sync under way, or by the last one */
  gboolean check;       /* the next sync compares everything with the server */
  gboolean again;       /* something has changed since the last sync began */
  gboolean counting;    /* a count is under way */
  gboolean count_again;

  RoundsSyncSchedule *schedule; /* (owned) */
  RoundsWallTimer *timer;       /* (owned) (nullable) until start() and after stop() */
  RoundsLive *live;             /* (owned) (nullable) the connection for hints */
  guint poll;                   /* source id; 0: none */
};

void rounds_sync_service_set_state (RoundsSyncService *self, RoundsSyncState state, const char *detail);
gboolean rounds_sync_service_is_signed_in (RoundsSyncService *self);

/* Takes over @account: (transfer full), as it is stored now. */
void rounds_sync_service_take_account (RoundsSyncService *self, RoundsSyncAccount *account);

/* Begins a sync unless one is under way or nobody is signed in. */
void rounds_sync_service_begin_run (RoundsSyncService *self);

/* Ends the sync under way and everything that is planned. */
void rounds_sync_service_halt (RoundsSyncService *self);

/* When: see rounds-sync-liveness.c. */
gint64 rounds_sync_service_get_moment (void);
void rounds_sync_service_plan (RoundsSyncService *self);
void rounds_sync_service_stop_listening (RoundsSyncService *self);
void rounds_sync_service_start_clock (RoundsSyncService *self);
void rounds_sync_service_stop_clock (RoundsSyncService *self);

G_END_DECLS
