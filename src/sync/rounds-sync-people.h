/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-change.h"
#include "rounds-record-store.h"
#include "rounds-sync-server.h"

G_BEGIN_DECLS

/* What the group that a device has sent does to two people. */
typedef enum
{
  ROUNDS_SYNC_PEOPLE_STAY,
  ROUNDS_SYNC_PEOPLE_MERGE, /* the server merges them by itself */
  ROUNDS_SYNC_PEOPLE_AGAIN, /* both are one already: of the group what was chosen is left to do */
  ROUNDS_SYNC_PEOPLE_MOOT,  /* somebody did something else with them first */
  ROUNDS_SYNC_PEOPLE_UNDO,  /* makes two of one again */
  ROUNDS_SYNC_PEOPLE_PAST,  /* tells of a merge and of its end at once, as after a refusal: they stay two */
} RoundsSyncPeople;

gboolean rounds_sync_people_ends (const RoundsChange *mutation);
gboolean rounds_sync_people_begins (const RoundsChange *mutation);
gboolean rounds_sync_people_begin (RoundsRecordStore *store, RoundsRecord *known, const RoundsChange *mutation,
                                   RoundsSyncPeople *people, GError **error);
gboolean rounds_sync_people_may_merge (RoundsRecordStore *store, const RoundsUuid *person, RoundsSyncAllowFunc allow,
                                       gpointer data, GError **error);
gboolean rounds_sync_people_skips (RoundsSyncPeople people, const RoundsChange *mutation, GHashTable *changed,
                                   const RoundsUuid *merged);
gboolean rounds_sync_people_follows (RoundsRecordStore *store, const RoundsChange *change, gboolean *follows,
                                     GError **error);
gboolean rounds_sync_people_lead (RoundsRecordStore *store, RoundsRecord *record, gboolean *led, GError **error);
gboolean rounds_sync_people_fold (RoundsRecordStore *store, const RoundsChange *sent, RoundsRecord *record,
                                  GError **error);
gboolean rounds_sync_people_arrive (RoundsRecordStore *store, const RoundsUuid *person, gboolean *dissolved,
                                    GError **error);
gboolean rounds_sync_people_take_back (RoundsRecordStore *store, RoundsSyncPeople people, const RoundsChange *mutation,
                                       RoundsRecord *known, GError **error);
gboolean rounds_sync_people_finish (RoundsRecordStore *store, RoundsSyncPeople people, RoundsRecord *merge,
                                    gboolean is_alone, GError **error);

G_END_DECLS
