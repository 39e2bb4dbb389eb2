/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-result.h"

G_BEGIN_DECLS

gboolean rounds_import_rejects_write (RoundsImportPlan *plan, const RoundsImportResult *result, GFile *file,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
