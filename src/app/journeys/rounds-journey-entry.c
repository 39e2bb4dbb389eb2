/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rounds-journey-entry.h"

#include "rounds-json.h"

/* In a draft, beside the journey's own fields, which have other names. */
#define PERSON "entry_person"
#define NEW_SUBJECT "entry_new_subject"
#define NOTE "entry_note"

/**
 * rounds_journey_entry_copy:
 * @self: an entry
 *
 * Returns: (transfer full): a copy with a journey of its own, for another thread
 */
RoundsJourneyEntry *
rounds_journey_entry_copy (const RoundsJourneyEntry *self)
{
  RoundsJourneyEntry *copy = g_new0 (RoundsJourneyEntry, 1);

  copy->journey = rounds_record_dup (self->journey);
  copy->before = self->before != NULL ? rounds_record_dup (self->before) : NULL;
  copy->person = self->person;
  copy->new_subject = g_strdup (self->new_subject);
  copy->note = g_strdup (self->note);
  copy->by = self->by;
  return copy;
}

/**
 * rounds_journey_entry_free:
 * @self: a copied entry
 */
void
rounds_journey_entry_free (RoundsJourneyEntry *self)
{
  rounds_journey_entry_clear (self);
  g_free (self);
}

/**
 * rounds_journey_entry_clear:
 * @self: an entry, which stays allocated
 */
void
rounds_journey_entry_clear (RoundsJourneyEntry *self)
{
  g_clear_object (&self->journey);
  g_clear_object (&self->before);
  g_clear_pointer (&self->new_subject, g_free);
  g_clear_pointer (&self->note, g_free);
}

/**
 * rounds_journey_entry_write:
 * @self: an entry, finished or not
 *
 * Returns: (transfer full): a draft's body
 */
char *
rounds_journey_entry_write (const RoundsJourneyEntry *self)
{
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = rounds_record_to_json (self->journey, doc);
  char person[ROUNDS_UUID_STRING_LENGTH + 1];

  if (!rounds_uuid_is_nil (&self->person))
    {
      rounds_uuid_format (&self->person, person);
      yyjson_mut_obj_add_strcpy (doc, root, PERSON, person);
    }
  if (self->new_subject != NULL)
    yyjson_mut_obj_add_strcpy (doc, root, NEW_SUBJECT, self->new_subject);
  if (self->note != NULL)
    yyjson_mut_obj_add_strcpy (doc, root, NOTE, self->note);
  yyjson_mut_doc_set_root (doc, root);
  return rounds_json_write (doc, FALSE);
}

/**
 * rounds_journey_entry_read:
 * @self: (out caller-allocates): a zeroed entry, to be cleared also on failure
 * @entity: CT_JOURNEY or EAP_JOURNEY
 * @body: (nullable): what rounds_journey_entry_write() has written
 *
 * Returns: %FALSE if @body is no such thing
 */
gboolean
rounds_journey_entry_read (RoundsJourneyEntry *self, RoundsEntity entity, const char *body)
{
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *root;
  const char *person;

  if (body == NULL || !rounds_json_read (body, -1, &doc, NULL))
    return FALSE;

  root = yyjson_doc_get_root (doc);
  self->journey = rounds_record_new_empty (entity);
  if (!rounds_record_set_from_json (self->journey, root, TRUE, NULL)
      || rounds_record_is_null (self->journey, ROUNDS_FIELD_ID))
    return FALSE;
  person = yyjson_get_str (yyjson_obj_get (root, PERSON));
  if (person != NULL)
    rounds_uuid_parse (person, &self->person);
  self->new_subject = g_strdup (yyjson_get_str (yyjson_obj_get (root, NEW_SUBJECT)));
  self->note = g_strdup (yyjson_get_str (yyjson_obj_get (root, NOTE)));
  return TRUE;
}
