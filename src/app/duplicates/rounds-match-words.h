/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-match.h"
#include "rounds-store.h"

G_BEGIN_DECLS

char *rounds_match_describe (RoundsMatchStrength strength, guint reasons);
char *rounds_match_describe_person (RoundsStore *store, RoundsRecord *person);
gint64 rounds_match_count_interactions (RoundsStore *store, const RoundsUuid *person);

G_END_DECLS
