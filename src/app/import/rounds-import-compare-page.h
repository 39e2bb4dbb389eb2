/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"
#include "rounds-import-outcome-list.h"

G_BEGIN_DECLS

/** RoundsImportComparePage: one row of the file beside the person whom it is thought to be about, and the choice what
 * to do with it. Main thread. */
#define ROUNDS_TYPE_IMPORT_COMPARE_PAGE (rounds_import_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportComparePage, rounds_import_compare_page, ROUNDS, IMPORT_COMPARE_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *rounds_import_compare_page_new (RoundsAppContext *context, RoundsImportOutcomeList *list,
                                                   RoundsImportOutcomeItem *item);

G_END_DECLS
