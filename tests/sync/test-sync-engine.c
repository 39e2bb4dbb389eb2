/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is lost if this fails: anything at all that somebody typed, or that it is there once and not twice. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-protocol.h"
#include "sync-world.h"

static RoundsRecord *
new_visit (RoundsRecord *person, const char *notes)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  return visit;
}

static void delete (Peer *peer, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete (peer->store, rounds_record_get_entity (record), rounds_record_get_id (record), &error);
  g_assert_no_error (error);
}

static gint64
count (Peer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return rounds_record_store_count (peer->store, query, NULL);
}

static gint64
count_rejected (Peer *peer)
{
  return rounds_record_store_count_changes (peer->store, ROUNDS_CHANGE_REJECTED, NULL);
}

static void
to_the_other_device (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = new_visit (person, "Likes tea.");
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

/* joplin#13531: two clients edit one note offline; both texts survive on both. */
static void
same_notes (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = new_visit (person, "Met in the ward.");

  peer_save (&world->a, visit);
  world_sync_all (world);
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met in the ward. Likes tea.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Wants samples.");
  world_sync_all (world);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Likes tea. Wants samples.");
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met in the east ward. Likes tea. Wants samples.");
  g_assert_cmpint (count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 0);
  world_assert_equal (world);
}

static void
same_words (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = new_visit (person, "Again on Tuesday.");

  peer_save (&world->a, visit);
  world_sync_all (world);
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Again on Friday.");
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Again on Monday.");
  world_sync_all (world);
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Again on [Friday / Monday].");
  g_assert_cmpint (count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 1);
  world_assert_equal (world);
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
      g_autoptr (RoundsRecord) visit = new_visit (person, name);
      g_autoptr (GError) error = NULL;

      peer_save (&world->a, visit);
      peer_set_text (&world->a, first, ROUNDS_PERSON_PHONE, name);
      if (i % 7 == 3)
        delete (&world->a, visit);
      world->lose_reply = 1;
      g_assert_false (world_try_sync (world, &world->a, NULL, &error));
      g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE);
      if (i % 2 == 0)
        world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
      if (i % 5 == 0)
        world_sync (world, &world->a, NULL);
    }
  world_sync_all (world);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 51);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_INTERACTION), ==, 43);
  g_assert_cmpint (count (&world->a, ROUNDS_ENTITY_CONFLICT), ==, 0);
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

static gboolean
refuse_strangers (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
                  GError **error)
{
  if (mutation->fields == NULL || strstr (mutation->fields, "stranger") == NULL)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "No strangers.");
  return FALSE;
}

/* vaccine_registry#73: contact, visit and follow-up arrive whole or not at all, and do not hold up what comes after. */
static void
group_rejected_whole (World *world)
{
  g_autoptr (RoundsRecord) person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (RoundsRecord) visit = new_visit (person, "a stranger");
  g_autoptr (RoundsRecord) later = NULL;
  g_autoptr (GPtrArray) group = g_ptr_array_new ();
  g_autoptr (GPtrArray) rejected = NULL;
  g_autoptr (GError) error = NULL;
  RoundsSyncSummary summary;

  world->allow = refuse_strangers;
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
  g_ptr_array_add (group, person);
  g_ptr_array_add (group, visit);
  rounds_record_store_save_all (world->a.store, group, &error);
  g_assert_no_error (error);
  later = peer_add_person (&world->a, "Efua", "Mensah");

  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.rejected, ==, 2);
  g_assert_cmpuint (summary.pushed, ==, 1);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_INTERACTION), ==, 0);
  peer_assert_text (&world->server, later, ROUNDS_PERSON_FAMILY_NAME, "Mensah");

  /* Nothing that was typed is gone, and each change says why. */
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "a stranger");
  rejected = rounds_record_store_list_rejected (world->a.store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rejected->len, ==, 2);
  g_assert_nonnull (strstr (((RoundsChange *) g_ptr_array_index (rejected, 0))->reply, "No strangers."));
  g_assert_cmpstr (((RoundsChange *) g_ptr_array_index (rejected, 1))->reply, ==, "No strangers.");

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
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, group->len);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, group->len);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, group->len);
}

static void
rejected_value_is_mended (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  RoundsSyncSummary summary;

  world_sync_all (world);
  world->allow = refuse_strangers;
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

  world->allow = refuse_strangers;
  person = peer_add_person (&world->a, "stranger", "Osei");
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count_rejected (&world->a), ==, 1);
  delete (&world->a, person);
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

