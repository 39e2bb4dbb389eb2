/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "forms/rounds-record-form.h"

G_BEGIN_DECLS

/**
 * RoundsDuplicateHints:
 *
 * Tells below the fields of a contact's form who is known already by what is being written there, with a way to that
 * contact. Never in the way: what is written can be saved as it is. Signal "opened": the user went to another contact.
 * Main thread; the contacts are read once, on the reading thread.
 */
#define ROUNDS_TYPE_DUPLICATE_HINTS (rounds_duplicate_hints_get_type ())
G_DECLARE_FINAL_TYPE (RoundsDuplicateHints, rounds_duplicate_hints, ROUNDS, DUPLICATE_HINTS, GObject)

RoundsDuplicateHints *rounds_duplicate_hints_new (RoundsAppContext *context, const RoundsUuid *person);
void rounds_duplicate_hints_watch (RoundsDuplicateHints *self, RoundsRecordForm *form, RoundsEntity entity);

G_END_DECLS
