/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-overlap.h"

/**
 * rounds_appointment_get_interval:
 * @appointment: an appointment
 * @interval: (out): from its start to before its end
 */
void
rounds_appointment_get_interval (RoundsRecord *appointment, RoundsInterval *interval)
{
  interval->start = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_START_AT);
  interval->end = rounds_record_get_integer (appointment, ROUNDS_APPOINTMENT_END_AT);
}

/**
 * rounds_appointment_blocks_time:
 * @appointment: an appointment
 *
 * What is cancelled, deleted or was a no-show leaves its time free (S4-16).
 *
 * Returns: %TRUE if nothing else should be planned at its time
 */
gboolean
rounds_appointment_blocks_time (RoundsRecord *appointment)
{
  const char *status = rounds_record_get_text (appointment, ROUNDS_APPOINTMENT_STATUS);

  return !rounds_record_is_deleted (appointment) && g_strcmp0 (status, "cancelled") != 0
         && g_strcmp0 (status, "no_show") != 0;
}

/* Whether both take the same time. An appointment never clashes with itself, as it is stored, nor does what touches it
 * end to start. */
static gboolean
clash (RoundsRecord *appointment, RoundsRecord *other)
{
  RoundsInterval a, b;

  if (rounds_uuid_equal (rounds_record_get_id (appointment), rounds_record_get_id (other))
      || !rounds_appointment_blocks_time (appointment) || !rounds_appointment_blocks_time (other))
    return FALSE;

  rounds_appointment_get_interval (appointment, &a);
  rounds_appointment_get_interval (other, &b);
  return rounds_interval_overlaps (&a, &b);
}

/**
 * rounds_overlap_find:
 * @appointment: an appointment
 * @others: (element-type RoundsRecord): appointments of the same person around that time
 *
 * Returns: (transfer container) (element-type RoundsRecord): those of @others that clash with @appointment, in their
 * order
 */
GPtrArray *
rounds_overlap_find (RoundsRecord *appointment, GPtrArray *others)
{
  GPtrArray *clashes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < others->len; i++)
    if (clash (appointment, g_ptr_array_index (others, i)))
      g_ptr_array_add (clashes, g_object_ref (g_ptr_array_index (others, i)));
  return clashes;
}

static int
compare_blocks (gconstpointer a, gconstpointer b)
{
  const RoundsOverlapBlock *first = *(const RoundsOverlapBlock *const *) a;
  const RoundsOverlapBlock *second = *(const RoundsOverlapBlock *const *) b;

  if (first->interval.start != second->interval.start)
    return first->interval.start < second->interval.start ? -1 : 1;
  if (first->interval.end != second->interval.end)
    return first->interval.end > second->interval.end ? -1 : 1;
  return first < second ? -1 : 1;
}

/* How many columns to the right of a block nobody needs while it lasts. */
static guint
find_span (GPtrArray *cluster, RoundsOverlapBlock *block)
{
  guint span = block->n_columns - block->column;

  for (guint i = 0; i < cluster->len; i++)
    {
      RoundsOverlapBlock *other = g_ptr_array_index (cluster, i);

      if (other->column > block->column && rounds_interval_overlaps (&other->interval, &block->interval))
        span = MIN (span, other->column - block->column);
    }
  return span;
}

static void
finish_cluster (GPtrArray *cluster, guint n_columns)
{
  for (guint i = 0; i < cluster->len; i++)
    ((RoundsOverlapBlock *) g_ptr_array_index (cluster, i))->n_columns = n_columns;
  for (guint i = 0; i < cluster->len; i++)
    {
      RoundsOverlapBlock *block = g_ptr_array_index (cluster, i);

      block->span = find_span (cluster, block);
    }
  g_ptr_array_set_size (cluster, 0);
}

/**
 * rounds_overlap_layout:
 * @blocks: (array length=n_blocks): events of one day, in any order, each of some length
 * @n_blocks: how many
 *
 * Divides a day's width among events: those that overlap, directly or through others, share it in columns; each takes
 * the leftmost column that is free when it starts, and grows over free columns at its right. Earlier and longer
 * events come first, so that the result does not depend on the order given.
 */
void
rounds_overlap_layout (RoundsOverlapBlock *blocks, guint n_blocks)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_sized_new (n_blocks);
  g_autoptr (GPtrArray) cluster = g_ptr_array_new ();
  g_autoptr (GArray) column_ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 cluster_end = G_MININT64;

  for (guint i = 0; i < n_blocks; i++)
    g_ptr_array_add (sorted, &blocks[i]);
  g_ptr_array_sort (sorted, compare_blocks);

  for (guint i = 0; i < sorted->len; i++)
    {
      RoundsOverlapBlock *block = g_ptr_array_index (sorted, i);
      guint column = 0;

      if (block->interval.start >= cluster_end)
        {
          finish_cluster (cluster, column_ends->len);
          g_array_set_size (column_ends, 0);
        }
      while (column < column_ends->len && g_array_index (column_ends, gint64, column) > block->interval.start)
        column++;
      if (column == column_ends->len)
        g_array_append_val (column_ends, block->interval.end);
      else
        g_array_index (column_ends, gint64, column) = block->interval.end;
      block->column = column;
      cluster_end = MAX (cluster_end, block->interval.end);
      g_ptr_array_add (cluster, block);
    }
  finish_cluster (cluster, column_ends->len);
}
