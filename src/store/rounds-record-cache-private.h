/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsRecordCache:
 *
 * Records by row key, the last used ones, and all that somebody else holds: a record that a row still shows must stay,
 * or it could not be told that it changed. One thread.
 */
typedef struct _RoundsRecordCache RoundsRecordCache;

typedef void (*RoundsRecordCacheFunc) (gint64 key, RoundsRecord *record, gpointer data);

RoundsRecordCache *rounds_record_cache_new (guint size);
void rounds_record_cache_free (RoundsRecordCache *self);
void rounds_record_cache_clear (RoundsRecordCache *self);
gboolean rounds_record_cache_contains (RoundsRecordCache *self, gint64 key);
RoundsRecord *rounds_record_cache_look_up (RoundsRecordCache *self, gint64 key); /* (transfer none) (nullable) */
/* In place of the one that key had. */
void rounds_record_cache_put (RoundsRecordCache *self, gint64 key, RoundsRecord *record);
void rounds_record_cache_foreach (RoundsRecordCache *self, RoundsRecordCacheFunc func, gpointer data);

G_END_DECLS
