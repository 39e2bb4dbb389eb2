/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rounds_hit_snippet (const char *text, const char *const *words);

G_END_DECLS
