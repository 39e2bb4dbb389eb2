/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-agenda-view.h"

#include "forms/rounds-display.h"
#include "rounds-appointment-row.h"

struct _RoundsAgendaView
{
  GtkWidget parent_instance;

  RoundsCalendarModel *model; /* (owned) (nullable) until it is set */
  GPtrArray *events;          /* (owned) (nullable) of RoundsCalendarEvent: those that are shown, day by day */
  RoundsDayRange range;
  GDate day;            /* the one that the list shall begin with */
  GtkWidget *day_label; /* (not owned) (nullable): its heading, or that of the next day that has one */
  gboolean scroll;      /* to the heading, as soon as its place is known */
  guint tick;           /* waits for that; 0: not */

  /* Template widgets */
  GtkStack *stack;
  GtkScrolledWindow *scrolled_window;
  GtkSizeGroup *times; /* of the rows */
  GtkBox *days;
  AdwStatusPage *empty;
};

G_DEFINE_FINAL_TYPE (RoundsAgendaView, rounds_agenda_view, GTK_TYPE_WIDGET)

static gboolean
scroll_to_day (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RoundsAgendaView *self = ROUNDS_AGENDA_VIEW (widget);
  graphene_point_t place;

  self->tick = 0;
  if (self->scroll && self->day_label != NULL
      && gtk_widget_compute_point (self->day_label, GTK_WIDGET (self->days), graphene_point_zero (), &place))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), MAX (0, place.y - 6));
  self->scroll = FALSE;
  return G_SOURCE_REMOVE;
}

static gboolean
wait_for_layout (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ROUNDS_AGENDA_VIEW (widget)->tick = gtk_widget_add_tick_callback (widget, scroll_to_day, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
rounds_agenda_view_show (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rounds_agenda_view_parent_class)->show (widget);
  rounds_agenda_view_refresh (ROUNDS_AGENDA_VIEW (widget));
}

static void
rounds_agenda_view_dispose (GObject *object)
{
  RoundsAgendaView *self = ROUNDS_AGENDA_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_AGENDA_VIEW);
  g_clear_object (&self->model);
  g_clear_pointer (&self->events, g_ptr_array_unref);

  G_OBJECT_CLASS (rounds_agenda_view_parent_class)->dispose (object);
}

static void
rounds_agenda_view_class_init (RoundsAgendaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_agenda_view_dispose;
  widget_class->show = rounds_agenda_view_show;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/agenda-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAgendaView, stack);
  gtk_widget_class_bind_template_child (widget_class, RoundsAgendaView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RoundsAgendaView, times);
  gtk_widget_class_bind_template_child (widget_class, RoundsAgendaView, days);
  gtk_widget_class_bind_template_child (widget_class, RoundsAgendaView, empty);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rounds_agenda_view_init (RoundsAgendaView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * rounds_agenda_view_set_model:
 * @self: a view
 * @model: where the events are
 */
void
rounds_agenda_view_set_model (RoundsAgendaView *self, RoundsCalendarModel *model)
{
  g_return_if_fail (ROUNDS_IS_AGENDA_VIEW (self));

  g_set_object (&self->model, model);
}

/**
 * rounds_agenda_view_show_days:
 * @self: a view
 * @range: the days to list
 * @day: the one of them that shall be in view
 */
void
rounds_agenda_view_show_days (RoundsAgendaView *self, const RoundsDayRange *range, const GDate *day)
{
  g_return_if_fail (ROUNDS_IS_AGENDA_VIEW (self));

  if (!rounds_day_range_equal (range, &self->range) || !g_date_valid (&self->day)
      || g_date_compare (&self->day, day) != 0)
    g_clear_pointer (&self->events, g_ptr_array_unref);
  self->scroll = self->scroll || !g_date_valid (&self->day) || g_date_compare (&self->day, day) != 0;
  self->range = *range;
  self->day = *day;
  rounds_agenda_view_refresh (self);
}

static void
add_day (RoundsAgendaView *self, const GDate *day, GPtrArray *events)
{
  g_autofree char *name = rounds_calendar_format_date (day, rounds_display_day_format (ROUNDS_DAY_LONG));
  GtkWidget *heading = g_object_new (GTK_TYPE_LABEL, "label", name, "xalign", 0.0f, "wrap", TRUE, "accessible-role",
                                     GTK_ACCESSIBLE_ROLE_HEADING, "margin-top", 6, NULL);
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (heading, "heading");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  for (guint i = 0; i < events->len; i++)
    gtk_list_box_append (GTK_LIST_BOX (list),
                         rounds_appointment_row_new (rounds_calendar_model_get_context (self->model),
                                                     g_ptr_array_index (events, i), self->times));
  if (self->day_label == NULL && g_date_compare (day, &self->day) >= 0)
    self->day_label = heading;
  gtk_box_append (self->days, heading);
  gtk_box_append (self->days, list);
}

static void
show_empty (RoundsAgendaView *self)
{
  if (self->range.n_days == 1)
    {
      g_autofree char *name =
        rounds_calendar_format_date (&self->range.first, rounds_display_day_format (ROUNDS_DAY_LONG));

      adw_status_page_set_description (self->empty, name);
    }
  else
    adw_status_page_set_description (self->empty, NULL);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->empty));
}

