/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-world.h"

#include <sodium.h>

#include "rounds-access-token.h"
#include "rounds-accounts.h"
#include "rounds-api-private.h"
#include "rounds-remote.h"
#include "rounds-sqlite-database.h"
#include "rounds-time.h"
#include "sim-clock.h"

#define BEGINNING G_GINT64_CONSTANT (1780300800000) /* 2026-06-01T08:00:00Z */
#define STEP (7 * ROUNDS_MINUTE)                    /* between two events */

static const char *const names[] = { "ana", "ben", "cleo", "dan", "office" };

/* Of the kept database of an earlier version; see tests/store/test-schema-history.c. */
static const guint8 old_key[ROUNDS_KEY_LENGTH] = "The key of the files in the test";

/* A database with its schema and nothing in it. */
static SimDatabase *
make_database (RoundsStoreRole role)
{
  SimDatabase *database = sim_database_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RoundsRecordStore) store = rounds_record_store_new (ROUNDS_DATABASE (database), role, &error);

  g_assert_no_error (error);
  sim_database_keep_beginning (database);
  return database;
}

/**
 * sim_stage_new:
 * @old_stores: (nullable): a folder with databases of devices of earlier versions
 *
 * Returns: (transfer full): a stage
 */
SimStage *
sim_stage_new (const char *old_stores)
{
  SimStage *stage = g_new0 (SimStage, 1);

  g_assert_cmpint (sodium_init (), >=, 0);
  sim_clock_set (BEGINNING);
  sim_ids_begin (0);
  for (guint i = 0; i < G_N_ELEMENTS (stage->databases); i++)
    stage->databases[i] = make_database (i == SIM_OFFICE ? ROUNDS_ROLE_SERVER : ROUNDS_ROLE_DEVICE);
  for (guint i = 0; old_stores != NULL && i < SIM_OLD_VERSIONS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/device-v%u.db", old_stores, i + 1);

      stage->old_devices[i] = sim_image_new_from_file (path, old_key);
    }
  return stage;
}

/** sim_stage_free: frees @stage. */
void
sim_stage_free (SimStage *stage)
{
  for (guint i = 0; i < G_N_ELEMENTS (stage->databases); i++)
    g_object_unref (stage->databases[i]);
  for (guint i = 0; i < SIM_OLD_VERSIONS; i++)
    g_clear_pointer (&stage->old_devices[i], sim_image_free);
  g_free (stage);
}

SimPeer *
sim_world_get_server (SimWorld *self)
{
  return &self->peers[SIM_OFFICE];
}

/** sim_world_enter: what happens from now on happens on @peer, by its clock. */
void
sim_world_enter (SimWorld *self, SimPeer *peer)
{
  sim_clock_set (self->now + peer->clock);
}

static void
start (SimWorld *self, SimPeer *peer)
{
  RoundsStoreRole role = peer->index == SIM_OFFICE ? ROUNDS_ROLE_SERVER : ROUNDS_ROLE_DEVICE;
  g_autoptr (GError) error = NULL;

  sim_world_enter (self, peer);
  sim_database_revive (peer->database);
  peer->store = rounds_record_store_new (ROUNDS_DATABASE (peer->database), role, &error);
  g_assert_no_error (error);
  peer->desk = peer->store;
  if (role == ROUNDS_ROLE_SERVER)
    {
      peer->desk = rounds_record_store_new (ROUNDS_DATABASE (peer->database), role, &error);
      g_assert_no_error (error);
      self->api = rounds_api_new (peer->store, &error);
      g_assert_no_error (error);
    }
  else
    {
      peer->engine = rounds_sync_engine_new (peer->store);
      if (self->story->push > 0)
        rounds_sync_engine_set_push_limit (peer->engine, self->story->push);
    }
}

/** sim_world_halt: the program on @peer ends, however it was. */
void
sim_world_halt (SimWorld *self, SimPeer *peer)
{
  sim_database_disarm (peer->database);
  if (peer->index == SIM_OFFICE)
    {
      g_clear_pointer (&self->api, rounds_api_free);
      g_clear_object (&peer->desk);
    }
  g_clear_object (&peer->engine);
  g_clear_object (&peer->store);
  g_clear_pointer (&peer->answer, g_bytes_unref);
  peer->is_running = FALSE;
}

