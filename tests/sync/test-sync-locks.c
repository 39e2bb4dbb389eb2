/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * If this fails, an amendment of a submitted visit does not reach the others, or a change without one does.
 */
#include "rounds-amendment.h"
#include "rounds-error.h"
#include "rounds-time.h"
#include "sync-world.h"

static void
assert_notes (Peer *peer, RoundsRecord *visit, const char *notes)
{
  g_autoptr (RoundsRecord) stored = peer_get (peer, visit);

  g_assert_cmpstr (rounds_record_get_text (stored, ROUNDS_INTERACTION_NOTES), ==, notes);
}

static gint64
count_rejected (Peer *peer)
{
  return rounds_record_store_count_changes (peer->store, ROUNDS_CHANGE_REJECTED, NULL);
}

/* A visit that A alone has. */
static RoundsRecord *
log_visit (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsRecord *visit = visit_new (person, "Twice daily");

  peer_save (&world->a, visit);
  return visit;
}

static void
submit (Peer *peer, RoundsRecord *like)
{
  g_autoptr (RoundsRecord) visit = peer_get (peer, like);

  rounds_record_set_integer (visit, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  peer_save (peer, visit);
}

/* A visit that both devices and the server have. */
static RoundsRecord *
make_visit (World *world, gboolean is_submitted)
{
  RoundsRecord *visit = log_visit (world);

  if (is_submitted)
    submit (&world->a, visit);
  world_sync_all (world);
  return visit;
}

static void
amend (Peer *peer, RoundsRecord *like, const char *notes)
{
  g_autoptr (RoundsRecord) visit = peer_get (peer, like);
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (group, rounds_amendment_new (visit, "Wrong dose", NULL));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  g_ptr_array_add (group, g_object_ref (visit));
  rounds_record_store_save_all (peer->store, group, &error);
  g_assert_no_error (error);
}

/* Also when many groups go in one push, which the server takes in one transaction. */
static void
amended (World *world)
{
  g_autoptr (RoundsRecord) visit = make_visit (world, TRUE);
  g_autoptr (RoundsRecord) other = peer_add_person (&world->a, "Kofi", "Boateng");

  amend (&world->a, visit, "Once daily");
  amend (&world->a, visit, "Once daily, in the morning");
  world_sync_all (world);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);
  assert_notes (&world->b, visit, "Once daily, in the morning");
  world_assert_equal (world);
}

/* B did not know yet that A had submitted it: what B wrote is not lost, and B is told. */
static void
edited_meanwhile (World *world)
{
  g_autoptr (RoundsRecord) visit = make_visit (world, FALSE);

  submit (&world->a, visit);
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Thrice daily");
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  g_assert_cmpint (count_rejected (&world->b), ==, 1);
  assert_notes (&world->server, visit, "Twice daily");
}

/* The answer to A's visit was lost, and A went on writing and deleted it; meanwhile B had submitted it: A is told of
 * what is refused, and finds what A wrote. */
static void
deleted_meanwhile (World *world)
{
  g_autoptr (RoundsRecord) visit = log_visit (world);
  g_autoptr (GError) error = NULL;

  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->a, NULL, &error));
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Thrice daily");
  peer_delete (&world->a, visit);
  world_sync (world, &world->b, NULL);
  submit (&world->b, visit);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count_rejected (&world->a), ==, 1);
  g_assert_cmpint (peer_count_open_conflicts (&world->a), ==, 1);
  assert_notes (&world->server, visit, "Twice daily");
}

/* One that the server never saw before, submitted, with its attendees and an amendment. */
static void
all_at_once (World *world)
{
  g_autoptr (RoundsRecord) visit = NULL;
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);

  visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_SUBMITTED_AT, rounds_time_now ());
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (visit));
  rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, rounds_record_get_id (person));
  g_ptr_array_add (group, g_object_ref (visit));
  g_ptr_array_add (group, g_object_ref (attendee));
  g_assert_true (rounds_record_store_save_all (world->a.store, group, NULL));
  amend (&world->a, visit, "Came late");
  world_sync_all (world);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);
  assert_notes (&world->b, visit, "Came late");
  world_assert_equal (world);
}

/* A device that gets round its own store's lock is refused by the server. */
static void
without_an_amendment (World *world)
{
  g_autoptr (RoundsRecord) visit = make_visit (world, TRUE);
  g_autoptr (RoundsRecord) opened = peer_get (&world->b, visit);
  RoundsSyncSummary summary;

  rounds_record_clear_field (opened, ROUNDS_INTERACTION_SUBMITTED_AT);
  g_assert_true (rounds_record_store_begin_remote (world->b.store, NULL));
  g_assert_true (rounds_record_store_put_remote (world->b.store, opened, NULL, NULL));
  g_assert_true (rounds_record_store_commit (world->b.store, NULL));
  rounds_record_set_text (opened, ROUNDS_INTERACTION_NOTES, "Thrice daily");
  peer_save (&world->b, opened);
  world_sync (world, &world->b, &summary);
  g_assert_cmpint (count_rejected (&world->b), ==, 1);
  assert_notes (&world->server, visit, "Twice daily");
}

static const WorldStory stories[] = {
  { "/sync/locks/amended", amended },
  { "/sync/locks/edited-meanwhile", edited_meanwhile },
  { "/sync/locks/deleted-meanwhile", deleted_meanwhile },
  { "/sync/locks/all-at-once", all_at_once },
  { "/sync/locks/without-an-amendment", without_an_amendment },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
