/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-journey-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-draft-journal.h"
#include "forms/rounds-draft-undo.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "forms/rounds-text-row.h"
#include "rounds-error.h"
#include "rounds-journey-history.h"
#include "rounds-journey-service.h"

struct _RoundsJourneyDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;     /* (owned) */
  const RoundsJourneyKind *kind; /* of the record */
  RoundsRecord *record;          /* (owned): as it is stored, or the new one; changed by saving only */
  RoundsRecord *stored;          /* (owned) (nullable) as the form began with it; NULL: it is new */
  RoundsTextRow *note_row;       /* (not owned) in the stage's form */
  RoundsDraftJournal *journal;   /* (owned) (nullable) until the record is shown */
  gboolean is_stored;
  gboolean showing; /* the rows are being set by the program */
  gboolean changed; /* by the user, and not saved */

  /* Template widgets */
  AdwBanner *banner;
  RoundsReferenceRow *person_row;
  AdwActionRow *person_message;
  RoundsReferenceRow *subject_row;
  AdwActionRow *subject_message;
  RoundsRecordForm *stage_form;
  RoundsRecordForm *details_form;
  AdwPreferencesGroup *history_group;
  GtkWidget *stored_group;
};

G_DEFINE_FINAL_TYPE (RoundsJourneyDialog, rounds_journey_dialog, ADW_TYPE_DIALOG)

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
  return rounds_app_context_get_store (self->context);
}

static void
touch (RoundsJourneyDialog *self)
{
  if (self->showing)
    return;
  self->changed = TRUE;
  if (self->journal != NULL)
    rounds_draft_journal_touch (self->journal);
}

static void
show_message (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
}

/* Says before saving that the person will be a patient by it. */
static void
person_picked_cb (RoundsJourneyDialog *self)
{
  const RoundsUuid *id = rounds_reference_row_get_id (self->person_row);
  g_autoptr (RoundsRecord) patient = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  touch (self);
  gtk_widget_remove_css_class (GTK_WIDGET (self->person_row), "error");
  if (id != NULL)
    patient = rounds_find_of_person (get_store (self), ROUNDS_ENTITY_PATIENT, id);
  if (id != NULL && patient == NULL)
    {
      name = rounds_record_get_title (rounds_reference_row_get_record (self->person_row));
      /* Translators: %s is a person's name. */
      text = g_strdup_printf (_ ("%s is not a patient yet. Saving makes them one."), name);
    }
  show_message (self->person_message, text);
}

static void
subject_changed_cb (RoundsJourneyDialog *self)
{
  g_autofree char *text = NULL;

  touch (self);
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

static void
show_error (RoundsJourneyDialog *self, const GError *error)
{
  if (rounds_record_form_show_error (self->stage_form, error)
      || rounds_record_form_show_error (self->details_form, error))
    return;
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsJourneyDialog) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "journey.save", TRUE);
  if (!rounds_journey_save_finish (ROUNDS_STORE (source), result, &error))
    {
      show_error (self, error);
      return;
    }
  self->changed = FALSE;
  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  rounds_app_context_toast (self->context, self->is_stored ? _ ("Journey saved") : _ ("Journey begun"));
  adw_dialog_close (ADW_DIALOG (self));
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
  const RoundsUuid *staff = rounds_app_context_get_staff (self->context);

  if (rounds_reference_row_is_unknown (self->subject_row))
    entry->new_subject = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->subject_row))));
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
  const RoundsUuid *person = rounds_reference_row_get_id (self->person_row);

  entry->journey = rounds_record_dup (self->record);
  if (person == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->person_row), "error");
      show_message (self->person_message, _ ("A journey needs a patient."));
      gtk_widget_grab_focus (GTK_WIDGET (self->person_row));
      return FALSE;
    }
  if (!rounds_record_form_apply (self->stage_form, entry->journey)
      || !rounds_record_form_apply (self->details_form, entry->journey))
    return FALSE;

  entry->person = *person;
  read_rest (self, entry);
  return TRUE;
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (widget);
  RoundsJourneyEntry entry = { 0 };

  if (read_entry (self, &entry))
    {
      if (self->stored != NULL)
        {
          g_autoptr (RoundsRecord) entered = g_steal_pointer (&entry.journey);

          entry.journey = rounds_form_rebase (get_store (self), self->stored, entered);
        }
      adw_banner_set_revealed (self->banner, FALSE);
      gtk_widget_action_set_enabled (widget, "journey.save", FALSE);
      rounds_journey_save_async (get_store (self), &entry, NULL, saved_cb, g_object_ref (self));
    }
  rounds_journey_entry_clear (&entry);
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (widget);

  rounds_app_context_delete (self->context, self->record);
  rounds_draft_journal_discard (self->journal);
  self->changed = FALSE;
  adw_dialog_close (ADW_DIALOG (self));
}

