/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: a call that was made without a network for somebody whom a colleague has merged away in
 * the meantime; or a person, because two of the team found the same double. */

#include "people-world.h"
#include "rounds-person-merge.h"

static guint
count_newer (Peer *peer, RoundsRecord *merge)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, merge);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) newer = rounds_person_unmerge_list_newer (peer->store, record, &error);

  g_assert_no_error (error);
  return newer->len;
}

/* What the other device did meanwhile */

static void
merged_for_all (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->b, pair.merged);
  world_sync_all (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.merged, TRUE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

/* The call was made without a network, for a contact that is gone. @b_first: whether it reaches the server before the
 * merge that does not know of it. */
static void
call_meanwhile (World *world, gboolean b_first)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  call = peer_add_call (&world->b, pair.merged);
  world_sync (world, b_first ? &world->b : &world->a, NULL);
  world_sync (world, b_first ? &world->a : &world->b, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);

  /* It was made for the merged person, whenever it came: nobody has to be asked. */
  g_assert_cmpuint (count_newer (&world->a, merge), ==, 0);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
call_after_the_merge (World *world)
{
  call_meanwhile (world, FALSE);
}

static void
call_before_the_merge (World *world)
{
  call_meanwhile (world, TRUE);
}

/* A colleague corrects the telephone of the one who is merged away: the kept one gets it, and the other keeps it. */
static void
edit_meanwhile (World *world, gboolean b_first)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  peer_set_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, b_first ? &world->b : &world->a, NULL);
  world_sync (world, b_first ? &world->a : &world->b, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.merged, TRUE);
  peer_assert_text (&world->b, pair.kept, ROUNDS_PERSON_PHONE, "030 901820");
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_text (&world->b, pair.merged, ROUNDS_PERSON_PHONE, "030 901820");
}

static void
edit_after_the_merge (World *world)
{
  edit_meanwhile (world, FALSE);
}

static void
edit_before_the_merge (World *world)
{
  edit_meanwhile (world, TRUE);
}

/* Both got the physician's particulars, one of them where the merge was not known. */
static void
physician_meanwhile (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  own = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_NPI, NULL);
  other = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_NPI, "1234567893");
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_assert_well (world);
  peer_assert_deleted (&world->a, other, TRUE);
  peer_assert_text (&world->b, own, ROUNDS_PHYSICIAN_NPI, "1234567893");

  peer_set_text (&world->a, pair.kept, ROUNDS_PERSON_GIVEN_NAME, "Amma");
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, other, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->a, own, ROUNDS_PHYSICIAN_NPI, NULL);
}

/* The particulars were written down for the one who is gone: they add to those of the kept one. */
static void
physician_after_the_merge (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) own = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) hours = rounds_record_new (ROUNDS_ENTITY_AVAILABILITY);
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  own = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_NPI, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  other = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_NPI, "1234567893");
  rounds_record_set_uuid (hours, ROUNDS_AVAILABILITY_PHYSICIAN, rounds_record_get_id (other));
  rounds_record_set_text (hours, ROUNDS_AVAILABILITY_TIME_ZONE, "Europe/Berlin");
  peer_save (&world->b, hours);
  world_assert_well (world);
  peer_assert_deleted (&world->b, other, TRUE);
  peer_assert_text (&world->b, own, ROUNDS_PHYSICIAN_NPI, "1234567893");
  peer_assert_refers (&world->a, hours, ROUNDS_AVAILABILITY_PHYSICIAN, own);

  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->b, other, FALSE);
  peer_assert_refers (&world->b, other, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->a, other, ROUNDS_PHYSICIAN_NPI, "1234567893");
  peer_assert_text (&world->a, own, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_assert_refers (&world->a, hours, ROUNDS_AVAILABILITY_PHYSICIAN, other);
}

/* Two merges */

