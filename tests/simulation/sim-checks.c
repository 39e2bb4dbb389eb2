/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a story: the network works, everybody syncs until nobody has anything to say. Then all must be equal, and
 * what people were told is held against what is there (sim-account.c). */

#include "rounds-record-feed.h"
#include "rounds-sync-engine.h"
#include "rounds-sync-scope.h"
#include "rounds-sync-settling.h"
#include "sim-account.h"

#define AFTERWARDS 1000 /* the number of the first round of healing */
#define MOST_ROUNDS 20
#define MOST_PENDING 1000

/* Lets everybody sync once. Sets @busy if anything but an empty answer came of it. */
static gboolean
sync_all (SimWorld *self, gboolean *busy)
{
  *busy = FALSE;
  for (guint i = 0; i < self->story->n_devices; i++)
    {
      RoundsSyncSummary summary;
      guint requests = 0;

      if (!sim_network_sync (self, &self->peers[i], &summary, &requests))
        {
          sim_world_fail (self, "heals", "%s does not come to an end", self->peers[i].name);
          return FALSE;
        }
      if (requests > 1 || summary.pushed > 0 || summary.rejected > 0 || summary.pulled > 0)
        *busy = TRUE;
    }
  return TRUE;
}

static gboolean
heal (SimWorld *self)
{
  gboolean busy = TRUE;

  sim_world_tell (self, "afterwards");
  sim_network_arrive (self, G_MAXUINT);
  for (guint round = 0; busy && round < MOST_ROUNDS; round++)
    {
      sim_world_begin (self, AFTERWARDS + round);
      if (!sync_all (self, &busy))
        return FALSE;
      busy |= round == 0; /* it may only have ended what was under way */
    }
  if (busy)
    sim_world_fail (self, "heals", "there is always something more to say");
  return !busy;
}

/* What nobody has anything to say about is not written again either. */
static void
check_quiet (SimWorld *self)
{
  guint64 before = 0;
  guint64 after = 0;
  gboolean busy;

  for (guint i = 0; i <= SIM_OFFICE; i++)
    before += self->peers[i].database != NULL ? sim_database_get_commits (self->peers[i].database) : 0;
  if (!sync_all (self, &busy))
    return;
  for (guint i = 0; i <= SIM_OFFICE; i++)
    after += self->peers[i].database != NULL ? sim_database_get_commits (self->peers[i].database) : 0;
  if (busy || after != before)
    sim_world_fail (self, "quiet", "a further round %s", busy ? "sends something" : "writes something");
}

static void
check_outbox (SimWorld *self, SimPeer *device)
{
  gint64 pending = rounds_record_store_count_changes (device->store, ROUNDS_CHANGE_PENDING, NULL);

  if (pending != 0)
    sim_world_fail (self, "outbox", "%s still has %d changes to send", device->name, (int) pending);
}

/* What is on the screen */

/* Whether a later one of @changes gave the field another value. */
static gboolean
is_superseded (GPtrArray *changes, const RoundsChange *change, const char *field)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const RoundsChange *other = g_ptr_array_index (changes, i);
      g_autoptr (yyjson_doc) doc = NULL;

      if (other->seq > change->seq && rounds_uuid_equal (&other->record, &change->record) && other->fields != NULL
          && rounds_json_read (other->fields, -1, &doc, NULL)
          && yyjson_obj_get (yyjson_doc_get_root (doc), field) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
check_shown_field (SimWorld *self, SimPeer *device, RoundsRecord *row, const char *name, yyjson_val *json)
{
  RoundsEntity entity = rounds_record_get_entity (row);
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, (guint) rounds_entity_find_field (entity, name));
  guint field = (guint) rounds_entity_find_field (entity, name);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (info->merge == ROUNDS_MERGE_WORDS || !rounds_value_from_json (&value, info, json, NULL)
      || rounds_value_equal (&value, rounds_record_get_value (row, field)))
    return;
  sim_world_fail (self, "screen", "%s changed %s.%s, and it is gone from the screen before it was sent", device->name,
                  rounds_entity_get_info (entity)->name, name);
}

/** sim_checks_screen: what @device has not sent yet is still what its person sees, unless they have put something else
 * in its place since, be that refused, or sent before it, as what was refused and is tried again comes later. */
void
sim_checks_screen (SimWorld *self, SimPeer *device)
{
  g_autoptr (GPtrArray) pending = rounds_record_store_list_outbox (device->store, 0, MOST_PENDING, NULL);
  g_autoptr (GPtrArray) log = rounds_record_store_list_changes (device->store, 0, MOST_PENDING, NULL);

  for (guint i = 0; i < pending->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (pending, i);
      g_autoptr (RoundsRecord) row = rounds_record_store_get (device->store, change->entity, &change->record, NULL);
      g_autoptr (yyjson_doc) doc = NULL;
      yyjson_obj_iter iter;
      yyjson_val *key;

      if (change->operation != ROUNDS_OPERATION_UPDATE || !rounds_json_read (change->fields, -1, &doc, NULL))
        continue;
      iter = yyjson_obj_iter_with (yyjson_doc_get_root (doc));
      while ((key = yyjson_obj_iter_next (&iter)) != NULL)
        if (!is_superseded (log, change, yyjson_get_str (key)))
          check_shown_field (self, device, row, yyjson_get_str (key), yyjson_obj_iter_get_val (key));
    }
}

