/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of records on the wire: NDJSON, so that neither side ever holds more than a record as JSON.
 *
 *   {"epoch": …, "cursor": …, "has_more": …}                               the page; also "scope", the territories that
 *                                                                          can be seen, and "removed", what no longer
 * can
 *   {"entity": "person", "fields": ["id", "rev", …], "nulls": ["phone", …]} what the rows below hold, up to the next
 * such
 *   ["01…", 1, …]                                                          a record: its fields in that order
 *
 * Instants are numbers here (ms UTC), as most fields of most records are. "nulls" are fields that the server knows and
 * that are null in all of the rows; what is named in neither, an older server does not know.
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-protocol.h"
#include "rounds-time.h"

#define EVERYTHING "*"

#define BIT(field) (G_GUINT64_CONSTANT (1) << (field))

static void
item_free (RoundsSyncItem *item)
{
  g_clear_object (&item->record);
  g_free (item);
}

/**
 * rounds_sync_page_new:
 * @epoch: the server's epoch
 *
 * Returns: (transfer full): an empty page
 */
RoundsSyncPage *
rounds_sync_page_new (const char *epoch)
{
  RoundsSyncPage *self = g_new0 (RoundsSyncPage, 1);

  self->epoch = g_strdup (epoch);
  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  self->removed = g_array_new (FALSE, FALSE, sizeof (RoundsTouched));
  return self;
}

/** rounds_sync_page_free: frees @self and its records. */
void
rounds_sync_page_free (RoundsSyncPage *self)
{
  g_free (self->epoch);
  g_free (self->cursor);
  g_clear_pointer (&self->scope, rounds_territory_scope_free);
  g_array_unref (self->removed);
  g_ptr_array_unref (self->items);
  g_free (self);
}

static void
add_item (RoundsSyncPage *self, RoundsRecord *record, guint64 present)
{
  RoundsSyncItem *item = g_new0 (RoundsSyncItem, 1);

  item->record = record;
  item->present = present;
  g_ptr_array_add (self->items, item);
}

/**
 * rounds_sync_page_add:
 * @self: a page
 * @record: (transfer full): a whole record
 */
void
rounds_sync_page_add (RoundsSyncPage *self, RoundsRecord *record)
{
  add_item (self, record, G_MAXUINT64);
}

/* Writing */

static void
append_line (GString *text, yyjson_mut_val *value)
{
  gsize length = 0;
  char *line = yyjson_mut_val_write (value, 0, &length);

  g_string_append_len (text, line, (gssize) length);
  g_string_append_c (text, '\n');
  free (line); /* by the C library's allocator, as yyjson took it */
}

static void
add_uuid (yyjson_mut_doc *doc, yyjson_mut_val *array, const RoundsUuid *uuid)
{
  char text[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (uuid, text);
  yyjson_mut_arr_add_strcpy (doc, array, text);
}

/* All territories, or a list. */
static void
put_scope (yyjson_mut_doc *doc, yyjson_mut_val *head, const RoundsTerritoryScope *scope)
{
  yyjson_mut_val *array;

  if (scope->everything)
    {
      yyjson_mut_obj_add_str (doc, head, "scope", EVERYTHING);
      return;
    }
  array = yyjson_mut_obj_add_arr (doc, head, "scope");
  for (guint i = 0; i < scope->territories->len; i++)
    add_uuid (doc, array, &g_array_index (scope->territories, RoundsUuid, i));
}

/* Pairs of an entity and an id. */
static void
put_removed (yyjson_mut_doc *doc, yyjson_mut_val *head, GArray *removed)
{
  yyjson_mut_val *array = yyjson_mut_obj_add_arr (doc, head, "removed");

  for (guint i = 0; i < removed->len; i++)
    {
      const RoundsTouched *gone = &g_array_index (removed, RoundsTouched, i);
      yyjson_mut_val *pair = yyjson_mut_arr_add_arr (doc, array);

      yyjson_mut_arr_add_str (doc, pair, rounds_entity_get_info (gone->entity)->name);
      add_uuid (doc, pair, &gone->record);
    }
}

static void
append_head (GString *text, const RoundsSyncPage *page, gint64 server_time)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *time = rounds_instant_to_string (server_time);
  yyjson_mut_val *head = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_str (doc, head, "epoch", page->epoch);
  yyjson_mut_obj_add_str (doc, head, "cursor", page->cursor);
  yyjson_mut_obj_add_bool (doc, head, "has_more", page->has_more);
  if (page->reset)
    yyjson_mut_obj_add_bool (doc, head, "reset", true);
  if (page->schema != 0)
    yyjson_mut_obj_add_uint (doc, head, "schema", page->schema);
  if (page->compare)
    yyjson_mut_obj_add_bool (doc, head, "compare", true);
  if (page->scope != NULL)
    put_scope (doc, head, page->scope);
  if (page->removed->len > 0)
    put_removed (doc, head, page->removed);
  yyjson_mut_obj_add_str (doc, head, "server_time", time);
  append_line (text, head);
}

