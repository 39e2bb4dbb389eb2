/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-import-row.h"
#include "rounds-record.h"

G_BEGIN_DECLS

/* The address that a row tells, and those that are known. Any thread. */

gboolean rounds_import_row_has_address (const RoundsImportRow *self);
gboolean rounds_import_row_is_address (const RoundsImportRow *self, RoundsRecord *address, RoundsRecord **completed);

G_END_DECLS
