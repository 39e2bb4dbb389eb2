/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-month-cell.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-event-button.h"

#define SPACING 2
#define PADDING 3
/* Dots of a narrow window: more than four tell nothing. */
#define MOST_DOTS 4
/* Buttons of a cell that has not had a size yet: about what a usual window has room for. */
#define FIRST_ROOM 5

struct _RoundsMonthCell
{
  GtkWidget parent_instance;

  RoundsCalendarModel *model; /* (owned) (nullable) */
  GPtrArray *buttons;         /* (owned) (element-type GtkWidget): children of this cell, those of the first events */
  GPtrArray *events;          /* (owned) (nullable) of RoundsCalendarEvent: those of the day */
  guint room;                 /* how many buttons have fitted in, at most: others are not made */
  GDate day;
  gboolean compact;
  gboolean show_times;
  gboolean selected;
  guint n_hidden; /* events that there is no room for */
  int hidden_y;   /* where it says so */

  /* Template widgets */
  GtkWidget *number;
  GtkWidget *more;
  GtkWidget *dots;
};

G_DEFINE_FINAL_TYPE (RoundsMonthCell, rounds_month_cell, GTK_TYPE_WIDGET)

static guint
get_n_events (RoundsMonthCell *self)
{
  return self->events != NULL ? self->events->len : 0;
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

static void
rounds_month_cell_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                           int *minimum_baseline, int *natural_baseline)
{
  RoundsMonthCell *self = ROUNDS_MONTH_CELL (widget);
  int least; /* that a child needs */

  gtk_widget_measure (self->number, orientation, -1, &least, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      for (guint i = 0; !self->compact && i < self->buttons->len; i++)
        {
          int minimum_button;

          gtk_widget_measure (g_ptr_array_index (self->buttons, i), orientation, -1, &minimum_button, NULL, NULL, NULL);
          least = MAX (least, minimum_button);
        }
      *minimum = least + 2 * PADDING;
    }
  else
    *minimum = least + 2 * PADDING + SPACING + measure_height (self->compact ? self->dots : self->more, -1);
  *natural = *minimum;
}

static void
allocate_line (GtkWidget *child, int y, int width, int height)
{
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &(GtkAllocation) { PADDING, y, width, height }, -1);
}

/* How many events fit above the line that counts the others, which is only there when some do not. */
static guint
count_fitting (RoundsMonthCell *self, int width, int room)
{
  int line, more;

  if (self->compact || room < 0 || self->buttons->len == 0)
    return 0;
  line = measure_height (g_ptr_array_index (self->buttons, 0), width) + SPACING;
  more = measure_height (self->more, width) + SPACING;
  if (room + SPACING >= line * (int) self->events->len)
    return self->events->len;
  return (guint) MAX (0, (room + SPACING - more) / line);
}

static void
clear_events (RoundsMonthCell *self)
{
  GtkWidget *dot;

  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
  while ((dot = gtk_widget_get_first_child (self->dots)) != NULL)
    gtk_box_remove (GTK_BOX (self->dots), dot);
}

static void
add_button (RoundsMonthCell *self, RoundsCalendarEvent *event)
{
  const RoundsDayRange *days = rounds_calendar_event_get_days (event);
  GtkWidget *button = rounds_event_button_new (self->model, event, 0);
  int index = rounds_day_range_get_index (days, &self->day);

  rounds_event_button_set_show_time (ROUNDS_EVENT_BUTTON (button), self->show_times);
  gtk_widget_set_focusable (button, self->selected);
  if (index > 0)
    gtk_widget_add_css_class (button, "continues-before");
  if (index < (int) days->n_days - 1)
    gtk_widget_add_css_class (button, "continues-after");
  gtk_widget_insert_before (button, GTK_WIDGET (self), self->more);
  g_ptr_array_add (self->buttons, button);
}

static void
add_buttons (RoundsMonthCell *self)
{
  while (self->buttons->len < MIN (self->room, get_n_events (self)))
    add_button (self, g_ptr_array_index (self->events, self->buttons->len));
}

