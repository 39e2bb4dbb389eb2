/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-dialog.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-date-row.h"
#include "forms/rounds-display.h"
#include "forms/rounds-record-form.h"
#include "forms/rounds-reference-row.h"
#include "rounds-appointment-actions.h"
#include "rounds-appointment-defaults.h"
#include "rounds-appointment-service.h"
#include "rounds-appointment-times.h"
#include "rounds-calendar-event.h"
#include "rounds-error.h"
#include "rounds-overlap.h"
#include "rounds-time-row.h"
#include "rounds-time.h"

#define MINUTES_OF_DAY (24 * 60)

struct _RoundsAppointmentDialog
{
  AdwDialog parent_instance;

  RoundsAppContext *context;    /* (owned) */
  RoundsRecord *record;         /* (owned): as it is stored, or the new one; changed by saving only */
  GCancellable *clash_search;   /* (owned) (nullable) the search that runs */
  RoundsAppointmentTimes times; /* as they were last understood */
  GArray *offsets;              /* (owned) of int: the minutes of the reminder row's entries */
  char *zone;                   /* (owned): the user's own */
  char *own_title;              /* (owned) (nullable): the title that the dialog has made up */
  gboolean is_stored;
  gboolean showing; /* the rows are being set by the program */
  gboolean changed; /* by the user, and not saved */

  /* Template widgets */
  AdwBanner *banner;
  RoundsRecordForm *subject_form;
  RoundsRecordForm *details_form;
  AdwSwitchRow *all_day_row;
  RoundsDateRow *date_row;
  RoundsDateRow *last_day_row;
  RoundsTimeRow *start_row;
  RoundsTimeRow *end_row;
  GtkLabel *duration;
  AdwActionRow *time_message;
  AdwActionRow *clash_message;
  AdwComboRow *reminder_row;
  GtkWidget *stored_group;
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentDialog, rounds_appointment_dialog, ADW_TYPE_DIALOG)

static RoundsStore *
get_store (RoundsAppointmentDialog *self)
{
  return rounds_app_context_get_store (self->context);
}

/* --- Times --- */

static gboolean
read_day (RoundsDateRow *row, GDate *day)
{
  g_autofree char *text = rounds_date_row_dup_date (row);
  int year, month, number;

  if (!rounds_date_is_valid (text) || sscanf (text, "%4d-%2d-%2d", &year, &month, &number) != 3)
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, (GDateDay) number, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

static void
show_day (RoundsDateRow *row, const GDate *day)
{
  g_autofree char *text = rounds_calendar_format_date (day, "%Y-%m-%d");

  rounds_date_row_set_date (row, text);
}

static void
set_error (gpointer row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
}

/* The rows as times; rows that say nothing sensible are marked. */
static gboolean
read_times (RoundsAppointmentDialog *self, RoundsAppointmentTimes *times, GError **error)
{
  gboolean first_ok, last_ok, start_ok, end_ok;

  *times = self->times;
  times->all_day = adw_switch_row_get_active (self->all_day_row);
  first_ok = read_day (self->date_row, &times->first_day);
  last_ok = !gtk_widget_get_visible (GTK_WIDGET (self->last_day_row)) ? first_ok
                                                                      : read_day (self->last_day_row, &times->last_day);
  if (first_ok && !gtk_widget_get_visible (GTK_WIDGET (self->last_day_row)))
    times->last_day = times->first_day;
  start_ok = times->all_day || rounds_time_row_get_minute (self->start_row, &times->start_minute);
  end_ok = times->all_day || rounds_time_row_get_minute (self->end_row, &times->end_minute);

  set_error (self->date_row, !first_ok);
  set_error (self->last_day_row, !last_ok);
  set_error (self->start_row, !start_ok);
  set_error (self->end_row, !end_ok);
  if (first_ok && last_ok && start_ok && end_ok)
    return TRUE;

  rounds_set_field_error (error, first_ok && last_ok && start_ok ? "end_at" : "start_at", "%s",
                          !first_ok || !last_ok ? _ ("This is not a date.") : _ ("This is not a time."));
  return FALSE;
}

static void
show_message (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
}

static void
show_time_kind (RoundsAppointmentDialog *self, RoundsWallTimeKind kind, RoundsRecord *candidate)
{
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  switch (kind)
    {
    case ROUNDS_WALL_TIME_SKIPPED:
      time = rounds_display_time (rounds_record_get_integer (candidate, ROUNDS_APPOINTMENT_START_AT));
      /* Translators: %s is a time of day. */
      text = g_strdup_printf (_ ("The clocks skip this time on that day. It will begin at %s."), time);
      break;
    case ROUNDS_WALL_TIME_DOUBLED:
      text = g_strdup (_ ("The clocks show this time twice on that day. The first one is meant."));
      break;
    case ROUNDS_WALL_TIME_ORDINARY:
    default:
      break;
    }
  show_message (self->time_message, text);
}

static void
show_duration (RoundsAppointmentDialog *self, RoundsRecord *candidate)
{
  RoundsInterval interval;
  g_autofree char *text = NULL;
  int minutes;

  rounds_appointment_get_interval (candidate, &interval);
  minutes = (int) ((interval.end - interval.start) / ROUNDS_MINUTE);
  if (minutes < 60)
    /* Translators: a duration in minutes. */
    text = g_strdup_printf (_ ("%d min"), minutes);
  else if (minutes % 60 == 0)
    /* Translators: a duration in hours. */
    text = g_strdup_printf (_ ("%d h"), minutes / 60);
  else
    /* Translators: a duration in hours and minutes. */
    text = g_strdup_printf (_ ("%d h %d min"), minutes / 60, minutes % 60);
  gtk_label_set_text (self->duration, text);
}

/* --- Clashes --- */

static void
clashes_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppointmentDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) clashes = rounds_appointment_find_clashes_finish (ROUNDS_STORE (source), result, &error);
  g_autoptr (RoundsCalendarEvent) event = NULL;
  g_autofree char *times = NULL;
  g_autofree char *text = NULL;

  /* An older search, or a dialog that is gone. A search that fails only leaves out the warning. */
  if (clashes == NULL || self->clash_search == NULL || g_cancellable_is_cancelled (self->clash_search))
    return;

  if (clashes->len > 0)
    {
      event = rounds_calendar_event_new (g_ptr_array_index (clashes, 0), self->zone);
      times = rounds_calendar_event_dup_time_text (event);
      if (clashes->len == 1)
        /* Translators: a warning: an appointment's title and its times. */
        text = g_strdup_printf (_ ("At the same time as “%s”, %s"), rounds_calendar_event_get_title (event), times);
      else
        /* Translators: a warning: an appointment's title, its times, and how many others there are. */
        text = g_strdup_printf (ngettext ("At the same time as “%s”, %s, and %u other appointment",
                                          "At the same time as “%s”, %s, and %u other appointments", clashes->len - 1),
                                rounds_calendar_event_get_title (event), times, clashes->len - 1);
    }
  show_message (self->clash_message, text);
}

