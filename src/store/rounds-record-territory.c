/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What belongs to a record is where that record is: the territory of a person is also that of their visits, follow-ups
 * and journeys. The entity table says what belongs to what (OWNER). Device and server fill it in alike. */

#include "rounds-record-feed.h"
#include "rounds-record-store-private.h"

/* "1": everything is where what it belongs to is. */
#define STATE_SETTLED "territories_settled"

/* The entity of the record that @field, an OWNER of @entity, names: a reference's target; for an id what the enum in
 * front of it says: "appointment", or "ct" for the "journey" that is a ct_journey. */
static RoundsEntity
get_owner_entity (RoundsEntity entity, guint field, const char *kind)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, field);
  g_autofree char *name = NULL;
  RoundsEntity target;

  if (info->type == ROUNDS_TYPE_REFERENCE)
    return info->target;
  if (kind == NULL)
    return ROUNDS_ENTITY_NONE;
  target = rounds_entity_from_name (kind);
  if (target != ROUNDS_ENTITY_NONE)
    return target;
  name = g_strdup_printf ("%s_%s", kind, info->name);
  return rounds_entity_from_name (name);
}

/*
 * rounds_record_store_get_owner:
 * @record: a record
 * @id: (out): what it belongs to
 *
 * Returns: the entity of the record that @record belongs to, %ROUNDS_ENTITY_NONE if it is on its own
 */
RoundsEntity
rounds_record_store_get_owner (RoundsRecord *record, RoundsUuid *id)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsUuid *owner =
        (info->fields[f].flags & ROUNDS_FIELD_OWNER) ? rounds_record_get_uuid (record, f) : NULL;

      if (owner == NULL)
        continue;
      *id = *owner;
      return get_owner_entity (
        entity, f, info->fields[f].type == ROUNDS_TYPE_UUID ? rounds_record_get_text (record, f - 1) : NULL);
    }
  return ROUNDS_ENTITY_NONE;
}

/* Where an owner is. An import or a day's visits name the same few owners again and again, and each mutation of a push
 * is asked about its own more than once. */
typedef struct
{
  RoundsUuid id;        /* first: the table's key */
  RoundsUuid territory; /* nil: none */
  gboolean is_deleted;
  gboolean is_new; /* was created in this transaction: what belongs to it was written after it … */
  guint64 owned;   /* … and is of these entities, one bit each */
} Place;

G_STATIC_ASSERT (ROUNDS_N_ENTITIES <= 64);

/* Owners remembered at most, in one transaction. */
#define PLACES_KEPT 32768

/* rounds_record_store_forget_places: what was remembered of owners may not hold any more. */
void
rounds_record_store_forget_places (RoundsRecordStore *self)
{
  g_hash_table_remove_all (self->places);
}

static Place *
add_place (RoundsRecordStore *self, const RoundsUuid *id, const RoundsUuid *territory, gboolean is_deleted)
{
  Place *place = g_new0 (Place, 1);

  if (g_hash_table_size (self->places) >= PLACES_KEPT)
    rounds_record_store_forget_places (self);
  place->id = *id;
  if (territory != NULL)
    place->territory = *territory;
  place->is_deleted = is_deleted;
  g_hash_table_replace (self->places, &place->id, place);
  return place;
}

/*
 * rounds_record_store_note_place:
 * @record: a record that has just been written for the first time
 *
 * A contact comes with what belongs to it, right behind it: where that goes need not be looked up, nor what else there
 * is of it.
 */
void
rounds_record_store_note_place (RoundsRecordStore *self, RoundsRecord *record)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);

  if (entity == ROUNDS_ENTITY_PERSON || entity == ROUNDS_ENTITY_ORGANISATION)
    {
      Place *place =
        add_place (self, rounds_record_get_id (record), rounds_record_get_uuid (record, ROUNDS_FIELD_TERRITORY),
                   rounds_record_is_deleted (record));

      /* What the server sends may come before what it belongs to. */
      place->is_new = !self->is_remote;
      return;
    }
  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    {
      const RoundsUuid *id = (info->fields[f].flags & ROUNDS_FIELD_OWNER) ? rounds_record_get_uuid (record, f) : NULL;
      Place *place = id != NULL ? g_hash_table_lookup (self->places, id) : NULL;

      if (place != NULL)
        place->owned |= G_GUINT64_CONSTANT (1) << entity;
    }
}

/*
 * rounds_record_store_is_first:
 * @record: a record that is about to be created
 * @field: one of its fields
 *
 * Returns: whether @field names a contact that was created in this transaction, and no record like @record has been
 *   written that belongs to it: then there is none, and nobody need look
 */
