/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-access-token.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

gboolean rounds_token_key_load (RoundsRecordStore *store, guint8 key[ROUNDS_TOKEN_KEY_LENGTH], GError **error);

G_END_DECLS