/** sim_world_restart: the program on @peer ends and begins anew. */
void
sim_world_restart (SimWorld *self, SimPeer *peer)
{
  sim_world_halt (self, peer);
  start (self, peer);
}

static void
sign_in (SimWorld *self, SimPeer *peer)
{
  RoundsAccessToken token = { .expires_at = self->now + 100 * 365 * ROUNDS_DAY };
  RoundsNewAccount account = { .username = peer->name, .role = "rep", .password_hash = "none" };
  g_autoptr (RoundsRecord) user = rounds_accounts_create (sim_world_get_server (self)->store, &account, NULL);
  g_autoptr (RoundsRecord) staff = NULL;
  g_autofree char *text = NULL;

  peer->id = rounds_uuid_new ();
  text = rounds_uuid_to_string (&peer->id);
  g_assert_true (rounds_record_store_set_state (peer->store, ROUNDS_STATE_DEVICE, text, NULL));
  g_assert_nonnull (user);
  g_assert_true (rounds_accounts_find_staff (sim_world_get_server (self)->store, user, &staff, NULL));
  peer->user = *rounds_record_get_id (user);
  peer->staff = *rounds_record_get_id (staff);
  token.user = peer->user;
  token.device = peer->id;
  peer->token = rounds_access_token_sign (&token, self->api->token_key);
}

/* What somebody saved with an earlier version counts as well. */
static void
note_old_records (SimWorld *self, SimPeer *peer)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (RoundsQuery) query = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (!rounds_entity_is_synced (e))
        continue;
      query = rounds_query_new (e);
      records = rounds_record_store_list (peer->store, query, NULL);
      for (guint i = 0; i < records->len; i++)
        sim_ledger_note_save (self->ledger, 0, peer->index, NULL, g_ptr_array_index (records, i));
    }
}

/**
 * sim_world_new:
 * @telling: how much of what happens to keep as a text
 *
 * Returns: (transfer full): a world in which @story can begin
 */
SimWorld *
sim_world_new (SimStage *stage, const SimStory *story, SimTelling telling)
{
  SimWorld *self = g_new0 (SimWorld, 1);

  self->stage = stage;
  self->story = story;
  self->ledger = sim_ledger_new ();
  self->late = g_ptr_array_new ();
  self->telling = telling;
  self->told = telling > SIM_TELL_NOTHING ? g_string_new (NULL) : NULL;
  sim_world_begin (self, 0);
  for (guint i = 0; i <= SIM_OFFICE; i++)
    {
      SimPeer *peer = &self->peers[i];
      SimImage *old = i == 0 && story->old > 0 ? stage->old_devices[story->old - 1] : NULL;

      if (i >= story->n_devices && i != SIM_OFFICE)
        continue;
      peer->index = i;
      peer->name = names[i];
      peer->database = stage->databases[i];
      if (old != NULL)
        sim_database_put_back (peer->database, old);
      else
        sim_database_begin_anew (peer->database);
      start (self, peer);
      if (old != NULL)
        note_old_records (self, peer);
    }
  for (guint i = 0; i < story->n_devices; i++)
    sign_in (self, &self->peers[i]);
  return self;
}

/** sim_world_free: frees @self. */
void
sim_world_free (SimWorld *self)
{
  for (guint i = 0; i <= SIM_OFFICE; i++)
    {
      SimPeer *peer = &self->peers[i];

      if (peer->database == NULL)
        continue;
      sim_world_halt (self, peer);
      g_clear_pointer (&peer->copy, sim_image_free);
      g_free (peer->token);
    }
  sim_network_forget (self, NULL);
  g_ptr_array_unref (self->late);
  sim_ledger_free (self->ledger);
  if (self->told != NULL)
    g_string_free (self->told, TRUE);
  g_free (self->failure);
  g_free (self);
}

/** sim_world_begin: the moment of the event @number begins: time and ids follow from it alone. */
void
sim_world_begin (SimWorld *self, guint number)
{
  self->now = BEGINNING + number * STEP;
  sim_ids_begin (sim_mix (self->story->seed, number));
}

