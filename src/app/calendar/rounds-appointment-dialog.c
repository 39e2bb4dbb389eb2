/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-draft-undo.h"
#include "forms/rounds-form-save.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "rounds-appointment-actions.h"
#include "rounds-appointment-defaults.h"
#include "rounds-appointment-service.h"
#include "rounds-appointment-times-group.h"
#include "rounds-error.h"
#include "rounds-json.h"

#define MINUTES_OF_DAY (24 * 60)
/* In a draft, beside the appointment's own fields: the minutes of the reminder. */
#define DRAFT_OFFSET "entry_reminder_offset"

struct _RoundsAppointmentDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;   /* (owned) */
  RoundsRecord *record;        /* (owned): as it is stored, or the new one; changed by saving only */
  RoundsRecord *stored;        /* (owned) (nullable) as the form began with it; NULL: it is new */
  RoundsDraftJournal *journal; /* (owned) (nullable) until the record is shown */
  GArray *offsets;             /* (owned) of int: the minutes of the reminder row's entries */
  char *own_title;             /* (owned) (nullable): the title that the dialog has made up */
  gboolean is_stored;
  gboolean showing; /* the rows are being set by the program */
  gboolean changed; /* by the user, and not saved */

  /* Template widgets */
  AdwBanner *banner;
  RoundsRecordForm *subject_form;
  RoundsRecordForm *details_form;
  RoundsAppointmentTimesGroup *times_group;
  AdwComboRow *reminder_row;
  GtkWidget *stored_group;
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ADW_TYPE_DIALOG)

