/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-key-list-private.h"
#include "rounds-query.h"
#include "rounds-record-cache-private.h"
#include "rounds-record-store.h"

G_BEGIN_DECLS

/*
 * RoundsKeyReading:
 *
 * One reading of a list's rows on the reading thread: what is asked, then what came.
 */
typedef struct
{
  guint generation;    /* of the list's query */
  RoundsQuery *query;  /* (owned) */
  gboolean is_page;    /* only the first rows of a search */
  gboolean is_quick;   /* what is found by the slower query comes with the next reading */
  RoundsKeyList *rows; /* (owned) (nullable) answer */
  GHashTable *stale;   /* (owned) records to be read again, as of a RoundsRecordCache */
  GHashTable *fresh;   /* (owned) answer: gint64* -> RoundsRecord */
  GHashTable *known;   /* (owned) gint64*: records that are there already */
  GHashTable *ahead;   /* (owned) answer: gint64* -> RoundsRecord: the first rows' others */
} RoundsKeyReading;

RoundsKeyReading *rounds_key_reading_new (RoundsQuery *query, guint generation, RoundsRecordCache *cache);
void rounds_key_reading_free (gpointer self);
void rounds_key_reading_take_quick (RoundsKeyReading *self);
void rounds_key_reading_take_page (RoundsKeyReading *self, guint n_rows);
gpointer rounds_key_reading_run (RoundsRecordStore *store, gpointer self, GCancellable *cancellable, GError **error);
gboolean rounds_key_reading_has_rest (const RoundsKeyReading *self);

G_END_DECLS
