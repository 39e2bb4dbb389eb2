/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: anything at all that somebody typed, or that it is there once and not twice. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-merge.h"
#include "rounds-remote.h"
#include "rounds-sync-protocol.h"
#include "sync-world.h"

static gint64
count_rejected (Peer *peer)
{
  return rounds_record_store_count_changes (peer->store, ROUNDS_CHANGE_REJECTED, NULL);
}

static void
to_the_other_device (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = visit_new (person, "Likes tea.");
  RoundsSyncSummary summary;
  guint requests;

  peer_save (&world->a, visit);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, 2);
  g_assert_cmpuint (summary.pulled, ==, 0);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.pulled, ==, 2);
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Likes tea.");
  world_assert_equal (world);

  /* Nothing new is one request, and nothing comes back as an edit. */
  requests = world->requests;
  world_sync (world, &world->a, &summary);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (world->requests, ==, requests + 2);
}

/* SalesforceMobileSDK-iOS#3288: the server saved, the answer was lost, the device tries again. */
static void
lost_replies (World *world)
{
  g_autoptr (RoundsRecord) first = peer_add_person (&world->a, "Ama", "Osei");

  for (int i = 0; i < 50; i++)
    {
      g_autofree char *name = g_strdup_printf ("P%d", i);
      g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", name);
      g_autoptr (RoundsRecord) visit = visit_new (person, name);
      g_autoptr (GError) error = NULL;

      peer_save (&world->a, visit);
      peer_set_text (&world->a, first, ROUNDS_PERSON_PHONE, name);
      if (i % 7 == 3)
        peer_delete (&world->a, visit);
      world->lose_reply = 1;
      g_assert_false (world_try_sync (world, &world->a, NULL, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
      if (i % 2 == 0)
        world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
      if (i % 5 == 0)
        world_sync (world, &world->a, NULL);
    }
  world_sync_all (world);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 51);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_INTERACTION), ==, 43);
  g_assert_cmpint (peer_count (&world->a, ROUNDS_ENTITY_CONFLICT), ==, 0);
  peer_assert_text (&world->server, first, ROUNDS_PERSON_PHONE, "P49");
  world_assert_equal (world);

  /* One line in the server's log for each thing that was done: nothing was applied twice. */
  g_assert_cmpint (rounds_record_store_get_last_seq (world->server.store, NULL), ==, 1 + 50 * 3 + 7);
}

/* Killed after each request in turn, before it reached the server or before the answer was written. */
static void
killed_between_steps (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->b, "Ama", "Osei");
  RoundsSyncSummary summary;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *name = g_strdup_printf ("N%d", i);
      g_autoptr (RoundsRecord) other = peer_add_person (&world->b, "Kofi", name);
    }
  world_sync (world, &world->b, NULL);

  for (int step = 1; step < 12; step++)
    {
      g_autofree char *phone = g_strdup_printf ("%d", step);

      if (step > 8)
        peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, phone);
      world->lose_reply = step;
      if (!world_try_sync (world, &world->a, &summary, NULL))
        world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
      world->lose_reply = 0;
      world->lose_request = step;
      if (!world_try_sync (world, &world->a, &summary, NULL))
        world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
      world->lose_request = 0;
    }
  world_sync_all (world);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "11");
  world_assert_equal (world);
}

/* vaccine_registry#73: contact, visit and follow-up arrive whole or not at all, and do not hold up what comes after. */
static void
group_rejected_whole (World *world)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = visit_new (person, "a stranger");
  g_autoptr (RoundsRecord) later = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (GError) error = NULL;
  RoundsSyncSummary summary;

  world->refused = "stranger";
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  g_ptr_array_add (group, person);
  g_ptr_array_add (group, visit);
  rounds_record_store_save_all (world->a.store, group, &error);
  g_assert_no_error (error);
  later = peer_add_person (&world->a, "Efua", "Mensah");

  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 2);
  g_assert_cmpuint (summary.pushed, ==, 1);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_INTERACTION), ==, 0);
  peer_assert_text (&world->server, later, ROUNDS_PERSON_FAMILY_NAME, "Mensah");

  /* Nothing that was typed is gone, and each change says why. */
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "a stranger");
  rejected = rounds_record_store_list_rejected (world->a.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejected->len, ==, 2);
  g_assert_nonnull (strstr (((RoundsChange *) g_ptr_array_index (rejected, 0))->reply, "No stranger."));
  g_assert_cmpstr (((RoundsChange *) g_ptr_array_index (rejected, 1))->reply, ==, "No stranger.");

  /* Mending what was refused sends all of the group. */
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "an old friend");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 0);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);
  world_sync_all (world);
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "an old friend");
  world_assert_equal (world);
}

