/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists: from the parameters of a query to a RoundsQuery, and from the last record of a page to a cursor.
 *
 * A cursor holds the sort values of the last record that was shown, so that pages neither skip nor repeat a record when
 * others come or go between them. It is encrypted, as those values are names and addresses often are logged. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-api-private.h"
#include "rounds-error.h"

#define USUAL_LIMIT 50
#define MOST_LIMIT 500
#define MOST_SKIP 100000
#define SORT_BY_NAME "name"

/* Orders that are not by one field: by the name under which people know a record; as the records came in. */
#define ORDER_BY_NAME (ROUNDS_MAX_FIELDS + 1)
#define ORDER_RECORDED (ROUNDS_MAX_FIELDS + 2)

static const struct
{
  const char *suffix;
  RoundsComparison comparison;
} operators[] = {
  { "", ROUNDS_IS },          { "[ne]", ROUNDS_IS_NOT },
  { "[lt]", ROUNDS_LESS },    { "[lte]", ROUNDS_LESS_OR_EQUAL },
  { "[gt]", ROUNDS_GREATER }, { "[gte]", ROUNDS_GREATER_OR_EQUAL },
};

/** rounds_api_page_clear: frees what @page holds. */
void
rounds_api_page_clear (RoundsApiPage *page)
{
  g_clear_pointer (&page->query, rounds_query_unref);
  g_clear_pointer (&page->sort, g_free);
}

static gboolean
read_number (RoundsApiParameter *parameter, guint64 least, guint64 most, guint *number, GError **error)
{
  guint64 value;

  if (g_ascii_string_to_unsigned (parameter->value, 10, least, most, &value, NULL))
    {
      *number = (guint) value;
      return TRUE;
    }
  {
    g_autofree char *message =
      g_strdup_printf (_ ("A number from %d to %d is expected here."), (int) least, (int) most);

    rounds_api_set_parameter_error (error, parameter->name, message);
  }
  return FALSE;
}

/* `field=value`, `field[gte]=value`; an empty value stands for null. */
static gboolean
add_condition (RoundsApiPage *page, RoundsEntity entity, RoundsApiParameter *parameter, GError **error)
{
  const char *bracket = strchr (parameter->name, '[');
  const char *suffix = bracket != NULL ? bracket : "";
  g_autofree char *name = g_strndup (parameter->name, strlen (parameter->name) - strlen (suffix));
  int field = rounds_entity_find_field (entity, name);
  g_auto (RoundsValue) value = ROUNDS_VALUE_INIT;
  g_autoptr (GError) fault = NULL;
  const RoundsFieldInfo *info;
  int which = -1;

  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    if (g_str_equal (suffix, operators[i].suffix))
      which = (int) i;
  if (field < 0 || which < 0 || (entity == ROUNDS_ENTITY_USER && field == ROUNDS_USER_PASSWORD_HASH))
    {
      rounds_api_set_parameter_error (error, parameter->name, _ ("This parameter does not exist."));
      return FALSE;
    }

  info = rounds_entity_get_field (entity, (guint) field);
  if (!rounds_field_parse (info, parameter->value, &value, &fault)
      || (!rounds_value_is_null (&value) && !rounds_field_validate (info, &value, &fault)))
    {
      rounds_api_set_parameter_error (error, parameter->name, fault->message);
      return FALSE;
    }
  if (rounds_value_is_null (&value) && operators[which].comparison > ROUNDS_IS_NOT)
    {
      rounds_api_set_parameter_error (error, parameter->name, _ ("A value is needed here."));
      return FALSE;
    }
  rounds_query_where (page->query, (guint) field, operators[which].comparison, &value);
  return TRUE;
}

/* What to sort by: fills in a field that is never empty, or one of the orders above. */
static gboolean
parse_sort (RoundsEntity entity, const char *sort, guint *field, gboolean *descending)
{
  const RoundsFieldInfo *info;
  int found;

  *descending = *sort == '-';
  *field = g_str_equal (sort, SORT_BY_NAME) ? ORDER_BY_NAME : ORDER_RECORDED;
  if (*sort == '\0')
    return TRUE;
  if (*field == ORDER_BY_NAME)
    {
      found = rounds_entity_find_field (entity, SORT_BY_NAME);
      if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SORT))
        return TRUE;
    }
  else
    found = rounds_entity_find_field (entity, *descending ? sort + 1 : sort);
  if (found < 0 || (entity == ROUNDS_ENTITY_USER && found == ROUNDS_USER_PASSWORD_HASH))
    return FALSE;

  *field = (guint) found;
  info = rounds_entity_get_field (entity, *field);
  return *field == ROUNDS_FIELD_CREATED_AT || *field == ROUNDS_FIELD_UPDATED_AT
         || ((info->flags & ROUNDS_FIELD_REQUIRED) && info->type != ROUNDS_TYPE_LONG_TEXT
             && info->type != ROUNDS_TYPE_JSON);
}

static gboolean
add_order (RoundsApiPage *page, RoundsEntity entity, GError **error)
{
  guint field;
  gboolean descending;

  if (!parse_sort (entity, page->sort, &field, &descending))
    {
      rounds_api_set_parameter_error (error, "sort", _ ("This field does not exist, or may be empty."));
      return FALSE;
    }
  if (field == ORDER_BY_NAME)
    rounds_query_order_by_name (page->query);
  else if (field != ORDER_RECORDED)
    rounds_query_order_by (page->query, field, descending);
  return TRUE;
}

