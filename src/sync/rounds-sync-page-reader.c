/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading pages (their form: rounds-sync-page.c), a row at a time, so that a long page takes no more memory than its
 * bytes on the line. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-error.h"
#include "rounds-sync-protocol.h"

static gboolean
read_columns (RoundsSyncRows *columns, yyjson_val *head, GError **error)
{
  const char *name = yyjson_get_str (yyjson_obj_get (head, "entity"));
  yyjson_val *fields = yyjson_obj_get (head, "fields");
  yyjson_val *field;
  gsize i, n;

  columns->entity = name != NULL ? rounds_entity_from_name (name) : ROUNDS_ENTITY_NONE;
  columns->n_fields = 0;
  columns->present = 0;
  if (name == NULL || !yyjson_is_arr (fields) || yyjson_arr_size (fields) > G_N_ELEMENTS (columns->fields))
    return rounds_sync_problem_set_senseless (error);
  if (columns->entity == ROUNDS_ENTITY_NONE || !rounds_entity_is_synced (columns->entity))
    {
      columns->entity = ROUNDS_ENTITY_NONE;
      return TRUE;
    }

  yyjson_arr_foreach (fields, i, n, field)
  {
    int f = rounds_entity_find_field (columns->entity, yyjson_get_str (field));

    columns->fields[columns->n_fields++] = f;
    columns->present |= f >= 0 ? ROUNDS_FIELD_BIT (f) : 0;
  }
  yyjson_arr_foreach (yyjson_obj_get (head, "nulls"), i, n, field)
  {
    int f = rounds_entity_find_field (columns->entity, yyjson_get_str (field));

    columns->present |= f >= 0 ? ROUNDS_FIELD_BIT (f) : 0;
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

static RoundsRecord *
read_row (const RoundsSyncRows *columns, yyjson_val *row, GError **error)
{
  g_autoptr (RoundsRecord) record = NULL;
  yyjson_val *json;
  gsize i, n;

  if (yyjson_arr_size (row) != columns->n_fields)
    return rounds_sync_problem_set_senseless (error), NULL;
  record = rounds_record_new_empty (columns->entity);
  yyjson_arr_foreach (row, i, n, json)
  {
    if (columns->fields[i] >= 0 && !read_value (record, (guint) columns->fields[i], json))
      return rounds_sync_problem_set_senseless (error), NULL;
  }
  if (rounds_record_is_null (record, ROUNDS_FIELD_ID))
    return rounds_sync_problem_set_senseless (error), NULL;
  return g_steal_pointer (&record);
}

/* The next line of @lines. @at_end: (out): there is none; @doc: (out) (nullable): %NULL then, and if it is no JSON */
static gboolean
read_line (RoundsSyncLines *lines, yyjson_doc **doc, gboolean *at_end, GError **error)
{
  const char *line;
  gsize length;

  *doc = NULL;
  if (!rounds_sync_lines_next (lines, &line, &length, error))
    return FALSE;
  *at_end = line == NULL;
  if (line != NULL)
    *doc = yyjson_read (line, length, 0);
  return TRUE;
}

static gboolean
read_scope (RoundsSyncPage *page, yyjson_val *json)
{
  yyjson_val *text;
  gsize i, n;

  if (json == NULL)
    return TRUE;
  page->scope = rounds_territory_scope_new ();
  page->scope->everything = yyjson_equals_str (json, ROUNDS_SYNC_EVERYTHING);
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

/* @lines: (transfer full) */
static RoundsSyncPage *
read_head (RoundsSyncLines *lines, GError **error)
{
  g_autoptr (RoundsSyncPage) page = rounds_sync_page_new (NULL);
  g_autoptr (yyjson_doc) doc = NULL;
  gboolean at_end;
  yyjson_val *head;

  page->lines = lines;
  if (!read_line (lines, &doc, &at_end, error))
    return NULL;
  head = yyjson_doc_get_root (doc);
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
    return rounds_sync_problem_set_senseless (error), NULL;
  return g_steal_pointer (&page);
}

/**
 * rounds_sync_page_parse:
 * @body: (nullable): the server's answer to a pull, packed as gzip or not
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Returns: (transfer full) (nullable): the page; its rows are read by rounds_sync_rows_next()
 */
RoundsSyncPage *
rounds_sync_page_parse (GBytes *body, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  return read_head (rounds_sync_lines_new (body != NULL ? body : nothing), error);
}

/** rounds_sync_rows_init: before the first row of @page, which outlives @self. */
void
rounds_sync_rows_init (RoundsSyncRows *self, const RoundsSyncPage *page)
{
  *self = (RoundsSyncRows) { .lines = page->lines, .entity = ROUNDS_ENTITY_NONE };
}

/**
 * rounds_sync_rows_next:
 * @self: where to go on
 * @record: (out) (transfer full) (nullable): the record; %NULL behind the last one
 * @present: (out): the fields that the row tells, a bit each
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL
 *
 * Reads the next record. Rows of entities that this version does not know, or that are never synced, are left out.
 */
gboolean
rounds_sync_rows_next (RoundsSyncRows *self, RoundsRecord **record, guint64 *present, GError **error)
{
  *record = NULL;
  while (self->lines != NULL)
    {
      g_autoptr (yyjson_doc) doc = NULL;
      gboolean at_end;
      yyjson_val *line;

      if (!read_line (self->lines, &doc, &at_end, error))
        return FALSE;
      if (at_end)
        return TRUE;
      line = yyjson_doc_get_root (doc);
      if (yyjson_is_obj (line))
        {
          if (!read_columns (self, line, error))
            return FALSE;
        }
      else if (!yyjson_is_arr (line))
        return rounds_sync_problem_set_senseless (error);
      else if (self->entity != ROUNDS_ENTITY_NONE)
        {
          *present = self->present;
          *record = read_row (self, line, error);
          return *record != NULL;
        }
    }
  return TRUE;
}

/**
 * rounds_sync_page_peek:
 * @body: the server's answer to a pull, as rounds_sync_page_parse() takes it
 *
 * Looks at a page's first line, so that the next page can be on its way while this one is stored.
 *
 * Returns: (transfer full) (nullable): the cursor to ask with for the page after this one; %NULL if none follows
 */
char *
rounds_sync_page_peek (GBytes *body)
{
  g_autoptr (RoundsSyncPage) page = read_head (rounds_sync_lines_new (body), NULL);

  return page != NULL && page->has_more && !page->reset ? g_steal_pointer (&page->cursor) : NULL;
}