static void
search_clashes (RoundsAppointmentDialog *self, RoundsRecord *candidate)
{
  g_cancellable_cancel (self->clash_search);
  g_clear_object (&self->clash_search);
  if (candidate == NULL || !rounds_appointment_blocks_time (candidate))
    {
      show_message (self->clash_message, NULL);
      return;
    }
  self->clash_search = g_cancellable_new ();
  rounds_appointment_find_clashes_async (get_store (self), candidate, self->clash_search, clashes_found_cb,
                                         g_object_ref (self));
}

/* What follows from the times as they are written now. */
static void
update_times (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) candidate = rounds_record_dup (self->record);
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;
  g_autoptr (GError) error = NULL;

  gtk_label_set_text (self->duration, "");
  show_message (self->time_message, NULL);
  rounds_record_form_apply (self->details_form, candidate);
  if (!read_times (self, &times, NULL))
    {
      search_clashes (self, NULL);
      return;
    }
  if (!rounds_appointment_times_store (&times, candidate, self->zone, &kind, &error))
    {
      set_error (times.all_day ? (gpointer) self->last_day_row : (gpointer) self->end_row, TRUE);
      show_message (self->time_message, error->message);
      search_clashes (self, NULL);
      return;
    }
  show_time_kind (self, kind, candidate);
  show_duration (self, candidate);
  search_clashes (self, candidate);
}

static void
show_times (RoundsAppointmentDialog *self)
{
  gboolean several = g_date_compare (&self->times.first_day, &self->times.last_day) != 0;

  adw_switch_row_set_active (self->all_day_row, self->times.all_day);
  show_day (self->date_row, &self->times.first_day);
  show_day (self->last_day_row, &self->times.last_day);
  rounds_time_row_set_minute (self->start_row, self->times.start_minute);
  rounds_time_row_set_minute (self->end_row, self->times.end_minute);
  gtk_widget_set_visible (GTK_WIDGET (self->last_day_row), self->times.all_day || several);
  gtk_widget_set_visible (GTK_WIDGET (self->start_row), !self->times.all_day);
  gtk_widget_set_visible (GTK_WIDGET (self->end_row), !self->times.all_day);
}

