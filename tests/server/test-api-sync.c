/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two devices and a server in one process: what one rep writes down must be there for the other, and what an account
 * may not do must come back as refused, not be lost. */

#include <glib/gstdio.h>
#include <string.h>

#include "api-fixture.h"
#include "rounds-accounts.h"
#include "rounds-sqlite-database.h"
#include "rounds-sync-engine.h"
#include "rounds-remote.h"
#include "rounds-sync-push-writer.h"
#include "rounds-sync-verifier.h"
#include "rounds-time.h"
#include "test-folder.h"

#define PULL "/api/v1/sync/pull"
#define PUSH "/api/v1/sync/push"
#define COMPARE "/api/v1/sync/compare"

typedef struct
{
  char *path;
  RoundsUuid id;
  RoundsRecordStore *store;
  RoundsSyncEngine *engine;
} Device;

static void
set_up (ApiFixture *fixture, gconstpointer data)
{
  api_fixture_set_up (fixture, data);
  g_object_unref (api_fixture_add_user (fixture, "bob", "rep", NULL));
  api_fixture_sign_in_as (fixture, "bob");
}

static void
device_open (Device *device, ApiFixture *fixture, const char *name)
{
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  device->path = g_build_filename (fixture->folder, name, NULL);
  database = rounds_sqlite_database_open (device->path, NULL, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  device->store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_DEVICE, &error);
  g_assert_no_error (error);
  device->id = rounds_uuid_new ();
  id = rounds_uuid_to_string (&device->id);
  g_assert_true (rounds_record_store_set_state (device->store, ROUNDS_STATE_DEVICE, id, &error));
  device->engine = rounds_sync_engine_new (device->store);
}

static void
device_close (Device *device)
{
  g_clear_object (&device->engine);
  g_clear_object (&device->store);
  test_folder_remove_database (device->path);
  g_free (device->path);
}

static void
run_sync (ApiFixture *fixture, Device *device)
{
  rounds_sync_engine_start (device->engine);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsSyncRequest) request = NULL;
      g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
      g_autofree char *body = NULL;
      guint status;

      rounds_sync_engine_next (device->engine, &request, &error);
      g_assert_no_error (error);
      if (request == NULL)
        return;
      if (request->body != NULL)
        body = g_strndup (g_bytes_get_data (request->body, NULL), g_bytes_get_size (request->body));
      fixture->header = ROUNDS_SYNC_PROTOCOL_HEADER;
      fixture->header_value = ROUNDS_SYNC_PROTOCOL;
      status = api_send (fixture, request->method, request->path, body);
      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpstr (api_header (fixture, ROUNDS_SYNC_PROTOCOL_HEADER), ==, ROUNDS_SYNC_PROTOCOL);
      g_assert_true (rounds_sync_engine_receive (
        device->engine, status, fixture->response->body != NULL ? fixture->response->body : nothing, &error));
      g_assert_no_error (error);
    }
}

static RoundsRecord *
save_person (Device *device, const char *family_name)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family_name);
  rounds_record_store_save (device->store, person, &error);
  g_assert_no_error (error);
  return person;
}

static char *
get_field (Device *device, RoundsRecord *record, guint field)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecord) stored =
    rounds_record_store_get (device->store, rounds_record_get_entity (record), rounds_record_get_id (record), &error);

  g_assert_no_error (error);
  return g_strdup (rounds_record_get_text (stored, field));
}

static void
test_two_devices (ApiFixture *fixture, gconstpointer data)
{
  Device one = { 0 };
  Device two = { 0 };
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;
  g_autofree char *item = NULL;
  g_autofree char *id = NULL;
  g_autofree char *given = NULL;
  g_autofree char *phone = NULL;

  device_open (&one, fixture, "one.db");
  device_open (&two, fixture, "two.db");
  person = save_person (&one, "Atkinson");
  run_sync (fixture, &one);
  run_sync (fixture, &two);
  name = get_field (&two, person, ROUNDS_PERSON_FAMILY_NAME);
  g_assert_cmpstr (name, ==, "Atkinson");

  /* A program changes it by the resource, a device another field offline: both stay. */
  id = rounds_uuid_to_string (rounds_record_get_id (person));
  item = g_strconcat ("/api/v1/people/", id, NULL);
  g_assert_cmpuint (api_send (fixture, "PATCH", item, "{\"phone\":\"+1 310 820 7129\"}"), ==, 200);
  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Mary");
  g_assert_true (rounds_record_store_save (one.store, person, NULL));
  run_sync (fixture, &one);
  run_sync (fixture, &two);
  given = get_field (&two, person, ROUNDS_PERSON_GIVEN_NAME);
  phone = get_field (&two, person, ROUNDS_PERSON_PHONE);
  g_assert_cmpstr (given, ==, "Mary");
  g_assert_cmpstr (phone, ==, "+1 310 820 7129");
  g_assert_cmpuint (api_get (fixture, item), ==, 200);
  g_assert_cmpstr (api_text (fixture, "given_name"), ==, "Mary");

  device_close (&one);
  device_close (&two);
}

