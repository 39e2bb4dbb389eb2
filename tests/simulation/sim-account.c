/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds what people were told is saved against what is there: every value is current, was replaced by somebody who saw
 * it, or is listed as a conflict or as refused; every word likewise; nothing that somebody changed was deleted by
 * somebody who had not seen it; nothing happened twice. */

#include "sim-account-private.h"

#include <string.h>

#include "rounds-remote.h"

#define MOST_REPLACED 50 /* values in a row that replaced each other */

SimDeed *
sim_account_get_deed (SimAccount *self, guint i)
{
  return g_ptr_array_index (self->world->ledger->deeds, i);
}

gboolean
sim_account_same_place (const SimDeed *a, const SimDeed *b)
{
  return a->field == b->field && rounds_uuid_equal (&a->record, &b->record);
}

/* What is listed for a person */

static gboolean
is_about (RoundsRecord *conflict, const SimDeed *deed, const char *field)
{
  return rounds_uuid_equal (rounds_record_get_uuid (conflict, ROUNDS_CONFLICT_RECORD), &deed->record)
         && g_strcmp0 (rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD), field) == 0;
}

static const char *
get_field_name (const SimDeed *deed)
{
  return rounds_entity_get_field (deed->entity, deed->field)->name;
}

/* Whether somebody is asked about the deletion of the record. */
gboolean
sim_account_is_deletion_flagged (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    if (is_about (g_ptr_array_index (self->conflicts, i), deed, "deleted_at"))
      return TRUE;
  return FALSE;
}

gboolean
sim_account_is_in_conflict (SimAccount *self, const SimDeed *deed, const char *value)
{
  static const guint sides[] = { ROUNDS_CONFLICT_MINE, ROUNDS_CONFLICT_THEIRS, ROUNDS_CONFLICT_ORIGINAL };

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      RoundsRecord *conflict = g_ptr_array_index (self->conflicts, i);

      if (!is_about (conflict, deed, get_field_name (deed)))
        continue;
      if (value == NULL)
        return TRUE;
      for (guint s = 0; s < G_N_ELEMENTS (sides); s++)
        if (sim_text_has_word (rounds_record_get_text (conflict, sides[s]), value))
          return TRUE;
    }
  return FALSE;
}

/* Whether a value that was taken from a merged person is listed as a conflict there. */
gboolean
sim_account_is_disputed (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == SIM_DEED_VALUE && other->field == deed->field && other->entity == deed->entity
          && g_strcmp0 (other->value, deed->value) == 0 && sim_account_were_one (self, &other->record, &deed->record)
          && sim_account_is_in_conflict (self, other, deed->value))
        return TRUE;
    }
  return FALSE;
}

gboolean
sim_account_is_refused (SimAccount *self, const SimDeed *deed)
{
  for (guint d = 0; d < SIM_MOST_DEVICES; d++)
    for (guint i = 0; self->rejected[d] != NULL && i < self->rejected[d]->len; i++)
      if (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (self->rejected[d], i))->record, &deed->record))
        return TRUE;
  return FALSE;
}

/* Whether the server got to know of the record from whoever did @deed. */
static gboolean
has_come (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (self->log, i);

      if (rounds_uuid_equal (&change->record, &deed->record)
          && rounds_uuid_equal (&change->device, &self->world->peers[deed->actor].id))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_done (SimAccount *self, SimDeedKind kind, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if (other->kind == kind && other->actor == deed->actor && rounds_uuid_equal (&other->record, &deed->record))
        return TRUE;
    }
  return FALSE;
}

/* Whether whoever made the record deleted it before it came to the server from them, though others may have made it as
 * well, if it is known by its name; or before it came to a server again that had lost it: then somebody else may be the
 * one to say it again, without what was done to it by whoever deleted it. */
gboolean
sim_account_is_withdrawn (SimAccount *self, const SimDeed *deed)
{
  return has_done (self, SIM_DEED_DELETE, deed)
         && (self->world->ledger->server_returned
             || (has_done (self, SIM_DEED_CREATE, deed) && !has_come (self, deed)));
}

/* Values and words */

char *
sim_account_get_value (RoundsRecord *row, const SimDeed *deed)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (deed->entity, deed->field);

  return row != NULL ? rounds_field_format (info, rounds_record_get_value (row, deed->field)) : NULL;
}

/* Whether @value led to @last: it is that, or it was replaced by somebody who saw it and whose value led there. */
gboolean
sim_account_leads_to (SimAccount *self, const SimDeed *place, const char *value, const char *last, guint depth)
{
  if (g_strcmp0 (value, last) == 0)
    return TRUE;
  for (guint i = 0; depth < MOST_REPLACED && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *next = sim_account_get_deed (self, i);

      if (next->kind == SIM_DEED_VALUE && sim_account_same_place (next, place) && g_strcmp0 (next->seen, value) == 0
          && sim_account_leads_to (self, place, next->value, last, depth + 1))
        return TRUE;
    }
  return FALSE;
}

/* Whether @a and @b are one place, or the same of people who were one for a while: there it matters only for values
 * that are one of their kind. */
