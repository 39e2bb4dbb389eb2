/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "contacts/rounds-contact-dialog-private.h"

#include <glib/gi18n-lib.h>

#include "contacts/rounds-contact-roles.h"
#include "forms/rounds-display.h"
#include "forms/rounds-named-reference.h"
#include "forms/rounds-reference-row.h"
#include "rounds-error.h"

G_DEFINE_FINAL_TYPE (RoundsContactDialog, rounds_contact_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static const guint person_fields[] = { ROUNDS_PERSON_GIVEN_NAME, ROUNDS_PERSON_FAMILY_NAME, ROUNDS_PERSON_CREDENTIALS,
                                       ROUNDS_PERSON_PHONE, ROUNDS_PERSON_EMAIL };
static const guint personal_fields[] = { ROUNDS_PERSON_PREFIX, ROUNDS_PERSON_SUFFIX, ROUNDS_PERSON_BIRTH_DATE,
                                         ROUNDS_PERSON_SEX, ROUNDS_PERSON_LANGUAGE };
static const guint physician_fields[] = { ROUNDS_PHYSICIAN_SPECIALIZATION, ROUNDS_PHYSICIAN_NPI,
                                          ROUNDS_PHYSICIAN_LICENCE_NUMBER, ROUNDS_PHYSICIAN_QUALIFICATION,
                                          ROUNDS_PHYSICIAN_SEES_REPS };
static const guint patient_fields[] = { ROUNDS_PATIENT_CONDITION, ROUNDS_PATIENT_STATUS,
                                        ROUNDS_PATIENT_FIRST_CONTACT_DATE, ROUNDS_PATIENT_INITIAL_CONSULT_DATE };
static const guint lead_fields[] = { ROUNDS_PATIENT_LEAD_CONDITION, ROUNDS_PATIENT_LEAD_STATUS,
                                     ROUNDS_PATIENT_LEAD_SOURCE };
static const guint staff_fields[] = { ROUNDS_STAFF_ROLE };
static const guint address_fields[] = { ROUNDS_ADDRESS_LINES,       ROUNDS_ADDRESS_CITY,    ROUNDS_ADDRESS_REGION,
                                        ROUNDS_ADDRESS_POSTAL_CODE, ROUNDS_ADDRESS_COUNTRY, ROUNDS_ADDRESS_KIND };
static const guint affiliation_fields[] = { ROUNDS_AFFILIATION_ORGANISATION, ROUNDS_AFFILIATION_JOB_TITLE };

static RoundsStore *
get_store (RoundsContactDialog *self)
{
  return rounds_record_dialog_get_store (ROUNDS_RECORD_DIALOG (self));
}

static RoundsRecord *
get_person (RoundsContactDialog *self)
{
  return rounds_record_dialog_get_record (ROUNDS_RECORD_DIALOG (self));
}

static gboolean
is_stored (RoundsContactDialog *self)
{
  return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self)) != NULL;
}

/* Whether the person has the part's role to begin with: most of those whom a rep adds are physicians. */
static gboolean
has_role (RoundsContactDialog *self, Part *part)
{
  if (!is_stored (self))
    return g_str_equal (part->type, "physician");
  return rounds_contact_roles_find (self->roles, part->type) != NULL;
}

/* Whether the part is going to be saved: its role is on, or something of it is written or stored. */
static gboolean
is_wanted (Part *part)
{
  if (part->role != NULL)
    return adw_switch_row_get_active (part->role);
  return part->is_stored || !rounds_record_form_is_blank (part->form);
}

/* Returns: (nullable): the stored record with which the dialog began to write @record. */
static RoundsRecord *
find_before (RoundsContactDialog *self, RoundsRecord *record)
{
  for (guint i = 0; i < N_PARTS; i++)
    if (rounds_uuid_equal (rounds_record_get_id (self->parts[i].record), rounds_record_get_id (record)))
      return self->parts[i].is_stored ? self->parts[i].record : NULL;
  for (guint i = 0; i < self->roles->len; i++)
    if (rounds_uuid_equal (rounds_record_get_id (self->roles->pdata[i]), rounds_record_get_id (record)))
      return self->roles->pdata[i];
  if (rounds_uuid_equal (rounds_record_get_id (get_person (self)), rounds_record_get_id (record)))
    return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self));
  return NULL;
}

