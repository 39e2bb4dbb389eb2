/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-merge-snapshot-private.h"

G_BEGIN_DECLS

/**
 * RoundsMergePlan:
 *
 * What is to be done to make two people one. It is planned first and written then: all of it is known before the first
 * record is.
 */
typedef struct
{
  RoundsRecordStore *store;      /* (not owned) */
  GPtrArray *choices;            /* (not owned) (nullable) of RoundsMergeChoice */
  RoundsMergeSnapshot *told;     /* (not owned) (nullable): what the device did that made the merge, for the server */
  RoundsMergeSnapshot *snapshot; /* (not owned) (nullable): what is planned is added */
  GHashTable *working;           /* (owned) id → RoundsRecord (owned): as it will be */
  GPtrArray *changed;            /* (owned) of RoundsRecord (not owned) to be written */
  GPtrArray *gone;               /* (owned) of RoundsRecord (not owned) to be deleted */
} RoundsMergePlan;

void rounds_merge_plan_init (RoundsMergePlan *self, RoundsRecordStore *store, RoundsMergeSnapshot *snapshot,
                             GPtrArray *choices);
void rounds_merge_plan_clear (RoundsMergePlan *self);

RoundsRecord *rounds_merge_plan_take (RoundsMergePlan *self, RoundsRecord *record);
gboolean rounds_merge_plan_find_only (RoundsMergePlan *self, RoundsEntity entity, guint field, const RoundsUuid *id,
                                      RoundsRecord **record, GError **error);
gboolean rounds_merge_plan_differs (RoundsRecord *kept, RoundsRecord *merged, guint field);

void rounds_merge_plan_dissolve (RoundsMergePlan *self, RoundsRecord *record);
void rounds_merge_plan_take_fields (RoundsMergePlan *self, RoundsRecord *kept, RoundsRecord *merged);
gboolean rounds_merge_plan_join (RoundsMergePlan *self, RoundsEntity entity, const RoundsUuid *from,
                                 const RoundsUuid *to, GError **error);
gboolean rounds_merge_plan_write (RoundsMergePlan *self, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsMergePlan, rounds_merge_plan_clear)

G_END_DECLS
