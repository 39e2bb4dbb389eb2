/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Applications and servers of different versions. What is lost if this fails: values of a field that one side does not
 * know, without a word. */

#include <string.h>

#include "rounds-error.h"
#include "rounds-remote.h"
#include "rounds-sync-push-writer.h"
#include "sync-world.h"

static RoundsRecord *
find (Peer *peer, RoundsRecord *like)
{
  return rounds_record_store_get (peer->store, ROUNDS_ENTITY_PERSON, rounds_record_get_id (like), NULL);
}

static RoundsChange *
new_mutation (gint64 n, RoundsRecord *like)
{
  RoundsChange *mutation = rounds_change_new ();

  mutation->seq = n;
  mutation->entity = ROUNDS_ENTITY_PERSON;
  mutation->record = *rounds_record_get_id (like);
  mutation->operation = ROUNDS_OPERATION_UPDATE;
  mutation->base_rev = 1;
  mutation->group = rounds_uuid_new ();
  return mutation;
}

static RoundsSyncReply *
push (World *world, GPtrArray *mutations, const RoundsUuid *device)
{
  g_autoptr (RoundsSyncPushWriter) writer = rounds_sync_push_writer_new (mutations);
  g_autoptr (GBytes) body = rounds_sync_push_writer_finish (writer, device, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer =
    rounds_sync_server_push (world->server.store, NULL, &world->user, NULL, body, NULL, NULL, &error);
  RoundsSyncReply *reply;

  g_assert_no_error (error);
  reply = rounds_sync_reply_parse (answer, mutations, &error);
  g_assert_no_error (error);
  return reply;
}

/* A newer application gives a field that the server does not know: the rest is taken, and the server says so, each time
 * that it is asked. */
static void
server_names_what_it_passes_over (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (GPtrArray) mutations = g_ptr_array_new_with_free_func ((GDestroyNotify) rounds_change_free);
  RoundsChange *mutation = new_mutation (77, person);
  RoundsUuid device = rounds_uuid_new ();

  world_sync (world, &world->a, NULL);
  mutation->fields = g_strdup ("{\"phone\":\"1\",\"shoe_size\":43}");
  mutation->base = g_strdup ("{\"phone\":null,\"shoe_size\":null}");
  g_ptr_array_add (mutations, mutation);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (RoundsSyncReply) reply = push (world, mutations, &device);
      RoundsSyncResult *result = g_ptr_array_index (reply->results, 0);

      g_assert_cmpint (result->status, ==, ROUNDS_SYNC_APPLIED);
      g_assert_nonnull (result->unknown);
      g_assert_cmpstr (result->unknown[0], ==, "shoe_size");
      g_assert_null (result->unknown[1]);
    }
  peer_assert_text (&world->server, person, ROUNDS_PERSON_PHONE, "1");
}

/* A kind of record that the server does not know is refused with a reason; after the server's upgrade it is taken. */
static void
server_learns_an_entity (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  RoundsUuid device = rounds_uuid_new ();
  g_autoptr (GPtrArray) mutations = rounds_record_store_list_outbox (world->a.store, 0, 10, NULL);
  g_autoptr (RoundsSyncPushWriter) writer = rounds_sync_push_writer_new (mutations);
  g_autoptr (GBytes) body = rounds_sync_push_writer_finish (writer, &device, NULL, NULL, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GString) strange = g_string_new (text);
  g_autoptr (GBytes) strange_body = NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (RoundsSyncReply) reply = NULL;
  g_autoptr (RoundsSyncReply) later = NULL;

  g_assert_cmpuint (g_string_replace (strange, "\"person\"", "\"spaceship\"", 1), ==, 1);
  strange_body = g_bytes_new (strange->str, strange->len);
  answer = rounds_sync_server_push (world->server.store, NULL, &world->user, NULL, strange_body, NULL, NULL, NULL);
  reply = rounds_sync_reply_parse (answer, mutations, NULL);
  g_assert_cmpint (((RoundsSyncResult *) g_ptr_array_index (reply->results, 0))->status, ==, ROUNDS_SYNC_REJECTED);
  g_assert_nonnull (((RoundsSyncResult *) g_ptr_array_index (reply->results, 0))->reason);

  later = push (world, mutations, &device);
  g_assert_cmpint (((RoundsSyncResult *) g_ptr_array_index (later->results, 0))->status, ==, ROUNDS_SYNC_APPLIED);
  peer_assert_text (&world->server, person, ROUNDS_PERSON_FAMILY_NAME, "Osei");
}

static RoundsSyncRequest *
next (RoundsSyncEngine *engine)
{
  g_autoptr (GError) error = NULL;
  RoundsSyncRequest *request;

  rounds_sync_engine_next (engine, &request, &error);
  g_assert_no_error (error);
  return request;
}

