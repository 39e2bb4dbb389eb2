/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

void sim_account_run (SimWorld *world);

G_END_DECLS
