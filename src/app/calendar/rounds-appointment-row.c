/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "rounds-appointment-row.h"

#include <glib/gi18n-lib.h>

#include "forms/rounds-display.h"
#include "forms/rounds-receipt-label.h"

struct _RoundsAppointmentRow
{
  AdwActionRow parent_instance;

  RoundsAppContext *context; /* (owned) */
  RoundsUuid id;

  /* Template widgets */
  GtkWidget *bar;
  GtkWidget *times;
  GtkLabel *start;
  GtkLabel *end;
  GtkImage *icon;
  RoundsReceiptLabel *receipt;
};

G_DEFINE_FINAL_TYPE (RoundsAppointmentRow, rounds_appointment_row, ADW_TYPE_ACTION_ROW)

static void
rounds_appointment_row_activate (AdwActionRow *row)
{
  RoundsAppointmentRow *self = ROUNDS_APPOINTMENT_ROW (row);

  rounds_app_context_open (self->context, ROUNDS_ENTITY_APPOINTMENT, &self->id);
}

static void
rounds_appointment_row_dispose (GObject *object)
{
  RoundsAppointmentRow *self = ROUNDS_APPOINTMENT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), ROUNDS_TYPE_APPOINTMENT_ROW);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (rounds_appointment_row_parent_class)->dispose (object);
}

static void
rounds_appointment_row_class_init (RoundsAppointmentRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rounds_appointment_row_dispose;
  ADW_ACTION_ROW_CLASS (klass)->activate = rounds_appointment_row_activate;

  g_type_ensure (ROUNDS_TYPE_RECEIPT_LABEL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_BASE "/ui/calendar/appointment-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, bar);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, start);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, end);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, times);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, icon);
  gtk_widget_class_bind_template_child (widget_class, RoundsAppointmentRow, receipt);
}

static void
rounds_appointment_row_init (RoundsAppointmentRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_times (RoundsAppointmentRow *self, RoundsCalendarEvent *event)
{
  const RoundsInterval *interval = rounds_calendar_event_get_interval (event);
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (rounds_calendar_event_is_all_day (event))
    {
      gtk_label_set_text (self->start, _ ("All day"));
      gtk_widget_set_visible (GTK_WIDGET (self->end), FALSE);
      return;
    }
  start = rounds_display_time (interval->start);
  end = rounds_display_time (interval->end);
  gtk_label_set_text (self->start, start);
  gtk_label_set_text (self->end, end);
}

/* Who it is with, unless the title says so already; %NULL if nobody. */
static char *
name_person (RoundsAppContext *context, RoundsRecord *record, const char *title)
{
  const RoundsUuid *id = rounds_record_get_uuid (record, ROUNDS_APPOINTMENT_PERSON);
  g_autoptr (RoundsRecord) person = NULL;
  g_autofree char *name = NULL;

  if (id != NULL)
    person = rounds_store_get (rounds_app_context_get_store (context), ROUNDS_ENTITY_PERSON, id, NULL);
  if (person != NULL)
    name = rounds_record_get_title (person);
  return name != NULL && strstr (title, name) == NULL ? g_steal_pointer (&name) : NULL;
}

/* "Confirmed · Ada Example · Harbour Clinic": what there is to say of it. */
static char *
make_subtitle (RoundsAppContext *context, RoundsCalendarEvent *event)
{
  RoundsRecord *record = rounds_calendar_event_get_record (event);
  const char *location = rounds_record_get_text (record, ROUNDS_APPOINTMENT_LOCATION);
  g_autofree char *name = name_person (context, record, rounds_calendar_event_get_title (event));
  const char *parts[4] = { NULL };
  guint n = 0;

  if (rounds_calendar_event_get_icon_name (event) != NULL)
    parts[n++] = rounds_calendar_event_get_status_label (event);
  if (name != NULL)
    parts[n++] = name;
  if (location != NULL && *location != '\0')
    parts[n++] = location;
  return g_strjoinv (" · ", (char **) parts);
}

/**
 * rounds_appointment_row_new:
 * @context: the context
 * @event: the appointment
 * @times: with what the times of all rows of a list become equally wide
 *
 * Returns: (transfer floating): the row
 */
GtkWidget *
rounds_appointment_row_new (RoundsAppContext *context, RoundsCalendarEvent *event, GtkSizeGroup *times)
{
  RoundsAppointmentRow *self = g_object_new (ROUNDS_TYPE_APPOINTMENT_ROW, NULL);
  RoundsRecord *record = rounds_calendar_event_get_record (event);
  const char *status = rounds_calendar_event_get_status (event);
  const char *icon_name = rounds_calendar_event_get_icon_name (event);
  g_autofree char *subtitle = make_subtitle (context, event);
  g_autofree char *described = rounds_calendar_event_dup_accessible_text (event);
  g_autofree char *accessible = NULL;

  self->context = g_object_ref (context);
  self->id = *rounds_record_get_id (record);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), rounds_calendar_event_get_title (event));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  show_times (self, event);
  gtk_size_group_add_widget (times, self->times);
  gtk_widget_add_css_class (self->bar, status);
  gtk_widget_add_css_class (GTK_WIDGET (self), status);
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), icon_name != NULL);
  rounds_receipt_label_show (self->receipt, rounds_app_context_get_store (context), record);
  accessible = g_strjoin (", ", described, rounds_receipt_label_get_text (self->receipt), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, accessible, -1);
  return GTK_WIDGET (self);
}

/** rounds_appointment_row_get_id: Returns: (transfer none): the appointment's id */
const RoundsUuid *
rounds_appointment_row_get_id (RoundsAppointmentRow *self)
{
  g_return_val_if_fail (ROUNDS_IS_APPOINTMENT_ROW (self), NULL);

  return &self->id;
}
