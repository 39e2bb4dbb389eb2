/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A push of several requests, each made ready while the one before is on its way. If this fails, a rep who comes back
 * to a network waits longer than needed, or something is sent wrong because an answer was not known yet.
 */

#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-push-writer.h"
#include "sync-world.h"

#define N_PEOPLE 6
#define IN_A_PUSH 2

static struct
{
  guint pending[N_PEOPLE]; /* what the device knew to be waiting when a mutation was looked at by the server */
  guint n;
} watch;

static gboolean
count_pending (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data,
               GError **error)
{
  World *world = data;

  g_assert_cmpuint (watch.n, <, N_PEOPLE);
  watch.pending[watch.n++] = (guint) rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_PENDING, error);
  return TRUE;
}

static GPtrArray *
add_people (World *world)
{
  static const char *const names[N_PEOPLE] = { "Osei", "Mensah", "Asante", "Boateng", "Owusu", "Adjei" };
  GPtrArray *people = g_ptr_array_new_with_free_func (g_object_unref);

  world_sync_all (world);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_ptr_array_add (people, peer_add_person (&world->a, NULL, names[i]));
  world->push_limit = IN_A_PUSH;
  return people;
}

static void
assert_all_is_there (World *world)
{
  world->push_limit = 0;
  world_sync_all (world);
  g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, N_PEOPLE);
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
  world_assert_equal (world);
}

/* The next request goes out before the answer to the one before is stored, and nothing has to be pulled in the end. */
static void
answers_are_stored_meanwhile (World *world)
{
  g_autoptr (GPtrArray) people = add_people (world);
  RoundsSyncSummary summary;
  guint before;

  watch.n = 0;
  world->allow = count_pending;
  before = world->requests;
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (world->requests - before, ==, N_PEOPLE / IN_A_PUSH);
  g_assert_cmpuint (summary.pushed, ==, N_PEOPLE);
  g_assert_cmpuint (summary.pulled, ==, 0);
  g_assert_cmpuint (watch.n, ==, N_PEOPLE);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_assert_cmpuint (watch.pending[i], ==, N_PEOPLE - (i < 2 * IN_A_PUSH ? 0 : IN_A_PUSH));
  world->allow = NULL;
  assert_all_is_there (world);
}

/* Killed with an answer in hand that was not stored: it is asked for again. */
static void
killed_with_an_answer (World *world)
{
  for (int step = 1; step <= N_PEOPLE / IN_A_PUSH; step++)
    {
      g_autoptr (GPtrArray) people = NULL;

      world_tear_down (world);
      world_set_up (world);
      people = add_people (world);
      world->lose_reply = step;
      g_assert_false (world_try_sync (world, &world->a, NULL, NULL));
      world_reopen (world, &world->a, ROUNDS_ROLE_DEVICE);
      g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, (guint) step * IN_A_PUSH);
      assert_all_is_there (world);
    }
}

static GPtrArray *edited; /* (not owned) */

static void
edit_some (World *world)
{
  world->meanwhile = NULL;
  for (guint i = 0; i < N_PEOPLE; i += IN_A_PUSH)
    peer_set_text (&world->a, g_ptr_array_index (edited, i), ROUNDS_PERSON_PHONE, "0612345678");
}

/* Of those that are on their way, ready to go and still waiting, one each is changed. */
static void
edited_meanwhile (World *world)
{
  g_autoptr (GPtrArray) people = add_people (world);

  edited = people;
  world->meanwhile = edit_some;
  world_sync (world, &world->a, NULL);
  assert_all_is_there (world);
  for (guint i = 0; i < N_PEOPLE; i += IN_A_PUSH)
    peer_assert_text (&world->b, g_ptr_array_index (people, i), ROUNDS_PERSON_PHONE, "0612345678");
}

/* What hangs on the answer waits for it: an edit must not go out as if its record had never been sent. */
static void
edited_before (World *world)
{
  g_autoptr (GPtrArray) people = add_people (world);
  RoundsSyncSummary summary;

  world->push_limit = N_PEOPLE;
  for (guint i = 0; i < N_PEOPLE; i++)
    peer_set_text (&world->a, g_ptr_array_index (people, i), ROUNDS_PERSON_PHONE, "0612345678");
  world_sync (world, &world->a, &summary);
  g_assert_cmpuint (summary.pushed, ==, 2 * N_PEOPLE);
  g_assert_cmpuint (summary.merged + summary.conflicts + summary.rejected, ==, 0);
  assert_all_is_there (world);
  peer_assert_text (&world->b, g_ptr_array_index (people, 0), ROUNDS_PERSON_PHONE, "0612345678");
}