/* --- Drafts --- */

/* The form as it is, finished or not. */
static void
peek_entry (RoundsJourneyDialog *self, RoundsJourneyEntry *entry)
{
  const RoundsUuid *person = rounds_reference_row_get_id (self->person_row);

  entry->journey = rounds_record_dup (self->record);
  rounds_record_form_peek (self->stage_form, entry->journey);
  rounds_record_form_peek (self->details_form, entry->journey);
  if (person != NULL)
    entry->person = *person;
  read_rest (self, entry);
}

static char *
describe_cb (gpointer data)
{
  RoundsJourneyEntry entry = { 0 };
  char *body;

  peek_entry (data, &entry);
  body = rounds_journey_entry_write (&entry);
  rounds_journey_entry_clear (&entry);
  return body;
}

static char *
make_form_name (RoundsJourneyDialog *self)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (self->record), id);
  return g_strdup_printf ("%s:%s", rounds_entity_get_info (self->kind->entity)->name, id);
}

/* Closing never asks, and loses nothing either: what was entered is one click away. */
static void
rounds_journey_dialog_closed (AdwDialog *dialog)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (dialog);
  g_autofree char *form = NULL;
  g_autofree char *body = NULL;

  if (!self->changed)
    return;

  self->changed = FALSE;
  form = make_form_name (self);
  body = describe_cb (self);
  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  rounds_draft_offer_undo (self->context, form, body, self->record);
}

static void
rounds_journey_dialog_dispose (GObject *object)
{
  RoundsJourneyDialog *self = ROUNDS_JOURNEY_DIALOG (object);

  self->showing = TRUE; /* rows that go may still say that they changed */
  if (self->journal != NULL)
    rounds_draft_journal_close (self->journal, NULL);
  g_clear_object (&self->journal);
  self->kind = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_JOURNEY_DIALOG);
  g_clear_object (&self->record);
  g_clear_object (&self->stored);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_journey_dialog_parent_class)->dispose (object);
}

static void
rounds_journey_dialog_class_init (RoundsJourneyDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_journey_dialog_dispose;
  ADW_DIALOG_CLASS (klass)->closed = rounds_journey_dialog_closed;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  g_type_ensure (ROUNDS_TYPE_REFERENCE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/journeys/journey-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsJourneyDialog, banner);
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

  gtk_widget_class_install_action (widget_class, "journey.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "journey.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "journey.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "journey.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "journey.save", NULL);
}

static void
rounds_journey_dialog_init (RoundsJourneyDialog *self)
{
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_rows (RoundsJourneyDialog *self)
{
  gboolean trial = self->kind->entity == ROUNDS_ENTITY_CT_JOURNEY;

  rounds_reference_row_set_up (self->person_row, self->context, ROUNDS_ENTITY_PERSON);
  rounds_reference_row_set_up (self->subject_row, self->context, self->kind->subject);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->subject_row), trial ? _ ("_Trial") : _ ("P_roduct"));

  rounds_record_form_set_up (self->stage_form, self->context, self->kind->entity);
  rounds_record_form_add_field (self->stage_form, self->kind->stage_field);
  self->note_row = ROUNDS_TEXT_ROW (rounds_text_row_new (_ ("Note on this step")));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->stage_form), GTK_WIDGET (self->note_row));
  rounds_record_form_set_up (self->details_form, self->context, self->kind->entity);
  if (trial)
    rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (ct_details), ct_details);
  else
    rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (eap_details), eap_details);

  g_signal_connect_object (self->stage_form, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_form, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->note_row, "notify::text", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
}

