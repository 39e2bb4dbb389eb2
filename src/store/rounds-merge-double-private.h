/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/* What two people have alike, and one person has once. */

gboolean rounds_merge_double_may_be (RoundsEntity entity);
RoundsRecord *rounds_merge_double_find (GPtrArray *siblings, RoundsRecord *record, guint reference);
const RoundsValue *rounds_merge_double_get_period_end (RoundsRecord *kept, RoundsRecord *merged, guint field);
gboolean rounds_merge_double_is_stricter (RoundsRecord *a, RoundsRecord *b);

G_END_DECLS
