/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge.h"
#include "rounds-sync-apply.h"

G_BEGIN_DECLS

gboolean rounds_sync_operation_run (const RoundsSyncApplier *self, const RoundsChange *mutation, RoundsRecord **record,
                                    gboolean *changed_by_others, RoundsMergeOutcome *outcome, GError **error);
gboolean rounds_sync_operation_end_group (const RoundsSyncApplier *self, GError **error);
gboolean rounds_sync_operation_set_gone (GError **error);

G_END_DECLS
