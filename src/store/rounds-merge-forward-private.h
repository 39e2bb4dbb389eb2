/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-json.h"
#include "rounds-merge-snapshot-private.h"
#include "rounds-person-merge.h"

G_BEGIN_DECLS

/* Somebody who was merged into somebody who was merged …; more is a circle that two devices made of it. */
#define ROUNDS_MERGE_LONGEST_CHAIN 64

GPtrArray *rounds_merge_follow_list (RoundsRecordStore *store, RoundsRecord *record, GError **error);
gboolean rounds_merge_follow_find_next (RoundsRecordStore *store, RoundsRecord *record, RoundsUuid *id, gboolean *found,
                                        GError **error);
gboolean rounds_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after, guint64 given,
                              GError **error);
gboolean rounds_merge_is_value (const RoundsFieldInfo *field, yyjson_val *object, const RoundsValue *value);
gboolean rounds_merge_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, RoundsMergeSnapshot *snapshot,
                                GError **error);
gboolean rounds_merge_choices_take_again (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error);
gboolean rounds_merge_choices_fill (RoundsRecordStore *store, RoundsMergeSnapshot *told, RoundsMergeSnapshot *snapshot,
                                    GError **error);
gboolean rounds_merge_choices_recall (RoundsRecordStore *store, RoundsMergeSnapshot *told,
                                      RoundsMergeSnapshot *snapshot, GError **error);
GPtrArray *rounds_merge_spare_list_gone_back (RoundsRecordStore *store, RoundsMergeSnapshot *snapshot, GError **error);
gboolean rounds_merge_spare_bring_back (RoundsRecordStore *store, const RoundsUuid *kept, GPtrArray *gone,
                                        GError **error);
gboolean rounds_merge_spare_format_alike (RoundsRecordStore *store, RoundsRecord *record, char **text, GError **error);
GPtrArray *rounds_merge_list_of_whole (RoundsRecordStore *store, const RoundsUuid *person,
                                       GError **error); /* of RoundsRecord */
int rounds_merge_is_left_at (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *left,
                             const RoundsUuid *id, GError **error);
gboolean rounds_merge_give_back_own (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                                     GPtrArray *remainders, GError **error);
gboolean rounds_merge_give_back (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                                 GPtrArray *remainders, GError **error);
gboolean rounds_merge_give_back_spare (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *snapshot,
                                       GError **error);
gboolean rounds_merge_give_back_forget (RoundsRecordStore *store, const RoundsUuid *kept, GHashTable *records,
                                        GError **error);
GPtrArray *rounds_merge_give_back_list_later (RoundsRecordStore *store, RoundsRecord *merge,
                                              RoundsMergeSnapshot *snapshot, GError **error); /* of RoundsRecord */
gboolean rounds_merge_edit_back (RoundsRecordStore *store, const RoundsMergeEdit *edit, GPtrArray *remainders,
                                 GError **error);
GPtrArray *rounds_merge_arrival_list_leading (RoundsRecordStore *store, RoundsRecord *merge, RoundsMergeSnapshot *told,
                                              GError **error); /* of RoundsRecord */
gboolean rounds_merge_told_take (RoundsRecordStore *store, RoundsMergeSnapshot *told, gboolean is_alone,
                                 RoundsMergeSnapshot *snapshot, GError **error);
gboolean rounds_merge_parts_format (RoundsRecordStore *store, const RoundsUuid *person, char **text, GError **error);

G_END_DECLS