static gboolean
add_buttons_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  add_buttons (ROUNDS_MONTH_CELL (widget));
  return G_SOURCE_REMOVE;
}

static void
rounds_month_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RoundsMonthCell *self = ROUNDS_MONTH_CELL (widget);
  int inner = MAX (0, width - 2 * PADDING);
  int y = PADDING;
  int number_height = measure_height (self->number, inner);
  guint n_fitting;

  allocate_line (self->number, y, inner, number_height);
  y += number_height + SPACING;
  n_fitting = count_fitting (self, inner, height - y - PADDING);
  if (n_fitting > self->room)
    {
      self->room = n_fitting;
      /* Not while places are given out. */
      gtk_widget_add_tick_callback (widget, add_buttons_cb, NULL, NULL);
    }
  n_fitting = MIN (n_fitting, self->buttons->len);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (i < n_fitting)
        {
          int button_height = measure_height (button, inner);

          allocate_line (button, y, inner, button_height);
          y += button_height + SPACING;
        }
      else
        gtk_widget_set_child_visible (button, FALSE);
    }

  self->n_hidden = self->compact ? 0 : get_n_events (self) - n_fitting;
  self->hidden_y = y;
  gtk_widget_set_child_visible (self->more, FALSE);
  if (self->compact)
    allocate_line (self->dots, y, inner, measure_height (self->dots, inner));
  else
    gtk_widget_set_child_visible (self->dots, FALSE);
}

/* How many events there is no room for is known only when the cell has its size, too late for the label's own text. */
static void
rounds_month_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RoundsMonthCell *self = ROUNDS_MONTH_CELL (widget);
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;
  GdkRGBA color;
  int width;

  GTK_WIDGET_CLASS (rounds_month_cell_parent_class)->snapshot (widget, snapshot);
  if (self->n_hidden == 0)
    return;

  /* Translators: events of a day that there is no room for. */
  text = g_strdup_printf (_ ("+%u more"), self->n_hidden);
  layout = gtk_widget_create_pango_layout (self->more, text);
  gtk_widget_get_color (self->more, &color);
  color.alpha *= 0.7f;
  width = MAX (0, gtk_widget_get_width (widget) - 2 * PADDING);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (PADDING, self->hidden_y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}

static void
add_dot (RoundsMonthCell *self, RoundsCalendarEvent *event)
{
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (dot, "rounds-event-dot");
  gtk_widget_add_css_class (dot, rounds_calendar_event_get_status (event));
  gtk_box_append (GTK_BOX (self->dots), dot);
}

static void
pressed_cb (RoundsMonthCell *self, int n_press, double x, double y)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  /* An event opens by itself. */
  if (target != NULL && gtk_widget_get_ancestor (target, ROUNDS_TYPE_EVENT_BUTTON) != NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select-day", "u", g_date_get_julian (&self->day));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  /* "+3 more" leads to where they are seen. */
  if (self->n_hidden > 0 && y >= self->hidden_y)
    gtk_widget_activate_action (GTK_WIDGET (self), "calendar.show-week", NULL);
  else if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.new", NULL);
}

static void
rounds_month_cell_dispose (GObject *object)
{
  RoundsMonthCell *self = ROUNDS_MONTH_CELL (object);

  if (self->buttons->len > 0)
    clear_events (self);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_MONTH_CELL);

  G_OBJECT_CLASS (rounds_month_cell_parent_class)->dispose (object);
}

static void
rounds_month_cell_finalize (GObject *object)
{
  g_ptr_array_unref (ROUNDS_MONTH_CELL (object)->buttons);
  g_clear_pointer (&ROUNDS_MONTH_CELL (object)->events, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_month_cell_parent_class)->finalize (object);
}

static void
rounds_month_cell_class_init (RoundsMonthCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_month_cell_dispose;
  object_class->finalize = rounds_month_cell_finalize;
  widget_class->measure = rounds_month_cell_measure;
  widget_class->size_allocate = rounds_month_cell_size_allocate;
  widget_class->snapshot = rounds_month_cell_snapshot;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/month-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsMonthCell, number);
  gtk_widget_class_bind_template_child (widget_class, RoundsMonthCell, more);
  gtk_widget_class_bind_template_child (widget_class, RoundsMonthCell, dots);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "monthcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GRID_CELL);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "page.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "page.new", NULL);
}

