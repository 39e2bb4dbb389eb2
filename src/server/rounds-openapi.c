/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The OpenAPI 3.1 document: made from the entity table and the table of routes, so that it cannot differ from what the
 * server does. Its texts are for programmers and are not translated. */

#include "config.h"

#include "rounds-openapi.h"

#include <string.h>

#include "rounds-api-private.h"
#include "rounds-openapi-private.h"

#define PROBLEM "#/components/schemas/Problem"

/* "RoundsPerson" -> "Person" */
static const char *
get_schema_name (RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->type_name + strlen ("Rounds");
}

static void
add_copy (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key, const char *value)
{
  yyjson_mut_obj_add (object, yyjson_mut_strcpy (doc, key), yyjson_mut_strcpy (doc, value));
}

static yyjson_mut_val *
add_object (yyjson_mut_doc *doc, yyjson_mut_val *object, const char *key)
{
  yyjson_mut_val *child = yyjson_mut_obj (doc);

  yyjson_mut_obj_add (object, yyjson_mut_strcpy (doc, key), child);
  return child;
}

static void
add_reference (yyjson_mut_doc *doc, yyjson_mut_val *content_of, const char *media_type, const char *schema)
{
  yyjson_mut_val *content = add_object (doc, content_of, "content");

  add_copy (doc, add_object (doc, add_object (doc, content, media_type), "schema"), "$ref", schema);
}

/* Parameters */

static yyjson_mut_val *
add_parameter (yyjson_mut_doc *doc, yyjson_mut_val *parameters, const char *place, const char *name, const char *type,
               const char *description)
{
  yyjson_mut_val *parameter = yyjson_mut_arr_add_obj (doc, parameters);
  yyjson_mut_val *schema;

  add_copy (doc, parameter, "name", name);
  add_copy (doc, parameter, "in", place);
  if (g_str_equal (place, "path"))
    yyjson_mut_obj_add_true (doc, parameter, "required");
  add_copy (doc, parameter, "description", description);
  schema = add_object (doc, parameter, "schema");
  add_copy (doc, schema, "type", type);
  return schema;
}

static void
add_parameters (yyjson_mut_doc *doc, yyjson_mut_val *operation, const RoundsApiRoute *route, RoundsEntity entity)
{
  yyjson_mut_val *parameters = yyjson_mut_arr (doc);

  if (strstr (route->pattern, "{id}") != NULL)
    add_copy (doc, add_parameter (doc, parameters, "path", "id", "string", "The record's id"), "format", "uuid");
  if (route->flags & ROUNDS_ROUTE_QUERY)
    {
      add_parameter (doc, parameters, "query", "limit", "integer", "How many records at most, 1 to 500; usually 50");
      add_parameter (doc, parameters, "query", "after", "string", "The cursor that the page before gave as `next`");
      add_parameter (doc, parameters, "query", "sort", "string",
                     "A field that is never empty, with - in front for the greatest first, or `name`");
      add_parameter (doc, parameters, "query", "deleted", "string",
                     "`include` or `only`: deleted records too, or alone");
      if (rounds_entity_has_flag (entity, ROUNDS_FIELD_SEARCH))
        add_parameter (doc, parameters, "query", "q", "string", "Words, each of which must begin a word of the record");
      if (entity == ROUNDS_ENTITY_INTERACTION)
        add_parameter (doc, parameters, "query", "skip", "integer", "How many records to leave out; `after` is faster");
      for (guint f = 0; f < rounds_entity_get_info (entity)->n_fields; f++)
        if (!(entity == ROUNDS_ENTITY_USER && f == ROUNDS_USER_PASSWORD_HASH))
          add_parameter (doc, parameters, "query", rounds_entity_get_field (entity, f)->name, "string",
                         "Only records with this value; also with [ne], [lt], [lte], [gt], [gte] behind the name");
    }
  if (route->flags & ROUNDS_ROUTE_IDEMPOTENCY_KEY)
    add_parameter (doc, parameters, "header", "Idempotency-Key", "string",
                   "Any text, new for each record: a repeat with the same key gets the first answer");
  if (route->flags & ROUNDS_ROUTE_IF_MATCH)
    add_parameter (doc, parameters, "header", "If-Match", "string", "The ETag of the revision that is to be changed");

  if (yyjson_mut_arr_size (parameters) > 0)
    yyjson_mut_obj_add_val (doc, operation, "parameters", parameters);
}

