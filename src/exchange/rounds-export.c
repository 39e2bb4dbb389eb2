/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-export.h"

#include "rounds-table-writer.h"

G_DEFINE_INTERFACE (RoundsExport, rounds_export, G_TYPE_OBJECT)

static void
rounds_export_default_init (RoundsExportInterface *iface)
{
}

/**
 * rounds_export_step:
 * @store: where the records are; the same at each step
 * @done: (out): whether that was the last one, and the file is there
 * @error: (out) (optional): %ROUNDS_ERROR_CANCELLED, as #RoundsTableWriter, or what the disk says; then there are no
 *   further steps
 *
 * Goes on for some hundredths of a second.
 */
gboolean
rounds_export_step (RoundsExport *self, RoundsRecordStore *store, gboolean *done, GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) cause = NULL;

  *done = FALSE;
  if (g_cancellable_set_error_if_cancelled (cancellable, &cause))
    {
      rounds_set_file_error (error, cause);
      return FALSE;
    }
  return ROUNDS_EXPORT_GET_IFACE (self)->step (self, store, done, cancellable, error);
}

/**
 * rounds_export_run:
 * @progress: (nullable) (scope call): told some times a second
 *
 * Takes all the steps: for programs in which nobody else waits for @store.
 */
gboolean
rounds_export_run (RoundsExport *self, RoundsRecordStore *store, RoundsProgressFunc progress, gpointer data,
                   GCancellable *cancellable, GError **error)
{
  gboolean done = FALSE;

  while (!done)
    {
      guint n, total;

      if (!rounds_export_step (self, store, &done, cancellable, error))
        return FALSE;
      ROUNDS_EXPORT_GET_IFACE (self)->get_progress (self, &n, &total);
      if (progress != NULL)
        progress (n, total, data);
    }
  return TRUE;
}

/** rounds_export_get_fraction: Returns: how much is done, 0 to 1. Any thread. */
double
rounds_export_get_fraction (RoundsExport *self)
{
  guint done, total;

  ROUNDS_EXPORT_GET_IFACE (self)->get_progress (self, &done, &total);
  return total > 0 ? MIN (1.0, (double) done / total) : 0;
}