/* The edit wins, whoever comes first, and somebody is told. */
static void
deleted_against_edited (World *world)
{
  g_autoptr (RoundsRecord) first = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) second = peer_add_person (&world->a, "Efua", "Mensah");
  g_autoptr (RoundsRecord) record = NULL;
  RoundsSyncSummary summary;

  world_sync_all (world);
  delete (&world->a, first);
  peer_set_text (&world->b, first, ROUNDS_PERSON_PHONE, "1");
  peer_set_text (&world->a, second, ROUNDS_PERSON_PHONE, "2");
  delete (&world->b, second);
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 2);
  g_assert_cmpint (count (&world->b, ROUNDS_ENTITY_CONFLICT), ==, 2);
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 2);
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
  delete (&world->a, person);
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 0);
  world_sync_all (world);
  g_assert_cmpint (count (&world->b, ROUNDS_ENTITY_PERSON), ==, 0);
  world_assert_equal (world);
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
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);

  world_sync_all (world);
  world_sync_all (world);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 3);
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
  g_assert_cmpint (count (&world->a, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
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
  delete (&world->a, a);
  world_sync (world, &world->a, NULL);

  peer_save (&world->b, b);
  world_sync (world, &world->b, &summary);
  g_assert_cmpuint (summary.conflicts, ==, 1);
  world_sync_all (world);
  world_assert_equal (world);
  g_assert_cmpint (count (&world->a, ROUNDS_ENTITY_SPECIALIZATION), ==, 1);
  peer_assert_text (&world->a, a, ROUNDS_SPECIALIZATION_TAXONOMY_CODE, "207RC0000X");
}

/* Something arrives while the device has edits of its own that are not sent yet. */
static void
rebased_on_top (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, "Ama", "Osei");
  g_autoptr (RoundsRecord) visit = new_visit (person, "Met.");
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (world->a.store);
  g_autoptr (RoundsSyncRequest) request = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;

  peer_save (&world->a, visit);
  world_sync_all (world);
  peer_set_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples.");
  world_sync (world, &world->b, NULL);

  rounds_sync_engine_start (engine);
  request = rounds_sync_engine_next (engine, &error);
  g_assert_cmpstr (request->method, ==, "GET");
  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES,
                 "Met. Likes tea."); /* typed while the request is on its way */
  cursor = rounds_record_store_get_state (world->a.store, ROUNDS_STATE_CURSOR, NULL);
  body = rounds_sync_server_pull (world->server.store, NULL, cursor, 0, &error);
  g_assert_no_error (error);
  g_assert_true (rounds_sync_engine_receive (engine, 200, body, &error));
  peer_assert_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes tea.");

  peer_set_text (&world->a, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes green tea.");
  world_sync_all (world);
  peer_assert_text (&world->b, visit, ROUNDS_INTERACTION_NOTES, "Met. Wants samples. Likes green tea.");
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
  epoch = rounds_record_store_get_state (world->a.store, ROUNDS_STATE_SERVER_EPOCH, NULL);
  text = g_strdup_printf ("{\"cursor\":\"e:9\",\"epoch\":\"%s\",\"mood\":1}\n"
                          "{\"entity\":\"spaceship\",\"fields\":[\"id\"]}\n[\"%s\"]\n"
                          "{\"entity\":\"user\",\"fields\":[\"id\",\"username\"]}\n[\"%s\",\"x\"]\n"
                          "{\"entity\":\"person\",\"fields\":[\"id\",\"rev\",\"email\",\"aura\"],\"nulls\":[\"hue\"]}\n"
                          "[\"%s\",9,\"a@b.c\",{}]\n",
                          epoch, id, id, id);
  body = g_bytes_new (text, strlen (text));

  rounds_sync_engine_start (engine);
  request = rounds_sync_engine_next (engine, &error);
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
          request = rounds_sync_engine_next (engine, &error);
          g_assert_false (rounds_sync_engine_receive (engine, 200, body, &error));
          g_assert_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL);
        }
    }
  world_sync (world, &world->a, NULL);
  g_assert_cmpint (count (&world->server, ROUNDS_ENTITY_PERSON), ==, 1);
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync/to-the-other-device", to_the_other_device },
    { "/sync/different-fields", different_fields },
    { "/sync/same-scalar", same_scalar },
    { "/sync/same-scalar-taken-back", same_scalar_taken_back },
    { "/sync/same-notes", same_notes },
    { "/sync/same-words", same_words },
    { "/sync/lost-replies", lost_replies },
    { "/sync/killed-between-steps", killed_between_steps },
    { "/sync/group-rejected-whole", group_rejected_whole },
    { "/sync/group-applied-whole", group_applied_whole },
    { "/sync/rejected-value-is-mended", rejected_value_is_mended },
    { "/sync/rejected-is-deleted", rejected_is_deleted },
    { "/sync/poison-does-not-block", poison_does_not_block },
    { "/sync/deleted-against-edited", deleted_against_edited },
    { "/sync/edited-then-deleted", edited_then_deleted },
    { "/sync/restored-from-backup", restored_from_backup },
    { "/sync/device-restored-from-backup", device_restored_from_backup },
    { "/sync/same-name-twice", same_name_twice },
    { "/sync/same-id-after-deletion", same_id_after_deletion },
    { "/sync/rebased-on-top", rebased_on_top },
    { "/sync/other-versions", other_versions },
    { "/sync/rubbish", rubbish },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
