/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean rounds_graphics_has_card (const char *devices);
void rounds_graphics_choose (void);

G_END_DECLS