/* Equality */

static GPtrArray *
list_all (SimPeer *peer, RoundsEntity entity)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  GPtrArray *records;

  rounds_query_include_deleted (query);
  records = rounds_record_store_list (peer->store, query, NULL);
  g_assert_nonnull (records);
  return records;
}

static RoundsRecord *
find (GPtrArray *records, const RoundsUuid *id)
{
  for (guint i = 0; i < records->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (g_ptr_array_index (records, i)), id))
      return g_ptr_array_index (records, i);
  return NULL;
}

static char *
describe (const RoundsFieldInfo *info, RoundsRecord *record, guint field)
{
  char *text = rounds_field_format (info, rounds_record_get_value (record, field));

  return text != NULL ? text : g_strdup ("nothing");
}

static void
check_same (SimWorld *self, SimPeer *device, RoundsRecord *theirs, RoundsRecord *ours)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (theirs));

  for (guint f = 0; f < info->n_fields; f++)
    if (!rounds_value_equal (rounds_record_get_value (theirs, f), rounds_record_get_value (ours, f)))
      {
        g_autofree char *a = describe (&info->fields[f], theirs, f);
        g_autofree char *b = describe (&info->fields[f], ours, f);

        sim_world_fail (self, "equal", "%s.%s is \"%s\" on the server and \"%s\" on %s", info->name,
                        info->fields[f].name, a, b, device->name);
        return;
      }
}

static gboolean
is_refused (GPtrArray *rejected, RoundsRecord *record)
{
  for (guint i = 0; i < rejected->len; i++)
    if (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (rejected, i))->record, rounds_record_get_id (record)))
      return TRUE;
  return FALSE;
}

/* A conflict keeps its record until somebody has chosen. */
static gboolean
is_undecided (SimPeer *device, RoundsRecord *record)
{
  return rounds_record_store_has_open_changes (device->store, rounds_record_get_id (record), NULL) > 0;
}

/* What a device made and deleted before anybody heard of it stays with it alone. */
static gboolean
is_own_secret (RoundsRecord *record)
{
  return rounds_record_is_deleted (record) && rounds_record_get_integer (record, ROUNDS_FIELD_REV) == 0;
}

static void
check_equal (SimWorld *self, SimPeer *device, RoundsEntity entity, GPtrArray *rejected,
             const RoundsTerritoryScope *scope)
{
  g_autoptr (GPtrArray) server = list_all (sim_world_get_server (self), entity);
  g_autoptr (GPtrArray) ours = list_all (device, entity);

  for (guint i = 0; i < server->len; i++)
    {
      RoundsRecord *theirs = g_ptr_array_index (server, i);
      RoundsRecord *our = find (ours, rounds_record_get_id (theirs));

      if (is_refused (rejected, theirs))
        continue;
      if (!rounds_territory_scope_shows (scope, theirs))
        {
          if (our != NULL && !is_undecided (device, our))
            sim_world_fail (self, "scope", "a %s of a territory that is none of theirs is on %s",
                            rounds_entity_get_info (entity)->name, device->name);
        }
      else if (our == NULL)
        sim_world_fail (self, "equal", "a %s is not on %s", rounds_entity_get_info (entity)->name, device->name);
      else
        check_same (self, device, theirs, our);
    }
  for (guint i = 0; i < ours->len; i++)
    {
      RoundsRecord *our = g_ptr_array_index (ours, i);

      if (find (server, rounds_record_get_id (our)) == NULL && !is_undecided (device, our)
          && !is_refused (rejected, our) && !is_own_secret (our))
        sim_world_fail (self, "equal", "a %s of %s is not on the server", rounds_entity_get_info (entity)->name,
                        device->name);
    }
}

/* Groups */

static gboolean
is_touched_later (GPtrArray *log, guint i)
{
  const RoundsChange *change = g_ptr_array_index (log, i);

  for (guint later = i + 1; later < log->len; later++)
    if (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (log, later))->record, &change->record))
      return TRUE;
  return FALSE;
}

/* Whether @change may have another fate than what was saved together with it: somebody went on with it, or it is about
 * what is their own secret, of which nothing is told when the rest goes again. */
static gboolean
is_told_apart (SimPeer *device, GPtrArray *log, guint i)
{
  const RoundsChange *change = g_ptr_array_index (log, i);
  g_autoptr (RoundsRecord) record = NULL;

  rounds_record_store_look_up (device->store, change->entity, &change->record, &record, NULL);
  return is_touched_later (log, i) || (record != NULL && is_own_secret (record));
}

