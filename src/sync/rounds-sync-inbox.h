/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-sync-protocol.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/* What pages brought, for the summary. */
typedef struct
{
  guint written;    /* rows that are new or really changed */
  guint removed;    /* records that are not for this device any more */
  GHashTable *told; /* (not owned) (nullable) of RoundsUuid: the ids of all rows, where somebody wants to know them */
} RoundsSyncNews;

gboolean rounds_sync_inbox_put_page (RoundsRecordStore *store, RoundsSyncPage *page, RoundsSyncNews *news,
                                     GError **error);
gboolean rounds_sync_inbox_get_place (RoundsRecordStore *store, char **cursor, char **epoch, GError **error);
gboolean rounds_sync_inbox_put_reply (RoundsRecordStore *store, RoundsSyncReply *reply, GPtrArray *sent, guint *removed,
                                      GError **error);

G_END_DECLS
