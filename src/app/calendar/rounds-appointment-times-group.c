/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-times-group.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-date-row.h"
#include "forms/rounds-display.h"
#include "rounds-appointment-service.h"
#include "rounds-appointment-times.h"
#include "rounds-calendar-event.h"
#include "rounds-error.h"
#include "rounds-overlap.h"
#include "rounds-time-row.h"
#include "rounds-time.h"

#define MINUTES_OF_DAY (24 * 60)

struct _RoundsAppointmentTimesGroup
{
  AdwPreferencesGroup parent_instance;

  RoundsAppContext *context;    /* (owned) (nullable) until set up */
  RoundsRecord *record;         /* (owned) (nullable): the appointment as it was shown, with its present status */
  GCancellable *clash_search;   /* (owned) (nullable) the search that runs */
  RoundsAppointmentTimes times; /* as they were last understood */
  char *zone;                   /* (owned): the user's own */
  gboolean showing;             /* the rows are being set by the program */

  /* Template widgets */
  AdwSwitchRow *all_day_row;
  RoundsDateRow *date_row;
  RoundsDateRow *last_day_row;
  RoundsTimeRow *start_row;
  RoundsTimeRow *end_row;
  GtkLabel *duration;
  AdwActionRow *time_message;
  AdwActionRow *clash_message;
};

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RoundsAppointmentTimesGroup, rounds_appointment_times_group, ADW_TYPE_PREFERENCES_GROUP)

static void
touch (RoundsAppointmentTimesGroup *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static gboolean
read_day (RoundsDateRow *row, GDate *day)
{
  g_autofree char *text = rounds_date_row_dup_date (row);
  int year, month, number;

  if (text == NULL || sscanf (text, "%4d-%2d-%2d", &year, &month, &number) != 3)
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
read_times (RoundsAppointmentTimesGroup *self, RoundsAppointmentTimes *times, GError **error)
{
  gboolean first_ok, last_ok, start_ok, end_ok;
  g_autofree char *problem = NULL;

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

  if (!first_ok || !last_ok)
    problem = rounds_date_row_explain (self->date_row);
  else
    problem = rounds_time_row_explain ();
  rounds_set_field_error (error, first_ok && last_ok && start_ok ? "end_at" : "start_at", "%s", problem);
  return FALSE;
}

static void
show_message (AdwActionRow *row, const char *text)
{
  gtk_widget_set_visible (GTK_WIDGET (row), text != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), text != NULL ? text : "");
}

static void
show_time_kind (RoundsAppointmentTimesGroup *self, RoundsWallTimeKind kind, RoundsRecord *candidate)
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
show_duration (RoundsAppointmentTimesGroup *self, RoundsRecord *candidate)
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

static void
clashes_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RoundsAppointmentTimesGroup) self = data;
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
        text = g_strdup_printf (_ ("Overlaps with “%s”, %s"), rounds_calendar_event_get_title (event), times);
      else
        /* Translators: a warning: an appointment's title, its times, and how many others there are. */
        text = g_strdup_printf (ngettext ("Overlaps with “%s”, %s, and %u other appointment",
                                          "Overlaps with “%s”, %s, and %u other appointments", clashes->len - 1),
                                rounds_calendar_event_get_title (event), times, clashes->len - 1);
    }
  show_message (self->clash_message, text);
}

static void
search_clashes (RoundsAppointmentTimesGroup *self, RoundsRecord *candidate)
{
  g_cancellable_cancel (self->clash_search);
  g_clear_object (&self->clash_search);
  if (candidate == NULL || !rounds_appointment_blocks_time (candidate))
    {
      show_message (self->clash_message, NULL);
      return;
    }
  self->clash_search = g_cancellable_new ();
  rounds_appointment_find_clashes_async (rounds_app_context_get_store (self->context), candidate, self->clash_search,
                                         clashes_found_cb, g_object_ref (self));
}

/* What follows from the times as they are written now. */
static void
update_times (RoundsAppointmentTimesGroup *self)
{
  g_autoptr (RoundsRecord) candidate = rounds_record_dup (self->record);
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;
  g_autoptr (GError) error = NULL;

  gtk_label_set_text (self->duration, "");
  show_message (self->time_message, NULL);
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
show_times (RoundsAppointmentTimesGroup *self)
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

/* The end keeps its distance from the start. */
static void
start_changed_cb (RoundsAppointmentTimesGroup *self)
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
end_changed_cb (RoundsAppointmentTimesGroup *self)
{
  if (self->showing)
    return;
  touch (self);
  rounds_time_row_get_minute (self->end_row, &self->times.end_minute);
  update_times (self);
}

static void
date_changed_cb (RoundsAppointmentTimesGroup *self)
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
last_day_changed_cb (RoundsAppointmentTimesGroup *self)
{
  if (self->showing)
    return;
  touch (self);
  read_day (self->last_day_row, &self->times.last_day);
  update_times (self);
}

static void
all_day_changed_cb (RoundsAppointmentTimesGroup *self)
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

/* While somebody writes the row is marked; when they go on they are told what is expected of it. */
static void
row_left_cb (RoundsAppointmentTimesGroup *self)
{
  RoundsAppointmentTimes times;
  g_autoptr (GError) error = NULL;

  if (!self->showing && !read_times (self, &times, &error))
    show_message (self->time_message, error->message);
}

static void
watch_leaving (RoundsAppointmentTimesGroup *self, gpointer row)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (row_left_cb), self);
  gtk_widget_add_controller (row, focus);
}

