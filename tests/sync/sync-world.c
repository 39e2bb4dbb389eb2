/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-world.h"

#include <glib/gstdio.h>

#include "rounds-error.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-protocol.h"
#include "test-folder.h"

static void
open_peer (Peer *peer, RoundsStoreRole role)
{
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  database = rounds_sqlite_database_open (peer->path, NULL, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  peer->store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);
  g_assert_no_error (error);
}

void
world_set_up (World *world)
{
  *world = (World) { 0 };
  world->dir = test_folder_new ();
  world->user = rounds_uuid_new ();
  world->server.path = g_build_filename (world->dir, "server.db", NULL);
  world->a.path = g_build_filename (world->dir, "a.db", NULL);
  world->b.path = g_build_filename (world->dir, "b.db", NULL);
  open_peer (&world->server, ROUNDS_ROLE_SERVER);
  open_peer (&world->a, ROUNDS_ROLE_DEVICE);
  open_peer (&world->b, ROUNDS_ROLE_DEVICE);
}

static void
close_peer (Peer *peer)
{
  g_assert_finalize_object (g_steal_pointer (&peer->store));
}

void
world_tear_down (World *world)
{
  close_peer (&world->server);
  close_peer (&world->a);
  close_peer (&world->b);
  test_folder_remove (world->dir);
  g_free (world->server.path);
  g_free (world->a.path);
  g_free (world->b.path);
}

/* As after a crash: nothing that was only in memory is left. */
void
world_reopen (World *world, Peer *peer, RoundsStoreRole role)
{
  close_peer (peer);
  open_peer (peer, role);
}

/* A backup, made as a whole. */
void
world_copy (World *world, Peer *from, const char *name)
{
  g_autofree char *path = g_build_filename (world->dir, name, NULL);
  g_autofree char *sql = g_strdup_printf ("VACUUM INTO '%s'", path);
  g_autoptr (GError) error = NULL;

  rounds_database_exec (rounds_record_store_get_database (from->store), sql, &error);
  g_assert_no_error (error);
}

void
world_put_back (World *world, Peer *peer, const char *name, RoundsStoreRole role)
{
  g_autofree char *path = g_build_filename (world->dir, name, NULL);
  g_autofree char *wal = g_strconcat (peer->path, "-wal", NULL);
  g_autofree char *shm = g_strconcat (peer->path, "-shm", NULL);
  g_autofree char *content = NULL;
  gsize length;
  g_autoptr (GError) error = NULL;

  close_peer (peer);
  g_unlink (wal);
  g_unlink (shm);
  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  g_file_set_contents (peer->path, content, (gssize) length, &error);
  g_assert_no_error (error);
  open_peer (peer, role);
}

static GBytes *
compare (World *world, GHashTable *parameters, GError **error)
{
  const RoundsSyncQuestion question = { g_hash_table_lookup (parameters, "cursor"),
                                        g_hash_table_lookup (parameters, "entity"),
                                        g_hash_table_lookup (parameters, "buckets"),
                                        g_hash_table_lookup (parameters, "ids") };

  return rounds_sync_server_compare (world->server.store, world->scope, &question, error);
}

static GBytes *
pull_or_compare (World *world, const char *path, GError **error)
{
  const char *query = strchr (path, '?');
  g_autoptr (GHashTable) parameters =
    g_uri_parse_params (query != NULL ? query + 1 : "", -1, "&", G_URI_PARAMS_NONE, error);

  g_assert_nonnull (parameters);
  if (g_str_has_prefix (path, ROUNDS_SYNC_COMPARE_PATH))
    return compare (world, parameters, error);
  return rounds_sync_server_pull (world->server.store, world->scope, g_hash_table_lookup (parameters, "cursor"), 7,
                                  error);
}

