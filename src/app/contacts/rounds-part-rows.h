/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

/* Rows for what a contact has several of, each a record of its own: a click opens its editor. */

GtkWidget *rounds_part_row_new (RoundsStore *store, RoundsRecord *record);

G_END_DECLS
