/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/* A record that referred to @from and was made to refer to @to. */
typedef struct
{
  RoundsEntity entity;
  guint field;
  RoundsUuid record;
  RoundsUuid from;
  RoundsUuid to;
} RoundsMergeMove;

/* Two records that became one: both people, and what each of them has one of, such as the physician's particulars. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid from; /* dissolved */
  RoundsUuid to;
} RoundsMergeJoin;

/* A field that got another value. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid record;
  guint field;
  RoundsUuid chosen_with; /* a merge that came second, with which that was chosen; nil: this one */
  RoundsValue before;
  RoundsValue after;
} RoundsMergeEdit;

/**
 * RoundsMergeSnapshot:
 *
 * What a merge of two people did, so that it can be taken back months later and on another device: the `snapshot` of a
 * merge record. What it names need not be there any more.
 */
typedef struct
{
  GArray *joined;       /* (owned) of RoundsMergeJoin; the people first */
  GPtrArray *dissolved; /* (owned) of RoundsRecord, as they were; the person first */
  GArray *moved;        /* (owned) of RoundsMergeMove */
  GArray *edited;       /* (owned) of RoundsMergeEdit */
  RoundsUuid said;      /* into whom it was made, who may be a part of another by now; nil: the device's own, not led */
  GHashTable *own;      /* (owned) set of RoundsUuid (owned): what referred to the kept ones before */
  GHashTable *left;     /* (owned) set of RoundsUuid (owned): what the device did that made it, and was not done */
  GHashTable *known;    /* (owned) set of RoundsUuid (owned): what @moved and @dissolved name */
} RoundsMergeSnapshot;

RoundsMergeSnapshot *rounds_merge_snapshot_new (void);
RoundsMergeSnapshot *rounds_merge_snapshot_read (RoundsRecord *merge, GError **error);
void rounds_merge_snapshot_write (RoundsMergeSnapshot *self, RoundsRecord *merge);
gboolean rounds_merge_snapshot_save (RoundsMergeSnapshot *self, RoundsRecordStore *store, RoundsRecord *merge,
                                     GError **error);
void rounds_merge_snapshot_free (RoundsMergeSnapshot *self);

void rounds_merge_snapshot_add_join (RoundsMergeSnapshot *self, RoundsEntity entity, const RoundsUuid *from,
                                     const RoundsUuid *to);
void rounds_merge_snapshot_add_dissolved (RoundsMergeSnapshot *self, RoundsRecord *record);
void rounds_merge_snapshot_add_move (RoundsMergeSnapshot *self, const RoundsMergeMove *move);
void rounds_merge_snapshot_remove_move (RoundsMergeSnapshot *self, guint index);
void rounds_merge_snapshot_add_edit (RoundsMergeSnapshot *self, RoundsRecord *before, RoundsRecord *after, guint field);
void rounds_merge_snapshot_add_choice (RoundsMergeSnapshot *self, const RoundsUuid *merge, RoundsRecord *before,
                                       RoundsRecord *after, guint field);
void rounds_merge_snapshot_lead_edit (RoundsMergeSnapshot *self, RoundsRecord *before, RoundsRecord *after,
                                      guint field);
gboolean rounds_merge_snapshot_pass_over (RoundsMergeSnapshot *self, const RoundsMergeEdit *edit);
gboolean rounds_merge_snapshot_covers (RoundsMergeSnapshot *self, const RoundsMergeEdit *edit);
void rounds_merge_snapshot_add_own (RoundsMergeSnapshot *self, const RoundsUuid *record);
void rounds_merge_snapshot_add_left (RoundsMergeSnapshot *self, const RoundsUuid *record);
const RoundsMergeJoin *rounds_merge_snapshot_find_join (RoundsMergeSnapshot *self, const RoundsUuid *from);
const RoundsUuid *rounds_merge_snapshot_get_said (RoundsMergeSnapshot *self);
void rounds_merge_snapshot_take_fields (RoundsMergeSnapshot *self, RoundsMergeSnapshot *told);
RoundsRecord *rounds_merge_snapshot_find_dissolved (RoundsMergeSnapshot *self, const RoundsUuid *record);
void rounds_merge_snapshot_forget_dissolved (RoundsMergeSnapshot *self, RoundsRecord *record);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsMergeSnapshot, rounds_merge_snapshot_free)

G_END_DECLS
