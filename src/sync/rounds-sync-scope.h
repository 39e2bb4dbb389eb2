/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-feed.h"

G_BEGIN_DECLS

/* Who gets to see what, on the server: the one place for push, pull and single records. */

RoundsTerritoryScope *rounds_sync_scope_of_user (RoundsRecordStore *store, RoundsRecord *user, GError **error);
gboolean rounds_sync_scope_check_references (const RoundsTerritoryScope *scope, RoundsRecordStore *store,
                                             RoundsRecord *record, RoundsRecord *before, GError **error);
gboolean rounds_sync_scope_check_place (const RoundsTerritoryScope *scope, RoundsRecord *record, GError **error);

/* The scope in a cursor. */
char *rounds_sync_scope_to_text (const RoundsTerritoryScope *scope, RoundsRecordStore *store, GError **error);
gboolean rounds_sync_scope_compare (const RoundsTerritoryScope *scope, RoundsRecordStore *store, const char *before,
                                    char **kept, RoundsTerritoryScope **gained, GError **error);

G_END_DECLS
