/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: what two contacts had alike, of which one is kept while they are one. */

#include "people-world.h"

/* What two agreed to alike is kept once. A colleague took one of them out of others, and does not know of that. */
static void
kept_once_unseen (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->b, "Anna", "Osei");
  g_autoptr (RoundsRecord) fourth = peer_add_person (&world->b, "Anne", "Osei");
  g_autoptr (RoundsRecord) consent = NULL;
  g_autoptr (RoundsRecord) spare = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) into_third = NULL;
  g_autoptr (RoundsRecord) into_fourth = NULL;
  g_autoptr (RoundsRecord) into_kept = NULL;

  pair_make (&pair, world);
  consent = peer_add_consent (&world->a, pair.kept, "granted");
  spare = peer_add_consent (&world->a, pair.merged, "granted");
  world_sync_all (world);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  world_sync (world, &world->a, NULL);
  into_third = peer_merge (&world->b, third, pair.merged);
  into_fourth = peer_merge (&world->b, fourth, third);
  into_kept = peer_merge (&world->b, pair.kept, fourth);
  peer_unmerge (&world->b, into_fourth, NULL);
  peer_assert_deleted (&world->b, spare, FALSE); /* the third one's, as far as is known there */
  world_assert_well (world);
  peer_assert_deleted (&world->b, spare, TRUE);
  peer_assert_deleted (&world->b, consent, FALSE);
  peer_unmerge (&world->b, merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, spare, ROUNDS_CONSENT_PERSON, pair.merged);
}

/* The same, and what was kept once comes back for somebody who is a part of the one who was taken out, which the device
 * that took them out had not heard of: it is the third one's, wherever that one is. */
static void
kept_once_for_a_part (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->b, "Anna", "Osei");
  g_autoptr (RoundsRecord) part = peer_add_person (&world->b, "Anne", "Osei");
  g_autoptr (RoundsRecord) consent = NULL;
  g_autoptr (RoundsRecord) spare = NULL;
  g_autoptr (RoundsRecord) into_merged = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) of_third = NULL;
  g_autoptr (RoundsRecord) into_part = NULL;

  pair_make (&pair, world);
  consent = peer_add_consent (&world->a, pair.merged, "granted");
  spare = peer_add_consent (&world->b, third, "granted");
  world_sync_all (world);
  into_merged = peer_merge (&world->b, pair.merged, part);
  world_sync (world, &world->b, NULL);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  of_third = peer_merge (&world->a, pair.kept, third);
  into_part = peer_merge (&world->a, part, pair.kept);
  peer_unmerge (&world->a, merge, NULL);
  peer_assert_refers (&world->a, spare, ROUNDS_CONSENT_PERSON, part); /* who is the whole, as far as is known there */
  world_assert_well (world);
  peer_assert_refers (&world->a, consent, ROUNDS_CONSENT_PERSON, pair.merged);
  peer_assert_refers (&world->a, spare, ROUNDS_CONSENT_PERSON, pair.kept);
  peer_assert_deleted (&world->a, spare, FALSE);
}

/* Two who were at a visit are one, who was there once. The visit goes back into another territory with whose it is:
 * nobody has said by that who was there. */
static void
kept_once_elsewhere (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Osei");
  g_autoptr (RoundsRecord) territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) attendee = NULL;
  g_autoptr (RoundsRecord) spare = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) of_third = NULL;

  pair_make (&pair, world);
  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, "North");
  peer_save (&world->a, territory);
  rounds_record_set_uuid (pair.merged, ROUNDS_FIELD_TERRITORY, rounds_record_get_id (territory));
  peer_save (&world->a, pair.merged);
  visit = peer_add_call (&world->a, pair.merged);
  attendee = peer_add_attendee (&world->a, visit, pair.kept);
  spare = peer_add_attendee (&world->a, visit, third);
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  of_third = peer_merge (&world->a, pair.kept, third);
  world_sync_all (world);
  peer_unmerge (&world->a, merge, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, visit, ROUNDS_INTERACTION_PERSON, pair.merged);
  peer_assert_deleted (&world->b, attendee, FALSE);
  peer_assert_deleted (&world->b, spare, TRUE);
}

/* What one is taken out of whom they had been merged into takes along what was kept once for a third one, too: that
 * one's is needed again, also where nobody sees it, as whoever they are a part of was made a part of another. */
