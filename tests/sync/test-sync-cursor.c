/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a device goes on from. What is lost if this fails: records that never come to a new device, and nobody knows.
 */

#include "rounds-error.h"
#include "rounds-remote.h"
#include "sync-world.h"

static void
add_people (Peer *peer, guint n)
{
  for (guint i = 0; i < n; i++)
    g_object_unref (peer_add_person (peer, NULL, "Osei"));
}

static void
set_name (Peer *peer, RoundsRecord *like, const char *name)
{
  peer_set_text (peer, like, ROUNDS_PERSON_FAMILY_NAME, name);
}

static void
assert_name (Peer *peer, RoundsRecord *like, const char *name)
{
  peer_assert_text (peer, like, ROUNDS_PERSON_FAMILY_NAME, name);
}

static guint
count_requests (World *world, Peer *device)
{
  guint before = world->requests;

  world_sync (world, device, NULL);
  return world->requests - before;
}

/* A new device is filled while others work, and is killed in the middle. Trash comes too. */
static void
changed_meanwhile (World *world)
{
  g_autoptr (RoundsRecord) early = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (RoundsRecord) trash = peer_add_person (&world->a, NULL, "Mensah");
  g_autoptr (RoundsRecord) late = NULL;
  g_autoptr (RoundsRecord) here = NULL;
  guint requests;

  add_people (&world->a, 20);
  late = peer_add_person (&world->a, NULL, "Annor");
  g_assert_true (rounds_record_store_delete (world->a.store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (trash), NULL));
  world_sync (world, &world->a, NULL);

  world->lose_reply = 2;
  g_assert_false (world_try_sync (world, &world->b, NULL, NULL));
  set_name (&world->a, early, "Boateng");
  g_assert_true (rounds_record_store_delete (world->a.store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (late), NULL));
  add_people (&world->a, 3);
  world_sync (world, &world->a, NULL);
  world_reopen (world, &world->b, ROUNDS_ROLE_DEVICE);
  here = peer_add_person (&world->b, NULL, "Asante");
  set_name (&world->b, early, "Owusu");

  requests = world->requests;
  world_sync (world, &world->b, NULL);
  g_assert_cmpuint (world->requests - requests, <=, 6); /* the page that it had is not sent again */
  world_sync_all (world);
  world_assert_equal (world);
  assert_name (&world->a, here, "Asante");
  assert_name (&world->b, trash, "Mensah");
}

/* Half a year in a drawer: the device gets what there is, not the story of it. What it has to say is said first. */
static void
very_old (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (RoundsRecord) said = NULL;
  guint requests;

  world_sync_all (world);
  said = peer_add_person (&world->b, NULL, "Asante");
  g_assert_true (rounds_record_store_begin (world->server.store, NULL));
  for (int i = 0; i < 10100; i++)
    set_name (&world->server, person, i % 2 ? "Osei" : "Mensah");
  set_name (&world->server, person, "Boateng");
  g_assert_true (rounds_record_store_commit (world->server.store, NULL));

  requests = world->requests;
  world_sync (world, &world->b, NULL);
  g_assert_cmpuint (world->requests - requests, <=, 3);
  world_sync_all (world);
  world_assert_equal (world);
  assert_name (&world->b, person, "Boateng");
  assert_name (&world->a, said, "Asante");
}

/* The server's log has been shortened: who was not here since gets everything. */
static void
below_the_floor (World *world)
{
  g_autoptr (RoundsRecord) missed = NULL;
  g_autoptr (GError) error = NULL;

  add_people (&world->a, 3);
  world_sync_all (world);
  missed = peer_add_person (&world->a, NULL, "Mensah");
  world_sync (world, &world->a, NULL);
  rounds_database_exec (rounds_record_store_get_database (world->server.store), "DELETE FROM change_log", &error);
  g_assert_no_error (error);
  world_sync_all (world);
  assert_name (&world->b, missed, "Mensah");
  world_assert_equal (world);
}

