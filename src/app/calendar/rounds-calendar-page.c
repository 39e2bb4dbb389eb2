/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-calendar-page.h"

#include <glib/gi18n-lib.h>

#include "rounds-agenda-view.h"
#include "rounds-appointment-defaults.h"
#include "rounds-calendar-model.h"
#include "rounds-month-view.h"
#include "rounds-week-view.h"

#define SECONDS_OF_MINUTE 60

struct _RoundsCalendarPage
{
  AdwBin parent_instance;

  RoundsAppContext *context;  /* (owned) */
  RoundsCalendarModel *model; /* (owned) */
  char *view;                 /* (owned): "month" or "week" */
  GDate day;                  /* the selected one */
  GDate today;                /* as it was when it was last drawn */
  guint clock;                /* runs while the page is on the screen; 0: not */

  /* Template widgets */
  AdwWindowTitle *title;
  RoundsMonthView *month_view;
  RoundsWeekView *week_view;
  RoundsAgendaView *day_agenda;
  RoundsAgendaView *week_agenda;
};

enum
{
  PROP_0,
  PROP_VIEW,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsCalendarPage, rounds_calendar_page, ADW_TYPE_BIN)

static gboolean
is_week (RoundsCalendarPage *self)
{
  return g_str_equal (self->view, "week");
}

static void
get_visible_days (RoundsCalendarPage *self, RoundsDayRange *range)
{
  GDateWeekday first_weekday = rounds_locale_get_first_weekday ();

  if (is_week (self))
    rounds_day_range_init_week (range, &self->day, first_weekday);
  else
    rounds_day_range_init_month (range, &self->day, first_weekday);
}

static void
update_title (RoundsCalendarPage *self, const RoundsDayRange *range)
{
  /* Translators: a month as the calendar's title, as g_date_time_format() has it. */
  g_autofree char *month = rounds_calendar_format_date (&self->day, _ ("%OB %Y"));
  g_autofree char *week = NULL;

  if (is_week (self))
    {
      GDate thursday = range->first;

      /* ISO 8601 numbers a week by its Thursday, whichever day it begins on. */
      while (g_date_get_weekday (&thursday) != G_DATE_THURSDAY)
        g_date_add_days (&thursday, 1);
      /* Translators: the number of a week in its year. */
      week = g_strdup_printf (_ ("Week %u"), g_date_get_iso8601_week_of_year (&thursday));
    }
  adw_window_title_set_title (self->title, month);
  adw_window_title_set_subtitle (self->title, week != NULL ? week : "");
}

/* Shows the selected day in the view that is in front; the other one follows when it comes. */
static void
show_selected (RoundsCalendarPage *self)
{
  RoundsDayRange range, day;

  get_visible_days (self, &range);
  rounds_calendar_model_set_range (self->model, &range);
  update_title (self, &range);
  if (is_week (self))
    {
      rounds_week_view_show_day (self->week_view, &self->day);
      rounds_agenda_view_show_days (self->week_agenda, &range, &self->day);
    }
  else
    {
      rounds_day_range_init_days (&day, &self->day, 1);
      rounds_month_view_show_day (self->month_view, &self->day);
      rounds_agenda_view_show_days (self->day_agenda, &day, &self->day);
    }
}

static void
refresh (RoundsCalendarPage *self)
{
  if (is_week (self))
    {
      rounds_week_view_refresh (self->week_view);
      rounds_agenda_view_refresh (self->week_agenda);
    }
  else
    {
      rounds_month_view_refresh (self->month_view);
      rounds_agenda_view_refresh (self->day_agenda);
    }
}

static void
set_view (RoundsCalendarPage *self, const char *view)
{
  if (view == NULL || g_strcmp0 (self->view, view) == 0)
    return;
  g_set_str (&self->view, view);
  if (self->model != NULL)
    {
      show_selected (self);
      refresh (self);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VIEW]);
}

/* The line of the current time moves on; after midnight, or a night's sleep, so does today. */
static gboolean
clock_cb (gpointer data)
{
  RoundsCalendarPage *self = data;
  GDate today;

  rounds_calendar_get_today (&today);
  if (g_date_compare (&today, &self->today) != 0)
    {
      gboolean was_today = g_date_compare (&self->day, &self->today) == 0;

      self->today = today;
      if (was_today)
        self->day = today;
      show_selected (self);
      refresh (self);
    }
  else if (is_week (self))
    rounds_week_view_redraw (self->week_view);
  return G_SOURCE_CONTINUE;
}

static void
rounds_calendar_page_map (GtkWidget *widget)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);

  GTK_WIDGET_CLASS (rounds_calendar_page_parent_class)->map (widget);
  rounds_calendar_model_set_held (self->model, FALSE);
  clock_cb (self);
  self->clock = g_timeout_add_seconds (SECONDS_OF_MINUTE / 2, clock_cb, self);
}

static void
rounds_calendar_page_unmap (GtkWidget *widget)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);

  g_clear_handle_id (&self->clock, g_source_remove);
  rounds_calendar_model_set_held (self->model, TRUE);
  GTK_WIDGET_CLASS (rounds_calendar_page_parent_class)->unmap (widget);
}

static gboolean
rounds_calendar_page_grab_focus (GtkWidget *widget)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);

  if (is_week (self))
    rounds_week_view_focus_day (self->week_view);
  else
    rounds_month_view_focus_day (self->month_view);
  return TRUE;
}

