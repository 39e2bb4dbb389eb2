/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-draft-journal.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "rounds-appointment-actions.h"
#include "rounds-appointment-defaults.h"
#include "rounds-appointment-service.h"
#include "rounds-appointment-times-group.h"
#include "rounds-json.h"

#define MINUTES_OF_DAY (24 * 60)
/* In a draft, beside the appointment's own fields: the minutes of the reminder. */
#define DRAFT_OFFSET "entry_reminder_offset"

struct _RoundsAppointmentDialog
{
  RoundsRecordDialog parent_instance;

  GArray *offsets; /* (owned) of int: the minutes of the reminder row's entries */
  char *own_title; /* (owned) (nullable): the title that the dialog has made up */

  /* Template widgets */
  RoundsRecordForm *subject_form;
  RoundsRecordForm *details_form;
  RoundsAppointmentTimesGroup *times_group;
  AdwComboRow *reminder_row;
  GtkWidget *stored_group;
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ROUNDS_TYPE_RECORD_DIALOG)

static RoundsStore *
get_store (RoundsAppointmentDialog *self)
{
  return rounds_record_dialog_get_store (ROUNDS_RECORD_DIALOG (self));
}

static RoundsAppContext *
get_context (RoundsAppointmentDialog *self)
{
  return rounds_record_dialog_get_context (ROUNDS_RECORD_DIALOG (self));
}

static RoundsRecord *
get_record (RoundsAppointmentDialog *self)
{
  return rounds_record_dialog_get_record (ROUNDS_RECORD_DIALOG (self));
}

static gboolean
is_stored (RoundsAppointmentDialog *self)
{
  return rounds_record_dialog_get_stored (ROUNDS_RECORD_DIALOG (self)) != NULL;
}

/* What will be cancelled clashes with nothing. */
static void
status_changed_cb (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) record = NULL;

  if (rounds_record_dialog_is_showing (ROUNDS_RECORD_DIALOG (self)))
    return;
  record = rounds_record_dup (get_record (self));
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
  g_autoptr (GError) error = NULL;

  if (!is_stored (self))
    return g_settings_get_int (rounds_app_context_get_settings (get_context (self)), "appointment-reminder");
  query = rounds_appointment_reminders_query (rounds_record_get_id (get_record (self)));
  reminders = rounds_store_list (get_store (self), query, &error);
  if (reminders != NULL)
    return rounds_reminder_get_offset (get_record (self), reminders);
  rounds_record_dialog_lack (ROUNDS_RECORD_DIALOG (self), error);
  return ROUNDS_REMINDER_NONE;
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

  rounds_record_dialog_touch (ROUNDS_RECORD_DIALOG (self));
  if (*title != '\0' && g_strcmp0 (title, self->own_title) != 0)
    return;
  g_set_str (&self->own_title, made);
  gtk_editable_set_text (GTK_EDITABLE (title_row), made != NULL ? made : "");
}

/* --- Saving --- */

static gboolean
rounds_appointment_dialog_show_error (RoundsRecordDialog *dialog, const GError *error)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);

  return rounds_record_form_show_error (self->subject_form, error)
         || rounds_record_form_show_error (self->details_form, error);
}

/* The form as it is, finished or not. */
static RoundsRecord *
peek_record (RoundsAppointmentDialog *self)
{
  RoundsRecord *record = rounds_record_dup (get_record (self));

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

/* The appointment, and the reminder, which is another record. */
static char *
rounds_appointment_dialog_describe (RoundsRecordDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  g_autoptr (RoundsRecord) record = peek_record (self);
  g_autoptr (yyjson_mut_doc) doc = yyjson_mut_doc_new (NULL);
  yyjson_mut_val *root = rounds_record_to_json (record, doc);

  yyjson_mut_obj_add_int (doc, root, DRAFT_OFFSET, get_offset (self));
  yyjson_mut_doc_set_root (doc, root);
  return rounds_json_write (doc, FALSE);
}

static gboolean
rounds_appointment_dialog_save_async (RoundsRecordDialog *dialog, GAsyncReadyCallback callback, gpointer data,
                                      GError **error)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  g_autoptr (RoundsRecord) entered = rounds_record_dup (get_record (self));

  if (!rounds_record_form_apply (self->subject_form, entered) || !rounds_record_form_apply (self->details_form, entered)
      || !rounds_appointment_times_group_apply (self->times_group, entered) || !rounds_record_validate (entered, error))
    return FALSE;
  rounds_appointment_save_async (get_store (self), entered, rounds_record_dialog_get_stored (dialog), get_offset (self),
                                 NULL, callback, data);
  return TRUE;
}

