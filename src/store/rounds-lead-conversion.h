/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

G_BEGIN_DECLS

GPtrArray *rounds_lead_conversion_plan (RoundsRecordStore *store, const RoundsUuid *lead, GPtrArray **before,
                                        GError **error);

G_END_DECLS