/* What a rep may not do by the resource they may not do by a push either; the rest of the outbox goes on. */
static void
test_refused_is_told (ApiFixture *fixture, gconstpointer data)
{
  Device device = { 0 };
  g_autoptr (RoundsRecord) territory = rounds_record_new (ROUNDS_ENTITY_TERRITORY);
  g_autoptr (RoundsRecord) person = NULL;
  g_autoptr (GPtrArray) rejected = NULL;
  g_autofree char *item = NULL;
  g_autofree char *id = NULL;

  device_open (&device, fixture, "one.db");
  rounds_record_set_text (territory, ROUNDS_TERRITORY_NAME, "Mine");
  g_assert_true (rounds_record_store_save (device.store, territory, NULL));
  person = save_person (&device, "Atkinson");
  run_sync (fixture, &device);

  rejected = rounds_record_store_list_rejected (device.store, NULL);
  g_assert_cmpuint (rejected->len, ==, 1);
  g_assert_cmpint (((RoundsChange *) g_ptr_array_index (rejected, 0))->entity, ==, ROUNDS_ENTITY_TERRITORY);
  g_assert_nonnull (((RoundsChange *) g_ptr_array_index (rejected, 0))->reply);
  id = rounds_uuid_to_string (rounds_record_get_id (person));
  item = g_strconcat ("/api/v1/people/", id, NULL);
  g_assert_cmpuint (api_get (fixture, item), ==, 200);
  g_assert_cmpuint (api_get (fixture, "/api/v1/territories"), ==, 200);
  g_assert_cmpuint (yyjson_arr_size (yyjson_obj_get (api_root (fixture), "items")), ==, 0);
  device_close (&device);
}

/* A device that lost a record finds out by asking for checksums, and gets it back. */
static void
test_repair (ApiFixture *fixture, gconstpointer data)
{
  Device device = { 0 };
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) error = NULL;

  device_open (&device, fixture, "one.db");
  person = save_person (&device, "Atkinson");
  run_sync (fixture, &device);
  rounds_database_exec (rounds_record_store_get_database (device.store),
                        "DELETE FROM person WHERE family_name = 'Atkinson'", &error);
  g_assert_no_error (error);
  run_sync (fixture, &device);
  g_assert_cmpuint (rounds_sync_engine_get_summary (device.engine)->repaired, ==, 0);

  g_assert_true (rounds_sync_verifier_make_due (device.store, FALSE, NULL));
  run_sync (fixture, &device);
  g_assert_cmpuint (rounds_sync_engine_get_summary (device.engine)->repaired, >, 0);
  name = get_field (&device, person, ROUNDS_PERSON_FAMILY_NAME);
  g_assert_cmpstr (name, ==, "Atkinson");
  device_close (&device);
}

static guint
send_with_protocol (ApiFixture *fixture, const char *version, const char *method, const char *target, const char *body)
{
  fixture->header = ROUNDS_SYNC_PROTOCOL_HEADER;
  fixture->header_value = version;
  return api_send (fixture, method, target, body);
}