static void
touch (RoundsAppointmentDialog *self)
{
  if (!self->showing)
    self->changed = TRUE;
}

/* The end keeps its distance from the start. */
static void
start_changed_cb (RoundsAppointmentDialog *self)
{
  int start, moved;

  if (self->showing)
    return;
  touch (self);
  if (rounds_time_row_get_minute (self->start_row, &start) && start != self->times.start_minute)
    {
      moved = self->times.end_minute + start - self->times.start_minute;
      /* Past midnight the user says what is meant. */
      if (self->times.end_minute > self->times.start_minute && moved > 0 && moved < MINUTES_OF_DAY)
        {
          self->showing = TRUE;
          self->times.end_minute = moved;
          rounds_time_row_set_minute (self->end_row, moved);
          self->showing = FALSE;
        }
      self->times.start_minute = start;
    }
  update_times (self);
}

static void
end_changed_cb (RoundsAppointmentDialog *self)
{
  if (self->showing)
    return;
  touch (self);
  rounds_time_row_get_minute (self->end_row, &self->times.end_minute);
  update_times (self);
}

static void
date_changed_cb (RoundsAppointmentDialog *self)
{
  GDate day;

  if (self->showing)
    return;
  touch (self);
  if (read_day (self->date_row, &day) && g_date_compare (&day, &self->times.first_day) != 0)
    {
      int moved = g_date_days_between (&self->times.first_day, &day);

      self->times.first_day = day;
      if (moved > 0)
        g_date_add_days (&self->times.last_day, (guint) moved);
      else
        g_date_subtract_days (&self->times.last_day, (guint) -moved);
      self->showing = TRUE;
      show_day (self->last_day_row, &self->times.last_day);
      self->showing = FALSE;
    }
  update_times (self);
}

static void
last_day_changed_cb (RoundsAppointmentDialog *self)
{
  if (self->showing)
    return;
  touch (self);
  read_day (self->last_day_row, &self->times.last_day);
  update_times (self);
}

static void
all_day_changed_cb (RoundsAppointmentDialog *self)
{
  if (self->showing)
    return;
  touch (self);
  read_times (self, &self->times, NULL);
  self->showing = TRUE;
  show_times (self);
  self->showing = FALSE;
  update_times (self);
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

/* The form as an appointment; %NULL where something is wrong, which is then told at its row. */
static RoundsRecord *
read_record (RoundsAppointmentDialog *self)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (self->record);
  g_autoptr (GError) error = NULL;
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;

  if (!rounds_record_form_apply (self->subject_form, record) || !rounds_record_form_apply (self->details_form, record))
    return NULL;
  if (!read_times (self, &times, &error) || !rounds_appointment_times_store (&times, record, self->zone, &kind, &error))
    {
      show_message (self->time_message, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (g_strcmp0 (rounds_error_get_field (error), "start_at") == 0
                                           ? (gpointer) self->date_row
                                         : times.all_day ? (gpointer) self->last_day_row
                                                         : (gpointer) self->end_row));
      return NULL;
    }
  if (!rounds_record_validate (record, &error))
    {
      if (!rounds_record_form_show_error (self->subject_form, error)
          && !rounds_record_form_show_error (self->details_form, error))
        {
          adw_banner_set_title (self->banner, error->message);
          adw_banner_set_revealed (self->banner, TRUE);
        }
      return NULL;
    }
  return g_steal_pointer (&record);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppointmentDialog) self = data;
  g_autoptr (GError) error = NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.save", TRUE);
  if (!rounds_appointment_save_finish (ROUNDS_STORE (source), result, &error))
    {
      if (!rounds_record_form_show_error (self->subject_form, error)
          && !rounds_record_form_show_error (self->details_form, error))
        {
          adw_banner_set_title (self->banner, error->message);
          adw_banner_set_revealed (self->banner, TRUE);
        }
      return;
    }
  self->changed = FALSE;
  rounds_app_context_toast (self->context, self->is_stored ? _ ("Appointment saved") : _ ("Appointment planned"));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (widget);
  g_autoptr (RoundsRecord) record = read_record (self);
  guint selected = adw_combo_row_get_selected (self->reminder_row);

  if (record == NULL)
    return;
  adw_banner_set_revealed (self->banner, FALSE);
  gtk_widget_action_set_enabled (widget, "appointment.save", FALSE);
  rounds_appointment_save_async (get_store (self), record, g_array_index (self->offsets, int, selected), NULL, saved_cb,
                                 g_object_ref (self));
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

