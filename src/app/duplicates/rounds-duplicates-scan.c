/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-duplicates-scan.h"

/* How many proposals the last scan left, in the store's state: so that a start need not look for them. */
#define STATE_COUNT "duplicates_found"

struct _RoundsDuplicatesScan
{
  int permille; /* atomic: written by the reading thread, read by the main thread */
};

/** rounds_duplicates_scan_new: Returns: (transfer full): a scan that has not begun. */
RoundsDuplicatesScan *
rounds_duplicates_scan_new (void)
{
  return g_atomic_rc_box_new0 (RoundsDuplicatesScan);
}

/** rounds_duplicates_scan_ref: Returns: (transfer full): @self. Any thread. */
RoundsDuplicatesScan *
rounds_duplicates_scan_ref (RoundsDuplicatesScan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/** rounds_duplicates_scan_unref: lets go of @self. Any thread. */
void
rounds_duplicates_scan_unref (RoundsDuplicatesScan *self)
{
  g_atomic_rc_box_release (self);
}

/** rounds_duplicates_scan_get_fraction: Returns: how much is done, 0 to 1. Any thread. */
double
rounds_duplicates_scan_get_fraction (RoundsDuplicatesScan *self)
{
  return g_atomic_int_get (&self->permille) / 1000.0;
}

static void
progress_cb (guint64 done, guint64 total, gpointer data)
{
  RoundsDuplicatesScan *self = data;

  if (total > 0)
    g_atomic_int_set (&self->permille, (int) (MIN (done, total) * 1000 / total));
}

static gpointer
run (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_match_list_proposals (store, ROUNDS_MATCH_POSSIBLE, progress_cb, data, cancellable, error);
}

/**
 * rounds_duplicates_scan_run_async:
 * @priority: as in GLib
 * @callback: on the main thread; its source is @store
 */
void
rounds_duplicates_scan_run_async (RoundsDuplicatesScan *self, RoundsStore *store, int priority,
                                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  rounds_store_read_async (store, run, rounds_duplicates_scan_ref (self), (GDestroyNotify) rounds_duplicates_scan_unref,
                           (GDestroyNotify) g_array_unref, priority, cancellable, callback, data);
}

/**
 * rounds_duplicates_scan_run_finish:
 *
 * Returns: (transfer full) (element-type RoundsMatchPair) (nullable): the proposals, the strongest first; errors as
 *   rounds_match_list_proposals()
 */
GArray *
rounds_duplicates_scan_run_finish (RoundsStore *store, GAsyncResult *result, GError **error)
{
  return rounds_store_run_finish (store, result, error);
}

/** rounds_duplicates_get_count: Returns: how many proposals there were when somebody looked last. */
guint
rounds_duplicates_get_count (RoundsStore *store)
{
  g_autofree char *text = NULL;

  rounds_record_store_get_state (rounds_store_get_reader (store), STATE_COUNT, &text, NULL);
  return text != NULL ? (guint) g_ascii_strtoull (text, NULL, 10) : 0;
}

static gpointer
write_count (RoundsRecordStore *store, gpointer data, GCancellable *cancellable, GError **error)
{
  return rounds_record_store_set_state (store, STATE_COUNT, data, error) ? data : NULL;
}

/** rounds_duplicates_set_count: keeps for the next start how many proposals there are. */
void
rounds_duplicates_set_count (RoundsStore *store, guint count)
{
  rounds_store_run_async (store, write_count, g_strdup_printf ("%u", count), g_free, NULL, G_PRIORITY_LOW, NULL, NULL,
                          NULL);
}
