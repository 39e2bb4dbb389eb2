/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

char *rounds_session_tokens_start (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *device,
                                   RoundsUuid *session, GError **error);
char *rounds_session_tokens_renew (RoundsRecordStore *store, const char *token, RoundsUuid *user, RoundsUuid *device,
                                   RoundsUuid *session, GError **error);
gboolean rounds_session_tokens_check (RoundsRecordStore *store, const RoundsUuid *user, const RoundsUuid *session,
                                      GError **error);
gboolean rounds_session_tokens_end_all (RoundsRecordStore *store, const RoundsUuid *user, GError **error);
gboolean rounds_session_tokens_end (RoundsRecordStore *store, const char *token, GError **error);

G_END_DECLS