/* @turned: whether the other device keeps the other one */
static void
merge_twice (World *world, gboolean turned)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) first_consent = NULL;
  g_autoptr (RoundsRecord) second_consent = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) newer = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  first_consent = peer_add_consent (&world->a, pair.kept, "granted");
  second_consent = peer_add_consent (&world->a, pair.merged, "granted");
  call = peer_add_call (&world->a, pair.merged);
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->b, turned ? pair.merged : pair.kept, turned ? pair.kept : pair.merged);
  newer = peer_add_call (&world->b, turned ? pair.merged : pair.kept);
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.kept, FALSE);
  peer_assert_deleted (&world->b, pair.merged, TRUE);
  peer_assert_deleted (&world->b, second, TRUE);
  peer_assert_deleted (&world->b, first_consent, FALSE);
  peer_assert_deleted (&world->b, second_consent, TRUE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  peer_assert_refers (&world->a, newer, ROUNDS_INTERACTION_PERSON, pair.kept);

  peer_unmerge (&world->b, first, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_deleted (&world->a, second_consent, FALSE);
}

static void
merged_on_both (World *world)
{
  merge_twice (world, FALSE);
}

static void
merged_on_both_the_other_way_round (World *world)
{
  merge_twice (world, TRUE);
}

/* Nobody has said that the first and the third are one. */
static void
merged_with_somebody_else (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  call = peer_add_call (&world->a, pair.merged);
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->b, third, pair.merged);
  world_assert_well (world);
  peer_assert_deleted (&world->b, third, FALSE);
  peer_assert_deleted (&world->b, second, TRUE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

/* One device merges the second into the first, the other the third into the second: all three are one. */
static void
chain (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) late = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  call = peer_add_call (&world->a, third);
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->b, pair.merged, third);
  late = peer_add_call (&world->b, pair.merged);
  world_assert_well (world);
  peer_assert_deleted (&world->a, third, TRUE);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  peer_assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.kept);

  peer_unmerge (&world->a, second, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, third);
  peer_unmerge (&world->b, first, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* Merged, and merged again before anybody else heard of it; a third device's call for the first comes last. */
static void
chain_on_one_device (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = NULL;
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) first = NULL;
  g_autoptr (RoundsRecord) second = NULL;

  pair_make (&pair, world);
  third = peer_add_person (&world->a, "Anna", "Osei");
  world_sync_all (world);
  first = peer_merge (&world->a, pair.kept, pair.merged);
  second = peer_merge (&world->a, third, pair.kept);
  call = peer_add_call (&world->b, pair.merged);
  world_sync (world, &world->a, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, third);
}

/* Taking it apart */

/* Acceptance test 18, over two devices. */
static void
undone_elsewhere (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) newer = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  newer = peer_add_call (&world->a, pair.kept);
  world_assert_well (world);
  g_assert_cmpuint (count_newer (&world->b, merge), ==, 1);
  peer_unmerge (&world->b, merge, newer);
  world_assert_well (world);
  peer_assert_deleted (&world->a, pair.merged, FALSE);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_refers (&world->a, newer, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
undone_on_both (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_assert_well (world);
  peer_unmerge (&world->a, merge, NULL);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->a, pair.merged, FALSE);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* Merged by mistake and undone at once, all of it without a network. */
static void
undone_before_it_is_sent (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) late = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  peer_unmerge (&world->a, merge, NULL);
  late = peer_add_call (&world->b, pair.merged);
  world_assert_well (world);
  peer_assert_deleted (&world->b, pair.merged, FALSE);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_refers (&world->a, late, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* The answer is lost, and the device says all of it once more. */
static void
said_twice (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (GError) error = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  world_sync_all (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->a, NULL, &error));
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.kept);
  peer_assert_deleted (&world->b, merge, FALSE);
}

/* Of two physicians, of whom the server made one in a third contact, each has what is theirs again when the one whose
 * particulars were kept is taken out by somebody who has not heard of the other. */