/* The answer of an older server that does not know telephones, to whatever @engine sends. */
static void
answer_without_phone (RoundsSyncEngine *engine, RoundsRecord *person)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncRequest) request = next (engine);
  g_autoptr (RoundsSyncPush) sent = NULL;
  g_autoptr (RoundsSyncReply) reply = rounds_sync_reply_new ();
  g_autoptr (GBytes) body = NULL;

  g_assert_cmpstr (request->method, ==, "POST");
  sent = rounds_sync_push_parse (request->body, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sent->mutations->len; i++)
    {
      RoundsSyncResult *result = rounds_sync_result_new (g_ptr_array_index (sent->mutations, i), ROUNDS_SYNC_APPLIED);
      const char *const unknown[] = { "phone", NULL };

      result->unknown = g_strdupv ((char **) unknown);
      result->record = rounds_record_dup (person);
      rounds_record_set_integer (result->record, ROUNDS_FIELD_REV, 1);
      result->present = (1 << ROUNDS_FIELD_ID) | (1 << ROUNDS_FIELD_REV);
      g_ptr_array_add (reply->results, result);
    }
  body = rounds_sync_reply_build (reply);
  g_assert_true (rounds_sync_engine_receive (engine, 200, body, &error));
  g_assert_no_error (error);
}

static void
answer_page (RoundsSyncEngine *engine, RoundsRecord *record, const char *cursor, guint32 schema)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsSyncRequest) request = next (engine);
  g_autoptr (RoundsSyncPage) page = rounds_sync_page_new ("epoch");
  g_autoptr (GBytes) body = NULL;

  g_assert_cmpstr (request->method, ==, "GET");
  page->cursor = g_strdup (cursor);
  page->schema = schema;
  if (record != NULL)
    g_ptr_array_add (page->records, g_object_ref (record));
  body = rounds_sync_page_build (page);
  g_assert_true (rounds_sync_engine_receive (engine, 200, body, &error));
  g_assert_no_error (error);
}

/* The user's telephone number stays here while the server is too old for it, and goes there, as it is by then, once the
 * server knows what it is. */
static void
device_keeps_and_sends_later (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (RoundsRecord) theirs = NULL;
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (world->a.store);
  g_autoptr (GPtrArray) outbox = NULL;
  g_autoptr (RoundsSyncRequest) request = NULL;
  g_autoptr (RoundsSyncPush) sent = NULL;
  const RoundsChange *change;

  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  rounds_sync_engine_start (engine);
  answer_without_phone (engine, person);
  answer_page (engine, NULL, "one", 1);
  g_assert_null (next (engine));
  g_assert_cmpint (rounds_record_store_count_changes (world->a.store, ROUNDS_CHANGE_PENDING, NULL), ==, 0);

  /* An edit starts from what the server has of the field: nothing. */
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "2");
  rounds_sync_engine_start (engine);
  request = next (engine);
  sent = rounds_sync_push_parse (request->body, NULL);
  change = g_ptr_array_index (sent->mutations, 0);
  g_assert_nonnull (strstr (change->base, "null"));
  rounds_sync_engine_start (engine);
  answer_without_phone (engine, person);
  answer_page (engine, NULL, "two", 0);

  /* The upgraded server tells of the record, whose telephone number it has not got. */
  theirs = find (&world->a, person);
  rounds_record_clear_field (theirs, ROUNDS_PERSON_PHONE);
  rounds_record_set_integer (theirs, ROUNDS_FIELD_REV, 5);
  rounds_sync_engine_start (engine);
  answer_page (engine, theirs, "three", 2);
  peer_assert_text (&world->a, person, ROUNDS_PERSON_PHONE, "2");
  outbox = rounds_record_store_list_outbox (world->a.store, 0, 10, NULL);
  g_assert_cmpuint (outbox->len, ==, 1);
  g_assert_cmpstr (((RoundsChange *) g_ptr_array_index (outbox, 0))->fields, ==, "{\"phone\":\"2\"}");
  g_assert_cmpstr (((RoundsChange *) g_ptr_array_index (outbox, 0))->base, ==, "{\"phone\":null}");
  g_clear_pointer (&request, rounds_sync_request_free);
  request = next (engine);
  g_assert_cmpstr (request->method, ==, "POST");
}

/* After an upgrade the application has everything sent anew, as the version before left out what it did not know. What
 * was typed meanwhile goes first. */
static void
application_learns_a_field (World *world)
{
  g_autoptr (RoundsRecord) person = peer_add_person (&world->a, NULL, "Osei");
  g_autoptr (RoundsRecord) typed = NULL;
  g_autoptr (GError) error = NULL;

  world_sync_all (world);
  peer_set_text (&world->a, person, ROUNDS_PERSON_PHONE, "1");
  world_sync_all (world);

  /* As the older version left it: the field is empty, though the revision is the server's. */
  rounds_database_exec (rounds_record_store_get_database (world->b.store), "UPDATE person SET phone = NULL", &error);
  g_assert_no_error (error);
  g_assert_true (rounds_record_store_set_state (world->b.store, "schema", "older", NULL));
  typed = peer_add_person (&world->b, NULL, "Mensah");
  world_sync (world, &world->b, NULL);
  peer_assert_text (&world->b, person, ROUNDS_PERSON_PHONE, "1");
  world_sync_all (world);
  world_assert_equal (world);
  peer_assert_text (&world->a, typed, ROUNDS_PERSON_FAMILY_NAME, "Mensah");
}

int
main (int argc, char **argv)
{
  static const WorldStory stories[] = {
    { "/sync-versions/server-names-what-it-passes-over", server_names_what_it_passes_over },
    { "/sync-versions/server-learns-an-entity", server_learns_an_entity },
    { "/sync-versions/device-keeps-and-sends-later", device_keeps_and_sends_later },
    { "/sync-versions/application-learns-a-field", application_learns_a_field },
  };

  return world_run_stories (argc, argv, stories, G_N_ELEMENTS (stories));
}
