/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-api.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-password.h"
#include "rounds-sync-problem.h"
#include "rounds-sync-scope.h"
#include "rounds-sync-server.h"
#include "rounds-time.h"
#include "rounds-token-key.h"

#define LONGEST_PATH 1024
#define LONGEST_QUERY 8192

/* Failed sign-ins before a pause, and how long it is. The pair is what a guesser of one account meets; the other two
 * bound one who changes names or addresses, and are wide enough that a colleague's typing errors close nobody out. */
#define PAIR_FAILURES 5
#define ADDRESS_FAILURES 60
#define USER_FAILURES 60
#define FAILURE_WINDOW (5 * ROUNDS_MINUTE)

#define CORS_METHODS "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
#define CORS_HEADERS "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match"
#define CORS_EXPOSED "ETag, Link, Location, Retry-After"

/* What only the API that writes needs, and what it must have made before others read. */
static gboolean
prepare_to_write (RoundsApi *self, GError **error)
{
  g_autofree char *nobodys = rounds_password_generate ();
  g_autoptr (GBytes) page = rounds_sync_server_pull (self->store, NULL, NULL, 1, error); /* makes the epoch */

  self->decoy_hash = page != NULL ? rounds_password_hash (nobodys, error) : NULL;
  return self->decoy_hash != NULL && rounds_api_watch (self, error);
}

/**
 * rounds_api_new:
 * @store: the server's store; the API lives on its thread. Where its database is read-only, the API is for requests
 * that change nothing, and another one on the same database must have been made before.
 * @error: (out) (optional): where the database fails
 *
 * Returns: (transfer full): the API
 */
RoundsApi *
rounds_api_new (RoundsRecordStore *store, GError **error)
{
  g_autoptr (RoundsApi) self = g_new0 (RoundsApi, 1);

  self->store = g_object_ref (store);
  self->cors_origins = g_new0 (char *, 1);
  self->limit_pair = rounds_rate_limit_new (PAIR_FAILURES, FAILURE_WINDOW);
  self->limit_address = rounds_rate_limit_new (ADDRESS_FAILURES, FAILURE_WINDOW);
  self->limit_user = rounds_rate_limit_new (USER_FAILURES, FAILURE_WINDOW);
  if (!rounds_token_key_load (store, self->token_key, error)
      || (!rounds_database_is_read_only (rounds_record_store_get_database (store)) && !prepare_to_write (self, error)))
    return NULL;
  crypto_generichash (self->cursor_key, sizeof self->cursor_key, (const guint8 *) "cursor", strlen ("cursor"),
                      self->token_key, sizeof self->token_key);
  return g_steal_pointer (&self);
}

/** rounds_api_free: frees @self (nullable). */
void
rounds_api_free (RoundsApi *self)
{
  if (self == NULL)
    return;
  rounds_api_unwatch (self);
  g_clear_object (&self->store);
  sodium_memzero (self->token_key, sizeof self->token_key);
  g_free (self->decoy_hash);
  g_strfreev (self->cors_origins);
  rounds_rate_limit_free (self->limit_pair);
  rounds_rate_limit_free (self->limit_address);
  rounds_rate_limit_free (self->limit_user);
  g_free (self);
}

/**
 * rounds_api_set_cors_origins:
 * @origins: (nullable): origins, comma-separated, whose pages may use the API from a browser, such as
 *   "https://crm.example.org"; none by default
 */
void
rounds_api_set_cors_origins (RoundsApi *self, const char *origins)
{
  g_strfreev (self->cors_origins);
  self->cors_origins = g_strsplit (origins != NULL ? origins : "", ",", -1);
  for (guint i = 0; self->cors_origins[i] != NULL; i++)
    g_strstrip (self->cors_origins[i]);
}

/** rounds_api_call_new: (transfer full): a call that answers @request (transfer full). */
RoundsApiCall *
rounds_api_call_new (RoundsApiRequest *request)
{
  RoundsApiCall *call = g_new0 (RoundsApiCall, 1);

  call->request = request;
  call->entity = ROUNDS_ENTITY_NONE;
  call->started = g_get_monotonic_time ();
  return call;
}

/** rounds_api_call_free: frees @self. */
void
rounds_api_call_free (RoundsApiCall *call)
{
  if (call == NULL)
    return;
  rounds_api_request_free (call->request);
  rounds_api_response_free (call->response);
  g_free (call->id_text);
  g_clear_object (&call->user);
  g_clear_pointer (&call->scope, rounds_territory_scope_free);
  if (call->password != NULL)
    sodium_memzero (call->password, strlen (call->password));
  g_free (call->password);
  g_free (call->hash);
  g_clear_error (&call->work_error);
  yyjson_doc_free (call->body);
  g_free (call);
}

