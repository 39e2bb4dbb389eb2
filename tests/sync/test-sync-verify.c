/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that differs from the server finds out and mends itself. What is lost if this fails: records that are wrong
 * or missing for ever, with nobody knowing. */

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-verifier.h"
#include "rounds-time.h"
#include "sync-world.h"

#define PEOPLE 300

static GPtrArray *
add_people (Peer *peer, guint n)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_true (rounds_record_store_begin (peer->store, NULL));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (people, peer_add_person (peer, NULL, "Osei"));
  g_assert_true (rounds_record_store_commit (peer->store, NULL));
  return people;
}

static RoundsRecord *
find (Peer *peer, RoundsRecord *like)
{
  return rounds_record_store_get (peer->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (like), NULL);
}

static void
set_name (Peer *peer, RoundsRecord *like, const char *name)
{
  g_autoptr (RoundsRecord) record = find (peer, like);

  g_assert_nonnull (record);
  rounds_record_set_text (record, ROUNDS_PERSON_FAMILY_NAME, name);
  g_assert_true (rounds_record_store_save (peer->store, record, NULL));
}

/* Behind the back of everybody: as a fault in a program or a disk would. */
static void
tamper (Peer *peer, const char *sql, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;
  RoundsStatement *statement = rounds_database_prepare (rounds_record_store_get_database (peer->store), sql, &error);

  g_assert_no_error (error);
  rounds_statement_bind_uuid (statement, 1, rounds_record_get_id (record));
  g_assert_true (rounds_statement_run (statement, NULL));
  rounds_statement_reset (statement);
}

static RoundsSyncSummary
verify (World *world, Peer *peer)
{
  RoundsSyncSummary summary = { 0 };

  g_assert_true (rounds_sync_verifier_make_due (peer->store, FALSE, NULL));
  world_sync (world, peer, &summary);
  return summary;
}

/* Lost here, old here, and never gone from here: all of it is mended, and little else is sent. */
static void
repairs (World *world)
{
  g_autoptr (GPtrArray) people = add_people (&world->a, PEOPLE);
  g_autoptr (RoundsRecord) surplus = NULL;
  RoundsSyncSummary summary;
  guint before;

  world_sync_all (world);
  before = world->requests;
  summary = verify (world, &world->b);
  g_assert_cmpuint (summary.repaired, ==, 0);
  g_assert_cmpuint (world->requests - before, ==, 2);

  surplus = peer_add_person (&world->b, NULL, "Mensah");
  tamper (&world->b, "UPDATE person SET rev = 4 WHERE id = $1", surplus);
  tamper (&world->b, "UPDATE change_log SET state = 1 WHERE record = $1", surplus);
  tamper (&world->b, "DELETE FROM person WHERE id = $1", g_ptr_array_index (people, 7));
  tamper (&world->b, "UPDATE person SET rev = 9, family_name = 'X' WHERE id = $1", g_ptr_array_index (people, 70));
  before = world->requests;
  summary = verify (world, &world->b);
  g_assert_cmpuint (summary.repaired, ==, 3);
  g_assert_cmpuint (world->requests - before, <=, 6);
  world_assert_equal (world);
  g_assert_cmpuint (verify (world, &world->b).repaired, ==, 0);
}

static char *
get_question (RoundsSyncVerifier *verifier)
{
  g_autoptr (GError) error = NULL;
  char *path;

  rounds_sync_verifier_next (verifier, &path, &error);
  g_assert_no_error (error);
  return path;
}

