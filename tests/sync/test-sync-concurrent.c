/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two people change, or make, the same. What is lost if this fails: what one of them said. */

#include "rounds-error.h"
#include "rounds-remote.h"
#include "sync-world.h"

static void
different_fields (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsSyncSummary summary;

  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "0612345678");
  peer_set_text (&world->b, person, ROUNDS_PERSON_EMAIL, "ama@example.org");
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.merged, ==, 1);
  g_assert_cmpuint (summary.conflicts, ==, 0);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_EMAIL, "ama@example.org");
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "0612345678");
  world_assert_equal (world);
}

/* The server's value stays on the screen of both; the other one is kept where it was typed. */
static void
same_scalar (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (GPtrArray) conflicts = NULL;
  RoundsRecord *conflict;
  RoundsSyncSummary summary;

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "111");
  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "222");
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "333");
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 1);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "222");
  conflicts = peer_list (&world->b, ROUNDS_ENTITY_CONFLICT);
  g_assert_cmpuint (conflicts->len, ==, 1);
  conflict = g_ptr_array_index (conflicts, 0);
  g_assert_cmpstr (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ENTITY), ==, "person");
  g_assert_cmpstr (rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD), ==, "phone");
  g_assert_true (
    rounds_uuid_equal (rounds_record_get_uuid (conflict, ROUNDS_CONFLICT_RECORD), rounds_record_get_id (person)));
  g_assert_cmpstr (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ORIGINAL), ==, "\"111\"");
  g_assert_cmpstr (rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE), ==, "\"333\"");
  g_assert_cmpstr (rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS), ==, "\"222\"");

  /* Choosing mine is an ordinary edit. */
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "333");
  world_sync_all (world);
  world_sync_all (world);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "333");
  world_assert_equal (world);
}

/* Whoever takes back what stood against what others wrote is not asked to choose between that and what both replaced.
 */
static void
same_scalar_taken_back (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "111");
  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "222");
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "333");
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "111");
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "222");
  g_assert_cmpint (peer_count_open_conflicts (&world->b), ==, 0);
  world_sync_all (world);
  world_assert_equal (world);
}

/* Whoever put there in the end what others wrote is not asked about what they had there before, though that was
 * refused, along with what they wrote together with it: they want what there is. */
static void
same_scalar_in_the_end (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = visit_new (person, "a stranger");
  g_autoptr (RoundsRecord) here = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  RoundsSyncSummary summary;

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "111");
  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "222");
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "333");
  here = peer_get (&world->b, person);
  rounds_record_set_text (here, ROUNDS_PERSON_PHONE, "222");
  g_ptr_array_add (group, here);
  g_ptr_array_add (group, visit);
  g_assert_true (rounds_record_store_save_all (world->b.store, group, NULL));
  world->refused = "stranger";
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.rejected, ==, group->len);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "222");
  g_assert_cmpint (peer_count_open_conflicts (&world->b), ==, 0);
}

/* (transfer full): a visit with @notes that both devices have */
static RoundsRecord *
share_visit (World *world, const char *notes)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsRecord *visit = visit_new (person, notes);

  peer_save (&world->a, visit);
  world_sync_all (world);
  return visit;
}

/* joplin#13531: two clients edit one note offline; both texts survive on both. */
static void
same_notes (World *world)
{
  g_autoptr (RoundsRecord) visit = share_visit (world, "Met in the ward.");

  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met in the ward. Likes tea.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Wants samples.");
  world_sync_all (world);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Likes tea. Wants samples.");
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Likes tea. Wants samples.");
  g_assert_cmpint (peer_count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 0);
  world_assert_equal (world);
}

static void
same_words (World *world)
{
  g_autoptr (RoundsRecord) visit = share_visit (world, "Again on Tuesday.");

  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Again on Friday.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Again on Monday.");
  world_sync_all (world);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Again on [Friday / Monday].");
  g_assert_cmpint (peer_count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 1);
  world_assert_equal (world);
}

/* The edit wins, whoever comes first, and somebody is told. */
static void
deleted_against_edited (World *world)
{
  g_autoptr (RoundsRecord) first = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) second = peer_add_person (&world->a, "Efua", "Mensah");
  g_autoptr (RoundsRecord) record = NULL;
  RoundsSyncSummary summary;

  world_sync_all (world);
  peer_delete (&world->a, first);
  peer_set_text (&world->b, first, ROUNDS_PERSON_PHONE, "1");
  peer_set_text (&world->a, second, ROUNDS_PERSON_PHONE, "2");
  peer_delete (&world->b, second);
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 2);
  g_assert_cmpint (peer_count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 2);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 2);
  peer_assert_text (&world->a, first, ROUNDS_PERSON_PHONE, "1");
  record = peer_get (&world->b, second);
  g_assert_false (rounds_record_is_deleted (record));
  world_assert_equal (world);
}

/* Edited and then deleted by the same person: deleted. */
static void
edited_then_deleted (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsSyncSummary summary;

  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  peer_delete (&world->a, person);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 0);
  world_sync_all (world);
  g_assert_cmpint (peer_count (&world->b, ROUNDS_ENTITY_PERSON), ==, 0);
  world_assert_equal (world);
}

