/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

gboolean rounds_merge_entered (RoundsRecordStore *store, RoundsRecord *before, RoundsRecord *entered, GError **error);

G_END_DECLS
