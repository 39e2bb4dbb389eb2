/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The schemas of the OpenAPI document, from the entity table. */

#include "rounds-openapi-private.h"

#include <string.h>

#include "rounds-api-routes.h"
#include "rounds-schema.h"

static yyjson_mut_val *
add_object (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key)
{
  yyjson_mut_val *child = yyjson_mut_obj (doc);

  yyjson_mut_obj_add (object, yyjson_mut_strcpy (doc, key), child);
  return child;
}

static const char *
get_json_type (const RoundsFieldInfo *field)
{
  switch (field->type)
    {
    case ROUNDS_TYPE_INTEGER:
      return "integer";
    case ROUNDS_TYPE_REAL:
      return "number";
    case ROUNDS_TYPE_BOOLEAN:
      return "boolean";
    case ROUNDS_TYPE_JSON:
      return NULL; /* anything */
    case ROUNDS_TYPE_TEXT:
    case ROUNDS_TYPE_LONG_TEXT:
    case ROUNDS_TYPE_DATE:
    case ROUNDS_TYPE_INSTANT:
    case ROUNDS_TYPE_LOCAL_TIME:
    case ROUNDS_TYPE_ENUM:
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
    default:
      return "string";
    }
}

static const char *
get_format (const RoundsFieldInfo *field)
{
  switch ((int) field->type)
    {
    case ROUNDS_TYPE_DATE:
      return "date";
    case ROUNDS_TYPE_INSTANT:
      return "date-time";
    case ROUNDS_TYPE_UUID:
    case ROUNDS_TYPE_REFERENCE:
      return "uuid";
    default:
      return NULL;
    }
}

static void
add_bounds (yyjson_mut_doc *doc, yyjson_mut_val *schema, const RoundsFieldInfo *field)
{
  if (field->type == ROUNDS_TYPE_TEXT || field->type == ROUNDS_TYPE_LONG_TEXT)
    {
      yyjson_mut_obj_add_sint (doc, schema, "maxLength", (gint64) field->max);
      if (field->flags & ROUNDS_FIELD_REQUIRED)
        yyjson_mut_obj_add_sint (doc, schema, "minLength", 1);
    }
  else if (field->type == ROUNDS_TYPE_LOCAL_TIME)
    yyjson_mut_obj_add_str (doc, schema, "pattern", "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$");
  else if (field->type == ROUNDS_TYPE_REAL)
    {
      yyjson_mut_obj_add_real (doc, schema, "minimum", field->min);
      yyjson_mut_obj_add_real (doc, schema, "maximum", field->max);
    }
  else if (field->type == ROUNDS_TYPE_INTEGER && field->max < 9e15)
    {
      yyjson_mut_obj_add_sint (doc, schema, "minimum", (gint64) field->min);
      yyjson_mut_obj_add_sint (doc, schema, "maximum", (gint64) field->max);
    }
  else if (field->type == ROUNDS_TYPE_ENUM)
    {
      yyjson_mut_val *values = yyjson_mut_obj_add_arr (doc, schema, "enum");

      for (guint i = 0; field->values[i] != NULL; i++)
        yyjson_mut_arr_add_str (doc, values, field->values[i]);
      if (field->flags & ROUNDS_FIELD_REQUIRED)
        yyjson_mut_obj_add_str (doc, schema, "default", field->values[0]);
      else
        yyjson_mut_arr_add_null (doc, values);
    }
}

static void
add_field (yyjson_mut_doc *doc, yyjson_mut_val *properties, const RoundsFieldInfo *field)
{
  yyjson_mut_val *schema = add_object (doc, properties, field->name);
  const char *type = get_json_type (field);
  const char *format = get_format (field);

  yyjson_mut_obj_add_str (doc, schema, "title", field->label);
  if (type != NULL && (field->flags & ROUNDS_FIELD_REQUIRED))
    yyjson_mut_obj_add_str (doc, schema, "type", type);
  else if (type != NULL)
    {
      yyjson_mut_val *types = yyjson_mut_obj_add_arr (doc, schema, "type");

      yyjson_mut_arr_add_str (doc, types, type);
      yyjson_mut_arr_add_str (doc, types, "null");
    }
  if (format != NULL)
    yyjson_mut_obj_add_str (doc, schema, "format", format);
  if (field->type == ROUNDS_TYPE_REFERENCE)
    {
      g_autofree char *description =
        g_strdup_printf ("The id of a record of /api/v1/%s", rounds_entity_get_info (field->target)->path);

      yyjson_mut_obj_add_strcpy (doc, schema, "description", description);
    }
  if (field->flags & ROUNDS_FIELD_READ_ONLY)
    yyjson_mut_obj_add_true (doc, schema, "readOnly");
  add_bounds (doc, schema, field);
}

/* What a client must say: not what has a value from the start. */
static gboolean
is_needed (RoundsEntity entity, guint field)
{
  const RoundsFieldInfo *info = rounds_entity_get_field (entity, field);

  if (entity == ROUNDS_ENTITY_INTERACTION)
    return field == ROUNDS_INTERACTION_HCP_NAME || field == ROUNDS_INTERACTION_INTERACTION_TYPE;
  return field >= ROUNDS_N_COMMON_FIELDS && (info->flags & ROUNDS_FIELD_REQUIRED) && info->type != ROUNDS_TYPE_ENUM
         && info->type != ROUNDS_TYPE_BOOLEAN;
}

