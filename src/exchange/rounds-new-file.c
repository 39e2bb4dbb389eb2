/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-new-file.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#include "rounds-error.h"
#include "rounds-table-writer.h"
#include "rounds-uuid.h"

struct _RoundsNewFile
{
  GFile *place;            /* (owned) */
  GFile *temporary;        /* (owned) (nullable): NULL once it has taken its place */
  GFileOutputStream *file; /* (owned) (nullable) */
};

/**
 * rounds_new_file_create:
 * @place: where the file is to be in the end
 *
 * Not by g_file_replace(), which writes straight into the place where nothing is there yet.
 *
 * Returns: (transfer full) (nullable): the file, open for writing
 */
RoundsNewFile *
rounds_new_file_create (GFile *place, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsNewFile) self = g_new0 (RoundsNewFile, 1);
  g_autoptr (GFile) folder = g_file_get_parent (place);
  g_autoptr (GError) cause = NULL;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GFile) temporary = NULL;
  RoundsUuid unique = rounds_uuid_new ();

  self->place = g_object_ref (place);
  if (folder == NULL || g_file_query_file_type (place, G_FILE_QUERY_INFO_NONE, cancellable) == G_FILE_TYPE_DIRECTORY)
    {
      g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FAILED, _ ("A file is needed, not a folder."));
      return NULL;
    }

  id = rounds_uuid_to_string (&unique);
  name = g_strdup_printf (".%s.part", id);
  temporary = g_file_get_child (folder, name);
  self->file = g_file_create (temporary, G_FILE_CREATE_PRIVATE, cancellable, &cause);
  if (self->file == NULL)
    {
      rounds_set_file_error (error, cause);
      return NULL;
    }
  self->temporary = g_steal_pointer (&temporary);
  return g_steal_pointer (&self);
}

/** rounds_new_file_get_stream: Returns: (transfer none): what is written here is in the file; not to be closed. */
GOutputStream *
rounds_new_file_get_stream (RoundsNewFile *self)
{
  return G_OUTPUT_STREAM (self->file);
}

static gboolean
bring_to_disk (RoundsNewFile *self, GError **error)
{
  if (!G_IS_FILE_DESCRIPTOR_BASED (self->file)
      || fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (self->file))) == 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (errno), g_strerror (errno));
  return FALSE;
}

/** rounds_new_file_commit: the file takes its place; after this it can only be freed. */
gboolean
rounds_new_file_commit (RoundsNewFile *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (bring_to_disk (self, &cause) && g_output_stream_close (G_OUTPUT_STREAM (self->file), cancellable, &cause)
      && g_file_move (self->temporary, self->place, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, &cause))
    {
      g_clear_object (&self->temporary);
      return TRUE;
    }
  rounds_set_file_error (error, cause);
  return FALSE;
}

/** rounds_new_file_free: deletes what has not taken its place. */
void
rounds_new_file_free (RoundsNewFile *self)
{
  g_autoptr (GError) error = NULL;

  if (self->file != NULL)
    g_output_stream_close (G_OUTPUT_STREAM (self->file), NULL, NULL);
  if (self->temporary != NULL && !g_file_delete (self->temporary, NULL, &error))
    g_warning ("An unfinished file could not be deleted: %s", error->message);
  g_clear_object (&self->file);
  g_clear_object (&self->temporary);
  g_clear_object (&self->place);
  g_free (self);
}