static void
select_day (RoundsCalendarPage *self, const GDate *day)
{
  self->day = *day;
  show_selected (self);
}

static void
today_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);
  GDate today;

  rounds_calendar_get_today (&today);
  select_day (self, &today);
}

static void
move_view (RoundsCalendarPage *self, int direction)
{
  GDate day = self->day;

  if (is_week (self))
    direction > 0 ? g_date_add_days (&day, 7) : g_date_subtract_days (&day, 7);
  else
    direction > 0 ? g_date_add_months (&day, 1) : g_date_subtract_months (&day, 1);
  select_day (self, &day);
}

static void
previous_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_view (ROUNDS_CALENDAR_PAGE (widget), -1);
}

static void
next_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  move_view (ROUNDS_CALENDAR_PAGE (widget), 1);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);
  int days = g_variant_get_int32 (parameter);
  GDate day = self->day;

  /* Left is back, except where days run from right to left. */
  if (g_str_equal (name, "calendar.move-visually") && gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    days = -days;
  if (days > 0)
    g_date_add_days (&day, (guint) days);
  else
    g_date_subtract_days (&day, (guint) -days);
  select_day (self, &day);
}

static void
select_day_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_julian (&day, g_variant_get_uint32 (parameter));
  select_day (ROUNDS_CALENDAR_PAGE (widget), &day);
}

static void
show_week_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  set_view (ROUNDS_CALENDAR_PAGE (widget), "week");
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);
  g_autoptr (RoundsRecord) appointment = rounds_appointment_new_on_day (self->context, &self->day);

  rounds_app_context_create (self->context, appointment);
}

static void
new_at_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (widget);
  g_autoptr (RoundsRecord) appointment = rounds_appointment_new_at (self->context, g_variant_get_int64 (parameter));

  rounds_app_context_create (self->context, appointment);
}

static void
rounds_calendar_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (object);

  switch (id)
    {
    case PROP_VIEW:
      g_value_set_string (value, self->view);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_calendar_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (object);

  switch (id)
    {
    case PROP_VIEW:
      set_view (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_up (RoundsCalendarPage *self, RoundsAppContext *context)
{
  self->context = g_object_ref (context);
  self->model = rounds_calendar_model_new (self->context);
  rounds_month_view_set_model (self->month_view, self->model);
  rounds_week_view_set_model (self->week_view, self->model);
  rounds_agenda_view_set_model (self->day_agenda, self->model);
  rounds_agenda_view_set_model (self->week_agenda, self->model);
  g_signal_connect_object (self->model, "changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  show_selected (self);
}

static void
rounds_calendar_page_dispose (GObject *object)
{
  RoundsCalendarPage *self = ROUNDS_CALENDAR_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_CALENDAR_PAGE);
  g_clear_object (&self->model);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_calendar_page_parent_class)->dispose (object);
}

static void
rounds_calendar_page_finalize (GObject *object)
{
  g_free (ROUNDS_CALENDAR_PAGE (object)->view);

  G_OBJECT_CLASS (rounds_calendar_page_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "calendar.today", NULL, today_action);
  gtk_widget_class_install_action (widget_class, "calendar.previous", NULL, previous_action);
  gtk_widget_class_install_action (widget_class, "calendar.next", NULL, next_action);
  gtk_widget_class_install_action (widget_class, "calendar.move", "i", move_action);
  gtk_widget_class_install_action (widget_class, "calendar.move-visually", "i", move_action);
  gtk_widget_class_install_action (widget_class, "calendar.select-day", "u", select_day_action);
  gtk_widget_class_install_action (widget_class, "calendar.show-week", NULL, show_week_action);
  gtk_widget_class_install_action (widget_class, "calendar.new-at", "x", new_at_action);
  gtk_widget_class_install_action (widget_class, "page.new", NULL, new_action);
}

static void
rounds_calendar_page_class_init (RoundsCalendarPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_calendar_page_dispose;
  object_class->finalize = rounds_calendar_page_finalize;
  object_class->get_property = rounds_calendar_page_get_property;
  object_class->set_property = rounds_calendar_page_set_property;
  widget_class->map = rounds_calendar_page_map;
  widget_class->unmap = rounds_calendar_page_unmap;
  widget_class->grab_focus = rounds_calendar_page_grab_focus;

  properties[PROP_VIEW] = g_param_spec_string ("view", NULL, NULL, "month",
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (ROUNDS_TYPE_MONTH_VIEW);
  g_type_ensure (ROUNDS_TYPE_WEEK_VIEW);
  g_type_ensure (ROUNDS_TYPE_AGENDA_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsCalendarPage, month_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsCalendarPage, week_view);
  gtk_widget_class_bind_template_child (widget_class, RoundsCalendarPage, day_agenda);
  gtk_widget_class_bind_template_child (widget_class, RoundsCalendarPage, week_agenda);
  install_actions (widget_class);
}

static void
rounds_calendar_page_init (RoundsCalendarPage *self)
{
  self->view = g_strdup ("month");
  rounds_calendar_get_today (&self->today);
  self->day = self->today;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_calendar_page_new:
 * @context: the context
 *
 * Returns: (transfer floating): the page, showing this month
 */
GtkWidget *
rounds_calendar_page_new (RoundsAppContext *context)
{
  RoundsCalendarPage *self = g_object_new (ROUNDS_TYPE_CALENDAR_PAGE, NULL);

  set_up (self, context);
  return GTK_WIDGET (self);
}
