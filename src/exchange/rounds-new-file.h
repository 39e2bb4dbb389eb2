/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoundsNewFile:
 *
 * A file that is there whole or not at all: it is written under another name beside its place, readable by its owner
 * alone, and takes its place (and that of what was there) when it is done. Freed before that it leaves nothing.
 * Blocks; one thread at a time. Errors: as #RoundsTableWriter.
 */
typedef struct _RoundsNewFile RoundsNewFile;

RoundsNewFile *rounds_new_file_create (GFile *place, GCancellable *cancellable, GError **error);
GOutputStream *rounds_new_file_get_stream (RoundsNewFile *self);
gboolean rounds_new_file_commit (RoundsNewFile *self, GCancellable *cancellable, GError **error);
void rounds_new_file_free (RoundsNewFile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsNewFile, rounds_new_file_free)

G_END_DECLS
