/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/**
 * RoundsExport:
 *
 * A file that is being written from a store, in steps of some hundredths of a second each, so that other readers of the
 * same connection come in between and no snapshot keeps the database's log from being cleared. The file takes its place
 * at the last step; before that it is as if there had been nothing. Used by one thread at a time.
 */
#define ROUNDS_TYPE_EXPORT (rounds_export_get_type ())
G_DECLARE_INTERFACE (RoundsExport, rounds_export, ROUNDS, EXPORT, GObject)

struct _RoundsExportInterface
{
  GTypeInterface parent;

  gboolean (*step) (RoundsExport *self, RoundsRecordStore *store, gboolean *done, GCancellable *cancellable,
                    GError **error);
  void (*get_progress) (RoundsExport *self, guint *done, guint *total);
};

gboolean rounds_export_step (RoundsExport *self, RoundsRecordStore *store, gboolean *done, GCancellable *cancellable,
                             GError **error);
gboolean rounds_export_run (RoundsExport *self, RoundsRecordStore *store, RoundsProgressFunc progress, gpointer data,
                            GCancellable *cancellable, GError **error);
double rounds_export_get_fraction (RoundsExport *self);

G_END_DECLS
