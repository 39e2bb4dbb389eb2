/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

/* For a new record, after its name is set and before anything refers to it. */
gboolean rounds_record_store_give_named_id (RoundsRecordStore *self, RoundsRecord *record, GError **error);

G_END_DECLS
