/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: a value that somebody entered or chose for one of two who were merged, when a merge is
 * undone; or a contact keeps what is another one's. */

#include "people-world.h"

/* What was handed on goes from the third one as well when the second loses it, who has their own again; and that, when
 * their merge is undone as well. A device that is alone with it is asked nothing. @is_changed: whether the third one's
 * is changed in between */
static void
undo_in_order (World *world, gboolean is_changed)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Ama", "Osei-Bonsu");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "A.", "Bonsu");
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;
  g_autoptr (RoundsRecord) third_merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 901821");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "030 901822");
  world_sync_all (world);
  first_merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  second_merge = peer_merge_choosing (&world->a, third, pair.kept, ROUNDS_PERSON_PHONE);
  third_merge = peer_merge (&world->a, third, fourth);
  peer_unmerge (&world->a, first_merge, NULL);
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, "030 901821");
  peer_unmerge (&world->a, third_merge, NULL);
  if (is_changed)
    peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "030 901823");
  peer_unmerge (&world->a, second_merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "030 901821");
  peer_assert_text (&world->b, third, ROUNDS_PERSON_PHONE, is_changed ? "030 901823" : "030 901822");
}

static void
undone_in_the_order_made (World *world)
{
  undo_in_order (world, FALSE);
}

static void
changed_between_two_undone (World *world)
{
  undo_in_order (world, TRUE);
}

/* A telephone that the device which merged the two did not know: the kept contact has it as long as they are one. */
static void
led_along_and_taken_apart (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  world_sync_all (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, NULL);
  peer_assert_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
}

/* Ben makes one contact of another two, one after the other, and takes the first one out again. A number that Ana had
 * entered for that one, of which Ben did not know, is theirs alone then, though the second merge hangs on the first. */
static void
led_on_unseen_and_taken_out (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) particulars = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_NPI, NULL);
  g_autoptr (RoundsRecord) more = NULL;
  g_autoptr (RoundsRecord) inner = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  more = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync (world, &world->a, NULL);
  inner = peer_merge (&world->b, pair.kept, pair.merged);
  outer = peer_merge (&world->b, third, pair.kept);
  peer_unmerge (&world->b, inner, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, NULL);
}

/* Ana corrects what she has entered of one whom Ben has made a part of another, before she makes that one a part of a
 * third: all that she has entered goes along. */
static void
entered_twice_and_led_on (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  first = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync (world, &world->b, NULL);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  second = peer_merge (&world->a, third, pair.kept);
  world_assert_well (world);
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 2");
}

/* Ben chose a number with a merge that came second, as Ana had merged the same two, and gave it on with another one.
 * The office had replaced it at whom he had it from: that is the number which all of them have. */
static void
replaced_and_given_on (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->server, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync (world, &world->b, NULL);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->b, pair.kept, pair.merged);
  peer_set_text (&world->server, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  outer = peer_merge (&world->b, third, pair.kept);
  world_sync (world, &world->a, NULL);
  world_sync_all (world);
  world_sync_all (world);
  world_assert_equal (world);
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 2");
}

/* What was chosen for a contact, and then for whom that became a part of, is still there when a merge is undone on
 * which both stand, as it had brought the particulars into which theirs went. */
static void
chosen_twice_upon_what_is_undone (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) inner = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  for (int i = 0; i < 3; i++)
    {
      RoundsRecord *owners[] = { pair.merged, third, fourth };
      g_autoptr (RoundsRecord) physician = peer_add_physician (&world->a, owners[i], ROUNDS_PHYSICIAN_NPI, NULL);

      g_assert_nonnull (physician);
    }
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  peer_set_text (&world->a, fourth, ROUNDS_PERSON_PHONE, "+233 4");
  world_sync_all (world);
  undone = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync (world, &world->b, NULL);
  inner = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PERSON_PHONE);
  outer = peer_merge_choosing (&world->a, fourth, pair.kept, ROUNDS_PERSON_PHONE);
  world_sync (world, &world->a, NULL);
  peer_unmerge (&world->b, undone, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, fourth, ROUNDS_PERSON_PHONE, "+233 3");
}

/* Two of the contacts that were merged into one had the same number. Where one of them loses it again, as it had been
 * of yet another one, the other one's is still there. */
