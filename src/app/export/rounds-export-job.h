/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-export.h"
#include "rounds-store.h"

G_BEGIN_DECLS

/* Takes one step after the other behind whatever else waits for the reading thread, until the file is written.
 * The export is left alone meanwhile. The callback has the store as its source. */
void rounds_export_job_run_async (RoundsStore *store, RoundsExport *export, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data);
gboolean rounds_export_job_run_finish (RoundsStore *store, GAsyncResult *result, GError **error);

G_END_DECLS