static RoundsStore *
get_store (RoundsAppointmentDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

static void
touch (RoundsAppointmentDialog *self)
{
  if (self->showing)
    return;
  self->changed = TRUE;
  if (self->journal != NULL)
    rounds_draft_journal_touch (self->journal);
}

/* What will be cancelled clashes with nothing. */
static void
status_changed_cb (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (self->record);

  if (self->showing)
    return;
  rounds_record_form_peek (self->details_form, record);
  rounds_appointment_times_group_set_status (self->times_group,
                                             rounds_record_get_text (record, ROUNDS_APPOINTMENT_STATUS));
}

/* --- Reminder --- */

static char *
describe_offset (int minutes)
{
  if (minutes < 0)
    return g_strdup (C_ ("reminder", "None"));
  if (minutes == 0)
    return g_strdup (_ ("At the start"));
  if (minutes % MINUTES_OF_DAY == 0)
    return g_strdup_printf (ngettext ("%d day before", "%d days before", minutes / MINUTES_OF_DAY),
                            minutes / MINUTES_OF_DAY);
  if (minutes % 60 == 0)
    return g_strdup_printf (ngettext ("%d hour before", "%d hours before", minutes / 60), minutes / 60);
  return g_strdup_printf (ngettext ("%d minute before", "%d minutes before", minutes), minutes);
}

/* The usual choices, and the one that the appointment has if it is another. */
static void
show_reminder (RoundsAppointmentDialog *self, int offset)
{
  static const int usual[] = { ROUNDS_REMINDER_NONE, 10, 30, 60, MINUTES_OF_DAY };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  guint selected = G_N_ELEMENTS (usual);

  g_array_set_size (self->offsets, 0);
  g_array_append_vals (self->offsets, usual, G_N_ELEMENTS (usual));
  for (guint i = 0; i < G_N_ELEMENTS (usual); i++)
    if (usual[i] == MAX (offset, ROUNDS_REMINDER_NONE))
      selected = i;
  if (selected == G_N_ELEMENTS (usual))
    g_array_append_val (self->offsets, offset);
  for (guint i = 0; i < self->offsets->len; i++)
    gtk_string_list_take (labels, describe_offset (g_array_index (self->offsets, int, i)));
  adw_combo_row_set_model (self->reminder_row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (self->reminder_row, selected);
}

static int
load_offset (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsQuery) query = NULL;
  g_autoptr (GPtrArray) reminders = NULL;

  if (!self->is_stored)
    return g_settings_get_int (rounds_app_context_get_settings (self->context), "appointment-reminder");
  query = rounds_appointment_reminders_query (rounds_record_get_id (self->record));
  reminders = rounds_store_list (get_store (self), query, NULL);
  return reminders != NULL ? rounds_reminder_get_offset (self->record, reminders) : ROUNDS_REMINDER_NONE;
}

/* --- Title --- */

static char *
make_title (RoundsAppointmentDialog *self, const RoundsUuid *person_id)
{
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;

  if (person_id == NULL)
    return NULL;
  person = rounds_store_get (get_store (self), ROUNDS_ENTITY_PERSON, person_id, NULL);
  if (person == NULL)
    return NULL;
  name = rounds_record_get_title (person);
  /* Translators: the title of a new appointment; %s is a person's name. */
  return g_strdup_printf (_ ("Visit %s"), name);
}

/* A title that the user has not touched follows the contact. */
static void
person_picked_cb (RoundsAppointmentDialog *self)
{
  GtkWidget *person_row = rounds_record_form_get_row (self->subject_form, ROUNDS_APPOINTMENT_PERSON);
  GtkWidget *title_row = rounds_record_form_get_row (self->subject_form, ROUNDS_APPOINTMENT_TITLE);
  const char *title = gtk_editable_get_text (GTK_EDITABLE (title_row));
  g_autofree char *made = make_title (self, rounds_reference_row_get_id (ROUNDS_REFERENCE_ROW (person_row)));

  touch (self);
  if (*title != '\0' && g_strcmp0 (title, self->own_title) != 0)
    return;
  g_set_str (&self->own_title, made);
  gtk_editable_set_text (GTK_EDITABLE (title_row), made != NULL ? made : "");
}

/* --- Saving --- */

static void
show_error (RoundsAppointmentDialog *self, const GError *error)
{
  if (rounds_record_form_show_error (self->subject_form, error)
      || rounds_record_form_show_error (self->details_form, error))
    return;
  adw_banner_set_title (self->banner, error->message);
  adw_banner_set_button_label (self->banner, NULL);
  adw_banner_set_revealed (self->banner, TRUE);
}

/* The form as an appointment; %NULL where something is wrong, which is then told at its row. */
static RoundsRecord *
read_record (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (self->record);
  g_autoptr (GError) error = NULL;

  if (!rounds_record_form_apply (self->subject_form, record) || !rounds_record_form_apply (self->details_form, record)
      || !rounds_appointment_times_group_apply (self->times_group, record))
    return NULL;
  if (!rounds_record_validate (record, &error))
    {
      show_error (self, error);
      return NULL;
    }
  return g_steal_pointer (&record);
}

/* The form as it is, finished or not. */
static RoundsRecord *
peek_record (RoundsAppointmentDialog *self)
{
  RoundsRecord *record = rounds_record_dup (self->record);

  rounds_record_form_peek (self->subject_form, record);
  rounds_record_form_peek (self->details_form, record);
  rounds_appointment_times_group_peek (self->times_group, record);
  return record;
}

static int
get_offset (RoundsAppointmentDialog *self)
{
  return g_array_index (self->offsets, int, adw_combo_row_get_selected (self->reminder_row));
}

/* For the journal: the appointment, and the reminder, which is another record. */
static char *
describe_cb (gpointer data)
{
  RoundsAppointmentDialog *self = data;
  g_autoptr (RoundsRecord) record = peek_record (self);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = rounds_record_to_json (record, doc);

  yyjson_mut_obj_add_int (doc, root, DRAFT_OFFSET, get_offset (self));
  yyjson_mut_doc_set_root (doc, root);
  return rounds_json_write (doc, FALSE);
}

static char *
make_form_name (RoundsRecord *record)
{
  char id[ROUNDS_UUID_STRING_LENGTH + 1];

  rounds_uuid_format (rounds_record_get_id (record), id);
  return g_strconcat ("appointment:", id, NULL);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppointmentDialog) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.save", TRUE);
  if (!rounds_appointment_save_finish (ROUNDS_STORE (source), result, &error))
    {
      show_error (self, error);
      return;
    }
  self->changed = FALSE;
  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  rounds_app_context_toast (self->context, self->is_stored ? _ ("Appointment saved") : _ ("Appointment planned"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (widget);
  g_autoptr (RoundsRecord) entered = read_record (self);
  g_autoptr (RoundsRecord) record = NULL;

  if (entered == NULL)
    return;
  record = self->stored != NULL ? rounds_form_rebase (get_store (self), self->stored, entered) : g_object_ref (entered);
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_widget_action_set_enabled (widget, "appointment.save", FALSE);
  rounds_appointment_save_async (get_store (self), record, get_offset (self), NULL, saved_cb, g_object_ref (self));
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_close (ADW_DIALOG (widget));
}

/* --- Other actions --- */

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (widget);

  rounds_appointment_delete_with_undo (self->context, self->record);
  rounds_draft_journal_discard (self->journal);
  self->changed = FALSE;
  adw_dialog_close (ADW_DIALOG (self));
}

static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (widget);
  g_autoptr (RoundsAppContext) context = g_object_ref (self->context);
  g_autoptr (RoundsRecord) interaction = rounds_appointment_make_interaction (context, self->record);

  adw_dialog_close (ADW_DIALOG (self));
  rounds_app_context_create (context, interaction);
}

