/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of people who are merged, and not done as it was said: somebody is asked first, or another came first.
 * What is lost if this fails: a contact whom nobody wanted deleted, or a choice. */

#include "people-world.h"

/* How many deletions the person at @peer is asked about. */
static gint64
count_asked (Peer *peer)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);

  rounds_query_where_text (query, ROUNDS_CONFLICT_FIELD, ROUNDS_IS, "deleted_at");
  return rounds_record_store_count (peer->store, query, NULL);
}

/* Two contacts would go, and whoever deleted one had seen one. */
static void
deleted_without_knowing_of_the_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_delete (&world->b, pair.kept);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  peer_assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->b), ==, 1);
}

/* The telephone that a colleague has just corrected, of the one who was merged away, would go unseen. */
static void
deleted_without_knowing_of_an_edit (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 111");
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_delete (&world->a, pair.kept);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_deleted (&world->server, pair.kept, FALSE);
  g_assert_cmpint (count_asked (&world->a), ==, 1);
}

static void
deleted_knowingly (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  peer_delete (&world->b, pair.kept);
  world_assert_well (world);
  peer_assert_deleted (&world->a, pair.kept, TRUE);
}

/* The merged one goes to the kept one by way of a third one on one device, and at once on the other, which chooses the
 * merged one's telephone. Returns: (transfer full): the merge of the second; @other: (out): of the merged with the
 * third */
static RoundsRecord *
merge_second (Pair *pair, RoundsRecord **other)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) last = NULL;

  peer_set_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  *other = peer_merge (&world->b, third, pair->merged);
  last = peer_merge (&world->b, pair->kept, third);
  world_sync (world, &world->b, NULL);
  return peer_merge_choosing (&world->a, pair->kept, pair->merged, ROUNDS_PERSON_PHONE);
}

static void
second_choice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->b, other, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static void
second_choice_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_assert_deleted (&world->a, pair.merged, TRUE);
}

/* The telephone that was taken back had come to the whole by way of another one as well, who still has it. */
static void
second_choice_there_by_another_way (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) part = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Anne", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) last = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->b, part, pair.merged);
  other = peer_merge (&world->b, part, pair.kept);
  last = peer_merge (&world->b, whole, part);
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, whole, ROUNDS_PERSON_PHONE, "+233 1");
}

/* The telephone was chosen with a merge that came to nothing, in the place of one that was entered there before; and
 * then from there for a third one: nobody has changed it meanwhile. */
static void
second_choice_handed_on (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) reverse = NULL;
  g_autoptr (RoundsRecord) last = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  other = peer_merge (&world->a, pair.kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  reverse = peer_merge_choosing (&world->b, pair.merged, pair.kept, ROUNDS_PERSON_PHONE);
  last = peer_merge_choosing (&world->b, third, pair.merged, ROUNDS_PERSON_PHONE);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
}

/* What was chosen stood against what somebody else had written meanwhile: nobody is asked about what is taken back. */
static void
second_choice_disputed_and_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) other = NULL;

  pair_make (&pair, world);
  merge = merge_second (&pair, &other);
  peer_set_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  world_sync (world, &world->b, NULL);
  peer_unmerge (&world->a, merge, NULL);
  world_sync_all (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 0);
}

/* The kept contact has no telephone, and shall have none. */
static void
left_empty (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, NULL);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* The kept contact had its telephone from a third one by a merge that came second: the merged one's is not given up for
 * it, @n_before times taken out and merged once more. */
static void
prefer_what_comes_to_nothing (World *world, guint n_before)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Anne", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  first = peer_merge (&world->b, fourth, third);
  world_sync (world, &world->b, NULL);
  second = peer_merge (&world->a, pair.kept, third);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  for (guint i = 0; i < n_before; i++)
    {
      g_autoptr (RoundsRecord) before = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);

      peer_unmerge (&world->a, before, NULL);
    }
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->b, fourth, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

static void
preferred_what_came_to_nothing (World *world)
{
  prefer_what_comes_to_nothing (world, 0);
}

/* What a merge has given and its undoing has taken back nobody has taken away from the kept contact. */
static void
preferred_once_more (World *world)
{
  prefer_what_comes_to_nothing (world, 1);
}

/* Two were merged into one contact, and the second one's telephone was chosen in place of the first one's. Returns:
 * (transfer full): the second merge; @first: (out) (transfer full) */
