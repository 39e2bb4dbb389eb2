/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-key-reading-private.h"

#include "rounds-error.h"
#include "rounds-query-private.h"
#include "rounds-record-store-private.h"

/*
 * rounds_key_reading_new:
 * @query: whose rows are read: all of them, unless something else is said
 * @generation: for the caller
 * @stale: (transfer full): records to be read again
 */
RoundsKeyReading *
rounds_key_reading_new (RoundsQuery *query, guint generation, GHashTable *stale)
{
  RoundsKeyReading *self = g_new0 (RoundsKeyReading, 1);

  self->query = rounds_query_copy (query);
  self->generation = generation;
  self->stale = stale;
  self->fresh = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
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
read_stale (RoundsKeyReading *self, RoundsRecordStore *store, GError **error)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->stale);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      g_autoptr (GError) local_error = NULL;
      RoundsRecord *record = rounds_record_store_get_by_key (store, self->query->entity, *(gint64 *) key, &local_error);

      if (record != NULL)
        g_hash_table_insert (self->fresh, g_memdup2 (key, sizeof (gint64)), record);
      else if (!g_error_matches (local_error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
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
  return read_rows (data, store, error) && read_stale (data, store, error) ? data : NULL;
}

/* rounds_key_reading_has_rest: whether it was about the first rows and there are probably more. */
gboolean
rounds_key_reading_has_rest (const RoundsKeyReading *self)
{
  return self->is_page && self->rows != NULL && self->rows->keys->len == self->query->limit;
}
