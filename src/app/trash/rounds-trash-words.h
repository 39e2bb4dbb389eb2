/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* A deleted record in words: what it was, and of whom. */
char *rounds_trash_describe_title (RoundsStore *store, RoundsRecord *record);
char *rounds_trash_describe_rest (RoundsStore *store, RoundsRecord *record);

G_END_DECLS