/** rounds_api_call_is_read: whether the call changes nothing, so that it may be stopped in the middle. */
gboolean
rounds_api_call_is_read (RoundsApiCall *call)
{
  return g_str_equal (call->request->method, "GET") || g_str_equal (call->request->method, "HEAD");
}

/** rounds_api_call_steal_response: (transfer full): the answer, once there is one. */
RoundsApiResponse *
rounds_api_call_steal_response (RoundsApiCall *call)
{
  return g_steal_pointer (&call->response);
}

/**
 * rounds_api_call_defer:
 * @password: what to hash
 * @hash: (nullable): what to compare with; %NULL to make a new hash
 * @resume: the handler that goes on, with `matches` or `hash` set
 */
void
rounds_api_call_defer (RoundsApiCall *call, const char *password, const char *hash, RoundsApiHandler resume)
{
  call->password = g_strdup (password);
  call->hash = g_strdup (hash);
  call->resume = resume;
}

/** rounds_api_call_work: the part of a call that takes long and touches no database. */
void
rounds_api_call_work (RoundsApiCall *call)
{
  if (call->hash != NULL)
    call->matches = rounds_password_verify (call->password, call->hash);
  else
    call->hash = rounds_password_hash (call->password, &call->work_error);
}

/** rounds_api_set_parameter_error: an error that becomes a 400 naming a parameter of the query. */
void
rounds_api_set_parameter_error (GError **error, const char *parameter, const char *message)
{
  g_autoptr (GError) fault = NULL;

  rounds_set_field_error (&fault, parameter, "%s", message);
  fault->code = ROUNDS_ERROR_PROTOCOL;
  g_propagate_error (error, g_steal_pointer (&fault));
}

/**
 * rounds_api_call_read_json:
 * @error: (out) (optional): %ROUNDS_ERROR_PROTOCOL, which becomes a 400
 *
 * Returns: (transfer none): the request's body, which the call keeps
 */
yyjson_val *
rounds_api_call_read_json (RoundsApiCall *call, GError **error)
{
  gsize size = 0;
  const char *text = call->request->body != NULL ? g_bytes_get_data (call->request->body, &size) : NULL;
  g_autoptr (GError) fault = NULL;

  if (call->body != NULL)
    return yyjson_doc_get_root (call->body);
  if (text == NULL || size == 0)
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("A JSON object is expected."));
      return NULL;
    }
  if (!rounds_json_read (text, (gssize) size, &call->body, &fault))
    {
      fault->code = ROUNDS_ERROR_PROTOCOL;
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (!yyjson_is_obj (yyjson_doc_get_root (call->body)))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_PROTOCOL, _ ("A JSON object is expected."));
      return NULL;
    }
  return yyjson_doc_get_root (call->body);
}

/* What a page of another origin may see, if that origin is allowed; never with cookies, as there are none. */
static void
add_cors_headers (RoundsApi *self, RoundsApiCall *call)
{
  const char *origin = rounds_api_request_get_header (call->request, "origin");

  if (*self->cors_origins == NULL)
    return;
  rounds_api_response_set_header (call->response, "Vary", "Origin, Accept-Encoding");
  if (origin == NULL || *origin == '\0' || !g_strv_contains ((const char *const *) self->cors_origins, origin))
    return;

  rounds_api_response_set_header (call->response, "Access-Control-Allow-Origin", origin);
  rounds_api_response_set_header (call->response, "Access-Control-Expose-Headers", CORS_EXPOSED);
  if (g_str_equal (call->request->method, "OPTIONS"))
    {
      rounds_api_response_set_header (call->response, "Access-Control-Allow-Methods", CORS_METHODS);
      rounds_api_response_set_header (call->response, "Access-Control-Allow-Headers", CORS_HEADERS);
      rounds_api_response_set_header (call->response, "Access-Control-Max-Age", "600");
    }
}

static void
add_default_header (RoundsApiResponse *response, const char *name, const char *value)
{
  if (rounds_api_response_get_header (response, name) == NULL)
    rounds_api_response_set_header (response, name, value);
}

