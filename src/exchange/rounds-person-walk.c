/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-person-walk.h"

#include <string.h>

#include "rounds-table-writer.h"

typedef struct
{
  RoundsPersonWalk *result;
  RoundsRecordStore *store;  /* (not owned) */
  GCancellable *cancellable; /* (not owned) (nullable) */
  GHashTable *own;           /* (owned) RoundsUuid: ids of the person's own records */
  GHashTable *mentions;      /* (owned) RoundsUuid -> RoundsPersonItem */
  GPtrArray *deleted;        /* (owned) of RoundsRecord: deleted ones with an id that no index leads from to them */
} Walk;

static void
walk_clear (Walk *self)
{
  g_clear_pointer (&self->own, g_hash_table_unref);
  g_clear_pointer (&self->mentions, g_hash_table_unref);
  g_clear_pointer (&self->deleted, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

static gboolean
is_kept_here (RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->scope != ROUNDS_SCOPE_SERVER;
}

static gboolean
names_record (const RoundsFieldInfo *field)
{
  return field->type == ROUNDS_TYPE_REFERENCE || field->type == ROUNDS_TYPE_UUID;
}

/* The record that @record belongs to: the first OWNER field that is set; of a record without one the first that names
 * another record, as a staff member's particulars name the person and a conflict names its record. */
static const RoundsUuid *
get_owner (RoundsRecord *record)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));
  const RoundsUuid *owner = NULL;

  for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
    if (names_record (&info->fields[f]) && !rounds_record_is_null (record, f))
      {
        if (info->fields[f].flags & ROUNDS_FIELD_OWNER)
          return rounds_record_get_uuid (record, f);
        if (owner == NULL)
          owner = rounds_record_get_uuid (record, f);
      }
  return owner;
}

static void
add_own (Walk *self, RoundsEntity entity, const RoundsUuid *id)
{
  RoundsPersonItem item = { entity, *id, 0 };

  if (rounds_uuid_set_add (self->own, id))
    g_array_append_val (self->result->own, item);
  g_hash_table_remove (self->mentions, id);
}

static void
add_mention (Walk *self, RoundsEntity entity, const RoundsUuid *id, guint64 fields)
{
  RoundsPersonItem *item = g_hash_table_lookup (self->mentions, id);

  if (g_hash_table_contains (self->own, id))
    return;
  if (item == NULL)
    {
      item = g_new0 (RoundsPersonItem, 1);
      item->entity = entity;
      item->id = *id;
      g_hash_table_insert (self->mentions, g_memdup2 (id, sizeof *id), item);
    }
  item->fields |= fields;
}

/* Whoever was merged into the person is the person. A merge that was undone was a mistake about somebody else. */
static gboolean
is_undone_merge (RoundsRecord *record)
{
  return rounds_record_get_entity (record) == ROUNDS_ENTITY_MERGE
         && !rounds_record_is_null (record, ROUNDS_MERGE_UNDONE_AT);
}

static void
take (Walk *self, RoundsRecord *record, guint field)
{
  RoundsEntity entity = rounds_record_get_entity (record);
  const RoundsUuid *owner = get_owner (record);

  if (owner == NULL || !g_hash_table_contains (self->own, owner) || is_undone_merge (record))
    {
      add_mention (self, entity, rounds_record_get_id (record), ROUNDS_FIELD_BIT (field));
      return;
    }
  add_own (self, entity, rounds_record_get_id (record));
  if (entity == ROUNDS_ENTITY_MERGE)
    add_own (self, ROUNDS_ENTITY_PERSON, rounds_record_get_uuid (record, ROUNDS_MERGE_MERGED));
}

/* One by one: a staff member is named by everything that they ever logged. */
static gboolean
take_all (Walk *self, RoundsQuery *query, guint field, GError **error)
{
  g_autoptr (GArray) keys = rounds_record_store_list_keys (self->store, query, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      g_autoptr (RoundsRecord) record = rounds_record_store_get_by_key (self->store, rounds_query_get_entity (query),
                                                                        g_array_index (keys, gint64, i), error);

      if (record == NULL)
        return FALSE;
      take (self, record, field);
    }
  return keys != NULL;
}

/* References have an index that holds deleted records too; ids that no foreign key guards have one of the others alone.
 */
