/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-match.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/**
 * RoundsDuplicatesScan:
 *
 * A look through all contacts for those who may be the same: runs on the reading thread, tells the main thread how far
 * it is. Shared by both by reference count.
 */
typedef struct _RoundsDuplicatesScan RoundsDuplicatesScan;

RoundsDuplicatesScan *rounds_duplicates_scan_new (void);
RoundsDuplicatesScan *rounds_duplicates_scan_ref (RoundsDuplicatesScan *self);
void rounds_duplicates_scan_unref (RoundsDuplicatesScan *self);
double rounds_duplicates_scan_get_fraction (RoundsDuplicatesScan *self);
void rounds_duplicates_scan_run_async (RoundsDuplicatesScan *self, RoundsStore *store, int priority,
                                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
GArray *rounds_duplicates_scan_run_finish (RoundsStore *store, GAsyncResult *result,
                                           GError **error); /* of RoundsMatchPair */

guint rounds_duplicates_get_count (RoundsStore *store);
void rounds_duplicates_set_count (RoundsStore *store, guint count);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsDuplicatesScan, rounds_duplicates_scan_unref)

G_END_DECLS