/* Ids only: neither paths, which a client makes up, nor queries, which hold names that somebody looks for. */
static void
write_log (RoundsApiCall *call)
{
  char user[ROUNDS_UUID_STRING_LENGTH + 1] = "-";
  char record[ROUNDS_UUID_STRING_LENGTH + 1] = "-";
  double ms = (double) (g_get_monotonic_time () - call->started) / 1000;

  if (call->user != NULL)
    rounds_uuid_format (rounds_record_get_id (call->user), user);
  if (!rounds_uuid_is_nil (&call->id))
    rounds_uuid_format (&call->id, record);

  g_info ("request method=%s route=%s entity=%s record=%s user=%s status=%u bytes=%" G_GSIZE_FORMAT " ms=%.1f",
          call->route != NULL ? call->route->method : "-", call->route != NULL ? call->route->pattern : "-",
          call->entity != ROUNDS_ENTITY_NONE ? rounds_entity_get_info (call->entity)->name : "-", record, user,
          call->response->status, call->response->body != NULL ? g_bytes_get_size (call->response->body) : 0, ms);
}

/* What a browser must be told, and caches before it. A device of ours, which names the protocol, shows nothing of what
 * comes as a page and pays for each byte. */
static void
add_browser_headers (RoundsApi *self, RoundsApiCall *call)
{
  add_default_header (call->response, "Cache-Control", "no-store");
  add_default_header (call->response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
  add_default_header (call->response, "Referrer-Policy", "no-referrer");
  add_default_header (call->response, "X-Content-Type-Options", "nosniff");
  add_default_header (call->response, "Vary", "Accept-Encoding");
  add_cors_headers (self, call);
}

/* The last step of every call: what all answers have in common. Takes @response and @error. */
static gboolean
finish (RoundsApi *self, RoundsApiCall *call, RoundsApiResponse *response, GError *error)
{
  g_autoptr (GError) fault = error;
  g_autofree char *incident = NULL;

  if (response == NULL)
    {
      response = rounds_api_response_new_for_error (fault, &incident);
      if (incident != NULL)
        g_warning ("incident=%s domain=%s code=%d message=%s", incident, g_quark_to_string (fault->domain), fault->code,
                   fault->message);
    }
  call->response = response;
  rounds_api_add_news (self, call);

  add_default_header (response, ROUNDS_SYNC_PROTOCOL_HEADER, ROUNDS_SYNC_PROTOCOL);
  if (rounds_api_request_get_header (call->request, "rounds-protocol") == NULL)
    add_browser_headers (self, call);

  if (!(call->route != NULL && (call->route->flags & ROUNDS_ROUTE_SECRET))
      && rounds_api_request_accepts_gzip (call->request))
    rounds_api_response_compress (response);
  write_log (call);
  return TRUE;
}

static gboolean
finish_with_problem (RoundsApi *self, RoundsApiCall *call, guint status, const char *detail)
{
  return finish (self, call, rounds_api_response_new_problem (status, NULL, detail), NULL);
}

/* Finds out who asks. An account that is closed or has another role since the token was made is found out at once, as
 * it is read again for each request. */
static gboolean
authenticate (RoundsApi *self, RoundsApiCall *call, GError **error)
{
  const char *header = rounds_api_request_get_header (call->request, "authorization");
  RoundsAccessToken token;

  if (header != NULL && g_ascii_strncasecmp (header, "Bearer ", 7) == 0
      && rounds_access_token_verify (header + 7, self->token_key, rounds_time_now (), &token)
      && !rounds_record_store_look_up (self->store, ROUNDS_ENTITY_USER, &token.user, &call->user, error))
    return FALSE;
  if (call->user == NULL || rounds_record_is_deleted (call->user)
      || !rounds_record_get_boolean (call->user, ROUNDS_USER_IS_ACTIVE))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_UNAUTHORIZED, _ ("Please sign in."));
      return FALSE;
    }
  call->role = rounds_role_from_string (rounds_record_get_text (call->user, ROUNDS_USER_ROLE));
  call->device = token.device;
  call->session = token.session;
  call->expires_at = token.expires_at;
  return TRUE;
}

static gboolean
authorize (RoundsApi *self, RoundsApiCall *call, GError **error)
{
  guint roles = rounds_api_route_get_roles (call->route, call->entity);

  rounds_record_store_set_actor (self->store, NULL, NULL);
  if (call->entity == ROUNDS_ENTITY_NONE && roles == ROUNDS_ROLE_NOBODY)
    return TRUE;
  if (!authenticate (self, call, error))
    return FALSE;
  if (!(call->role & roles))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_FORBIDDEN, _ ("Your account may not do this."));
      return FALSE;
    }
  rounds_record_store_set_actor (self->store, rounds_record_get_id (call->user),
                                 rounds_uuid_is_nil (&call->device) ? NULL : &call->device);
  call->scope = rounds_sync_scope_of_user (self->store, call->user, error);
  return call->scope != NULL;
}

