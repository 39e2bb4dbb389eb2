/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-plan.h"
#include "rounds-import-result.h"
#include "rounds-progress.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

RoundsImportResult *rounds_importer_run (RoundsRecordStore *store, RoundsImportPlan *plan, gboolean dry_run,
                                         RoundsProgressFunc progress, gpointer progress_data, GCancellable *cancellable,
                                         GError **error);

G_END_DECLS
