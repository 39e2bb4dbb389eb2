/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "rounds-journey-history.h"
#include "rounds-journey-service.h"

struct _RoundsJourneyDialog
{
  RoundsRecordDialog parent_instance;

  const RoundsJourneyKind *kind; /* (nullable): of the record; NULL when the rows go */
  RoundsTextRow *note_row;       /* (not owned) in the stage's form */

  /* Template widgets */
  RoundsReferenceRow *person_row;
  AdwActionRow *person_message;
  RoundsReferenceRow *subject_row;
  AdwActionRow *subject_message;
  RoundsRecordForm *stage_form;
  RoundsRecordForm *details_form;
  AdwPreferencesGroup *history_group;
  GtkWidget *stored_group;
};

G_DEFINE_FINAL_TYPE (RoundsJourneyDialog, rounds_journey_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static const guint ct_details[] = {
  ROUNDS_CT_JOURNEY_PHYSICIAN,         ROUNDS_CT_JOURNEY_REFERRAL_DATE, ROUNDS_CT_JOURNEY_ELIGIBLE,
  ROUNDS_CT_JOURNEY_INELIGIBLE_REASON, ROUNDS_CT_JOURNEY_OUTCOME,       ROUNDS_CT_JOURNEY_ENROLLMENT_DATE,
  ROUNDS_CT_JOURNEY_COMPLETION_DATE,
};

static const guint eap_details[] = {
  ROUNDS_EAP_JOURNEY_PHYSICIAN,     ROUNDS_EAP_JOURNEY_EAP_NUMBER,      ROUNDS_EAP_JOURNEY_ENROLLMENT_DATE,
  ROUNDS_EAP_JOURNEY_APPROVAL_DATE, ROUNDS_EAP_JOURNEY_COMPLETION_DATE,
};

static RoundsStore *
get_store (RoundsJourneyDialog *self)
{
  return rounds_record_dialog_get_store (ROUNDS_RECORD_DIALOG (self));
}

static RoundsRecord *
get_record (RoundsJourneyDialog *self)
{
  return rounds_record_dialog_get_record (ROUNDS_RECORD_DIALOG (self));
}

static gboolean
is_stored (RoundsJourneyDialog *self)
{
  return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self)) != NULL;
}

static void
show_message (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
}

/* Who is patient is not on this device, and stays who it is: the row then holds the patient in place of a person.
 * Returns: (nullable): who was chosen, of those that are here */
static const RoundsUuid *
get_person (RoundsJourneyDialog *self)
{
  const RoundsUuid *id = rounds_reference_row_get_id (self->person_row);
  const RoundsUuid *patient = rounds_record_get_uuid (get_record (self), self->kind->patient_field);

  return id == NULL || (patient != NULL && rounds_uuid_equal (id, patient)) ? NULL : id;
}

/* Says before saving that the person will be a patient by it. */
static void
person_picked_cb (RoundsJourneyDialog *self)
{
  const RoundsUuid *id = get_person (self);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
  gtk_widget_remove_css_class (GTK_WIDGET (self->person_row), "error");
  if (id != NULL && rounds_look_up_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, id, &patient, NULL)
      && patient == NULL && rounds_reference_row_get_record (self->person_row) != NULL)
    {
      name = rounds_record_get_title (rounds_reference_row_get_record (self->person_row));
      /* Translators: %s is a person's name. */
      text = g_strdup_printf (_ ("%s is not a patient yet. Saving will make them one."), name);
    }
  show_message (self->person_message, text);
}

static void
subject_changed_cb (RoundsJourneyDialog *self)
{
  g_autofree char *text = NULL;

  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
  if (self->kind == NULL)
    return;
  if (rounds_reference_row_is_unknown (self->subject_row))
    {
      const char *name = gtk_editable_get_text (GTK_EDITABLE (self->subject_row));

      text = self->kind->subject == ROUNDS_ENTITY_TRIAL
               /* Translators: %s is the title of a trial that the user has typed. */
               ? g_strdup_printf (_ ("“%s” will be added as a new trial."), name)
               /* Translators: %s is the name of a product that the user has typed. */
               : g_strdup_printf (_ ("“%s” will be added as a new program."), name);
    }
  show_message (self->subject_message, text);
}

/* --- Saving --- */

static gboolean
rounds_journey_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);

  return rounds_record_form_show_error (self->stage_form, error)
         || rounds_record_form_show_error (self->details_form, error);
}

static void
set_reference (RoundsRecord *record, guint field, const RoundsUuid *id)
{
  if (id != NULL)
    rounds_record_set_uuid (record, field, id);
  else
    rounds_record_clear_field (record, field);
}

