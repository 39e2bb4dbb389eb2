/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "rounds-import-result.h"

G_BEGIN_DECLS

/** RoundsImportRejectItem: a rejected row as a list shows it; properties "place" ("Row 6, E-mail") and "reason". */
#define ROUNDS_TYPE_IMPORT_REJECT_ITEM (rounds_import_reject_item_get_type ())
G_DECLARE_FINAL_TYPE (RoundsImportRejectItem, rounds_import_reject_item, ROUNDS, IMPORT_REJECT_ITEM, GObject)

GListModel *rounds_import_reject_list_new (const RoundsImportResult *result);

G_END_DECLS
