/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds what people were told is saved against what is there: every value is current, was replaced by somebody who saw
 * it, or is listed as a conflict or as refused; every word likewise; nothing that somebody changed was deleted by
 * somebody who had not seen it; nothing happened twice. */

#include "sim-account.h"

#include <string.h>

#include "rounds-remote.h"

#define MOST_LINES 100000
#define MOST_REPLACED 50 /* values in a row that replaced each other */

typedef struct
{
  SimWorld *world;
  GHashTable *rows;                      /* (owned): id to the server's RoundsRecord */
  GPtrArray *conflicts;                  /* (owned): of all devices */
  GPtrArray *rejected[SIM_MOST_DEVICES]; /* (owned) (nullable) */
  GPtrArray *log;                        /* (owned): the server's */
} Account;

static SimDeed *
get_deed (Account *self, guint i)
{
  return g_ptr_array_index (self->world->ledger->deeds, i);
}

static gboolean
same_place (const SimDeed *a, const SimDeed *b)
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
static gboolean
is_deletion_flagged (Account *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->conflicts->len; i++)
    if (is_about (g_ptr_array_index (self->conflicts, i), deed, "deleted_at"))
      return TRUE;
  return FALSE;
}

static gboolean
is_in_conflict (Account *self, const SimDeed *deed, const char *value)
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

static gboolean
is_refused (Account *self, const SimDeed *deed)
{
  for (guint d = 0; d < SIM_MOST_DEVICES; d++)
    for (guint i = 0; self->rejected[d] != NULL && i < self->rejected[d]->len; i++)
      if (rounds_uuid_equal (&((RoundsChange *) g_ptr_array_index (self->rejected[d], i))->record, &deed->record))
        return TRUE;
  return FALSE;
}

/* Whether the record never came to the server and whoever made it deleted it. */
static gboolean
is_withdrawn (Account *self, const SimDeed *deed)
{
  if (g_hash_table_contains (self->rows, &deed->record))
    return FALSE;
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = get_deed (self, i);

      if (other->kind == SIM_DEED_DELETE && other->actor == deed->actor
          && rounds_uuid_equal (&other->record, &deed->record))
        return TRUE;
    }
  return FALSE;
}

/* Values and words */

static char *
get_value (RoundsRecord *row, const SimDeed *deed)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (deed->entity, deed->field);

  return row != NULL ? rounds_field_format (info, rounds_record_get_value (row, deed->field)) : NULL;
}

/* Whether @value led to @last: it is that, or it was replaced by somebody who saw it and whose value led there. */
static gboolean
leads_to (Account *self, const SimDeed *place, const char *value, const char *last, guint depth)
{
  if (g_strcmp0 (value, last) == 0)
    return TRUE;
  for (guint i = 0; depth < MOST_REPLACED && i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *next = get_deed (self, i);

      if (next->kind == SIM_DEED_VALUE && same_place (next, place) && g_strcmp0 (next->seen, value) == 0
          && leads_to (self, place, next->value, last, depth + 1))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_replaced (Account *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *next = get_deed (self, i);

      if (next->kind == SIM_DEED_VALUE && same_place (next, deed) && g_strcmp0 (next->seen, deed->value) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_struck (Account *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = get_deed (self, i);

      if (other->kind == SIM_DEED_STRIKE && same_place (other, deed) && g_str_equal (other->value, deed->value))
        return TRUE;
    }
  return FALSE;
}

static void
fail (Account *self, const char *check, const SimDeed *deed, const char *what)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  g_autofree char *now = deed->value != NULL ? get_value (row, deed) : NULL;

  sim_world_fail (self->world, check, "%s: \"%s\" of %s.%s, by %s in event %u; now it is \"%s\"", what,
                  deed->value != NULL ? deed->value : "", rounds_entity_get_info (deed->entity)->name,
                  get_field_name (deed), self->world->peers[deed->actor].name, deed->event, now != NULL ? now : "");
}

static void
check_value (Account *self, const SimDeed *deed)
{
  g_autofree char *now = get_value (g_hash_table_lookup (self->rows, &deed->record), deed);

  if (g_strcmp0 (now, deed->value) == 0 || is_replaced (self, deed) || is_refused (self, deed)
      || is_withdrawn (self, deed) || (deed->value != NULL && is_in_conflict (self, deed, deed->value))
      || (deed->value == NULL && is_in_conflict (self, deed, NULL)))
    return;
  fail (self, "value", deed, "a value is lost");
}

static gboolean
is_in_log (GPtrArray *log, const SimDeed *deed)
{
  for (guint i = 0; i < log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (log, i);

      if (rounds_uuid_equal (&change->record, &deed->record)
          && (sim_text_has_word (change->fields, deed->value) || sim_text_has_word (change->base, deed->value)))
        return TRUE;
    }
  return FALSE;
}

/* Whether what was struck out can be found in what the server remembers, or whoever wrote it. */
static gboolean
is_in_history (Account *self, const SimDeed *deed)
{
  const SimPeer *author = &self->world->peers[deed->actor];
  g_autoptr (GPtrArray) log = rounds_record_store_list_record_changes (author->store, &deed->record, MOST_LINES, NULL);

  return is_in_log (self->log, deed) || is_in_log (log, deed);
}

static void
check_word (Account *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);
  gboolean is_visible = row != NULL && sim_text_has_word (rounds_record_get_text (row, deed->field), deed->value);

  if (is_visible || is_in_conflict (self, deed, deed->value) || is_refused (self, deed) || is_withdrawn (self, deed))
    return;
  if (!is_struck (self, deed))
    fail (self, "word", deed, "a word is lost");
  else if (!is_in_history (self, deed) && !self->world->ledger->server_returned && !self->world->ledger->scope_changed)
    fail (self, "history", deed, "a word that was struck out is nowhere");
}

/* Whether somebody else changed the same text at the same time: then what was struck out may have to stay. */
static gboolean
is_disputed (Account *self, const SimDeed *strike)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = get_deed (self, i);

      if (!same_place (other, strike))
        continue;
      if (other->kind == SIM_DEED_WORD && other->event > strike->event && g_str_equal (other->value, strike->value))
        return TRUE; /* somebody took the striking back */
      if (other->actor == strike->actor)
        continue;
      if (other->kind == SIM_DEED_WORD && !sim_text_has_word (strike->seen, other->value))
        return TRUE;
      if (other->kind == SIM_DEED_STRIKE && sim_text_has_word (strike->seen, other->value))
        return TRUE;
    }
  return FALSE;
}