static gboolean
refuse (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data, GError **error)
{
  const World *world = data;

  if (!g_str_equal (rounds_entity_get_info (mutation->entity)->name, world->refused)
      && (mutation->fields == NULL || strstr (mutation->fields, world->refused) == NULL))
    return TRUE;
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "No %s.", world->refused);
  return FALSE;
}

/* A server that unpacks @packed (nullable) gets what @body says. */
void
world_assert_packed (GBytes *body, GBytes *packed)
{
  g_autoptr (GConverter) unpacker = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  g_autoptr (GBytes) unpacked = NULL;
  g_autoptr (GError) error = NULL;

  if (packed == NULL)
    return;
  g_assert_cmpuint (g_bytes_get_size (packed), <, g_bytes_get_size (body));
  unpacked = g_converter_convert_bytes (unpacker, packed, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (body, NULL), g_bytes_get_size (body), g_bytes_get_data (unpacked, NULL),
                   g_bytes_get_size (unpacked));
}

/* The server, as far as its HTTP side matters here. */
static GBytes *
answer (World *world, RoundsSyncRequest *request, guint *status)
{
  g_autoptr (GError) error = NULL;
  GBytes *body;

  world->requests++;
  world_assert_packed (request->body, request->packed);
  if (g_str_has_prefix (request->path, ROUNDS_SYNC_PUSH_PATH))
    body = rounds_sync_server_push (world->server.store, world->scope, &world->user, NULL, request->body,
                                    world->refused != NULL ? refuse : world->allow, world, &error);
  else
    body = pull_or_compare (world, request->path, &error);
  g_assert_no_error (error);
  *status = 200;
  return body;
}

static const char refusal[] = "{\"title\":\"No\",\"detail\":\"Too strange.\"}";

gboolean
world_try_sync (World *world, Peer *device, RoundsSyncSummary *summary, GError **error)
{
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (device->store);
  g_autoptr (RoundsSyncRequest) request = NULL;
  g_autoptr (GError) local_error = NULL;

  if (world->push_limit > 0)
    rounds_sync_engine_set_push_limit (engine, world->push_limit);
  rounds_sync_engine_start (engine);
  while (rounds_sync_engine_next (engine, &request, &local_error) && request != NULL)
    {
      g_autoptr (GBytes) body = NULL;
      guint status = 0;

      if (world->fail_request > 0 && --world->fail_request == 0)
        {
          status = 400;
          body = g_bytes_new_static (refusal, strlen (refusal));
        }
      else if (world->lose_request == 0 || --world->lose_request > 0)
        body = answer (world, request, &status);
      if (status == 0 || (world->lose_reply > 0 && --world->lose_reply == 0))
        {
          g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNREACHABLE, "cut");
          return FALSE;
        }
      if (!rounds_sync_engine_work (engine, error))
        return FALSE;
      if (world->meanwhile != NULL)
        world->meanwhile (world);
      if (!rounds_sync_engine_receive (engine, status, body, error))
        return FALSE;
      g_clear_pointer (&request, rounds_sync_request_free);
    }
  g_assert_no_error (local_error);
  if (summary != NULL)
    *summary = *rounds_sync_engine_get_summary (engine);
  return TRUE;
}

void
world_sync (World *world, Peer *device, RoundsSyncSummary *summary)
{
  g_autoptr (GError) error = NULL;

  world_try_sync (world, device, summary, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rounds_record_store_count_changes (device->store, ROUNDS_CHANGE_PENDING, NULL), ==, 0);
}

/* Until both have seen what the other one did. */
void
world_sync_all (World *world)
{
  world_sync (world, &world->a, NULL);
  world_sync (world, &world->b, NULL);
  world_sync (world, &world->a, NULL);
}

static GPtrArray *
list_all (Peer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  GPtrArray *records;

  rounds_query_include_deleted (query);
  records = rounds_record_store_list (peer->store, query, &error);
  g_assert_no_error (error);
  return records;
}

