/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"
#include "rounds-sqlite-database.h"
#include "rounds-sync-engine.h"
#include "rounds-sync-server.h"

/* A server and two devices in one process, over real databases, with a network that can be cut. */

typedef struct
{
  char *path;
  RoundsRecordStore *store;
} Peer;

typedef struct _World World;

struct _World
{
  char *dir;
  Peer server;
  Peer a;
  Peer b;
  RoundsUuid user;
  guint requests; /* that reached the server */
  int lose_reply; /* the how many-th request from now is answered into the void; 0: none */
  int lose_request;
  int fail_request; /* … is refused as a whole with status 400 */
  RoundsSyncAllowFunc allow;
  const char *refused; /* an entity, or a word: changes of such records, or that say it, are refused; NULL: none */
  const RoundsTerritoryScope *scope; /* what the user gets to see; NULL: everything */
  guint push_limit;                  /* changes in a request; 0: as many as usual */
  void (*meanwhile) (World *world);  /* what somebody does while a request is on its way */
};

/* A test: what happens in a world of its own. */
typedef struct
{
  const char *path;
  void (*happen) (World *world);
} WorldStory;

int world_run_stories (int argc, char **argv, const WorldStory *stories, guint n);

void world_set_up (World *world);
void world_tear_down (World *world);
void world_reopen (World *world, Peer *peer, RoundsStoreRole role);
void world_copy (World *world, Peer *from, const char *name);
void world_put_back (World *world, Peer *peer, const char *name, RoundsStoreRole role);
gboolean world_try_sync (World *world, Peer *device, RoundsSyncSummary *summary, GError **error);
void world_sync (World *world, Peer *device, RoundsSyncSummary *summary);
void world_sync_all (World *world);
void world_assert_equal (World *world);
void world_assert_packed (GBytes *body, GBytes *packed);
RoundsRecord *visit_new (RoundsRecord *person, const char *notes);
RoundsRecord *peer_add_person (Peer *peer, const char *given, const char *family); /* given: (nullable) */

/* What somebody does there, which must succeed; @like: a record with the same id. */
void peer_save (Peer *peer, RoundsRecord *record);
RoundsRecord *peer_get (Peer *peer, RoundsRecord *like);
GPtrArray *peer_list (Peer *peer, RoundsEntity entity);
gint64 peer_count (Peer *peer, RoundsEntity entity);
void peer_delete (Peer *peer, RoundsRecord *like);
void peer_set_text (Peer *peer, RoundsRecord *like, guint field, const char *text);
gint64 peer_count_open_conflicts (Peer *peer);
void peer_assert_text (Peer *peer, RoundsRecord *like, guint field, const char *text);