/* What somebody struck out does not come back by itself. */
static void
check_strike (Account *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (row == NULL || !sim_text_has_word (rounds_record_get_text (row, deed->field), deed->value)
      || is_disputed (self, deed) || is_in_conflict (self, deed, NULL) || is_refused (self, deed)
      || self->world->ledger->server_returned || self->world->ledger->device_returned)
    return;
  fail (self, "strike", deed, "a word that was struck out is back");
}

static void
check_create (Account *self, const SimDeed *deed)
{
  if (!g_hash_table_contains (self->rows, &deed->record) && !is_refused (self, deed) && !is_withdrawn (self, deed))
    fail (self, "create", deed, "a record is lost");
}

/* Deletions */

/* Whether whoever deleted the record had seen what @deed did to it. */
static gboolean
has_seen (Account *self, const SimDeed *deletion, const SimDeed *deed)
{
  g_autofree char *value = NULL;

  if (deed->kind == SIM_DEED_WORD)
    return sim_text_has_word (rounds_record_get_text (deletion->row, deed->field), deed->value)
           || is_struck (self, deed);
  value = get_value (deletion->row, deed);
  return leads_to (self, deed, deed->value, value, 0);
}

static gboolean
is_deleted_knowingly (Account *self, const SimDeed *deed)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = get_deed (self, i);

      if (other->kind == SIM_DEED_DELETE && rounds_uuid_equal (&other->record, &deed->record)
          && has_seen (self, other, deed))
        return TRUE;
    }
  return FALSE;
}

/* An edit wins over a deletion that did not know of it. */
static void
check_not_deleted (Account *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (row == NULL || !rounds_record_is_deleted (row) || is_deleted_knowingly (self, deed)
      || is_deletion_flagged (self, deed) || is_refused (self, deed) || is_in_conflict (self, deed, deed->value)
      || rounds_entity_has_flag (deed->entity, ROUNDS_FIELD_UNIQUE))
    return;
  fail (self, "deleted", deed, "what somebody changed was deleted by somebody who had not seen it");
}

/* Whether there is a reason for the record to live: it was brought back, or changed by somebody else unseen. */
static gboolean
may_live (Account *self, const SimDeed *deletion)
{
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *deed = get_deed (self, i);

      if (deed == deletion || !rounds_uuid_equal (&deed->record, &deletion->record))
        continue;
      if (deed->kind == SIM_DEED_RESTORE)
        return TRUE;
      if (deed->actor != deletion->actor && deed->kind == SIM_DEED_SAVE)
        return TRUE;
    }
  return FALSE;
}

static void
check_stays_deleted (Account *self, const SimDeed *deed)
{
  RoundsRecord *row = g_hash_table_lookup (self->rows, &deed->record);

  if (row == NULL || rounds_record_is_deleted (row) || may_live (self, deed) || is_refused (self, deed)
      || (self->world->ledger->device_returned && is_deletion_flagged (self, deed)))
    return;
  fail (self, "tombstone", deed, "what was deleted is back");
}