static gboolean
is_place_of_one (SimAccount *self, const SimDeed *a, const SimDeed *b)
{
  return sim_account_same_place (a, b)
         || (a->entity == b->entity && a->field == b->field && sim_account_were_one (self, &a->record, &b->record));
}

/* Whether somebody put another value in its place, on purpose. */
gboolean
sim_account_is_replaced (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *next = sim_account_get_deed (self, i);

      if (next->kind == SIM_DEED_VALUE && g_strcmp0 (next->seen, deed->value) == 0
          && (deed->value != NULL ? is_place_of_one (self, next, deed) : sim_account_same_place (next, deed)))
        return TRUE;
    }
  return FALSE;
}

gboolean
sim_account_is_struck (SimAccount *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      if ((other->kind == SIM_DEED_STRIKE || other->kind == SIM_DEED_STRIKE_ONE) && sim_account_same_place (other, deed)
          && g_str_equal (other->value, deed->value))
        return TRUE;
    }
  return FALSE;
}

void
sim_account_fail (SimAccount *self, const char *check, const SimDeed *deed, const char *what)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  gboolean has_value = deed->value != NULL || deed->kind == SIM_DEED_VALUE;
  g_autofree char *now = has_value ? sim_account_get_value (row, deed) : NULL;

  sim_world_fail (self->world, check, "%s: \"%s\" of %s.%s, by %s in event %u; now it is \"%s\"", what,
                  deed->value != NULL ? deed->value : "", rounds_entity_get_info (deed->entity)->name,
                  get_field_name (deed), self->world->peers[deed->actor].name, deed->event, now != NULL ? now : "");
}

static void
check_create (SimAccount *self, const SimDeed *deed)
{
  if (!g_hash_table_contains (self->rows, &deed->record) && !sim_account_is_refused (self, deed)
      && !sim_account_is_withdrawn (self, deed))
    sim_account_fail (self, "create", deed, "a record is lost");
}

/* Once */

/* Whether a value came back there, as one side of a conflict that somebody chose: then it is not one of its kind; nor
 * is nothing, where somebody emptied it again: others may have begun with that before. */
static gboolean
has_come_back (SimAccount *self, const SimDeed *place)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = sim_account_get_deed (self, i);

      if (deed->kind == SIM_DEED_VALUE && sim_account_same_place (deed, place)
          && (deed->value == NULL || !g_hash_table_add (values, deed->value)))
        return TRUE;
    }
  return FALSE;
}

/* A conflict between a value and one that somebody put in its place on purpose is none. Who replaced it before it was
 * chosen there did not replace that choice: by a merge a value may have come there already. Nor did who undid a merge,
 * which gave back what had been there. */
static void
check_conflict (SimAccount *self, RoundsRecord *conflict)
{
  RoundsEntity entity = rounds_entity_from_name (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ENTITY));
  int field = rounds_entity_find_field (entity, rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD));
  SimDeed place = { .entity = entity, .field = (guint) field };

  if (field < ROUNDS_N_COMMON_FIELDS || rounds_entity_get_field (entity, (guint) field)->type != ROUNDS_TYPE_TEXT
      || !rounds_record_is_null (conflict, ROUNDS_CONFLICT_RESOLVED_AT))
    return;
  place.record = *rounds_record_get_uuid (conflict, ROUNDS_CONFLICT_RECORD);
  if (has_come_back (self, &place))
    return;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *mine = sim_account_get_deed (self, i);

      for (guint j = 0; j < self->world->ledger->deeds->len; j++)
        {
          const SimDeed *theirs = sim_account_get_deed (self, j);

          if (mine->event >= theirs->event || mine->kind != SIM_DEED_VALUE || theirs->kind != SIM_DEED_VALUE
              || !sim_account_same_place (mine, &place) || !sim_account_same_place (theirs, &place)
              || mine->value == NULL || theirs->value == NULL
              || !sim_text_has_word (rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE), mine->value)
              || !sim_text_has_word (rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS), theirs->value))
            continue;
          if (!(theirs->is_merging && sim_account_is_unmerge (self, theirs->event))
              && sim_account_leads_to (self, &place, mine->value, theirs->value, 0))
            sim_account_fail (self, "conflict", mine, "a value was replaced on purpose, and that is called a conflict");
        }
    }
}

/* What belongs to a contact follows them into another territory by itself. */
static gboolean
is_edit (const RoundsChange *change)
{
  return change->operation == ROUNDS_OPERATION_CREATE
         || (change->operation == ROUNDS_OPERATION_UPDATE && strstr (change->fields, "\"territory\"") == NULL);
}

/* Whether the @i-th line of the log gives a record to whom it comes back for, as what it was kept once with has been
 * deleted: nobody edited it. */
static gboolean
is_bringing_back (SimAccount *self, guint i)
{
  const RoundsChange *change = g_ptr_array_index (self->log, i);
  const RoundsChange *next = i + 1 < self->log->len ? g_ptr_array_index (self->log, i + 1) : NULL;

  return next != NULL && rounds_change_is_along (next) && rounds_uuid_equal (&next->record, &change->record)
         && rounds_uuid_equal (&next->group, &change->group);
}