static GPtrArray *
list_before (RoundsContactDialog *self, GPtrArray *changes)
{
  GPtrArray *before = g_ptr_array_new ();

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (before, find_before (self, changes->pdata[i]));
  return before;
}

/* Reads all forms into copies of the records. Returns: (nullable): what is to be saved; NULL: something is wrong, which
 * is in @error unless it has been told at its field. */
static GPtrArray *
collect (RoundsContactDialog *self, GError **error)
{
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_object_unref);
  RoundsRecord *person = rounds_record_dup (get_person (self));
  gboolean valid;

  g_ptr_array_add (changes, person);
  /* From the last to the first, as each may take the focus. */
  valid = rounds_record_form_apply (self->personal_form, person);
  for (guint i = N_PARTS; i > 0; i--)
    {
      Part *part = &self->parts[i - 1];
      RoundsRecord *record;

      if (!is_wanted (part))
        continue;
      record = rounds_record_dup (part->record);
      rounds_record_set_uuid (record, part->person_field, rounds_record_get_id (person));
      g_ptr_array_add (changes, record);
      valid = rounds_record_form_apply (part->form, record) && valid;
      /* The person stays the first. */
      if (!rounds_named_reference_resolve (get_store (self), part->form, record, changes, 1, error))
        return NULL;
    }
  valid = rounds_record_form_apply (self->person_form, person) && valid;

  if (!valid)
    return NULL;
  return g_steal_pointer (&changes);
}

static void
collect_roles (RoundsContactDialog *self, GPtrArray *changes)
{
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];
      RoundsRecord *role;
      gboolean wanted;

      if (part->role == NULL)
        continue;
      role = rounds_contact_roles_find (self->roles, part->type);
      wanted = adw_switch_row_get_active (part->role);
      if (wanted && role == NULL)
        rounds_contact_roles_begin (changes, rounds_record_get_id (get_person (self)), part->type);
      else if (!wanted && role != NULL)
        rounds_contact_roles_end (changes, role);
    }
}

static gboolean
rounds_contact_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);

  if (rounds_record_form_show_error (self->person_form, error)
      || rounds_record_form_show_error (self->personal_form, error))
    return TRUE;
  for (guint i = 0; i < N_PARTS; i++)
    if (is_wanted (&self->parts[i]) && rounds_record_form_show_error (self->parts[i].form, error))
      return TRUE;
  return FALSE;
}

static gboolean
check (GPtrArray *changes, GError **error)
{
  RoundsRecord *person = changes->pdata[0];

  if (rounds_record_is_null (person, ROUNDS_PERSON_FAMILY_NAME)
      && rounds_record_is_null (person, ROUNDS_PERSON_GIVEN_NAME))
    {
      rounds_set_field_error (error, "family_name", _ ("Enter a name."));
      return FALSE;
    }
  for (guint i = 0; i < changes->len; i++)
    if (!rounds_record_validate (changes->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
rounds_contact_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                  GError **error)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);
  g_autoptr (GPtrArray) changes = collect (self, error);
  g_autoptr (GPtrArray) before = NULL;
  RoundsUuid draft;
  gboolean has_draft;

  if (changes == NULL || !check (changes, error))
    return FALSE;
  collect_roles (self, changes);
  has_draft = rounds_record_dialog_end_draft (dialog, &draft);
  before = list_before (self, changes);
  rounds_form_save_async (get_store (self), changes, before, has_draft ? &draft : NULL, callback, data);
  return TRUE;
}

static gboolean
rounds_contact_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);

  self->undo = rounds_form_save_finish (get_store (self), result, error);
  return self->undo != NULL;
}

static void
rounds_contact_dialog_saved (RoundsRecordDialog *dialog)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);
  RoundsAppContext *context = rounds_record_dialog_get_context (dialog);

  rounds_form_undo_offer (g_steal_pointer (&self->undo), context,
                          is_stored (self) ? _ ("Contact changed") : _ ("Contact added"));
  if (!is_stored (self))
    rounds_app_context_open (context, ROUNDS_ENTITY_PERSON, rounds_record_get_id (get_person (self)));
}

