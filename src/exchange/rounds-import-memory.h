/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-plan.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/* What a person has said about a kind of file, as JSON: {"role": "physician", "columns": {"NPI": "physician.npi", …},
 * "dates": {"Born": "dmy"}}. Kept in the store for the next file with the same columns, or in a file of one's own. */

gboolean rounds_import_mapping_apply_json (RoundsImportPlan *plan, const char *json, gboolean strict, GError **error);

gboolean rounds_import_plan_recall (RoundsImportPlan *plan, RoundsRecordStore *store, GError **error);
gboolean rounds_import_plan_remember (RoundsImportPlan *plan, RoundsRecordStore *store, GError **error);

G_END_DECLS