/* What no form of fields holds. */
static void
read_rest (RoundsJourneyDialog *self, RoundsJourneyEntry *entry)
{
  const RoundsUuid *staff =
    rounds_app_context_get_staff (rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self)));

  if (rounds_reference_row_is_unknown (self->subject_row))
    entry->new_subject = rounds_text_to_line (gtk_editable_get_text (GTK_EDITABLE (self->subject_row)));
  else
    set_reference (entry->journey, self->kind->subject_field, rounds_reference_row_get_id (self->subject_row));
  entry->note = g_strstrip (rounds_text_row_dup_text (self->note_row));
  if (staff != NULL)
    entry->by = *staff;
}

/* What is in the form. FALSE where something is wrong, which is then told at its row. */
static gboolean
read_entry (RoundsJourneyDialog *self, RoundsJourneyEntry *entry)
{
  const RoundsUuid *person = get_person (self);

  entry->journey = rounds_record_dup (get_record (self));
  if (rounds_reference_row_get_id (self->person_row) == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->person_row), "error");
      show_message (self->person_message, _ ("A journey needs a patient."));
      gtk_widget_grab_focus (GTK_WIDGET (self->person_row));
      return FALSE;
    }
  if (!rounds_record_form_apply (self->stage_form, entry->journey)
      || !rounds_record_form_apply (self->details_form, entry->journey))
    return FALSE;

  if (person != NULL)
    entry->person = *person;
  read_rest (self, entry);
  return TRUE;
}

static gboolean
rounds_journey_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                  GError **error)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);
  RoundsJourneyEntry entry = { 0 };
  gboolean valid = read_entry (self, &entry);

  if (valid)
    {
      g_set_object (&entry.before, rounds_record_dialog_get_stored (dialog));
      rounds_journey_save_async (get_store (self), &entry, NULL, callback, data);
    }
  rounds_journey_entry_clear (&entry);
  return valid;
}

static gboolean
rounds_journey_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  return rounds_journey_save_finish (rounds_record_dialog_get_store (dialog), result, error);
}

static void
rounds_journey_dialog_saved (RoundsRecordDialog *dialog)
{
  rounds_app_context_toast (rounds_record_dialog_get_context (dialog),
                            is_stored (ROUNDS_JOURNEY_DIALOG (dialog)) ? _ ("Journey saved") : _ ("Journey started"));
}

/* --- Drafts --- */

/* The form as it is, finished or not. */
static void
peek_entry (RoundsJourneyDialog *self, RoundsJourneyEntry *entry)
{
  const RoundsUuid *person = get_person (self);

  entry->journey = rounds_record_dup (get_record (self));
  rounds_record_form_peek (self->stage_form, entry->journey);
  rounds_record_form_peek (self->details_form, entry->journey);
  if (person != NULL)
    entry->person = *person;
  read_rest (self, entry);
}

static char *
rounds_journey_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsJourneyEntry entry = { 0 };
  char *body;

  peek_entry (ROUNDS_JOURNEY_DIALOG (dialog), &entry);
  body = rounds_journey_entry_write (&entry);
  rounds_journey_entry_clear (&entry);
  return body;
}

/* --- Rows --- */

static void
set_up_rows (RoundsJourneyDialog *self)
{
  RoundsAppContext *context = rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self));
  gboolean trial = self->kind->entity == ROUNDS_ENTITY_CT_JOURNEY;

  rounds_reference_row_set_up (self->person_row, context, ROUNDS_ENTITY_PERSON);
  rounds_reference_row_set_up (self->subject_row, context, self->kind->subject);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->subject_row), trial ? _ ("_Trial") : _ ("P_roduct"));

  rounds_record_form_set_up (self->stage_form, context, self->kind->entity);
  rounds_record_form_add_field (self->stage_form, self->kind->stage_field);
  self->note_row = ROUNDS_TEXT_ROW (rounds_text_row_new (_ ("Note on this step")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->stage_form), GTK_WIDGET (self->note_row));
  rounds_record_form_set_up (self->details_form, context, self->kind->entity);
  if (trial)
    rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (ct_details), ct_details);
  else
    rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (eap_details), eap_details);

  g_signal_connect_object (self->stage_form, "changed", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_form, "changed", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note_row, "notify::text", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
}

static void
show_history (RoundsJourneyDialog *self)
{
  g_autoptr (RoundsQuery) query = rounds_journey_steps_query (rounds_record_get_id (get_record (self)));
  g_autoptr (GPtrArray) steps = rounds_store_list (get_store (self), query, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->history_group), steps != NULL && steps->len > 0);
  if (steps != NULL)
    rounds_journey_history_fill (self->history_group, self->kind, steps);
}

