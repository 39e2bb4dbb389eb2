/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge-snapshot-private.h"
#include "rounds-person-merge.h"

G_BEGIN_DECLS

/* Somebody who was merged into somebody who was merged …; more is a circle that two devices made of it. */
#define ROUNDS_MERGE_LONGEST_CHAIN 64

/* What goes along: rounds-merge-follow.c */
int rounds_merge_follow_find_unseen (RoundsRecordStore *store, RoundsRecord *seen, guint64 *touched, GError **error);
gboolean rounds_merge_follow_catch_up (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error);

G_END_DECLS
