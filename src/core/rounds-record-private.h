/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/* Who checks a record before it is saved (a form, an import) and the store, which checks all of them, do it once. */
gboolean rounds_record_is_known_valid (RoundsRecord *self);
void rounds_record_note_valid (RoundsRecord *self);

G_END_DECLS