/* The fields that are not null in one record at least. */
static guint64
find_filled (GPtrArray *items, guint begin, guint end)
{
  guint64 filled = 0;

  for (guint i = begin; i < end; i++)
    {
      const RoundsSyncItem *item = g_ptr_array_index (items, i);
      guint n_fields = rounds_entity_get_info (rounds_record_get_entity (item->record))->n_fields;

      for (guint f = 0; f < n_fields; f++)
        if (!rounds_record_is_null (item->record, f))
          filled |= BIT (f);
    }
  return filled;
}

static void
append_columns (GString *text, const RoundsEntityInfo *info, guint64 filled)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *head = yyjson_mut_obj (doc);
  yyjson_mut_val *fields, *nulls;

  yyjson_mut_obj_add_str (doc, head, "entity", info->name);
  fields = yyjson_mut_obj_add_arr (doc, head, "fields");
  nulls = yyjson_mut_obj_add_arr (doc, head, "nulls");
  for (guint f = 0; f < info->n_fields; f++)
    yyjson_mut_arr_add_str (doc, filled & BIT (f) ? fields : nulls, info->fields[f].name);
  append_line (text, head);
}

static void
append_row (GString *text, RoundsRecord *record, const RoundsEntityInfo *info, guint64 filled, yyjson_mut_doc *doc)
{
  yyjson_mut_val *row = yyjson_mut_arr (doc);

  for (guint f = 0; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);

      if (!(filled & BIT (f)))
        continue;
      if (info->fields[f].type == ROUNDS_TYPE_INSTANT && !rounds_value_is_null (value))
        yyjson_mut_arr_add_sint (doc, row, value->as.integer);
      else
        yyjson_mut_arr_append (row, rounds_value_to_json (value, &info->fields[f], doc));
    }
  append_line (text, row);
}

static void
append_run (GString *text, GPtrArray *items, guint begin, guint end)
{
  RoundsEntity entity = rounds_record_get_entity (((RoundsSyncItem *) g_ptr_array_index (items, begin))->record);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  guint64 filled = find_filled (items, begin, end);

  append_columns (text, info, filled);
  for (guint i = begin; i < end; i++)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

      append_row (text, ((RoundsSyncItem *) g_ptr_array_index (items, i))->record, info, filled, doc);
    }
}

static int
compare_entities (gconstpointer a, gconstpointer b)
{
  return (int) rounds_record_get_entity ((*(RoundsSyncItem *const *) a)->record)
         - (int) rounds_record_get_entity ((*(RoundsSyncItem *const *) b)->record);
}

/**
 * rounds_sync_page_build:
 * @page: a page; its records are sorted by entity
 * @server_time: ms UTC
 *
 * Returns: (transfer full): the answer to a pull
 */
GBytes *
rounds_sync_page_build (RoundsSyncPage *page, gint64 server_time)
{
  GString *text = g_string_sized_new (256 + 512 * (gsize) page->items->len);

  append_head (text, page, server_time);
  g_ptr_array_sort (page->items, compare_entities);
  for (guint begin = 0, end; begin < page->items->len; begin = end)
    {
      for (end = begin + 1; end < page->items->len; end++)
        if (compare_entities (&page->items->pdata[begin], &page->items->pdata[end]) != 0)
          break;
      append_run (text, page->items, begin, end);
    }
  return g_string_free_to_bytes (text);
}

