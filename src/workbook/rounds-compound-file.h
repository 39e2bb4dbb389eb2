/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GByteArray *rounds_compound_file_read (const guint8 *file, gsize length, const char *name);

G_END_DECLS