/* Answers */

static yyjson_mut_val *
add_answer (yyjson_mut_doc *doc, yyjson_mut_val *responses, const char *status, const char *description)
{
  yyjson_mut_val *answer = add_object (doc, responses, status);

  add_copy (doc, answer, "description", description);
  return answer;
}

static void
add_problem (yyjson_mut_doc *doc, yyjson_mut_val *responses, const char *status, const char *description)
{
  add_reference (doc, add_answer (doc, responses, status, description), "application/problem+json", PROBLEM);
}

static void
add_success (yyjson_mut_doc *doc, yyjson_mut_val *responses, const RoundsApiRoute *route, RoundsEntity entity)
{
  g_autofree char *schema = NULL;

  if (route->handler == rounds_api_delete || route->handler == rounds_api_logout)
    {
      add_answer (doc, responses, "204", "Done");
      return;
    }
  if (route->handler == rounds_api_live)
    {
      add_answer (doc, responses, "101", "A WebSocket on which the server sends {\"type\":\"changed\"}");
      add_problem (doc, responses, "426", "The request does not ask for a WebSocket");
      return;
    }
  if (route->handler == rounds_api_docs)
    {
      add_answer (doc, responses, "200", "A page");
      return;
    }
  if (entity == ROUNDS_ENTITY_NONE)
    {
      schema = g_strdup (route->handler == rounds_api_login || route->handler == rounds_api_refresh
                           ? "#/components/schemas/Tokens"
                           : "#/components/schemas/Any");
      add_reference (doc, add_answer (doc, responses, "200", "Done"), "application/json", schema);
      return;
    }

  schema = g_strdup_printf ("#/components/schemas/%s%s", get_schema_name (entity),
                            route->handler == rounds_api_list         ? "Page"
                            : route->handler == rounds_api_list_plain ? "List"
                                                                      : "");
  if (route->handler == rounds_api_create || route->handler == rounds_api_create_user
      || route->handler == rounds_api_merge)
    add_reference (doc, add_answer (doc, responses, "201", "The record as it was stored"), "application/json", schema);
  else
    add_reference (doc, add_answer (doc, responses, "200", "Done"), "application/json", schema);
}

static void
add_answers (yyjson_mut_doc *doc, yyjson_mut_val *operation, const RoundsApiRoute *route, RoundsEntity entity)
{
  yyjson_mut_val *responses = add_object (doc, operation, "responses");
  gboolean is_open = rounds_api_route_get_roles (route, entity) == ROUNDS_ROLE_NOBODY;

  add_success (doc, responses, route, entity);
  if (!g_str_equal (route->method, "GET") || (route->flags & ROUNDS_ROUTE_QUERY))
    add_problem (doc, responses, "400", "The body is not JSON, or the query cannot be read");
  if (!is_open || (route->flags & ROUNDS_ROUTE_SECRET))
    add_problem (doc, responses, "401", "Signing in is needed");
  if (!is_open)
    add_problem (doc, responses, "403", "The account may not do this");
  if (strstr (route->pattern, "{id}") != NULL)
    add_problem (doc, responses, "404", "There is no such record");
  if (route->handler == rounds_api_merge || route->handler == rounds_api_unmerge || route->handler == rounds_api_amend)
    {
      add_problem (doc, responses, "409", "It cannot be done as things are, or has been done already");
      add_problem (doc, responses, "422", "A field breaks a rule; `field` names it");
    }
  if (route->handler == rounds_api_restore)
    add_problem (doc, responses, "409", "Another record is there in its place");
  if (route->flags & ROUNDS_ROUTE_BODY)
    {
      add_problem (doc, responses, "409", "A unique value or the id is taken");
      add_problem (doc, responses, "422", "A field breaks a rule; `field` names it");
    }
  if (route->flags & ROUNDS_ROUTE_IF_MATCH)
    add_problem (doc, responses, "412", "The record has been changed since it was read");
  if (route->handler == rounds_api_login)
    add_problem (doc, responses, "429", "Too many failed sign-ins; Retry-After says how many seconds to wait");
}

