/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-app-context.h"

G_BEGIN_DECLS

/**
 * RoundsImportHistoryPage:
 *
 * The imports of this device, newest first; each can be taken back, and brought back after that. Property "is-busy":
 * work is under way, which rounds_import_history_page_stop() stops. Main thread.
 */
#define ROUNDS_TYPE_IMPORT_HISTORY_PAGE (rounds_import_history_page_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportHistoryPage, rounds_import_history_page, ROUNDS, IMPORT_HISTORY_PAGE,
                      AdwNavigationPage)

AdwNavigationPage *rounds_import_history_page_new (RoundsAppContext *context);
void rounds_import_history_page_revert (RoundsImportHistoryPage *self, const RoundsUuid *batch);
void rounds_import_history_page_stop (RoundsImportHistoryPage *self);

G_END_DECLS