static void
taken_out_from_beneath_another (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) kept_once = NULL;
  g_autoptr (RoundsRecord) made_one = NULL;
  g_autoptr (RoundsRecord) first_merge = NULL;
  g_autoptr (RoundsRecord) second_merge = NULL;

  pair_make (&pair, world);
  kept_once = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_NPI, "1234567893");
  made_one = peer_add_physician (&world->a, third, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_set_text (&world->a, made_one, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  world_sync_all (world);
  first_merge = peer_merge (&world->b, pair.kept, pair.merged);
  world_sync (world, &world->b, NULL);
  second_merge = peer_merge (&world->a, pair.kept, third);
  peer_unmerge (&world->b, first_merge, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_refers (&world->server, kept_once, ROUNDS_PHYSICIAN_PERSON, pair.kept);
  peer_assert_text (&world->server, kept_once, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  world_assert_well (world);
  peer_assert_refers (&world->b, kept_once, ROUNDS_PHYSICIAN_PERSON, pair.merged);
  peer_assert_text (&world->b, kept_once, ROUNDS_PHYSICIAN_SEES_REPS, NULL);
  peer_assert_deleted (&world->b, made_one, FALSE);
  peer_assert_refers (&world->b, made_one, ROUNDS_PHYSICIAN_PERSON, pair.kept);
  peer_assert_text (&world->b, made_one, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  peer_unmerge (&world->b, second_merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, made_one, ROUNDS_PHYSICIAN_PERSON, third);
}

/* A visit that has passed by a contact, and gone back to whom it was made for, goes back to them once more when it has
 * come to that contact again and is taken out from beneath. @is_led: whether it came there by way of another one, who
 * had become a part of that contact before */
static void
passed_by_before (World *world, gboolean is_led)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) by = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) part = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) upon = peer_add_person (&world->a, "Anna", "Osei");
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) physician = NULL;
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (RoundsRecord) to_by = NULL;
  g_autoptr (RoundsRecord) by_in_kept = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) part_in_by = NULL;
  g_autoptr (RoundsRecord) kept_in_upon = NULL;
  g_autoptr (RoundsRecord) last = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  to_by = peer_merge (&world->a, by, pair.merged);
  by_in_kept = peer_merge (&world->a, pair.kept, by);
  peer_unmerge (&world->a, to_by, NULL);
  world_sync_all (world);
  physician = peer_add_physician (&world->b, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  merge = peer_merge (&world->b, pair.kept, pair.merged);
  peer_unmerge (&world->b, by_in_kept, NULL);
  world_sync_all (world);
  if (is_led)
    part_in_by = peer_merge (&world->b, by, part);
  world_sync (world, &world->b, NULL);
  other = peer_add_physician (&world->a, upon, ROUNDS_PHYSICIAN_NPI, NULL);
  kept_in_upon = peer_merge (&world->a, upon, pair.kept);
  last = peer_merge (&world->a, is_led ? part : by, upon);
  world_sync (world, &world->a, NULL);
  peer_assert_refers (&world->server, call, ROUNDS_INTERACTION_PERSON, by);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

static void
passed_by_before_themselves (World *world)
{
  passed_by_before (world, FALSE);
}

static void
passed_by_before_with_a_part (World *world)
{
  passed_by_before (world, TRUE);
}

/* Ana took a contact out of one with whom Ben merged a third meanwhile, merged them with that third one herself, and
 * took them out again: the call that was theirs is theirs, though Ben's merge had brought it, too. */
static void
brought_by_two (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) before = NULL;
  g_autoptr (RoundsRecord) particulars = NULL;
  g_autoptr (RoundsRecord) more = NULL;
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsRecord) own = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.merged);
  before = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync_all (world);
  theirs = peer_merge (&world->b, third, pair.kept);
  world_sync (world, &world->b, NULL);
  peer_unmerge (&world->a, before, NULL);
  particulars = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  own = peer_merge (&world->a, third, pair.merged);
  more = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_NPI, NULL);
  peer_unmerge (&world->a, own, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, pair.merged);
}

/* A contact's own visit comes back with them, though a merge into them that was undone had led on another one, which
 * has led on theirs since. */
static void
came_by_itself (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) part = peer_add_person (&world->a, "K.", "Boateng");
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Kofi", "Boateng");
  g_autoptr (RoundsRecord) call = NULL;
  g_autoptr (RoundsRecord) undone = NULL;
  g_autoptr (RoundsRecord) led = NULL;
  g_autoptr (RoundsRecord) outer = NULL;
  g_autoptr (RoundsRecord) last = NULL;

  pair_make (&pair, world);
  call = peer_add_call (&world->a, pair.kept);
  world_sync_all (world);
  undone = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  led = peer_merge (&world->b, pair.merged, part);
  world_sync (world, &world->b, NULL);
  peer_unmerge (&world->a, undone, NULL);
  outer = peer_merge (&world->a, whole, pair.merged);
  last = peer_merge (&world->a, part, pair.kept);
  world_assert_well (world);
  peer_assert_refers (&world->b, call, ROUNDS_INTERACTION_PERSON, whole);
  peer_unmerge (&world->b, last, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, call, ROUNDS_INTERACTION_PERSON, pair.kept);
}

