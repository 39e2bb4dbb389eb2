/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* What a change of a record was, in words: "Phone: 555-0101 → 555-0102". */
char *rounds_changes_describe (RoundsStore *store, GPtrArray *changes);
char *rounds_changes_name_writer (RoundsStore *store, GPtrArray *changes);

G_END_DECLS
