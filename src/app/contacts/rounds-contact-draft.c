/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the contact dialog keeps in its draft: the person, and of each part the record, its role's switch and the names
 * that are written where a record could be chosen. */

#include "config.h"

#include "contacts/rounds-contact-dialog-private.h"
#include "forms/rounds-named-reference.h"

static gboolean
is_blank (RoundsContactDialog *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    if (!rounds_record_form_is_blank (self->parts[i].form))
      return FALSE;
  return rounds_record_form_is_blank (self->person_form) && rounds_record_form_is_blank (self->personal_form);
}

/**
 * rounds_contact_draft_describe:
 * @dialog: the contact dialog
 *
 * Returns: (transfer full) (nullable): all forms as they are; %NULL while there is nothing to lose
 */
char *
rounds_contact_draft_describe (RoundsRecordDialog *dialog)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);
  RoundsRecord *stored = rounds_record_dialog_get_stored (dialog);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (g_object_unref);
  yyjson_mut_val *root = yyjson_mut_obj (doc);
  yyjson_mut_val *parts = yyjson_mut_arr (doc);
  RoundsRecord *person;

  if (stored == NULL && is_blank (self))
    return NULL;

  person = rounds_record_dup (rounds_record_dialog_get_record (dialog));
  g_ptr_array_add (records, person);
  rounds_record_form_peek (self->person_form, person);
  rounds_record_form_peek (self->personal_form, person);
  yyjson_mut_obj_add_val (doc, root, "person", rounds_draft_describe (person, stored, doc));
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];
      RoundsRecord *record = rounds_record_dup (part->record);
      yyjson_mut_val *described = yyjson_mut_obj (doc);

      g_ptr_array_add (records, record);
      rounds_record_form_peek (part->form, record);
      yyjson_mut_obj_add_bool (doc, described, "role", part->role != NULL && adw_switch_row_get_active (part->role));
      yyjson_mut_obj_add_val (doc, described, "record",
                              rounds_draft_describe (record, part->is_stored ? part->record : NULL, doc));
      if (part->is_stored)
        yyjson_mut_obj_add_val (doc, described, "base", rounds_record_to_json (part->record, doc));
      yyjson_mut_obj_add_val (doc, described, "names",
                              rounds_named_reference_describe (part->form, rounds_record_get_entity (record), doc));
      yyjson_mut_arr_append (parts, described);
    }
  yyjson_mut_obj_add_val (doc, root, "parts", parts);
  yyjson_mut_doc_set_root (doc, root);
  return rounds_json_write (doc, FALSE);
}

/* What the draft began to change: what others changed since is not the draft's doing. */
static void
restore_base (Part *part, yyjson_val *json)
{
  g_autoptr (RoundsRecord) base = rounds_record_dup (part->record);

  if (part->is_stored && json != NULL && rounds_record_set_from_json (base, json, TRUE, NULL)
      && rounds_uuid_equal (rounds_record_get_id (base), rounds_record_get_id (part->record)))
    g_set_object (&part->record, base);
}

/* A new person keeps the id under which the draft knows them, and so do the new records about them. */
static void
restore_id (RoundsRecord *record, yyjson_val *json)
{
  RoundsUuid id;

  if (rounds_uuid_parse (yyjson_get_str (yyjson_obj_get (json, "id")), &id))
    rounds_record_set_uuid (record, ROUNDS_FIELD_ID, &id);
}

/**
 * rounds_contact_draft_restore:
 * @dialog: the contact dialog, which shows what is stored
 * @draft: a draft that is the person's, or that rounds_contact_draft_goes_on_with()
 *
 * Shows what was left unfinished.
 *
 * Returns: %FALSE if the draft says nothing
 */
gboolean
rounds_contact_draft_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);
  RoundsRecord *record = rounds_record_dialog_get_record (dialog);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *person, *parts;

  if (!rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    return FALSE;

  person = yyjson_obj_get (yyjson_doc_get_root (doc), "person");
  parts = yyjson_obj_get (yyjson_doc_get_root (doc), "parts");
  if (rounds_record_dialog_get_stored (dialog) == NULL)
    restore_id (record, person);
  rounds_record_form_restore (self->person_form, record, person);
  rounds_record_form_restore (self->personal_form, record, person);
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];
      yyjson_val *described = yyjson_arr_get (parts, i);
      yyjson_val *part_record = yyjson_obj_get (described, "record");

      if (!part->is_stored)
        restore_id (part->record, part_record);
      rounds_record_form_restore (part->form, part->record, part_record);
      restore_base (part, yyjson_obj_get (described, "base"));
      rounds_named_reference_restore (part->form, rounds_record_get_entity (part->record),
                                      yyjson_obj_get (described, "names"));
      if (part->role != NULL)
        adw_switch_row_set_active (part->role, yyjson_get_bool (yyjson_obj_get (described, "role")));
    }
  return TRUE;
}

/**
 * rounds_contact_draft_goes_on_with:
 * @dialog: the contact dialog of somebody new
 * @draft: a draft of somebody else who is new
 *
 * Returns: whether the dialog's person, who has no name yet, may be them
 */
gboolean
rounds_contact_draft_goes_on_with (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsRecord *person = rounds_record_dialog_get_record (dialog);

  return rounds_record_is_null (person, ROUNDS_PERSON_FAMILY_NAME)
         && rounds_record_is_null (person, ROUNDS_PERSON_GIVEN_NAME);
}