/* Whether @line, of the server's log, has done something of what @change has, to the same record. */
static gboolean
is_like (const RoundsChange *line, const RoundsChange *change)
{
  g_autoptr (yyjson_doc) ours = NULL;
  g_autoptr (yyjson_doc) theirs = NULL;
  yyjson_val *key, *value;
  gsize i, n;

  if (line->operation != change->operation || change->operation != ROUNDS_OPERATION_UPDATE)
    return line->operation == change->operation;
  if (!rounds_json_read (change->fields, -1, &ours, NULL) || !rounds_json_read (line->fields, -1, &theirs, NULL))
    return TRUE;
  yyjson_obj_foreach (yyjson_doc_get_root (ours), i, n, key,
                      value) if (yyjson_obj_get (yyjson_doc_get_root (theirs), yyjson_get_str (key))
                                 != NULL) return TRUE;
  return FALSE;
}

/* Whether the server has done the like of @change for @device: what was refused and has come to nothing since is
 * done with on the device alone, whatever becomes of the rest. */
static gboolean
has_taken (SimWorld *self, SimPeer *device, const RoundsChange *change)
{
  g_autoptr (GPtrArray) history =
    rounds_record_store_list_record_changes (sim_world_get_server (self)->store, &change->record, MOST_PENDING, NULL);

  for (guint i = 0; i < history->len; i++)
    {
      const RoundsChange *line = g_ptr_array_index (history, i);

      if (is_like (line, change) && rounds_uuid_equal (&line->device, &device->id))
        return TRUE;
    }
  return FALSE;
}

/* What was saved together is refused together. */
static void
check_groups (SimWorld *self, SimPeer *device)
{
  g_autoptr (GPtrArray) log = rounds_record_store_list_changes (device->store, 0, MOST_PENDING, NULL);

  for (guint i = 0; i + 1 < log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (log, i);
      const RoundsChange *next = g_ptr_array_index (log, i + 1);

      if (rounds_uuid_equal (&change->group, &next->group) && change->state != next->state
          && !is_told_apart (device, log, i) && !is_told_apart (device, log, i + 1)
          && has_taken (self, device, change->state == ROUNDS_CHANGE_APPLIED ? change : next))
        sim_world_fail (self, "group", "%s saved a %s and a %s together, and one of them alone was taken", device->name,
                        rounds_entity_get_info (change->entity)->name, rounds_entity_get_info (next->entity)->name);
    }
}

/* What a row of an attendee holds of the visit: when it was, and which row that is (rounds-record-attendance.c). */
static void
check_attendance (SimWorld *self, SimPeer *peer)
{
  g_autoptr (RoundsStatement) statement =
    rounds_database_prepare (rounds_record_store_get_database (peer->store),
                             "SELECT count(*) FROM interaction_attendee AS a LEFT JOIN interaction AS i"
                             " ON i.id = a.interaction AND i.deleted_at IS NULL AND a.deleted_at IS NULL"
                             " WHERE a.attended_at IS NOT i.occurred_at OR a.attended_key IS NOT i.row_key",
                             NULL);

  g_assert_cmpint (rounds_statement_step (statement, NULL), ==, ROUNDS_STEP_ROW);
  if (rounds_statement_get_integer (statement, 0) > 0)
    sim_world_fail (self, "attendance", "on %s somebody was at a visit at another time than it was", peer->name);
}

/* Nobody is asked to deal with what they have taken back already. */
static void
check_listed (SimWorld *self, SimPeer *device, GPtrArray *rejected)
{
  gint64 left;

  g_assert_true (rounds_record_store_begin_remote (device->store, NULL));
  g_assert_true (rounds_sync_settling_drop (device->store, rejected, NULL));
  left = rounds_record_store_count_changes (device->store, ROUNDS_CHANGE_REJECTED, NULL);
  rounds_record_store_rollback (device->store);
  if (left != rejected->len)
    sim_world_fail (self, "listed", "%s is still asked about something that was refused and taken back", device->name);
}

static void
check_device (SimWorld *self, SimPeer *device)
{
  g_autoptr (GPtrArray) rejected = rounds_record_store_list_rejected (device->store, NULL);
  RoundsRecordStore *server = sim_world_get_server (self)->store;
  g_autoptr (RoundsRecord) user = rounds_record_store_get (server, ROUNDS_ENTITY_USER, &device->user, NULL);
  g_autoptr (RoundsTerritoryScope) scope = rounds_sync_scope_of_user (server, user, NULL);

  check_outbox (self, device);
  check_attendance (self, device);
  check_groups (self, device);
  check_listed (self, device, rejected);
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    if (rounds_entity_get_info (e)->scope == ROUNDS_SCOPE_SYNCED)
      check_equal (self, device, e, rejected, scope);
}

/** sim_checks_run: ends the story and looks at what came of it. */
void
sim_checks_run (SimWorld *self)
{
  if (self->failed_check != NULL || !heal (self))
    return;
  for (guint i = 0; i < self->story->n_devices; i++)
    check_device (self, &self->peers[i]);
  check_attendance (self, sim_world_get_server (self));
  if (self->failed_check == NULL)
    sim_account_run (self);
  if (self->failed_check == NULL)
    check_quiet (self);
}
