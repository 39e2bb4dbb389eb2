/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-key-reading-private.h"

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/* What a list view binds at once; its records come along, so that the main thread need not read them. */
#define ROWS_AHEAD 200

static GHashTable *
new_records (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}

/*
 * rounds_key_reading_new:
 * @query: whose rows are read: all of them, unless something else is said
 * @generation: for the caller
 * @cache: whose stale records are read again, and what is at hand
 */
RoundsKeyReading *
rounds_key_reading_new (RoundsQuery *query, guint generation, RoundsRecordCache *cache)
{
  RoundsKeyReading *self = g_new0 (RoundsKeyReading, 1);

  self->query = rounds_query_copy (query);
  self->generation = generation;
  self->stale = rounds_record_cache_take_stale (cache);
  self->fresh = new_records ();
  self->known = rounds_record_cache_copy_keys (cache);
  self->ahead = new_records ();
  return self;
}

void
rounds_key_reading_free (gpointer data)
{
  RoundsKeyReading *self = data;

  rounds_query_unref (self->query);
  g_clear_pointer (&self->rows, rounds_key_list_free);
  g_hash_table_unref (self->stale);
  g_hash_table_unref (self->fresh);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->ahead);
  g_free (self);
}

/* rounds_key_reading_take_quick: what the quicker one of two queries finds is enough. */
void
rounds_key_reading_take_quick (RoundsKeyReading *self)
{
  self->is_quick = TRUE;
  rounds_query_then (self->query, NULL);
}

/* rounds_key_reading_take_page: the first rows are enough. */
void
rounds_key_reading_take_page (RoundsKeyReading *self, guint n_rows)
{
  self->is_page = TRUE;
  rounds_query_limit (self->query, n_rows);
}

static gboolean
read_rows (RoundsKeyReading *self, RoundsRecordStore *store, GError **error)
{
  self->rows = rounds_key_list_read (store, self->query, error);
  if (self->rows != NULL && self->is_quick && self->rows->keys->len > 0)
    {
      RoundsKeySection first = { 0, ROUNDS_SECTION_FIRST };

      g_array_append_val (self->rows->sections, first);
    }
  return self->rows != NULL;
}

/* What is not there any more is no fault: it is not among the rows either. */
static gboolean
read_record (RoundsKeyReading *self, RoundsRecordStore *store, gint64 key, GHashTable *records, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  RoundsRecord *record = rounds_record_store_get_by_key (store, self->query->entity, key, &local_error);

  if (record != NULL)
    g_hash_table_insert (records, g_memdup2 (&key, sizeof key), record);
  else if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
read_stale (RoundsKeyReading *self, RoundsRecordStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!read_record (self, store, *(gint64 *) key, self->fresh, error))
      return FALSE;
  return TRUE;
}

static gboolean
read_ahead (RoundsKeyReading *self, RoundsRecordStore *store, GError **error)
{
  for (guint i = 0; i < MIN (self->rows->keys->len, ROWS_AHEAD); i++)
    {
      gint64 key = rounds_key_list_get (self->rows, i);

      if (!g_hash_table_contains (self->known, &key) && !read_record (self, store, key, self->ahead, error))
        return FALSE;
    }
  return TRUE;
}

/*
 * rounds_key_reading_run:
 * @data: the reading
 *
 * A #RoundsStoreFunc, for the reading thread.
 *
 * Returns: (transfer none) (nullable): the reading with its answer
 */
gpointer
rounds_key_reading_run (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return read_rows (data, store, error) && read_stale (data, store, error) && read_ahead (data, store, error) ? data
                                                                                                              : NULL;
}

/* rounds_key_reading_has_rest: whether it was about the first rows and there are probably more. */
gboolean
rounds_key_reading_has_rest (const RoundsKeyReading *self)
{
  return self->is_page && self->rows != NULL && self->rows->keys->len == self->query->limit;
}