static void
group_applied_whole (World *world)
{
  g_autoptr (GPtrArray) group = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  RoundsSyncSummary summary;

  /* More than a request holds otherwise: still one request, as it is one group. */
  for (int i = 0; i < ROUNDS_SYNC_PUSH_LIMIT + 50; i++)
    {
      RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
      g_autofree char *name = g_strdup_printf ("G%d", i);

      rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, name);
      g_ptr_array_add (group, person);
    }
  rounds_record_store_save_all (world->a.store, group, &error);
  g_assert_no_error (error);
  world->lose_reply = 1;
  g_assert_false (world_try_sync (world, &world->a, NULL, NULL));
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, group->len);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, group->len);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, group->len);
}

static void
rejected_value_is_mended (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsSyncSummary summary;

  world_sync_all (world);
  world->refused = "stranger";
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "stranger");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 1);

  /* Another field goes through; what was refused stays on the screen. */
  peer_set_text (&world->a, person, ROUNDS_PERSON_EMAIL, "ama@example.org");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 0);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "stranger");
  g_assert_cmpint (count_rejected (&world->a), ==, 1);

  peer_set_text (&world->b, person, ROUNDS_PERSON_SUFFIX, "Jr");
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "stranger");

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "0612345678");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 0);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);
  world_sync_all (world);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "0612345678");
  world_assert_equal (world);
}

/* Deleted here although the server never took it: then there is nothing left to tell. */
static void
rejected_is_deleted (World *world)
{
  g_autoptr (RoundsRecord) person = NULL;

  world->refused = "stranger";
  person = peer_add_person (&world->a, "stranger", "Osei");
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count_rejected (&world->a), ==, 1);
  peer_delete (&world->a, person);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);

  /* And back, as something else: all of it is sent. */
  g_assert_true (
    rounds_record_store_restore (world->a.store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (person), NULL));
  peer_set_text (&world->a, person, ROUNDS_PERSON_GIVEN_NAME, "Ama");
  world_sync_all (world);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  world_assert_equal (world);
}

/* The server refuses a request without saying what it does not like: the others go through. */
static void
poison_does_not_block (World *world)
{
  g_autoptr (RoundsRecord) first = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) second = peer_add_person (&world->a, "Efua", "Mensah");
  RoundsSyncSummary summary;

  world->fail_request = 1;
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, 2);

  peer_set_text (&world->a, first, ROUNDS_PERSON_PHONE, "1");
  world->fail_request = 1;
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 1);
  peer_set_text (&world->a, second, ROUNDS_PERSON_PHONE, "2");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, 1);
}

/* The server loses a day. What it had acknowledged comes back from the devices, and nothing twice. */
static void
restored_from_backup (World *world)
{
  g_autoptr (RoundsRecord) old = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) kept = NULL;
  g_autoptr (RoundsRecord) waiting = NULL;

  world_sync_all (world);
  world_copy (world, &world->server, "backup.db");
  kept = peer_add_person (&world->a, "Efua", "Mensah");
  peer_set_text (&world->a, old, ROUNDS_PERSON_PHONE, "1");
  world_sync_all (world);
  peer_set_text (&world->b, old, ROUNDS_PERSON_EMAIL, "ama@example.org");
  world_sync_all (world);
  waiting = peer_add_person (&world->a, "Kofi", "Annor");

  world_put_back (world, &world->server, "backup.db", ROUNDS_ROLE_SERVER);
  g_assert_true (rounds_record_store_set_state (world->server.store, ROUNDS_STATE_EPOCH, "new", NULL));
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);

  world_sync_all (world);
  world_sync_all (world);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 3);
  peer_assert_text (&world->server, old, ROUNDS_PERSON_PHONE, "1");
  peer_assert_text (&world->server, old, ROUNDS_PERSON_EMAIL, "ama@example.org");
  peer_assert_text (&world->server, kept, ROUNDS_PERSON_FAMILY_NAME, "Mensah");
  peer_assert_text (&world->b, waiting, ROUNDS_PERSON_FAMILY_NAME, "Annor");
  world_assert_equal (world);
}

/* A device goes back to a copy of its database and gives the numbers that it has used to other changes. */
static void
device_restored_from_backup (World *world)
{
  g_autoptr (RoundsRecord) before = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) lost = NULL;
  g_autoptr (RoundsRecord) new = NULL;

  world_sync_all (world);
  world_copy (world, &world->a, "backup.db");
  lost = peer_add_person (&world->a, "Efua", "Mensah");
  world_sync_all (world);
  world_put_back (world, &world->a, "backup.db", ROUNDS_ROLE_DEVICE);
  new = peer_add_person (&world->a, "Kofi", "Annor");
  peer_set_text (&world->a, before, ROUNDS_PERSON_PHONE, "1");
  world_sync_all (world);
  peer_assert_text (&world->a, lost, ROUNDS_PERSON_FAMILY_NAME, "Mensah");
  peer_assert_text (&world->b, new, ROUNDS_PERSON_FAMILY_NAME, "Annor");
  world_assert_equal (world);
}

