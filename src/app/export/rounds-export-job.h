/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-store.h"

G_BEGIN_DECLS

/* Goes on with writing a file for some hundredths of a second, on the reading thread. */
typedef gboolean (*RoundsExportStep) (gpointer exporter, RoundsRecordStore *store, gboolean *done,
                                      GCancellable *cancellable, GError **error);

/* Takes one step after the other behind whatever else waits for the reading thread, until the file is written.
 * exporter: a GObject that is left alone meanwhile. The callback has the store as its source. */
void rounds_export_job_run_async (RoundsStore *store, GObject *exporter, RoundsExportStep step,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean rounds_export_job_run_finish (RoundsStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
