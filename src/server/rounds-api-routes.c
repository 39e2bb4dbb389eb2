/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-api-routes.h"

#include <string.h>

#include "rounds-api-private.h"
#include "rounds-live.h"

#define V1 "/api/v1"
#define NO_ENTITY ROUNDS_ENTITY_NONE, ROUNDS_ACTION_READ
#define EVERYBODY ROUNDS_ROLE_NOBODY
#define SIGNED_IN ROUNDS_ROLE_ANYBODY
#define BODY ROUNDS_ROUTE_BODY
#define IF_MATCH ROUNDS_ROUTE_IF_MATCH
#define QUERY ROUNDS_ROUTE_QUERY
#define ONCE ROUNDS_ROUTE_IDEMPOTENCY_KEY
#define SECRET ROUNDS_ROUTE_SECRET

/* What the server answers: the one table. An earlier line wins. */
static const RoundsApiRoute routes[] = {
  { "GET", "/health", rounds_api_health, NO_ENTITY, EVERYBODY, 0, "health", "Whether the server runs" },
  { "GET", "/health/db", rounds_api_health_database, NO_ENTITY, EVERYBODY, 0, "health_db",
    "Whether the server reaches its database" },
  { "GET", V1 "/health", rounds_api_health, NO_ENTITY, EVERYBODY, 0, "health_v1", "Whether the server runs" },
  { "GET", V1 "/health/db", rounds_api_health_database, NO_ENTITY, EVERYBODY, 0, "health_db_v1",
    "Whether the server reaches its database" },
  { "GET", V1 "/openapi.json", rounds_api_openapi, NO_ENTITY, EVERYBODY, 0, "openapi", "This document" },
  { "GET", "/docs", rounds_api_docs, NO_ENTITY, EVERYBODY, 0, "docs", "The operations, as a page for people" },

  { "POST", V1 "/auth/login", rounds_api_login, NO_ENTITY, EVERYBODY, SECRET, "login",
    "Signs in with a user name and a password" },
  { "POST", V1 "/auth/refresh", rounds_api_refresh, NO_ENTITY, EVERYBODY, SECRET, "refresh",
    "Exchanges a refresh token, which is good for one use, for a new pair of tokens" },
  { "POST", V1 "/auth/logout", rounds_api_logout, NO_ENTITY, EVERYBODY, SECRET, "logout",
    "Ends the session of a refresh token" },
  { "GET", V1 "/auth/me", rounds_api_me, NO_ENTITY, SIGNED_IN, 0, "me", "Who is signed in" },

  { "POST", V1 "/sync/push", rounds_api_push, NO_ENTITY, ROUNDS_ROLE_TEAM, 0, "sync_push", "Takes a device's changes" },
  { "GET", V1 "/sync/pull", rounds_api_pull, NO_ENTITY, ROUNDS_ROLE_TEAM, 0, "sync_pull",
    "Tells a device what has changed" },
  { "GET", V1 "/sync/compare", rounds_api_compare, NO_ENTITY, ROUNDS_ROLE_TEAM, 0, "sync_compare",
    "Tells a device checksums of what it should have" },
  { "GET", ROUNDS_LIVE_PATH, rounds_api_live, NO_ENTITY, ROUNDS_ROLE_TEAM, 0, "live",
    "A WebSocket that tells a device when there is something to pull" },

  { "GET", V1 "/users", rounds_api_list, ROUNDS_ENTITY_USER, ROUNDS_ACTION_READ, 0, QUERY, "list_users",
    "Lists the user accounts" },
  { "POST", V1 "/users", rounds_api_create_user, ROUNDS_ENTITY_USER, ROUNDS_ACTION_WRITE, 0, SECRET, "create_user",
    "Makes a user account" },
  { "GET", V1 "/users/{id}", rounds_api_read, ROUNDS_ENTITY_USER, ROUNDS_ACTION_READ, 0, 0, "read_user",
    "Reads a user account" },
  { "PATCH", V1 "/users/{id}", rounds_api_update_user, ROUNDS_ENTITY_USER, ROUNDS_ACTION_WRITE, 0, IF_MATCH,
    "update_user", "Changes the role, the address or the state of a user account" },

  { "GET", "/interactions", rounds_api_list_plain, ROUNDS_ENTITY_INTERACTION, ROUNDS_ACTION_READ, 0, QUERY,
    "list_interactions", "Lists interactions as a plain array, newest first" },
  { "POST", "/interactions", rounds_api_create, ROUNDS_ENTITY_INTERACTION, ROUNDS_ACTION_WRITE, 0, BODY | ONCE,
    "create_interaction", "Logs an interaction" },
  { "GET", "/interactions/{id}", rounds_api_read, ROUNDS_ENTITY_INTERACTION, ROUNDS_ACTION_READ, 0, 0,
    "read_interaction", "Reads an interaction" },

  { "POST", V1 "/merges", rounds_api_merge, ROUNDS_ENTITY_MERGE, ROUNDS_ACTION_WRITE, 0, ONCE, "create_merge",
    "Makes one of two contacts: what refers to the merged one will refer to the kept one, which gets what it does not "
    "have itself" },
  { "POST", V1 "/merges/{id}/undo", rounds_api_unmerge, ROUNDS_ENTITY_MERGE, ROUNDS_ACTION_WRITE, 0, 0, "undo_merge",
    "Makes two contacts of one again; what was made since stays with the kept one" },
  { "POST", V1 "/interactions/{id}/amend", rounds_api_amend, ROUNDS_ENTITY_INTERACTION, ROUNDS_ACTION_WRITE, 0,
    IF_MATCH, "amend_interaction",
    "Changes an interaction that was submitted, with a reason; what it said before is kept as an amendment" },

  { "GET", V1 "/{collection}", rounds_api_list, NO_ENTITY, 0, QUERY, "list", "Lists records: %s" },
  { "POST", V1 "/{collection}", rounds_api_create, ROUNDS_ENTITY_NONE, ROUNDS_ACTION_WRITE, 0, BODY | ONCE, "create",
    "Creates a record: %s" },
  { "GET", V1 "/{collection}/{id}", rounds_api_read, NO_ENTITY, 0, 0, "read", "Reads a record: %s" },
  { "PUT", V1 "/{collection}/{id}", rounds_api_replace, ROUNDS_ENTITY_NONE, ROUNDS_ACTION_WRITE, 0, BODY | IF_MATCH,
    "replace", "Replaces a record; fields that are not given become empty: %s" },
  { "PATCH", V1 "/{collection}/{id}", rounds_api_patch, ROUNDS_ENTITY_NONE, ROUNDS_ACTION_WRITE, 0, BODY | IF_MATCH,
    "update", "Changes the given fields of a record: %s" },
  { "DELETE", V1 "/{collection}/{id}", rounds_api_delete, ROUNDS_ENTITY_NONE, ROUNDS_ACTION_WRITE, 0, IF_MATCH,
    "delete", "Deletes a record with what belongs to it, which can be restored: %s" },
  { "POST", V1 "/{collection}/{id}/restore", rounds_api_restore, ROUNDS_ENTITY_NONE, ROUNDS_ACTION_WRITE, 0, 0,
    "restore", "Restores a deleted record with what went with it: %s" },
};