/* How often the server wrote a device's edits of a record, against how often somebody made some. */
static void
check_once (SimAccount *self, const SimDeed *deed)
{
  const SimPeer *device = &self->world->peers[deed->actor];
  guint made = 0;
  guint written = 0;

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = sim_account_get_deed (self, i);

      made += other->kind == SIM_DEED_SAVE && other->actor == deed->actor
              && rounds_uuid_equal (&other->record, &deed->record);
    }
  for (guint i = 0; i < self->log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (self->log, i);

      written += is_edit (change) && !is_bringing_back (self, i) && rounds_uuid_equal (&change->record, &deed->record)
                 && rounds_uuid_equal (&change->device, &device->id);
    }
  if (written > made && written > made + sim_account_count_led (self, &deed->record, deed->actor))
    sim_world_fail (self->world, "once", "%s changed a %s %u times, and the server wrote that %u times", device->name,
                    rounds_entity_get_info (deed->entity)->name, made, written);
}

static void
check_deed (SimAccount *self, const SimDeed *deed)
{
  /* What had to leave a device cannot be said again by it to a server that lost it. */
  if (self->world->ledger->server_returned && self->world->ledger->scope_changed)
    return;
  switch (deed->kind)
    {
    case SIM_DEED_SAVE:
      /* To a server that lost them, others say again what they once got. */
      if (deed->actor != SIM_OFFICE && !self->world->ledger->server_returned)
        check_once (self, deed);
      break;
    case SIM_DEED_CREATE:
      check_create (self, deed);
      sim_account_check_owner (self, deed);
      sim_account_check_attendee (self, deed);
      sim_account_check_double (self, deed);
      sim_account_check_brought_along (self, deed);
      break;
    case SIM_DEED_WORD:
      sim_account_check_word (self, deed);
      sim_account_check_not_deleted (self, deed);
      break;
    case SIM_DEED_VALUE:
      sim_account_check_taken_back (self, deed);
      sim_account_check_given_up (self, deed);
      if (sim_account_is_moot (self, deed))
        break;
      sim_account_check_value (self, deed);
      sim_account_check_not_deleted (self, deed);
      break;
    case SIM_DEED_STRIKE:
      sim_account_check_strike (self, deed);
      break;
    case SIM_DEED_DELETE:
      sim_account_check_stays_deleted (self, deed);
      sim_account_check_kept_whole (self, deed);
      break;
    case SIM_DEED_MERGE:
      sim_account_check_merge (self, deed);
      break;
    case SIM_DEED_UNMERGE:
      sim_account_check_unmerge (self, deed);
      break;
    case SIM_DEED_STRIKE_ONE:
    case SIM_DEED_DELETE_PART:
    case SIM_DEED_RESTORE:
    case SIM_DEED_OWNER:
    default:
      break;
    }
}

static void
read_rows (SimAccount *self)
{
  RoundsRecordStore *store = sim_world_get_server (self->world)->store;

  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      g_autoptr (RoundsQuery) query = NULL;
      g_autoptr (GPtrArray) records = NULL;

      if (rounds_entity_get_info (e)->scope != ROUNDS_SCOPE_SYNCED)
        continue;
      query = rounds_query_new (e);
      rounds_query_include_deleted (query);
      records = rounds_record_store_list (store, query, NULL);
      for (guint i = 0; i < records->len; i++)
        {
          RoundsRecord *record = g_ptr_array_index (records, i);

          g_hash_table_insert (self->rows, (gpointer) rounds_record_get_id (record), g_object_ref (record));
        }
    }
}

static void
read_lists (SimAccount *self)
{
  for (guint d = 0; d < self->world->story->n_devices; d++)
    {
      RoundsRecordStore *store = self->world->peers[d].store;
      g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_CONFLICT);
      GPtrArray *conflicts;

      rounds_query_include_deleted (query);
      conflicts = rounds_record_store_list (store, query, NULL);
      g_ptr_array_extend_and_steal (self->conflicts, conflicts);
      self->rejected[d] = rounds_record_store_list_rejected (store, NULL);
    }
}

/** sim_account_run: asks for everything that anybody was told is saved. */
void
sim_account_run (SimWorld *world)
{
  SimAccount account = { .world = world };

  account.rows = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  account.conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  account.log = rounds_record_store_list_changes (sim_world_get_server (world)->store, 0, MOST_LINES, NULL);
  read_rows (&account);
  read_lists (&account);

  for (guint i = 0; i < world->ledger->deeds->len; i++)
    if (!sim_account_get_deed (&account, i)->forgiven)
      check_deed (&account, sim_account_get_deed (&account, i));
  sim_account_check_references (&account);
  for (guint i = 0; i < account.conflicts->len && !world->ledger->server_returned && !world->ledger->device_returned;
       i++)
    check_conflict (&account, g_ptr_array_index (account.conflicts, i));

  for (guint d = 0; d < SIM_MOST_DEVICES; d++)
    g_clear_pointer (&account.rejected[d], g_ptr_array_unref);
  g_ptr_array_unref (account.log);
  g_ptr_array_unref (account.conflicts);
  g_hash_table_unref (account.rows);
}
