/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync-world.h"

G_BEGIN_DECLS

/* For peer_merge_choosing(): the kept one gets nothing of the merged one. */
#define PEOPLE_NO_FIELD G_MAXUINT

/* Two people who are one, on both devices. */
typedef struct
{
  World *world;
  RoundsRecord *kept;   /* (owned) */
  RoundsRecord *merged; /* (owned) */
} Pair;

void pair_clear (Pair *pair);
void pair_make (Pair *pair, World *world);
void peer_assert_deleted (Peer *peer, RoundsRecord *like, gboolean deleted);
void peer_assert_refers (Peer *peer, RoundsRecord *like, guint field, RoundsRecord *target);
RoundsRecord *peer_add_call (Peer *peer, RoundsRecord *person);
RoundsRecord *peer_add_attendee (Peer *peer, RoundsRecord *visit, RoundsRecord *person);
RoundsRecord *peer_add_consent (Peer *peer, RoundsRecord *person, const char *state);
RoundsRecord *peer_add_physician (Peer *peer, RoundsRecord *person, guint field, const char *text);
RoundsRecord *peer_merge (Peer *peer, RoundsRecord *kept, RoundsRecord *merged);
RoundsRecord *peer_merge_choosing (Peer *peer, RoundsRecord *kept, RoundsRecord *merged, guint field);
void peer_unmerge (Peer *peer, RoundsRecord *merge, RoundsRecord *goes_back);
void world_assert_well (World *world);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

G_END_DECLS