static RoundsRecord *
merge_upon_another (Pair *pair, RoundsRecord **first)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  RoundsRecord *second;

  peer_set_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  *first = peer_merge_choosing (&world->a, pair->kept, pair->merged, ROUNDS_PERSON_PHONE);
  second = peer_merge_choosing (&world->a, pair->kept, third, ROUNDS_PERSON_PHONE);
  world_sync_all (world);
  peer_assert_text (&world->b, pair->kept, ROUNDS_PERSON_PHONE, "+233 3");
  return second;
}

/* Whoever takes both out again, the first one first, does not leave that one's telephone with the contact. */
static void
taken_out_from_beneath (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_upon_another (&pair, &first);
  peer_unmerge (&world->b, first, NULL);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->b, second, NULL);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static void
taken_out_by_two (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_upon_another (&pair, &first);
  peer_unmerge (&world->a, first, NULL);
  peer_unmerge (&world->b, second, NULL);
  world_sync (world, &world->b, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

/* Two were merged into a contact without a telephone: the first one had one, and has given it; somebody who had not
 * heard of it writes @number down for the second one. Returns: (transfer full): the merge of the second; @first: (out)
 * (transfer full): that of the first */
static RoundsRecord *
merge_and_write_down (Pair *pair, const char *number, RoundsRecord **first)
{
  World *world = pair->world;
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  RoundsRecord *second;

  peer_set_text (&world->a, pair->merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  *first = peer_merge (&world->a, pair->kept, pair->merged);
  second = peer_merge (&world->a, pair->kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, number);
  world_assert_well (world);
  peer_assert_text (&world->a, pair->kept, ROUNDS_PERSON_PHONE, "+233 1");
  return second;
}

/* The second one's telephone, @number, lies beneath the first one's: it comes when that goes, and does not stay when
 * the second one is taken out. */
static void
write_down_and_take_out (World *world, const char *number, gboolean first_goes)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  second = merge_and_write_down (&pair, number, &first);
  peer_unmerge (&world->a, first_goes ? first : second, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, first_goes ? number : "+233 1");
  peer_unmerge (&world->b, first_goes ? second : first, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* In whatever order; also where both have the same. */
static void
written_down_beneath (World *world)
{
  for (int first_goes = 0; first_goes < 2; first_goes++)
    {
      write_down_and_take_out (world, "+233 3", first_goes);
      write_down_and_take_out (world, "+233 1", first_goes);
    }
}

/* The same telephone, and then none after all: the first one's is still there, until that one is taken out. */
static void
written_down_and_struck_out (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Mensah");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->a, pair.kept, third);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->b, third, ROUNDS_PERSON_PHONE, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->a, first, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* Ben had heard of a number, and merged; Ana had merged the two before. Only the number reached the server, where the
 * office saw that it is wrong. What Ben's merge says comes then: it is the same number, of which nobody has to be asked
 * again. */
static void
said_again_after_it_was_replaced (World *world)
{
  g_auto (Pair) pair = { 0 };
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  second = peer_merge (&world->b, pair.kept, pair.merged);
  world->push_limit = 1;
  world->lose_request = 2;
  g_assert_false (world_try_sync (world, &world->b, NULL, NULL));
  world->push_limit = 0;
  peer_assert_text (&world->server, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->server, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

static const WorldStory stories[] = {
  { "/sync/people-declined/deleted-without-knowing-of-the-merge", deleted_without_knowing_of_the_merge },
  { "/sync/people-declined/deleted-without-knowing-of-an-edit", deleted_without_knowing_of_an_edit },
  { "/sync/people-declined/deleted-knowingly", deleted_knowingly },
  { "/sync/people-declined/second-choice", second_choice },
  { "/sync/people-declined/second-choice-taken-back", second_choice_taken_back },
  { "/sync/people-declined/second-choice-there-by-another-way", second_choice_there_by_another_way },
  { "/sync/people-declined/second-choice-handed-on", second_choice_handed_on },
  { "/sync/people-declined/second-choice-disputed-and-taken-back", second_choice_disputed_and_taken_back },
  { "/sync/people-declined/left-empty", left_empty },
  { "/sync/people-declined/preferred-what-came-to-nothing", preferred_what_came_to_nothing },
  { "/sync/people-declined/preferred-once-more", preferred_once_more },
  { "/sync/people-declined/taken-out-from-beneath", taken_out_from_beneath },
  { "/sync/people-declined/taken-out-by-two", taken_out_by_two },
  { "/sync/people-declined/said-again-after-it-was-replaced", said_again_after_it_was_replaced },
  { "/sync/people-declined/written-down-beneath", written_down_beneath },
  { "/sync/people-declined/written-down-and-struck-out", written_down_and_struck_out },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