/* --- Closing --- */

/* Closing never asks, and loses nothing either: what was entered is one click away. */
static void
rounds_appointment_dialog_closed (AdwDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  g_autofree char *form = NULL;
  g_autofree char *body = NULL;

  if (!self->changed)
    return;

  self->changed = FALSE;
  form = make_form_name (self->record);
  body = describe_cb (self);
  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  rounds_draft_offer_undo (self->context, form, body, self->record);
}

static void
set_up_rows (RoundsAppointmentDialog *self)
{
  static const guint subject[] = { ROUNDS_APPOINTMENT_PERSON, ROUNDS_APPOINTMENT_TITLE };
  static const guint details[] = { ROUNDS_APPOINTMENT_LOCATION, ROUNDS_APPOINTMENT_STATUS, ROUNDS_APPOINTMENT_NOTES };

  rounds_record_form_set_up (self->subject_form, self->context, ROUNDS_ENTITY_APPOINTMENT);
  rounds_record_form_add_fields (self->subject_form, G_N_ELEMENTS (subject), subject);
  rounds_record_form_set_up (self->details_form, self->context, ROUNDS_ENTITY_APPOINTMENT);
  rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (details), details);

  g_signal_connect_object (rounds_record_form_get_row (self->subject_form, ROUNDS_APPOINTMENT_PERSON), "picked",
                           G_CALLBACK (person_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subject_form, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_form, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rounds_record_form_get_row (self->details_form, ROUNDS_APPOINTMENT_STATUS),
                           "notify::selected", G_CALLBACK (status_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times_group, "changed", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminder_row, "notify::selected", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
}

static void
show_record (RoundsAppointmentDialog *self)
{
  self->showing = TRUE;
  if (rounds_record_is_null (self->record, ROUNDS_APPOINTMENT_TITLE))
    {
      g_free (self->own_title);
      self->own_title = make_title (self, rounds_record_get_uuid (self->record, ROUNDS_APPOINTMENT_PERSON));
      if (self->own_title != NULL)
        rounds_record_set_text (self->record, ROUNDS_APPOINTMENT_TITLE, self->own_title);
    }
  rounds_record_form_set_record (self->subject_form, self->record);
  rounds_record_form_set_record (self->details_form, self->record);
  rounds_appointment_times_group_show (self->times_group, self->context, self->record);
  show_reminder (self, load_offset (self));
  gtk_widget_set_visible (self->stored_group, self->is_stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.delete", self->is_stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.log", self->is_stored);
  if (self->is_stored)
    adw_dialog_set_title (ADW_DIALOG (self), _ ("Appointment"));
  self->showing = FALSE;
}

static void
start_journal (RoundsAppointmentDialog *self)
{
  g_autofree char *form = make_form_name (self->record);

  g_clear_object (&self->journal);
  self->journal = rounds_draft_journal_new (get_store (self), form, describe_cb, self);
}

/* "Start Anew": what was restored is put away, and the dialog is as if it had never been. */
static void
banner_clicked_cb (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) fresh = NULL;

  rounds_draft_journal_discard (self->journal);
  rounds_draft_journal_close (self->journal, NULL);
  if (self->is_stored)
    fresh = rounds_store_get (get_store (self), ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (self->record), NULL);
  if (fresh == NULL)
    {
      fresh = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);
      rounds_appointment_fill (self->context, fresh);
    }
  g_set_object (&self->record, fresh);
  adw_banner_set_revealed (self->banner, FALSE);
  self->changed = FALSE;
  show_record (self);
  start_journal (self);
}