/* What a request brings: a record, or what the few other handlers take. */
static void
add_body (yyjson_mut_doc *doc, yyjson_mut_val *operation, const RoundsApiRoute *route, RoundsEntity entity)
{
  const char *name = route->handler == rounds_api_login         ? "Login"
                     : route->handler == rounds_api_refresh     ? "Refresh"
                     : route->handler == rounds_api_logout      ? "Refresh"
                     : route->handler == rounds_api_create_user ? "NewUser"
                     : route->handler == rounds_api_update_user ? "UserChange"
                     : route->handler == rounds_api_merge       ? "NewMerge"
                     : route->handler == rounds_api_amend       ? "NewAmendment"
                     : route->handler == rounds_api_push        ? "Any"
                                                                : NULL;
  g_autofree char *schema = NULL;
  yyjson_mut_val *body;

  if (route->flags & ROUNDS_ROUTE_BODY)
    schema = g_strdup_printf ("#/components/schemas/%sInput", get_schema_name (entity));
  else if (name != NULL)
    schema = g_strconcat ("#/components/schemas/", name, NULL);
  else
    return;

  body = add_object (doc, operation, "requestBody");
  yyjson_mut_obj_add_true (doc, body, "required");
  add_reference (doc, body, "application/json", schema);
}

/* Operations */

static void
add_operation (yyjson_mut_doc *doc, yyjson_mut_val *paths, const RoundsApiRoute *route, RoundsEntity entity)
{
  gboolean generic = rounds_api_route_is_generic (route);
  const RoundsEntityInfo *info = entity != ROUNDS_ENTITY_NONE ? rounds_entity_get_info (entity) : NULL;
  g_autofree char *method = g_ascii_strdown (route->method, -1);
  g_autofree char *path = NULL;
  g_autofree char *name = generic ? g_strconcat (route->name, "_", info->name, NULL) : g_strdup (route->name);
  g_autoptr (GString) summary = g_string_new (route->summary);
  yyjson_mut_val *item;
  yyjson_mut_val *operation;

  if (generic)
    {
      g_auto (GStrv) parts = g_strsplit (route->pattern, "{collection}", 2);

      path = g_strjoin (info->path, parts[0], parts[1], NULL);
      g_string_replace (summary, "%s", info->label, 1);
    }
  else
    path = g_strdup (route->pattern);

  item = yyjson_mut_obj_get (paths, path);
  if (item == NULL)
    item = add_object (doc, paths, path);
  if (yyjson_mut_obj_get (item, method) != NULL)
    return; /* an earlier route of the table wins */
  operation = add_object (doc, item, method);

  add_copy (doc, operation, "operationId", name);
  add_copy (doc, operation, "summary", summary->str);
  yyjson_mut_arr_add_strcpy (doc, yyjson_mut_obj_add_arr (doc, operation, "tags"),
                             info != NULL ? info->path : "server");
  if (rounds_api_route_get_roles (route, entity) == ROUNDS_ROLE_NOBODY)
    yyjson_mut_obj_add_arr (doc, operation, "security");
  add_parameters (doc, operation, route, entity);
  add_body (doc, operation, route, entity);
  add_answers (doc, operation, route, entity);
}

