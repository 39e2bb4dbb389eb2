/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-zip-writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gi18n-lib.h>

#include "rounds-error.h"
#include "rounds-table-writer.h"

struct _RoundsZipWriter
{
  GOutputStream *stream;   /* (owned) */
  struct archive *archive; /* (owned) */
  GError *cause;           /* (owned) (nullable): why the stream took no more */
};

static la_ssize_t
write_cb (struct archive *archive, void *data, const void *block, size_t length)
{
  RoundsZipWriter *self = data;

  if (self->cause == NULL && g_output_stream_write_all (self->stream, block, length, NULL, NULL, &self->cause))
    return (la_ssize_t) length;
  archive_set_error (archive, ARCHIVE_FATAL, "the stream takes no more");
  return -1;
}

static gboolean
check (RoundsZipWriter *self, int result, GError **error)
{
  if (result == ARCHIVE_OK)
    return TRUE;
  if (self->cause != NULL)
    rounds_set_file_error (error, self->cause);
  else
    g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("The archive cannot be written. (%s)"),
                 archive_error_string (self->archive));
  return FALSE;
}

/**
 * rounds_zip_writer_new:
 * @stream: where the archive goes; not closed by the writer
 * @passphrase: (nullable): encrypts what is in it
 */
RoundsZipWriter *
rounds_zip_writer_new (GOutputStream *stream, const char *passphrase, GError **error)
{
  g_autoptr (RoundsZipWriter) self = g_new0 (RoundsZipWriter, 1);

  self->stream = g_object_ref (stream);
  self->archive = archive_write_new ();
  if (!check (self, archive_write_set_format_zip (self->archive), error)
      || !check (self, archive_write_set_bytes_in_last_block (self->archive, 1), error)
      || (passphrase != NULL
          && (!check (self, archive_write_set_options (self->archive, "zip:encryption=aes256"), error)
              || !check (self, archive_write_set_passphrase (self->archive, passphrase), error)))
      || !check (self, archive_write_open (self->archive, self, NULL, write_cb, NULL), error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * rounds_zip_writer_add:
 * @name: ASCII, with "/" between folders
 * @data: (array length=length): what is in the file
 */
gboolean
rounds_zip_writer_add (RoundsZipWriter *self, const char *name, const char *data, gsize length, GError **error)
{
  struct archive_entry *entry = archive_entry_new ();
  gboolean written;

  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, (la_int64_t) length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0600);
  archive_entry_set_mtime (entry, g_get_real_time () / G_USEC_PER_SEC, 0);
  written =
    check (self, archive_write_header (self->archive, entry), error)
    && check (
      self, archive_write_data (self->archive, data, length) == (la_ssize_t) length ? ARCHIVE_OK : ARCHIVE_FATAL, error)
    && check (self, archive_write_finish_entry (self->archive), error);
  archive_entry_free (entry);
  return written;
}

/** rounds_zip_writer_end: writes the list of files; without it the archive is none. */
gboolean
rounds_zip_writer_end (RoundsZipWriter *self, GError **error)
{
  return check (self, archive_write_close (self->archive), error);
}

void
rounds_zip_writer_free (RoundsZipWriter *self)
{
  /* What has not been ended is not to be ended now: freeing would write the list of files, which is refused. */
  if (self->cause == NULL)
    self->cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "");
  archive_write_free (self->archive);
  g_clear_error (&self->cause);
  g_clear_object (&self->stream);
  g_free (self);
}
