/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

GPtrArray *rounds_sync_outbox_collect (RoundsRecordStore *store, guint limit, gboolean one_group, GError **error);
GPtrArray *rounds_sync_outbox_collect_behind (RoundsRecordStore *store, GPtrArray *sent, guint limit, GError **error);
gboolean rounds_sync_outbox_has_one_group (GPtrArray *changes);

G_END_DECLS