static void
rounds_contact_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (dialog);

  rounds_record_form_set_record (self->person_form, get_person (self));
  rounds_record_form_set_record (self->personal_form, get_person (self));
  for (guint i = 0; i < N_PARTS; i++)
    {
      Part *part = &self->parts[i];

      rounds_record_form_set_record (part->form, part->record);
      if (part->role != NULL)
        adw_switch_row_set_active (part->role, has_role (self, part));
    }
  if (is_stored (self))
    {
      adw_dialog_set_title (ADW_DIALOG (self), _ ("Edit Contact"));
      gtk_button_set_label (self->save_button, _ ("_Save"));
    }
}

static GtkWidget *
rounds_contact_dialog_get_first (RoundsRecordDialog *dialog)
{
  return rounds_record_form_get_row (ROUNDS_CONTACT_DIALOG (dialog)->person_form, ROUNDS_PERSON_GIVEN_NAME);
}

static void
rounds_contact_dialog_finalize (GObject *object)
{
  RoundsContactDialog *self = ROUNDS_CONTACT_DIALOG (object);

  for (guint i = 0; i < N_PARTS; i++)
    g_clear_object (&self->parts[i].record);
  g_clear_pointer (&self->roles, g_ptr_array_unref);
  g_clear_pointer (&self->undo, rounds_form_undo_free);
  g_clear_object (&self->hints);

  G_OBJECT_CLASS (rounds_contact_dialog_parent_class)->finalize (object);
}

static void
rounds_contact_dialog_class_init (RoundsContactDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_contact_dialog_finalize;
  dialog_class->show = rounds_contact_dialog_show;
  dialog_class->describe = rounds_contact_draft_describe;
  dialog_class->goes_on_with = rounds_contact_draft_goes_on_with;
  dialog_class->restore = rounds_contact_draft_restore;
  dialog_class->save_async = rounds_contact_dialog_save_async;
  dialog_class->save_finish = rounds_contact_dialog_save_finish;
  dialog_class->saved = rounds_contact_dialog_saved;
  dialog_class->get_first = rounds_contact_dialog_get_first;
  dialog_class->show_error = rounds_contact_dialog_show_error;
  dialog_class->draft_prefix = ROUNDS_CONTACT_DRAFT_PREFIX;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/contacts/contact-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, person_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, personal_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, physician_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, patient_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, lead_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, staff_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, address_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, affiliation_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, is_physician);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, is_patient);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, is_lead);
  gtk_widget_class_bind_template_child (widget_class, RoundsContactDialog, is_staff);
  gtk_widget_class_bind_template_callback (widget_class, rounds_record_dialog_touch);
  rounds_record_dialog_class_set_up (dialog_class, "dialog", ROUNDS_RECORD_DIALOG_KEEPS_DRAFT);
}

static void
rounds_contact_dialog_init (RoundsContactDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The person's first record of the part's entity, if any. */
static RoundsRecord *
find_stored (RoundsContactDialog *self, RoundsEntity entity, guint person_field)
{
  g_autoptr (RoundsQuery) query = rounds_query_new (entity);
  g_autoptr (GError) error = NULL;
  RoundsRecord *record = NULL;

  rounds_query_where_uuid (query, person_field, ROUNDS_IS, rounds_record_get_id (get_person (self)));
  rounds_query_limit (query, 1);
  if (!rounds_record_store_find (rounds_store_get_reader (get_store (self)), query, &record, &error))
    rounds_record_dialog_lack (ROUNDS_RECORD_DIALOG (self), error);
  return record;
}

static void
add_part (RoundsContactDialog *self, PartId id, RoundsEntity entity, guint person_field, RoundsRecordForm *form,
          const guint *fields, guint n_fields, AdwSwitchRow *role, const char *type)
{
  Part *part = &self->parts[id];

  part->form = form;
  part->role = role;
  part->type = type;
  part->person_field = person_field;
  part->record = find_stored (self, entity, person_field);
  part->is_stored = part->record != NULL;
  if (part->record == NULL)
    part->record = rounds_record_new (entity);

  rounds_record_form_set_up (form, rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self)), entity);
  for (guint i = 0; i < n_fields; i++)
    {
      GtkWidget *row = rounds_record_form_add_field (form, fields[i]);

      if (ROUNDS_IS_REFERENCE_ROW (row))
        rounds_reference_row_set_creates (
          ROUNDS_REFERENCE_ROW (row),
          rounds_entity_get_name_field (rounds_entity_get_field (entity, fields[i])->target) >= 0);
    }
}

