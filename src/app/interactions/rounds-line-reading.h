/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "interactions/rounds-interaction-parts.h"
#include "rounds-visit-line.h"

G_BEGIN_DECLS

/**
 * RoundsLineReading:
 *
 * What a line says in this store: whom its names mean, and what would be saved. Main thread.
 */
typedef struct _RoundsLineReading RoundsLineReading;

RoundsLineReading *rounds_line_reading_new (RoundsRecordStore *store, const RoundsPhrases *phrases, const char *text,
                                            GHashTable *choices, const RoundsUuid *staff, GError **error);
void rounds_line_reading_free (RoundsLineReading *self);

RoundsRecord *rounds_line_reading_get_interaction (RoundsLineReading *self);
RoundsInteractionParts *rounds_line_reading_get_parts (RoundsLineReading *self);
const char *rounds_line_reading_get_asked_name (RoundsLineReading *self);
GPtrArray *rounds_line_reading_get_candidates (RoundsLineReading *self);
gboolean rounds_line_reading_is_in_doubt (RoundsLineReading *self);
gboolean rounds_line_reading_is_blank (RoundsLineReading *self);
char *rounds_line_reading_list_names (RoundsLineReading *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsLineReading, rounds_line_reading_free)

G_END_DECLS