/* What was typed here stays, whatever the server says of the record. */
static void
spares_what_waits (World *world)
{
  g_autoptr (GPtrArray) people = add_people (&world->a, 5);
  RoundsRecord *first = g_ptr_array_index (people, 0);
  g_autoptr (RoundsSyncVerifier) verifier = NULL;
  g_autoptr (RoundsRecord) seen = NULL;

  world_sync_all (world);
  tamper (&world->server, "DELETE FROM person WHERE id = $1", first);
  verifier = rounds_sync_verifier_new (world->b.store);
  while (rounds_sync_verifier_get_state (verifier) == ROUNDS_SYNC_VERIFIER_ASKS)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *path = get_question (verifier);
      g_autoptr (GHashTable) parameters = g_uri_parse_params (strchr (path, '?') + 1, -1, "&", G_URI_PARAMS_NONE, NULL);
      const RoundsSyncQuestion question = { g_hash_table_lookup (parameters, "cursor"),
                                            g_hash_table_lookup (parameters, "entity"),
                                            g_hash_table_lookup (parameters, "buckets"),
                                            g_hash_table_lookup (parameters, "ids") };
      g_autoptr (GBytes) body = rounds_sync_server_compare (world->server.store, NULL, &question, &error);

      g_assert_no_error (error);
      if (question.buckets != NULL)
        set_name (&world->b, first, "Typed just now");
      g_assert_true (rounds_sync_verifier_receive (verifier, body, &error));
    }
  seen = find (&world->b, first);
  g_assert_nonnull (seen);
  g_assert_cmpstr (rounds_record_get_text (seen, ROUNDS_PERSON_FAMILY_NAME), ==, "Typed just now");
}

/* Once a day, not more; and again if the clock goes back. */
static void
once_a_day (World *world)
{
  g_autoptr (GPtrArray) people = add_people (&world->a, 3);
  const gint64 ages[] = { 0, ROUNDS_HOUR, 25 * ROUNDS_HOUR, -25 * ROUNDS_HOUR };

  world_sync_all (world);
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      g_autofree char *then = rounds_instant_to_string (rounds_time_now () - ages[i]);
      guint before = world->requests;

      g_assert_true (rounds_record_store_set_state (world->a.store, ROUNDS_STATE_VERIFIED, then, NULL));
      world_sync (world, &world->a, NULL);
      g_assert_cmpuint (world->requests - before, ==, i < 2 ? 1 : 2);
      world_sync (world, &world->a, NULL);
      g_assert_cmpuint (world->requests - before, ==, i < 2 ? 2 : 3);
    }
}

/* The network breaks in the middle: the check is made at the next sync. */
static void
cut_short (World *world)
{
  g_autoptr (GPtrArray) people = add_people (&world->a, 20);

  world_sync_all (world);
  tamper (&world->b, "DELETE FROM person WHERE id = $1", g_ptr_array_index (people, 7));
  g_assert_true (rounds_sync_verifier_make_due (world->b.store, FALSE, NULL));
  for (int cut = 2; cut <= 5; cut++)
    {
      world->lose_reply = cut;
      g_assert_false (world_try_sync (world, &world->b, NULL, NULL));
    }
  world->lose_reply = 0;
  world_sync (world, &world->b, NULL);
  world_assert_equal (world);
}

/* The server went back to a backup, and the device that wrote a record down is gone for good. Who has read it gives it
 * back, rather than to forget the last copy. */
static void
last_copy (World *world)
{
  g_autoptr (RoundsRecord) early = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (RoundsRecord) lost = NULL;
  g_autoptr (RoundsRecord) seen = NULL;

  world_sync_all (world);
  world_copy (world, &world->server, "backup.db");
  lost = peer_add_person (&world->a, NULL, "Mensah");
  world_sync_all (world);
  world_put_back (world, &world->server, "backup.db", ROUNDS_ROLE_SERVER);
  g_assert_true (rounds_record_store_set_state (world->server.store, ROUNDS_STATE_EPOCH, "new", NULL));

  world_sync (world, &world->b, NULL);
  seen = find (&world->server, lost);
  g_assert_nonnull (seen);
  g_assert_cmpstr (rounds_record_get_text (seen, ROUNDS_PERSON_FAMILY_NAME), ==, "Mensah");
  world_sync_all (world);
  world_assert_equal (world);
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync-verify/repairs", repairs },       { "/sync-verify/spares-what-waits", spares_what_waits },
    { "/sync-verify/once-a-day", once_a_day }, { "/sync-verify/cut-short", cut_short },
    { "/sync-verify/last-copy", last_copy },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
