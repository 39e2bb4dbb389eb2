/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every entity as a resource: written once, driven by the entity table. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "rounds-accounts.h"
#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-sync-scope.h"
#include "rounds-time.h"

/* (transfer full): the ETag (RFC 9110, 8.8.3) of @record: its revision. */
static char *
make_etag (RoundsRecord *record)
{
  return g_strdup_printf ("\"%" G_GINT64_FORMAT "\"", rounds_record_get_integer (record, ROUNDS_FIELD_REV));
}

/* (transfer none): @record, which must outlive @doc, without what never leaves the server. */
static yyjson_mut_val *
describe (RoundsRecord *record, yyjson_mut_doc *doc)
{
  yyjson_mut_val *object = rounds_record_to_json (record, doc);

  if (rounds_record_get_entity (record) == ROUNDS_ENTITY_USER)
    yyjson_mut_obj_remove_key (object, "password_hash");
  return object;
}

/** rounds_api_response_new_record: (transfer full): @record as JSON with its ETag, and its Location if @status is 201.
 */
RoundsApiResponse *
rounds_api_response_new_record (guint status, RoundsRecord *record)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *etag = make_etag (record);
  RoundsApiResponse *response;

  yyjson_mut_doc_set_root (doc, describe (record, doc));
  response = rounds_api_response_new_json (status, doc);
  rounds_api_response_set_header (response, "ETag", etag);
  if (status == 201)
    {
      g_autofree char *id = rounds_uuid_to_string (rounds_record_get_id (record));
      g_autofree char *location =
        g_strdup_printf ("/api/v1/%s/%s", rounds_entity_get_info (rounds_record_get_entity (record))->path, id);

      rounds_api_response_set_header (response, "Location", location);
    }
  return response;
}

/* Reads the page; on return @next is (nullable) the cursor of the one behind it. */
static GPtrArray *
list_page (RoundsApi *api, RoundsApiCall *call, char **next, GError **error)
{
  g_auto (RoundsApiPage) page = { 0 };
  g_autoptr (GPtrArray) records = NULL;

  if (!rounds_api_page_read (api, call, &page, error))
    return NULL;
  records = rounds_record_store_list (api->store, page.query, error);
  if (records == NULL)
    return NULL;

  if (page.skip > 0)
    g_ptr_array_remove_range (records, 0, MIN (page.skip, records->len));
  if (records->len > page.limit)
    {
      g_ptr_array_set_size (records, (int) page.limit);
      *next = rounds_api_page_get_cursor (api, &page, g_ptr_array_index (records, page.limit - 1));
    }
  return g_steal_pointer (&records);
}

static yyjson_mut_val *
records_to_json (GPtrArray *records, yyjson_mut_doc *doc)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (guint i = 0; i < records->len; i++)
    yyjson_mut_arr_append (array, describe (g_ptr_array_index (records, i), doc));
  return array;
}

/** rounds_api_list: GET a collection: {items, next}. */
RoundsApiResponse *
rounds_api_list (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) records = list_page (api, call, &next, error);

  if (records == NULL)
    return NULL;
  yyjson_mut_doc_set_root (doc, root);
  yyjson_mut_obj_add_val (doc, root, "items", records_to_json (records, doc));
  if (next != NULL)
    yyjson_mut_obj_add_str (doc, root, "next", next);
  else
    yyjson_mut_obj_add_null (doc, root, "next");
  return rounds_api_response_new_json (200, doc);
}

/** rounds_api_list_plain: GET /interactions as in S0: an array; the next page is in the header Link (RFC 8288). */
RoundsApiResponse *
rounds_api_list_plain (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *next = NULL;
  g_autoptr (GPtrArray) records = list_page (api, call, &next, error);
  RoundsApiResponse *response;

  if (records == NULL)
    return NULL;
  yyjson_mut_doc_set_root (doc, records_to_json (records, doc));
  response = rounds_api_response_new_json (200, doc);
  if (next != NULL)
    {
      g_autofree char *link = g_strdup_printf ("<%s?after=%s>; rel=\"next\"", call->request->path, next);

      rounds_api_response_set_header (response, "Link", link);
    }
  return response;
}

/* What a record is before the client's fields are set. The type of an interaction is to be said, not guessed (S0-10).
 */
static RoundsRecord *
create_record (RoundsEntity entity)
{
  RoundsRecord *record = rounds_record_new (entity);

  if (entity == ROUNDS_ENTITY_INTERACTION)
    rounds_record_clear_field (record, ROUNDS_INTERACTION_INTERACTION_TYPE);
  return record;
}

