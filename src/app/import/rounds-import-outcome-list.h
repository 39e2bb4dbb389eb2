/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-import-result.h"

G_BEGIN_DECLS

/** RoundsImportOutcomeItem: a row of the file as a list shows it. Made when it is looked at. */
#define ROUNDS_TYPE_IMPORT_OUTCOME_ITEM (rounds_import_outcome_item_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportOutcomeItem, rounds_import_outcome_item, ROUNDS, IMPORT_OUTCOME_ITEM, GObject)

const RoundsImportOutcome *rounds_import_outcome_item_get_outcome (RoundsImportOutcomeItem *self);

/**
 * RoundsImportOutcomeList:
 *
 * The rows of a rehearsal or an import, all of them or those of one verdict; a list of RoundsImportOutcomeItem. Also
 * counts the verdicts as they would be after what the person has decided. Signal "decided" after each decision. Main
 * thread.
 */
#define ROUNDS_TYPE_IMPORT_OUTCOME_LIST (rounds_import_outcome_list_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportOutcomeList, rounds_import_outcome_list, ROUNDS, IMPORT_OUTCOME_LIST, GObject)

#define ROUNDS_IMPORT_ALL_VERDICTS (-1)

RoundsImportOutcomeList *rounds_import_outcome_list_new (RoundsImportResult *result, RoundsImportPlan *plan);
RoundsImportResult *rounds_import_outcome_list_get_result (RoundsImportOutcomeList *self);
RoundsImportPlan *rounds_import_outcome_list_get_plan (RoundsImportOutcomeList *self);
void rounds_import_outcome_list_set_verdict (RoundsImportOutcomeList *self, int verdict);
guint64 rounds_import_outcome_list_count (RoundsImportOutcomeList *self, RoundsImportVerdict verdict);
gboolean rounds_import_outcome_list_can_decide (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome);
RoundsImportDecision rounds_import_outcome_list_get_decision (RoundsImportOutcomeList *self,
                                                              const RoundsImportOutcome *outcome);
void rounds_import_outcome_list_decide (RoundsImportOutcomeList *self, const RoundsImportOutcome *outcome,
                                        RoundsImportDecision decision);
RoundsImportVerdict rounds_import_outcome_list_get_verdict (RoundsImportOutcomeList *self,
                                                            const RoundsImportOutcome *outcome);

G_END_DECLS