/* Particulars that were deleted by somebody who did not know that they are a part of another contact's stay so when the
 * two are taken apart; unless a colleague has said meanwhile when that physician can be seen, or something else of
 * them. */
static void
deleted_unseen (World *world, gboolean has_hours, gboolean is_edited)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) others = NULL;
  g_autoptr (RoundsRecord) deleted = NULL;
  g_autoptr (RoundsRecord) hours = rounds_record_new (ROUNDS_ENTITY_AVAILABILITY);
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  others = peer_add_physician (&world->a, pair.kept, ROUNDS_PHYSICIAN_NPI, NULL);
  deleted = peer_add_physician (&world->a, pair.merged, ROUNDS_PHYSICIAN_NPI, NULL);
  world_sync_all (world);
  rounds_record_set_uuid (hours, ROUNDS_AVAILABILITY_PHYSICIAN, rounds_record_get_id (deleted));
  rounds_record_set_text (hours, ROUNDS_AVAILABILITY_KIND, "weekly");
  rounds_record_set_text (hours, ROUNDS_AVAILABILITY_TIME_ZONE, "Africa/Accra");
  if (has_hours)
    peer_save (&world->a, hours);
  if (is_edited)
    peer_set_text (&world->a, deleted, ROUNDS_PHYSICIAN_SEES_REPS, "Tuesdays");
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  peer_delete (&world->b, deleted);
  world_sync_all (world);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->b, others, FALSE);
  peer_assert_deleted (&world->b, deleted, !has_hours && !is_edited);
  if (has_hours)
    peer_assert_refers (&world->b, hours, ROUNDS_AVAILABILITY_PHYSICIAN, deleted);
}

static void
deleted_as_another_ones (World *world)
{
  deleted_unseen (world, FALSE, FALSE);
}

static void
needed_by_what_goes_back (World *world)
{
  deleted_unseen (world, TRUE, FALSE);
}

static void
edited_unseen (World *world)
{
  deleted_unseen (world, FALSE, TRUE);
}

static const WorldStory stories[] = {
  { "/sync/people/merged-for-all", merged_for_all },
  { "/sync/people/call-after-the-merge", call_after_the_merge },
  { "/sync/people/call-before-the-merge", call_before_the_merge },
  { "/sync/people/edit-after-the-merge", edit_after_the_merge },
  { "/sync/people/edit-before-the-merge", edit_before_the_merge },
  { "/sync/people/physician-meanwhile", physician_meanwhile },
  { "/sync/people/physician-after-the-merge", physician_after_the_merge },
  { "/sync/people/merged-on-both", merged_on_both },
  { "/sync/people/merged-on-both-the-other-way-round", merged_on_both_the_other_way_round },
  { "/sync/people/merged-with-somebody-else", merged_with_somebody_else },
  { "/sync/people/chain", chain },
  { "/sync/people/chain-on-one-device", chain_on_one_device },
  { "/sync/people/undone-elsewhere", undone_elsewhere },
  { "/sync/people/undone-on-both", undone_on_both },
  { "/sync/people/undone-before-it-is-sent", undone_before_it_is_sent },
  { "/sync/people/said-twice", said_twice },
  { "/sync/people/taken-out-from-beneath-another", taken_out_from_beneath_another },
  { "/sync/people/passed-by-before/themselves", passed_by_before_themselves },
  { "/sync/people/passed-by-before/with-a-part", passed_by_before_with_a_part },
  { "/sync/people/came-by-itself", came_by_itself },
  { "/sync/people/brought-by-two", brought_by_two },
  { "/sync/people/deleted-as-another-ones", deleted_as_another_ones },
  { "/sync/people/needed-by-what-goes-back", needed_by_what_goes_back },
  { "/sync/people/edited-unseen", edited_unseen },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