static RoundsRecord *
add_cardiologist (Peer *peer)
{
  g_autoptr (RoundsRecord) person = peer_add_person (peer, "Ama", "Osei");
  g_autoptr (RoundsRecord) specialization = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  RoundsRecord *physician = rounds_record_new (ROUNDS_ENTITY_PHYSICIAN);

  rounds_record_set_text (specialization, ROUNDS_SPECIALIZATION_NAME, "Cardiology");
  peer_save (peer, specialization);
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_PERSON, rounds_record_get_id (person));
  rounds_record_set_uuid (physician, ROUNDS_PHYSICIAN_SPECIALIZATION, rounds_record_get_id (specialization));
  peer_save (peer, physician);
  return physician;
}

/* Two people import lists of doctors offline; both make the specialization. Neither list is refused for that. */
static void
same_name_twice (World *world)
{
  g_autoptr (RoundsRecord) a = add_cardiologist (&world->a);
  g_autoptr (RoundsRecord) b = add_cardiologist (&world->b);
  g_autoptr (RoundsRecord) seen_a = NULL;
  g_autoptr (RoundsRecord) seen_b = NULL;
  g_autoptr (RoundsRecord) kept = NULL;
  RoundsSyncSummary summary;

  peer_set_text (&world->b, b, ROUNDS_PHYSICIAN_QUALIFICATION, "MD");
  world_sync (world, &world->a, NULL);
  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->b, NULL, NULL));
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.rejected, ==, 0);
  g_assert_cmpuint (summary.conflicts, ==, 0);
  world_sync_all (world);
  world_assert_equal (world);
  g_assert_cmpint (peer_count (&world->a, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  seen_a = peer_get (&world->b, a);
  seen_b = peer_get (&world->b, b);
  g_assert_true (rounds_uuid_equal (rounds_record_get_uuid (seen_a, ROUNDS_PHYSICIAN_SPECIALIZATION),
                                    rounds_record_get_uuid (seen_b, ROUNDS_PHYSICIAN_SPECIALIZATION)));
  kept = rounds_record_store_get (world->b.store, ROUNDS_ENTITY_SPECIALIZATION,
                                  rounds_record_get_uuid (seen_b, ROUNDS_PHYSICIAN_SPECIALIZATION), NULL);
  g_assert_nonnull (kept);
  g_assert_false (rounds_record_is_deleted (kept));
}

/* The name gives the id, so that a device that has not heard of the deletion makes the same record again. */
static void
same_id_after_deletion (World *world)
{
  g_autoptr (RoundsRecord) a = rounds_record_new (ROUNDS_ENTITY_SPECIALIZATION);
  g_autoptr (RoundsRecord) b = rounds_record_dup (a);
  RoundsSyncSummary summary;

  rounds_record_set_text (a, ROUNDS_SPECIALIZATION_NAME, "Cardiology");
  rounds_record_set_text (b, ROUNDS_SPECIALIZATION_NAME, "Cardiology");
  rounds_record_set_text (b, ROUNDS_SPECIALIZATION_TAXONOMY_CODE, "207RC0000X");
  peer_save (&world->a, a);
  world_sync (world, &world->a, NULL);
  peer_delete (&world->a, a);
  world_sync (world, &world->a, NULL);

  peer_save (&world->b, b);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 1);
  world_sync_all (world);
  world_assert_equal (world);
  g_assert_cmpint (peer_count (&world->a, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  peer_assert_text (&world->a, a, ROUNDS_SPECIALIZATION_TAXONOMY_CODE, "207RC0000X");
}

/* Something arrives while the device has edits of its own that are not sent yet. */
static void
rebased_on_top (World *world)
{
  g_autoptr (RoundsRecord) visit = share_visit (world, "Met.");
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (world->a.store);
  g_autoptr (RoundsSyncRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples.");
  world_sync (world, &world->b, NULL);

  rounds_sync_engine_start (engine);
  rounds_sync_engine_next (engine, &request, &error);
  g_assert_cmpstr (request->method, ==, "GET");
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES,
                 "Met. Likes tea."); /* typed while the request is on its way */
  g_assert_true (rounds_record_store_get_state (world->a.store, ROUNDS_STATE_CURSOR, &cursor, NULL));
  body = rounds_sync_server_pull (world->server.store, NULL, cursor, 0, &error);
  g_assert_no_error (error);
  g_assert_true (rounds_sync_engine_receive (engine, 200, body, &error));
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes tea.");

  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes green tea.");
  world_sync_all (world);
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes green tea.");
  world_assert_equal (world);
}

static const WorldStory stories[] = {
  { "/sync/different-fields", different_fields },
  { "/sync/same-scalar", same_scalar },
  { "/sync/same-scalar-taken-back", same_scalar_taken_back },
  { "/sync/same-scalar-in-the-end", same_scalar_in_the_end },
  { "/sync/same-notes", same_notes },
  { "/sync/same-words", same_words },
  { "/sync/deleted-against-edited", deleted_against_edited },
  { "/sync/edited-then-deleted", edited_then_deleted },
  { "/sync/same-name-twice", same_name_twice },
  { "/sync/same-id-after-deletion", same_id_after_deletion },
  { "/sync/rebased-on-top", rebased_on_top },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
