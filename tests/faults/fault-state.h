/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record-store.h"

/* All that is in a store as one text, for comparing, and whether its parts agree. */

char *fault_state_dump (RoundsRecordStore *store);
void fault_state_assert_sound (RoundsRecordStore *store);