gboolean
rounds_record_store_is_first (RoundsRecordStore *self, RoundsRecord *record, guint field)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, field);
  const Place *place;

  if (info->type != ROUNDS_TYPE_REFERENCE || !(info->flags & ROUNDS_FIELD_OWNER)
      || rounds_record_is_null (record, field))
    return FALSE;
  place = g_hash_table_lookup (self->places, rounds_record_get_uuid (record, field));
  return place != NULL && place->is_new && (place->owned & (G_GUINT64_CONSTANT (1) << entity)) == 0;
}

/* Sets @place to where the record with @id is, %NULL if it is not here. Valid until the next one is looked up. */
static gboolean
look_up_place (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, const Place **place, GError **error)
{
  g_autoptr (RoundsStatement) statement = NULL;
  RoundsUuid territory;
  RoundsStep step;

  *place = g_hash_table_lookup (self->places, id);
  if (*place != NULL)
    return TRUE;
  if (self->place_sql[entity] == NULL)
    self->place_sql[entity] = g_strdup_printf ("SELECT territory, deleted_at IS NOT NULL FROM \"%s\" WHERE id = $1",
                                               rounds_entity_get_info (entity)->name);
  statement = rounds_database_prepare (self->database, self->place_sql[entity], error);
  if (statement == NULL)
    return FALSE;
  rounds_statement_bind_uuid (statement, 1, id);
  step = rounds_statement_step (statement, error);
  if (step == ROUNDS_STEP_ROW)
    {
      rounds_statement_get_uuid (statement, 0, &territory);
      *place = add_place (self, id, &territory, rounds_statement_get_integer (statement, 1) != 0);
    }
  return step != ROUNDS_STEP_ERROR;
}

/**
 * rounds_record_store_find_territory:
 * @self: a store, in a transaction
 * @id: a record, which need not be here
 * @territory: (out): where it is; nil for none
 * @error: (out) (optional): what the disk says
 *
 * Nothing else of the record is read, and nothing at all where the transaction has saved something that belongs to it.
 *
 * Returns: 1 if the record is here, deleted or not; 0 if not; -1 on error
 */
int
rounds_record_store_find_territory (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id,
                                    RoundsUuid *territory, GError **error)
{
  const Place *place = NULL;

  g_assert (self->in_transaction);
  if (!look_up_place (self, entity, id, &place, error))
    return -1;
  *territory = place != NULL ? place->territory : (RoundsUuid) { { 0 } };
  return place != NULL;
}

/**
 * rounds_record_store_is_deleted:
 * @id: a record, which need not be here
 * @error: (out) (optional): what the disk says
 *
 * Nothing else of the record is read, and nothing at all where the open transaction has come by it already.
 *
 * Returns: 1 if the record is here and deleted; 0 if not; -1 on error
 */
int
rounds_record_store_is_deleted (RoundsRecordStore *self, RoundsEntity entity, const RoundsUuid *id, GError **error)
{
  const Place *place = NULL;
  gboolean is_deleted;

  if (!look_up_place (self, entity, id, &place, error))
    return -1;
  is_deleted = place != NULL && place->is_deleted;
  /* Others may write as soon as this has been read. */
  if (!self->in_transaction)
    rounds_record_store_forget_places (self);
  return is_deleted;
}

/* Sets @record's territory to that of the record with @id; leaves it where that is not here, as on a device that has
 * not received it yet. */
static gboolean
take_territory (RoundsRecordStore *self, RoundsRecord *record, RoundsEntity owner, const RoundsUuid *id, GError **error)
{
  const Place *place = NULL;

  if (!look_up_place (self, owner, id, &place, error))
    return FALSE;
  if (place != NULL && rounds_uuid_is_nil (&place->territory))
    rounds_record_clear_field (record, ROUNDS_FIELD_TERRITORY);
  else if (place != NULL)
    rounds_record_set_uuid (record, ROUNDS_FIELD_TERRITORY, &place->territory);
  return TRUE;
}

/*
 * rounds_record_store_inherit_territory:
 * @record: (inout): a record that is about to be saved
 *
 * Fills in the territory that is not @record's own to choose.
 */
gboolean
rounds_record_store_inherit_territory (RoundsRecordStore *self, RoundsRecord *record, GError **error)
{
  RoundsEntity owner;
  RoundsUuid id;

  if (rounds_entity_is_named (rounds_record_get_entity (record)))
    {
      rounds_record_clear_field (record, ROUNDS_FIELD_TERRITORY);
      return TRUE;
    }
  owner = rounds_record_store_get_owner (record, &id);
  return owner == ROUNDS_ENTITY_NONE || take_territory (self, record, owner, &id, error);
}

/* Adds the row keys that @statement gives to @keys. */
static gboolean
add_keys (GArray *keys, RoundsStatement *statement, GError **error)
{
  RoundsStep step;

  while ((step = rounds_statement_step (statement, error)) == ROUNDS_STEP_ROW)
    {
      gint64 key = rounds_statement_get_integer (statement, 0);

      g_array_append_val (keys, key);
    }
  return step == ROUNDS_STEP_DONE;
}