/* Answers of a newer server: what this version does not know is passed over, what an older one does not say stays. */
static void
other_versions (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (world->a.store);
  g_autoptr (RoundsSyncRequest) request = NULL;
  g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (person));
  g_autofree char *epoch = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world_sync (world, &world->a, NULL);
  g_assert_true (rounds_record_store_get_state (world->a.store, ROUNDS_STATE_SERVER_EPOCH, &epoch, NULL));
  text = g_strdup_printf ("{\"cursor\":\"e:9\",\"epoch\":\"%s\",\"mood\":1}\n"
                          "{\"entity\":\"spaceship\",\"fields\":[\"id\"]}\n[\"%s\"]\n"
                          "{\"entity\":\"user\",\"fields\":[\"id\",\"username\"]}\n[\"%s\",\"x\"]\n"
                          "{\"entity\":\"person\",\"fields\":[\"id\",\"rev\",\"email\",\"aura\"],\"nulls\":[\"hue\"]}\n"
                          "[\"%s\",9,\"a@b.c\",{}]\n",
                          epoch, id, id, id);
  body = g_bytes_new (text, strlen (text));

  rounds_sync_engine_start (engine);
  rounds_sync_engine_next (engine, &request, &error);
  g_assert_nonnull (request);
  rounds_sync_engine_receive (engine, 200, body, &error);
  g_assert_no_error (error);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_EMAIL, "a@b.c");
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  peer_assert_text (&world->a, person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
}

/* Rubbish is refused before anything of it is written. */
static void
rubbish (World *world)
{
  const char *const answers[] = {
    "",
    "<html>Please sign in</html>",
    "[]",
    "{}",
    "{\"cursor\":\"9\",\"records\":[]}",
    "{\"cursor\":\"e:9\",\"records\":[]}",
    "{\"epoch\":\"e\",\"records\":[]}",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n[null,1]\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n[\"x\",1]\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n7\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n[]\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n[\"018f0000-0000-7000-"
    "8000-000000000000\",1,2]\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n[\"018f0000-0000-7000-"
    "8000-000000000000\",1",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n{\"fields\":[]}\n",
    "{\"epoch\":\"e\",\"cursor\":\"e:9\"}\n{\"entity\":\"person\",\"fields\":[\"id\",\"rev\"]}\n\n",
    "{\"results\":[]}",
    "{\"results\":[{\"n\":77,\"status\":\"applied\"}]}",
    "{\"results\":[{\"n\":1,\"status\":\"perhaps\"}]}",
    "{\"results\":[{\"n\":1,\"status\":\"applied\",\"record\":{\"id\":\"018f0000-0000-7000-8000-000000000000\"}}]}",
  };

  for (int push = 0; push < 2; push++)
    {
      if (push)
        g_object_unref (peer_add_person (&world->a, "Ama", "Osei"));
      for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
        {
          g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (world->a.store);
          g_autoptr (GBytes) body = g_bytes_new_static (answers[i], strlen (answers[i]));
          g_autoptr (RoundsSyncRequest) request = NULL;
          g_autoptr (GError) error = NULL;

          rounds_sync_engine_start (engine);
          rounds_sync_engine_next (engine, &request, &error);
          g_assert_false (rounds_sync_engine_receive (engine, 200, body, &error));
          g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
        }
    }
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);
}

/* What a colleague has written in the same note stays when an edit is discarded that was refused. */
static void
rejected_is_discarded (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = visit_new (person, "We met.");
  g_autoptr (RoundsRecord) now = NULL;
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (GError) error = NULL;

  peer_save (&world->a, visit);
  world_sync_all (world);
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "On Monday we met.");
  world_sync (world, &world->b, NULL);
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "We met. Wants data.");
  world->refused = "interaction";
  world_sync (world, &world->a, NULL);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "On Monday we met. Wants data.");

  rejected = rounds_record_store_list_rejected (world->a.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejected->len, ==, 1);
  now = peer_get (&world->a, visit);
  g_assert_true (rounds_merge_take_back (now, rejected->pdata[0], &error));
  peer_save (&world->a, now);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count_rejected (&world->a), ==, 0);
  world_sync_all (world);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "On Monday we met.");
  world_assert_equal (world);
}

static const WorldStory stories[] = {
  { "/sync/to-the-other-device", to_the_other_device },
  { "/sync/lost-replies", lost_replies },
  { "/sync/killed-between-steps", killed_between_steps },
  { "/sync/group-rejected-whole", group_rejected_whole },
  { "/sync/group-applied-whole", group_applied_whole },
  { "/sync/rejected-value-is-mended", rejected_value_is_mended },
  { "/sync/rejected-is-deleted", rejected_is_deleted },
  { "/sync/rejected-is-discarded", rejected_is_discarded },
  { "/sync/poison-does-not-block", poison_does_not_block },
  { "/sync/restored-from-backup", restored_from_backup },
  { "/sync/device-restored-from-backup", device_restored_from_backup },
  { "/sync/other-versions", other_versions },
  { "/sync/rubbish", rubbish },
};

int
main (int argc, char **argv)
{
  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
