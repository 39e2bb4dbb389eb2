/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge-snapshot-private.h"
#include "rounds-person-merge.h"

G_BEGIN_DECLS

/* Somebody who was merged into somebody who was merged …; more is a circle that two devices made of it. */
#define ROUNDS_MERGE_LONGEST_CHAIN 64

int rounds_merge_forward_find_person_field (RoundsEntity entity);
gboolean rounds_merge_forward_catch_up (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error);

G_END_DECLS