/** rounds_api_get_routes: (transfer none): the table of what the server answers. */
const RoundsApiRoute *
rounds_api_get_routes (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

/** rounds_api_route_is_generic: whether @route is there once for each entity. */
gboolean
rounds_api_route_is_generic (const RoundsApiRoute *route)
{
  return strstr (route->pattern, "{collection}") != NULL;
}

/** rounds_api_route_serves: whether @route, a generic one, is there for @entity: merges and amendments are made by
 * operations of their own, and never changed. */
gboolean
rounds_api_route_serves (const RoundsApiRoute *route, RoundsEntity entity)
{
  return rounds_entity_get_info (entity)->scope == ROUNDS_SCOPE_SYNCED
         && (route->action == ROUNDS_ACTION_READ
             || (entity != ROUNDS_ENTITY_MERGE && entity != ROUNDS_ENTITY_AMENDMENT));
}

/** rounds_api_route_get_roles: who may use @route; @entity is the one that it was matched with. */
guint
rounds_api_route_get_roles (const RoundsApiRoute *route, RoundsEntity entity)
{
  return entity != ROUNDS_ENTITY_NONE ? rounds_access_get_roles (entity, route->action) : route->roles;
}

/* Whether @path, already split, fits @route; fills in what it names. */
static gboolean
fits (const RoundsApiRoute *route, const GStrv path, RoundsEntity *entity, const char **id)
{
  g_auto (GStrv) pattern = g_strsplit (route->pattern, "/", -1);

  *entity = route->entity;
  *id = NULL;
  if (g_strv_length (pattern) != g_strv_length (path))
    return FALSE;

  for (guint i = 0; pattern[i] != NULL; i++)
    {
      if (g_str_equal (pattern[i], "{collection}"))
        {
          *entity = rounds_entity_from_path (path[i]);
          if (*entity == ROUNDS_ENTITY_NONE || !rounds_api_route_serves (route, *entity))
            return FALSE;
        }
      else if (g_str_equal (pattern[i], "{id}"))
        {
          if (*path[i] == '\0')
            return FALSE;
          *id = path[i];
        }
      else if (!g_str_equal (pattern[i], path[i]))
        return FALSE;
    }
  return TRUE;
}

/**
 * rounds_api_match:
 * @method: the method; HEAD is answered as GET
 * @path: the path as sent
 * @match: (out): what it means; cleared by the caller
 */
void
rounds_api_match (const char *method, const char *path, RoundsApiMatch *match)
{
  g_auto (GStrv) segments = g_strsplit (path, "/", 16);
  g_autoptr (GPtrArray) allowed = g_ptr_array_new ();
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;

  *match = (RoundsApiMatch) { .entity = ROUNDS_ENTITY_NONE };
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      RoundsEntity entity;
      const char *id;

      if (!fits (&routes[i], segments, &entity, &id))
        continue;
      if (!g_ptr_array_find_with_equal_func (allowed, routes[i].method, g_str_equal, NULL))
        g_ptr_array_add (allowed, (char *) routes[i].method);
      if (match->route == NULL && g_str_equal (routes[i].method, wanted))
        {
          match->route = &routes[i];
          match->entity = entity;
          match->id = g_strdup (id);
        }
    }
  if (allowed->len == 0)
    return;

  if (g_ptr_array_find_with_equal_func (allowed, "GET", g_str_equal, NULL))
    g_ptr_array_add (allowed, (char *) "HEAD");
  g_ptr_array_add (allowed, (char *) "OPTIONS");
  g_ptr_array_add (allowed, NULL);
  match->allowed = g_strjoinv (", ", (char **) allowed->pdata);
}

/** rounds_api_match_clear: frees what @match holds, not @match. */
void
rounds_api_match_clear (RoundsApiMatch *match)
{
  g_clear_pointer (&match->id, g_free);
  g_clear_pointer (&match->allowed, g_free);
}