/*
 * rounds_record_store_get_owned_sql:
 * @field: an OWNER of @entity
 * @deleted: the trash, or what is not in it: the indexes are of one or the other
 *
 * Returns: (transfer full): the statement that finds the rows of @entity that name the record $1
 */
char *
rounds_record_store_get_owned_sql (RoundsEntity entity, guint field, gboolean deleted)
{
  return g_strdup_printf ("SELECT row_key FROM \"%s\" WHERE \"%s\" = $1 AND deleted_at %s",
                          rounds_entity_get_info (entity)->name, rounds_entity_get_field (entity, field)->name,
                          deleted ? "IS NOT NULL" : "IS NULL");
}

/*
 * rounds_record_store_list_owned:
 *
 * Returns: (transfer full) (element-type gint64) (nullable): the row keys of @entity's records whose @field is @id,
 * those that are deleted last
 */
GArray *
rounds_record_store_list_owned (RoundsRecordStore *self, RoundsEntity entity, guint field, const RoundsUuid *id,
                                GError **error)
{
  static const gboolean parts[] = { FALSE, TRUE };
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *sql = rounds_record_store_get_owned_sql (entity, field, parts[i]);
      g_autoptr (RoundsStatement) statement = rounds_database_prepare (self->database, sql, error);

      if (statement == NULL)
        return NULL;
      rounds_statement_bind_uuid (statement, 1, id);
      if (!add_keys (keys, statement, error))
        return NULL;
    }
  return g_steal_pointer (&keys);
}

static gboolean
move_rows (RoundsRecordStore *self, RoundsEntity entity, GArray *keys, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    if (!rounds_record_store_move_row (self, entity, g_array_index (keys, gint64, i), error))
      return FALSE;
  return TRUE;
}

/* Moves @entity's records whose @field names @owner, and what belongs to them. */
static gboolean
move_owned (RoundsRecordStore *self, RoundsEntity entity, guint field, RoundsRecord *owner, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_owned (self, entity, field, rounds_record_get_id (owner), error);

  return keys != NULL && move_rows (self, entity, keys, error);
}

/*
 * rounds_record_store_pass_on_territory:
 * @owner: a record whose territory is new
 * @is_new: whether the record is new as well: then only what names it by a plain id can be there before it
 *
 * Makes what belongs to @owner follow, in the same transaction.
 */
gboolean
rounds_record_store_pass_on_territory (RoundsRecordStore *self, RoundsRecord *owner, gboolean is_new, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        {
          const RoundsFieldInfo *field = &info->fields[f];

          if ((field->flags & ROUNDS_FIELD_OWNER)
              && (field->type == ROUNDS_TYPE_UUID || (!is_new && field->target == rounds_record_get_entity (owner)))
              && !move_owned (self, e, f, owner, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* Rows of @entity that may not be where what @field names is. For a reference those that are not; for an id, which may
 * be of several entities, all. */
static gboolean
settle_field (RoundsRecordStore *self, RoundsEntity entity, const RoundsFieldInfo *field, GError **error)
{
  const char *name = rounds_entity_get_info (entity)->name;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = field->type == ROUNDS_TYPE_REFERENCE
                           ? g_strdup_printf ("SELECT c.row_key FROM \"%s\" AS c JOIN \"%s\" AS o ON o.id = c.\"%s\""
                                              " WHERE c.territory IS NOT o.territory",
                                              name, rounds_entity_get_info (field->target)->name, field->name)
                           : g_strdup_printf ("SELECT row_key FROM \"%s\"", name);
  RoundsStatement *statement = rounds_database_prepare (self->database, sql, error);
  gboolean read;

  if (statement == NULL)
    return FALSE;
  read = add_keys (keys, statement, error);
  rounds_statement_reset (statement);
  return read && move_rows (self, entity, keys, error);
}

static gboolean
settle_all (RoundsRecordStore *self, GError **error)
{
  for (int e = 0; e < ROUNDS_N_ENTITIES; e++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (e);

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if ((info->fields[f].flags & ROUNDS_FIELD_OWNER) && !settle_field (self, e, &info->fields[f], error))
          return FALSE;
    }
  return rounds_record_store_set_state (self, STATE_SETTLED, "1", error);
}

/**
 * rounds_record_store_settle_territories:
 * @error: (out) (optional): what the disk says; then nothing was changed
 *
 * Moves what was stored by a version in which records did not follow what they belong to. Once: afterwards they do.
 */
gboolean
rounds_record_store_settle_territories (RoundsRecordStore *self, GError **error)
{
  g_autofree char *settled = NULL;

  if (!rounds_record_store_get_state (self, STATE_SETTLED, &settled, error))
    return FALSE;
  if (settled != NULL)
    return TRUE;
  return rounds_record_store_begin (self, error) && rounds_record_store_end (self, settle_all (self, error), error);
}