/* What a client need not say (S0-13: three fields make an interaction): when it happened, and who logs it. */
static gboolean
fill_in (RoundsApi *api, RoundsApiCall *call, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) staff = NULL;

  if (call->entity != ROUNDS_ENTITY_INTERACTION)
    return TRUE;
  if (rounds_record_is_null (record, ROUNDS_INTERACTION_OCCURRED_AT))
    rounds_record_set_integer (record, ROUNDS_INTERACTION_OCCURRED_AT, rounds_time_now ());
  if (!rounds_record_is_null (record, ROUNDS_INTERACTION_STAFF))
    return TRUE;
  if (!rounds_accounts_find_staff (api->store, call->user, &staff, error))
    return FALSE;
  if (staff != NULL)
    rounds_record_set_uuid (record, ROUNDS_INTERACTION_STAFF, rounds_record_get_id (staff));
  return TRUE;
}

/* Sets @record's fields from the body. The id, once it is given, is not to be changed. */
static gboolean
read_record (RoundsApiCall *call, RoundsRecord *record, gboolean is_new, GError **error)
{
  yyjson_val *root = rounds_api_call_read_json (call, error);
  RoundsUuid id = *rounds_record_get_id (record);

  if (root == NULL || !rounds_record_set_from_json (record, root, FALSE, error))
    return FALSE;
  if (rounds_record_is_null (record, ROUNDS_FIELD_ID))
    rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
  if (is_new || rounds_uuid_equal (&id, rounds_record_get_id (record)))
    return TRUE;
  rounds_set_field_error (error, "id", _ ("The id of a record cannot be changed."));
  return FALSE;
}

/* Whether the id is free; a record that was deleted still holds its own. */
static gboolean
check_id_is_new (RoundsApi *api, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsRecord) other = NULL;
  g_autoptr (GError) fault = NULL;

  if (!rounds_record_store_look_up (api->store, rounds_record_get_entity (record), rounds_record_get_id (record),
                                    &other, error))
    return FALSE;
  if (other == NULL)
    return TRUE;
  rounds_set_field_error (&fault, "id", _ ("There already is a record with this id."));
  fault->code = ROUNDS_ERROR_EXISTS;
  g_propagate_error (error, g_steal_pointer (&fault));
  return FALSE;
}

/** rounds_api_save_in_scope: saves what the user may save: what they cannot see is not there for them, and they put
 * nothing where they cannot see it. What is said of somebody who was merged into another one is that one's. In a
 * transaction, which is to be rolled back on failure. @before: (nullable) */
gboolean
rounds_api_save_in_scope (RoundsApi *api, RoundsApiCall *call, RoundsRecord *record, RoundsRecord *before,
                          GError **error)
{
  guint64 forwarded;

  return rounds_person_merge_forward_references (api->store, record, &forwarded, error)
         && rounds_sync_scope_check_references (call->scope, api->store, record, before, error)
         && rounds_record_store_save (api->store, record, error)
         && rounds_sync_scope_check_place (call->scope, record, error);
}

static RoundsApiResponse *
create_in_transaction (RoundsApi *api, RoundsApiCall *call, RoundsRecord *record, GError **error)
{
  g_autoptr (RoundsApiResponse) response = NULL;

  if (!check_id_is_new (api, record, error) || !rounds_api_save_in_scope (api, call, record, NULL, error))
    return NULL;
  response = rounds_api_response_new_record (201, record);
  return rounds_api_idempotency_keep (api, call, response, error) ? g_steal_pointer (&response) : NULL;
}

/** rounds_api_create: POST a collection: 201 with the record; with an Idempotency-Key a repeat gets the same answer. */
RoundsApiResponse *
rounds_api_create (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsRecord) record = create_record (call->entity);
  g_autoptr (RoundsApiResponse) response = NULL;

  if (!rounds_api_idempotency_find (api, call, &response, error))
    return NULL;
  if (response != NULL)
    return g_steal_pointer (&response);
  if (!read_record (call, record, TRUE, error) || !fill_in (api, call, record, error))
    return NULL;

  if (!rounds_record_store_begin (api->store, error))
    return NULL;
  response = create_in_transaction (api, call, record, error);
  call->id = *rounds_record_get_id (record);
  return rounds_record_store_end (api->store, response != NULL, error) ? g_steal_pointer (&response) : NULL;
}

/** rounds_api_get_record: (transfer full) (nullable): the stored record; a tombstone is NOT_FOUND unless @deleted. */
RoundsRecord *
rounds_api_get_record (RoundsApi *api, RoundsApiCall *call, gboolean deleted, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_store_get (api->store, call->entity, &call->id, error);

  if (record != NULL && !rounds_territory_scope_shows (call->scope, record))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("There is no such record."));
      return NULL;
    }
  if (record == NULL || deleted || !rounds_record_is_deleted (record))
    return g_steal_pointer (&record);
  g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_NOT_FOUND, _ ("This record has been deleted."));
  return NULL;
}