static void
show_fields (RoundsJourneyDialog *self)
{
  RoundsRecord *record = get_record (self);
  const RoundsUuid *patient_id = rounds_record_get_uuid (record, self->kind->patient_field);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autoptr (GError) error = NULL;

  if (patient_id != NULL
      && !rounds_record_store_look_up (rounds_store_get_reader (get_store (self)), ROUNDS_ENTITY_PATIENT, patient_id,
                                       &patient, &error))
    rounds_record_dialog_lack (ROUNDS_RECORD_DIALOG (self), error);
  rounds_reference_row_set_id (self->person_row,
                               patient != NULL ? rounds_record_get_uuid (patient, ROUNDS_PATIENT_PERSON) : patient_id);
  rounds_reference_row_set_id (self->subject_row, rounds_record_get_uuid (record, self->kind->subject_field));
  rounds_record_form_set_record (self->stage_form, record);
  rounds_record_form_set_record (self->details_form, record);
  rounds_text_row_set_text (self->note_row, "");
  show_message (self->person_message, NULL);
  show_message (self->subject_message, NULL);
}

static void
rounds_journey_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);
  gboolean trial = self->kind->entity == ROUNDS_ENTITY_CT_JOURNEY;

  show_fields (self);
  show_history (self);
  gtk_widget_set_visible (self->stored_group, is_stored (self));
  if (is_stored (self))
    adw_dialog_set_title (ADW_DIALOG (self), trial ? _ ("Trial Journey") : _ ("Access Journey"));
  else
    adw_dialog_set_title (ADW_DIALOG (self), trial ? _ ("New Trial Journey") : _ ("New Access Journey"));
}

static gboolean
rounds_journey_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);
  RoundsJourneyEntry entry = { 0 };
  gboolean restored =
    rounds_journey_entry_read (&entry, self->kind->entity, rounds_record_get_text (draft, ROUNDS_DRAFT_BODY));

  if (restored)
    {
      rounds_record_dialog_set_record (dialog, entry.journey);
      show_fields (self);
      if (!rounds_uuid_is_nil (&entry.person))
        rounds_reference_row_set_id (self->person_row, &entry.person);
      if (entry.new_subject != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self->subject_row), entry.new_subject);
      if (entry.note != NULL)
        rounds_text_row_set_text (self->note_row, entry.note);
      person_picked_cb (self);
    }
  rounds_journey_entry_clear (&entry);
  return restored;
}

static GtkWidget *
rounds_journey_dialog_get_first (RoundsRecordDialog *dialog)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);

  return is_stored (self) ? NULL : GTK_WIDGET (self->person_row);
}

static void
rounds_journey_dialog_dispose (GObject *object)
{
  ROUNDS_JOURNEY_DIALOG (object)->kind = NULL;

  G_OBJECT_CLASS (rounds_journey_dialog_parent_class)->dispose (object);
}

static void
rounds_journey_dialog_class_init (RoundsJourneyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_journey_dialog_dispose;
  dialog_class->show = rounds_journey_dialog_show;
  dialog_class->describe = rounds_journey_dialog_describe;
  dialog_class->restore = rounds_journey_dialog_restore;
  dialog_class->save_async = rounds_journey_dialog_save_async;
  dialog_class->save_finish = rounds_journey_dialog_save_finish;
  dialog_class->saved = rounds_journey_dialog_saved;
  dialog_class->get_first = rounds_journey_dialog_get_first;
  dialog_class->show_error = rounds_journey_dialog_show_error;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  g_type_ensure (ROUNDS_TYPE_REFERENCE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journey-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, person_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, person_message);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, subject_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, subject_message);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, stage_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, details_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, history_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, stored_group);
  gtk_widget_class_bind_template_callback (widget_class, person_picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, subject_changed_cb);

  rounds_record_dialog_class_set_up (dialog_class, "journey", ROUNDS_RECORD_DIALOG_CAN_DELETE);
}

static void
rounds_journey_dialog_init (RoundsJourneyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_journey_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the context
 * @record: a stored journey of either kind, or a new one with some fields filled in; copied
 *
 * Shows the dialog for one journey. Main thread.
 */
void
rounds_journey_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  RoundsJourneyDialog *self = g_object_new (ROUNDS_TYPE_JOURNEY_DIALOG, NULL);
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  self->kind = rounds_journey_kind_get (rounds_record_get_entity (record));
  rounds_record_dialog_open (dialog, context, record);
  set_up_rows (self);
  rounds_record_dialog_begin (dialog);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