/* Reading */

/* What the rows hold that are read. */
typedef struct
{
  RoundsEntity entity;           /* NONE: rows that this version has no use for */
  int fields[ROUNDS_MAX_FIELDS]; /* -1: not known here */
  guint n_fields;
  guint64 present;
} Columns;

static gboolean
set_protocol_error (GError **error)
{
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("The server’s answer makes no sense."));
  return FALSE;
}

static gboolean
read_columns (Columns *columns, yyjson_val *head, GError **error)
{
  const char *name = yyjson_get_str (yyjson_obj_get (head, "entity"));
  yyjson_val *fields = yyjson_obj_get (head, "fields");
  yyjson_val *field;
  gsize i, n;

  *columns = (Columns) { .entity = name != NULL ? rounds_entity_from_name (name) : ROUNDS_ENTITY_NONE };
  if (name == NULL || !yyjson_is_arr (fields) || yyjson_arr_size (fields) > G_N_ELEMENTS (columns->fields))
    return set_protocol_error (error);
  if (columns->entity == ROUNDS_ENTITY_NONE || !rounds_entity_is_synced (columns->entity))
    {
      columns->entity = ROUNDS_ENTITY_NONE;
      return TRUE;
    }

  yyjson_arr_foreach (fields, i, n, field)
  {
    int f = rounds_entity_find_field (columns->entity, yyjson_get_str (field));

    columns->fields[columns->n_fields++] = f;
    columns->present |= f >= 0 ? BIT (f) : 0;
  }
  yyjson_arr_foreach (yyjson_obj_get (head, "nulls"), i, n, field)
  {
    int f = rounds_entity_find_field (columns->entity, yyjson_get_str (field));

    columns->present |= f >= 0 ? BIT (f) : 0;
  }
  return TRUE;
}

static gboolean
read_value (RoundsRecord *record, guint field, yyjson_val *json)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (rounds_record_get_entity (record), field);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;

  if (info->type == ROUNDS_TYPE_INSTANT && yyjson_is_int (json))
    rounds_value_set_integer (&value, yyjson_get_sint (json));
  else if (!rounds_value_from_json (&value, info, json, NULL))
    return FALSE;
  rounds_record_take_value (record, field, &value);
  return TRUE;
}

static gboolean
read_row (RoundsSyncPage *page, const Columns *columns, yyjson_val *row, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  yyjson_val *json;
  gsize i, n;

  if (columns->entity == ROUNDS_ENTITY_NONE)
    return TRUE;
  if (yyjson_arr_size (row) != columns->n_fields)
    return set_protocol_error (error);
  record = rounds_record_new_empty (columns->entity);
  yyjson_arr_foreach (row, i, n, json)
  {
    if (columns->fields[i] >= 0 && !read_value (record, (guint) columns->fields[i], json))
      return set_protocol_error (error);
  }
  if (rounds_record_is_null (record, ROUNDS_FIELD_ID))
    return set_protocol_error (error);
  add_item (page, g_steal_pointer (&record), columns->present);
  return TRUE;
}

/* The next line of @text (inout), which ends at @end; %NULL if it is no JSON. */
static yyjson_doc *
read_line (const char **text, const char *end)
{
  const char *line = *text;
  const char *newline = memchr (line, '\n', (gsize) (end - line));
  gsize length = (gsize) ((newline != NULL ? newline : end) - line);

  *text = newline != NULL ? newline + 1 : end;
  return yyjson_read (line, length, 0);
}

static gboolean
read_scope (RoundsSyncPage *page, yyjson_val *json)
{
  yyjson_val *text;
  gsize i, n;

  if (json == NULL)
    return TRUE;
  page->scope = rounds_territory_scope_new ();
  page->scope->everything = yyjson_equals_str (json, EVERYTHING);
  if (!page->scope->everything && !yyjson_is_arr (json))
    return FALSE;
  yyjson_arr_foreach (json, i, n, text)
  {
    RoundsUuid territory;

    if (!yyjson_is_str (text) || !rounds_uuid_parse (yyjson_get_str (text), &territory))
      return FALSE;
    rounds_territory_scope_add (page->scope, &territory);
  }
  return TRUE;
}

