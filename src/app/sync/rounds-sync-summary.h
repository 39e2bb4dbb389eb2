/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-service.h"
#include "rounds-sync-steps.h"

G_BEGIN_DECLS

/**
 * rounds_sync_summary_format:
 * @state: the state of the sync
 * @counts: what waits, and what needs the user
 * @last_sync: ms UTC, 0: never
 * @offline_since: ms UTC; used where @state is OFFLINE
 *
 * Says how things stand, honestly and in one line: what needs the user comes first, and "safe" is said only of what the
 * server has.
 *
 * Returns: (transfer full): plain text
 */
char *rounds_sync_summary_format (RoundsSyncState state, const RoundsSyncCounts *counts, gint64 last_sync,
                                  gint64 offline_since);

G_END_DECLS