/* A backup was put back and nobody told the server to say so, and its log has grown longer than it ever was. */
static void
unnoticed_backup (World *world)
{
  g_autoptr (RoundsRecord) kept = NULL;

  add_people (&world->a, 3);
  world_sync_all (world);
  world_copy (world, &world->server, "backup.db");
  kept = peer_add_person (&world->a, NULL, "Mensah");
  world_sync (world, &world->a, NULL);
  world_put_back (world, &world->server, "backup.db", ROUNDS_ROLE_SERVER);
  add_people (&world->b, 5);
  world_sync (world, &world->b, NULL);

  world_sync_all (world);
  world_assert_equal (world);
  assert_name (&world->b, kept, "Mensah");
}

/* A cursor of an older version of the server. */
static void
not_a_cursor (World *world)
{
  g_autoptr (RoundsRecord) mine = peer_add_person (&world->a, NULL, "Osei");

  world_sync (world, &world->a, NULL);
  g_assert_true (rounds_record_store_set_state (world->a.store, ROUNDS_STATE_CURSOR, "0192-e:17", NULL));
  g_assert_true (rounds_record_store_set_state (world->a.store, ROUNDS_STATE_SERVER_EPOCH, NULL, NULL));
  add_people (&world->b, 1);
  world_sync (world, &world->b, NULL);
  world_sync_all (world);
  world_assert_equal (world);
}

/* One change is one request where nobody else did anything, and the next sync has nothing to fetch either. */
static void
push_alone (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  RoundsSyncSummary summary;

  world_sync_all (world);
  set_name (&world->a, person, "Mensah");
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  add_people (&world->a, 2);
  g_assert_true (
    rounds_record_store_delete (world->a.store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  g_assert_cmpuint (count_requests (world, &world->a), ==, 1);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pulled, ==, 0);
  world_sync (world, &world->b, NULL);
  world_assert_equal (world);
}

/* Somebody else was there in between: their change must not be passed over. */
static void
push_behind_another (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");

  world_sync_all (world);
  peer_set_text (&world->b, person, ROUNDS_PERSON_PHONE, "1");
  add_people (&world->b, 1);
  world_sync (world, &world->b, NULL);
  set_name (&world->a, person, "Mensah");
  g_assert_cmpuint (count_requests (world, &world->a), ==, 2);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world_sync (world, &world->b, NULL);
  world_assert_equal (world);
}

/* The answer is lost, and the application goes on working before it asks again. */
static void
push_answer_lost (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");

  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->a, NULL, NULL));
  set_name (&world->a, person, "Mensah");
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  world_assert_equal (world);
  assert_name (&world->a, person, "Mensah");
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "1");
}

/* A device that went back to a copy of its database gets back what it once said itself, though nobody else said a thing
 * about that record. */
static void
push_from_a_copy (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");

  world_sync_all (world);
  world_copy (world, &world->a, "backup.db");
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world_sync (world, &world->a, NULL);
  world_put_back (world, &world->a, "backup.db", ROUNDS_ROLE_DEVICE);
  peer_set_text (&world->a, person, ROUNDS_PERSON_EMAIL, "ama@example.org");
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world_sync (world, &world->b, NULL);
  world_assert_equal (world);
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync-cursor/changed-meanwhile", changed_meanwhile },
    { "/sync-cursor/very-old", very_old },
    { "/sync-cursor/below-the-floor", below_the_floor },
    { "/sync-cursor/unnoticed-backup", unnoticed_backup },
    { "/sync-cursor/not-a-cursor", not_a_cursor },
    { "/sync-cursor/push-alone", push_alone },
    { "/sync-cursor/push-behind-another", push_behind_another },
    { "/sync-cursor/push-answer-lost", push_answer_lost },
    { "/sync-cursor/push-from-a-copy", push_from_a_copy },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
