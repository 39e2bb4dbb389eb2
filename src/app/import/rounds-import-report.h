/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "rounds-import-outcome-list.h"

G_BEGIN_DECLS

/**
 * RoundsImportReport:
 *
 * The verdicts of an import or its rehearsal: four counts, each a filter of the list of rows below. Rows about known
 * people can be compared with them and, in a rehearsal, decided about. Signals: "changed" after a decision, "compare"
 * (RoundsImportOutcomeItem *) when a row is to be shown beside whom it is about. Main thread.
 */
#define ROUNDS_TYPE_IMPORT_REPORT (rounds_import_report_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportReport, rounds_import_report, ROUNDS, IMPORT_REPORT, AdwBin)

void rounds_import_report_show (RoundsImportReport *self, RoundsAppContext *context, RoundsImportResult *result,
                                RoundsImportPlan *plan);
RoundsImportOutcomeList *rounds_import_report_get_list (RoundsImportReport *self);

G_END_DECLS