static void
arm (SimWorld *self, const SimEvent *event)
{
  if (event->crash == SIM_CRASH_DEVICE)
    sim_database_die_at_commit (self->peers[event->actor].database, event->crash_at, event->crash_after);
  else if (event->crash == SIM_CRASH_SERVER)
    sim_database_die_at_commit (sim_world_get_server (self)->database, event->crash_at, event->crash_after);
}

static void
clean_up (SimWorld *self)
{
  for (guint i = 0; i <= SIM_OFFICE; i++)
    {
      SimPeer *peer = &self->peers[i];

      if (peer->database == NULL)
        continue;
      sim_database_disarm (peer->database);
      if (sim_database_is_dead (peer->database))
        {
          sim_world_tell (self, "  %s was killed", peer->name);
          sim_world_restart (self, peer);
        }
    }
}

/** sim_world_play: lives through @event. */
void
sim_world_play (SimWorld *self, const SimEvent *event)
{
  if (self->peers[event->actor].database == NULL)
    return;
  self->event = event;
  sim_world_begin (self, event->number);
  sim_network_arrive (self, event->number);
  sim_world_tell (self, "%u %s %s", event->number, self->peers[event->actor].name, sim_kind_get_name (event->kind));
  arm (self, event);
  sim_world_enter (self, &self->peers[event->actor]);
  if (event->kind < SIM_SYNC)
    sim_work_play (self, event);
  else if (event->kind == SIM_SYNC)
    sim_network_play (self, event);
  else
    sim_mishap_play (self, event);
  clean_up (self);
  self->event = NULL;
}

/** sim_world_trace: adds to the trace (Fowler, Noll, Vo: FNV-1a). */
void
sim_world_trace (SimWorld *self, gconstpointer data, gsize length)
{
  const guint8 *bytes = data;

  for (gsize i = 0; i < length; i++)
    self->trace = (self->trace ^ bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
}

/** sim_world_tell: adds a line to the trace and to what is told. */
void
sim_world_tell (SimWorld *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sim_world_trace (self, line, strlen (line));
  if (self->told != NULL)
    g_string_append_printf (self->told, "%s\n", line);
}

/** sim_world_show: keeps @text, which @from says, with ids of four digits. */
void
sim_world_show (SimWorld *self, const char *from, const char *text, gsize length)
{
  g_autoptr (GRegex) ids = NULL;
  g_autofree char *copy = NULL;
  g_autofree char *shorter = NULL;

  if (self->telling < SIM_TELL_ALL)
    return;
  ids = g_regex_new ("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{8}([0-9a-f]{4})\\b", 0, 0, NULL);
  copy = g_utf8_make_valid (text, (gssize) length);
  shorter = g_regex_replace (ids, copy, -1, 0, "\\2", 0, NULL);
  g_string_append_printf (self->told, "  [%s] %s\n", from, g_strchomp (shorter));
}

/** sim_world_show_log: keeps what the server has logged. */
void
sim_world_show_log (SimWorld *self)
{
  g_autoptr (RoundsStatement) statement = NULL;

  if (self->telling < SIM_TELL_ALL)
    return;
  statement = rounds_database_prepare (rounds_record_store_get_database (sim_world_get_server (self)->store),
                                       "SELECT json_object('seq', seq, 'entity', entity, 'id', "
                                       "lower(substr(hex(record), 29, 4)), 'op', operation, 'base', base_rev,"
                                       " 'rev', rev, 'group', lower(substr(hex(group_id), 29, 4)), 'device', "
                                       "lower(substr(hex(device), 29, 4)), 'fields', json(fields),"
                                       " 'before', json(base)) FROM change_log ORDER BY seq",
                                       NULL);
  while (rounds_statement_step (statement, NULL) == ROUNDS_STEP_ROW)
    {
      g_autofree char *line = rounds_statement_dup_text (statement, 0);

      sim_world_show (self, "log", line, strlen (line));
    }
}

/** sim_world_fail: @check does not hold; only the first one counts. */
void
sim_world_fail (SimWorld *self, const char *check, const char *format, ...)
{
  va_list arguments;

  if (self->failed_check != NULL)
    return;
  self->failed_check = check;
  va_start (arguments, format);
  self->failure = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sim_world_tell (self, "! %s: %s", check, self->failure);
}
