/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to several records at once, by the same code as on a device: merging two contacts, taking them apart
 * again, amending what was submitted. Their records are read like others, and made by this alone. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rounds-accounts.h"
#include "rounds-amendment.h"
#include "rounds-api-private.h"
#include "rounds-error.h"
#include "rounds-person-merge.h"
#include "rounds-sync-people.h"
#include "rounds-sync-scope.h"

/* @id: (out): the contact that the body's member of the name of @field tells. Whom the user does not see is not there
 * for them. */
static gboolean
read_person (RoundsApi *api, RoundsApiCall *call, yyjson_val *root, guint field, RoundsUuid *id, GError **error)
{
  const char *name = rounds_entity_get_field (ROUNDS_ENTITY_MERGE, field)->name;
  const char *text = yyjson_get_str (yyjson_obj_get (root, name));
  g_autoptr (RoundsRecord) person = NULL;

  if (text == NULL || !rounds_uuid_parse (text, id))
    {
      rounds_set_field_error (error, name, "%s", _ ("The id of a contact is needed."));
      return FALSE;
    }
  if (!rounds_record_store_look_up (api->store, ROUNDS_ENTITY_PERSON, id, &person, error))
    return FALSE;
  if (person != NULL && rounds_territory_scope_shows (call->scope, person))
    return TRUE;
  rounds_set_field_error (error, name, "%s", _ ("There is no such contact."));
  return FALSE;
}

/* What else a record of a merge holds is the server's to say. */
static gboolean
check_members (yyjson_val *root, GError **error)
{
  yyjson_obj_iter iter = yyjson_obj_iter_with (root);
  yyjson_val *key;

  while ((key = yyjson_obj_iter_next (&iter)) != NULL)
    {
      int field = rounds_entity_find_field (ROUNDS_ENTITY_MERGE, yyjson_get_str (key));

      if (field == ROUNDS_MERGE_KEPT || field == ROUNDS_MERGE_MERGED)
        continue;
      rounds_set_field_error (error, yyjson_get_str (key), "%s",
                              _ ("A merge is told by kept and merged; the server adds the rest."));
      return FALSE;
    }
  return TRUE;
}

static RoundsApiResponse *
merge_in_transaction (RoundsApi *api, RoundsApiCall *call, const RoundsUuid *kept, const RoundsUuid *merged,
                      GError **error)
{
  g_autoptr (RoundsRecord) merge = NULL;
  g_autoptr (RoundsApiResponse) response = NULL;

  if (!rounds_sync_people_may_merge (api->store, merged, rounds_api_allow_cb, call, error))
    return NULL;
  merge = rounds_person_merge_run (api->store, kept, merged, NULL, error);
  if (merge == NULL)
    return NULL;
  call->id = *rounds_record_get_id (merge);
  response = rounds_api_response_new_record (201, merge);
  return rounds_api_idempotency_keep (api, call, response, error) ? g_steal_pointer (&response) : NULL;
}

/** rounds_api_merge: POST /merges: makes two contacts one; 201 with the merge. The kept one gets what it does not have
 * itself. */
RoundsApiResponse *
rounds_api_merge (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsApiResponse) response = NULL;
  yyjson_val *root;
  RoundsUuid kept, merged;

  if (!rounds_api_idempotency_find (api, call, &response, error))
    return NULL;
  if (response != NULL)
    return g_steal_pointer (&response);
  root = rounds_api_call_read_json (call, error);
  if (root == NULL || !check_members (root, error) || !read_person (api, call, root, ROUNDS_MERGE_KEPT, &kept, error)
      || !read_person (api, call, root, ROUNDS_MERGE_MERGED, &merged, error)
      || !rounds_record_store_begin (api->store, error))
    return NULL;
  response = merge_in_transaction (api, call, &kept, &merged, error);
  return rounds_record_store_end (api->store, response != NULL, error) ? g_steal_pointer (&response) : NULL;
}

/** rounds_api_unmerge: POST /merges/{id}/undo: makes two contacts of one; 200 with the merge. What was made since stays
 * with the kept one. */
RoundsApiResponse *
rounds_api_unmerge (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsRecord) stored = rounds_api_get_record (api, call, FALSE, error);
  g_autoptr (GPtrArray) remainders = NULL;
  g_autoptr (RoundsRecord) merge = NULL;

  if (stored == NULL)
    return NULL;
  remainders = rounds_person_unmerge_run (api->store, &call->id, NULL, error);
  if (remainders == NULL)
    return NULL;
  merge = rounds_record_store_get (api->store, ROUNDS_ENTITY_MERGE, &call->id, error);
  return merge != NULL ? rounds_api_response_new_record (200, merge) : NULL;
}

/* Amendments */

/* (transfer full) (nullable): @stored as the body's `changes` make it; @reason: (out) (transfer none) (nullable) */
static RoundsRecord *
read_changes (RoundsApiCall *call, RoundsRecord *stored, const char **reason, GError **error)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (stored);
  yyjson_val *root = rounds_api_call_read_json (call, error);
  yyjson_val *changes = yyjson_obj_get (root, "changes");

  if (root == NULL)
    return NULL;
  *reason = yyjson_get_str (yyjson_obj_get (root, "reason"));
  if (!yyjson_is_obj (changes))
    {
      rounds_set_field_error (error, "changes", "%s", _ ("An object with the fields that change is needed."));
      return NULL;
    }
  if (!rounds_record_set_from_json (record, changes, FALSE, error))
    return NULL;
  rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &call->id);
  return g_steal_pointer (&record);
}

/** rounds_api_amend: POST /interactions/{id}/amend: changes what was submitted, with a reason; what it said before is
 * kept in an amendment. 200 with the interaction. */
RoundsApiResponse *
rounds_api_amend (RoundsApi *api, RoundsApiCall *call, GError **error)
{
  g_autoptr (RoundsRecord) stored = rounds_api_get_record (api, call, FALSE, error);
  g_autoptr (RoundsApiResponse) refusal = stored != NULL ? rounds_api_check_if_match (call, stored) : NULL;
  g_autoptr (RoundsRecord) record = NULL;
  g_autoptr (RoundsRecord) amendment = NULL;
  g_autoptr (RoundsRecord) staff = NULL;
  const char *reason = NULL;

  if (stored == NULL || refusal != NULL)
    return g_steal_pointer (&refusal);
  if (!rounds_interaction_is_submitted (stored))
    {
      g_set_error (error, ROUNDS_ERROR, ROUNDS_ERROR_CONFLICT,
                   _ ("This interaction was not submitted. It can be changed without a reason."));
      return NULL;
    }
  record = read_changes (call, stored, &reason, error);
  if (record == NULL || !rounds_accounts_find_staff (api->store, call->user, &staff, error))
    return NULL;
  amendment = rounds_amendment_new (stored, reason, staff != NULL ? rounds_record_get_id (staff) : NULL);
  if (!rounds_record_store_begin (api->store, error)
      || !rounds_record_store_end (api->store,
                                   rounds_record_store_save (api->store, amendment, error)
                                     && rounds_api_save_in_scope (api, call, record, stored, error),
                                   error))
    return NULL;
  return rounds_api_response_new_record (200, record);
}
