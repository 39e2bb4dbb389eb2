/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-inbox.h"

G_BEGIN_DECLS

/**
 * RoundsSyncVerifier:
 *
 * A device's check that it has what the server has, and its repair: digests of everything, then of parts of the
 * entities that differ, then the revisions in the parts that differ, then the records. What the server does not have
 * goes, except with something in it that the server has not taken; after the server went back to a backup it is said
 * again instead. A state machine like the engine, which drives it after a pull.
 */
typedef struct _RoundsSyncVerifier RoundsSyncVerifier;

typedef enum
{
  ROUNDS_SYNC_VERIFIER_ASKS,
  ROUNDS_SYNC_VERIFIER_DONE,
  ROUNDS_SYNC_VERIFIER_BEHIND, /* the server has moved on: pull, and begin anew */
} RoundsSyncVerifierState;

int rounds_sync_verifier_is_due (RoundsRecordStore *store, GError **error);
gboolean rounds_sync_verifier_make_due (RoundsRecordStore *store, gboolean say_again, GError **error);

RoundsSyncVerifier *rounds_sync_verifier_new (RoundsRecordStore *store);
void rounds_sync_verifier_free (RoundsSyncVerifier *self);
gboolean rounds_sync_verifier_next (RoundsSyncVerifier *self, char **path, GError **error);
gboolean rounds_sync_verifier_receive (RoundsSyncVerifier *self, GBytes *body, GError **error);
gboolean rounds_sync_verifier_finish (RoundsSyncVerifier *self, GError **error);
RoundsSyncVerifierState rounds_sync_verifier_get_state (RoundsSyncVerifier *self);
guint rounds_sync_verifier_get_repaired (RoundsSyncVerifier *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncVerifier, rounds_sync_verifier_free)

G_END_DECLS
