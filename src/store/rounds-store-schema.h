/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/* The schema of a record store's database and how it came to be. Private to store/. */

#define ROUNDS_SCHEMA_VERSION 5

gboolean rounds_store_schema_migrate (RoundsDatabase *database, RoundsStoreRole role, GError **error);
gboolean rounds_store_schema_has_order (RoundsEntity entity, int order);
gboolean rounds_store_schema_has_prefix (RoundsEntity entity, guint length);
gboolean rounds_store_keeps (RoundsStoreRole role, RoundsEntity entity);

G_END_DECLS
