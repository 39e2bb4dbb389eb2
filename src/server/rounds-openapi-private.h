/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-json.h"

G_BEGIN_DECLS

void rounds_openapi_add_schemas (yyjson_mut_doc *doc, yyjson_mut_val *schemas);

G_END_DECLS
