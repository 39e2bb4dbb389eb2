/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-day-column.h"

#include "forms/rounds-display.h"
#include "rounds-event-button.h"
#include "rounds-overlap.h"
#include "rounds-time.h"
#include "rounds-wall-time.h"

#define MINUTES_OF_DAY (24 * 60)
/* The least that a block is drawn as, so that a line of text fits in. */
#define LEAST_MINUTES 28
/* About what a line of a block's text takes. */
#define LINE_HEIGHT 17
/* A new appointment begins at the half hour that was clicked. */
#define SNAP_MINUTES 30

/* A child and where it goes, in minutes from the top. */
typedef struct
{
  GtkWidget *button; /* (not owned): a child of the column */
  RoundsOverlapBlock block;
} Placed;

struct _RoundsDayColumn
{
  GtkWidget parent_instance;

  RoundsCalendarModel *model; /* (owned) (nullable) */
  GArray *placed;             /* (owned) of Placed */
  GPtrArray *events;          /* (owned) (nullable) of RoundsCalendarEvent: those that are shown */
  GDate day;
  gboolean is_today;
};

G_DEFINE_FINAL_TYPE (RoundsDayColumn, rounds_day_column, GTK_TYPE_WIDGET)

static double
minute_to_y (RoundsDayColumn *self, double minute)
{
  return minute * gtk_widget_get_height (GTK_WIDGET (self)) / MINUTES_OF_DAY;
}

/* Where an instant is on the day's scale, which is the clock's: what is before the day is at its top. */
static int
instant_to_minute (RoundsDayColumn *self, gint64 instant)
{
  RoundsWallTime wall;
  GDate date;
  int days;

  if (!rounds_wall_time_from_instant (instant, rounds_calendar_model_get_zone (self->model), &wall, NULL))
    return 0;
  rounds_wall_time_get_date (&wall, &date);
  days = g_date_days_between (&self->day, &date);
  return days < 0 ? 0 : days > 0 ? MINUTES_OF_DAY : wall.hour * 60 + wall.minute;
}

static void
rounds_day_column_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? 24 * ROUNDS_HOUR_HEIGHT : 40;
}

static void
rounds_day_column_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoundsDayColumn *self = ROUNDS_DAY_COLUMN (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (guint i = 0; i < self->placed->len; i++)
    {
      Placed *placed = &g_array_index (self->placed, Placed, i);
      const RoundsOverlapBlock *block = &placed->block;
      double column_width = (double) (width - 4) / MAX (1, block->n_columns);
      double y = minute_to_y (self, (double) block->interval.start);
      double end_y = minute_to_y (self, (double) block->interval.end);
      GtkAllocation allocation = {
        .x = 2 + (int) (column_width * block->column),
        .y = (int) y + 1,
        .width = MAX (1, (int) (column_width * block->span) - 2),
        .height = MAX (1, (int) (end_y - y) - 2),
      };
      int least_width, least_height;

      if (rtl)
        allocation.x = width - allocation.x - allocation.width;
      gtk_widget_measure (placed->button, GTK_ORIENTATION_HORIZONTAL, -1, &least_width, NULL, NULL, NULL);
      allocation.width = MAX (allocation.width, least_width);
      gtk_widget_measure (placed->button, GTK_ORIENTATION_VERTICAL, allocation.width, &least_height, NULL, NULL, NULL);
      allocation.height = MAX (allocation.height, least_height);
      gtk_widget_size_allocate (placed->button, &allocation, -1);
    }
}

static void
append_line (GtkSnapshot *snapshot, const GdkRGBA *color, double y, float width, float height)
{
  gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (0, (float) (int) y, width, height));
}

static void
snapshot_now (RoundsDayColumn *self, GtkSnapshot *snapshot, float width)
{
  GdkRGBA *color = adw_style_manager_get_accent_color_rgba (adw_style_manager_get_default ());
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  double y = minute_to_y (self, instant_to_minute (self, rounds_time_now ()));
  graphene_rect_t dot = GRAPHENE_RECT_INIT (rtl ? width - 8 : 0, (float) (int) y - 4, 8, 8);
  GskRoundedRect round;

  append_line (snapshot, color, y - 1, width, 2);
  gsk_rounded_rect_init_from_rect (&round, &dot, 4);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, color, &dot);
  gtk_snapshot_pop (snapshot);
  gdk_rgba_free (color);
}

static void
rounds_day_column_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoundsDayColumn *self = ROUNDS_DAY_COLUMN (widget);
  float width = (float) gtk_widget_get_width (widget);
  GdkRGBA line, half;

  gtk_widget_get_color (widget, &line);
  half = line;
  line.alpha *= 0.15f;
  half.alpha *= 0.06f;
  for (int hour = 0; hour < 24; hour++)
    {
      if (hour > 0)
        append_line (snapshot, &line, minute_to_y (self, hour * 60), width, 1);
      append_line (snapshot, &half, minute_to_y (self, hour * 60 + 30), width, 1);
    }
  gtk_snapshot_append_color (snapshot, &line,
                             &GRAPHENE_RECT_INIT (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - 1 : 0,
                                                  0, 1, (float) gtk_widget_get_height (widget)));

  GTK_WIDGET_CLASS (rounds_day_column_parent_class)->snapshot (widget, snapshot);
  if (self->is_today)
    snapshot_now (self, snapshot, width);
}

