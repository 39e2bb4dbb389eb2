/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-month-view.h"

#include "rounds-month-cell.h"

#define N_DAYS 7
#define MOST_WEEKS 6

struct _RoundsMonthView
{
  GtkWidget parent_instance;

  RoundsCalendarModel *model; /* (owned) (nullable) until it is set */
  RoundsMonthCell *cells[MOST_WEEKS * N_DAYS];
  GtkWidget *rows[MOST_WEEKS];
  GtkWidget *names[N_DAYS];
  RoundsDayRange range;
  GDate day; /* the selected one */
  GDateWeekday first_weekday;
  gboolean compact;
  gboolean show_times;

  /* Template widgets */
  GtkBox *header;
  GtkBox *weeks;
};

enum
{
  PROP_0,
  PROP_COMPACT,
  PROP_SHOW_TIMES,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RoundsMonthView, rounds_month_view, GTK_TYPE_WIDGET)

static void
show_weekday_names (RoundsMonthView *self)
{
  for (guint i = 0; i < N_DAYS; i++)
    {
      GDate day;
      g_autofree char *name = NULL;
      g_autofree char *full = NULL;

      rounds_day_range_get_day (&self->range, i, &day);
      name = rounds_calendar_format_date (&day, "%a");
      full = rounds_calendar_format_date (&day, "%A");
      gtk_label_set_text (GTK_LABEL (self->names[i]), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->names[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
    }
}

static void
set_compact (RoundsMonthView *self, gboolean compact)
{
  if (self->compact == compact)
    return;
  self->compact = compact;
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    rounds_month_cell_set_compact (self->cells[i], compact);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COMPACT]);
}

static void
set_show_times (RoundsMonthView *self, gboolean show_times)
{
  if (self->show_times == show_times)
    return;
  self->show_times = show_times;
  for (guint i = 0; i < G_N_ELEMENTS (self->cells); i++)
    rounds_month_cell_set_show_times (self->cells[i], show_times);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_TIMES]);
}

static void
rounds_month_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RoundsMonthView *self = ROUNDS_MONTH_VIEW (object);

  switch (id)
    {
    case PROP_COMPACT:
      g_value_set_boolean (value, self->compact);
      break;
    case PROP_SHOW_TIMES:
      g_value_set_boolean (value, self->show_times);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_month_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RoundsMonthView *self = ROUNDS_MONTH_VIEW (object);

  switch (id)
    {
    case PROP_COMPACT:
      set_compact (self, g_value_get_boolean (value));
      break;
    case PROP_SHOW_TIMES:
      set_show_times (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rounds_month_view_dispose (GObject *object)
{
  RoundsMonthView *self = ROUNDS_MONTH_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_MONTH_VIEW);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (rounds_month_view_parent_class)->dispose (object);
}

static void
rounds_month_view_class_init (RoundsMonthViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rounds_month_view_dispose;
  object_class->get_property = rounds_month_view_get_property;
  object_class->set_property = rounds_month_view_set_property;

  properties[PROP_COMPACT] = g_param_spec_boolean (
    "compact", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHOW_TIMES] = g_param_spec_boolean (
    "show-times", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/month-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsMonthView, header);
  gtk_widget_class_bind_template_child (widget_class, RoundsMonthView, weeks);
  gtk_widget_class_set_css_name (widget_class, "monthview");

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, 0, "calendar.move", "i", -N_DAYS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, 0, "calendar.move", "i", N_DAYS);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "calendar.move-visually", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "calendar.move-visually", "i", 1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "calendar.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "calendar.next", NULL);
}

static void
rounds_month_view_init (RoundsMonthView *self)
{
  self->first_weekday = rounds_locale_get_first_weekday ();
  self->show_times = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_DAYS; i++)
    {
      self->names[i] = gtk_label_new (NULL);
      gtk_widget_add_css_class (self->names[i], "caption-heading");
      gtk_widget_add_css_class (self->names[i], "dimmed");
      gtk_box_append (self->header, self->names[i]);
    }
  for (guint w = 0; w < MOST_WEEKS; w++)
    {
      self->rows[w] =
        g_object_new (GTK_TYPE_BOX, "homogeneous", TRUE, "accessible-role", GTK_ACCESSIBLE_ROLE_ROW, NULL);
      for (guint d = 0; d < N_DAYS; d++)
        {
          GtkWidget *cell = rounds_month_cell_new ();

          self->cells[w * N_DAYS + d] = ROUNDS_MONTH_CELL (cell);
          gtk_box_append (GTK_BOX (self->rows[w]), cell);
        }
      gtk_box_append (self->weeks, self->rows[w]);
    }
}

/**
 * rounds_month_view_set_model:
 * @self: a view
 * @model: where the events are
 */
void
rounds_month_view_set_model (RoundsMonthView *self, RoundsCalendarModel *model)
{
  g_return_if_fail (ROUNDS_IS_MONTH_VIEW (self));

  g_set_object (&self->model, model);
}

/* The selected day; also the one that has the focus, if the view has it. */
static void
update_selection (RoundsMonthView *self, gboolean focus)
{
  for (guint i = 0; i < self->range.n_days; i++)
    {
      gboolean selected = g_date_compare (rounds_month_cell_get_day (self->cells[i]), &self->day) == 0;

      rounds_month_cell_set_selected (self->cells[i], selected);
      if (selected && focus)
        gtk_widget_grab_focus (GTK_WIDGET (self->cells[i]));
    }
}

/**
 * rounds_month_view_show_day:
 * @self: a view
 * @day: the day to select; its month is shown
 */
void
rounds_month_view_show_day (RoundsMonthView *self, const GDate *day)
{
  RoundsDayRange range;
  gboolean same_month;
  gboolean focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (ROUNDS_IS_MONTH_VIEW (self));

  same_month = g_date_valid (&self->day) && g_date_get_month (&self->day) == g_date_get_month (day)
               && g_date_get_year (&self->day) == g_date_get_year (day);
  self->day = *day;
  rounds_day_range_init_month (&range, day, self->first_weekday);
  if (!same_month)
    {
      self->range = range;
      rounds_month_view_refresh (self);
    }
  update_selection (self, focus);
}

/**
 * rounds_month_view_refresh:
 * @self: a view that shows a month
 *
 * Draws the events that the model has now.
 */
void
rounds_month_view_refresh (RoundsMonthView *self)
{
  /* Asked before the events go, one of which may have it. */
  gboolean focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  g_return_if_fail (ROUNDS_IS_MONTH_VIEW (self));

  if (self->model == NULL || !g_date_valid (&self->day))
    return;

  show_weekday_names (self);
  for (guint w = 0; w < MOST_WEEKS; w++)
    gtk_widget_set_visible (self->rows[w], w * N_DAYS < self->range.n_days);
  for (guint i = 0; i < self->range.n_days; i++)
    {
      GDate day;

      rounds_day_range_get_day (&self->range, i, &day);
      rounds_month_cell_show_day (self->cells[i], self->model, &day,
                                  g_date_get_month (&day) == g_date_get_month (&self->day));
    }
  update_selection (self, focus);
}

/**
 * rounds_month_view_focus_day:
 * @self: a view
 *
 * Gives the selected day the focus.
 */
void
rounds_month_view_focus_day (RoundsMonthView *self)
{
  int index = rounds_day_range_get_index (&self->range, &self->day);

  if (index >= 0 && index < (int) self->range.n_days)
    gtk_widget_grab_focus (GTK_WIDGET (self->cells[index]));
}
