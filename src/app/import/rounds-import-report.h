/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rounds-import-result.h"

G_BEGIN_DECLS

/** RoundsImportReport: the verdicts of an import or its rehearsal: four counts, and the rejected rows. Main thread. */
#define ROUNDS_TYPE_IMPORT_REPORT (rounds_import_report_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportReport, rounds_import_report, ROUNDS, IMPORT_REPORT, AdwBin)

void rounds_import_report_show (RoundsImportReport *self, const RoundsImportResult *result);

G_END_DECLS