static void
add_paths (yyjson_mut_doc *doc, yyjson_mut_val *root)
{
  yyjson_mut_val *paths = add_object (doc, root, "paths");
  guint n_routes;
  const RoundsApiRoute *routes = rounds_api_get_routes (&n_routes);

  for (guint i = 0; i < n_routes; i++)
    if (!rounds_api_route_is_generic (&routes[i]))
      add_operation (doc, paths, &routes[i], routes[i].entity);
  for (int entity = 0; entity < ROUNDS_N_ENTITIES; entity++)
    for (guint i = 0; i < n_routes; i++)
      if (rounds_api_route_is_generic (&routes[i]) && rounds_api_route_serves (&routes[i], entity))
        add_operation (doc, paths, &routes[i], entity);
}

static void
add_security (yyjson_mut_doc *doc, yyjson_mut_val *root, yyjson_mut_val *components)
{
  yyjson_mut_val *scheme = add_object (doc, add_object (doc, components, "securitySchemes"), "bearer");
  yyjson_mut_val *needed = yyjson_mut_arr_add_obj (doc, yyjson_mut_obj_add_arr (doc, root, "security"));

  add_copy (doc, scheme, "type", "http");
  add_copy (doc, scheme, "scheme", "bearer");
  add_copy (doc, scheme, "bearerFormat", "JWT");
  add_copy (doc, scheme, "description", "The access token that /api/v1/auth/login gave");
  yyjson_mut_obj_add_arr (doc, needed, "bearer");
}

/**
 * rounds_openapi_write:
 *
 * Returns: (transfer full): the OpenAPI 3.1 document as JSON
 */
char *
rounds_openapi_write (void)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *info;
  yyjson_mut_val *components;

  yyjson_mut_doc_set_root (doc, root);
  add_copy (doc, root, "openapi", "3.1.0");
  info = add_object (doc, root, "info");
  add_copy (doc, info, "title", "Rounds");
  add_copy (doc, info, "version", PACKAGE_VERSION);
  add_copy (doc, info, "description",
            "The server of Rounds. Everything but health, signing in and this document needs an access token, also the "
            "paths without /api/v1. Errors are problem details (RFC 9457). Instants are RFC 3339 in UTC.");
  components = add_object (doc, root, "components");
  add_security (doc, root, components);
  rounds_openapi_add_schemas (doc, add_object (doc, components, "schemas"));
  add_paths (doc, root);
  return rounds_json_write (doc, FALSE);
}

/**
 * rounds_openapi_write_page:
 *
 * Returns: (transfer full): the operations as an HTML page that needs nothing from anywhere else
 */
char *
rounds_openapi_write_page (void)
{
  g_autofree char *text = rounds_openapi_write ();
  g_autoptr (yyjson_doc) doc = NULL;
  GString *page = g_string_new ("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Rounds API</title>"
                                "<style>body{font:16px/1.4 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
                                "code{font-size:14px}td{padding:.15em 1em .15em 0;vertical-align:top}</style>"
                                "<h1>Rounds API</h1><p>For programs: <a href=\"/api/v1/openapi.json\">openapi.json</a>"
                                "<table>");
  yyjson_obj_iter paths;
  yyjson_val *path;

  rounds_json_read (text, -1, &doc, NULL);
  paths = yyjson_obj_iter_with (yyjson_obj_get (yyjson_doc_get_root (doc), "paths"));
  while ((path = yyjson_obj_iter_next (&paths)) != NULL)
    {
      yyjson_obj_iter operations = yyjson_obj_iter_with (yyjson_obj_iter_get_val (path));
      yyjson_val *method;

      while ((method = yyjson_obj_iter_next (&operations)) != NULL)
        {
          const char *summary = yyjson_get_str (yyjson_obj_get (yyjson_obj_iter_get_val (method), "summary"));
          g_autofree char *verb = g_ascii_strup (yyjson_get_str (method), -1);
          g_autofree char *row = g_markup_printf_escaped ("<tr><td><code>%s</code><td><code>%s</code><td>%s\n", verb,
                                                          yyjson_get_str (path), summary);

          g_string_append (page, row);
        }
    }
  g_string_append (page, "</table></html>\n");
  return g_string_free_and_steal (page);
}
