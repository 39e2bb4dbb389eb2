/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was submitted is not changed without a reason: each change comes with a record of what was submitted before it.
 */

#include "config.h"

#include "rounds-amendment.h"

#include "rounds-json.h"
#include "rounds-time.h"

/**
 * rounds_amendment_new:
 * @original: (transfer none): the interaction as it is stored, before the change
 * @reason: why it is changed, as the user says it
 * @staff: (nullable): who changes it
 *
 * To be saved in the group of the change, before it.
 *
 * Returns: (transfer full): the amendment
 */
RoundsRecord *
rounds_amendment_new (RoundsRecord *original, const char *reason, const RoundsUuid *staff)
{
  RoundsRecord *amendment = rounds_record_new (ROUNDS_ENTITY_AMENDMENT);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autofree char *text = NULL;

  yyjson_mut_doc_set_root (doc, rounds_record_to_json (original, doc));
  text = rounds_json_write (doc, FALSE);
  rounds_record_set_uuid (amendment, ROUNDS_AMENDMENT_INTERACTION, rounds_record_get_id (original));
  rounds_record_set_text (amendment, ROUNDS_AMENDMENT_REASON, reason);
  rounds_record_set_text (amendment, ROUNDS_AMENDMENT_ORIGINAL, text);
  rounds_record_set_integer (amendment, ROUNDS_AMENDMENT_AMENDED_AT, rounds_time_now ());
  rounds_record_set_uuid (amendment, ROUNDS_AMENDMENT_STAFF, staff);
  return amendment;
}

/**
 * rounds_amendment_read_original:
 * @amendment: an amendment
 *
 * Returns: (transfer full) (nullable): the interaction as it was before; %NULL if a newer version has written what this
 *   one cannot read
 */
RoundsRecord *
rounds_amendment_read_original (RoundsRecord *amendment)
{
  g_autoptr (RoundsRecord) original = rounds_record_new_empty (ROUNDS_ENTITY_INTERACTION);
  const char *text = rounds_record_get_text (amendment, ROUNDS_AMENDMENT_ORIGINAL);
  g_autoptr (yyjson_doc) doc = NULL;

  if (text == NULL || !rounds_json_read (text, -1, &doc, NULL)
      || !rounds_record_set_from_json (original, yyjson_doc_get_root (doc), TRUE, NULL))
    return NULL;
  return g_steal_pointer (&original);
}

/** rounds_interaction_is_submitted: Returns: whether @interaction, as it is, may be changed with a reason alone */
gboolean
rounds_interaction_is_submitted (RoundsRecord *interaction)
{
  return !rounds_record_is_null (interaction, ROUNDS_INTERACTION_SUBMITTED_AT);
}

/**
 * rounds_interaction_field_is_locked:
 * @field: a field of interactions
 *
 * What the program works out by itself, and where a record belongs, is nobody's report.
 *
 * Returns: whether submitting an interaction locks it
 */
gboolean
rounds_interaction_field_is_locked (guint field)
{
  switch (field)
    {
    case ROUNDS_FIELD_ID:
    case ROUNDS_FIELD_REV:
    case ROUNDS_FIELD_CREATED_AT:
    case ROUNDS_FIELD_UPDATED_AT:
    case ROUNDS_FIELD_TERRITORY:
    case ROUNDS_INTERACTION_SENTIMENT:
    case ROUNDS_INTERACTION_AI_SUMMARY:
      return FALSE;
    default:
      return TRUE;
    }
}