static void
assert_holds (Peer *peer, GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++)
    {
      RoundsRecord *record = g_ptr_array_index (records, i);
      const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
      g_autoptr (GError) error = NULL;
      g_autoptr (RoundsRecord) other =
        rounds_record_store_get (peer->store, rounds_record_get_entity (record), rounds_record_get_id (record), &error);

      g_assert_no_error (error);
      for (guint f = 0; f < info->n_fields; f++)
        if (!rounds_value_equal (rounds_record_get_value (record, f), rounds_record_get_value (other, f)))
          g_error ("%s.%s differs", info->name, info->fields[f].name);
    }
}

/* Every field of every synced record is the same everywhere. */
void
world_assert_equal (World *world)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (GPtrArray) server = NULL;
      g_autoptr (GPtrArray) a = NULL;
      g_autoptr (GPtrArray) b = NULL;

      if (rounds_entity_get_info (e)->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      server = list_all (&world->server, e);
      a = list_all (&world->a, e);
      b = list_all (&world->b, e);
      g_assert_cmpuint (a->len, ==, server->len);
      g_assert_cmpuint (b->len, ==, server->len);
      assert_holds (&world->a, server);
      assert_holds (&world->b, server);
    }
}

static void
run_story (gconstpointer data)
{
  const WorldStory *story = data;
  World world;

  world_set_up (&world);
  story->happen (&world);
  world_tear_down (&world);
}

int
world_run_stories (int argc, char **argv, const WorldStory *stories, guint n)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < n; i++)
    g_test_add_data_func (stories[i].path, &stories[i], run_story);
  return g_test_run ();
}

/* (transfer full): not saved yet */
RoundsRecord *
visit_new (RoundsRecord *person, const char *notes)
{
  RoundsRecord *visit = rounds_record_new (ROUNDS_ENTITY_INTERACTION);

  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, "Ama Osei");
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, G_GINT64_CONSTANT (1700000000000));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  return visit;
}

RoundsRecord *
peer_add_person (Peer *peer, const char *given, const char *family)
{
  RoundsRecord *person = rounds_record_new (ROUNDS_ENTITY_PERSON);
  g_autoptr (GError) error = NULL;

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, given);
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, family);
  rounds_record_store_save (peer->store, person, &error);
  g_assert_no_error (error);
  return person;
}

void
peer_save (Peer *peer, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (peer->store, record, &error);
  g_assert_no_error (error);
}

RoundsRecord *
peer_get (Peer *peer, RoundsRecord *like)
{
  g_autoptr (GError) error = NULL;
  RoundsRecord *record =
    rounds_record_store_get (peer->store, rounds_record_get_entity (like), rounds_record_get_id (like), &error);

  g_assert_no_error (error);
  return record;
}

GPtrArray *
peer_list (Peer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  GPtrArray *records = rounds_record_store_list (peer->store, query, &error);

  g_assert_no_error (error);
  return records;
}

gint64
peer_count (Peer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);

  return rounds_record_store_count (peer->store, query, NULL);
}

void
peer_delete (Peer *peer, RoundsRecord *like)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_delete (peer->store, rounds_record_get_entity (like), rounds_record_get_id (like), &error);
  g_assert_no_error (error);
}

void
peer_set_text (Peer *peer, RoundsRecord *like, guint field, const char *text)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  rounds_record_set_text (record, field, text);
  peer_save (peer, record);
}

gint64
peer_count_open_conflicts (Peer *peer)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
  g_auto (RoundsValue) nothing = ROUNDS_VALUE_INIT;

  rounds_query_where (query, ROUNDS_CONFLICT_RESOLVED_AT, ROUNDS_IS, &nothing);
  return rounds_record_store_count (peer->store, query, NULL);
}

void
peer_assert_text (Peer *peer, RoundsRecord *like, guint field, const char *text)
{
  g_autoptr (RoundsRecord) record = peer_get (peer, like);

  g_assert_cmpstr (rounds_record_get_text (record, field), ==, text);
}