static gboolean
add_cursor (RoundsApi *api, RoundsApiPage *page, RoundsEntity entity, const char *sealed, GError **error)
{
  g_autofree char *text = rounds_token_open (sealed, api->cursor_key);
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (RoundsRecord) last = rounds_record_new_empty (entity);
  yyjson_val *root;

  if (text != NULL && rounds_json_read (text, -1, &doc, NULL))
    {
      root = yyjson_doc_get_root (doc);
      if (g_strcmp0 (yyjson_get_str (yyjson_obj_get (root, "entity")), rounds_entity_get_info (entity)->name) == 0
          && g_strcmp0 (yyjson_get_str (yyjson_obj_get (root, "sort")), page->sort) == 0
          && rounds_record_set_from_json (last, yyjson_obj_get (root, "last"), TRUE, NULL))
        {
          rounds_query_after (page->query, last);
          return TRUE;
        }
    }
  rounds_api_set_parameter_error (error, "after", _ ("This is not a cursor of this list in this order."));
  return FALSE;
}

static gboolean
read_parameter (RoundsApiPage *page, RoundsApiCall *call, RoundsApiParameter *parameter, const char **after,
                GError **error)
{
  if (g_str_equal (parameter->name, "limit"))
    return read_number (parameter, 1, MOST_LIMIT, &page->limit, error);
  if (g_str_equal (parameter->name, "skip") && call->entity == ROUNDS_ENTITY_INTERACTION)
    return read_number (parameter, 0, MOST_SKIP, &page->skip, error);
  if (g_str_equal (parameter->name, "after"))
    *after = parameter->value;
  else if (g_str_equal (parameter->name, "sort"))
    g_set_str (&page->sort, parameter->value);
  else if (g_str_equal (parameter->name, "q"))
    {
      if (!rounds_entity_has_flag (call->entity, ROUNDS_FIELD_SEARCH))
        {
          rounds_api_set_parameter_error (error, "q", _ ("These records cannot be searched."));
          return FALSE;
        }
      rounds_query_search (page->query, parameter->value);
    }
  else if (g_str_equal (parameter->name, "deleted"))
    {
      if (g_str_equal (parameter->value, "only"))
        rounds_query_only_deleted (page->query);
      else if (g_str_equal (parameter->value, "include"))
        rounds_query_include_deleted (page->query);
      else
        {
          rounds_api_set_parameter_error (error, "deleted", _ ("“include” or “only” is expected here."));
          return FALSE;
        }
    }
  else
    return add_condition (page, call->entity, parameter, error);
  return TRUE;
}

/**
 * rounds_api_page_read:
 * @call: a request for a list of its entity
 * @page: (out): which one; cleared by the caller
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL with the parameter's name
 *
 * Returns: whether the query makes sense
 */
gboolean
rounds_api_page_read (RoundsApi *api, RoundsApiCall *call, RoundsApiPage *page, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_autoptr (GPtrArray) parameters = rounds_api_request_parse_query (call->request, &fault);
  const char *after = NULL;

  *page = (RoundsApiPage) { 0 };
  if (parameters == NULL)
    {
      fault->code = ROUNDS_ERROR_PROTOCOL;
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }

  page->query = rounds_query_within (rounds_query_new (call->entity), call->scope);
  page->limit = USUAL_LIMIT;
  page->sort = g_strdup (call->entity == ROUNDS_ENTITY_INTERACTION ? "-occurred_at" : "");
  for (guint i = 0; i < parameters->len; i++)
    if (!read_parameter (page, call, g_ptr_array_index (parameters, i), &after, error))
      return FALSE;

  rounds_query_limit (page->query, page->skip + page->limit + 1);
  return add_order (page, call->entity, error)
         && (after == NULL || *after == '\0' || add_cursor (api, page, call->entity, after, error));
}

/**
 * rounds_api_page_get_cursor:
 * @last: the last record of the page
 *
 * Returns: (transfer full): what `after` takes to go on behind @last
 */
char *
rounds_api_page_get_cursor (RoundsApi *api, RoundsApiPage *page, RoundsRecord *last)
{
  RoundsEntity entity = rounds_record_get_entity (last);
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autoptr (RoundsRecord) place = rounds_record_new_empty (entity);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *text = NULL;
  gboolean descending;
  guint field;

  rounds_record_set_value (place, ROUNDS_FIELD_ID, rounds_record_get_value (last, ROUNDS_FIELD_ID));
  parse_sort (entity, page->sort, &field, &descending);
  if (field < ROUNDS_MAX_FIELDS)
    rounds_record_set_value (place, field, rounds_record_get_value (last, field));
  else if (field == ORDER_BY_NAME)
    for (guint f = 0; f < info->n_fields; f++)
      if (info->fields[f].flags & ROUNDS_FIELD_SORT)
        rounds_record_set_value (place, f, rounds_record_get_value (last, f));

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "entity", info->name);
  yyjson_mut_obj_add_str (doc, root, "sort", page->sort);
  yyjson_mut_obj_add_val (doc, root, "last", rounds_record_to_json (place, doc));
  text = rounds_json_write (doc, FALSE);
  return rounds_token_seal (text, api->cursor_key);
}