static void
kept_once_within_another (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) third = peer_add_person (&world->a, "Anna", "Osei");
  g_autoptr (RoundsRecord) whole = peer_add_person (&world->a, "Anne", "Osei");
  g_autoptr (RoundsRecord) consent = NULL;
  g_autoptr (RoundsRecord) spare = NULL;
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsRecord) of_third = NULL;
  g_autoptr (RoundsRecord) outer = NULL;

  pair_make (&pair, world);
  consent = peer_add_consent (&world->a, pair.merged, "granted");
  spare = peer_add_consent (&world->a, third, "granted");
  g_object_unref (peer_add_consent (&world->a, whole, "granted"));
  merge = peer_merge (&world->a, pair.kept, pair.merged);
  of_third = peer_merge (&world->a, pair.kept, third);
  outer = peer_merge (&world->a, whole, pair.kept);
  world_sync_all (world);
  peer_unmerge (&world->b, merge, NULL);
  world_sync_all (world);
  peer_assert_refers (&world->b, consent, ROUNDS_CONSENT_PERSON, pair.merged);
  peer_assert_deleted (&world->b, spare, TRUE);
  peer_unmerge (&world->b, outer, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->a, spare, ROUNDS_CONSENT_PERSON, pair.kept);
  peer_assert_deleted (&world->a, spare, FALSE);
  peer_unmerge (&world->a, of_third, NULL);
  world_assert_well (world);
  peer_assert_refers (&world->b, spare, ROUNDS_CONSENT_PERSON, third);
  peer_assert_deleted (&world->b, spare, FALSE);
}

/* Who was at a visit was taken off by a colleague. Somebody who does not know it makes them one with another one who
 * was there, and two again: that brings nobody back. */
static void
kept_once_and_taken_off (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) attendee = NULL;
  g_autoptr (RoundsRecord) taken_off = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  visit = peer_add_call (&world->a, pair.kept);
  attendee = peer_add_attendee (&world->a, visit, pair.kept);
  taken_off = peer_add_attendee (&world->a, visit, pair.merged);
  world_sync_all (world);
  peer_delete (&world->a, taken_off);
  merge = peer_merge (&world->b, pair.kept, pair.merged);
  peer_unmerge (&world->b, merge, NULL);
  peer_assert_deleted (&world->b, taken_off, FALSE);
  world_sync (world, &world->a, NULL);
  world_assert_well (world);
  peer_assert_deleted (&world->b, taken_off, TRUE);
  peer_assert_deleted (&world->a, attendee, FALSE);
}

static RoundsRecord *
add_one (Peer *peer, RoundsEntity entity, guint field, RoundsRecord *whose)
{
  RoundsRecord *record = rounds_record_new (entity);

  rounds_record_set_uuid (record, field, rounds_record_get_id (whose));
  peer_save (peer, record);
  return record;
}

/* A patient was deleted, and the contact merged into another one; a journey that goes on, which a colleague has deleted
 * meanwhile, brings the patient back, for the kept contact: two again, they are the merged one's. */
static void
needed_again_and_taken_apart (World *world)
{
  g_auto (Pair) pair = { NULL };
  g_autoptr (RoundsRecord) patient = NULL;
  g_autoptr (RoundsRecord) journey = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  pair_make (&pair, world);
  patient = add_one (&world->b, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, pair.merged);
  journey = add_one (&world->b, ROUNDS_ENTITY_CT_JOURNEY, ROUNDS_CT_JOURNEY_PATIENT, patient);
  peer_delete (&world->b, patient);
  world_sync_all (world);
  merge = peer_merge (&world->b, pair.kept, pair.merged);
  peer_set_text (&world->b, journey, ROUNDS_CT_JOURNEY_OUTCOME, "Goes on");
  peer_delete (&world->a, journey);
  world_sync (world, &world->a, NULL);
  world_sync_all (world);
  world_assert_equal (world);
  peer_assert_refers (&world->a, patient, ROUNDS_PATIENT_PERSON, pair.kept);
  peer_assert_deleted (&world->a, patient, FALSE);
  peer_unmerge (&world->a, merge, NULL);
  world_sync_all (world);
  world_assert_equal (world);
  peer_assert_refers (&world->b, patient, ROUNDS_PATIENT_PERSON, pair.merged);
  peer_assert_deleted (&world->b, patient, FALSE);
}

static const WorldStory stories[] = {
  { "/sync/people-once/unseen", kept_once_unseen },
  { "/sync/people-once/for-a-part", kept_once_for_a_part },
  { "/sync/people-once/elsewhere", kept_once_elsewhere },
  { "/sync/people-once/within-another", kept_once_within_another },
  { "/sync/people-once/taken-off", kept_once_and_taken_off },
  { "/sync/people-once/needed-again", needed_again_and_taken_apart },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