static void
alike_by_another_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) lent = NULL;
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) alike = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, fourth, ROUNDS_PERSON_PHONE, "+233 1");
  lent = peer_merge (&world->a, third, fourth);
  world_sync_all (world);
  own = peer_merge (&world->a, pair.kept, pair.merged);
  alike = peer_merge (&world->a, pair.kept, third);
  world_sync (world, &world->a, NULL);
  peer_unmerge (&world->b, lent, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->a, alike, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, NULL);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->b, own, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, NULL);
}

/* What a contact has only from a physician who is taken out of one of whom they are made goes with that one. */
static void
taken_from_who_is_taken_out (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsRecord) made_one = NULL;
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;

  pair_make (&pair, world);
  theirs = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_set_text (&world->b, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  made_one = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_NPI, NULL);
  world_sync_all (world);
  first_merge = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync (world, &world->b, NULL);
  second_merge = peer_merge (&world->a, third, pair.kept);
  peer_unmerge (&world->b, first_merge, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->server, made_one, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  world_assert_well (world);
  peer_assert_text (&world->b, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_assert_refers (&world->b, theirs, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->b, made_one, ROUNDS_PHYSICIAN_SEES_REPS, NULL);
}

/* A colleague takes back a telephone that they had chosen, and somebody who has not heard of that chooses the same over
 * it as was there before, and takes that back too. */
static void
chosen_over_what_was_taken_back (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 901820");
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "030 901821");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "030 901820");
  world_sync_all (world);
  first_merge = peer_merge_choosing (&world->b, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world_sync_all (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 901821");
  peer_unmerge (&world->b, first_merge, NULL);
  world_sync (world, &world->b, NULL);
  second_merge = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PERSON_PHONE);
  peer_unmerge (&world->a, second_merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "030 901820");
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "030 901820");
}

/* When a physician sees reps was chosen for particulars that are the kept one's again, once those go that a colleague
 * had written of the first one. */
