/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-day-header.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "rounds-event-button.h"

struct _RoundsDayHeader
{
  GtkWidget parent_instance;

  GDate day;

  /* Template widgets */
  GtkLabel *weekday;
  GtkLabel *number;
  GtkBox *events;
};

G_DEFINE_FINAL_TYPE (RoundsDayHeader, rounds_day_header, GTK_TYPE_WIDGET)

static void
pressed_cb (RoundsDayHeader *self, int n_press, double x, double y)
{
  GtkWidget *target = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (target != NULL && gtk_widget_get_ancestor (target, ROUNDS_TYPE_EVENT_BUTTON) != NULL)
    return;

  gtk_widget_activate_action (GTK_WIDGET (self), "calendar.select-day", "u", g_date_get_julian (&self->day));
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "page.new", NULL);
}

static void
rounds_day_header_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), ROUNDS_TYPE_DAY_HEADER);

  G_OBJECT_CLASS (rounds_day_header_parent_class)->dispose (object);
}

static void
rounds_day_header_class_init (RoundsDayHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_day_header_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/day-header.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsDayHeader, weekday);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayHeader, number);
  gtk_widget_class_bind_template_child (widget_class, RoundsDayHeader, events);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_set_css_name (widget_class, "dayheader");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, 0, "page.new", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, 0, "page.new", NULL);
}

static void
rounds_day_header_init (RoundsDayHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_day_header_new:
 *
 * Returns: (transfer floating): a header without a day
 */
GtkWidget *
rounds_day_header_new (void)
{
  return g_object_new (ROUNDS_TYPE_DAY_HEADER, NULL);
}

static void
update_name (RoundsDayHeader *self, guint n_events)
{
  g_autofree char *date = rounds_calendar_format_date (&self->day, rounds_display_day_format (ROUNDS_DAY_LONG_YEAR));
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;

  if (n_events == 0)
    count = g_strdup (_ ("no appointments"));
  else
    count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", n_events), n_events);
  name = g_strdup_printf (_ ("%s, %s"), date, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/**
 * rounds_day_header_show_day:
 * @self: a header
 * @model: where the events are
 * @day: the day
 */
void
rounds_day_header_show_day (RoundsDayHeader *self, RoundsCalendarModel *model, const GDate *day)
{
  g_autoptr (GPtrArray) events = rounds_calendar_model_list_day (model, day);
  g_autofree char *weekday = rounds_calendar_format_date (day, "%a");
  g_autofree char *number = g_strdup_printf ("%d", g_date_get_day (day));
  GtkWidget *child;
  GDate today;

  self->day = *day;
  rounds_calendar_get_today (&today);
  gtk_label_set_text (self->weekday, weekday);
  gtk_label_set_text (self->number, number);
  if (g_date_compare (day, &today) == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self), "today");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "today");

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->events))) != NULL)
    gtk_box_remove (self->events, child);
  for (guint i = 0; i < events->len; i++)
    if (rounds_calendar_event_is_all_day (g_ptr_array_index (events, i)))
      gtk_box_append (self->events, rounds_event_button_new (model, g_ptr_array_index (events, i), 0));
  update_name (self, events->len);
}

/**
 * rounds_day_header_get_day:
 * @self: a header
 *
 * Returns: (transfer none): its day
 */
const GDate *
rounds_day_header_get_day (RoundsDayHeader *self)
{
  return &self->day;
}

/**
 * rounds_day_header_set_selected:
 * @self: a header
 * @selected: whether it is the day on which a new appointment would be; Tab stops at this one alone
 */
void
rounds_day_header_set_selected (RoundsDayHeader *self, gboolean selected)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), selected);
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
}
