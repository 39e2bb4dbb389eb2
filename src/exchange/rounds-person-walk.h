/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/** RoundsPersonItem: a record that has to do with a person. */
typedef struct
{
  RoundsEntity entity;
  RoundsUuid id;
  guint64
    fields; /* of a mention: those that name the person or a record of theirs, as bits; 0: it only belongs to one */
} RoundsPersonItem;

/**
 * RoundsPersonWalk:
 *
 * Every record on this device that has to do with one person, found by the entity table alone: from the person along
 * each field by which records refer to others. What belongs to the person (by its OWNER fields, step by step) is the
 * person's own; what belongs to somebody else and only names them (they were among those who attended, they referred
 * somebody else's patient) is a mention. Deleted records too, as long as they are kept; and another record of the same
 * person, merged into this one.
 */
typedef struct
{
  GArray *own;      /* (owned) of RoundsPersonItem, the person first */
  GArray *mentions; /* (owned) of RoundsPersonItem */
} RoundsPersonWalk;

/* What is done with a change. Returns: %FALSE on an error, which ends it */
typedef gboolean (*RoundsPersonChangeFunc) (const RoundsChange *change, gpointer data, GError **error);

RoundsPersonWalk *rounds_person_walk_new (RoundsRecordStore *store, const RoundsUuid *person, GCancellable *cancellable,
                                          GError **error);
gboolean rounds_person_walk_each_change (RoundsPersonWalk *self, RoundsRecordStore *store, RoundsPersonChangeFunc func,
                                         gpointer data, GError **error);
void rounds_person_walk_free (RoundsPersonWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsPersonWalk, rounds_person_walk_free)

G_END_DECLS
