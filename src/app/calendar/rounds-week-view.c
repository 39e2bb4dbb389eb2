/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-week-view.h"

#include "rounds-day-column.h"
#include "rounds-day-header.h"
#include "rounds-wall-time.h"
#include "rounds-when.h"

#define N_DAYS 7
/* Where the view begins before anybody has scrolled: a rep's day starts soon after. In the evening the present is in
 * view. */
#define FIRST_HOUR 7
#define MOST_HOURS_BEFORE_NOW 9

struct _RoundsWeekView
{
  GtkWidget parent_instance;

  RoundsCalendarModel *model; /* (owned) (nullable) until it is set */
  RoundsDayHeader *day_headers[N_DAYS];
  RoundsDayColumn *day_columns[N_DAYS];
  RoundsDayRange range;
  GDate day; /* the selected one */
  GDateWeekday first_weekday;
  gboolean scrolled; /* to the first hour, once */

  /* Template widgets */
  GtkBox *top;
  GtkBox *headers;
  GtkBox *hours;
  GtkBox *columns;
  GtkScrolledWindow *scrolled_window;
};

G_DEFINE_FINAL_TYPE (RoundsWeekView, rounds_week_view, GTK_TYPE_WIDGET)

static gboolean
scroll_to_start (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RoundsWeekView *self = ROUNDS_WEEK_VIEW (widget);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  int first_hour = MAX (FIRST_HOUR, g_date_time_get_hour (now) - MOST_HOURS_BEFORE_NOW);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window),
                            first_hour * ROUNDS_HOUR_HEIGHT - ROUNDS_HOUR_HEIGHT / 4);
  return G_SOURCE_REMOVE;
}

static void
height_changed_cb (RoundsWeekView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  /* Not before the day has its full height, and not while there is nothing to scroll. */
  if (self->scrolled || gtk_adjustment_get_page_size (adjustment) <= 0
      || gtk_adjustment_get_upper (adjustment)
           < MAX (24 * ROUNDS_HOUR_HEIGHT, gtk_adjustment_get_page_size (adjustment) + 1))
    return;
  self->scrolled = TRUE;
  /* The places of this frame are being given out, so in the next one. */
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_start, NULL, NULL);
}

static void
add_hours (RoundsWeekView *self)
{
  for (int hour = 0; hour < 24; hour++)
    {
      g_autofree char *text = hour > 0 ? rounds_when_format_hour (hour) : g_strdup ("");
      GtkWidget *label = gtk_label_new (text);

      gtk_label_set_yalign (GTK_LABEL (label), 0);
      gtk_label_set_xalign (GTK_LABEL (label), 1);
      gtk_widget_set_size_request (label, -1, ROUNDS_HOUR_HEIGHT);
      gtk_widget_set_margin_start (label, 6);
      gtk_widget_set_margin_end (label, 6);
      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "dimmed");
      gtk_widget_add_css_class (label, "numeric");
      gtk_widget_add_css_class (label, "hour");
      gtk_box_append (self->hours, label);
    }
}

static void
rounds_week_view_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_week_view_parent_class)->show (widget);
  rounds_week_view_refresh (ROUNDS_WEEK_VIEW (widget));
}

static void
rounds_week_view_dispose (GObject *object)
{
  RoundsWeekView *self = ROUNDS_WEEK_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_WEEK_VIEW);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rounds_week_view_parent_class)->dispose (object);
}

static void
rounds_week_view_class_init (RoundsWeekViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_week_view_dispose;
  widget_class->show = rounds_week_view_show;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/week-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsWeekView, top);
  gtk_widget_class_bind_template_child (widget_class, RoundsWeekView, headers);
  gtk_widget_class_bind_template_child (widget_class, RoundsWeekView, hours);
  gtk_widget_class_bind_template_child (widget_class, RoundsWeekView, columns);
  gtk_widget_class_bind_template_child (widget_class, RoundsWeekView, scrolled_window);
  gtk_widget_class_bind_template_callback (widget_class, height_changed_cb);
  gtk_widget_class_set_css_name (widget_class, "weekview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "calendar.move-visually", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "calendar.move-visually", "i", 1);
}

static void
rounds_week_view_init (RoundsWeekView *self)
{
  self->first_weekday = rounds_locale_get_first_weekday ();
  gtk_widget_init_template (GTK_WIDGET (self));

  add_hours (self);
  for (guint i = 0; i < N_DAYS; i++)
    {
      self->day_headers[i] = ROUNDS_DAY_HEADER (rounds_day_header_new ());
      self->day_columns[i] = ROUNDS_DAY_COLUMN (rounds_day_column_new ());
      gtk_box_append (self->headers, GTK_WIDGET (self->day_headers[i]));
      gtk_box_append (self->columns, GTK_WIDGET (self->day_columns[i]));
    }
}

/**
 * rounds_week_view_set_model:
 * @self: a view
 * @model: where the events are
 */
void
rounds_week_view_set_model (RoundsWeekView *self, RoundsCalendarModel *model)
{
  g_return_if_fail (ROUNDS_IS_WEEK_VIEW (self));

  g_set_object (&self->model, model);
}

static void
update_selection (RoundsWeekView *self, gboolean focus)
{
  for (guint i = 0; i < N_DAYS; i++)
    {
      gboolean selected = g_date_compare (rounds_day_header_get_day (self->day_headers[i]), &self->day) == 0;

      rounds_day_header_set_selected (self->day_headers[i], selected);
      if (selected && focus)
        gtk_widget_grab_focus (GTK_WIDGET (self->day_headers[i]));
    }
}

/**
 * rounds_week_view_show_day:
 * @self: a view
 * @day: the day to select; its week is shown
 */
void
rounds_week_view_show_day (RoundsWeekView *self, const GDate *day)
{
  RoundsDayRange range;
  gboolean focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (ROUNDS_IS_WEEK_VIEW (self));

  self->day = *day;
  rounds_day_range_init_week (&range, day, self->first_weekday);
  if (!rounds_day_range_equal (&range, &self->range))
    {
      self->range = range;
      rounds_week_view_refresh (self);
    }
  update_selection (self, focus);
}

/**
 * rounds_week_view_refresh:
 * @self: a view that shows a week
 *
 * Draws the events that the model has now. A view that is hidden, as it is in a narrow window, waits until it is shown.
 */
void
rounds_week_view_refresh (RoundsWeekView *self)
{
  /* Asked before the events go, one of which may have it. */
  gboolean focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (ROUNDS_IS_WEEK_VIEW (self));

  if (self->model == NULL || !g_date_valid (&self->day) || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  for (guint i = 0; i < N_DAYS; i++)
    {
      GDate day;

      rounds_day_range_get_day (&self->range, i, &day);
      rounds_day_header_show_day (self->day_headers[i], self->model, &day);
      rounds_day_column_show_day (self->day_columns[i], self->model, &day);
    }
  update_selection (self, focus);
}

/**
 * rounds_week_view_focus_day:
 * @self: a view
 *
 * Gives the selected day the focus.
 */
void
rounds_week_view_focus_day (RoundsWeekView *self)
{
  update_selection (self, TRUE);
}

/**
 * rounds_week_view_redraw:
 * @self: a view
 *
 * Moves the line of the current time to where it is now.
 */
void
rounds_week_view_redraw (RoundsWeekView *self)
{
  g_return_if_fail (ROUNDS_IS_WEEK_VIEW (self));

  for (guint i = 0; i < N_DAYS; i++)
    gtk_widget_queue_draw (GTK_WIDGET (self->day_columns[i]));
}
