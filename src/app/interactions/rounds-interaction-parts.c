/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "interactions/rounds-interaction-parts.h"

#include "rounds-amendment.h"
#include "rounds-json.h"

/* More than sit at a table, and than anybody promises; the limit keeps a damaged store from being read whole. */
#define MOST_ATTENDEES 100
#define MOST_FOLLOW_UPS 50

/* In a draft's body, beside the names of the interaction's fields. */
#define KEY_ATTENDEES "form_attendees"
#define KEY_FOLLOW_UP "form_follow_up"
#define KEY_PROMISES "form_promises"
#define KEY_REASON "form_reason"

/** rounds_interaction_parts_new: Returns: (transfer full): no parts */
RoundsInteractionParts *
rounds_interaction_parts_new (void)
{
  RoundsInteractionParts *self = g_new0 (RoundsInteractionParts, 1);

  self->attendees = g_array_new (FALSE, FALSE, sizeof (RoundsUuid));
  self->promises = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

/** rounds_interaction_parts_free: frees @self. */
void
rounds_interaction_parts_free (RoundsInteractionParts *self)
{
  g_array_unref (self->attendees);
  g_ptr_array_unref (self->promises);
  g_clear_object (&self->follow_up);
  g_free (self->reason);
  g_free (self);
}

/** rounds_interaction_parts_is_empty: Returns: whether there is nothing to keep */
gboolean
rounds_interaction_parts_is_empty (RoundsInteractionParts *self)
{
  return self->attendees->len == 0 && self->follow_up == NULL && self->promises->len == 0 && self->reason == NULL;
}

/* (transfer full) (nullable) on error: the attendees' records, which are none or few. */
static GPtrArray *
list_attendees (RoundsStore *store, const RoundsUuid *interaction, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);

  rounds_query_where_uuid (query, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, ROUNDS_IS, interaction);
  rounds_query_limit (query, MOST_ATTENDEES);
  return rounds_store_list (store, query, error);
}

static gboolean
is_promise (RoundsRecord *follow_up)
{
  return g_strcmp0 (rounds_record_get_text (follow_up, ROUNDS_FOLLOW_UP_KIND), "promise") == 0;
}

static gboolean
load_follow_ups (RoundsInteractionParts *self, RoundsStore *store, const RoundsUuid *interaction, GError **error)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (ROUNDS_ENTITY_FOLLOW_UP);
  g_autoptr (GPtrArray) follow_ups = NULL;

  rounds_query_where_uuid (query, ROUNDS_FOLLOW_UP_INTERACTION, ROUNDS_IS, interaction);
  rounds_query_limit (query, MOST_FOLLOW_UPS);
  follow_ups = rounds_store_list (store, query, error);
  for (guint i = 0; follow_ups != NULL && i < follow_ups->len; i++)
    {
      RoundsRecord *follow_up = follow_ups->pdata[i];

      if (is_promise (follow_up))
        g_ptr_array_add (self->promises, g_object_ref (follow_up));
      else if (self->follow_up == NULL && rounds_record_is_null (follow_up, ROUNDS_FOLLOW_UP_DONE_AT))
        self->follow_up = g_object_ref (follow_up);
    }
  return follow_ups != NULL;
}

/**
 * rounds_interaction_parts_load:
 * @store: the store
 * @interaction: an interaction; one that is not stored has no parts
 * @error: (out) (optional): what the disk says
 *
 * Returns: (transfer full) (nullable): its attendees, the first of its tasks that is not done, and its promises
 */
RoundsInteractionParts *
rounds_interaction_parts_load (RoundsStore *store, const RoundsUuid *interaction, GError **error)
{
  g_autoptr (RoundsInteractionParts) self = rounds_interaction_parts_new ();
  g_autoptr (GPtrArray) attendees = list_attendees (store, interaction, error);

  if (attendees == NULL)
    return NULL;
  for (guint i = 0; i < attendees->len; i++)
    rounds_interaction_parts_add_attendee (
      self, rounds_record_get_uuid (attendees->pdata[i], ROUNDS_INTERACTION_ATTENDEE_PERSON));
  return load_follow_ups (self, store, interaction, error) ? g_steal_pointer (&self) : NULL;
}

static gboolean
has_attendee (RoundsInteractionParts *self, const RoundsUuid *person)
{
  for (guint i = 0; i < self->attendees->len; i++)
    if (rounds_uuid_equal (&g_array_index (self->attendees, RoundsUuid, i), person))
      return TRUE;
  return FALSE;
}