static gboolean
read_removed (RoundsSyncPage *page, yyjson_val *json)
{
  yyjson_val *pair;
  gsize i, n;

  yyjson_arr_foreach (json, i, n, pair)
  {
    const char *entity = yyjson_get_str (yyjson_arr_get (pair, 0));
    const char *id = yyjson_get_str (yyjson_arr_get (pair, 1));
    RoundsTouched gone = { rounds_entity_from_name (entity), { { 0 } } };

    if (id == NULL || !rounds_uuid_parse (id, &gone.record))
      return FALSE;
    if (rounds_entity_is_synced (gone.entity))
      g_array_append_val (page->removed, gone);
  }
  return TRUE;
}

static RoundsSyncPage *
read_head (const char **text, const char *end, GError **error)
{
  g_autoptr (RoundsSyncPage) page = rounds_sync_page_new (NULL);
  g_autoptr (yyjson_doc) doc = read_line (text, end);
  yyjson_val *head = yyjson_doc_get_root (doc);

  if (!yyjson_is_obj (head))
    {
      g_set_error (
        error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL,
        _ ("What answered is not a Rounds server. Check the address, and whether the network asks to sign in."));
      return NULL;
    }
  page->epoch = g_strdup (yyjson_get_str (yyjson_obj_get (head, "epoch")));
  page->cursor = g_strdup (yyjson_get_str (yyjson_obj_get (head, "cursor")));
  page->has_more = yyjson_is_true (yyjson_obj_get (head, "has_more"));
  page->reset = yyjson_is_true (yyjson_obj_get (head, "reset"));
  page->schema = (guint32) yyjson_get_uint (yyjson_obj_get (head, "schema"));
  page->compare = yyjson_is_true (yyjson_obj_get (head, "compare"));
  if (page->epoch == NULL || page->cursor == NULL || !read_scope (page, yyjson_obj_get (head, "scope"))
      || !read_removed (page, yyjson_obj_get (head, "removed")))
    return set_protocol_error (error), NULL;
  return g_steal_pointer (&page);
}

/**
 * rounds_sync_page_parse:
 * @body: (nullable): the server's answer to a pull
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Records of entities that this version does not know, or that are never synced, are left out.
 *
 * Returns: (transfer full) (nullable): the page
 */
RoundsSyncPage *
rounds_sync_page_parse (GBytes *body, GError **error)
{
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  const char *text = data != NULL ? data : "";
  const char *end = text + length;
  g_autoptr (RoundsSyncPage) page = read_head (&text, end, error);
  Columns columns = { .entity = ROUNDS_ENTITY_NONE };

  if (page == NULL)
    return NULL;
  while (text < end)
    {
      g_autoptr (yyjson_doc) doc = read_line (&text, end);
      yyjson_val *line = yyjson_doc_get_root (doc);

      if (yyjson_is_obj (line) ? !read_columns (&columns, line, error)
                               : !yyjson_is_arr (line) || !read_row (page, &columns, line, error))
        {
          if (error != NULL && *error == NULL)
            set_protocol_error (error);
          return NULL;
        }
    }
  return g_steal_pointer (&page);
}

/**
 * rounds_sync_page_peek:
 * @body: the server's answer to a pull
 *
 * Looks at a page's first line, so that the next page can be on its way while this one is stored.
 *
 * Returns: (transfer full) (nullable): the cursor to ask with for the page after this one; %NULL if none follows
 */
char *
rounds_sync_page_peek (GBytes *body)
{
  gsize length = 0;
  const char *data = g_bytes_get_data (body, &length);
  const char *text = data != NULL ? data : "";
  g_autoptr (RoundsSyncPage) page = read_head (&text, text + length, NULL);

  return page != NULL && page->has_more && !page->reset ? g_steal_pointer (&page->cursor) : NULL;
}
