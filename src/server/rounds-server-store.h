/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

char *rounds_server_store_get_path (const char *database, GError **error);
RoundsRecordStore *rounds_server_store_open (const char *path, GError **error);
RoundsRecordStore *rounds_server_store_open_read_only (const char *path, GError **error);

G_END_DECLS
