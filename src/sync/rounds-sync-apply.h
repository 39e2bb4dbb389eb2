/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-people.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-server.h"

G_BEGIN_DECLS

/* RoundsSyncKnown: what a device has of a record once it has the answers so far, where only its own changes made it. */
typedef struct
{
  gint64 rev;
  guint64 news; /* the fields that these answers tell */
} RoundsSyncKnown;

/** RoundsSyncApplier: one push while it is applied. */
typedef struct
{
  RoundsRecordStore *store;
  RoundsUuid device;                 /* whose push it is */
  const RoundsTerritoryScope *scope; /* (nullable): what its user gets to see, NULL for everything */
  GHashTable *known;                 /* (not owned) record id (owned) → RoundsSyncKnown (owned) */
  RoundsSyncAllowFunc allow;         /* (nullable) */
  gpointer allow_data;
  gboolean is_alone;        /* the mutation at hand is all of its group */
  RoundsSyncPeople people;  /* what the group at hand does to two people … */
  RoundsUuid merge;         /* … by this merge record … */
  RoundsUuid merged;        /* … whom it had merged, if it is undone … */
  GHashTable *changed;      /* (owned) (nullable): … with what, which it gives back by itself */
  GHashTable *spared;       /* (not owned) of RoundsUuid (owned): what the group at hand wanted to delete, and stays */
  GHashTable *left;         /* (not owned) id → RoundsRecord (owned): what it wanted to delete, and was deleted */
  GHashTable *wanted;       /* (not owned) id → RoundsRecord (owned): people and tombstones that it wanted to delete */
  gboolean led;             /* the mutation at hand named somebody or something that is another one now */
  const RoundsChange *sent; /* (not owned): the mutation at hand, as it was sent */
} RoundsSyncApplier;

void rounds_sync_applier_tell_all (RoundsSyncApplier *self, const RoundsUuid *record);
RoundsSyncResult *rounds_sync_apply (RoundsSyncApplier *self, const RoundsChange *mutation, GError **error);

G_END_DECLS