static void
clear_events (RoundsDayColumn *self)
{
  for (guint i = 0; i < self->placed->len; i++)
    gtk_widget_unparent (g_array_index (self->placed, Placed, i).button);
  g_array_set_size (self->placed, 0);
}

static void
pressed_cb (RoundsDayColumn *self, int n_press, double x, double y)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  int minute = (int) (y * MINUTES_OF_DAY / MAX (1, gtk_widget_get_height (GTK_WIDGET (self))));
  RoundsResolvedTime resolved;
  RoundsWallTime wall;

  if (self->model == NULL || (target != NULL && gtk_widget_get_ancestor (target, ROUNDS_TYPE_EVENT_BUTTON) != NULL))
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select-day", "u", g_date_get_julian (&self->day));
  if (n_press != 2)
    return;

  minute = CLAMP (minute, 0, MINUTES_OF_DAY - 1) / SNAP_MINUTES * SNAP_MINUTES;
  rounds_wall_time_set_date (&wall, &self->day);
  wall.hour = minute / 60;
  wall.minute = minute % 60;
  if (rounds_wall_time_resolve (&wall, rounds_calendar_model_get_zone (self->model), &resolved, NULL))
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.new-at", "x", resolved.instant);
}

static void
rounds_day_column_dispose (GObject *object)
{
  RoundsDayColumn *self = ROUNDS_DAY_COLUMN (object);

  clear_events (self);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rounds_day_column_parent_class)->dispose (object);
}

static void
rounds_day_column_finalize (GObject *object)
{
  g_array_unref (ROUNDS_DAY_COLUMN (object)->placed);
  g_clear_pointer (&ROUNDS_DAY_COLUMN (object)->events, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_day_column_parent_class)->finalize (object);
}

static void
rounds_day_column_class_init (RoundsDayColumnClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_day_column_dispose;
  object_class->finalize = rounds_day_column_finalize;
  widget_class->measure = rounds_day_column_measure;
  widget_class->size_allocate = rounds_day_column_size_allocate;
  widget_class->snapshot = rounds_day_column_snapshot;
  gtk_widget_class_set_css_name (widget_class, "daycolumn");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rounds_day_column_init (RoundsDayColumn *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->placed = g_array_new (FALSE, FALSE, sizeof (Placed));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/**
 * rounds_day_column_new:
 *
 * Returns: (transfer floating): a column without a day
 */
GtkWidget *
rounds_day_column_new (void)
{
  return g_object_new (ROUNDS_TYPE_DAY_COLUMN, NULL);
}

static void
place (RoundsDayColumn *self, RoundsCalendarEvent *event)
{
  const RoundsInterval *interval = rounds_calendar_event_get_interval (event);
  Placed placed = { NULL };
  int start = instant_to_minute (self, interval->start);
  /* By its length and not by the clock at its end, so that it is not upside down when the clocks are put back. */
  gint64 length = interval->start < rounds_day_start (&self->day, rounds_calendar_model_get_zone (self->model))
                    ? instant_to_minute (self, interval->end)
                    : (interval->end - interval->start) / ROUNDS_MINUTE;
  guint room;

  start = MIN (start, MINUTES_OF_DAY - LEAST_MINUTES);
  placed.block.interval.start = start;
  placed.block.interval.end = CLAMP (start + length, start + LEAST_MINUTES, MINUTES_OF_DAY);
  room = (guint) (placed.block.interval.end - start) * ROUNDS_HOUR_HEIGHT / 60;
  placed.button = rounds_event_button_new (self->model, event, MAX (1, room / LINE_HEIGHT));
  gtk_widget_set_parent (placed.button, GTK_WIDGET (self));
  g_array_append_val (self->placed, placed);
}

static void
lay_out (RoundsDayColumn *self)
{
  g_autofree RoundsOverlapBlock *blocks = g_new0 (RoundsOverlapBlock, self->placed->len);

  for (guint i = 0; i < self->placed->len; i++)
    blocks[i] = g_array_index (self->placed, Placed, i).block;
  rounds_overlap_layout (blocks, self->placed->len);
  for (guint i = 0; i < self->placed->len; i++)
    g_array_index (self->placed, Placed, i).block = blocks[i];
}

/**
 * rounds_day_column_show_day:
 * @self: a column
 * @model: where the events are
 * @day: the day to show; its whole-day events are not drawn here
 */
void
rounds_day_column_show_day (RoundsDayColumn *self, RoundsCalendarModel *model, const GDate *day)
{
  g_autoptr (GPtrArray) events = rounds_calendar_model_list_day (model, day);
  g_autofree char *name = rounds_calendar_format_date (day, rounds_display_day_format (ROUNDS_DAY_LONG_YEAR));
  gboolean same_day = g_date_valid (&self->day) && g_date_compare (day, &self->day) == 0;
  GDate today;

  g_set_object (&self->model, model);
  self->day = *day;
  rounds_calendar_get_today (&today);
  self->is_today = g_date_compare (day, &today) == 0;

  if (same_day && rounds_calendar_events_equal (self->events, events))
    return;
  clear_events (self);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = g_ptr_array_ref (events);
  for (guint i = 0; i < events->len; i++)
    if (!rounds_calendar_event_is_all_day (g_ptr_array_index (events, i)))
      place (self, g_ptr_array_index (events, i));
  lay_out (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