static gboolean
rounds_appointment_dialog_save_finish (RoundsRecordDialog *dialog, GAsyncResult *result, GError **error)
{
  return rounds_appointment_save_finish (rounds_record_dialog_get_store (dialog), result, error);
}

static void
rounds_appointment_dialog_saved (RoundsRecordDialog *dialog)
{
  rounds_app_context_toast (rounds_record_dialog_get_context (dialog), is_stored (ROUNDS_APPOINTMENT_DIALOG (dialog))
                                                                         ? _ ("Appointment saved")
                                                                         : _ ("Appointment planned"));
}

/* --- Other actions --- */

static void
rounds_appointment_dialog_remove (RoundsRecordDialog *dialog)
{
  rounds_appointment_delete_with_undo (rounds_record_dialog_get_context (dialog),
                                       rounds_record_dialog_get_record (dialog));
}

static void
log_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (widget);
  g_autoptr (RoundsAppContext) context = g_object_ref (get_context (self));
  g_autoptr (RoundsRecord) interaction = rounds_appointment_make_interaction (context, get_record (self));

  adw_dialog_close (ADW_DIALOG (self));
  rounds_app_context_create (context, interaction);
}

/* --- Rows --- */

static void
set_up_rows (RoundsAppointmentDialog *self)
{
  static const guint subject[] = { ROUNDS_APPOINTMENT_PERSON, ROUNDS_APPOINTMENT_TITLE };
  static const guint details[] = { ROUNDS_APPOINTMENT_LOCATION, ROUNDS_APPOINTMENT_STATUS, ROUNDS_APPOINTMENT_NOTES };
  RoundsAppContext *context = get_context (self);

  rounds_record_form_set_up (self->subject_form, context, ROUNDS_ENTITY_APPOINTMENT);
  rounds_record_form_add_fields (self->subject_form, G_N_ELEMENTS (subject), subject);
  rounds_record_form_set_up (self->details_form, context, ROUNDS_ENTITY_APPOINTMENT);
  rounds_record_form_add_fields (self->details_form, G_N_ELEMENTS (details), details);

  g_signal_connect_object (rounds_record_form_get_row (self->subject_form, ROUNDS_APPOINTMENT_PERSON), "picked",
                           G_CALLBACK (person_picked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->subject_form, "changed", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details_form, "changed", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rounds_record_form_get_row (self->details_form, ROUNDS_APPOINTMENT_STATUS),
                           "notify::selected", G_CALLBACK (status_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->times_group, "changed", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminder_row, "notify::selected", G_CALLBACK (rounds_record_dialog_touch), self,
                           G_CONNECT_SWAPPED);
}

static void
rounds_appointment_dialog_show (RoundsRecordDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  RoundsRecord *record = get_record (self);

  if (rounds_record_is_null (record, ROUNDS_APPOINTMENT_TITLE))
    {
      g_free (self->own_title);
      self->own_title = make_title (self, rounds_record_get_uuid (record, ROUNDS_APPOINTMENT_PERSON));
      if (self->own_title != NULL)
        rounds_record_set_text (record, ROUNDS_APPOINTMENT_TITLE, self->own_title);
    }
  rounds_record_form_set_record (self->subject_form, record);
  rounds_record_form_set_record (self->details_form, record);
  rounds_appointment_times_group_show (self->times_group, get_context (self), record);
  show_reminder (self, load_offset (self));
  gtk_widget_set_visible (self->stored_group, is_stored (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.log", is_stored (self));
  if (is_stored (self))
    adw_dialog_set_title (ADW_DIALOG (self), _ ("Appointment"));
}

static gboolean
rounds_appointment_dialog_restore (RoundsRecordDialog *dialog, RoundsRecord *draft)
{
  g_autoptr (RoundsRecord) record = rounds_draft_read (draft, ROUNDS_ENTITY_APPOINTMENT);
  g_autoptr (yyjson_doc) doc = NULL;
  yyjson_val *offset;

  if (record == NULL || !rounds_json_read (rounds_record_get_text (draft, ROUNDS_DRAFT_BODY), -1, &doc, NULL))
    return FALSE;
  rounds_record_dialog_set_record (dialog, record);
  rounds_appointment_dialog_show (dialog);
  offset = yyjson_obj_get (yyjson_doc_get_root (doc), DRAFT_OFFSET);
  if (yyjson_is_int (offset))
    show_reminder (ROUNDS_APPOINTMENT_DIALOG (dialog), yyjson_get_int (offset));
  return TRUE;
}

static RoundsRecord *
rounds_appointment_dialog_make_new (RoundsRecordDialog *dialog)
{
  RoundsRecord *record = rounds_record_new (ROUNDS_ENTITY_APPOINTMENT);

  rounds_appointment_fill (rounds_record_dialog_get_context (dialog), record);
  return record;
}

static GtkWidget *
rounds_appointment_dialog_get_first (RoundsRecordDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  gboolean asks_who = !is_stored (self) && rounds_record_is_null (get_record (self), ROUNDS_APPOINTMENT_PERSON);

  return rounds_record_form_get_row (self->subject_form,
                                     asks_who ? ROUNDS_APPOINTMENT_PERSON : ROUNDS_APPOINTMENT_TITLE);
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
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, subject_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, details_form);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, times_group);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, reminder_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, stored_group);
}

static void
rounds_appointment_dialog_class_init (RoundsAppointmentDialogClass *klass)
{
  RoundsRecordDialogClass *dialog_class = ROUNDS_RECORD_DIALOG_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rounds_appointment_dialog_finalize;
  dialog_class->show = rounds_appointment_dialog_show;
  dialog_class->describe = rounds_appointment_dialog_describe;
  dialog_class->restore = rounds_appointment_dialog_restore;
  dialog_class->make_new = rounds_appointment_dialog_make_new;
  dialog_class->save_async = rounds_appointment_dialog_save_async;
  dialog_class->save_finish = rounds_appointment_dialog_save_finish;
  dialog_class->saved = rounds_appointment_dialog_saved;
  dialog_class->get_first = rounds_appointment_dialog_get_first;
  dialog_class->show_error = rounds_appointment_dialog_show_error;
  dialog_class->remove = rounds_appointment_dialog_remove;

  g_type_ensure (ROUNDS_TYPE_RECORD_FORM);
  g_type_ensure (ROUNDS_TYPE_APPOINTMENT_TIMES_GROUP);
  bind_template (GTK_WIDGET_CLASS (klass));
  rounds_record_dialog_class_set_up (dialog_class, "appointment", ROUNDS_RECORD_DIALOG_CAN_DELETE);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "appointment.log", NULL, log_action);
}

static void
rounds_appointment_dialog_init (RoundsAppointmentDialog *self)
{
  self->offsets = g_array_new (FALSE, FALSE, sizeof (int));
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
  RoundsRecordDialog *dialog = ROUNDS_RECORD_DIALOG (self);

  rounds_record_dialog_open (dialog, context, record);
  if (!is_stored (self))
    rounds_appointment_fill (context, get_record (self));
  set_up_rows (self);
  rounds_record_dialog_begin (dialog);
  adw_dialog_present (ADW_DIALOG (self), parent);
}