/* What mends something goes with it, even if it could have been made ready before it was known that it is refused. */
static void
refused_before_it_is_mended (World *world)
{
  for (guint between = 0; between <= 2; between++)
    {
      g_autoptr (RoundsRecord) stranger = NULL;

      world_tear_down (world);
      world_set_up (world);
      world_sync_all (world);
      world->refused = "Stranger";
      world->push_limit = 1;
      stranger = peer_add_person (&world->a, NULL, "Stranger");
      for (guint i = 0; i < between; i++)
        {
          g_autoptr (RoundsRecord) other = peer_add_person (&world->a, "Ama", "Osei");
        }
      peer_set_text (&world->a, stranger, ROUNDS_PERSON_FAMILY_NAME, "Friend");
      world_sync (world, &world->a, NULL);
      g_assert_cmpint (peer_count (&world->server, ROUNDS_ENTITY_PERSON), ==, between + 1);
      world_sync_all (world);
      peer_assert_text (&world->b, stranger, ROUNDS_PERSON_FAMILY_NAME, "Friend");
      g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_REJECTED, NULL), ==, 0);
      world_assert_equal (world);
    }
}

/* The server is put back to a backup between two answers. */
static void
restored (World *world)
{
  world_put_back (world, &world->server, "backup.db", ROUNDS_ROLE_SERVER);
  g_assert_true (rounds_record_store_set_state (world->server.store, ROUNDS_STATE_EPOCH, "new", NULL));
  world->meanwhile = NULL;
}

static void
restored_in_between (World *world)
{
  g_autoptr (GPtrArray) people = add_people (world);

  world_copy (world, &world->server, "backup.db");
  world->meanwhile = restored;
  world_sync (world, &world->a, NULL);
  assert_all_is_there (world);
}

static char *
make_noise (gsize size)
{
  char *text = g_malloc (size + 1);

  for (gsize i = 0; i < size; i++)
    text[i] = (char) g_random_int_range ('a', 'z' + 1);
  text[size] = '\0';
  return text;
}

/* However long what is sent is, and however little of it packing saves, both say the same. */
static void
packed_as_it_is (World *world)
{
  static const gsize sizes[] = { 0, 1, 100, 1000, 64 * 1024, 300 * 1024 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *noise = make_noise (sizes[i]);
      g_autofree char *fields = g_strdup_printf ("{\"notes\":\"%s\"}", noise);
      RoundsChange change = { .seq = 1,
                              .entity = ROUNDS_ENTITY_PERSON,
                              .group = rounds_uuid_new (),
                              .record = rounds_uuid_new (),
                              .fields = fields };
      g_autoptr (GPtrArray) changes = g_ptr_array_new ();
      g_autoptr (RoundsSyncPushWriter) writer = NULL;
      g_autoptr (GBytes) body = NULL;
      g_autoptr (GBytes) packed = NULL;
      g_autoptr (RoundsSyncPush) push = NULL;
      g_autoptr (GError) error = NULL;
      RoundsUuid device = rounds_uuid_new ();

      g_ptr_array_add (changes, &change);
      writer = rounds_sync_push_writer_new (changes);
      body = rounds_sync_push_writer_finish (writer, &device, NULL, "epoch", &packed);
      g_assert_true (packed != NULL || sizes[i] < 1000);
      world_assert_packed (body, packed);
      push = rounds_sync_push_parse (body, &error);
      g_assert_no_error (error);
      g_assert_true (rounds_uuid_equal (&push->device, &device));
      g_assert_null (push->cursor);
      g_assert_cmpstr (push->epoch, ==, "epoch");
      g_assert_cmpstr (((RoundsChange *) g_ptr_array_index (push->mutations, 0))->fields, ==, fields);
    }
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync-pusher/answers-are-stored-meanwhile", answers_are_stored_meanwhile },
    { "/sync-pusher/killed-with-an-answer", killed_with_an_answer },
    { "/sync-pusher/edited-meanwhile", edited_meanwhile },
    { "/sync-pusher/edited-before", edited_before },
    { "/sync-pusher/refused-before-it-is-mended", refused_before_it_is_mended },
    { "/sync-pusher/restored-in-between", restored_in_between },
    { "/sync-pusher/packed-as-it-is", packed_as_it_is },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
