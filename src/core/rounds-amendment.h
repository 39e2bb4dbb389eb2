/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

RoundsRecord *rounds_amendment_new (RoundsRecord *original, const char *reason, const RoundsUuid *staff);
RoundsRecord *rounds_amendment_read_original (RoundsRecord *amendment);
gboolean rounds_interaction_is_submitted (RoundsRecord *interaction);
gboolean rounds_interaction_field_is_locked (guint field);

G_END_DECLS