static void
show_history (RoundsJourneyDialog *self)
{
  g_autoptr (RoundsQuery) query = rounds_journey_steps_query (rounds_record_get_id (self->record));
  g_autoptr (GPtrArray) steps = rounds_store_list (get_store (self), query, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->history_group), steps != NULL && steps->len > 0);
  if (steps != NULL)
    rounds_journey_history_fill (self->history_group, self->kind, steps);
}

static void
show_fields (RoundsJourneyDialog *self)
{
  const RoundsUuid *patient_id = rounds_record_get_uuid (self->record, self->kind->patient_field);
  const RoundsUuid *subject_id = rounds_record_get_uuid (self->record, self->kind->subject_field);
  g_autoptr (RoundsRecord) patient = NULL;

  if (patient_id != NULL)
    patient = rounds_store_get (get_store (self), ROUNDS_ENTITY_PATIENT, patient_id, NULL);
  if (patient != NULL)
    rounds_reference_row_set_id (self->person_row, rounds_record_get_uuid (patient, ROUNDS_PATIENT_PERSON));
  if (subject_id != NULL)
    rounds_reference_row_set_id (self->subject_row, subject_id);
  rounds_record_form_set_record (self->stage_form, self->record);
  rounds_record_form_set_record (self->details_form, self->record);
}

static void
show_record (RoundsJourneyDialog *self)
{
  gboolean trial = self->kind->entity == ROUNDS_ENTITY_CT_JOURNEY;

  self->showing = TRUE;
  show_fields (self);
  show_history (self);
  gtk_widget_set_visible (self->stored_group, self->is_stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "journey.delete", self->is_stored);
  if (self->is_stored)
    adw_dialog_set_title (ADW_DIALOG (self), trial ? _ ("Clinical-Trial Journey") : _ ("Expanded-Access Journey"));
  else
    adw_dialog_set_title (ADW_DIALOG (self),
                          trial ? _ ("New Clinical-Trial Journey") : _ ("New Expanded-Access Journey"));
  self->showing = FALSE;
}

/* Shows what was being written when the application stopped, in place of what is stored. */
static void
restore_draft (RoundsJourneyDialog *self, const char *form)
{
  g_autoptr (RoundsRecord) draft = rounds_draft_find (get_store (self), form);
  RoundsJourneyEntry entry = { 0 };

  if (draft == NULL)
    return;
  if (rounds_journey_entry_read (&entry, self->kind->entity, rounds_record_get_text (draft, ROUNDS_DRAFT_BODY)))
    {
      self->showing = TRUE;
      g_set_object (&self->record, entry.journey);
      show_fields (self);
      if (!rounds_uuid_is_nil (&entry.person))
        rounds_reference_row_set_id (self->person_row, &entry.person);
      if (entry.new_subject != NULL)
        gtk_editable_set_text (GTK_EDITABLE (self->subject_row), entry.new_subject);
      if (entry.note != NULL)
        rounds_text_row_set_text (self->note_row, entry.note);
      person_picked_cb (self);
      self->showing = FALSE;
      /* Still not saved: cancelling puts it away. */
      self->changed = TRUE;
      adw_banner_set_title (self->banner, _ ("What was not saved has been restored."));
      adw_banner_set_revealed (self->banner, TRUE);
    }
  rounds_journey_entry_clear (&entry);
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
  g_autofree char *form = NULL;

  self->context = g_object_ref (context);
  self->record = rounds_record_dup (record);
  self->kind = rounds_journey_kind_get (rounds_record_get_entity (record));
  self->stored = rounds_store_get (get_store (self), self->kind->entity, rounds_record_get_id (record), NULL);
  self->is_stored = self->stored != NULL;
  set_up_rows (self);
  show_record (self);
  form = make_form_name (self);
  restore_draft (self, form);
  self->journal = rounds_draft_journal_new (get_store (self), form, describe_cb, self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  if (!self->is_stored)
    gtk_widget_grab_focus (GTK_WIDGET (self->person_row));
}