/** rounds_interaction_parts_add_attendee: once each. */
void
rounds_interaction_parts_add_attendee (RoundsInteractionParts *self, const RoundsUuid *person)
{
  if (person != NULL && !has_attendee (self, person))
    g_array_append_vals (self->attendees, person, 1);
}

/* --- Drafts --- */

static yyjson_mut_val *
describe_attendees (RoundsInteractionParts *self, yyjson_mut_doc *doc)
{
  yyjson_mut_val *array = yyjson_mut_arr (doc);

  for (guint i = 0; i < self->attendees->len; i++)
    {
      char id[ROUNDS_UUID_STRING_LENGTH + 1];

      rounds_uuid_format (&g_array_index (self->attendees, RoundsUuid, i), id);
      yyjson_mut_arr_add_strcpy (doc, array, id);
    }
  return array;
}

/**
 * rounds_interaction_parts_add_to_draft:
 * @self: the parts
 * @body: the body of the interaction's draft
 *
 * Returns: (transfer full): the body with the parts
 */
char *
rounds_interaction_parts_add_to_draft (RoundsInteractionParts *self, const char *body)
{
  g_autoptr (yyjson_doc) doc = NULL;
  g_autoptr (yyjson_mut_doc) copy = NULL;
  yyjson_mut_val *root, *promises;

  if (!rounds_json_read (body, -1, &doc, NULL) || !yyjson_is_obj (yyjson_doc_get_root (doc)))
    return g_strdup (body);
  copy = yyjson_doc_mut_copy (doc, NULL);
  root = yyjson_mut_doc_get_root (copy);
  if (self->reason != NULL)
    yyjson_mut_obj_add_str (copy, root, KEY_REASON, self->reason);
  if (self->is_unread)
    return rounds_json_write (copy, FALSE);
  promises = yyjson_mut_arr (copy);
  for (guint i = 0; i < self->promises->len; i++)
    yyjson_mut_arr_append (promises, rounds_record_to_json (self->promises->pdata[i], copy));
  yyjson_mut_obj_add_val (copy, root, KEY_ATTENDEES, describe_attendees (self, copy));
  yyjson_mut_obj_add_val (copy, root, KEY_PROMISES, promises);
  if (self->follow_up != NULL)
    yyjson_mut_obj_add_val (copy, root, KEY_FOLLOW_UP, rounds_record_to_json (self->follow_up, copy));
  return rounds_json_write (copy, FALSE);
}

/* (transfer full) (nullable) */
static RoundsRecord *
read_follow_up (yyjson_val *json)
{
  g_autoptr (RoundsRecord) follow_up = rounds_record_new_empty (ROUNDS_ENTITY_FOLLOW_UP);

  if (json == NULL || !rounds_record_set_from_json (follow_up, json, TRUE, NULL)
      || rounds_record_is_null (follow_up, ROUNDS_FIELD_ID))
    return NULL;
  return g_steal_pointer (&follow_up);
}

/**
 * rounds_interaction_parts_read_draft:
 * @draft: a draft that rounds_interaction_parts_add_to_draft() has filled
 *
 * Returns: (transfer full): the parts as they were being entered; unread but for the reason if the draft holds no
 * others
 */
