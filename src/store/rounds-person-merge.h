/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/* Two people in the store who are one in the world: making one of them, and two again. Each is one group: one
 * transaction, sent and applied whole. */

/** RoundsMergeChoice: a field of which both have a value, or one has, and whose value the merged person ends up with.
 */
typedef struct
{
  RoundsRecord *kept;   /* (owned): the kept person, or what there is one of for a person, such as the physician */
  RoundsRecord *merged; /* (owned): the same of the merged person */
  guint field;
  gboolean take; /* the merged person's value */
} RoundsMergeChoice;

GPtrArray *rounds_person_merge_list_choices (RoundsRecordStore *store, const RoundsUuid *kept, const RoundsUuid *merged,
                                             GError **error); /* of RoundsMergeChoice */
RoundsRecord *rounds_person_merge_run (RoundsRecordStore *store, const RoundsUuid *kept, const RoundsUuid *merged,
                                       GPtrArray *choices, GError **error);

/* On the server, where there may be more of a person than the device knew that merged them. */
gboolean rounds_person_merge_complete (RoundsRecordStore *store, RoundsRecord *merge, gboolean is_alone,
                                       GError **error);
gboolean rounds_person_merge_take_choices (RoundsRecordStore *store, RoundsRecord *merge, GError **error);

/* What became of somebody: merges that were not undone. */
gboolean rounds_person_merge_find (RoundsRecordStore *store, const RoundsUuid *merged, RoundsRecord **merge,
                                   GError **error);
GPtrArray *rounds_person_merge_list (RoundsRecordStore *store, const RoundsUuid *kept, GError **error);
gboolean rounds_person_merge_forward (RoundsRecordStore *store, RoundsEntity entity, RoundsUuid *id,
                                      gboolean *forwarded, GError **error);
int rounds_person_merge_find_field (RoundsEntity entity);
gboolean rounds_person_merge_can_forward (RoundsEntity entity);
gboolean rounds_person_merge_may_forward (RoundsRecord *record, guint field);
gboolean rounds_person_merge_forward_references (RoundsRecordStore *store, RoundsRecord *record, guint64 *forwarded,
                                                 GError **error);
int rounds_person_merge_has_unseen_parts (RoundsRecordStore *store, const RoundsUuid *person, const char *known,
                                          GError **error);
gboolean rounds_person_merge_add_apart (RoundsRecordStore *store, const RoundsUuid *person, const char *known,
                                        GHashTable *apart, GError **error);
gboolean rounds_person_merge_follow (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *after,
                                     GError **error);
gboolean rounds_person_merge_catch_up (RoundsRecordStore *store, const RoundsUuid *merge, GError **error);
gboolean rounds_person_merge_note_arrival (RoundsRecordStore *store, RoundsRecord *record, guint field,
                                           const RoundsUuid *said, GError **error);
gboolean rounds_person_merge_note_choices (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *before,
                                           RoundsRecord *after, GError **error);
gboolean rounds_person_merge_note_agreed (RoundsRecordStore *store, const RoundsUuid *merge, const RoundsChange *choice,
                                          RoundsRecord *record, GError **error);
gboolean rounds_person_merge_take_in (RoundsRecordStore *store, RoundsRecord *record, const RoundsUuid *said,
                                      GError **error);
gboolean rounds_person_merge_find_dissolved (RoundsRecordStore *store, const RoundsUuid *merge, const RoundsUuid *id,
                                             RoundsRecord **record, GError **error);
gboolean rounds_person_merge_bring_back (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *id,
                                         GError **error);
gboolean rounds_person_merge_has_joined (RoundsRecordStore *store, RoundsEntity entity, const RoundsUuid *a,
                                         const RoundsUuid *b, gboolean *joined, GError **error);
gboolean rounds_person_merge_forget (RoundsRecordStore *store, RoundsRecord *record, GHashTable *wanted,
                                     GError **error);
gboolean rounds_person_merge_leave_unseen (RoundsRecordStore *store, RoundsRecord *record, const char *known,
                                           GError **error);
gboolean rounds_person_merge_has_dissolved (RoundsRecordStore *store, RoundsRecord *record, gboolean *dissolved,
                                            GError **error);
gboolean rounds_person_merge_keeps_once (RoundsRecordStore *store, RoundsRecord *record, gboolean *kept,
                                         GError **error);
gboolean rounds_person_merge_lead_back (RoundsRecordStore *store, RoundsRecord *record, GError **error);

/** RoundsMergeNewer: a record that was made since a merge, and where it would go. */
typedef struct
{
  RoundsRecord *record; /* (owned) */
  guint field;          /* its reference to the kept person, or to what is theirs */
  RoundsUuid back;      /* what that would become */
} RoundsMergeNewer;

GPtrArray *rounds_person_unmerge_list_newer (RoundsRecordStore *store, RoundsRecord *merge,
                                             GError **error); /* of RoundsMergeNewer */
GPtrArray *rounds_person_unmerge_run (RoundsRecordStore *store, const RoundsUuid *merge, GHashTable *go_back,
                                      GError **error);

/* On the server, as above. */
GHashTable *rounds_person_unmerge_list_changed (RoundsRecord *merge, GError **error); /* of RoundsUuid */
gboolean rounds_person_unmerge_is_spare (const RoundsChange *change, const RoundsUuid *merged);
gboolean rounds_person_unmerge_complete (RoundsRecordStore *store, RoundsRecord *merge, GError **error);
gboolean rounds_person_unmerge_take_back (RoundsRecordStore *store, RoundsRecord *merge, GError **error);
gboolean rounds_person_unmerge_leaves (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *record,
                                       gboolean *leaves, GError **error);
gboolean rounds_person_unmerge_settle (RoundsRecordStore *store, const RoundsUuid *merge, RoundsRecord *given,
                                       GError **error);

/** RoundsMergeRemainder: a field that somebody has changed since the merge, and that therefore stays as it is. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid record;
  guint field;
} RoundsMergeRemainder;

G_END_DECLS
