/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-event-button.h"

struct _RoundsEventButton
{
  GtkButton parent_instance;

  RoundsAppContext *context;  /* (owned) */
  RoundsCalendarEvent *event; /* (owned) */

  /* Template widgets */
  GtkBox *box;
  GtkBox *texts;
  GtkLabel *time;
  GtkLabel *title;
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (RoundsEventButton, rounds_event_button, GTK_TYPE_BUTTON)

static void
rounds_event_button_clicked (GtkButton *button)
{
  RoundsEventButton *self = ROUNDS_EVENT_BUTTON (button);

  rounds_app_context_open (self->context, ROUNDS_ENTITY_APPOINTMENT,
                           rounds_record_get_id (rounds_calendar_event_get_record (self->event)));
}

static void
rounds_event_button_dispose (GObject *object)
{
  RoundsEventButton *self = ROUNDS_EVENT_BUTTON (object);

  /* The template's only child is the button's own, which unparents it. */
  g_clear_object (&self->event);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_event_button_parent_class)->dispose (object);
}

static void
rounds_event_button_class_init (RoundsEventButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_event_button_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = rounds_event_button_clicked;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/event-button.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsEventButton, box);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventButton, texts);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventButton, time);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventButton, title);
  gtk_widget_class_bind_template_child (widget_class, RoundsEventButton, icon);
}

static void
rounds_event_button_init (RoundsEventButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A week's block is as tall as the time that it takes: what does not fit is left out, the times first. */
static void
make_tall (RoundsEventButton *self, guint n_lines)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "tall");
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->texts), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (self->texts, 0);
  gtk_widget_set_valign (GTK_WIDGET (self->box), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self->icon), GTK_ALIGN_START);
  gtk_box_reorder_child_after (self->texts, GTK_WIDGET (self->time), GTK_WIDGET (self->title));
  if (n_lines < 2)
    gtk_widget_set_visible (GTK_WIDGET (self->time), FALSE);
  if (n_lines > 2)
    {
      gtk_label_set_wrap (self->title, TRUE);
      gtk_label_set_wrap_mode (self->title, PANGO_WRAP_WORD_CHAR);
      gtk_label_set_lines (self->title, (int) MIN (n_lines - 1, 4));
    }
}

/**
 * rounds_event_button_new:
 * @model: the model that @event is from
 * @event: the event to show
 * @n_lines: how many lines of text there is room for in a block, or 0 for a chip of one line
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
rounds_event_button_new (RoundsCalendarModel *model, RoundsCalendarEvent *event, guint n_lines)
{
  RoundsEventButton *self = g_object_new (ROUNDS_TYPE_EVENT_BUTTON, NULL);
  g_autofree char *start = rounds_calendar_event_dup_start_text (event);
  g_autofree char *accessible = rounds_calendar_event_dup_accessible_text (event);
  const char *icon_name = rounds_calendar_event_get_icon_name (event);

  self->context = g_object_ref (rounds_calendar_model_get_context (model));
  self->event = g_object_ref (event);

  gtk_label_set_text (self->title, rounds_calendar_event_get_title (event));
  /* A block's end is where it ends; both times are in the tooltip and in the name. */
  gtk_label_set_text (self->time, start);
  gtk_widget_set_visible (GTK_WIDGET (self->time), !rounds_calendar_event_is_all_day (event));
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), rounds_calendar_event_get_status (event));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), accessible);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  if (n_lines > 0)
    make_tall (self, n_lines);
  return GTK_WIDGET (self);
}

/**
 * rounds_event_button_set_show_time:
 * @self: a button of one line
 * @show_time: whether there is room for the time beside the title; it is in the tooltip and in the name all the same
 */
void
rounds_event_button_set_show_time (RoundsEventButton *self, gboolean show_time)
{
  gtk_widget_set_visible (GTK_WIDGET (self->time), show_time && !rounds_calendar_event_is_all_day (self->event));
}