/* Shows what was being written when the application stopped, in place of what is stored. */
static void
restore_draft (RoundsAppointmentDialog *self)
{
  g_autofree char *form = make_form_name (self->record);
  g_autoptr (RoundsRecord) draft = rounds_draft_find (get_store (self), form);
  g_autoptr (RoundsRecord) record = draft != NULL ? rounds_draft_read (draft, ROUNDS_ENTITY_APPOINTMENT) : NULL;
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *offset;

  if (record == NULL || !rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    return;
  g_set_object (&self->record, record);
  show_record (self);
  offset = yyjson_obj_get (yyjson_doc_get_root (doc), DRAFT_OFFSET);
  self->showing = TRUE;
  if (yyjson_is_int (offset))
    show_reminder (self, yyjson_get_int (offset));
  self->showing = FALSE;
  /* Still not saved: cancelling puts it away. */
  self->changed = TRUE;
  adw_banner_set_title (self->banner, _ ("What was not saved has been restored."));
  adw_banner_set_button_label (self->banner, _ ("Start _Anew"));
  adw_banner_set_revealed (self->banner, TRUE);
}

static void
rounds_appointment_dialog_dispose (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  self->showing = TRUE; /* rows that go may still say that they changed */
  if (self->journal != NULL)
    rounds_draft_journal_close (self->journal, NULL);
  g_clear_object (&self->journal);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_APPOINTMENT_DIALOG);
  g_clear_object (&self->record);
  g_clear_object (&self->stored);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_appointment_dialog_parent_class)->dispose (object);
}

static void
rounds_appointment_dialog_finalize (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->own_title, g_free);

  G_OBJECT_CLASS (rounds_appointment_dialog_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/appointment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, banner);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, subject_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, details_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, times_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, reminder_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, stored_group);
  gtk_widget_class_bind_template_callback (widget_class, banner_clicked_cb);
}

static void
rounds_appointment_dialog_class_init (RoundsAppointmentDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_appointment_dialog_dispose;
  object_class->finalize = rounds_appointment_dialog_finalize;
  ADW_DIALOG_CLASS (klass)->closed = rounds_appointment_dialog_closed;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  g_type_ensure (ROUNDS_TYPE_APPOINTMENT_TIMES_GROUP);
  bind_template (widget_class);

  gtk_widget_class_install_action (widget_class, "appointment.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "appointment.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "appointment.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "appointment.log", NULL, log_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "appointment.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "appointment.save", NULL);
}

static void
rounds_appointment_dialog_init (RoundsAppointmentDialog *self)
{
  self->offsets = g_array_new (FALSE, FALSE, sizeof (int));
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_appointment_dialog_present:
 * @parent: the widget over which the dialog is presented
 * @context: the context
 * @record: a stored appointment, or a new one with some fields filled in; copied
 *
 * Shows the dialog for one appointment. Main thread.
 */
void
rounds_appointment_dialog_present (GtkWidget *parent, RoundsAppContext *context, RoundsRecord *record)
{
  RoundsAppointmentDialog *self = g_object_new (ROUNDS_TYPE_APPOINTMENT_DIALOG, NULL);

  self->context = g_object_ref (context);
  self->record = rounds_record_dup (record);
  self->stored = rounds_store_get (get_store (self), ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record), NULL);
  self->is_stored = self->stored != NULL;
  if (!self->is_stored)
    rounds_appointment_fill (context, self->record);
  set_up_rows (self);
  show_record (self);
  restore_draft (self);
  start_journal (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  gtk_widget_grab_focus (rounds_record_form_get_row (
    self->subject_form, !self->is_stored && rounds_record_is_null (self->record, ROUNDS_APPOINTMENT_PERSON)
                          ? ROUNDS_APPOINTMENT_PERSON
                          : ROUNDS_APPOINTMENT_TITLE));
}
