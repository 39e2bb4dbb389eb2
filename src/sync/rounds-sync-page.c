/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A page of records on the wire: NDJSON, so that neither side ever holds more than a record as JSON.
 *
 *   {"epoch": …, "cursor": …, "has_more": true}                            the page; also "scope", the territories that
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

#include "rounds-sync-protocol.h"

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
  self->records = g_ptr_array_new_with_free_func (g_object_unref);
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
  g_ptr_array_unref (self->records);
  g_clear_pointer (&self->lines, rounds_sync_lines_free);
  g_free (self);
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
      yyjson_mut_obj_add_str (doc, head, "scope", ROUNDS_SYNC_EVERYTHING);
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
append_head (GString *text, const RoundsSyncPage *page)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *head = yyjson_mut_obj (doc);

  yyjson_mut_obj_add_str (doc, head, "epoch", page->epoch);
  yyjson_mut_obj_add_str (doc, head, "cursor", page->cursor);
  if (page->has_more)
    yyjson_mut_obj_add_bool (doc, head, "has_more", true);
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
  append_line (text, head);
}

/* The fields that are not null in one record at least. */
static guint64
find_filled (GPtrArray *records, guint begin, guint end)
{
  guint64 filled = 0;

  for (guint i = begin; i < end; i++)
    {
      RoundsRecord *record = g_ptr_array_index (records, i);
      guint n_fields = rounds_entity_get_info (rounds_record_get_entity (record))->n_fields;

      for (guint f = 0; f < n_fields; f++)
        if (!rounds_record_is_null (record, f))
          filled |= ROUNDS_FIELD_BIT (f);
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
    yyjson_mut_arr_add_str (doc, filled & ROUNDS_FIELD_BIT (f) ? fields : nulls, info->fields[f].name);
  append_line (text, head);
}

static void
append_row (GString *text, RoundsRecord *record, const RoundsEntityInfo *info, guint64 filled, yyjson_mut_doc *doc)
{
  yyjson_mut_val *row = yyjson_mut_arr (doc);

  for (guint f = 0; f < info->n_fields; f++)
    {
      const RoundsValue *value = rounds_record_get_value (record, f);

      if (!(filled & ROUNDS_FIELD_BIT (f)))
        continue;
      if (info->fields[f].type == ROUNDS_TYPE_INSTANT && !rounds_value_is_null (value))
        yyjson_mut_arr_add_sint (doc, row, value->as.integer);
      else
        yyjson_mut_arr_append (row, rounds_value_to_json (value, &info->fields[f], doc));
    }
  append_line (text, row);
}

static void
append_run (GString *text, GPtrArray *records, guint begin, guint end)
{
  RoundsEntity entity = rounds_record_get_entity (g_ptr_array_index (records, begin));
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  guint64 filled = find_filled (records, begin, end);

  append_columns (text, info, filled);
  for (guint i = begin; i < end; i++)
    {
      g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);

      append_row (text, g_ptr_array_index (records, i), info, filled, doc);
    }
}

static int
compare_entities (gconstpointer a, gconstpointer b)
{
  return (int) rounds_record_get_entity (*(RoundsRecord *const *) a)
         - (int) rounds_record_get_entity (*(RoundsRecord *const *) b);
}

/**
 * rounds_sync_page_build:
 * @page: a page; its records are sorted by entity
 *
 * Returns: (transfer full): the answer to a pull
 */
GBytes *
rounds_sync_page_build (RoundsSyncPage *page)
{
  GString *text = g_string_sized_new (256 + 512 * (gsize) page->records->len);

  append_head (text, page);
  g_ptr_array_sort (page->records, compare_entities);
  for (guint begin = 0, end; begin < page->records->len; begin = end)
    {
      for (end = begin + 1; end < page->records->len; end++)
        if (compare_entities (&page->records->pdata[begin], &page->records->pdata[end]) != 0)
          break;
      append_run (text, page->records, begin, end);
    }
  return g_string_free_to_bytes (text);
}