static gboolean
follow_field (Walk *self, RoundsEntity entity, guint field, const RoundsUuid *id, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_where_uuid (rounds_query_new (entity), field, ROUNDS_IS, id);

  if (rounds_entity_get_field (entity, field)->type == ROUNDS_TYPE_REFERENCE)
    rounds_query_include_deleted (query);
  return take_all (self, query, field, error);
}

/* Finds what refers to one of the person's own records. */
static gboolean
follow (Walk *self, const RoundsPersonItem *item, GError **error)
{
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (entity);

      for (guint f = ROUNDS_N_COMMON_FIELDS; is_kept_here (entity) && f < info->n_fields; f++)
        if ((info->fields[f].type == ROUNDS_TYPE_UUID
             || (info->fields[f].type == ROUNDS_TYPE_REFERENCE && info->fields[f].target == item->entity))
            && !follow_field (self, entity, f, &item->id, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
list_deleted (Walk *self, GError **error)
{
  self->deleted = g_ptr_array_new_with_free_func (g_object_unref);
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      const RoundsEntityInfo *info = rounds_entity_get_info (entity);
      gboolean has_id = FALSE;
      g_autoptr (RoundsQuery) query = rounds_query_only_deleted (rounds_query_new (entity));
      g_autoptr (GPtrArray) records = NULL;

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        has_id |= info->fields[f].type == ROUNDS_TYPE_UUID;
      if (!has_id || !is_kept_here (entity))
        continue;
      records = rounds_record_store_list (self->store, query, error);
      if (records == NULL)
        return FALSE;
      g_ptr_array_extend_and_steal (self->deleted, g_steal_pointer (&records));
    }
  return TRUE;
}

static void
take_deleted (Walk *self)
{
  for (guint i = 0; i < self->deleted->len; i++)
    {
      RoundsRecord *record = self->deleted->pdata[i];
      const RoundsEntityInfo *info = rounds_entity_get_info (rounds_record_get_entity (record));

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_UUID && !rounds_record_is_null (record, f)
            && g_hash_table_contains (self->own, rounds_record_get_uuid (record, f)))
          take (self, record, f);
    }
}

/* What is being written and not saved yet: a form that is about the person, or one that names them. */
static gboolean
take_drafts (Walk *self, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_DRAFT);
  g_autoptr (GPtrArray) drafts = rounds_record_store_list (self->store, query, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const char *form = rounds_record_get_text (drafts->pdata[i], ROUNDS_DRAFT_FORM);
      const char *body = rounds_record_get_text (drafts->pdata[i], ROUNDS_DRAFT_BODY);
      const RoundsUuid *id = rounds_record_get_id (drafts->pdata[i]);

      for (guint n = 0; n < self->result->own->len; n++)
        {
          const RoundsPersonItem *item = &g_array_index (self->result->own, RoundsPersonItem, n);
          g_autofree char *text = rounds_uuid_to_string (&item->id);
          g_autofree char *as_person = g_strdup_printf ("\"person\":\"%s\"", text);

          if (strstr (form, text) != NULL || strstr (body, as_person) != NULL)
            add_own (self, ROUNDS_ENTITY_DRAFT, id);
          else if (strstr (body, text) != NULL)
            add_mention (self, ROUNDS_ENTITY_DRAFT, id, 0);
        }
    }
  return drafts != NULL;
}

static gboolean
is_meeting (RoundsEntity entity)
{
  return entity == ROUNDS_ENTITY_INTERACTION || entity == ROUNDS_ENTITY_APPOINTMENT;
}