/* Whether @header lists @record's ETag, or is "*". */
static gboolean
lists_etag (const char *header, RoundsRecord *record)
{
  g_autofree char *etag = make_etag (record);
  g_auto (GStrv) tags = g_strsplit (header, ",", 64);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      const char *tag = g_strstrip (tags[i]);

      if (g_str_equal (tag, "*") || g_str_equal (tag, etag)
          || (g_str_has_prefix (tag, "W/") && g_str_equal (tag + 2, etag)))
        return TRUE;
    }
  return FALSE;
}

/** rounds_api_read: GET a record: 200, or 304 if the client's If-None-Match still holds. */
RoundsApiResponse *
rounds_api_read (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  const char *known = rounds_api_request_get_header (call->request, "if-none-match");
  g_autoptr (RoundsRecord) record = rounds_api_get_record (api, call, FALSE, error);
  RoundsApiResponse *response;

  if (record == NULL)
    return NULL;
  if (known != NULL && lists_etag (known, record))
    {
      g_autofree char *etag = make_etag (record);

      response = rounds_api_response_new (304);
      rounds_api_response_set_header (response, "ETag", etag);
    }
  else
    response = rounds_api_response_new_record (200, record);
  rounds_api_response_set_header (response, "Cache-Control", "private, no-cache");
  return response;
}

/** rounds_api_check_if_match: (transfer full) (nullable): 412 if the client has seen another revision than the stored
 * one. */
RoundsApiResponse *
rounds_api_check_if_match (RoundsApiCall *call, RoundsRecord *stored)
{
  const char *expected = rounds_api_request_get_header (call->request, "if-match");

  if (expected == NULL || lists_etag (expected, stored))
    return NULL;
  return rounds_api_response_new_problem (412, NULL, _ ("The record has been changed since it was read."));
}

static RoundsApiResponse *
change (RoundsApi *api, RoundsApiCall *call, gboolean replace, GError **error)
{
  g_autoptr (RoundsRecord) stored = rounds_api_get_record (api, call, FALSE, error);
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsApiResponse) refusal = NULL;

  if (stored == NULL)
    return NULL;
  refusal = rounds_api_check_if_match (call, stored);
  if (refusal != NULL)
    return g_steal_pointer (&refusal);

  record = rounds_record_dup (stored);
  if (replace)
    {
      g_autoptr (RoundsRecord) fresh = create_record (call->entity);

      for (guint f = ROUNDS_FIELD_TERRITORY; f < rounds_entity_get_info (call->entity)->n_fields; f++)
        rounds_record_set_value (record, f, rounds_record_get_value (fresh, f));
    }
  if (!read_record (call, record, FALSE, error) || !rounds_record_store_begin (api->store, error)
      || !rounds_record_store_end (api->store, rounds_api_save_in_scope (api, call, record, stored, error), error))
    return NULL;
  return rounds_api_response_new_record (200, record);
}

/** rounds_api_replace: PUT a record: the fields that the body does not name become empty. */
RoundsApiResponse *
rounds_api_replace (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  return change (api, call, TRUE, error);
}

/** rounds_api_patch: PATCH a record: only the fields that the body names change. */
RoundsApiResponse *
rounds_api_patch (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  return change (api, call, FALSE, error);
}

/** rounds_api_delete: DELETE a record, with what belongs to it: 204; tombstones stay. */
RoundsApiResponse *
rounds_api_delete (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsRecord) stored = rounds_api_get_record (api, call, FALSE, error);
  RoundsApiResponse *refusal;

  if (stored == NULL)
    return NULL;
  refusal = rounds_api_check_if_match (call, stored);
  if (refusal != NULL)
    return refusal;
  if (!rounds_record_store_delete_whole (api->store, call->entity, &call->id, error))
    return NULL;
  return rounds_api_response_new (204);
}

/** rounds_api_restore: POST …/restore: 200 with the record, which comes back with what went with it; one that is not
 * deleted stays as it is. */
RoundsApiResponse *
rounds_api_restore (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsRecord) stored = rounds_api_get_record (api, call, TRUE, error);
  g_autoptr (RoundsRecord) record = NULL;

  if (stored == NULL)
    return NULL;
  if (!rounds_record_store_restore_whole (api->store, call->entity, &call->id, error))
    return NULL;
  record = rounds_record_store_get (api->store, call->entity, &call->id, error);
  return record != NULL ? rounds_api_response_new_record (200, record) : NULL;
}
