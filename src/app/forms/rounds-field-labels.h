/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-schema.h"

G_BEGIN_DECLS

const char *rounds_field_get_value_label (const RoundsFieldInfo *field, const char *value);

G_END_DECLS
