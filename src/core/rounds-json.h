/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <yyjson.h>

#include "rounds-record.h"

G_BEGIN_DECLS

yyjson_mut_val *rounds_value_to_json (const RoundsValue *value, const RoundsFieldInfo *field, yyjson_mut_doc *doc);
gboolean rounds_value_from_json (RoundsValue *value, const RoundsFieldInfo *field, yyjson_val *json, GError **error);
yyjson_mut_val *rounds_record_to_json (RoundsRecord *self, yyjson_mut_doc *doc);
gboolean rounds_record_set_from_json (RoundsRecord *self, yyjson_val *json, gboolean trusted, GError **error);

char *rounds_json_write (yyjson_mut_doc *doc, gboolean pretty);
gboolean rounds_json_read (const char *text, gssize length, yyjson_doc **doc, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_doc, yyjson_doc_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (yyjson_mut_doc, yyjson_mut_doc_free)

G_END_DECLS
