/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-store.h"

G_BEGIN_DECLS

GtkWidget *rounds_contact_details_new (RoundsStore *store, RoundsRecord *person);

G_END_DECLS