/* A line that somebody attended says little without the meeting. */
static gboolean
take_meetings (Walk *self, GError **error)
{
  g_autoptr (GPtrArray) items = g_hash_table_get_values_as_ptr_array (self->mentions);

  for (guint i = 0; i < items->len; i++)
    {
      const RoundsPersonItem item = *(RoundsPersonItem *) items->pdata[i];
      const RoundsEntityInfo *info = rounds_entity_get_info (item.entity);
      g_autoptr (RoundsRecord) record = NULL;

      for (guint f = ROUNDS_N_COMMON_FIELDS; f < info->n_fields; f++)
        if (info->fields[f].type == ROUNDS_TYPE_REFERENCE && (info->fields[f].flags & ROUNDS_FIELD_OWNER)
            && is_meeting (info->fields[f].target))
          {
            if (record == NULL
                && (record = rounds_record_store_get (self->store, item.entity, &item.id, error)) == NULL)
              return FALSE;
            if (!rounds_record_is_null (record, f))
              add_mention (self, info->fields[f].target, rounds_record_get_uuid (record, f), 0);
          }
    }
  return TRUE;
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RoundsPersonItem *left = a, *right = b;

  if (left->entity != right->entity)
    return left->entity < right->entity ? -1 : 1;
  return memcmp (&left->id, &right->id, sizeof left->id); /* by time, as ids are */
}

static void
keep_mentions (Walk *self)
{
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->mentions);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_array_append_vals (self->result->mentions, item, 1);
  g_array_sort (self->result->mentions, compare_items);
}

/* The list grows while it is read. Deleted records may lead to others, and so may drafts in turn. */
static gboolean
run (Walk *self, GError **error)
{
  guint next = 0;

  while (next < self->result->own->len)
    {
      for (; next < self->result->own->len; next++)
        {
          const RoundsPersonItem item = g_array_index (self->result->own, RoundsPersonItem, next);
          g_autoptr (GError) cause = NULL;

          if (g_cancellable_set_error_if_cancelled (self->cancellable, &cause))
            {
              rounds_set_file_error (error, cause);
              return FALSE;
            }
          if (!follow (self, &item, error))
            return FALSE;
        }
      take_deleted (self);
      if (!take_drafts (self, error))
        return FALSE;
    }
  return take_meetings (self, error);
}

/**
 * rounds_person_walk_new:
 * @person: a person's id
 * @error: (out) (optional): %ROUNDS_ERROR_NOT_FOUND, %ROUNDS_ERROR_CANCELLED, or what the disk says
 *
 * Returns: (transfer full) (nullable): what has to do with @person, on this device
 */
RoundsPersonWalk *
rounds_person_walk_new (RoundsRecordStore *store, const RoundsUuid *person, GCancellable *cancellable, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (store, ROUNDS_ENTITY_PERSON, person, error);
  g_autoptr (RoundsPersonWalk) result = NULL;
  g_auto (Walk) walk = { NULL, store, cancellable, NULL, NULL, NULL };

  if (record == NULL)
    return NULL;

  result = g_new0 (RoundsPersonWalk, 1);
  result->own = g_array_new (FALSE, FALSE, sizeof (RoundsPersonItem));
  result->mentions = g_array_new (FALSE, FALSE, sizeof (RoundsPersonItem));
  walk.result = result;
  walk.own = rounds_uuid_set_new ();
  walk.mentions = g_hash_table_new_full (rounds_uuid_hash, rounds_uuid_equal, g_free, g_free);
  if (!list_deleted (&walk, error))
    return NULL;
  add_own (&walk, ROUNDS_ENTITY_PERSON, person);
  if (!run (&walk, error))
    return NULL;
  keep_mentions (&walk);
  return g_steal_pointer (&result);
}

/**
 * rounds_person_walk_each_change:
 * @func: (scope call): called with each change of a record of the person's own that this device knows of: record by
 *   record, the oldest first
 * @error: (out) (optional): what the disk says, or @func
 */
gboolean
rounds_person_walk_each_change (RoundsPersonWalk *self, RoundsRecordStore *store, RoundsPersonChangeFunc func,
                                gpointer data, GError **error)
{
  for (guint i = 0; i < self->own->len; i++)
    {
      const RoundsPersonItem *item = &g_array_index (self->own, RoundsPersonItem, i);
      g_autoptr (GPtrArray) lines = rounds_record_store_list_record_changes (store, &item->id, G_MAXINT, error);

      if (lines == NULL)
        return FALSE;
      for (guint n = lines->len; n-- > 0;)
        if (!func (lines->pdata[n], data, error))
          return FALSE;
    }
  return TRUE;
}

/** rounds_person_walk_free: frees @self. */
void
rounds_person_walk_free (RoundsPersonWalk *self)
{
  g_array_unref (self->own);
  g_array_unref (self->mentions);
  g_free (self);
}