static void
rounds_month_cell_init (RoundsMonthCell *self)
{
  self->buttons = g_ptr_array_new ();
  self->room = FIRST_ROOM;
  self->show_times = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_month_cell_new:
 *
 * Returns: (transfer floating): a cell without a day
 */
GtkWidget *
rounds_month_cell_new (void)
{
  return g_object_new (ROUNDS_TYPE_MONTH_CELL, NULL);
}

static void
update_name (RoundsMonthCell *self)
{
  g_autofree char *date = rounds_calendar_format_date (&self->day, rounds_display_day_format (ROUNDS_DAY_LONG_YEAR));
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;

  if (self->events->len == 0)
    count = g_strdup (_ ("no appointments"));
  else
    count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", self->events->len), self->events->len);
  /* Translators: a day and how many appointments it has, for a screen reader. */
  name = g_strdup_printf (_ ("%s, %s"), date, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/**
 * rounds_month_cell_show_day:
 * @self: a cell
 * @model: where the events are
 * @day: the day
 * @in_month: %FALSE for the days before and after the month that is shown
 */
void
rounds_month_cell_show_day (RoundsMonthCell *self, RoundsCalendarModel *model, const GDate *day, gboolean in_month)
{
  g_autoptr (GPtrArray) events = rounds_calendar_model_list_day (model, day);
  g_autofree char *number = g_strdup_printf ("%d", g_date_get_day (day));
  gboolean same_day = g_date_valid (&self->day) && g_date_compare (day, &self->day) == 0;
  GDate today;

  g_set_object (&self->model, model);
  self->day = *day;
  rounds_calendar_get_today (&today);
  gtk_label_set_text (GTK_LABEL (self->number), number);
  set_class (GTK_WIDGET (self), "today", g_date_compare (day, &today) == 0);
  set_class (GTK_WIDGET (self), "other-month", !in_month);
  set_class (GTK_WIDGET (self), "weekend", g_date_get_weekday (day) >= G_DATE_SATURDAY);

  if (same_day && rounds_calendar_events_equal (self->events, events))
    return;
  clear_events (self);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = g_ptr_array_ref (events);
  for (guint i = 0; i < MIN (events->len, MOST_DOTS); i++)
    add_dot (self, g_ptr_array_index (events, i));
  add_buttons (self);
  update_name (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rounds_month_cell_get_day:
 * @self: a cell
 *
 * Returns: (transfer none): its day
 */
const GDate *
rounds_month_cell_get_day (RoundsMonthCell *self)
{
  return &self->day;
}

/**
 * rounds_month_cell_set_compact:
 * @self: a cell
 * @compact: %TRUE to show dots in place of events
 */
void
rounds_month_cell_set_compact (RoundsMonthCell *self, gboolean compact)
{
  self->compact = compact;
  set_class (GTK_WIDGET (self), "compact", compact);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rounds_month_cell_set_show_times:
 * @self: a cell
 * @show_times: %FALSE where the room is better used for the titles
 */
void
rounds_month_cell_set_show_times (RoundsMonthCell *self, gboolean show_times)
{
  self->show_times = show_times;
  for (guint i = 0; i < self->buttons->len; i++)
    rounds_event_button_set_show_time (g_ptr_array_index (self->buttons, i), show_times);
}

/**
 * rounds_month_cell_set_selected:
 * @self: a cell
 * @selected: whether it is the day on which a new appointment would be; Tab stops at this day and its events alone
 */
void
rounds_month_cell_set_selected (RoundsMonthCell *self, gboolean selected)
{
  self->selected = selected;
  gtk_widget_set_focusable (GTK_WIDGET (self), selected);
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_set_focusable (g_ptr_array_index (self->buttons, i), selected);
  set_class (GTK_WIDGET (self), "selected", selected);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