/* Whether the body, if there is one, says that it is JSON. */
static gboolean
is_json (RoundsApiRequest *request)
{
  const char *type = rounds_api_request_get_header (request, "content-type");
  g_auto (GStrv) parts = NULL;

  if (request->body == NULL || g_bytes_get_size (request->body) == 0 || type == NULL)
    return TRUE;
  parts = g_strsplit (type, ";", 2);
  return parts[0] != NULL && g_ascii_strcasecmp (g_strstrip (parts[0]), "application/json") == 0;
}

/* A body that could not be unpacked, by the status of rounds_api_request_unpack(). */
static gboolean
refuse_packed (RoundsApi *self, RoundsApiCall *call, guint status)
{
  const char *detail = status == 415   ? _ ("The server unpacks “deflate” only.")
                       : status == 413 ? _ ("The request is too large.")
                                       : _ ("The body cannot be unpacked.");
  RoundsApiResponse *response = rounds_api_response_new_problem (status, NULL, detail);

  if (status == 415)
    rounds_api_response_set_header (response, "Accept-Encoding", "deflate");
  return finish (self, call, response, NULL);
}

static gboolean
run_handler (RoundsApi *self, RoundsApiCall *call, RoundsApiHandler handler)
{
  g_autoptr (GError) error = NULL;
  RoundsApiResponse *response = handler (self, call, &error);

  if (response == NULL && error == NULL)
    return FALSE;
  return finish (self, call, response, g_steal_pointer (&error));
}

/**
 * rounds_api_begin:
 * @call: a new call
 *
 * Returns: %TRUE if the answer is there; %FALSE if rounds_api_call_work() and then rounds_api_resume() come next
 */
gboolean
rounds_api_begin (RoundsApi *self, RoundsApiCall *call)
{
  RoundsApiRequest *request = call->request;
  g_auto (RoundsApiMatch) match = { 0 };
  g_autoptr (GError) error = NULL;
  guint status;

  if (strlen (request->path) > LONGEST_PATH || (request->query != NULL && strlen (request->query) > LONGEST_QUERY))
    return finish_with_problem (self, call, 414, _ ("This address is too long."));

  rounds_api_match (request->method, request->path, &match);
  if (match.allowed == NULL)
    return finish_with_problem (self, call, 404, _ ("There is nothing at this address."));
  if (match.route == NULL)
    {
      gboolean asks = g_str_equal (request->method, "OPTIONS");
      RoundsApiResponse *response =
        asks ? rounds_api_response_new (204)
             : rounds_api_response_new_problem (405, NULL, _ ("This address does not take this method."));

      rounds_api_response_set_header (response, "Allow", match.allowed);
      return finish (self, call, response, NULL);
    }

  call->route = match.route;
  call->entity = match.entity;
  call->id_text = g_steal_pointer (&match.id);
  if (!authorize (self, call, &error))
    return finish (self, call, NULL, g_steal_pointer (&error));
  if (call->id_text != NULL && !rounds_uuid_parse (call->id_text, &call->id))
    return finish_with_problem (self, call, 404, _ ("There is no record with this id."));
  if (!is_json (request))
    return finish_with_problem (self, call, 415, _ ("The server reads JSON only."));
  status = rounds_api_request_unpack (request);
  if (status != 0)
    return refuse_packed (self, call, status);
  return run_handler (self, call, call->route->handler);
}

/** rounds_api_resume: ends a call that rounds_api_begin() has left open, after rounds_api_call_work(). */
void
rounds_api_resume (RoundsApi *self, RoundsApiCall *call)
{
  if (call->work_error != NULL)
    finish (self, call, NULL, g_steal_pointer (&call->work_error));
  else
    {
      if (call->user != NULL)
        rounds_record_store_set_actor (self->store, rounds_record_get_id (call->user), NULL);
      if (!run_handler (self, call, call->resume))
        g_assert_not_reached (); /* a call is put off once */
    }
}

/**
 * rounds_api_handle:
 * @request: (transfer full): a request
 *
 * All steps in one, for callers that do not mind the time that passwords take.
 *
 * Returns: (transfer full): the answer
 */
RoundsApiResponse *
rounds_api_handle (RoundsApi *self, RoundsApiRequest *request)
{
  g_autoptr (RoundsApiCall) call = rounds_api_call_new (request);

  if (!rounds_api_begin (self, call))
    {
      rounds_api_call_work (call);
      rounds_api_resume (self, call);
    }
  return rounds_api_call_steal_response (call);
}
