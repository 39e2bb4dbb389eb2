/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A group with more changes than one request takes, as when a large import is taken back: here it is one transaction,
 * to the server it goes in parts. If this fails, a cut between two of them leaves half of it there for good, or does
 * part of it twice. */

#include "rounds-error.h"
#include "rounds-sync-protocol.h"
#include "sync-world.h"

#define MANY (ROUNDS_SYNC_GROUP_LIMIT + 100)

static GPtrArray *
add_people (Peer *peer)
{
  GPtrArray *people = g_ptr_array_new_full (MANY, g_object_unref);
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < MANY; i++)
    {
      GPtrArray *group = g_ptr_array_new_with_free_func (g_object_unref);
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Berg");
      g_ptr_array_add (people, person);
      g_ptr_array_add (group, g_object_ref (person));
      g_ptr_array_add (groups, group);
    }
  rounds_record_store_begin_bulk (peer->store, &error);
  g_assert_no_error (error);
  rounds_record_store_end (peer->store, rounds_record_store_create_groups (peer->store, groups, &error), &error);
  g_assert_no_error (error);
  return people;
}

static void
delete_together (Peer *peer, GPtrArray *people)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_begin (peer->store, &error);
  for (guint i = 0; i < people->len && error == NULL; i++)
    rounds_record_store_delete (peer->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (people->pdata[i]), &error);
  g_assert_no_error (error);
  rounds_record_store_commit (peer->store, &error);
  g_assert_no_error (error);
}

/* The line is cut, and both sides are killed. */
static void
cut (World *world)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (world_try_sync (world, &world->a, NULL, &error));
  g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
  world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
  world_reopen (world, &world->server, ROUNDS_ROLE_SERVER);
}

static void
happen_killed_between (World *world)
{
  g_autoptr (GPtrArray) people = add_people (&world->a);
  gint64 before;

  world_sync (world, &world->a, NULL);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, MANY);
  before = rounds_record_store_get_last_seq (world->server.store, NULL);
  delete_together (&world->a, people);

  /* The first part is done, but the device does not hear of it. */
  world->lose_reply = 1;
  cut (world);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, MANY - ROUNDS_SYNC_GROUP_LIMIT);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_PENDING, NULL), ==, MANY);

  /* Now it does, but the second part gets lost. */
  world->lose_request = 2;
  cut (world);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_PENDING, NULL), ==,
                   MANY - ROUNDS_SYNC_GROUP_LIMIT);

  world_sync (world, &world->a, NULL);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 0);
  g_assert_cmpint (rounds_record_store_get_last_seq (world->server.store, NULL), ==, before + MANY);
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync/large-groups/killed-between", happen_killed_between },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