static void
chosen_for_what_comes_again (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) second = peer_add_person (&world->a, "Anna", "Osei");
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anne", "Osei");
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsRecord) seconds = NULL;
  g_autoptr (RoundsRecord) thirds = NULL;
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;
  g_autoptr (RoundsRecord) third_merge = NULL;

  pair_make (&pair, world);
  seconds = peer_add_physician (&world->a, second, ROUNDS_PHYSICIAN_NPI, NULL);
  thirds = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_set_text (&world->a, thirds, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  world_sync_all (world);
  theirs = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_set_text (&world->a, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  world_sync (world, &world->a, NULL);
  first_merge = peer_merge (&world->b, pair.kept, pair.merged);
  second_merge = peer_merge (&world->b, pair.kept, second);
  third_merge = peer_merge (&world->b, pair.kept, third);
  peer_unmerge (&world->b, first_merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, seconds, ROUNDS_PHYSICIAN_PERSON, pair.kept);
  peer_assert_text (&world->a, seconds, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_assert_text (&world->a, theirs, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
}

/* Ana chose of two physicians' particulars on which days they see reps. Ben, who knew the one alone, has taken that one
 * out, and merged the two the other way round: they are one again, and what Ana chose is there. */
static void
chosen_before_they_were_one_again (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) mondays = NULL;
  g_autoptr (RoundsRecord) tuesdays = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) again = NULL;
  g_autoptr (RoundsRecord) chosen = NULL;

  pair_make (&pair, world);
  mondays = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  undone = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync_all (world);
  tuesdays = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  chosen = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PHYSICIAN_SEES_REPS);
  world_sync (world, &world->a, NULL);
  peer_unmerge (&world->b, undone, NULL);
  again = peer_merge (&world->b, pair.merged, pair.kept);
  world_assert_well (world);
  peer_assert_text (&world->b, mondays, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_unmerge (&world->a, again, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, mondays, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_text (&world->b, tuesdays, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
}

/* When the kept contact sees reps was preferred, by somebody who did not know that this is a third one's again. When
 * the merged one does is not given up for it. */
static void
preferred_what_was_taken_out (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) thirds = NULL;
  g_autoptr (RoundsRecord) fourths = NULL;
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) beneath = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  thirds = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  fourths = peer_add_physician (&world->a, fourth, ROUNDS_PHYSICIAN_SEES_REPS, NULL);
  theirs = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  undone = peer_merge (&world->a, pair.kept, third);
  world_sync_all (world);
  peer_unmerge (&world->b, undone, NULL);
  world_sync (world, &world->b, NULL);
  beneath = peer_merge (&world->a, pair.kept, fourth);
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  world_assert_well (world);
  peer_assert_text (&world->a, thirds, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_refers (&world->a, fourths, ROUNDS_PHYSICIAN_PERSON, pair.kept);
  peer_assert_text (&world->a, fourths, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
}

/* Ben's number of somebody went along when Ana merged them, and she replaced it. He merged them with another one, which
 * came second, and that one with hers, who had no number yet: his is the one that she has replaced. */
static void
replaced_and_brought_another_way (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  world_sync_all (world);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync (world, &world->b, NULL);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
  second = peer_merge (&world->b, third, pair.merged);
  outer = peer_merge (&world->b, pair.kept, third);
  world_sync (world, &world->a, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

/* Ana merged two physicians and left when the first one sees reps, and gave that to a third one, who had nothing. Ben,
 * who knew of none of that, has taken the first one out, so that the third one got what the second one had; and merged
 * them again: they are one again, and what Ana chose is there. */
static void
chosen_before_another_took_their_place (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) second = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) mondays = NULL;
  g_autoptr (RoundsRecord) tuesdays = NULL;
  g_autoptr (RoundsRecord) thirds = NULL;
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;
  g_autoptr (RoundsRecord) third_merge = NULL;
  g_autoptr (RoundsRecord) again = NULL;

  pair_make (&pair, world);
  mondays = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  first_merge = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync_all (world);
  tuesdays = peer_add_physician (&world->a, second, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  thirds = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_NPI, NULL);
  second_merge = peer_merge (&world->a, pair.kept, second);
  third_merge = peer_merge (&world->a, third, pair.kept);
  peer_assert_text (&world->a, thirds, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  world_sync (world, &world->a, NULL);
  peer_unmerge (&world->b, first_merge, NULL);
  again = peer_merge (&world->b, pair.kept, pair.merged);
  world_assert_well (world);
  peer_assert_text (&world->b, thirds, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_unmerge (&world->a, again, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, thirds, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_assert_text (&world->b, mondays, ROUNDS_PHYSICIAN_SEES_REPS, "Mondays");
  peer_assert_text (&world->b, tuesdays, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
}

/* Ben made two one and left the kept one's name, and what Ana had entered of the other one went along; he replaced it.
 * Ana had merged the two as well, and taken what she had entered: it is what Ben has replaced, and nobody is asked. */
static void
replaced_and_chosen_too_late (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) of_third = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 2");
  world_sync_all (world);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync (world, &world->b, NULL);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  of_third = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PERSON_PHONE);
  world_sync (world, &world->a, NULL);
  second = peer_merge_choosing (&world->b, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
}

/* The office has corrected a number that somebody had, whom Ana has merged into another one, keeping that one's number.
 * Ben, who had heard of neither, has merged the same by way of others and chosen the old number: it is the corrected
 * one that he wanted. */
static void
corrected_and_brought_another_way (World *world)
{
  for (guint n_ways = 1; n_ways < 3; n_ways++)
    for (int by_merge = 0; by_merge < 2; by_merge++)
      {
        g_auto (Pair) pair = { NULL };
        g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
        g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Kojo", "Boateng");
        g_autoptr (RoundsRecord) fifth = peer_add_person (&world->a, "Kwame", "Boateng");
        g_autoptr (RoundsRecord) of_office = NULL;
        g_autoptr (RoundsRecord) first = NULL;
        g_autoptr (RoundsRecord) second = NULL;
        g_autoptr (RoundsRecord) between = NULL;
        g_autoptr (RoundsRecord) outer = NULL;

        pair_make (&pair, world);
        peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
        peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 9");
        peer_set_text (&world->a, fifth, ROUNDS_PERSON_PHONE, "+233 2");
        world_sync_all (world);
        if (by_merge)
          of_office = peer_merge_choosing (&world->server, pair.merged, fifth, ROUNDS_PERSON_PHONE);
        else
          peer_set_text (&world->server, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
        first = peer_merge (&world->a, pair.kept, pair.merged);
        world_sync (world, &world->a, NULL);
        second = peer_merge (&world->b, third, pair.merged);
        if (n_ways > 1)
          between = peer_merge (&world->b, fourth, third);
        outer = peer_merge_choosing (&world->b, pair.kept, n_ways > 1 ? fourth : third, ROUNDS_PERSON_PHONE);
        world_assert_well (world);
        peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 2");
      }
}

/* Ben chose a number with a merge that came second, as Ana had merged the same two, and the kept one into a third. Both
 * are taken out of that one: they are one still, and it is what he chose. */
static void
chosen_within_another (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) outer = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  world_sync_all (world);
  first = peer_merge_choosing (&world->a, pair.kept, pair.merged, PEOPLE_NO_FIELD);
  outer = peer_merge (&world->a, third, pair.kept);
  world_sync (world, &world->a, NULL);
  second = peer_merge_choosing (&world->b, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world_assert_well (world);
  peer_assert_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 1");
  peer_unmerge (&world->a, outer, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->b, third, ROUNDS_PERSON_PHONE, NULL);
}

/* Two telephones were chosen for a contact one after the other, and somebody who does not know of that chooses the
 * contact's own for whose the last one was, and takes that back: the contact's own is still theirs when both go. */
static void
chosen_as_it_is_beneath (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;
  g_autoptr (RoundsRecord) outer = NULL;
  g_autoptr (RoundsRecord) other_way = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  peer_set_text (&world->a, third, ROUNDS_PERSON_PHONE, "+233 3");
  world_sync_all (world);
  first_merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  second_merge = peer_merge_choosing (&world->a, pair.kept, third, ROUNDS_PERSON_PHONE);
  outer = peer_merge (&world->a, fourth, pair.kept);
  world_sync (world, &world->a, NULL);
  other_way = peer_merge_choosing (&world->b, third, pair.kept, ROUNDS_PERSON_PHONE);
  peer_unmerge (&world->b, other_way, NULL);
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->a, first_merge, NULL);
  peer_unmerge (&world->a, second_merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
}

/* A telephone was chosen for a contact and changed, first to the one that the contact had had themselves: that is still
 * theirs when they are two again. */
static void
changed_to_what_is_beneath (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->a, pair.merged, ROUNDS_PERSON_PHONE, "+233 2");
  world_sync_all (world);
  merge = peer_merge_choosing (&world->a, pair.kept, pair.merged, ROUNDS_PERSON_PHONE);
  world_sync (world, &world->a, NULL);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 1");
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 3");
  world_assert_well (world);
  peer_assert_text (&world->a, pair.kept, ROUNDS_PERSON_PHONE, "+233 3");
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "+233 1");
  peer_assert_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "+233 3");
}

static const WorldStory stories[] = {
  { "/sync/people-values/undone-in-the-order-made", undone_in_the_order_made },
  { "/sync/people-values/changed-between-two-undone", changed_between_two_undone },
  { "/sync/people-values/led-along-and-taken-apart", led_along_and_taken_apart },
  { "/sync/people-values/led-on-unseen-and-taken-out", led_on_unseen_and_taken_out },
  { "/sync/people-values/entered-twice-and-led-on", entered_twice_and_led_on },
  { "/sync/people-values/replaced-and-given-on", replaced_and_given_on },
  { "/sync/people-values/chosen-over-what-was-taken-back", chosen_over_what_was_taken_back },
  { "/sync/people-values/chosen-twice-upon-what-is-undone", chosen_twice_upon_what_is_undone },
  { "/sync/people-values/alike-by-another-merge", alike_by_another_merge },
  { "/sync/people-values/taken-from-who-is-taken-out", taken_from_who_is_taken_out },
  { "/sync/people-values/chosen-for-what-comes-again", chosen_for_what_comes_again },
  { "/sync/people-values/chosen-before-they-were-one-again", chosen_before_they_were_one_again },
  { "/sync/people-values/chosen-before-another-took-their-place", chosen_before_another_took_their_place },
  { "/sync/people-values/preferred-what-was-taken-out", preferred_what_was_taken_out },
  { "/sync/people-values/replaced-and-brought-another-way", replaced_and_brought_another_way },
  { "/sync/people-values/replaced-and-chosen-too-late", replaced_and_chosen_too_late },
  { "/sync/people-values/chosen-within-another", chosen_within_another },
  { "/sync/people-values/corrected-and-brought-another-way", corrected_and_brought_another_way },
  { "/sync/people-values/as-it-is-beneath", chosen_as_it_is_beneath },
  { "/sync/people-values/changed-to-what-is-beneath", changed_to_what_is_beneath },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
