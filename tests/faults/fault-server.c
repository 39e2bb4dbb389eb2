/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server of a site, and how device and server came to be as they are when a scenario begins: they have synced once,
 * and then both went on. */

#include <string.h>

#include "fault-site.h"
#include "faults.h"
#include "rounds-error.h"
#include "rounds-sqlite-database.h"
#include "rounds-sync-engine.h"
#include "rounds-sync-comparison.h"
#include "rounds-sync-protocol.h"
#include "rounds-sync-server.h"

#define PEOPLE 9
#define PAGE 7 /* records in a page, so that there are several */
#define FEW 2  /* changes in a request, likewise */

/* A device is told that it may not delete visits. */
static gboolean
allow (RoundsRecordStore *store, const RoundsChange *mutation, RoundsRecord *current, gpointer data, GError **error)
{
  if (mutation->operation != ROUNDS_OPERATION_DELETE || mutation->entity != ROUNDS_ENTITY_INTERACTION)
    return TRUE;
  g_set_error_literal (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, "Visits stay.");
  return FALSE;
}

static FaultServer *
server_new (FaultSite *self, const char *name)
{
  FaultServer *server = g_new0 (FaultServer, 1);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autoptr (RoundsSqliteDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  database = rounds_sqlite_database_open (path, NULL, ROUNDS_OPEN_CREATE, &error);
  g_assert_no_error (error);
  server->store = rounds_record_store_new (ROUNDS_DATABASE (database), ROUNDS_ROLE_SERVER, &error);
  g_assert_no_error (error);
  server->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  return server;
}

void
fault_server_free (FaultServer *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->store));
  g_hash_table_unref (self->answers);
  g_free (self);
}

static FaultServer *
get_server (FaultSite *self)
{
  FaultServer *server = g_hash_table_lookup (self->servers, self->kind);
  g_autofree char *first = g_build_filename (self->folder, FAULT_SITE_SERVER, NULL);
  g_autofree char *name = g_strconcat ("server-of-", self->kind, NULL);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *content = NULL;
  gsize length;

  if (server != NULL)
    return server;
  g_assert_true (g_file_get_contents (first, &content, &length, NULL));
  g_assert_true (g_file_set_contents (path, content, (gssize) length, NULL));
  server = server_new (self, name);
  g_hash_table_insert (self->servers, g_strdup (self->kind), server);
  return server;
}

/** fault_server_ask: what the server answers to a device. */
GBytes *
fault_server_ask (RoundsRecordStore *server, RoundsSyncRequest *request, GError **error)
{
  RoundsUuid user = fault_site_get_id ("user");
  const char *query = strchr (request->path, '?');
  g_autoptr (GHashTable) parameters = NULL;

  if (g_str_has_prefix (request->path, ROUNDS_SYNC_PUSH_PATH))
    return rounds_sync_server_push (server, NULL, &user, NULL, request->body, allow, NULL, error);

  parameters = g_uri_parse_params (query != NULL ? query + 1 : "", -1, "&", G_URI_PARAMS_NONE, error);
  if (g_str_has_prefix (request->path, ROUNDS_SYNC_COMPARE_PATH))
    {
      const RoundsSyncQuestion question = { g_hash_table_lookup (parameters, "cursor"),
                                            g_hash_table_lookup (parameters, "entity"),
                                            g_hash_table_lookup (parameters, "buckets"),
                                            g_hash_table_lookup (parameters, "ids") };

      return rounds_sync_server_compare (server, NULL, &question, error);
    }
  return rounds_sync_server_pull (server, NULL, g_hash_table_lookup (parameters, "cursor"), PAGE, error);
}

/* The same answer to the same question, as the server would give it; a child has only what its parent asked before. */
static GBytes *
answer (FaultSite *self, RoundsSyncRequest *request)
{
  g_autofree char *body =
    request->body != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request->body) : g_strdup ("");
  g_autofree char *question = g_strconcat (request->path, " ", body, NULL);
  FaultServer *server = get_server (self);
  GBytes *bytes = g_hash_table_lookup (server->answers, question);
  g_autoptr (GError) error = NULL;
  const Fault *fault;

  if (bytes != NULL)
    return g_bytes_ref (bytes);
  g_assert_false (self->is_child);
  fault = faults_pause ();
  bytes = fault_server_ask (server->store, request, &error);
  faults_resume (fault);
  g_assert_no_error (error);
  g_hash_table_insert (server->answers, g_steal_pointer (&question), g_bytes_ref (bytes));
  return bytes;
}

