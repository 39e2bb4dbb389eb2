/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-change.h"

G_BEGIN_DECLS

/* Whose value stays where both sides gave a field another value. */
typedef enum
{
  ROUNDS_MERGE_ON_SERVER, /* the server's; the device keeps its own as a conflict */
  ROUNDS_MERGE_ON_DEVICE, /* the device's, which is still to be sent; the server will say */
} RoundsMergePlace;

/** RoundsMergeConflict: one field that both sides changed, for a person to choose from. */
typedef struct
{
  guint field; /* %ROUNDS_FIELD_DELETED_AT where one side edited what the other deleted */
  RoundsValue original;
  RoundsValue mine;   /* the device's */
  RoundsValue theirs; /* the server's */
} RoundsMergeConflict;

RoundsMergeConflict *rounds_merge_conflict_new (guint field, const RoundsValue *original, const RoundsValue *mine,
                                                const RoundsValue *theirs);
void rounds_merge_conflict_free (RoundsMergeConflict *self);

/** RoundsMergeOutcome: what merging a change into a record came to. */
typedef struct
{
  gboolean merged;      /* a field holds what both sides wrote */
  GPtrArray *conflicts; /* (owned) (nullable) of RoundsMergeConflict */
  GPtrArray *unknown;   /* (owned) (nullable) of char*: names of fields that this version does not know */
} RoundsMergeOutcome;

#define ROUNDS_MERGE_OUTCOME_INIT { FALSE, NULL, NULL }

void rounds_merge_outcome_clear (RoundsMergeOutcome *outcome);
void rounds_merge_outcome_add (RoundsMergeOutcome *outcome, RoundsMergeConflict *conflict);
void rounds_merge_field (RoundsRecord *record, guint field, const RoundsValue *base, const RoundsValue *mine,
                         RoundsMergePlace place, RoundsMergeOutcome *outcome);
gboolean rounds_merge_fields (RoundsRecord *record, const RoundsChange *change, RoundsMergePlace place,
                              RoundsMergeOutcome *outcome, GError **error);
gboolean rounds_merge_take_back (RoundsRecord *record, const RoundsChange *change, GError **error);
gboolean rounds_merge_rebase (RoundsRecord *record, GPtrArray *changes, gboolean is_deleted, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsMergeConflict, rounds_merge_conflict_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsMergeOutcome, rounds_merge_outcome_clear)

G_END_DECLS
