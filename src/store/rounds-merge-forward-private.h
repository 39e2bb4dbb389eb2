/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge-snapshot-private.h"
#include "rounds-person-merge.h"

G_BEGIN_DECLS

int rounds_merge_forward_find_person_field (RoundsEntity entity);
gboolean rounds_merge_forward_catch_up (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error);

G_END_DECLS