RoundsInteractionParts *
rounds_interaction_parts_read_draft (RoundsRecord *draft)
{
  g_autoptr (yyjson_doc) doc = NULL;
  RoundsInteractionParts *self = rounds_interaction_parts_new ();
  yyjson_val *root = NULL, *attendees, *promises, *value;
  size_t i, n;

  if (rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    root = yyjson_doc_get_root (doc);
  attendees = yyjson_obj_get (root, KEY_ATTENDEES);
  self->is_unread = attendees == NULL;
  yyjson_arr_foreach (attendees, i, n, value)
  {
    RoundsUuid id;

    if (yyjson_is_str (value) && rounds_uuid_parse (yyjson_get_str (value), &id))
      rounds_interaction_parts_add_attendee (self, &id);
  }
  promises = yyjson_obj_get (root, KEY_PROMISES);
  yyjson_arr_foreach (promises, i, n, value)
  {
    RoundsRecord *promise = read_follow_up (value);

    if (promise != NULL)
      g_ptr_array_add (self->promises, promise);
  }
  self->follow_up = read_follow_up (yyjson_obj_get (root, KEY_FOLLOW_UP));
  self->reason = g_strdup (yyjson_get_str (yyjson_obj_get (root, KEY_REASON)));
  return self;
}

/* --- Saving --- */

static void
add (GPtrArray *records, GPtrArray *before, RoundsRecord *record, RoundsRecord *begun)
{
  g_ptr_array_add (records, g_object_ref (record));
  g_ptr_array_add (before, begun != NULL ? g_object_ref (begun) : NULL);
}

static void
add_deletion (GPtrArray *records, GPtrArray *before, RoundsRecord *record)
{
  g_autoptr (RoundsRecord) deleted = rounds_record_dup (record);

  rounds_record_set_integer (deleted, ROUNDS_FIELD_DELETED_AT, 1);
  add (records, before, deleted, record);
}

/* Who came and who did not. The one whom the interaction names is no attendee besides. */
static gboolean
collect_attendees (RoundsInteractionParts *self, RoundsStore *store, RoundsRecord *interaction, GPtrArray *records,
                   GPtrArray *before, GError **error)
{
  const RoundsUuid *named = rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_PERSON);
  g_autoptr (GPtrArray) stored = list_attendees (store, rounds_record_get_id (interaction), error);
  g_autoptr (RoundsInteractionParts) known = rounds_interaction_parts_new ();

  if (stored == NULL)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    {
      const RoundsUuid *person = rounds_record_get_uuid (stored->pdata[i], ROUNDS_INTERACTION_ATTENDEE_PERSON);

      if (person == NULL || !has_attendee (self, person) || (named != NULL && rounds_uuid_equal (person, named)))
        add_deletion (records, before, stored->pdata[i]);
      else
        rounds_interaction_parts_add_attendee (known, person);
    }
  for (guint i = 0; i < self->attendees->len; i++)
    {
      const RoundsUuid *person = &g_array_index (self->attendees, RoundsUuid, i);
      g_autoptr (RoundsRecord) attendee = NULL;

      if (has_attendee (known, person) || (named != NULL && rounds_uuid_equal (person, named)))
        continue;
      attendee = rounds_record_new (ROUNDS_ENTITY_INTERACTION_ATTENDEE);
      rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_INTERACTION, rounds_record_get_id (interaction));
      rounds_record_set_uuid (attendee, ROUNDS_INTERACTION_ATTENDEE_PERSON, person);
      add (records, before, attendee, NULL);
    }
  return TRUE;
}

static gboolean
collect_follow_up (RoundsStore *store, RoundsRecord *interaction, RoundsRecord *follow_up, GPtrArray *records,
                   GPtrArray *before, GError **error)
{
  g_autoptr (RoundsRecord) stored = NULL;

  if (!rounds_record_store_look_up (rounds_store_get_reader (store), ROUNDS_ENTITY_FOLLOW_UP,
                                    rounds_record_get_id (follow_up), &stored, error))
    return FALSE;
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_INTERACTION, rounds_record_get_id (interaction));
  rounds_record_set_uuid (follow_up, ROUNDS_FOLLOW_UP_PERSON,
                          rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_PERSON));
  add (records, before, follow_up, stored);
  return TRUE;
}

/**
 * rounds_interaction_parts_collect:
 * @self: the parts as they were entered
 * @store: the store
 * @interaction: the interaction as it is to be saved
 * @begun: (nullable): as the form began with it; %NULL for a new one
 * @records: (element-type RoundsRecord): takes what is to be saved, the interaction too, in the order of its group
 * @before: (element-type RoundsRecord): takes for each how the form began with it
 * @error: (out) (optional): what the disk says; nothing is to be saved then
 */
gboolean
rounds_interaction_parts_collect (RoundsInteractionParts *self, RoundsStore *store, RoundsRecord *interaction,
                                  RoundsRecord *begun, GPtrArray *records, GPtrArray *before, GError **error)
{
  g_autoptr (RoundsInteractionParts) stored = NULL;

  if (begun != NULL && rounds_interaction_is_submitted (begun) && self->reason != NULL)
    {
      g_autoptr (RoundsRecord) amendment =
        rounds_amendment_new (begun, self->reason, rounds_record_get_uuid (interaction, ROUNDS_INTERACTION_STAFF));

      add (records, before, amendment, NULL);
    }
  add (records, before, interaction, begun);
  if (self->is_unread)
    return TRUE;
  stored = rounds_interaction_parts_load (store, rounds_record_get_id (interaction), error);
  if (stored == NULL || !collect_attendees (self, store, interaction, records, before, error))
    return FALSE;
  if (self->follow_up == NULL && stored->follow_up != NULL)
    add_deletion (records, before, stored->follow_up);
  if (self->follow_up != NULL && !collect_follow_up (store, interaction, self->follow_up, records, before, error))
    return FALSE;
  for (guint i = 0; i < self->promises->len; i++)
    if (!collect_follow_up (store, interaction, self->promises->pdata[i], records, before, error))
      return FALSE;
  return TRUE;
}
