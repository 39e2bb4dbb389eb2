/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-service.h"
#include "rounds-sync-steps.h"

G_BEGIN_DECLS

/** RoundsSyncFacts: how things stand, as far as a person wants to know. */
typedef struct
{
  RoundsSyncState state;
  RoundsSyncCounts counts; /* what waits, and what needs the user */
  gboolean has_account;    /* somebody has signed in on this device, even if they signed out since */
  gint64 last_sync;        /* ms UTC, 0: never */
  gint64 offline_since;    /* ms UTC, 0: not offline; still told while a sync tries again */
  guint done;              /* records that the sync under way has sent and fetched so far */
  gint64 next_try;         /* ms UTC, 0: not planned */
} RoundsSyncFacts;

char *rounds_sync_summary_format (const RoundsSyncFacts *facts);
char *rounds_sync_summary_explain (const RoundsSyncFacts *facts, const char *detail);

G_END_DECLS
