/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, a rep is booked twice without a warning, is warned of a clash that is none, or sees one event hide
 * another.
 */
#include "rounds-overlap.h"

static RoundsRecord *
make_appointment (gint64 start, gint64 end, const char *status)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_START_AT, start);
  rounds_record_set_integer (record, ROUNDS_APPOINTMENT_END_AT, end);
  rounds_record_set_text (record, ROUNDS_APPOINTMENT_STATUS, status);
  return record;
}

static void
test_clashes (void)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (RoundsRecord) appointment = make_appointment (100, 200, "scheduled");
  g_autoptr (RoundsRecord) stored = rounds_record_dup (appointment);
  g_autoptr (RoundsRecord) cancelled = make_appointment (100, 200, "cancelled");
  RoundsRecord *deleted = make_appointment (100, 200, "scheduled");

  g_ptr_array_add (others, make_appointment (0, 100, "scheduled"));   /* touches */
  g_ptr_array_add (others, make_appointment (50, 101, "confirmed"));  /* clashes */
  g_ptr_array_add (others, make_appointment (120, 130, "cancelled")); /* never */
  g_ptr_array_add (others, make_appointment (120, 130, "no_show"));   /* never */
  g_ptr_array_add (others, make_appointment (120, 130, "tentative")); /* clashes */
  g_ptr_array_add (others, make_appointment (200, 300, "scheduled")); /* touches */
  g_ptr_array_add (others, g_object_ref (stored));                    /* itself */
  rounds_record_set_integer (deleted, ROUNDS_FIELD_DELETED_AT, 1);
  g_ptr_array_add (others, deleted);

  found = rounds_overlap_find (appointment, others);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_true (g_ptr_array_index (found, 0) == g_ptr_array_index (others, 1));
  g_assert_true (g_ptr_array_index (found, 1) == g_ptr_array_index (others, 4));

  g_clear_pointer (&found, g_ptr_array_unref);
  found = rounds_overlap_find (cancelled, others);
  g_assert_cmpuint (found->len, ==, 0);
}

static void
assert_block (const RoundsOverlapBlock *block, guint column, guint span, guint n_columns)
{
  g_assert_cmpuint (block->column, ==, column);
  g_assert_cmpuint (block->span, ==, span);
  g_assert_cmpuint (block->n_columns, ==, n_columns);
}

static void
test_layout (void)
{
  RoundsOverlapBlock blocks[] = {
    { { 14, 15 }, 0, 0, 0 }, /* alone */
    { { 10, 12 }, 0, 0, 0 }, /* second of three */
    { { 9, 13 }, 0, 0, 0 },  /* first */
    { { 11, 12 }, 0, 0, 0 }, /* third */
    { { 12, 13 }, 0, 0, 0 }, /* takes the second column again and grows over the third */
    { { 13, 14 }, 0, 0, 0 }, /* touches the first: a neighbourhood of its own */
  };

  rounds_overlap_layout (blocks, G_N_ELEMENTS (blocks));
  assert_block (&blocks[0], 0, 1, 1);
  assert_block (&blocks[1], 1, 1, 3);
  assert_block (&blocks[2], 0, 1, 3);
  assert_block (&blocks[3], 2, 1, 3);
  assert_block (&blocks[4], 1, 2, 3);
  assert_block (&blocks[5], 0, 1, 1);

  rounds_overlap_layout (NULL, 0);
}

/* Whatever the events: no two that overlap may lie on each other. */
static void
test_layout_never_hides (void)
{
  for (guint round = 0; round < 200; round++)
    {
      RoundsOverlapBlock blocks[20];
      guint n = (guint) g_test_rand_int_range (1, G_N_ELEMENTS (blocks));

      for (guint i = 0; i < n; i++)
        {
          blocks[i].interval.start = g_test_rand_int_range (0, 40);
          blocks[i].interval.end = blocks[i].interval.start + g_test_rand_int_range (1, 10);
        }
      rounds_overlap_layout (blocks, n);
      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpuint (blocks[i].span, >=, 1);
          g_assert_cmpuint (blocks[i].column + blocks[i].span, <=, blocks[i].n_columns);
          for (guint j = 0; j < i; j++)
            if (rounds_interval_overlaps (&blocks[i].interval, &blocks[j].interval))
              {
                g_assert_cmpuint (blocks[i].n_columns, ==, blocks[j].n_columns);
                g_assert_true (blocks[i].column + blocks[i].span <= blocks[j].column
                               || blocks[j].column + blocks[j].span <= blocks[i].column);
              }
        }
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/schedule/overlap/clashes", test_clashes);
  g_test_add_func ("/schedule/overlap/layout", test_layout);
  g_test_add_func ("/schedule/overlap/layout-never-hides", test_layout_never_hides);

  return g_test_run ();
}