/** fault_site_sync: a whole run of the sync; each question and each answer that was taken is a mark. */
gboolean
fault_site_sync (FaultSite *self, GError **error)
{
  g_autoptr (RoundsSyncEngine) engine = rounds_sync_engine_new (self->store);

  rounds_sync_engine_set_push_limit (engine, FEW); /* so that there is something to do while a request is away */
  rounds_sync_engine_start (engine);
  for (;;)
    {
      g_autoptr (RoundsSyncRequest) request = NULL;
      g_autoptr (GBytes) body = NULL;

      if (!rounds_sync_engine_next (engine, &request, error))
        return FALSE;
      if (request == NULL)
        return TRUE;
      body = answer (self, request);
      fault_site_mark (self); /* a question may begin with putting something in order */
      if (!rounds_sync_engine_work (engine, error))
        return FALSE;
      fault_site_mark (self);
      if (!rounds_sync_engine_receive (engine, 200, body, error))
        return FALSE;
      fault_site_mark (self);
    }
}

static void
save (RoundsRecordStore *store, RoundsRecord *record)
{
  g_autoptr (GError) error = NULL;

  rounds_record_store_save (store, record, &error);
  g_assert_no_error (error);
}

static RoundsRecord *
get (RoundsRecordStore *store, RoundsEntity entity, const char *name)
{
  RoundsUuid id = fault_site_get_id (name);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record = rounds_record_store_get (store, entity, &id, &error);

  g_assert_no_error (error);
  return record;
}

static void
add_visit (RoundsRecordStore *store, const char *prefix, guint n)
{
  g_autofree char *person_name = g_strdup_printf ("%s person %u", prefix, n);
  g_autofree char *visit_name = g_strdup_printf ("%s visit %u", prefix, n);
  g_autoptr (RoundsRecord) person = fault_site_new_record (ROUNDS_ENTITY_PERSON, person_name);
  g_autoptr (RoundsRecord) visit = fault_site_new_record (ROUNDS_ENTITY_INTERACTION, visit_name);

  rounds_record_set_text (person, ROUNDS_PERSON_GIVEN_NAME, "Zoë");
  rounds_record_set_text (person, ROUNDS_PERSON_FAMILY_NAME, person_name);
  save (store, person);
  rounds_record_set_uuid (visit, ROUNDS_INTERACTION_PERSON, rounds_record_get_id (person));
  rounds_record_set_text (visit, ROUNDS_INTERACTION_HCP_NAME, person_name);
  rounds_record_set_integer (visit, ROUNDS_INTERACTION_OCCURRED_AT, 1705314600000 + n);
  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, "Asked about dosing. Wants the paper on long treatment.");
  save (store, visit);
}

static void
write_notes (RoundsRecordStore *store, const char *visit_name, const char *notes)
{
  g_autoptr (RoundsRecord) visit = get (store, ROUNDS_ENTITY_INTERACTION, visit_name);

  rounds_record_set_text (visit, ROUNDS_INTERACTION_NOTES, notes);
  save (store, visit);
}

/* Since the last sync: two words for the same one, different ends of one note, something new on both sides, and what
 * the server will refuse. */
static void
go_apart (FaultSite *self, RoundsRecordStore *server)
{
  RoundsUuid refused = fault_site_get_id ("device visit 5");
  g_autoptr (RoundsRecord) draft = fault_site_new_record (ROUNDS_ENTITY_DRAFT, "draft");
  g_autoptr (GError) error = NULL;

  write_notes (server, "device visit 1", "Asked about price. Wants the paper on long treatment.");
  write_notes (server, "device visit 2", "Asked about dosing. Wants the paper on short treatment.");
  write_notes (self->store, "device visit 1", "Asked about storage. Wants the paper on long treatment.");
  write_notes (self->store, "device visit 2", "Never asked about dosing. Wants the paper on long treatment.");
  for (guint n = 0; n < PEOPLE; n++)
    add_visit (server, "server", n);
  add_visit (self->store, "new", 0);
  rounds_record_store_delete (self->store, ROUNDS_ENTITY_INTERACTION, &refused, &error);
  g_assert_no_error (error);
  rounds_record_set_text (draft, ROUNDS_DRAFT_FORM, "interaction:new");
  rounds_record_set_text (draft, ROUNDS_DRAFT_BODY, "{\"notes\":\"half a w\"}");
  save (self->store, draft);
}

/* Makes the server and the states that a device may begin with. */
void
fault_site_prepare (FaultSite *self)
{
  FaultServer *server = server_new (self, FAULT_SITE_SERVER);
  g_autofree char *path = g_strdup (self->path);
  g_autoptr (GError) error = NULL;

  self->kind = "the first device";
  g_hash_table_insert (self->servers, g_strdup (self->kind), server);
  g_free (self->path);
  self->path = g_build_filename (self->folder, FAULT_SITE_DEVICE, NULL);
  fault_site_open (self, &error);
  g_assert_no_error (error);
  for (guint n = 0; n < PEOPLE; n++)
    add_visit (self->store, "device", n);
  fault_site_sync (self, &error);
  g_assert_no_error (error);
  go_apart (self, server->store);

  fault_site_close (self);
  g_hash_table_remove (self->servers, self->kind);
  g_free (self->path);
  self->path = g_steal_pointer (&path);
}