static void
test_wrong_requests (ApiFixture *fixture, gconstpointer data)
{
  g_autoptr (RoundsRecord) user = NULL;
  RoundsAccessToken token = { .device = rounds_uuid_new (), .expires_at = rounds_time_now () + ROUNDS_MINUTE };
  RoundsUuid other = rounds_uuid_new ();
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (RoundsSyncPushWriter) writer = rounds_sync_push_writer_new (nothing);
  g_autoptr (GBytes) push = rounds_sync_push_writer_finish (writer, &other, NULL, NULL, NULL);
  g_autofree char *body = g_strndup (g_bytes_get_data (push, NULL), g_bytes_get_size (push));

  g_assert_cmpuint (api_get (fixture, PULL), ==, 426);
  g_assert_cmpuint (send_with_protocol (fixture, "2", "GET", PULL, NULL), ==, 426);
  g_assert_cmpuint (send_with_protocol (fixture, "1.7", "GET", PULL, NULL), ==, 200);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", PULL "?cursor=rubbish", NULL), ==, 200); /* all again */
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", PULL "?limit=many", NULL), ==, 400);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", COMPARE, NULL), ==, 200);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", COMPARE "?entity=user", NULL), ==, 422);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", COMPARE "?entity=person&buckets=256", NULL), ==, 422);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", COMPARE "?entity=person&ids=x", NULL), ==, 422);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "POST", PUSH, "{\"device\":"), >=, 400);
  g_assert_cmpuint (fixture->response->status, <, 500);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "POST", PUSH, "[]"), ==, 422);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "POST", PUSH, NULL), ==, 422);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "POST", PUSH, body), ==, 200);

  /* The sign-in of one device does not push for another. */
  rounds_accounts_find (fixture->store, "bob", &user, NULL);
  token.user = *rounds_record_get_id (user);
  g_free (fixture->token);
  fixture->token = rounds_access_token_sign (&token, fixture->api->token_key);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "POST", PUSH, body), ==, 403);

  g_clear_pointer (&fixture->token, g_free);
  g_assert_cmpuint (send_with_protocol (fixture, "1", "GET", PULL, NULL), ==, 401);
}

static guint
send_packed (ApiFixture *fixture, const char *encoding, GBytes *body)
{
  g_autofree char *authorization = g_strconcat ("Bearer ", fixture->token != NULL ? fixture->token : "", NULL);
  RoundsApiRequest *request = rounds_api_request_new ("POST", PUSH);

  rounds_api_request_set_header (request, "Authorization", authorization);
  rounds_api_request_set_header (request, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  rounds_api_request_set_header (request, "Content-Encoding", encoding);
  request->body = g_bytes_ref (body);
  g_clear_pointer (&fixture->response, rounds_api_response_free);
  fixture->response = rounds_api_handle (fixture->api, request);
  return fixture->response->status;
}

static GBytes *
pack (GBytes *plain, GZlibCompressorFormat format)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (format, 9);
  g_autoptr (GError) error = NULL;
  GBytes *packed = g_converter_convert_bytes (G_CONVERTER (compressor), plain, &error);

  g_assert_no_error (error);
  return packed;
}

/* A push may come packed. What unpacks to more than a push may have, to rubbish, or not at all, is refused, and nothing
 * is unpacked for strangers. */
static void
test_packed_push (ApiFixture *fixture, gconstpointer data)
{
  RoundsUuid device = rounds_uuid_new ();
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (RoundsSyncPushWriter) writer = rounds_sync_push_writer_new (nothing);
  g_autoptr (GBytes) push = rounds_sync_push_writer_finish (writer, &device, NULL, NULL, NULL);
  g_autoptr (GBytes) packed = pack (push, G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GBytes) other = pack (push, G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (packed, 0, g_bytes_get_size (packed) - 5);
  gsize size = (gsize) rounds_api_request_get_body_limit (PUSH) + 1;
  g_autoptr (GBytes) blanks = g_bytes_new_take (memset (g_malloc (size), ' ', size), size);
  g_autoptr (GBytes) bomb = pack (blanks, G_ZLIB_COMPRESSOR_FORMAT_ZLIB);

  g_assert_cmpuint (send_packed (fixture, "deflate", packed), ==, 200);
  g_assert_cmpuint (send_packed (fixture, "deflate", cut), ==, 400);
  g_assert_cmpuint (send_packed (fixture, "deflate", push), ==, 400);
  g_assert_cmpuint (send_packed (fixture, "gzip", other), ==, 415);
  g_assert_cmpstr (api_header (fixture, "Accept-Encoding"), ==, "deflate");
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 64 * 1024);
  g_assert_cmpuint (send_packed (fixture, "deflate", bomb), ==, 413);

  g_clear_pointer (&fixture->token, g_free);
  g_assert_cmpuint (send_packed (fixture, "deflate", bomb), ==, 401);
}

int
main (int argc, char *argv[])
{
#define ADD(path, function) g_test_add (path, ApiFixture, NULL, set_up, function, api_fixture_tear_down)
  g_test_init (&argc, &argv, NULL);

  ADD ("/api-sync/two-devices", test_two_devices);
  ADD ("/api-sync/packed-push", test_packed_push);
  ADD ("/api-sync/refused-is-told", test_refused_is_told);
  ADD ("/api-sync/repair", test_repair);
  ADD ("/api-sync/wrong-requests", test_wrong_requests);
  return g_test_run ();
}
