/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** RoundsSyncLines: reads a body line by line. One that came as gzip is unpacked on the way, a piece at a time. */
typedef struct _RoundsSyncLines RoundsSyncLines;

RoundsSyncLines *rounds_sync_lines_new (GBytes *body);
void rounds_sync_lines_free (RoundsSyncLines *self);
gboolean rounds_sync_lines_next (RoundsSyncLines *self, const char **line, gsize *length, GError **error);
gboolean rounds_sync_lines_has_more (RoundsSyncLines *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsSyncLines, rounds_sync_lines_free)

G_END_DECLS
