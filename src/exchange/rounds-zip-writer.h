/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RoundsZipWriter:
 *
 * Writes a zip archive of small files into a stream; with a passphrase each is encrypted by AES-256 (the WinZip AE-2
 * form, which 7-Zip, WinZip and file managers open). The names of the files are not encrypted. Blocks; one thread at a
 * time. Errors: as #RoundsTableWriter.
 */
typedef struct _RoundsZipWriter RoundsZipWriter;

RoundsZipWriter *rounds_zip_writer_new (GOutputStream *stream, const char *passphrase, GError **error);
gboolean rounds_zip_writer_add (RoundsZipWriter *self, const char *name, const char *data, gsize length,
                                GError **error);
gboolean rounds_zip_writer_end (RoundsZipWriter *self, GError **error);
void rounds_zip_writer_free (RoundsZipWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsZipWriter, rounds_zip_writer_free)

G_END_DECLS
