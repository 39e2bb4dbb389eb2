/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-person-merge.h"

G_BEGIN_DECLS

int rounds_merge_forward_find_person_field (RoundsEntity entity);

G_END_DECLS
