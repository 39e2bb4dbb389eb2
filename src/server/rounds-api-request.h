/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define ROUNDS_API_BODY_LIMIT (8 * 1024 * 1024) /* bytes of a body, but for that of a push */

/**
 * RoundsApiRequest: one HTTP request as the API sees it, without any socket. Made by the HTTP server or by a test,
 * then handed from thread to thread; only one thread uses it at a time.
 */
typedef struct
{
  char *method;         /* (owned): upper case */
  char *path;           /* (owned): as sent, percent-encoding kept, without the query */
  char *query;          /* (owned) (nullable): as sent, without the question mark */
  GHashTable *headers;  /* (owned): lower-case name to value */
  GBytes *body;         /* (owned) (nullable) */
  char *remote_address; /* (owned): of the client, as text */
} RoundsApiRequest;

/** RoundsApiParameter: one `name=value` of a query, decoded. */
typedef struct
{
  char *name;  /* (owned) */
  char *value; /* (owned) */
} RoundsApiParameter;

RoundsApiRequest *rounds_api_request_new (const char *method, const char *target);
void rounds_api_request_free (RoundsApiRequest *self);
void rounds_api_request_set_header (RoundsApiRequest *self, const char *name, const char *value);
const char *rounds_api_request_get_header (RoundsApiRequest *self, const char *name);
void rounds_api_request_set_body (RoundsApiRequest *self, const char *text);
gboolean rounds_api_request_accepts_gzip (RoundsApiRequest *self);
goffset rounds_api_request_get_body_limit (const char *path);
guint rounds_api_request_unpack (RoundsApiRequest *self);
GPtrArray *rounds_api_request_parse_query (RoundsApiRequest *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RoundsApiRequest, rounds_api_request_free)

G_END_DECLS