static void
rounds_appointment_times_group_dispose (GObject *object)
{
  RoundsAppointmentTimesGroup *self = ROUNDS_APPOINTMENT_TIMES_GROUP (object);

  self->showing = TRUE; /* rows that go may still say that they changed */
  g_cancellable_cancel (self->clash_search);
  g_clear_object (&self->clash_search);
  g_clear_object (&self->record);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_appointment_times_group_parent_class)->dispose (object);
}

static void
rounds_appointment_times_group_finalize (GObject *object)
{
  g_free (ROUNDS_APPOINTMENT_TIMES_GROUP (object)->zone);

  G_OBJECT_CLASS (rounds_appointment_times_group_parent_class)->finalize (object);
}

static void
rounds_appointment_times_group_class_init (RoundsAppointmentTimesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_appointment_times_group_dispose;
  object_class->finalize = rounds_appointment_times_group_finalize;

  signals[SIGNAL_CHANGED] = g_signal_new ("changed", ROUNDS_TYPE_APPOINTMENT_TIMES_GROUP, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (ROUNDS_TYPE_DATE_ROW);
  g_type_ensure (ROUNDS_TYPE_TIME_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/appointment-times-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, all_day_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, date_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, last_day_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, start_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, end_row);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, duration);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, time_message);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentTimesGroup, clash_message);
  gtk_widget_class_bind_template_callback (widget_class, all_day_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, date_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, last_day_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, start_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, end_changed_cb);
}

static void
rounds_appointment_times_group_init (RoundsAppointmentTimesGroup *self)
{
  self->zone = rounds_zone_get_local ();
  self->showing = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  watch_leaving (self, self->date_row);
  watch_leaving (self, self->last_day_row);
  watch_leaving (self, self->start_row);
  watch_leaving (self, self->end_row);
}

/**
 * rounds_appointment_times_group_show:
 * @self: a group
 * @context: the context
 * @appointment: an appointment with a start and an end, stored or not; copied
 *
 * Shows when an appointment is. Does not emit "changed".
 */
void
rounds_appointment_times_group_show (RoundsAppointmentTimesGroup *self, RoundsAppContext *context,
                                     RoundsRecord *appointment)
{
  g_autoptr (RoundsRecord) record = rounds_record_dup (appointment);

  g_return_if_fail (ROUNDS_IS_APPOINTMENT_TIMES_GROUP (self));

  g_set_object (&self->context, context);
  g_set_object (&self->record, record);
  self->showing = TRUE;
  rounds_appointment_times_load (&self->times, record, self->zone);
  show_times (self);
  self->showing = FALSE;
  update_times (self);
}

/**
 * rounds_appointment_times_group_set_status:
 * @self: a group that shows an appointment
 * @status: (nullable): the status that the appointment will have; what is cancelled clashes with nothing
 */
void
rounds_appointment_times_group_set_status (RoundsAppointmentTimesGroup *self, const char *status)
{
  g_return_if_fail (ROUNDS_IS_APPOINTMENT_TIMES_GROUP (self));

  if (g_strcmp0 (status, rounds_record_get_text (self->record, ROUNDS_APPOINTMENT_STATUS)) == 0)
    return;
  rounds_record_set_text (self->record, ROUNDS_APPOINTMENT_STATUS, status);
  update_times (self);
}

/**
 * rounds_appointment_times_group_peek:
 * @self: a group that shows an appointment
 * @appointment: an appointment
 *
 * Writes the times into @appointment if they make sense, and says nothing if they do not: for what is not finished yet.
 */
void
rounds_appointment_times_group_peek (RoundsAppointmentTimesGroup *self, RoundsRecord *appointment)
{
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;

  g_return_if_fail (ROUNDS_IS_APPOINTMENT_TIMES_GROUP (self));

  if (read_times (self, &times, NULL))
    rounds_appointment_times_store (&times, appointment, self->zone, &kind, NULL);
}

/**
 * rounds_appointment_times_group_apply:
 * @self: a group that shows an appointment
 * @appointment: the appointment to write the times into
 *
 * Returns: %FALSE if the times make no sense; that is told below them, and the row in question has the focus
 */
gboolean
rounds_appointment_times_group_apply (RoundsAppointmentTimesGroup *self, RoundsRecord *appointment)
{
  g_autoptr (GError) error = NULL;
  RoundsAppointmentTimes times;
  RoundsWallTimeKind kind;
  GtkWidget *wrong;

  g_return_val_if_fail (ROUNDS_IS_APPOINTMENT_TIMES_GROUP (self), FALSE);

  if (read_times (self, &times, &error)
      && rounds_appointment_times_store (&times, appointment, self->zone, &kind, &error))
    return TRUE;

  show_message (self->time_message, error->message);
  if (g_strcmp0 (rounds_error_get_field (error), "start_at") == 0)
    wrong = GTK_WIDGET (self->date_row);
  else
    wrong = times.all_day ? GTK_WIDGET (self->last_day_row) : GTK_WIDGET (self->end_row);
  gtk_widget_grab_focus (wrong);
  return FALSE;
}