static void
add_record_schema (yyjson_mut_doc *doc, yyjson_mut_val *schemas, RoundsEntity entity, gboolean input)
{
  const RoundsEntityInfo *info = rounds_entity_get_info (entity);
  g_autofree char *name = g_strconcat (info->type_name + strlen ("Rounds"), input ? "Input" : "", NULL);
  yyjson_mut_val *schema = add_object (doc, schemas, name);
  yyjson_mut_val *properties;
  yyjson_mut_val *needed = yyjson_mut_arr (doc);

  yyjson_mut_obj_add_str (doc, schema, "title", info->label);
  yyjson_mut_obj_add_str (doc, schema, "type", "object");
  properties = add_object (doc, schema, "properties");
  for (guint f = 0; f < info->n_fields; f++)
    {
      if (entity == ROUNDS_ENTITY_USER && f == ROUNDS_USER_PASSWORD_HASH)
        continue;
      add_field (doc, properties, &info->fields[f]);
      if (!input || is_needed (entity, f))
        yyjson_mut_arr_add_str (doc, needed, info->fields[f].name);
    }
  if (input)
    yyjson_mut_obj_add_false (doc, schema, "additionalProperties");
  if (yyjson_mut_arr_size (needed) > 0)
    yyjson_mut_obj_add_val (doc, schema, "required", needed);
}

static void
add_list_schemas (yyjson_mut_doc *doc, yyjson_mut_val *schemas, RoundsEntity entity)
{
  const char *name = rounds_entity_get_info (entity)->type_name + strlen ("Rounds");
  g_autofree char *reference = g_strconcat ("#/components/schemas/", name, NULL);
  g_autofree char *list_reference = g_strconcat (reference, "List", NULL);
  g_autofree char *list_name = g_strconcat (name, "List", NULL);
  g_autofree char *page_name = g_strconcat (name, "Page", NULL);
  yyjson_mut_val *list = add_object (doc, schemas, list_name);
  yyjson_mut_val *page = add_object (doc, schemas, page_name);
  yyjson_mut_val *properties;
  yyjson_mut_val *next;

  yyjson_mut_obj_add_str (doc, list, "type", "array");
  yyjson_mut_obj_add_strcpy (doc, add_object (doc, list, "items"), "$ref", reference);

  yyjson_mut_obj_add_str (doc, page, "type", "object");
  properties = add_object (doc, page, "properties");
  yyjson_mut_obj_add_strcpy (doc, add_object (doc, properties, "items"), "$ref", list_reference);
  next = yyjson_mut_obj_add_arr (doc, add_object (doc, properties, "next"), "type");
  yyjson_mut_arr_add_str (doc, next, "string");
  yyjson_mut_arr_add_str (doc, next, "null");
}

static void
add_plain_schema (yyjson_mut_doc *doc, yyjson_mut_val *schemas, const char *name, const char *const *properties)
{
  yyjson_mut_val *schema = add_object (doc, schemas, name);
  yyjson_mut_val *object;

  yyjson_mut_obj_add_str (doc, schema, "type", "object");
  object = add_object (doc, schema, "properties");
  for (guint i = 0; properties[i] != NULL; i += 2)
    yyjson_mut_obj_add_str (doc, add_object (doc, object, properties[i]), "type", properties[i + 1]);
}

/* Whether clients send whole records of @entity: what is made by operations of its own has no such body. */
static gboolean
is_input (RoundsEntity entity)
{
  guint n_routes;
  const RoundsApiRoute *routes = rounds_api_get_routes (&n_routes);

  for (guint i = 0; i < n_routes; i++)
    if (rounds_api_route_is_generic (&routes[i]) && (routes[i].flags & ROUNDS_ROUTE_BODY)
        && rounds_api_route_serves (&routes[i], entity))
      return TRUE;
  return FALSE;
}

/* rounds_openapi_add_schemas: adds what the paths refer to. */
void
rounds_openapi_add_schemas (yyjson_mut_doc *doc, yyjson_mut_val *schemas)
{
  static const char *const problem[] = { "type",   "string", "title",  "string",   "status", "integer", "detail",
                                         "string", "field",  "string", "instance", "string", NULL };
  static const char *const tokens[] = { "access_token",  "string", "token_type", "string", "expires_in", "integer",
                                        "refresh_token", "string", "user",       "object", NULL };
  static const char *const login[] = { "username", "string",      "password", "string", "device_id",
                                       "string",   "device_name", "string",   NULL };
  static const char *const refresh[] = { "refresh_token", "string", NULL };
  static const char *const new_user[] = { "username",    "string", "password", "string",     "role",
                                          "string",      "email",  "string",   "given_name", "string",
                                          "family_name", "string", NULL };
  static const char *const user_change[] = { "role", "string", "email", "string", "is_active", "boolean", NULL };
  static const char *const new_merge[] = { "kept", "string", "merged", "string", NULL };
  static const char *const new_amendment[] = { "reason", "string", "changes", "object", NULL };

  add_plain_schema (doc, schemas, "Login", login);
  add_plain_schema (doc, schemas, "NewMerge", new_merge);
  add_plain_schema (doc, schemas, "NewAmendment", new_amendment);
  add_plain_schema (doc, schemas, "Refresh", refresh);
  add_plain_schema (doc, schemas, "NewUser", new_user);
  add_plain_schema (doc, schemas, "UserChange", user_change);
  add_plain_schema (doc, schemas, "Problem", problem);
  add_plain_schema (doc, schemas, "Tokens", tokens);
  add_object (doc, schemas, "Any");
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    {
      if (rounds_entity_get_info (entity)->scope != ROUNDS_SCOPE_SYNCED && entity != ROUNDS_ENTITY_USER)
        continue;
      add_record_schema (doc, schemas, entity, FALSE);
      if (is_input (entity))
        add_record_schema (doc, schemas, entity, TRUE);
      add_list_schemas (doc, schemas, entity);
    }
}
