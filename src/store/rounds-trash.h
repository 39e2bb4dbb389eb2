/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-query.h"

G_BEGIN_DECLS

/* What the trash shows. Deleting and restoring a record with what belongs to it is in rounds-record-store.h. */
RoundsQuery *rounds_trash_query (RoundsEntity only, const char *words);
const RoundsEntity *rounds_trash_get_kinds (guint *n);

G_END_DECLS
