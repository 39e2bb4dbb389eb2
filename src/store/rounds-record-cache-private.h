/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-record.h"

G_BEGIN_DECLS

/**
 * RoundsRecordCache:
 *
 * Records by row key, the last used ones, and all that somebody else holds: a record that a row still shows must stay,
 * or it could not be told that it changed. It knows which of them are stale. One thread.
 */
typedef struct _RoundsRecordCache RoundsRecordCache;

RoundsRecordCache *rounds_record_cache_new (guint size);
void rounds_record_cache_free (RoundsRecordCache *self);
void rounds_record_cache_clear (RoundsRecordCache *self);
RoundsRecord *rounds_record_cache_look_up (RoundsRecordCache *self, gint64 key); /* (transfer none) (nullable) */
/* In place of the one that key had. */
void rounds_record_cache_put (RoundsRecordCache *self, gint64 key, RoundsRecord *record);
GHashTable *rounds_record_cache_copy_keys (RoundsRecordCache *self);
void rounds_record_cache_add_all (RoundsRecordCache *self, GHashTable *records);

/* What is stale: gint64* -> whether the record is to be replaced even if it is equal, as GINT_TO_POINTER. */
void rounds_record_cache_mark_stale (RoundsRecordCache *self, GPtrArray *ids, gboolean always);
gboolean rounds_record_cache_is_stale (RoundsRecordCache *self);
GHashTable *rounds_record_cache_take_stale (RoundsRecordCache *self);
void rounds_record_cache_put_stale (RoundsRecordCache *self, GHashTable *stale);
GArray *rounds_record_cache_renew (RoundsRecordCache *self, GHashTable *stale, GHashTable *fresh);

G_END_DECLS
