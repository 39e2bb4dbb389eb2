/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *rounds_text_merge (const char *base, const char *mine, const char *theirs, gboolean *overlap);

G_END_DECLS