typedef struct
{
  RoundsAppContext *context; /* (owned) */
  RoundsRecord *record;      /* (owned) */
} Discarded;

static void
discarded_free (gpointer pointer)
{
  Discarded *self = pointer;

  g_clear_object (&self->context);
  g_clear_object (&self->record);
  g_free (self);
}

static void
reopen (gpointer data)
{
  Discarded *discarded = data;

  rounds_app_context_create (discarded->context, discarded->record);
}

/* Closing never asks, and loses nothing either: what was entered is one click away. */
static void
rounds_appointment_dialog_closed (AdwDialog *dialog)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (dialog);
  Discarded *discarded;
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;

  g_cancellable_cancel (self->clash_search);
  g_clear_object (&self->clash_search);
  if (!self->changed)
    return;

  self->changed = FALSE;
  discarded = g_new0 (Discarded, 1);
  discarded->context = g_object_ref (self->context);
  discarded->record = rounds_record_dup (self->record);
  rounds_record_form_apply (self->subject_form, discarded->record);
  rounds_record_form_apply (self->details_form, discarded->record);
  if (read_times (self, &times, NULL))
    rounds_appointment_times_store (&times, discarded->record, self->zone, &kind, NULL);
  rounds_app_context_toast_undo (self->context, _ ("Changes discarded"), reopen, discarded, discarded_free);
}

static void
rounds_appointment_dialog_dispose (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  self->showing = TRUE; /* rows that go may still say that they changed */
  g_cancellable_cancel (self->clash_search);
  g_clear_object (&self->clash_search);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_APPOINTMENT_DIALOG);
  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_appointment_dialog_parent_class)->dispose (object);
}

static void
rounds_appointment_dialog_finalize (GObject *object)
{
  RoundsAppointmentDialog *self = ROUNDS_APPOINTMENT_DIALOG (object);

  g_clear_pointer (&self->offsets, g_array_unref);
  g_clear_pointer (&self->zone, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, all_day_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, date_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, last_day_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, start_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, end_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, duration);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, time_message);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, clash_message);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, reminder_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentDialog, stored_group);
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
  g_type_ensure (ROUNDS_TYPE_DATE_ROW);
  g_type_ensure (ROUNDS_TYPE_TIME_ROW);
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
  self->zone = rounds_zone_get_local ();
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
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
                           "notify::selected", G_CALLBACK (end_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->start_row, "changed", G_CALLBACK (start_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->end_row, "changed", G_CALLBACK (end_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->date_row, "changed", G_CALLBACK (date_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->last_day_row, "changed", G_CALLBACK (last_day_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->all_day_row, "notify::active", G_CALLBACK (all_day_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->reminder_row, "notify::selected", G_CALLBACK (touch), self, G_CONNECT_SWAPPED);
}

static void
show_record (RoundsAppointmentDialog *self)
{
  self->showing = TRUE;
  if (rounds_record_is_null (self->record, ROUNDS_APPOINTMENT_TITLE))
    {
      self->own_title = make_title (self, rounds_record_get_uuid (self->record, ROUNDS_APPOINTMENT_PERSON));
      if (self->own_title != NULL)
        rounds_record_set_text (self->record, ROUNDS_APPOINTMENT_TITLE, self->own_title);
    }
  rounds_record_form_set_record (self->subject_form, self->record);
  rounds_record_form_set_record (self->details_form, self->record);
  rounds_appointment_times_load (&self->times, self->record, self->zone);
  show_times (self);
  show_reminder (self, load_offset (self));
  gtk_widget_set_visible (self->stored_group, self->is_stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.delete", self->is_stored);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "appointment.log", self->is_stored);
  if (self->is_stored)
    adw_dialog_set_title (ADW_DIALOG (self), _ ("Appointment"));
  self->showing = FALSE;
  update_times (self);
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
  g_autoptr (RoundsRecord) stored = NULL;

  self->context = g_object_ref (context);
  self->record = rounds_record_dup (record);
  stored = rounds_store_get (get_store (self), ROUNDS_ENTITY_APPOINTMENT, rounds_record_get_id (record), NULL);
  self->is_stored = stored != NULL;
  if (!self->is_stored)
    rounds_appointment_fill (context, self->record);
  set_up_rows (self);
  show_record (self);
  adw_dialog_present (ADW_DIALOG (self), parent);
  gtk_widget_grab_focus (rounds_record_form_get_row (
    self->subject_form, rounds_record_is_null (self->record, ROUNDS_APPOINTMENT_PERSON) ? ROUNDS_APPOINTMENT_PERSON
                                                                                        : ROUNDS_APPOINTMENT_TITLE));
}