/* All events of the range, day by day; one that lasts over several comes for each. */
static GPtrArray *
list_events (RoundsAgendaView *self)
{
  GPtrArray *events = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->range.n_days; i++)
    {
      GDate day;

      rounds_day_range_get_day (&self->range, i, &day);
      g_ptr_array_extend_and_steal (events, rounds_calendar_model_list_day (self->model, &day));
    }
  return events;
}

/* Returns: (transfer full) (nullable): the appointment whose row has the keyboard */
static RoundsUuid *
find_focused (RoundsAgendaView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = NULL;

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->days)))
    row = gtk_widget_get_ancestor (focus, ROUNDS_TYPE_APPOINTMENT_ROW);
  return row != NULL ? g_memdup2 (rounds_appointment_row_get_id (ROUNDS_APPOINTMENT_ROW (row)), sizeof (RoundsUuid))
                     : NULL;
}

static void
focus_row (RoundsAgendaView *self, const RoundsUuid *id)
{
  for (GtkWidget *list = gtk_widget_get_first_child (GTK_WIDGET (self->days)); list != NULL;
       list = gtk_widget_get_next_sibling (list))
    for (GtkWidget *row = GTK_IS_LIST_BOX (list) ? gtk_widget_get_first_child (list) : NULL; row != NULL;
         row = gtk_widget_get_next_sibling (row))
      if (rounds_uuid_equal (rounds_appointment_row_get_id (ROUNDS_APPOINTMENT_ROW (row)), id))
        {
          gtk_widget_grab_focus (row);
          return;
        }
}

/**
 * rounds_agenda_view_refresh:
 * @self: a view
 *
 * Lists the events that the model has now. Where they are the same as before, and around one that has the keyboard, it
 * all stays in place. A view that is hidden, as it is in a wide window, waits until it is shown.
 */
void
rounds_agenda_view_refresh (RoundsAgendaView *self)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autofree RoundsUuid *focused = NULL;
  GtkWidget *child;

  g_return_if_fail (ROUNDS_IS_AGENDA_VIEW (self));

  if (self->model == NULL || self->range.n_days == 0 || !gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  all = list_events (self);
  if (rounds_calendar_events_equal (self->events, all))
    return;
  g_clear_pointer (&self->events, g_ptr_array_unref);
  self->events = g_ptr_array_ref (all);
  focused = find_focused (self);
  self->day_label = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->days))) != NULL)
    gtk_box_remove (self->days, child);
  for (guint i = 0; i < self->range.n_days; i++)
    {
      g_autoptr (GPtrArray) events = NULL;
      GDate day;

      rounds_day_range_get_day (&self->range, i, &day);
      events = rounds_calendar_model_list_day (self->model, &day);
      if (events->len > 0)
        add_day (self, &day, events);
    }

  if (focused != NULL)
    focus_row (self, focused);
  if (gtk_widget_get_first_child (GTK_WIDGET (self->days)) != NULL)
    {
      gtk_stack_set_visible_child_name (self->stack, "days");
      /* In the frame after the one that gives the rows their places. */
      if (self->scroll && self->tick == 0)
        self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), wait_for_layout, NULL, NULL);
    }
  else
    show_empty (self);
}