/* Once */

/* A conflict between a value and one that somebody put in its place on purpose is none. */
static void
check_conflict (Account *self, RoundsRecord *conflict)
{
  RoundsEntity entity = rounds_entity_from_name (rounds_record_get_text (conflict, ROUNDS_CONFLICT_ENTITY));
  int field = rounds_entity_find_field (entity, rounds_record_get_text (conflict, ROUNDS_CONFLICT_FIELD));
  SimDeed place = { .entity = entity, .field = (guint) field };

  if (field < ROUNDS_N_COMMON_FIELDS || rounds_entity_get_field (entity, (guint) field)->type != ROUNDS_TYPE_TEXT)
    return;
  place.record = *rounds_record_get_uuid (conflict, ROUNDS_CONFLICT_RECORD);
  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *mine = get_deed (self, i);

      for (guint j = 0; j < self->world->ledger->deeds->len; j++)
        {
          const SimDeed *theirs = get_deed (self, j);

          if (i == j || mine->kind != SIM_DEED_VALUE || theirs->kind != SIM_DEED_VALUE || !same_place (mine, &place)
              || !same_place (theirs, &place) || mine->value == NULL || theirs->value == NULL
              || !sim_text_has_word (rounds_record_get_text (conflict, ROUNDS_CONFLICT_MINE), mine->value)
              || !sim_text_has_word (rounds_record_get_text (conflict, ROUNDS_CONFLICT_THEIRS), theirs->value))
            continue;
          if (leads_to (self, &place, mine->value, theirs->value, 0))
            fail (self, "conflict", mine, "a value was replaced on purpose, and that is called a conflict");
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

/* How often the server wrote a device's edits of a record, against how often somebody made some. */
static void
check_once (Account *self, const SimDeed *deed)
{
  const SimPeer *device = &self->world->peers[deed->actor];
  guint made = 0;
  guint written = 0;

  for (guint i = 0; i < self->world->ledger->deeds->len; i++)
    {
      const SimDeed *other = get_deed (self, i);

      made += other->kind == SIM_DEED_SAVE && other->actor == deed->actor
              && rounds_uuid_equal (&other->record, &deed->record);
    }
  for (guint i = 0; i < self->log->len; i++)
    {
      const RoundsChange *change = g_ptr_array_index (self->log, i);

      written += is_edit (change) && rounds_uuid_equal (&change->record, &deed->record)
                 && rounds_uuid_equal (&change->device, &device->id);
    }
  if (written > made)
    sim_world_fail (self->world, "once", "%s changed a %s %u times, and the server wrote that %u times", device->name,
                    rounds_entity_get_info (deed->entity)->name, made, written);
}

static void
check_deed (Account *self, const SimDeed *deed)
{
  switch (deed->kind)
    {
    case SIM_DEED_SAVE:
      if (deed->actor != SIM_OFFICE)
        check_once (self, deed);
      break;
    case SIM_DEED_CREATE:
      check_create (self, deed);
      break;
    case SIM_DEED_WORD:
      check_word (self, deed);
      check_not_deleted (self, deed);
      break;
    case SIM_DEED_VALUE:
      check_value (self, deed);
      check_not_deleted (self, deed);
      break;
    case SIM_DEED_STRIKE:
      check_strike (self, deed);
      break;
    case SIM_DEED_DELETE:
      check_stays_deleted (self, deed);
      break;
    case SIM_DEED_RESTORE:
    default:
      break;
    }
}

static void
read_rows (Account *self)
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
read_lists (Account *self)
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
  Account account = { .world = world };

  account.rows = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, NULL, g_object_unref);
  account.conflicts = g_ptr_array_new_with_free_func (g_object_unref);
  account.log = rounds_record_store_list_changes (sim_world_get_server (world)->store, 0, MOST_LINES, NULL);
  read_rows (&account);
  read_lists (&account);

  for (guint i = 0; i < world->ledger->deeds->len; i++)
    if (!get_deed (&account, i)->forgiven)
      check_deed (&account, get_deed (&account, i));
  for (guint i = 0; i < account.conflicts->len && !world->ledger->server_returned && !world->ledger->device_returned;
       i++)
    check_conflict (&account, g_ptr_array_index (account.conflicts, i));

  for (guint d = 0; d < SIM_MOST_DEVICES; d++)
    g_clear_pointer (&account.rejected[d], g_ptr_array_unref);
  g_ptr_array_unref (account.log);
  g_ptr_array_unref (account.conflicts);
  g_hash_table_unref (account.rows);
}
