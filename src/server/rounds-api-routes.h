/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rounds-access.h"
#include "rounds-api.h"

G_BEGIN_DECLS

/* Answers a request: returns (transfer full) the answer; NULL with an error, which becomes problem details; or NULL
 * without one after rounds_api_call_defer(). */
typedef RoundsApiResponse *(*RoundsApiHandler) (RoundsApi *api, RoundsApiCall *call, GError **error);

typedef enum
{
  ROUNDS_ROUTE_IDEMPOTENCY_KEY = 1 << 0, /* takes the header Idempotency-Key */
  ROUNDS_ROUTE_IF_MATCH = 1 << 1,        /* takes the header If-Match */
  ROUNDS_ROUTE_QUERY = 1 << 2,           /* takes the parameters of lists */
  ROUNDS_ROUTE_BODY = 1 << 3,            /* takes a record as its body */
  ROUNDS_ROUTE_SECRET = 1 << 4,          /* answers with tokens: never compressed */
} RoundsApiRouteFlags;

/** RoundsApiRoute: one line of the table of what the server answers. */
typedef struct
{
  const char *method;
  const char *pattern; /* segments; {collection} is an entity's path, {id} anything */
  RoundsApiHandler handler;
  RoundsEntity entity; /* %ROUNDS_ENTITY_NONE with {collection} in the pattern: the one that is named there */
  RoundsAction action; /* with an entity: what the handler does to it */
  guint roles;         /* without an entity: who may; %ROUNDS_ROLE_NOBODY: everybody, without signing in */
  guint flags;         /* of RoundsApiRouteFlags */
  const char *name;    /* for OpenAPI and the log, "list" */
  const char *summary; /* for OpenAPI, with %s for the entity's label */
} RoundsApiRoute;

/** RoundsApiMatch: what a path means. */
typedef struct
{
  const RoundsApiRoute *route; /* (nullable) */
  RoundsEntity entity;         /* of the route, or %ROUNDS_ENTITY_NONE */
  char *id;                    /* (owned) (nullable) */
  char *allowed;               /* (owned) (nullable): the methods that the path takes; NULL: there is no such path */
} RoundsApiMatch;

const RoundsApiRoute *rounds_api_get_routes (guint *n_routes);
gboolean rounds_api_route_is_generic (const RoundsApiRoute *route);
gboolean rounds_api_route_serves (const RoundsApiRoute *route, RoundsEntity entity);
guint rounds_api_route_get_roles (const RoundsApiRoute *route, RoundsEntity entity);
void rounds_api_match (const char *method, const char *path, RoundsApiMatch *match);
void rounds_api_match_clear (RoundsApiMatch *match);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RoundsApiMatch, rounds_api_match_clear)

G_END_DECLS
