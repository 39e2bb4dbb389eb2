/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says of itself: health, the OpenAPI document, the page for people. */

#include "rounds-api-private.h"

#include "rounds-openapi.h"

static RoundsApiResponse *
create_status (void)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);

  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_str (doc, root, "status", "ok");
  return rounds_api_response_new_json (200, doc);
}

/** rounds_api_health: GET /health: the server runs; for load balancers, so nothing is asked of the database. */
RoundsApiResponse *
rounds_api_health (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  return create_status ();
}

/** rounds_api_health_database: GET /health/db: the database answers; 503 if not. */
RoundsApiResponse *
rounds_api_health_database (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (rounds_record_store_get_last_seq (api->store, &failure) >= 0)
    return create_status ();
  g_warning ("health domain=%s code=%d message=%s", g_quark_to_string (failure->domain), failure->code,
             failure->message);
  return rounds_api_response_new_problem (503, NULL, "The database does not answer.");
}

/** rounds_api_openapi: GET /api/v1/openapi.json. */
RoundsApiResponse *
rounds_api_openapi (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  RoundsApiResponse *response = rounds_api_response_new_text (200, "application/json", rounds_openapi_write ());

  rounds_api_response_set_header (response, "Cache-Control", "public, max-age=3600");
  return response;
}

/** rounds_api_docs: GET /docs. */
RoundsApiResponse *
rounds_api_docs (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  RoundsApiResponse *response =
    rounds_api_response_new_text (200, "text/html; charset=utf-8", rounds_openapi_write_page ());

  rounds_api_response_set_header (response, "Content-Security-Policy",
                                  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  return response;
}
