/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-remote.h"
#include "rounds-store.h"
#include "rounds-sync-lock.h"

G_BEGIN_DECLS

/* What RoundsSyncService does on the database thread. Each function is a RoundsStoreFunc; its data and result are the
 * structures below. */

/** RoundsSyncAccount: what the store knows of the server. */
typedef struct
{
  char *server;   /* (owned) (nullable) */
  char *username; /* (owned) (nullable) */
  char *token;    /* (owned) (nullable) the refresh token; NULL: signed out */
  char *device;   /* (owned) (nullable) */
  char *user;     /* (owned) (nullable) uuid */
  char *staff;    /* (owned) (nullable) uuid */
  gint64 last_sync;
} RoundsSyncAccount;

void rounds_sync_account_free (gpointer account);
gpointer rounds_sync_account_load (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);
/* data: the account to store as a whole. A new server begins with a new cursor. */
gpointer rounds_sync_account_save (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);
gpointer rounds_sync_token_save (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);

/** RoundsSyncCounts: what is still to be done. */
typedef struct
{
  guint pending;   /* changes that are not on the server */
  guint attention; /* open conflicts and refused changes */
} RoundsSyncCounts;

gpointer rounds_sync_counts_load (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);

/** RoundsSyncRun: one sync. Its engine is used on the database thread alone. */
typedef struct
{
  gatomicrefcount references;
  RoundsSyncEngine *engine;   /* (owned) (nullable) (database thread) */
  RoundsSyncLock *lock;       /* (owned) (nullable) held from the first step on */
  char *token;                /* (owned) (nullable) after the first step: the refresh token, which another program may
                                 have renewed since */
  guint status;               /* the answer to hand to the engine; 0: none yet */
  GBytes *body;               /* (owned) (nullable) */
  RoundsSyncRequest *request; /* (owned) (nullable) what to send next; NULL: done */
  gboolean check;             /* whether to compare everything with the server; set before the first step */
  gboolean checked;           /* whether that came to an end; set by the last step */
  guint repaired;             /* records that differed */
  guint done;                 /* records that were sent and fetched so far */
  gint64 now;                 /* ms UTC; when the run ends well, this is the last sync */
} RoundsSyncRun;

RoundsSyncRun *rounds_sync_run_new (void);
RoundsSyncRun *rounds_sync_run_ref (RoundsSyncRun *self);
void rounds_sync_run_unref (gpointer self);
/* data: the run. One step: hands the answer to the engine and asks for the next request. Returns the run (a reference).
 */
gpointer rounds_sync_run_step (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);
/* data: the run. What there is to do while a request is on its way. Returns NULL. */
gpointer rounds_sync_run_work (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncAccount, rounds_sync_account_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncRun, rounds_sync_run_unref)

G_END_DECLS