static void
add_parts (RoundsContactDialog *self)
{
  add_part (self, PART_PHYSICIAN, ROUNDS_ENTITY_PHYSICIAN, ROUNDS_PHYSICIAN_PERSON, self->physician_form,
            physician_fields, G_N_ELEMENTS (physician_fields), self->is_physician, "physician");
  add_part (self, PART_PATIENT, ROUNDS_ENTITY_PATIENT, ROUNDS_PATIENT_PERSON, self->patient_form, patient_fields,
            G_N_ELEMENTS (patient_fields), self->is_patient, "patient");
  add_part (self, PART_LEAD, ROUNDS_ENTITY_PATIENT_LEAD, ROUNDS_PATIENT_LEAD_PERSON, self->lead_form, lead_fields,
            G_N_ELEMENTS (lead_fields), self->is_lead, "lead");
  add_part (self, PART_STAFF, ROUNDS_ENTITY_STAFF, ROUNDS_STAFF_PERSON, self->staff_form, staff_fields,
            G_N_ELEMENTS (staff_fields), self->is_staff, "staff");
  add_part (self, PART_ADDRESS, ROUNDS_ENTITY_ADDRESS, ROUNDS_ADDRESS_PERSON, self->address_form, address_fields,
            G_N_ELEMENTS (address_fields), NULL, NULL);
  add_part (self, PART_AFFILIATION, ROUNDS_ENTITY_AFFILIATION, ROUNDS_AFFILIATION_PERSON, self->affiliation_form,
            affiliation_fields, G_N_ELEMENTS (affiliation_fields), NULL, NULL);
}

static void
list_roles (RoundsContactDialog *self)
{
  g_autoptr (GError) error = NULL;

  self->roles = rounds_contact_roles_list (get_store (self), rounds_record_get_id (get_person (self)), &error);
  if (self->roles != NULL)
    return;
  rounds_record_dialog_lack (ROUNDS_RECORD_DIALOG (self), error);
  self->roles = g_ptr_array_new ();
}

/* What is written stays a draft while the user looks at the other contact. */
static void
add_hints (RoundsContactDialog *self)
{
  self->hints = rounds_duplicate_hints_new (rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self)),
                                            rounds_record_get_id (get_person (self)));
  rounds_duplicate_hints_watch (self->hints, self->person_form, ROUNDS_ENTITY_PERSON);
  rounds_duplicate_hints_watch (self->hints, self->physician_form, ROUNDS_ENTITY_PHYSICIAN);
  rounds_duplicate_hints_watch (self->hints, self->address_form, ROUNDS_ENTITY_ADDRESS);
  rounds_duplicate_hints_watch (self->hints, self->affiliation_form, ROUNDS_ENTITY_AFFILIATION);
  g_signal_connect_object (self->hints, "opened", G_CALLBACK (adw_dialog_close), self, G_CONNECT_SWAPPED);
}

/**
 * rounds_contact_dialog_new:
 * @context: the application
 * @person: (transfer none): a person of the store to change, or a new one with what is known already
 *
 * Returns: (transfer floating): a dialog to be presented
 */
RoundsContactDialog *
rounds_contact_dialog_new (RoundsAppContext *context, RoundsRecord *person)
{
  RoundsContactDialog *self = g_object_new (ROUNDS_TYPE_CONTACT_DIALOG, NULL);
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  rounds_record_dialog_open (dialog, context, person);
  list_roles (self);
  rounds_record_form_set_up (self->person_form, context, ROUNDS_ENTITY_PERSON);
  rounds_record_form_add_fields (self->person_form, G_N_ELEMENTS (person_fields), person_fields);
  rounds_record_form_set_up (self->personal_form, context, ROUNDS_ENTITY_PERSON);
  rounds_record_form_add_fields (self->personal_form, G_N_ELEMENTS (personal_fields), personal_fields);
  add_parts (self);
  rounds_record_dialog_begin (dialog);
  add_hints (self);
  return self;
}

/**
 * rounds_contact_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the application
 * @record: (transfer none): as in rounds_contact_dialog_new()
 */
void
rounds_contact_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  adw_dialog_present (ADW_DIALOG (rounds_contact_dialog_new (context, record)), parent);
}
